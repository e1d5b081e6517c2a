# shellcheck shell=bash
# Words, clocks, locks and the one rule of the lab: never touch what it did not make.

say() { printf 'lab %s: %s\n' "$NAME" "$*"; }
warn() { printf 'lab %s: %s\n' "$NAME" "$*" >&2; }
die() { printf 'lab: %s\n' "$*" >&2; exit 1; }
usage_error() { printf 'lab: %s (see lab help)\n' "$*" >&2; exit 2; }

now_ms() { local t=${EPOCHREALTIME/[.,]/}; echo $((t / 1000)); }
since() { # since START_MS -> "1.2 s"
  local ms=$(($(now_ms) - $1))
  printf '%d.%d s' $((ms / 1000)) $((ms % 1000 / 100))
}

# A pid alone may have been reused: "pid starttime" is what identifies a process.
proc_id() {
  local stat
  { read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 1
  stat=${stat##*) }
  # shellcheck disable=SC2086 # fields
  set -- "$1" $stat
  [[ $2 != Z ]] || return 1
  echo "$1 ${21}"
}

# proc_alive FILE: does the process recorded in FILE still run?
proc_alive() {
  local recorded
  { read -r recorded <"$1"; } 2>/dev/null || return 1
  [[ -n $recorded && $(proc_id "${recorded%% *}") == "$recorded" ]]
}

# Locks are on directories, so that no lock file is left behind. A directory that was removed while we
# waited is no longer the one others lock: then try again.
lock_dir() { # lock_dir FD DIR WHAT
  local fd=$1 dir=$2 what=$3 told=
  while :; do
    mkdir -p "$dir"
    eval "exec $fd<\"\$dir\""
    if ! flock -n "$fd"; then
      [[ $told ]] || warn "waiting for another lab command that works on $what"
      told=yes
      flock -w 300 "$fd" || die "another lab command has worked on $what for 5 minutes: end it, then try again"
    fi
    [[ $(stat -L -c %i "/proc/self/fd/$fd") == "$(stat -c %i "$dir" 2>/dev/null)" ]] && return
  done
}

# Runs CMD so that nothing of it outlives this process, whatever becomes of this process: its own pid and
# mount namespaces, ended by the kernel. CMD must be a program, and must be run in the foreground or as a
# plain background job of the main shell.
contained() {
  exec setpriv --pdeathsig KILL unshare --mount --pid --fork --kill-child=KILL --mount-proc "$@"
}

# wait_until SECONDS CMD...: polls ten times a second
wait_until() {
  local deadline=$(($(now_ms) + $1 * 1000))
  shift
  until "$@"; do
    (($(now_ms) < deadline)) || return 1
    sleep 0.1
  done
}

tcp_open() { timeout 1 bash -c ": </dev/tcp/$1/$2" 2>/dev/null; }
