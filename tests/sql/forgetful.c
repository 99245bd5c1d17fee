/*
 * forgetful.c: stands before the database's library where test_db says so, and forgets what libmariadb 10.11.18
 * forgets: after its bind, the lengths of all cells are 0.
 */
#include "forgetful.h"

#include <dlfcn.h>
#include <glib.h>
#include <mysql.h>

bool forgets_lengths;

my_bool STDCALL mysql_stmt_bind_result(MYSQL_STMT *stmt, MYSQL_BIND *binds)
{
    static my_bool (*own)(MYSQL_STMT *, MYSQL_BIND *);
    if (own == NULL) {
        *(void **)&own = dlsym(RTLD_NEXT, "mysql_stmt_bind_result");
        g_assert_nonnull(own);
    }
    my_bool answer = own(stmt, binds);
    for (unsigned i = 0; forgets_lengths && i < mysql_stmt_field_count(stmt); i++) {
        *binds[i].length = 0;
    }
    return answer;
}
