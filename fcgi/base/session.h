/*
 * session.h: who asks, as the gate found it out in one statement.
 */
#ifndef BASE_SESSION_H
#define BASE_SESSION_H

#include "base/clock.h"
#include "base/language.h"
#include "base/token.h"

#include <stdbool.h>
#include <stdint.h>

enum { SESSION_COUNTS = 7, SESSION_REQUESTS = 5 };

/* How long a session that time has ended is still known, and a form kept for it. */
enum { SESSION_KEPT_SECONDS = 3600 };

struct session {
    uint64_t id;
    uint64_t account;  /* 0: nobody is signed in */
    uint64_t token;    /* the API token by which a program speaks for the account; 0: a person's session */
    uint64_t customer; /* whose SIMs are looked at; 0: all of the account's customers */
    uint64_t home_customer;
    unsigned rights;        /* enum right, as the role at this customer gives them */
    unsigned rights_of_one; /* looking at all: what it may do at one of them */
    uint32_t customers;     /* how many the account sees */
    bool password_own;      /* chosen by the person, not issued */
    bool must_change;       /* the password must be changed before anything else */
    bool has_ended;         /* a token came, but its session is over */
    bool is_astray;         /* the address names a customer that the account does not see */
    bool has_form;          /* what was typed when a session ended is kept for this one (web/session_form.h) */
    /* Of a session that time has ended: which, whose, of which customer, and when. Else 0. */
    uint64_t ended_id, ended_account, ended_customer;
    struct moment ended_at;
    enum language language;
    struct moment created_at, seen_at, password_set_at;
    char *login_id, *name, *email, *role, *customer_code, *customer_name;
    bool has_former; /* the account was logged in here before, and forms of that session carried this, as a digest */
    uint8_t former_csrf[DIGEST_BYTES];
    /* Kept counters of the customer, in the order of enum line_state, then the throttled ones. */
    uint64_t counts[SESSION_COUNTS];
    /* And of its requests, in the order of enum request_status. */
    uint64_t requests[SESSION_REQUESTS];
    uint64_t share_groups; /* how many the customer has, kept likewise */
    uint64_t edition;      /* of the catalogue */
};

void session_clear(struct session *session);

#endif
