# shellcheck shell=bash
# One bridge a lab, with one veth and one network namespace a node, all called ml-<second octet>-...
# Nothing is routed anywhere: the addresses exist only inside this machine.

node_index() { if [[ $1 == db ]]; then echo 10; else echo $((10 + ${1#n})); fi; }
node_address() { echo "10.$OCTET.0.$(node_index "$1")"; }
node_link() { echo "ml-$OCTET-$1"; }

# Picks the second octet of the lab's subnet, once: 77 demo, 78 test, 79-99 the others.
net_choose() {
  local taken candidate start i
  case $NAME in
    demo) OCTET=77; return ;;
    test) OCTET=78; return ;;
  esac
  taken=" $(sed -n 's/^OCTET=//p' "$LAB_HOME"/*/lab.env 2>/dev/null | tr '\n' ' ' || true) "
  start=$(($(cksum <<<"$NAME" | cut -d' ' -f1) % 21))
  for ((i = 0; i < 21; i++)); do
    candidate=$((79 + (start + i) % 21))
    if [[ $taken != *" $candidate "* && ! -e /sys/class/net/ml-$candidate ]]; then
      OCTET=$candidate
      return
    fi
  done
  die "all subnets from 10.79.0.0/24 to 10.99.0.0/24 are in use by other labs: take one down (lab --name NAME down)"
}

net_bridge_up() {
  local bridge=ml-$OCTET route
  if [[ ! -e /sys/class/net/$bridge ]]; then
    route=$(ip -4 route show "10.$OCTET.0.0/24")
    [[ -z $route ]] || die "10.$OCTET.0.0/24 is already in use on this machine ($route): choose another --name"
    ip link add "$bridge" address "02:4d:4c:$(printf %02x "$OCTET"):00:01" type bridge
  fi
  ip addr replace "10.$OCTET.0.1/24" dev "$bridge"
  ip link set "$bridge" up
}

# For a node that does not run: what is there may be half made, so it is made anew.
net_node_up() {
  local node=$1 link address mac
  link=$(node_link "$node")
  net_node_down "$node"
  address=$(node_address "$node")
  mac=$(printf '02:4d:4c:%02x:01:%02x' "$OCTET" "$(node_index "$node")")
  ip netns add "$link"
  ip link add "$link" type veth peer name eth0 address "$mac" netns "$link"
  ip link set "$link" master "ml-$OCTET" up
  ip -n "$link" -batch - <<END
link set lo up
addr add $address/24 dev eth0
link set eth0 up
END
  ip netns exec "$link" sysctl -q -w net.ipv4.ip_unprivileged_port_start=1024
}

net_node_down() {
  local link
  link=$(node_link "$1")
  if [[ -e /sys/class/net/$link ]]; then ip link del "$link" 2>/dev/null || [[ ! -e /sys/class/net/$link ]]; fi
  if [[ -e /run/netns/$link ]]; then ip netns del "$link"; fi
}

net_down() {
  local link
  for link in "/sys/class/net/ml-$OCTET-"*; do
    [[ -e $link ]] && net_node_down "${link##*/ml-"$OCTET"-}"
  done
  for link in "/run/netns/ml-$OCTET-"*; do
    [[ -e $link ]] && net_node_down "${link##*/ml-"$OCTET"-}"
  done
  if [[ -e /sys/class/net/ml-$OCTET ]]; then ip link del "ml-$OCTET"; fi
}
