/*
 * role_rule.h: what each role may do. The role stands on the pair of account and customer. domain.md, Words.
 */
#ifndef ACCOUNT_ROLE_RULE_H
#define ACCOUNT_ROLE_RULE_H

#include <stdbool.h>

enum role { ROLE_ADMINISTRATOR, ROLE_MEMBER, ROLE_VIEWER, ROLE_AUDITOR, ROLE_N };

/* The word that stands in rows: "administrator" ... */
const char *role_code(enum role role);

/* Read such a word; false if it is none (NULL included). */
bool role_read(const char *code, enum role *role);

/* The rights of `role` (enum right), looking at one customer. */
unsigned role_rights(enum role role);

/* Looking at all customers at once one only reads. */
unsigned role_rights_of_all(enum role role);

#endif
