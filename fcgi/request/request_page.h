/*
 * request_page.h: the pages of requests: the menu of kinds, drafts in their steps, the list, one request.
 */
#ifndef REQUEST_REQUEST_PAGE_H
#define REQUEST_REQUEST_PAGE_H

#include "request/draft.h"
#include "request/request.h"
#include "request/request_face_page.h"
#include "web/router.h"

extern const struct form draft_new_form, draft_enter_form, draft_view_form, draft_tick_form, draft_confirm_form,
    draft_confirm_view_form, draft_upload_form;
extern const struct form request_search_form, request_view_form, request_cancel_form, request_numbers_form;
extern const struct form request_menu_form, draft_csv_form, schedule_form;

page_function request_menu_page, draft_new_submit, draft_delete_submit;
page_function draft_form_page, draft_form_submit;
page_function draft_lines_page, draft_lines_submit, draft_upload_submit;
page_function draft_confirm_page, draft_confirm_submit;
page_function request_list_page, request_detail_page, request_edit_submit;
page_function request_csv_page, request_numbers_csv_page, draft_confirm_csv_page, draft_unread_csv_page;
page_function schedule_page;
page_function request_cancel_page, request_cancel_submit;

/* Whose requests the session looks at. */
struct request_search request_search_of(const struct context *context);

/* Answer a change of a request that failed (`failure`, which is taken): who was too late is led to the request and
 * told; else FAILED, with the error. */
enum outcome request_change_failed(struct context *context, const char *number, GError *failure, GError **error);

/* How far a request is and what to expect of it, for its page; `done`: what has just been done with it, the number in
 * the address less one, -1: nothing. A request that is due is followed. */
bool request_progress_nodes(struct context *context, const struct request_made *made, int done, GError **error);

/* ---- shared by the pages of drafts ---- */

/* Whose drafts the session works on. */
struct draft_owner draft_owner_of(const struct context *context);

/* The draft of {id}, if it is the person's and still a draft. One that has become a request leads there: NULL without
 * an error then, and the answer is given; so it is for one that is not there. */
struct draft *draft_page_open(struct context *context, GError **error);

/* Answer something that could not be done with the draft of {id} (`failure`, which is taken): one that is not there, or
 * too many lines; else FAILED, with the error. */
enum outcome draft_page_failed(struct context *context, GError *failure, GError **error);

/* "/drafts/12" and what follows. The caller frees. */
char *draft_url(uint64_t id, const char *tail);

/* Where SIMs are chosen for it: the list begins with those in a state that the kind may start from. The caller frees.
 */
char *draft_choose_url(uint64_t id, const struct request_kind *kind);

/* What all steps show: the kind, its title, how many SIMs, where one can go. */
void draft_head_nodes(struct context *context, const struct draft *draft);

#endif
