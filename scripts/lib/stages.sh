# shellcheck shell=bash disable=SC2153
# stages.sh: runs the stages of a table side by side, each in a folder of its own, with a log, a port and a limit, and
# counts what they say (TAP). Decides nothing about what a stage tests. Sourced by scripts/check and tests/check/run.
#
# Expects STAGES, WORK (builds and logs stay there), PROGRAM and RUNNER (the script that runs a stage by --run NAME).
# A row of STAGES: name|stages it needs|seconds it usually takes|flags|what it is|program
#   flags    alone: nothing else runs beside it; long: only with LONG=1
#   program  relative to SOURCE; without one the function stage_NAME runs
# The seconds are those of a quiet machine of the usual speed. SLOWNESS tells how many tenths of that time this machine takes.
# A stage that outlasts its usual time is told of and goes on. Four times that is its limit: such a stage is ended, with
# all its processes.

LOGS=$WORK/log
LEAST_LIMIT=${LEAST_LIMIT:-60}

# ---- the table

# field STAGE N
field() { awk -F'|' -v stage="$1" -v n="$2" '$1 == stage { print $n }' <<< "$STAGES"; }
names() { awk -F'|' -v long="${LONG:-}" 'NF > 1 && (long || $4 !~ /long/) { print $1 }' <<< "$STAGES"; }
is_alone() { [[ " $(field "$1" 4) " == *" alone "* ]]; }

# usual STAGE: the seconds it should take on this machine.
usual() {
    local seconds
    seconds=$(($(field "$1" 3) * SLOWNESS / 10))
    [ -z "${LONG:-}" ] || seconds=$((seconds * 10))
    echo $((seconds > 0 ? seconds : 1))
}

# limit STAGE
limit() {
    local seconds
    seconds=$(($(usual "$1") * 4))
    echo $((seconds > LEAST_LIMIT ? seconds : LEAST_LIMIT))
}

# ---- how fast the machine is

# What `yardstick` takes on a quiet machine of the usual speed, in milliseconds.
YARDSTICK_USUAL_MS=${YARDSTICK_USUAL_MS:-1500}

yardstick_work() { local i; for ((i = 0; i < 300000; i++)); do :; done; }

# measure_slowness: SLOWNESS becomes 10 on a machine of the usual speed or a faster one, 20 where the same takes twice as
# long. All processors work at once, as they do under the stages.
measure_slowness() {
    [ -z "${SLOWNESS:-}" ] || return 0
    local began=${EPOCHREALTIME/./} turn pids=()
    for ((turn = 0; turn < $(nproc); turn++)); do
        yardstick_work &
        pids+=($!)
    done
    wait "${pids[@]}"
    SLOWNESS=$(((${EPOCHREALTIME/./} - began) / (100 * YARDSTICK_USUAL_MS)))
    ((SLOWNESS >= 10)) || SLOWNESS=10
}

# ---- processes

