/*
 * condition.h: the conditions above a list as elements of a page's document (components.xsl, "conditions"). What a
 * condition is called and what was sent for it stands in the page's form.
 */
#ifndef WEB_CONDITION_H
#define WEB_CONDITION_H

#include "view/doc.h"
#include "web/router.h"

#include <glib.h>
#include <stdbool.h>

/* <search action reset open/> of the page at hand, whose path shows all. It is open unless the person has folded
 * `fold`, and always when a condition is wrong. */
struct node *condition_search(struct context *context, const char *fold);

/* Something that a new search keeps: <hidden name value/>, nothing when it is "". */
void condition_hidden(struct node *search, const char *name, const char *value);

/* A line of text of the form's field: <condition name text value error/>; `is_part`: a part is enough, which a hint
 * tells. */
void condition_text(struct context *context, struct node *search, guint field, bool is_part);

/* One of several: <condition name text choose any error/>, to which the caller adds options (form_option_node).
 * `is_optional`: before them comes one for none of them, `any`. */
struct node *condition_choice(struct context *context, struct node *search, guint field, bool is_optional);

#endif
