/*
 * user_agent_rule.c: see user_agent_rule.h. Browsers name those that they are made from or wish to be taken for, so the
 * order of the tables decides: the more special product stands first.
 */
#include "account/user_agent_rule.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

enum { VERSION_DIGITS_MOST = 4 };

/* `version`: the word before the version where it is another one than `word`. */
static const struct browser {
    const char *word, *version, *name;
} browsers[] = {
    { "Edg/", NULL, "Edge" },
    { "EdgA/", NULL, "Edge" },
    { "EdgiOS/", NULL, "Edge" },
    { "Edge/", NULL, "Edge" },
    { "OPR/", NULL, "Opera" },
    { "Opera/", "Version/", "Opera" },
    { "Vivaldi/", NULL, "Vivaldi" },
    { "SamsungBrowser/", NULL, "Samsung Internet" },
    { "FxiOS/", NULL, "Firefox" },
    { "Firefox/", NULL, "Firefox" },
    { "CriOS/", NULL, "Chrome" },
    { "Chrome/", NULL, "Chrome" },
    { "Trident/", "rv:", "Internet Explorer" },
    { "MSIE ", NULL, "Internet Explorer" },
    { "Safari/", "Version/", "Safari" },
    { "curl/", NULL, "curl" },
    { "Wget/", NULL, "Wget" },
    { "python-requests/", NULL, "Python Requests" },
};

static const struct {
    const char *word, *name;
} systems[] = {
    { "Windows Phone", "Windows Phone" },
    { "Windows NT", "Windows" },
    { "iPhone", "iPhone" },
    { "iPad", "iPad" },
    { "Android", "Android" },
    { "CrOS", "ChromeOS" },
    { "Macintosh", "macOS" },
    { "Linux", "Linux" },
    { "X11", "Unix" },
};

/* What follows `word` where it begins a product or a part of a comment; NULL: it stands nowhere. */
static const char *find_word(const char *agent, const char *word)
{
    for (const char *at = strstr(agent, word); at != NULL; at = strstr(at + 1, word)) {
        if (at == agent || strchr(" (;", at[-1]) != NULL) {
            return at + strlen(word);
        }
    }
    return NULL;
}

/* How many digits of a version `text` begins with; 0: none that is told. */
static int version_digits(const char *text)
{
    gsize n = text != NULL ? strspn(text, "0123456789") : 0;
    return n <= VERSION_DIGITS_MOST ? (int)n : 0;
}

char *user_agent_browser(const char *agent)
{
    for (gsize i = 0; i < G_N_ELEMENTS(browsers); i++) {
        const struct browser *browser = &browsers[i];
        const char *version = find_word(agent, browser->word);
        if (version != NULL) {
            version = browser->version != NULL ? find_word(agent, browser->version) : version;
            int digits = version_digits(version);
            return digits > 0 ? g_strdup_printf("%s %.*s", browser->name, digits, version) : g_strdup(browser->name);
        }
    }
    return NULL;
}

const char *user_agent_system(const char *agent)
{
    for (gsize i = 0; i < G_N_ELEMENTS(systems); i++) {
        if (find_word(agent, systems[i].word) != NULL) {
            return systems[i].name;
        }
    }
    return NULL;
}
