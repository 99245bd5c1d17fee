# shellcheck shell=bash
# build.sh: from a checkout to an installation below a folder of its own. Several installations may share
# one build folder; nothing outside the build folder and the installation changes but what autoreconf makes.

# build_product BUILD INST [CONFIGURE ARGUMENT…]: build out of the tree and install below INST.
# BUILD_ALSO names further targets that are built and not installed.
build_product() {
    local build=$1 inst=$2
    shift 2
    mkdir -p "$build"
    (
        flock 8
        if [ ! -x "$SOURCE/configure" ] || [ "$SOURCE/configure.ac" -nt "$SOURCE/configure" ] ||
            [ ! -f "$SOURCE/Makefile.in" ] || [ "$SOURCE/Makefile.am" -nt "$SOURCE/Makefile.in" ]; then
            (cd "$SOURCE" && autoreconf -i && touch configure Makefile.in) || exit 1
        fi
        cd "$build" || exit 1
        # Other arguments than last time, or a newer configure: configure again.
        if [ ! -f Makefile ] || [ "$SOURCE/configure" -nt config.status ] ||
            [ "$(cat .arguments 2>/dev/null)" != "$*" ]; then
            "$SOURCE/configure" --quiet "$@" || exit 1
            printf "%s\n" "$*" > .arguments
        fi
        # shellcheck disable=SC2086  # a list of words
        make --quiet -j"$(nproc)" all ${BUILD_ALSO:-} 8>&- && make --quiet install prefix="$inst" > install.log 8>&-
    ) 8> "$build/.lock"
}
