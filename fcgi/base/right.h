/*
 * right.h: what an account may do, as bits. A route names the one it needs; account/role_rule.c says which
 * role has which. There is no default: a route without a right fails the test of the table.
 */
#ifndef BASE_RIGHT_H
#define BASE_RIGHT_H

enum right {
    RIGHT_PUBLIC = 1 << 0,      /* nobody need be signed in */
    RIGHT_SIGNED_IN = 1 << 1,   /* any account, even one that must change its password first */
    RIGHT_START = 1 << 2,       /* any account whose password is in order */
    RIGHT_LINE_VIEW = 1 << 3,   /* see SIMs */
    RIGHT_LINE_EDIT = 1 << 4,   /* label and memo */
    RIGHT_LINE_SECRET = 1 << 5, /* reveal an eSIM's activation code */
    RIGHT_REQUEST = 1 << 6,     /* ask for things */
    RIGHT_ACCOUNT = 1 << 7,     /* manage accounts */
    RIGHT_AUDIT_VIEW = 1 << 8,  /* read the audit */
};

#endif
