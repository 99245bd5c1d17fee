/*
 * router.h: the way of one request. Everything but the page itself happens here, in one order, for every route:
 * match, session, right, CSRF, form, page, rendering, log. A page cannot forget a step.
 */
#ifndef WEB_ROUTER_H
#define WEB_ROUTER_H

#include "base/config.h"
#include "base/right.h"
#include "base/secret.h"
#include "db/db.h"
#include "view/view.h"
#include "web/form.h"
#include "web/request.h"
#include "web/response.h"
#include "base/session.h"

#include <glib.h>
#include <json-c/json.h>

struct context;

/* What a page answers with. */
enum outcome {
    SHOW,  /* render the route's view */
    AGAIN, /* a fault of the person, noted in `values`: show route->again, status 422 */
    DONE,  /* the response is sent */
    FAILED /* an error is set */
};

typedef enum outcome page_function(struct context *context, GError **error);

enum route_flag {
    ROUTE_LOGIN = 1 << 0,       /* may use statements of the scope login: before there is a session */
    ROUTE_SLIM = 1 << 1,        /* no menu: login, forced change */
    ROUTE_NOT_COUNTED = 1 << 2, /* is no sign of a person at work: the session is not touched */
    ROUTE_UPLOAD = 1 << 3,      /* POST: may be sent as multipart/form-data, files in request->files */
    ROUTE_LOGOUT = 1 << 4,      /* POST: ends the session, also one that time has ended */
    ROUTE_TICKS = 1 << 5        /* GET: its boxes are ticked again from context->kept */
};

struct route {
    enum method method;
    const char *pattern; /* "/sims/{id}": {id} is a number from 1, {number} a request's */
    unsigned right;      /* one of enum right; none is refused by the test of the table */
    page_function *page;
    const char *view; /* the page of the stylesheet: `again`'s if there is one, else `page`'s; NULL: none */
    const struct form *form;
    page_function *again; /* POST: shows the form again */
    unsigned flags;
};

/* What the areas above give to the router. */
struct gate {
    /* Find the session of `token` (NULL: none) and fill context->session; touch it when due. */
    bool (*resolve)(struct context *context, const char *token, GError **error);
    /* The same for the API: by the Authorization header of the request; cookies count for nothing. */
    bool (*resolve_token)(struct context *context, const char *authorization, GError **error);
    /* Of a session whose form is kept (web/session_form.h); NULL: none ever is. Keep the form of an ended session: what
     * was sent to `path`, as text. Give that of the present session: `path` NULL: there is none; the caller frees both.
     * Forget it when it is sent to `path` again. Forget the ended session and its form. */
    bool (*form_keep)(struct context *context, const char *path, const char *text, GError **error);
    bool (*form_get)(struct context *context, char **path, char **text, GError **error);
    bool (*form_drop)(struct context *context, const char *path, GError **error);
    bool (*session_drop)(struct context *context, GError **error);
    /* Fill the frame of a page: title, account, customers, menu, crumbs. */
    bool (*frame)(struct context *context, struct node *root, GError **error);
    const struct route *routes;
    guint n_routes;
};

struct context {
    const struct config *config;
    const struct view *view;
    const struct secret_keys *keys;
    const struct gate *gate;
    struct db *db;
    const struct request *request;
    struct response *response;
    const struct route *route;
    struct session session;
    bool is_api;              /* answered with JSON, refusals too */
    struct json_object *json; /* what a POST to the API carries */
    struct values *values;    /* of the route's form; NULL without one */
    bool is_kept;             /* what is shown was typed when a session ended */
    struct values *kept;      /* ROUTE_TICKS: what was ticked then; else NULL */
    bool is_stale;            /* its token is of an earlier visit: the form is shown again */
    uint64_t id;              /* what {id} stood for */
    char *word;               /* what {number} stood for; NULL: the pattern has none */
    struct moment now;
    enum language language;
    char *base;           /* what addresses of this answer begin with (base/address.h); NULL: nothing */
    char *csrf;           /* the token that forms of this answer carry */
    struct doc *doc;      /* the page document */
    struct node *root;    /* its root */
    struct node *notices; /* what context_notice adds to */
    struct node *part;    /* the page's own part, named as its view */
    struct node *crumbs;  /* NULL: there are none */
    struct node *crumb;   /* the last of the crumbs, the page's own; NULL: there are none */
    const char *page;     /* the view that is shown */
};

#define COOKIE_SESSION "__Host-simportal"
#define COOKIE_VISIT "__Host-simportal-visit"
#define COOKIE_LANGUAGE "__Host-simportal-language"
#define COOKIE_FOLDED "__Host-simportal-folded" /* set by the script: names of folded blocks, with dots between */

/* Begin the document of `page`: what the frame shows, and the page's own part, still empty. */
bool router_begin_doc(struct context *context, const char *page, GError **error);

/* Answer `request`. */
void router_answer(struct context *context);

/* Answer a request that could not even be read; `request` is its sender (request_read_sender). `target`: what it asked
 * for, as sent, or NULL. `cause` is logged. */
void router_refuse(struct context *context, int status, const char *target, const GError *cause);

/* The route of `path` and `method`, `id` filled in. When the path exists with other methods only, NULL and
 * `allowed` names them ("GET, HEAD, POST"). */
const struct route *router_match(const struct gate *gate, enum method method, const char *path, uint64_t *id,
                                 char **allowed);

/* The nearest page at or above `path` whose route `is_wanted` (NULL: any); "/" if there is none. The caller frees. */
char *router_page_above(const struct gate *gate, const char *path, bool (*is_wanted)(const struct route *route));

/* Whether files may be posted to `path`: elsewhere multipart/form-data is not read at all. */
bool router_takes_files(const struct gate *gate, const char *path);

/* True if the person has folded away the block of a page that is called `name`. */
bool context_is_folded(const struct context *context, const char *name);

/* Give the page another title than its entry in the frame's table. */
void context_title(struct context *context, const char *title);

/* Call the page's own crumb `own`, and put one that leads to `href` before it. */
void context_crumb_above(struct context *context, const char *text, const char *href, const char *own);

/* Add <notice kind text> to the page. */
void context_notice(struct context *context, const char *kind, const char *text);

/* Where a person comes back to from a POST: the page that was asked for, else the nearest above. The caller frees. */
char *router_here(const struct context *context);

/* The token of a form that came from a page of ours; NULL: none. The caller frees. Whether it is `csrf`. */
char *router_sent_csrf(const struct context *context);
bool router_csrf_holds(const struct context *context, const char *csrf);
bool router_origin_is_ours(const struct context *context);

/* The CSRF token that belongs to a cookie's value; forms carry it masked (token_mask), each time otherwise. The caller
 * frees. */
char *router_csrf(const char *anchor);

#endif
