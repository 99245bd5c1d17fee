/*
 * brand_rule.c: a colour, its contrast with white, its shades.
 */
#include "portal/brand_rule.h"

#include <glib.h>
#include <math.h>
#include <string.h>

/* WCAG 2.2: how light a colour is, 0 to 1. */
static double channel(unsigned char value)
{
    double part = value / 255.0;
    return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4);
}

static double contrast_with_white(struct colour colour)
{
    double light = 0.2126 * channel(colour.red) + 0.7152 * channel(colour.green) + 0.0722 * channel(colour.blue);
    return 1.05 / (light + 0.05);
}

static bool read_byte(const char *text, unsigned char *value)
{
    int high = g_ascii_xdigit_value(text[0]);
    int low = high >= 0 ? g_ascii_xdigit_value(text[1]) : -1;
    if (low >= 0) {
        *value = (unsigned char)(high * 16 + low);
    }
    return low >= 0;
}

bool brand_accent_read(const char *text, struct colour *accent)
{
    struct colour read = { 0 };
    if (text[0] != '#' || strlen(text) != 7 || !read_byte(text + 1, &read.red) || !read_byte(text + 3, &read.green) ||
        !read_byte(text + 5, &read.blue) || contrast_with_white(read) < 4.5) {
        return false;
    }
    *accent = read;
    return true;
}

/* `part` of 256 of the colour, the rest of `other`. */
static struct colour mixed(struct colour colour, int part, int other)
{
    return (struct colour){ .red = (unsigned char)((colour.red * part + other * (256 - part)) / 256),
                            .green = (unsigned char)((colour.green * part + other * (256 - part)) / 256),
                            .blue = (unsigned char)((colour.blue * part + other * (256 - part)) / 256) };
}

char *brand_css(struct colour accent)
{
    struct colour dark = mixed(accent, 200, 0), soft = mixed(accent, 26, 255);
    return g_strdup_printf(":root{--accent:#%02x%02x%02x;--accent-dark:#%02x%02x%02x;--accent-soft:#%02x%02x%02x}\n",
                           accent.red, accent.green, accent.blue, dark.red, dark.green, dark.blue, soft.red, soft.green,
                           soft.blue);
}
