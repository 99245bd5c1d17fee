# shellcheck shell=bash disable=SC2153,SC2034
# stack.sh: the portal's own parts below VAR: secrets, configuration, certificate, pools, worker and nginx.
# Expects VAR, INST, PORT and what scripts/demo documents; the database is database.sh's.

POOLS="pages bulk login"

stack_paths() {
    BIN_DIR=$INST/bin
    SHARE_DIR=$INST/share/simportal
    CONFIG=$VAR/simportal.conf
    MAIL_DIR=$VAR/mail
    CERT_FILE=$VAR/secret/cert.pem
    CERT_KEY=$VAR/secret/cert-key.pem
    BASE_URL=https://localhost:$PORT
}

# Who opens the sockets of the pools: nginx's workers alone. Started by a person, everything runs as that
# person. Started by root, the workers are www-data and the sockets belong to that group; only where
# www-data cannot even enter the folder (a checkout below /root) do the workers stay root.
stack_users() {
    NGINX_USER=$(id -un)
    SOCKET_GROUP=$(id -gn)
    if [ "$(id -u)" = 0 ] && getent passwd www-data > /dev/null; then
        if setpriv --reuid=www-data --regid=www-data --clear-groups test -x "$VAR" -a -r "$INST"; then
            NGINX_USER=www-data
            SOCKET_GROUP=www-data
        fi
    fi
}

# tokyo_seconds "YYYY-MM-DD hh:mm[:ss]": the moment in seconds since 1970; fails on anything else.
tokyo_seconds() {
    [[ $1 =~ ^[0-9]{4}-[0-9]{2}-[0-9]{2}\ [0-9]{2}:[0-9]{2}(:[0-9]{2})?$ ]] && date -d "$1 +0900" +%s 2> /dev/null
}

