# shellcheck shell=bash
# build.sh: from a checkout to an installation within the build folder, BUILD/inst: the programs know by heart
# where their data was meant to be installed, so each build folder has one installation. Nothing else changes
# but what autoreconf makes in the checkout.

# build_product BUILD [CONFIGURE ARGUMENT…]: build out of the tree and install to BUILD/inst.
# BUILD_ALSO names further targets that are built and not installed; BUILD_ONLY names the only ones, and then nothing
# is installed.
build_product() {
    local build=$1 arguments
    shift
    arguments=("--prefix=$build/inst" "$@")
    mkdir -p "$build"
    (
        flock 8
        if [ ! -x "$SOURCE/configure" ] || [ "$SOURCE/configure.ac" -nt "$SOURCE/configure" ] ||
            [ ! -f "$SOURCE/Makefile.in" ] || [ "$SOURCE/Makefile.am" -nt "$SOURCE/Makefile.in" ]; then
            (cd "$SOURCE" && mkdir -p m4 && autoreconf -i && touch configure Makefile.in) || exit 1
        fi
        cd "$build" || exit 1
        if [ ! -f Makefile ] || [ "$SOURCE/configure" -nt config.status ] ||
            [ "$(cat .arguments 2>/dev/null)" != "${arguments[*]}" ]; then
            # make does not see that other arguments mean other flags.
            if [ -f Makefile ] && [ "$(cat .arguments 2>/dev/null)" != "${arguments[*]}" ]; then
                make --quiet clean > /dev/null 8>&-
            fi
            "$SOURCE/configure" --quiet "${arguments[@]}" || exit 1
            printf '%s\n' "${arguments[*]}" > .arguments
        fi
        if [ -n "${BUILD_ONLY:-}" ]; then
            # What is generated comes first: single targets do not wait for it.
            # shellcheck disable=SC2086  # a list of words
            make --quiet fcgi/db/statements.h fcgi/view/labels.h 8>&- &&
                make --quiet -j"$(nproc)" $BUILD_ONLY 8>&-
            exit
        fi
        # One make after the other: "all" is a make of its own below, and both would write the library at once.
        # shellcheck disable=SC2086  # a list of words
        make --quiet -j"$(nproc)" all 8>&- && make --quiet -j"$(nproc)" all-am ${BUILD_ALSO:-} 8>&- &&
            make --quiet install > install.log 8>&-
    ) 8> "$build/.lock"
}
