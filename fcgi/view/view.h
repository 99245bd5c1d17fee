/*
 * view.h: the compiled stylesheets, one a language, and rendering by them. Alone knows libxslt.
 */
#ifndef VIEW_VIEW_H
#define VIEW_VIEW_H

#include "base/auto.h"
#include "base/language.h"
#include "view/doc.h"

#include <glib.h>
#include <stdbool.h>

struct view;

/* Compile portal.ja.xsl and portal.en.xsl of `directory`, then lock libxslt: no file, no network, no extension
 * elements, bounded depth. The caller frees with view_free. */
struct view *view_open(const char *directory, GError **error);
void view_free(struct view *view);
AUTO_DEFINE(view)

/* True if the stylesheets have a page of that name. */
bool view_has_page(const struct view *view, const char *page);

/* Render `doc` in `language` as HTML, `length` bytes. Every link and form of a document whose root has a `base`
 * (base/address.h) leads below it. The caller frees with g_free. PORTAL_INTERNAL: the stylesheet failed; the log says
 * why. */
char *view_render(const struct view *view, struct doc *doc, enum language language, gsize *length, GError **error);

#endif
