/*
 * test_user_agent_rule.c: browser and system in words, from the headers that browsers send and from hostile ones.
 */
#include "account/user_agent_rule.h"

#include <glib.h>

#define WIN "Mozilla/5.0 (Windows NT 10.0; Win64; x64) "
#define MAC "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) "
#define KIT "AppleWebKit/537.36 (KHTML, like Gecko) "
#define IOS "AppleWebKit/605.1.15 (KHTML, like Gecko) "

static const struct {
    const char *agent, *browser, *system;
} cases[] = {
    { WIN KIT "Chrome/120.0.0.0 Safari/537.36", "Chrome 120", "Windows" },
    { WIN KIT "Chrome/120.0.0.0 Safari/537.36 Edg/120.0.2210.61", "Edge 120", "Windows" },
    { WIN KIT "Chrome/64.0.3282.140 Safari/537.36 Edge/18.17763", "Edge 18", "Windows" },
    { WIN KIT "Chrome/119.0.0.0 Safari/537.36 OPR/105.0.0.0", "Opera 105", "Windows" },
    { "Opera/9.80 (Windows NT 6.1) Presto/2.12.388 Version/12.18", "Opera 12", "Windows" },
    { WIN KIT "Chrome/120.0.0.0 Safari/537.36 Vivaldi/6.5.3206.39", "Vivaldi 6", "Windows" },
    { "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:61.0) Gecko/20100101 Firefox/61.0", "Firefox 61", "Windows" },
    { "Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko", "Internet Explorer 11", "Windows" },
    { "Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 6.1)", "Internet Explorer 8", "Windows" },
    { MAC IOS "Version/17.1 Safari/605.1.15", "Safari 17", "macOS" },
    { MAC KIT "Chrome/67.0.3396.99 Safari/537.36", "Chrome 67", "macOS" },
    { "Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) " IOS "Version/17.1 Mobile/15E148 Safari/604.1",
      "Safari 17", "iPhone" },
    { "Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) " IOS "CriOS/120.0.6099.50 Mobile/15E148 Safari/604.1",
      "Chrome 120", "iPhone" },
    { "Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) " IOS "FxiOS/120.0 Mobile/15E148 Safari/605.1.15", "Firefox 120",
      "iPad" },
    { "Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) " IOS
      "Version/17.0 EdgiOS/119.0.2151.96 Mobile/15E148 Safari/604.1",
      "Edge 119", "iPhone" },
    { "Mozilla/5.0 (Linux; Android 10; K) " KIT "Chrome/120.0.0.0 Mobile Safari/537.36", "Chrome 120", "Android" },
    { "Mozilla/5.0 (Linux; Android 13; SM-S908B) " KIT "SamsungBrowser/23.0 Chrome/115.0.0.0 Mobile Safari/537.36",
      "Samsung Internet 23", "Android" },
    { "Mozilla/5.0 (Linux; Android 10; K) " KIT "Chrome/119.0.0.0 Mobile Safari/537.36 EdgA/119.0.2151.92", "Edge 119",
      "Android" },
    { "Mozilla/5.0 (Windows Phone 10.0; Android 6.0.1; Microsoft; Lumia 950) " KIT
      "Chrome/52.0.2743.116 Mobile Safari/537.36 Edge/15.15254",
      "Edge 15", "Windows Phone" },
    { "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) " KIT "Chrome/119.0.0.0 Safari/537.36", "Chrome 119", "ChromeOS" },
    { "Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0", "Firefox 120", "Linux" },
    { "Mozilla/5.0 (X11; FreeBSD amd64; rv:120.0) Gecko/20100101 Firefox/120.0", "Firefox 120", "Unix" },
    { "curl/8.4.0", "curl 8", NULL },
    /* What is unknown is said so, and not guessed at. */
    { "", NULL, NULL },
    { "Test Agent/1.0", NULL, NULL },
    { "Mozilla/5.0 (compatible; Examplebot/2.1; +http://bot.example/)", NULL, NULL },
    { "MyChrome/120 NotWindows NT", NULL, NULL },
    { "Windows NT", NULL, "Windows" },
    /* Nothing of it but up to four digits gets through. */
    { "Chrome/<script>alert(1)</script>", "Chrome", NULL },
    { "Chrome/120http://evil.example", "Chrome 120", NULL },
    { "Chrome/12345678901234567890", "Chrome", NULL },
    { "Chrome/9999 (Windows NT\r\nBcc: x@evil.example)", "Chrome 9999", "Windows" },
    { "Chrome/", "Chrome", NULL },
    { "Safari/605", "Safari", NULL },
    { "Trident/7.0; rv:%n%s", "Internet Explorer", NULL },
};

static void test_words(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *browser = user_agent_browser(cases[i].agent);
        g_test_message("%s", cases[i].agent);
        g_assert_cmpstr(browser, ==, cases[i].browser);
        g_assert_cmpstr(user_agent_system(cases[i].agent), ==, cases[i].system);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/user-agent/in-words", test_words);
    return g_test_run();
}
