/*
 * commands.c: the table of commands. Nothing is a command that does not stand here.
 */
#include "ctl/ctl.h"

const struct command commands[] = {
    { "migrate", NULL, "bring the schema up to date",
      "Applies the files NNNN_name.sql of [data] migrations_dir that have not run yet, in order, as [db] "
      "admin_user,\n"
      "and records each in the table schema_migration. Stops at the first error. Two at a time wait for each "
      "other.",
      migrate_options, ctl_migrate, 0 },
    { "db wait", NULL, "wait until the database answers", NULL, db_wait_options, ctl_db_wait, 0 },
    { "status", NULL, "tell whether all is well: database, schema, mails, audit",
      "Ends with 0 when it is, with 1 when one of the matters is not; for monitors with --json.", NULL, ctl_status, 0 },
    { "config check", NULL, "check the configuration and everything it names; list all faults", NULL, NULL,
      ctl_config_check, CTL_NO_CONFIG },
    { "config reference", NULL, "print every option with its default and meaning, as a file to edit", NULL, NULL,
      ctl_config_reference, CTL_NO_CONFIG },
    { "customer add", NULL, "add a customer", NULL, customer_add_options, ctl_customer_add, 0 },
    { "customer list", NULL, "list the customers", NULL, NULL, ctl_customer_list, 0 },
    { "project add", NULL, "add a project to a customer", NULL, project_add_options, ctl_project_add, 0 },
    { "project list", NULL, "list the projects", NULL, project_list_options, ctl_project_list, 0 },
    { "service add", NULL, "add a service", NULL, service_add_options, ctl_service_add, 0 },
    { "service list", NULL, "list the services", NULL, NULL, ctl_service_list, 0 },
    { "plan add", NULL, "add a plan with its monthly price before tax", NULL, plan_add_options, ctl_plan_add, 0 },
    { "plan list", NULL, "list the plans with today's prices", NULL, NULL, ctl_plan_list, 0 },
    { "account issue", NULL, "issue an account",
      "The initial password is random and mailed to --email, else to [portal] admin_address; it must be "
      "changed at the\n"
      "first login and can be used for [password] initial_days. With --password-file it is read from there "
      "(first\n"
      "line) and not mailed.",
      account_issue_options, ctl_account_issue, 0 },
    { "account list", NULL, "list the accounts", NULL, account_list_options, ctl_account_list, 0 },
    { "account disable", "LOGIN", "stop an account and end its sessions", NULL, NULL, ctl_account_disable, 0 },
    { "account enable", "LOGIN", "let a stopped account log in again", NULL, NULL, ctl_account_enable, 0 },
    { "account unlock", "LOGIN", "end the waiting time after failed logins",
      "Forgets the failures under this login id from any address. Failures that one address has collected, "
      "for this\n"
      "login id or for all, end by themselves within 15 minutes.",
      NULL, ctl_account_unlock, 0 },
    { "token issue", NULL, "issue a token by which a program uses the API",
      "The token is printed this once and kept as a digest alone. It speaks for the account at one customer, with the\n"
      "role the account has there. It ends on its last day, when it is revoked, when the account is disabled and when\n"
      "the account's password is changed.",
      token_issue_options, ctl_token_issue, 0 },
    { "token list", NULL, "list the tokens, without their secret part", NULL, token_list_options, ctl_token_list, 0 },
    { "token revoke", "PREFIX", "end a token", "PREFIX is what `token list` shows; the whole token will do as well.",
      NULL, ctl_token_revoke, 0 },
    { "line import", "FILE", "add lines from a file (- for standard input)",
      "Columns: customer, project, phone, serial, iccid, kind, size, service, plan, state, activated; in this order, "
      "or in\n"
      "any with a header line of these words or of those of the portal's own files. Nothing is published until every "
      "row\n"
      "is good. Lines that are there already with the same values are left alone; an interrupted import is completed "
      "by\n"
      "the same again.",
      line_import_options, ctl_line_import, 0 },
    { "line repair", "PHONE", "bring a failed line back to the state before its failure",
      "What waits for the repair is carried out then. --state for a line that has really come to another state at the\n"
      "carrier.",
      line_repair_options, ctl_line_repair, 0 },
    { "request list", NULL, "list requests of any customer, newest first", NULL, request_list_options, ctl_request_list,
      0 },
    { "request show", "NUMBER", "show a request: what was asked for, how far it is, its failed lines and its history",
      NULL, request_show_options, ctl_request_show, 0 },
    { "request retry", "NUMBER", "try again what has finally failed",
      "Every failed line, or those of --line, in a new round: the carrier is asked under an id of its own. Nothing is\n"
      "done unless it can be done to all of them; --only-good does it to those. Each line is printed with why not:\n"
      "not-failed, line-failed (another failure: repair the line first), moved (something has moved the line since),\n"
      "state (its state does not allow it), collides or breaks (the request named is in the way).",
      request_retry_options, ctl_request_retry, 0 },
    { "request fail", "NUMBER", "give up what is stuck",
      "Every open line whose day has come, or those of --line, ends as failed, with the reason, as if the carrier had\n"
      "refused it. Nothing is done unless it can be done to all of them; --only-good does it to those. Each line is\n"
      "printed with why not: over, not-due, at-carrier (a worker has it there just now: wait, or --force).",
      request_fail_options, ctl_request_fail, 0 },
    { "gateway test", "-- PROGRAM [ARGUMENT...]", "test whether a program keeps the contract of a gateway",
      "The contract is simportal-gateway(7). Starts the program several times and asks it for things as the worker\n"
      "does; prints a line a check, as TAP. What it is asked to change is one test SIM, suspended and resumed: "
      "without\n"
      "--phone, --serial and --iccid that SIM is made up.",
      gateway_test_options, ctl_gateway_test, CTL_NO_CONFIG | CTL_MANY },
    { "audit verify", NULL, "check that no row of the audit was changed or removed", NULL, audit_verify_options,
      ctl_audit_verify, 0 },
    { "mail list", NULL, "list the mails that wait for sendmail, without their bodies", NULL, NULL, ctl_mail_list, 0 },
    { "demo-data", NULL, "make the demonstration's customers, accounts and SIMs",
      "Run again it finds what is there and changes nothing. Passwords are random and stand in --env-file "
      "alone, which\n"
      "must be kept: a second run needs it. --lines makes the big fleet of the load bench instead.",
      demo_data_options, ctl_demo_data, 0 },
    { 0 },
};