# processes_of STAGE-FOLDER: those that the stage started, wherever they work now, and those that work in its folder.
processes_of() {
    local dir
    grep -lzsxF "CHECK_STAGE=$1" /proc/[0-9]*/environ | cut -d/ -f3
    for dir in /proc/[0-9]*; do
        case $(readlink "$dir/cwd" 2>/dev/null) in "$1" | "$1"/*) printf '%s\n' "${dir#/proc/}" ;; esac
    done
}

# end_processes STAGE-FOLDER SECONDS: what runs is given SECONDS to end by itself, then asked to, then ended. True if nothing
# had to be asked.
end_processes() {
    local pids turn turns=$(($2 * 5)) good=0 none=0
    for ((turn = 0; turn < turns + 100; turn++)); do
        mapfile -t pids < <(processes_of "$1" | sort -u)
        # A process that is just executing another program shows no environment: one look is not enough.
        none=$((${#pids[@]} > 0 ? 0 : none + 1))
        ((none < 2)) || return "$good"
        if ((turn >= turns && none == 0)); then
            good=1
            ((turn > turns)) || kill -s TERM "${pids[@]}" 2>/dev/null
            ((turn < turns + 50)) || kill -s KILL "${pids[@]}" 2>/dev/null
        fi
        sleep 0.2
    done
    return 1
}

free_port() {
    local port=$1
    while (exec 3<> "/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((port + 1)); done
    printf '%s\n' "$port"
}

# ---- one stage, in a process of its own

run_stage() {
    local program
    program=$(field "$1" 6)
    if [ -z "$program" ]; then
        "stage_${1//-/_}"
    elif [ -x "$SOURCE/$program" ]; then
        cd "$SOURCE" && "$SOURCE/$program"
    else
        echo "$program is missing"
        return 1
    fi
}

# within PID SECONDS: until the process ends (its code is in CODE), or false when the time is over.
within() {
    local ended sleeper
    sleep "$2" &
    sleeper=$!
    wait -n -p ended "$1" "$sleeper"
    CODE=$?
    [ "$ended" = "$sleeper" ] && return 1
    kill "$sleeper" 2>/dev/null
    return 0
}

# supervise NAME: runs the stage, says when it is late, ends it at its limit. Its code is the stage's.
supervise() {
    local name=$1 number port pid usual limit folder=$ROOT/$1
    number=$(names | grep -nx "$name" | cut -d: -f1)
    usual=$(usual "$name") limit=$(limit "$name")
    mkdir -p "$folder/tmp"
    chmod 755 "$folder"
    port=$(free_port $((20000 + $$ % 18 * 500 + number * 20)))
    setsid env CHECK_STAGE="$folder" VAR="$folder" TMPDIR="$folder/tmp" PORT="$port" SLOWNESS="$SLOWNESS" CI=true "$RUNNER" --run "$name" \
        < /dev/null > "$LOGS/$name.log" 2>&1 9>&- &
    pid=$!
    if ! within "$pid" "$usual"; then
        printf '%-6s %-15s takes longer than the usual %s s, and goes on\n' late "$name" "$usual"
        if ((limit > usual)) && within "$pid" $((limit - usual)); then
            :
        else
            echo "# took longer than $limit seconds" >> "$LOGS/$name.log"
            end_processes "$folder" 0
            exit 124
        fi
    fi
    # What is just ending by itself, as the head of a pipe that nobody reads any more, is given two seconds.
    if ! end_processes "$folder" 2; then
        echo "# left processes behind" >> "$LOGS/$name.log"
        [ "$CODE" != 0 ] || CODE=1
    fi
    exit "$CODE"
}

# ---- what a stage said

# finish_stage NAME CODE: counts what the stage said in TAP, or the stage itself.
finish_stage() {
    local name=$1 code=$2 log=$LOGS/$1.log passed failed skipped
    skipped=$(grep -cE '^(ok [0-9]+.*# SKIP|SKIP: )' "$log")
    passed=$(($(grep -cE '^(ok [0-9]+|PASS: )' "$log") - $(grep -cE '^ok [0-9]+.*# SKIP' "$log")))
    failed=$(grep -cE '^(not ok [0-9]+|FAIL: |ERROR: |XPASS: )' "$log")
    if [ "$code" != 0 ]; then
        ((failed > 0)) || failed=1
    elif ((passed + failed + skipped == 0)); then
        passed=1
    fi
    PASSED=$((PASSED + passed)) FAILED=$((FAILED + failed))
    STATE[$name]=passed
    ((failed == 0)) || STATE[$name]=failed
    printf '%-6s %-15s %4d s  %s\n' "${STATE[$name]}" "$name" $((SECONDS - SECONDS_OF[$name])) \
        "$passed passed, $failed failed$( ((skipped == 0)) || echo ", $skipped skipped")"
    ((failed == 0)) || {
        keep_logs "$name"
        tell_failure "$name" "$log"
    }
    rm -rf "${ROOT:?}/$name"
}

# What the programs of a failed stage wrote outlives its folder.
keep_logs() {
    rm -rf "${LOGS:?}/$1" "${LOGS:?}/kept"
    mkdir "$LOGS/kept"
    (cd "$ROOT/$1" && find . -name '*.log' -type f -size -4M -exec cp --parents -t "$LOGS/kept" {} + &&
        mv "$LOGS/kept" "$LOGS/$1")
}

tell_failure() {
    if grep -qE '^(not ok|FAIL: |ERROR: )' "$2"; then
        awk '/^(not ok|FAIL: |ERROR: )/ { show = 12 } /^(ok|PASS: |1\.\.)/ { show = 0 } show-- > 0' "$2" | head -90 | sed 's/^/    /'
        grep -E '^# (took|left)' "$2" | sed 's/^/    /'
    else
        tail -30 "$2" | sed 's/^/    /'
    fi
    printf '    log: %s    again: %s %s\n' "$2" "$PROGRAM" "$1"
}

# ---- all of them

declare -A STATE SECONDS_OF PID_OF

# Whether a stage may start: yes, later, or never because what it needs has failed.
may_start() {
    local need
    for need in $(field "$1" 2); do
        case ${STATE[$need]:-passed} in
            failed) echo never; return ;;
            passed) ;;
            *) echo later; return ;;
        esac
    done
    if [ -n "$ALONE" ] || { is_alone "$1" && ((RUNNING > 0)); }; then
        echo later
    else
        echo yes
    fi
}

start_what_may() {
    local name
    for name in $WANTED; do
        [ "${STATE[$name]}" = waiting ] || continue
        case $(may_start "$name") in
            never)
                STATE[$name]=failed
                FAILED=$((FAILED + 1))
                printf '%-6s %-15s         not run: what it needs has failed\n' failed "$name"
                ;;
            yes)
                ((RUNNING < JOBS)) || continue
                STATE[$name]=running
                SECONDS_OF[$name]=$SECONDS
                supervise "$name" &
                PID_OF[$name]=$!
                RUNNING=$((RUNNING + 1))
                ! is_alone "$name" || ALONE=$name
                ;;
        esac
    done
}

run_all() {
    local name pid code
    while :; do
        start_what_may
        ((RUNNING > 0)) || break
        wait -n -p pid "${PID_OF[@]}"
        code=$?
        for name in "${!PID_OF[@]}"; do
            [ "${PID_OF[$name]}" = "${pid:-}" ] || continue
            unset "PID_OF[$name]"
            RUNNING=$((RUNNING - 1))
            [ "$ALONE" != "$name" ] || ALONE=
            finish_stage "$name" "$code"
        done
    done
}

end_all() {
    local name
    trap '' INT TERM
    for name in "${!PID_OF[@]}"; do
        kill -s KILL "${PID_OF[$name]}" 2>/dev/null
        end_processes "$ROOT/$name" 0
    done
    [ -z "${ROOT:-}" ] || rm -rf "$ROOT"
}

# choose STAGE…: WANTED becomes these (or all) and all they need, in the order of the table.
choose() {
    local name need before=
    for name in "$@"; do
        [ -n "$(field "$name" 1)" ] || { warn "there is no stage \"$name\""; return 1; }
    done
    WANTED=" ${*:-$(names | tr '\n' ' ')} "
    while [ "$before" != "$WANTED" ]; do
        before=$WANTED
        for name in $WANTED; do
            for need in $(field "$name" 2); do
                case $WANTED in *" $need "*) ;; *) WANTED="$WANTED$need " ;; esac
            done
        done
    done
    WANTED=$(LONG=1 names | while read -r name; do case $WANTED in *" $name "*) printf '%s ' "$name" ;; esac; done)
}

# run_stages STAGE…: runs them and what they need; the last line is "N passed, N failed".
run_stages() {
    choose "$@" || return 64
    mkdir -p "$LOGS" || return 1
    exec 9> "$WORK/lock"
    flock -n 9 || die "another check of this checkout is running"
    ROOT=$(mktemp -d "${TMPDIR:-/tmp}/simportal-check.XXXXXX") || return 1
    chmod 755 "$ROOT"
    export ROOT
    PASSED=0 FAILED=0 RUNNING=0 ALONE=
    local stage
    for stage in $WANTED; do STATE[$stage]=waiting; done
    trap end_all EXIT
    trap 'exit 130' INT TERM
    measure_slowness
    ((SLOWNESS == 10)) || printf 'this machine takes %d.%d times as long as a quiet usual one\n' $((SLOWNESS / 10)) $((SLOWNESS % 10))
    run_all
    printf 'all stages: %d s\n' "$SECONDS"
    printf '%d passed, %d failed\n' "$PASSED" "$FAILED"
    ((FAILED == 0))
}
