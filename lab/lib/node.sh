# shellcheck shell=bash
# A node: an overlay over the cached layers, booted by systemd-nspawn in a network namespace and in cgroups
# of its own. The cgroups are what tells the lab's processes from all others, even after a kill -9.
#   nodes/NODE/{upper,work,root}   the overlay          nodes/NODE/keys     its host keys
#   nodes/NODE/pid, init           "pid starttime"      nodes/NODE/faults/  what is broken on purpose

node_dir() { echo "$STATE/nodes/$1"; }
node_init() { local id; read -r id _ <"$(node_dir "$1")/init" && echo "$id"; }
node_running() { proc_alive "$(node_dir "$1")/init" && proc_alive "$(node_dir "$1")/pid"; }
inside() { # inside NODE CMD...: as root, whether or not sshd runs
  local pid
  node_running "$1" || die "$1 is not running: lab --name $NAME up"
  pid=$(node_init "$1")
  shift
  env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 HOME=/root USER=root \
    TERM="${TERM:-dumb}" nsenter --target "$pid" --mount --uts --ipc --net --pid --cgroup --root --wd -- "$@"
}

node_cgroups() { # every hierarchy that systemd may use
  local mount
  while read -r _ mount type options _; do
    if [[ $type == cgroup2 || ($type == cgroup && $options == *name=systemd*) ]]; then
      echo "$mount/molt-lab-$OCTET/$1"
    fi
  done </proc/mounts
}

node_keys() {
  local dir type
  dir=$(node_dir "$1")/keys
  [[ -d $dir ]] && return
  rm -rf "$dir.tmp"
  mkdir -p "$dir.tmp"
  for type in ed25519 ecdsa rsa; do
    ssh-keygen -q -t "$type" -b "$([[ $type == rsa ]] && echo 2048 || echo 256)" -N '' -C "$1" -f "$dir.tmp/ssh_host_${type}_key"
  done
  mv "$dir.tmp" "$dir"
}

# Makes the node's own files, if it has none, and mounts its tree.
node_lay() {
  local node=$1 dir root layers=$ROOT_LAYER
  dir=$(node_dir "$node")
  root=$dir/root
  if [[ ! -e $dir/whole ]]; then
    node_unmount "$node"
    rm -rf --one-file-system "$dir"/{upper,work,faults}
    node_write "$node" "$dir/upper"
    touch "$dir/fresh" "$dir/whole"
  fi
  mkdir -p "$root" "$dir/work"
  mountpoint -q "$root" && return
  if [[ $node == db ]]; then layers=$DB_LAYER:$layers; else layers=$TEGU_LAYER/node:$layers; fi
  mount -t overlay "ml-$OCTET-$node" -o "lowerdir=$layers,upperdir=$dir/upper,workdir=$dir/work" "$root"
}

node_hosts() {
  local node
  echo "127.0.0.1 localhost"
  for node in db $(node_names "$NODES"); do echo "$(node_address "$node") $node"; done
}

node_write() {
  local node=$1 upper=$2 pg
  mkdir -p "$upper"/{etc/ssh,etc/systemd,root}
  chmod 700 "$upper/root"
  echo "$node" >"$upper/etc/hostname"
  node_hosts >"$upper/etc/hosts"
  printf '%s %s' "$NAME" "$node" | md5sum | cut -d' ' -f1 >"$upper/etc/machine-id"
  install -m 600 "$(node_dir "$node")"/keys/*_key "$upper/etc/ssh/"
  install -m 644 "$(node_dir "$node")"/keys/*.pub "$upper/etc/ssh/"
  install -d "$upper/home"
  install -d -o 1000 -g 1000 "$upper/home/ops"
  install -d -m 700 -o 1000 -g 1000 "$upper/home/ops/.ssh"
  cat "$STATE"/id_*.pub | install -m 600 -o 1000 -g 1000 /dev/stdin "$upper/home/ops/.ssh/authorized_keys"
  if [[ $node == db ]]; then
    pg=$(echo "$DB_LAYER"/etc/postgresql/*/main)
    mkdir -p "$upper/${pg#"$DB_LAYER"/}"
    chown --reference="$pg" "$upper/${pg#"$DB_LAYER"/}"
    printf 'local all postgres peer\nlocal all all peer\nhostssl all all 10.%s.0.0/24 scram-sha-256\n' "$OCTET" |
      install -m 640 --owner="$(stat -c %u "$pg/pg_hba.conf")" --group="$(stat -c %g "$pg/pg_hba.conf")" \
        /dev/stdin "$upper/${pg#"$DB_LAYER"/}/pg_hba.conf"
  fi
}

