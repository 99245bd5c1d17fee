# shellcheck shell=bash disable=SC2034
# database.sh: a private MariaDB below VAR that listens on a socket only, with one database and two users:
# the application's (rows only) and the migrations' (this schema's tables). Decides nothing about tables.

# As sql/setup/database.sql names them.
DB_NAME=simportal
DB_USER=simportal
DB_ADMIN_USER=simportal_admin
MARIADBD=/usr/sbin/mariadbd

database_paths() {
    DB_SOCKET=$VAR/run/mariadb.sock
    DB_PASSWORD_FILE=$VAR/secret/db-password
    DB_ADMIN_PASSWORD_FILE=$VAR/secret/db-admin-password
}

# db_root [ARGUMENT…]: the client as the database's own administrator, who is whoever runs the server.
db_root() { mariadb --no-defaults --socket="$DB_SOCKET" --user="$(id -un)" "$@"; }

db_answers() { db_root -e 'SELECT 1' > /dev/null 2>&1; }

database_config() {
    cat > "$VAR/mariadb.cnf" <<EOF
# Written by $PROGRAM at each start.
[mariadbd]
user = $(id -un)
datadir = $VAR/db
tmpdir = $VAR/db-tmp
socket = $DB_SOCKET
pid-file = $VAR/run/mariadbd.pid
skip-networking
skip-name-resolve
local-infile = 0
symbolic-links = 0
default-time-zone = +00:00
character-set-server = utf8mb4
collation-server = utf8mb4_bin
transaction-isolation = READ-COMMITTED
sql-mode = STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ZERO_DATE,NO_ZERO_IN_DATE,NO_ENGINE_SUBSTITUTION
innodb-flush-log-at-trx-commit = 1
innodb-buffer-pool-size = ${DB_BUFFER:-256M}
innodb-log-file-size = 256M
innodb-purge-threads = 1
innodb-purge-batch-size = 5
max-connections = 200
EOF
}

# database_start: the server runs and answers; the database, its users and their passwords are there.
database_start() {
    local log=$VAR/log/mariadb.log
    # Of its own: a server that starts clears what it takes for leftovers, also those of another that runs.
    mkdir -p "$VAR/db-tmp"
    database_config
    if part_is_running mariadb && wait_for 30 db_answers; then
        :
    else
        part_stop mariadb TERM 30
        if [ ! -d "$VAR/db/mysql" ]; then
            # Made beside its place and moved there whole, so that an interrupted start leaves no half one.
            # By a relative name, because mariadb-install-db cannot quote: it would change the owner of every
            # word of a path with blanks.
            rm -rf "$VAR/db.new"
            (cd "$VAR" && mariadb-install-db --no-defaults --user="$(id -un)" --datadir=./db.new --force --skip-test-db \
                --auth-root-authentication-method=socket --auth-root-socket-user="$(id -un)") \
                >> "$log" 2>&1 || die "mariadb-install-db failed; see $log"
            mv "$VAR/db.new" "$VAR/db"
        fi
        part_start mariadb "$log" "$MARIADBD" --defaults-file="$VAR/mariadb.cnf"
        wait_for 60 db_up_or_dead
        db_answers || die "MariaDB does not start; see $log"
    fi
    [ -s "$DB_PASSWORD_FILE" ] || random_hex 24 | write_secret "$DB_PASSWORD_FILE"
    [ -s "$DB_ADMIN_PASSWORD_FILE" ] || random_hex 24 | write_secret "$DB_ADMIN_PASSWORD_FILE"
    database_users
}

db_up_or_dead() { db_answers || ! part_is_running mariadb; }

# The schema and its users are those of an installation.
database_users() {
    {
        printf "SET @user_password = '%s', @admin_password = '%s';\n" \
            "$(cat "$DB_PASSWORD_FILE")" "$(cat "$DB_ADMIN_PASSWORD_FILE")"
        cat "$SOURCE/sql/setup/database.sql"
    } | db_root
}

database_stop() { part_stop mariadb TERM 60; }
