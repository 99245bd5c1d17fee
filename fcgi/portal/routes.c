/*
 * routes.c: every address, who may use it, what checks its fields and what answers it. A test walks the table.
 */
#include "portal/routes.h"

#include "account/account_page.h"
#include "line/line_page.h"
#include "portal/brand_page.h"
#include "portal/health_page.h"
#include "portal/start_page.h"

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
    { POST, "/logout",      RIGHT_SIGNED_IN,   logout_submit,      NULL,          NULL,                   NULL,             0 },
    { GET,  "/password",    RIGHT_SIGNED_IN,   password_page,      "password",    NULL,                   NULL,             0 },
    { POST, "/password",    RIGHT_SIGNED_IN,   password_submit,    "password",    &password_form,         password_page,    ROUTE_LOGIN },
    { POST, "/language",    RIGHT_SIGNED_IN,   language_submit,    "error",       &language_form,         bad_choice_page,  0 },
    { GET,  "/customers",   RIGHT_START,       customer_list_page, "customers",   &customer_search_form,  NULL,             0 },
    { POST, "/customer",    RIGHT_START,       customer_submit,    "error",       &customer_form,         bad_choice_page,  0 },
    { GET,  "/",            RIGHT_START,       start_page,         "start",       &start_form,            NULL,             0 },
    { GET,  "/sims",        RIGHT_LINE_VIEW,   line_list_page,     "line-list",   &line_search_form,      NULL,             0 },
    { GET,  "/sims.csv",    RIGHT_LINE_VIEW,   line_csv_page,      "error",       &line_search_form,      NULL,             0 },
    { GET,  "/sims/{id}",   RIGHT_LINE_VIEW,   line_detail_page,   "line-detail", &line_view_form,        NULL,             0 },
    { POST, "/sims/{id}",   RIGHT_LINE_EDIT,   line_note_submit,   "line-detail", &line_note_form,        line_detail_page, 0 },
    { POST, "/sims/{id}/esim", RIGHT_LINE_SECRET, line_esim_page,  "line-esim",   NULL,                   NULL,             0 },
};
/* clang-format on */

const guint portal_routes_n = G_N_ELEMENTS(portal_routes);
