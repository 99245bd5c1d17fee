/*
 * request_face_page.h: a kind of request as people meet it: what it is called in the menu, which fields its form has. A
 * table, product/request_faces.c; pages and API walk it.
 */
#ifndef REQUEST_REQUEST_FACE_PAGE_H
#define REQUEST_REQUEST_FACE_PAGE_H

#include "request/request_kind.h"
#include "web/form.h"
#include "web/router.h"

/* What a field is: how it is checked, and which element shows it. */
enum face_field_type {
    FACE_DATE,   /* a day within the window of effective dates */
    FACE_CHOICE, /* one of `words`, called `texts` */
    FACE_OFFER,  /* one of what the kind offers today: `offers` */
    FACE_TEXT    /* a line of free text */
};

/* Offers of a FACE_OFFER: value and text ready to show. The callback adds <option> elements; it is given what is
 * chosen. */
typedef bool face_offers(struct context *context, struct node *choice, const char *chosen, GError **error);

struct face_field {
    const char *name;
    enum label label;
    enum face_field_type type;
    bool is_required;
    int64_t most;
    const char *const *words;
    const enum label *texts;
    face_offers *offers;
    enum label hint; /* beside the field; 0: none, as no hint has the first of all labels */
};

enum { FACE_FIELDS_MOST = 6 };
struct request_face {
    const struct request_kind *kind;
    enum label form_title;                      /* of its form */
    enum label about, fee, deadline;            /* a line each, for the menu and above the form */
    struct face_field fields[FACE_FIELDS_MOST]; /* ended by one without a name */
    /* A fact that follows from what was entered: the last good day of a recharge. NULL: there is none. */
    struct date (*until)(struct date effective);
    /* What the last button is called where it is one of danger, with {n}; the person types the kind's name beside it.
     * 0: the usual button. */
    enum label deed;
    bool with_usage;   /* what SIMs have used is shown where they are chosen */
    bool is_cancelled; /* its confirmation can throw the draft away */
};

extern const struct request_face request_faces[];
extern const guint request_faces_n;

const struct request_face *request_face_of(const struct request_kind *kind);

/* Check what was entered: faults at `values`, whose form has all the names. False if there is one. */
bool face_check(const struct request_face *face, struct values *values, struct date today);

/* Add the fields: what `values` hold. */
bool face_nodes(struct context *context, const struct request_face *face, struct node *parent,
                const struct values *values, GError **error);

/* Add <fact label value> for each field of a request. `before` (NULL: nothing is compared): what the request says that
 * is changed; a fact then has `before` where it differs, else `same`. */
void face_facts(const struct request_face *face, struct node *parent, const struct request_fields *fields,
                const struct request_fields *before, enum language language);

#endif
