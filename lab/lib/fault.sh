# shellcheck shell=bash
# shellcheck disable=SC2016 # $ is for the node's shell
# Breaking a node on purpose, and mending it. Every fault is a pair of functions: fault_KIND, heal_KIND.

FAULTS=(sshd-stopped sshd-hang disk-full db-stopped db-no-tls db-no-contrib link-down slow hostkey-changed)

cmd_fault() {
  local kind=${1:-} node=${2:-} known
  [[ $kind ]] || usage_error "fault: name one of ${FAULTS[*]}"
  for known in "${FAULTS[@]}"; do [[ $known != "$kind" ]] || break; done
  [[ $known == "$kind" ]] || usage_error "there is no fault '$kind'; there are ${FAULTS[*]}"
  [[ $kind == db-* && -z $node ]] && node=db
  [[ $node ]] || usage_error "fault $kind: name a node"
  host_check
  need_lab
  need_node "$node"
  [[ $kind != db-* || $node == db ]] || usage_error "fault $kind is for the database node"
  lock_dir 9 "$STATE" "'$NAME'"
  node_running "$node" || die "$node is not running: lab --name $NAME up"
  if [[ -e $STATE/nodes/$node/faults/$kind ]]; then
    say "$node already has the fault $kind"
    return
  fi
  mkdir -p "$STATE/nodes/$node/faults"
  touch "$STATE/nodes/$node/faults/$kind" # before, so that a half made fault is healed too
  "fault_${kind//-/_}" "$node"
  say "$node: $kind"
}

cmd_heal() {
  local mark node kind
  host_check
  need_lab
  lock_dir 9 "$STATE" "'$NAME'"
  for mark in "$STATE"/nodes/*/faults/*; do
    [[ -e $mark ]] || continue
    kind=${mark##*/}
    node=${mark%/faults/*}
    node=${node##*/}
    if node_running "$node"; then "heal_${kind//-/_}" "$node"; fi
    rm -f "$mark"
    say "$node: no longer $kind"
  done
}

# Existing connections are cut too; what they were running is not.
fault_sshd_stopped() { inside "$1" sh -c 'systemctl stop ssh; pkill -KILL -x sshd; true'; }
heal_sshd_stopped() { inside "$1" systemctl start ssh; }

# The kernel still accepts connections; nobody answers on them.
fault_sshd_hang() { inside "$1" pkill -STOP -x sshd; }
heal_sshd_hang() { inside "$1" pkill -CONT -x sshd || true; }

# /opt becomes a tmpfs that holds a copy of what was there and 4 MiB more. The running service keeps the
# executable that it has. Healing shows the former /opt again, as it was.
fault_disk_full() {
  inside "$1" sh -ec 'size=$(($(du -sk /opt | cut -f1) + 4096)); mkdir -p /run/lab-full
    mount -t tmpfs -o "size=${size}k,mode=755" lab-full /run/lab-full; cp -a /opt/. /run/lab-full/
    mount --bind /run/lab-full /opt; umount -l /run/lab-full; rmdir /run/lab-full'
}
heal_disk_full() { inside "$1" sh -c 'while mountpoint -q /opt; do umount -l /opt; done'; }

fault_db_stopped() { inside db systemctl stop "postgresql@*-main.service"; }
# Not waiting for the unit, which takes two seconds to notice that the server is ready.
heal_db_stopped() {
  inside db sh -c 'systemctl start --no-block "postgresql@$(ls /etc/postgresql)-main"
    for i in $(seq 100); do pg_isready -q && exit; sleep 0.1; done; exit 1'
}

# Without TLS, but otherwise as open as before: only sslmode=require fails. Open sessions are ended. (A restart
# would do the same, in three seconds.)
fault_db_no_tls() {
  inside db sh -ec 'cd /etc/postgresql/*/main; echo "ssl = off" >conf.d/no-tls.conf; sed -i "s/^hostssl/host/" pg_hba.conf'
  db_reload off
}
heal_db_no_tls() {
  inside db sh -ec 'cd /etc/postgresql/*/main; rm -f conf.d/no-tls.conf; sed -i "s/^host /hostssl /" pg_hba.conf'
  db_reload on
}
db_reload() { # db_reload SSL: returns when new sessions are under the new rules
  inside db su postgres -c '
    q() { psql -X -q -A -t -d postgres -c "$1"; }
    q "SELECT pg_reload_conf()" >/dev/null
    for i in 1 2 3 4 5 6 7 8 9 10; do [ "$(q "SHOW ssl")" = '"$1"' ] && break; sleep 0.1; done
    q "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE backend_type = '"'client backend'"' AND pid <> pg_backend_pid()" >/dev/null; true'
}

# Debian packs contrib with the server: take its extensions out of sight, all but plpgsql.
fault_db_no_contrib() {
  inside db sh -ec 'cd /usr/share/postgresql/*/extension; mkdir -p ../no-contrib
    find . -maxdepth 1 -type f ! -name "plpgsql*" -exec mv -t ../no-contrib {} +'
}
heal_db_no_contrib() {
  inside db sh -ec 'cd /usr/share/postgresql/*/; if [ -d no-contrib ]; then
    find no-contrib -type f -exec mv -t extension {} +; rmdir no-contrib; fi'
}

fault_link_down() { ip link set "$(node_link "$1")" down; }
heal_link_down() { ip link set "$(node_link "$1")" up; }

# Every frame towards the node comes 40 ms late: by netem, or on kernels without it by a program of our own.
fault_slow() {
  local link cgroup
  link=$(node_link "$1")
  tc qdisc replace dev "$link" root netem delay 40ms limit 20000 2>/dev/null && return
  (
    while read -r cgroup; do
      mkdir -p "$cgroup/delay"
      echo "$BASHPID" >"$cgroup/delay/cgroup.procs"
    done < <(node_cgroups "$1")
    exec setsid "$TEGU_LAYER/delay" "$link-d" "$link" 40 8<&- 9<&-
  ) </dev/null >"$STATE/nodes/$1/delay.log" 2>&1 &
  proc_id $! >"$STATE/nodes/$1/delay.pid" || true
  disown
  wait_until 3 test -e "/sys/class/net/$link-d" || die "no delay on $1: $(cat "$STATE/nodes/$1/delay.log")"
  tc qdisc replace dev "$link" clsact
  tc filter replace dev "$link" egress prio 1 handle 800::1 u32 match u32 0 0 action mirred egress redirect dev "$link-d"
}
heal_slow() {
  local link
  link=$(node_link "$1")
  tc qdisc del dev "$link" root 2>/dev/null || true
  tc qdisc del dev "$link" clsact 2>/dev/null || true
  if proc_alive "$STATE/nodes/$1/delay.pid"; then kill -KILL "$(cut -d" " -f1 "$STATE/nodes/$1/delay.pid")"; fi
  rm -f "$STATE/nodes/$1"/delay.{pid,log}
}

fault_hostkey_changed() {
  inside "$1" sh -ec 'for t in ed25519 ecdsa rsa; do k=/etc/ssh/ssh_host_${t}_key; rm -f $k $k.pub
    b=256; [ $t != rsa ] || b=2048; ssh-keygen -q -t $t -b $b -N "" -f $k; done; systemctl reload ssh'
}
heal_hostkey_changed() {
  local key
  for key in "$STATE/nodes/$1/keys"/*; do
    inside "$1" sh -c "cat >/etc/ssh/${key##*/}" <"$key"
  done
  inside "$1" systemctl reload ssh
}
