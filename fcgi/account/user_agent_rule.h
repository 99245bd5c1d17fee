/*
 * user_agent_rule.h: which browser and system a User-Agent header names. Pure. Clients say what they like: what is read
 * here tells a person what to look for, it decides nothing.
 */
#ifndef ACCOUNT_USER_AGENT_RULE_H
#define ACCOUNT_USER_AGENT_RULE_H

/* The browser by the name it has in public, with the first number of its version if it tells one: "Chrome 120". NULL:
 * unknown. Nothing of `agent` but that number gets into it. The caller frees. */
char *user_agent_browser(const char *agent);

/* The system: "Windows". NULL: unknown. Lives for ever. */
const char *user_agent_system(const char *agent);

#endif
