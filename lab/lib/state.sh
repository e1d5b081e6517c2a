# shellcheck shell=bash
# The lab's own files: keys, known_hosts, inventory, releases, and lab.env, which says what it is made of.

state_load() { # fails when there is no such lab
  [[ -f $STATE/lab.env ]] || return 1
  # shellcheck source=/dev/null
  . "$STATE/lab.env"
}

state_save() {
  printf '%s\n' "$ROOT_LAYER" "$DB_LAYER" "$TEGU_LAYER" >"$STATE/layers.tmp"
  mv "$STATE/layers.tmp" "$STATE/layers"
  printf 'OCTET=%s\nNODES=%s\nROOT_LAYER=%s\nDB_LAYER=%s\nTEGU_LAYER=%s\n' \
    "$OCTET" "$NODES" "$ROOT_LAYER" "$DB_LAYER" "$TEGU_LAYER" >"$STATE/lab.env.tmp"
  mv "$STATE/lab.env.tmp" "$STATE/lab.env"
}

need_lab() { state_load || die "there is no lab '$NAME': lab --name $NAME up"; }

need_node() {
  [[ $1 =~ ^(db|n[0-9]+)$ && -d $STATE/nodes/$1 ]] ||
    die "lab '$NAME' has no node '$1'; it has: $(known_nodes | tr '\n' ' ')"
}

state_keys() {
  local type
  for type in ed25519 ecdsa rsa; do
    [[ -s $STATE/id_$type && -s $STATE/id_$type.pub ]] && continue
    rm -f "$STATE/id_$type"{,.pub}
    ssh-keygen -q -t "$type" -b "$([[ $type == rsa ]] && echo 2048 || echo 256)" -N '' -C "molt-lab-$NAME" -f "$STATE/id_$type"
  done
}

state_known_hosts() {
  local node key
  for node in $(known_nodes); do
    for key in "$STATE/nodes/$node/keys"/*.pub; do
      echo "$node,$(node_address "$node") $(cut -d' ' -f1,2 "$key")"
    done
  done >"$STATE/known_hosts.tmp"
  mv "$STATE/known_hosts.tmp" "$STATE/known_hosts"
}

state_inventory() {
  local node
  mkdir -p "$STATE/inventory"
  {
    cat <<END
# Written by the lab; gone when the lab is taken down.
all:
  vars:
    ansible_user: ops
    ansible_ssh_private_key_file: $STATE/id_ed25519
    ansible_ssh_common_args: "-o UserKnownHostsFile=$STATE/known_hosts"
    tegu_db_host: $(node_address db)
    tegu_db_password: lab-tegu
    tegu_release_dir: $STATE/releases
  children:
    tegu:
      hosts:
END
    for node in $(node_names "$NODES"); do printf '        %s:\n          ansible_host: %s\n' "$node" "$(node_address "$node")"; done
    printf '    tegu_db:\n      hosts:\n        db:\n          ansible_host: %s\n' "$(node_address db)"
  } >"$STATE/inventory/hosts.yml.tmp"
  mv "$STATE/inventory/hosts.yml.tmp" "$STATE/inventory/hosts.yml"
}

state_releases() {
  local archive
  mkdir -p "$STATE/releases"
  for archive in "$TEGU_LAYER"/releases/*.tar.gz; do
    cmp -s "$archive" "$STATE/releases/${archive##*/}" || cp -f "$archive" "$STATE/releases/"
  done
}
