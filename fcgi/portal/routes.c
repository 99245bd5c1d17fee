/*
 * routes.c: every address, who may use it, what checks its fields and what answers it. A test walks the table.
 */
#include "portal/routes.h"

#include "account/account_page.h"
#include "line/line_page.h"
#include "portal/brand_page.h"
#include "portal/health_page.h"
#include "portal/start_page.h"
#include "request/request_api.h"
#include "request/request_page.h"

#define GET METHOD_GET
#define POST METHOD_POST

/* clang-format off */
const struct route portal_routes[] = {
    /* method path          right              page                view           form                    again             flags */
    { GET,  "/healthz",     RIGHT_PUBLIC,      health_page,        NULL,          NULL,                   NULL,             ROUTE_NOT_COUNTED },
    { GET,  "/brand.css",   RIGHT_PUBLIC,      brand_css_page,     "error",       NULL,                   NULL,             ROUTE_NOT_COUNTED },
    { GET,  "/brand/logo",  RIGHT_PUBLIC,      brand_logo_page,    "error",       NULL,                   NULL,             ROUTE_NOT_COUNTED },
    { GET,  "/login",       RIGHT_PUBLIC,      login_page,         "login",       &login_view_form,       NULL,             0 },
    { POST, "/login",       RIGHT_PUBLIC,      login_submit,       "login",       &login_form,            login_page,       ROUTE_LOGIN },
    { POST, "/logout",      RIGHT_SIGNED_IN,   logout_submit,      NULL,          NULL,                   NULL,             ROUTE_LOGOUT },
    { GET,  "/password",    RIGHT_SIGNED_IN,   password_page,      "password",    NULL,                   NULL,             0 },
    { POST, "/password",    RIGHT_SIGNED_IN,   password_submit,    "password",    &password_form,         password_page,    ROUTE_LOGIN },
    { POST, "/language",    RIGHT_SIGNED_IN,   language_submit,    "error",       &language_form,         bad_choice_page,  0 },
    { GET,  "/customers",   RIGHT_START,       customer_list_page, "customers",   &customer_search_form,  NULL,             0 },
    { POST, "/customer",    RIGHT_START,       customer_submit,    "error",       &customer_form,         bad_choice_page,  0 },
    { GET,  "/",            RIGHT_START,       start_page,         "start",       &start_form,            NULL,             0 },
    { GET,  "/sims",        RIGHT_LINE_VIEW,   line_list_page,     "line-list",   &line_search_form,      NULL,             ROUTE_TICKS },
    { GET,  "/sims.csv",    RIGHT_LINE_VIEW,   line_csv_page,      "error",       &line_search_form,      NULL,             0 },
    { GET,  "/sims/{id}",   RIGHT_LINE_VIEW,   line_detail_page,   "line-detail", &line_view_form,        NULL,             0 },
    { POST, "/sims/{id}",   RIGHT_LINE_EDIT,   line_note_submit,   "line-detail", &line_note_form,        line_detail_page, 0 },
    { POST, "/sims/{id}/protection", RIGHT_LINE_EDIT, line_protect_submit, "error", &line_protect_form, bad_choice_page,      0 },
    { POST, "/sims/{id}/esim", RIGHT_LINE_SECRET, line_esim_page,  "line-esim",   NULL,                   NULL,             0 },
    { GET,  "/requests",    RIGHT_LINE_VIEW,   request_list_page,  "request-list", &request_search_form,  NULL,             0 },
    { GET,  "/requests.csv", RIGHT_LINE_VIEW,  request_csv_page,   "error",       &request_search_form,   NULL,             0 },
    { GET,  "/requests/new", RIGHT_REQUEST,    request_menu_page,  "request-menu", &request_menu_form,    NULL,             0 },
    { GET,  "/requests/{number}", RIGHT_LINE_VIEW, request_detail_page, "request-detail", &request_view_form, NULL,        0 },
    { GET,  "/requests/{number}/numbers.csv", RIGHT_LINE_VIEW, request_numbers_csv_page, "error", &request_numbers_form, NULL, 0 },
    { POST, "/requests/{number}/edit", RIGHT_REQUEST, request_edit_submit, "error", NULL,             NULL,               0 },
    { GET,  "/requests/{number}/cancel", RIGHT_REQUEST, request_cancel_page, "request-cancel", NULL,  NULL,               0 },
    { POST, "/requests/{number}/cancel", RIGHT_REQUEST, request_cancel_submit, "request-cancel", &request_cancel_form, request_cancel_page, 0 },
    { GET,  "/schedule",    RIGHT_LINE_VIEW,   schedule_page,      "schedule",    &schedule_form,         NULL,             0 },
    { POST, "/drafts",      RIGHT_REQUEST,     draft_new_submit,   "error",       &draft_new_form,        bad_choice_page,  0 },
    { GET,  "/drafts/{id}", RIGHT_REQUEST,     draft_form_page,    "draft-form",  &draft_view_form,       NULL,             0 },
    { POST, "/drafts/{id}", RIGHT_REQUEST,     draft_form_submit,  "draft-form",  &draft_enter_form,      draft_form_page,  0 },
    { GET,  "/drafts/{id}/lines", RIGHT_REQUEST, draft_lines_page, "draft-lines", &line_search_form,      NULL,             ROUTE_TICKS },
    { POST, "/drafts/{id}/lines", RIGHT_REQUEST, draft_lines_submit, "error",     &draft_tick_form,       bad_choice_page,  0 },
    { POST, "/drafts/{id}/numbers", RIGHT_REQUEST, draft_upload_submit, "draft-form", &draft_upload_form, draft_form_page,  ROUTE_UPLOAD },
    { GET,  "/drafts/{id}/confirm", RIGHT_REQUEST, draft_confirm_page, "draft-confirm", &draft_confirm_view_form, NULL,     0 },
    { POST, "/drafts/{id}/confirm", RIGHT_REQUEST, draft_confirm_submit, "draft-confirm", &draft_confirm_form, draft_confirm_page, 0 },
    { POST, "/drafts/{id}/delete", RIGHT_REQUEST, draft_delete_submit, NULL,      NULL,                   NULL,             0 },
    { GET,  "/drafts/{id}/confirm.csv", RIGHT_REQUEST, draft_confirm_csv_page, "error", &draft_csv_form, NULL,              0 },
    { GET,  "/drafts/{id}/unread.csv", RIGHT_REQUEST, draft_unread_csv_page, "error", &draft_csv_form,   NULL,              0 },
    /* for programs: a token instead of session and CSRF token, JSON instead of views */
    { GET,  "/api/v1/requests", RIGHT_LINE_VIEW, request_list_api, NULL,          &request_search_form,   NULL,             0 },
    { POST, "/api/v1/requests", RIGHT_REQUEST, request_make_api,   NULL,          NULL,                   NULL,             0 },
    { GET,  "/api/v1/requests/{number}", RIGHT_LINE_VIEW, request_get_api, NULL,  NULL,                   NULL,             0 },
};
/* clang-format on */

const guint portal_routes_n = G_N_ELEMENTS(portal_routes);
