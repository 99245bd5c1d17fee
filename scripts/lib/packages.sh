# shellcheck shell=bash disable=SC2034
# packages.sh: the Debian packages the product is built with, run with and tested with, and how they get
# onto the machine. Nothing is touched when all are there.

PACKAGES_BUILD=(autoconf automake pkg-config gcc libc6-dev make perl xsltproc
    libfcgi-dev libmariadb-dev libjson-c-dev libxml2-dev libxslt1-dev libargon2-dev libglib2.0-dev
    libgmime-3.0-dev libsodium-dev libcsv-dev libqrencode-dev liboath-dev)
# The -core packages bring the database's programs without a service that would start by itself.
PACKAGES_RUN=(mariadb-server-core mariadb-client-core nginx spawn-fcgi multiwatch libfaketime openssl curl)
PACKAGES_TEST=(argon2 default-jre-headless systemd clang libclang-rt-dev llvm clang-format jq shellcheck nodejs npm chromium fonts-noto-cjk libxml2-utils mariadb-client procps wrk nghttp2-client)
# What only tests/tools/run takes.
PACKAGES_TOOLS=(sqlmap wapiti ffuf sslscan testssl.sh slowhttptest nghttp2-client)

# packages_missing PACKAGE…: those that are not installed, one a line. Node often comes from elsewhere than
# Debian, with npm in it; then Debian's would only collide with it.
packages_missing() {
    local package
    for package in "$@"; do
        case $package in
            nodejs) command -v node > /dev/null && continue ;;
            npm) command -v npm > /dev/null && continue ;;
        esac
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || printf '%s\n' "$package"
    done
}

# packages_install PACKAGE…
packages_install() {
    local missing as_root=()
    mapfile -t missing < <(packages_missing "$@")
    ((${#missing[@]} > 0)) || return 0
    command -v apt-get > /dev/null || die "these Debian packages are missing: ${missing[*]}"
    if [ "$(id -u)" != 0 ]; then
        command -v sudo > /dev/null || die "no sudo; as root: apt-get install --no-install-recommends ${missing[*]}"
        as_root=(sudo)
    fi
    say "Installing packages: ${missing[*]}"
    # An nginx that is only wanted as a program must not occupy port 80: 101 = "no service starts now".
    # shellcheck disable=SC2016  # expanded by the inner shell
    "${as_root[@]}" sh -c '
        export DEBIAN_FRONTEND=noninteractive
        policy=/usr/sbin/policy-rc.d
        if [ ! -e $policy ]; then
            trap "rm -f $policy" EXIT
            trap "exit 130" INT TERM
            printf "#!/bin/sh\nexit 101\n" > $policy && chmod 755 $policy
        fi
        apt-get update -qq &&
        apt-get install -y -qq --no-install-recommends -o Dpkg::Use-Pty=0 "$@" > /dev/null
    ' sh "${missing[@]}" || die "the packages could not be installed"
}
