/*
 * loop.h: the loops that make the rows of long lists, run without XPath. A stylesheet stays plain XSLT: what a loop
 * does is found out when it is compiled, and a loop that does more than rows usually do is left to libxslt.
 */
#ifndef VIEW_LOOP_H
#define VIEW_LOOP_H

#include <glib.h>
#include <libxslt/xsltInternals.h>
#include <stdbool.h>

struct loops;

/* Take over each xsl:for-each of the compiled `sheet` that selects the child elements of one name, and whose content is
 * elements, texts, xsl:attribute, and of a row its attributes alone: {@x}, xsl:value-of select="@x", xsl:if test="@x"
 * or "not(@x)", xsl:choose of one such test, xsl:for-each select="@x" and within it "." and "../@y"; further such loops
 * over the row's children; and xsl:call-template of the same sheet, without parameters, that holds no more than that. A
 * transform of the sheet then needs loops_attach. The caller frees with loops_free, after the sheet's last transform.
 */
struct loops *loops_new(xsltStylesheet *sheet);
void loops_free(struct loops *loops);

/* How many loops were taken over; whether the one over `row` in the named template is among them. */
guint loops_n(const struct loops *loops);
bool loops_has(const struct loops *loops, const char *template, const char *row);

/* Before each transform. */
void loops_attach(const struct loops *loops, xsltTransformContext *context);

#endif
