/*
 * mail_rule.c: which addresses and subjects are taken, and how long a mail waits after a failure.
 */
#include "mail/mail_rule.h"

#include "base/text.h"

#include <glib.h>
#include <string.h>

enum { DELAY_FIRST = 60, DELAY_MOST = 3600, ADDRESS_MOST = 254, LOCAL_MOST = 64, LABEL_MOST = 63, SUBJECT_MOST = 400 };

int64_t mail_retry_delay(unsigned attempts)
{
    int64_t delay = DELAY_FIRST;
    for (unsigned i = 1; i < attempts && delay < DELAY_MOST; i++) {
        delay *= 2;
    }
    return MIN(delay, DELAY_MOST);
}

/* What RFC 5322 calls an atom, less what means something to shells and to mail systems of old. Dots may stand
 * in odd places: addresses of Japanese mobile operators have them. */
static bool is_local_part(const char *text, gsize length)
{
    if (length == 0 || length > LOCAL_MOST || *text == '-' || *text == '.' || *text == '/') {
        return false;
    }
    for (gsize i = 0; i < length; i++) {
        if (!g_ascii_isalnum(text[i]) && strchr(".-_+='~#*/^?{}$&", text[i]) == NULL) {
            return false;
        }
    }
    return true;
}

static bool is_domain(const char *text)
{
    g_auto(GStrv) labels = g_strsplit(text, ".", -1);
    for (char **label = labels; *label != NULL; label++) {
        gsize length = strlen(*label);
        if (length == 0 || length > LABEL_MOST || **label == '-' || (*label)[length - 1] == '-' ||
            strspn(*label, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") != length) {
            return false;
        }
    }
    return *labels != NULL;
}

bool mail_is_address(const char *text)
{
    const char *at = strchr(text, '@');
    return at != NULL && strlen(text) <= ADDRESS_MOST && is_local_part(text, (gsize)(at - text)) && is_domain(at + 1);
}

bool mail_is_subject(const char *text)
{
    return *text != '\0' && text_is_clean(text, strlen(text), false) && text_length(text) <= SUBJECT_MOST;
}