node_start() {
  local node=$1 dir link cgroup pid cgroups
  dir=$(node_dir "$node")
  link=$(node_link "$node")
  node_running "$node" && return
  node_kill "$node"
  net_node_up "$node"
  node_lay "$node"
  mapfile -t cgroups < <(node_cgroups "$node")
  ((${#cgroups[@]})) || die "no cgroup hierarchy that systemd can use: mount cgroup2 on /sys/fs/cgroup"
  mkdir -p "${cgroups[@]}"
  # First into the cgroups, then become the container, and hold the lock until then: at no moment is it a
  # process that the next command could not find.
  (
    for cgroup in "${cgroups[@]}"; do echo "$BASHPID" >"$cgroup/cgroup.procs"; done
    exec setsid systemd-nspawn --quiet --register=no --keep-unit --network-namespace-path="/run/netns/$link" \
      --directory="$dir/root" --boot --machine="$link" --hostname="$node" --console=pipe --link-journal=no \
      --resolv-conf=off --timezone=off 8<&- 9<&-
  ) </dev/null >"$dir/console.log" 2>&1 &
  pid=$!
  proc_id "$pid" >"$dir/pid" || true
  disown
}

# Records the container's init once nspawn has made it.
node_init_seen() {
  local dir child
  dir=$(node_dir "$1")
  node_running "$1" && return
  # shellcheck disable=SC2013 # words, not lines
  for child in $(cat "/proc/$(cut -d' ' -f1 "$dir/pid")/task/"*/children 2>/dev/null); do
    if [[ $(readlink "/proc/$child/ns/pid") != "$(readlink /proc/self/ns/pid)" ]]; then
      proc_id "$child" >"$dir/init"
      return
    fi
  done
  return 1
}

node_await() { # node_await NODE: booted, with the services that a node is for
  local node=$1 address port ports=22
  address=$(node_address "$node")
  if ! wait_until 15 node_init_seen "$node"; then
    tail -n 5 "$(node_dir "$node")/console.log" >&2
    die "$node did not boot; the end of its console is above"
  fi
  # A node that is started again shows whatever state its services were left in: only a new one must be whole.
  if [[ $node == db ]]; then ports="22 5432"; elif [[ -e $(node_dir "$node")/fresh ]]; then ports="22 25"; fi
  for port in $ports; do
    if ! wait_until 30 tcp_open "$address" "$port"; then
      inside "$node" systemctl --failed --no-legend >&2 || true
      [[ $port == 25 ]] && inside "$node" journalctl -u tegu -n 5 --no-pager -o cat >&2
      die "$node: nothing listens on port $port after 30 s (lab exec $node journalctl -b shows why)"
    fi
  done
  rm -f "$(node_dir "$node")/fresh"
}

# Ends every process in the node's cgroups, its init first so that systemd-nspawn can clean up.
node_kill() {
  local node=$1 dir cgroup cgroups pids i
  dir=$(node_dir "$node")
  mapfile -t cgroups < <(node_cgroups "$node")
  if proc_alive "$dir/init"; then
    kill -CONT "$(node_init "$node")" 2>/dev/null || true
    kill -KILL "$(node_init "$node")" 2>/dev/null || true
    for ((i = 0; i < 20; i++)); do
      proc_alive "$dir/pid" || break
      sleep 0.05
    done
  fi
  for cgroup in "${cgroups[@]}"; do
    [[ -d $cgroup ]] || continue
    for ((i = 0; i < 100; i++)); do
      pids=$(find "$cgroup" -name cgroup.procs -exec cat {} + 2>/dev/null | sort -u | grep -v '^0$' || true)
      [[ $pids ]] || break
      # shellcheck disable=SC2086 # a list
      kill -KILL $pids 2>/dev/null || true
      sleep 0.05
    done
    for ((i = 0; i < 40; i++)); do
      find "$cgroup" -depth -type d -exec rmdir {} + 2>/dev/null
      [[ -d $cgroup ]] || break
      sleep 0.05
    done
    rmdir "${cgroup%/*}" 2>/dev/null || true
  done
  rm -f "$dir/pid" "$dir/init"
  nspawn_traces "$node"
}

# What systemd-nspawn leaves in /run when it is not allowed to finish.
nspawn_traces() {
  local root
  root=$(node_dir "$1")/root
  rm -rf --one-file-system "/run/systemd/nspawn/propagate/$(node_link "$1")" "/run/systemd/nspawn/unix-export/$(node_link "$1")"
  if [[ -d $root ]]; then rm -f "/run/systemd/nspawn/locks/inode-$(stat -c %d:%i "$root")"; fi
}

node_unmount() {
  local root
  root=$(node_dir "$1")/root
  while mountpoint -q "$root" 2>/dev/null; do
    umount "$root" 2>/dev/null || umount -l "$root" || die "cannot unmount $root"
  done
}

# Back to nothing, save for its host keys.
node_wipe() {
  local dir
  dir=$(node_dir "$1")
  node_kill "$1"
  node_unmount "$1"
  rm -rf --one-file-system "$dir"/{whole,fresh,upper,work,root,faults,console.log}
}

node_names() { local i; for ((i = 1; i <= $1; i++)); do echo "n$i"; done; }
known_nodes() { # those that have a directory, the database first
  local dir
  if [[ -d $STATE/nodes/db ]]; then echo db; fi
  for dir in "$STATE"/nodes/n*; do
    if [[ -d $dir ]]; then echo "${dir##*/}"; fi
  done | sort -V
}