# stack_clock "YYYY-MM-DD hh:mm[:ss]": CLOCK becomes the environment in which our programs believe that it is
# that time in Tokyo now. An offset, because an absolute time would begin anew in each recycled process.
stack_clock() {
    local wanted library
    CLOCK=(/usr/bin/env LC_ALL=C.UTF-8)
    rm -f "$VAR/run/clock-offset"
    [ -n "$1" ] || return 0
    wanted=$(tokyo_seconds "$1")
    CLOCK_OFFSET=$((wanted - $(date +%s)))
    printf '%d\n' "$CLOCK_OFFSET" > "$VAR/run/clock-offset"
    for library in /usr/lib/*/faketime/libfaketimeMT.so.1; do
        [ -f "$library" ] || die "libfaketime is not installed"
        CLOCK+=("LD_PRELOAD=$library" "FAKETIME=$(printf '%+d' "$CLOCK_OFFSET")s" NO_FAKE_STAT=1
            FAKETIME_DONT_FAKE_MONOTONIC=1 "ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}verify_asan_link_order=0")
    done
}

# quoted TEXT: as one word of a shell.
quoted() { printf "'%s'" "${1//\'/\'\\\'\'}"; }

# A program that takes no environment of ours is reached through a wrapper that holds it.
stack_wrappers() {
    mkdir -p "$VAR/bin"
    {
        printf '#!/bin/sh\n# Written by %s at each start.\nunset LD_PRELOAD\n' "$PROGRAM"
        printf 'export MAIL_DIR=%s SENDMAIL_CONTROL=%s\n' "$(quoted "$MAIL_DIR")" "$(quoted "$VAR")"
        printf 'exec %s "$@"\n' "$(quoted "$SOURCE/scripts/demo-sendmail")"
    } > "$VAR/bin/sendmail.new"
    {
        printf '#!/bin/sh\n# Written by %s at each start: the command line with the demo'"'"'s configuration and clock.\nexec' "$PROGRAM"
        printf ' %s' "${CLOCK[@]}"
        printf ' %s --config %s "$@"\n' "$(quoted "$BIN_DIR/simportalctl")" "$(quoted "$CONFIG")"
    } > "$VAR/bin/simportalctl.new"
    chmod 755 "$VAR/bin/sendmail.new" "$VAR/bin/simportalctl.new"
    mv -f "$VAR/bin/sendmail.new" "$VAR/bin/sendmail"
    mv -f "$VAR/bin/simportalctl.new" "$VAR/bin/simportalctl"
    CTL=$VAR/bin/simportalctl
}

# Settings of one's own go into VAR/local.conf; being last, they win.
stack_config() {
    [ -s "$VAR/secret/key" ] || printf '1 %s\n' "$(random_hex 32)" | write_secret "$VAR/secret/key"
    {
        cat <<EOF
# Written by $PROGRAM at each start; what is in local.conf beside it is added at the end.
[portal]
base_url=$BASE_URL
admin_address=operator@localhost
views_dir=$SHARE_DIR/views
run_dir=$VAR/run

[db]
socket=$DB_SOCKET
name=$DB_NAME
user=$DB_USER
password_file=$DB_PASSWORD_FILE
admin_user=$DB_ADMIN_USER
admin_password_file=$DB_ADMIN_PASSWORD_FILE

[password]
common_file=$SHARE_DIR/common_passwords.txt

[mail]
sendmail=$VAR/bin/sendmail
sender=portal@localhost

[gateway]
program=$BIN_DIR/simportal-carrier --record $VAR/carrier.record

[secret]
key_file=$VAR/secret/key

[data]
migrations_dir=$SHARE_DIR/migrations
demo_words_file=$SHARE_DIR/demo_words.txt
EOF
        [ ! -f "$VAR/local.conf" ] || { echo; cat "$VAR/local.conf"; }
    } | write_secret "$CONFIG"
}

stack_certificate() {
    if [ -s "$CERT_KEY" ] && openssl x509 -in "$CERT_FILE" -noout -checkend 604800 > /dev/null 2>&1; then
        return 0
    fi
    (umask 077 && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 825 \
        -subj /CN=localhost -addext "subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1" \
        -addext "basicConstraints=critical,CA:FALSE" -addext "extendedKeyUsage=serverAuth" \
        -keyout "$CERT_KEY" -out "$CERT_FILE") 2>/dev/null || die "openssl made no certificate"
}

# stack_pool NAME PROCESSES BACKLOG PROGRAM [ARGUMENT…]
stack_pool() {
    local name=$1 processes=$2 backlog=$3 socket_owner=()
    shift 3
    [ "$SOCKET_GROUP" = "$(id -gn)" ] || socket_owner=(-G "$SOCKET_GROUP")
    rm -f "$VAR/run/$name.sock"
    # A process that ends for whatever reason is replaced, always: by default three quick ends close the slot.
    part_start "$name" "$VAR/log/pools.log" spawn-fcgi -n -s "$VAR/run/$name.sock" -M 0660 -b "$backlog" \
        "${socket_owner[@]}" -- "$(command -v multiwatch)" -r 1000000 -s TERM -f "$processes" -- \
        "${CLOCK[@]}" SIMPORTAL_POOL="$name" "$@"
}

stack_pools_start() {
    local fcgi=("$BIN_DIR/simportal-fcgi" --config "$CONFIG") name
    # Short queues where a request is dear: what cannot be served soon is told so at once (503).
    stack_pool pages "$PAGES_PROCESSES" 1024 "${fcgi[@]}"
    # Files are written in what time people leave.
    stack_pool bulk "$BULK_PROCESSES" 64 nice -n 10 "${fcgi[@]}"
    stack_pool login "$LOGIN_PROCESSES" 128 "${fcgi[@]}"
    [ -z "${ECHO_BYTES:-}" ] || stack_pool echo "$PAGES_PROCESSES" 1024 "$ECHO_PROGRAM" "$ECHO_BYTES"
    for name in $POOLS ${ECHO_BYTES:+echo}; do
        wait_for 10 test -S "$VAR/run/$name.sock" || die "the pool $name does not start; see $VAR/log/pools.log"
    done
}

stack_worker_start() {
    part_start worker "$VAR/log/worker.log" "$(command -v multiwatch)" -r 1000000 -s TERM -f 1 -- \
        "${CLOCK[@]}" nice -n 10 "$BIN_DIR/simportal-worker" --config "$CONFIG"
}

# listen_lines PORT [OPTION…]: on the loopback addresses this machine has.
listen_lines() {
    local port=$1
    shift
    printf '    listen 127.0.0.1:%s;\n' "$port${*:+ $*}"
    if grep -q '^0\{31\}1 ' /proc/net/if_inet6 2>/dev/null; then
        printf '    listen [::1]:%s;\n' "$port${*:+ $*}"
    fi
}

stack_nginx_config() {
    local conf=$VAR/nginx user_line="" http_listen=""
    mkdir -p "$conf" "$VAR/nginx-tmp"
    [ "$(id -u)" != 0 ] || user_line="user $NGINX_USER;"
    [ -z "${HTTP_PORT:-}" ] || http_listen=$(listen_lines "$HTTP_PORT")
    cp "$SOURCE/nginx/headers.conf" "$SOURCE/nginx/fastcgi.conf" "$conf/"
    stack_render nginx.conf USER_LINE="$user_line" WORKERS="${NGINX_WORKERS:-2}" \
        RUN_DIR="$VAR/run" LOG_DIR="$VAR/log" TMP_DIR="$VAR/nginx-tmp" CONF_DIR="$conf"
    stack_render errors.conf CONF_DIR="$conf" ERRORS_DIR="$SHARE_DIR/errors"
    stack_render simportal.conf \
        RUN_DIR="$VAR/run" LOG_DIR="$VAR/log" CONF_DIR="$conf" \
        SHARE_DIR="$SHARE_DIR" CERT_FILE="$CERT_FILE" CERT_KEY="$CERT_KEY" \
        LISTEN="$(listen_lines "$PORT" ssl http2)" HTTP_LISTEN="$http_listen" HTTPS_SUFFIX=":$PORT" \
        SERVER_NAMES="localhost 127.0.0.1 [::1]" \
        HOST_LINES="    0localhost 1;
    0127.0.0.1 1;
    \"0[::1]\" 1;" \
        LOGIN_RATE="$LOGIN_RATE" LOGIN_BURST="$LOGIN_BURST" \
        API_RATE="$API_RATE" API_BURST="$API_BURST" PAGE_RATE="$PAGE_RATE" PAGE_BURST="$PAGE_BURST" \
        ECHO_SOCKET="${ECHO_BYTES:+$VAR/run/echo.sock}"
}

# stack_render NAME NAME=VALUE…: nginx/NAME.in becomes VAR/nginx/NAME.
stack_render() {
    local name=$1
    shift
    "$SOURCE/scripts/build/render" "$SOURCE/nginx/$name.in" "$VAR/nginx/$name" "$@" ||
        die "nginx/$name.in could not be filled in"
}

stack_nginx_start() {
    local log=$VAR/log/nginx-error.log nginx
    nginx=$(PATH=$PATH:/usr/sbin command -v nginx)
    stack_nginx_config
    "$nginx" -t -q -e stderr -c "$VAR/nginx/nginx.conf" >> "$log" 2>&1 || die "nginx refuses its configuration; see $log"
    part_start nginx "$log" "$nginx" -e stderr -c "$VAR/nginx/nginx.conf" -g "daemon off;"
}

stack_stop() {
    local name
    part_stop nginx QUIT 10
    part_stop worker TERM 20
    for name in $POOLS echo; do
        part_stop "$name" TERM 20
        rm -f "$VAR/run/$name.sock"
    done
}

stack_is_healthy() {
    curl --silent --fail --max-time 5 --noproxy '*' --cacert "$CERT_FILE" --output /dev/null "$BASE_URL/healthz"
}

stack_up_or_dead() { stack_is_healthy || ! part_is_running nginx || ! part_is_running pages; }
