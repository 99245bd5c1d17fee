/*
 * brand_rule.h: the operator's own colour: what it must be, and the shades that go with it. Pure. screens.md, Looks.
 */
#ifndef PORTAL_BRAND_RULE_H
#define PORTAL_BRAND_RULE_H

#include <stdbool.h>

struct colour {
    unsigned char red, green, blue;
};

/* Read "#0b5fa5". False for anything else, and for a colour that white text on it, or it on white, cannot be read by
 * (WCAG 2.2, 1.4.3: 4.5 to 1). */
bool brand_accent_read(const char *text, struct colour *accent);

/* The style sheet that puts the colour in place of ours. The caller frees. */
char *brand_css(struct colour accent);

#endif
