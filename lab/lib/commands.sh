# shellcheck shell=bash
# up, down, reset: what changes the lab as a whole.

cmd_up() {
  local wanted='' start known=no
  start=$(now_ms)
  while (($#)); do
    case $1 in
      --nodes) wanted=${2:-}; shift ;;
      --nodes=*) wanted=${1#*=} ;;
      *) usage_error "up: unknown argument '$1'" ;;
    esac
    shift || true
  done
  [[ -z $wanted || ($wanted =~ ^[1-9][0-9]?$ && $wanted -le 99) ]] || usage_error "--nodes takes a number from 1 to 99"
  host_check
  lock_dir 9 "$STATE" "'$NAME'"
  if state_load; then
    known=yes
    if lab_whole && ((${wanted:-0} <= NODES)); then
      say "already up: db and $NODES nodes in 10.$OCTET.0.0/24 ($(since "$start"))"
      return
    fi
  fi
  if [[ $known == no ]]; then host_install; host_permissions; fi
  lab_build "$known" "${wanted:-${NODES:-3}}"
  say "up: db and $NODES nodes in 10.$OCTET.0.0/24, inventory $STATE/inventory/hosts.yml ($(since "$start"))"
}

node_linked() { [[ -e /sys/class/net/$(node_link "$1")/master ]]; }

lab_whole() {
  local node
  for node in db $(node_names "$NODES"); do
    [[ -e $STATE/nodes/$node/whole ]] && node_linked "$node" || return 1
    node_running "$node" || return 1
  done
}

# lab_build KNOWN NODES: makes whatever is missing. A known lab keeps the layers that it stands on.
lab_build() {
  local known=$1 node start jobs=() missing=()
  if [[ $known == no ]]; then
    layer_keys
    lock_dir 7 "$LAB_HOME" "the labs" # so that no two labs choose the same subnet
    net_choose
    [[ ! -e /sys/class/net/ml-$OCTET ]] || die "a lab under another MOLT_LAB_HOME has the bridge ml-$OCTET: take it down first"
    NODES=$2
    state_save
    exec 7<&-
    layers_ensure
  else
    if (($2 > NODES)); then NODES=$2; fi
    if [[ ! -d $ROOT_LAYER || ! -d $DB_LAYER || ! -d $TEGU_LAYER ]]; then
      layer_keys
      node_wipe_all
      layers_ensure
    fi
    state_save
  fi
  start=$(now_ms)
  state_keys
  for node in db $(node_names "$NODES"); do
    mkdir -p "$STATE/nodes/$node"
    node_linked "$node" || node_kill "$node"
    node_running "$node" || missing+=("$node")
    node_keys "$node" &
    jobs+=($!)
  done
  for node in "${jobs[@]}"; do wait "$node"; done
  state_known_hosts
  state_inventory
  state_releases
  net_bridge_up
  nodes_boot "${missing[@]}"
  for node in db $(node_names "$NODES"); do
    node_hosts | cmp -s - "$STATE/nodes/$node/root/etc/hosts" || node_hosts >"$STATE/nodes/$node/root/etc/hosts"
  done
  say "booted ${missing[*]:-nothing} ($(since "$start"))"
}

nodes_boot() {
  local node
  for node in "$@"; do [[ $node != db ]] || { node_start db; node_await db; }; done
  for node in "$@"; do [[ $node == db ]] || node_start "$node"; done
  for node in "$@"; do [[ $node == db ]] || node_await "$node"; done
  for node in "$@"; do
    inside "$node" timeout 30 systemctl is-system-running --wait >/dev/null ||
      warn "$node: systemd is not content: lab --name $NAME exec $node systemctl --failed"
  done
}

node_wipe_all() {
  local node
  for node in $(known_nodes); do node_wipe "$node"; done
}

cmd_reset() {
  local start
  start=$(now_ms)
  host_check
  need_lab
  lock_dir 9 "$STATE" "'$NAME'"
  need_lab
  node_wipe_all
  net_down
  layer_keys
  state_save
  layers_ensure
  lab_build yes "$NODES"
  say "reset: TEGU $TEGU_OLD everywhere, database seeded anew ($(since "$start"))"
}

cmd_down() {
  local keep='' start node
  start=$(now_ms)
  case ${1:-} in
    --keep-base) keep=yes ;;
    '') ;;
    *) usage_error "down: unknown argument '$1'" ;;
  esac
  host_check
  if [[ ! -d $LAB_HOME ]]; then
    say "not up"
    return
  fi
  if [[ -d $STATE ]]; then
    lock_dir 9 "$STATE" "'$NAME'"
    if state_load; then
      for node in $(known_nodes); do node_kill "$node"; done
      for node in $(known_nodes); do node_unmount "$node"; done
      net_down
    fi
    rm -rf --one-file-system "$STATE"
    say "down ($(since "$start"))"
  else
    say "not up"
  fi
  base_leave "$keep"
}

base_leave() {
  local users
  if [[ -d $BASE ]]; then
    lock_dir 8 "$BASE" "the base trees"
    rm -rf --one-file-system "$BASE"/.tmp-*
    users=$(cd "$LAB_HOME" && for lab in */layers; do if [[ -e $lab ]]; then echo "${lab%/*}"; fi; done | tr '\n' ' ')
    if [[ $1 ]]; then
      say "kept the base trees in $BASE ($(du -sh "$BASE" | cut -f1))"
    else
      layers_prune
      if [[ $users ]]; then say "kept base trees in $BASE: in use by ${users% }"; fi
    fi
    rmdir "$BASE" 2>/dev/null || true
  fi
  rmdir "$LAB_HOME" 2>/dev/null || true
  if [[ ! -d $LAB_HOME || -z $(cat "$LAB_HOME"/*/lab.env 2>/dev/null) ]]; then
    rmdir /run/systemd/nspawn/{propagate,unix-export,locks} /run/systemd/nspawn 2>/dev/null || true
  fi
}
