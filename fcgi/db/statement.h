/*
 * statement.h: the shape of the statement table that scripts/build/statements makes from sql/query.
 */
#ifndef DB_STATEMENT_H
#define DB_STATEMENT_H

#include "db/statements.h"

enum statement_rows { ROWS_ONE, ROWS_MANY, ROWS_NONE };

/* What a statement does to rows. A page reached by GET can run `read` alone; only the router's gate runs
 * `gate`. */
enum statement_role { ROLE_READ = 1, ROLE_WRITE = 2, ROLE_GATE = 4 };

/* Whose rows it can reach. HACKING.md, Statements, tells when to use which. */
enum statement_scope {
    SCOPE_CUSTOMER = 1,  /* one customer's: `customer_id = ?`, compared with the session's */
    SCOPE_ACCOUNT = 2,   /* one account's own, or those of all its customers */
    SCOPE_CATALOGUE = 4, /* what the operator sells: everybody's */
    SCOPE_JOURNAL = 8,   /* inserts into the journals: mail, audit, events */
    SCOPE_LOGIN = 16,    /* before there is a session: the login pages alone */
    SCOPE_SESSION = 32,  /* resolving and ending sessions: the gate alone */
    SCOPE_WORKER = 64,
    SCOPE_OPERATOR = 128
};

struct statement_entry {
    const char *name;
    const char *sql;
    enum statement_rows rows;
    enum statement_role role;
    enum statement_scope scope;
    int parameters;
    int customer; /* which parameter is the customer's id; -1: none */
};

extern const struct statement_entry statements[STATEMENT_N];

#endif
