# shellcheck shell=bash
# status, ssh, exec, sql: looking at the lab.

cmd_status() {
  local node tmp jobs=()
  need_lab
  host_check
  tmp=$(mktemp -d)
  printf 'lab %s: 10.%s.0.0/24, %s\n' "$NAME" "$OCTET" "$STATE"
  for node in $(known_nodes); do
    status_row "$node" >"$tmp/$node" 2>/dev/null </dev/null &
    jobs+=($!)
  done
  wait "${jobs[@]}" || true
  { echo "NODE|ADDRESS|PID|SYSTEMD|SSHD|TEGU|SERVICE|SCHEMA|MESSAGES|FAULTS"; for node in $(known_nodes); do cat "$tmp/$node"; done; } |
    awk -F'|' '{ printf "%-5s %-12s %-8s %-10s %-9s %-9s %-11s %-7s %-9s %s\n", $1, $2, $3, $4, $5, $6, $7, $8, $9, $10 }'
  rm -rf "$tmp"
}

status_row() {
  local node=$1 found faults
  faults=$(find "$STATE/nodes/$node/faults" -type f -printf '%f ' 2>/dev/null || true)
  if ! node_running "$node"; then
    echo "$node|$(node_address "$node")|-|stopped|-|-|-|-|-|$faults"
    return
  fi
  # shellcheck disable=SC2016 # for the node's shell
  if [[ $node == db ]]; then
    found=$(inside "$node" timeout 10 sh -c 'echo "$(systemctl is-system-running)|$(systemctl is-active ssh)|-|-|$(
      su postgres -c "psql -X -A -t -F \"|\" -d tegu_mailboxes -c \"SELECT (SELECT version FROM schema_version
        ORDER BY applied_at DESC LIMIT 1), (SELECT count(*) FROM messages)\"" || echo "-|-")"')
  else
    found=$(inside "$node" timeout 10 sh -c 'v=$(/opt/tegu/sbin/tegu --version); s=$(systemctl is-active ssh)
      case $(ps -o stat= -C sshd | head -n 1) in T*) s=hung;; esac
      echo "$(systemctl is-system-running)|$s|${v##* v}|$(systemctl is-active tegu)|-|-"')
  fi
  echo "$node|$(node_address "$node")|$(node_init "$node")|$found|$faults"
}

cmd_ssh() {
  (($#)) || usage_error "ssh: name a node"
  need_lab
  need_node "$1"
  local address
  address=$(node_address "$1")
  shift
  exec ssh -i "$STATE/id_ed25519" -o IdentitiesOnly=yes -o UserKnownHostsFile="$STATE/known_hosts" \
    -o ConnectTimeout=5 "ops@$address" "$@"
}

cmd_exec() {
  (($# > 1)) || usage_error "exec: name a node and a command"
  need_lab
  host_check
  need_node "$1"
  inside "$@" || exit
}

cmd_checksum() {
  need_lab
  host_check
  inside db su postgres -c 'psql -X -A -t -v ON_ERROR_STOP=1 -d tegu_mailboxes' <"$LAB_DIR/tegu/checksum.sql"
}
