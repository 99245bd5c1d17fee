/*
 * line_page.h: the pages of SIMs.
 */
#ifndef LINE_LINE_PAGE_H
#define LINE_LINE_PAGE_H

#include "line/line.h"
#include "line/line_xml.h"
#include "web/router.h"

extern const struct form line_search_form, line_view_form, line_note_form, line_protect_form;

page_function line_list_page, line_csv_page;
page_function line_detail_page, line_note_submit, line_protect_submit, line_esim_page;

/* ---- shared by the pages of this area ---- */

/* What a search of lines was asked with: the route's values, or others; of line_search_form. The caller clears with
 * line_asked_clear. */
struct line_asked {
    struct line_search search;
    struct line_cursor cursor; /* id 0: none */
    bool backward, cp932;
    guint per_page;
    uint64_t page;
};
void line_asked_read(const struct context *context, struct line_asked *asked);
void line_asked_read_values(const struct context *context, const struct value *at, struct line_asked *asked);
void line_asked_clear(struct line_asked *asked);

/* The address of the list that `asked` stands for, at `path`, without page and cursor; `sort` and `per_page` may be
 * others (LINE_SORT_N, 0: as asked). The caller frees. */
char *line_asked_url(const struct context *context, const struct line_asked *asked, const char *path,
                     enum line_sort sort, bool descending, guint per_page);

/* Show the list at the path that is asked for: its conditions, its pages. `boxes` (NULL: none): each row has a box to
 * tick, which `fill` sets (NULL: none is ticked); `box` has room for all rows (struct line_row). `with_kinds`: it tells
 * what the ticked ones can be asked for. */
struct line_list_boxes {
    bool with_kinds;
    bool (*fill)(struct context *context, void *data, const GArray *rows, struct line_box *box, GError **error);
    void *data;
};
enum outcome line_list_show(struct context *context, const struct line_list_boxes *boxes, GError **error);

#endif
