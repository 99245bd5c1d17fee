# shellcheck shell=bash
# common.sh: what every script of the product shares: messages, and parts (long-running programs)
# that are started, found again and ended. Sourced by bash; expects SOURCE to be the checkout.
# A part is known by a file VAR/run/NAME.part that holds its pid, its start time and the boot it belongs to,
# so that no other program that later got the same pid is ever mistaken for it.

say() { printf '%s\n' "$*"; }
warn() { printf '%s: %s\n' "${PROGRAM:-simportal}" "$*" >&2; }
die() { warn "$@"; exit 1; }

# is_number TEXT: a plain number without a sign or a leading zero.
is_number() { [[ $1 =~ ^(0|[1-9][0-9]{0,8})$ ]]; }

# random_hex BYTES
random_hex() { od -An -v -tx1 -N "$1" /dev/urandom | tr -d ' \n'; }

# write_secret FILE: standard input becomes FILE, which nobody else can read at any moment.
write_secret() {
    (umask 077 && cat > "$1.new" && mv -f "$1.new" "$1")
}

# ---- parts

BOOT=$(cat /proc/sys/kernel/random/boot_id)

# proc_field PID N: FIELD becomes field N (from 3 on) of /proc/PID/stat; the name before them may hold blanks.
proc_field() {
    local stat fields
    FIELD=
    { read -r stat < "/proc/$1/stat"; } 2>/dev/null || return 1
    read -r -a fields <<< "${stat##*) }"
    FIELD=${fields[$(($2 - 3))]}
}

# proc_is PID N VALUE
proc_is() { proc_field "$1" "$2" && [ "$FIELD" = "$3" ]; }

# part_start NAME LOG COMMAND…: run COMMAND in a session of its own, its output appended to LOG.
part_start() {
    local name=$1 log=$2 pid
    shift 2
    (cd "$VAR/run" && exec setsid "$@" < /dev/null >> "$log" 2>&1 9>&-) &
    pid=$!
    proc_field "$pid" 22 || true
    printf '%s %s %s\n' "$pid" "$FIELD" "$BOOT" > "$VAR/run/$name.part"
}

# part_pids NAME: every process of the part, also when its first process is gone.
part_pids() {
    local pid start boot dir other
    read -r pid start boot 2>/dev/null < "$VAR/run/$1.part" || return 0
    [ "$boot" = "$BOOT" ] || return 0
    if [ -d "/proc/$pid" ] && ! proc_is "$pid" 22 "$start"; then
        return 0
    fi
    for dir in /proc/[0-9]*; do
        other=${dir#/proc/}
        proc_is "$other" 6 "$pid" || continue
        # What was left behind by a first process that died still works within our folder.
        case $(readlink "$dir/cwd" 2>/dev/null) in
            "$VAR"/*) proc_is "$other" 3 Z || printf '%s\n' "$other" ;;
        esac
    done
}

# part_is_running NAME: its first process lives.
part_is_running() {
    local pid start boot
    read -r pid start boot 2>/dev/null < "$VAR/run/$1.part" || return 1
    [ "$boot" = "$BOOT" ] && proc_is "$pid" 22 "$start" && ! proc_is "$pid" 3 Z
}

part_pid() { cut -d' ' -f1 "$VAR/run/$1.part"; }

# part_stop NAME SIGNAL SECONDS: ask its first process to end (again and again: a process about to wait for
# the next request can miss one signal), then its other processes, then end them the hard way.
part_stop() {
    local name=$1 signal=$2 turns=$(($3 * 5)) turn pids
    [ -f "$VAR/run/$name.part" ] || return 0
    for ((turn = 0; turn < turns; turn++)); do
        mapfile -t pids < <(part_pids "$name")
        ((${#pids[@]} > 0)) || break
        if ((turn % 5 == 0)); then
            if part_is_running "$name" && ((turn < turns / 2)); then
                kill -s "$signal" "$(part_pid "$name")" 2>/dev/null || true
            else
                kill -s TERM "${pids[@]}" 2>/dev/null || true
            fi
        fi
        sleep 0.2
    done
    mapfile -t pids < <(part_pids "$name")
    if ((${#pids[@]} > 0)); then
        warn "$name did not end when asked to; killed"
        kill -s KILL "${pids[@]}" 2>/dev/null || true
        for ((turn = 0; turn < 50; turn++)); do
            [ -n "$(part_pids "$name")" ] || break
            sleep 0.1
        done
    fi
    rm -f "$VAR/run/$name.part"
}

# wait_for SECONDS COMMAND…: until COMMAND succeeds. SLOWNESS, in tenths, stretches the seconds on a slow machine.
wait_for() {
    local end=$((SECONDS + $1 * ${SLOWNESS:-10} / 10))
    shift
    until "$@"; do
        ((SECONDS < end)) || return 1
        sleep 0.1
    done
}
