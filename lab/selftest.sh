#!/usr/bin/env bash
# Proves what README.md claims, on a lab called "selftest", which it makes and removes.
#   selftest.sh           over the cached base trees, which it leaves alone
#   selftest.sh --fresh   from nothing, in a temporary MOLT_LAB_HOME: also builds, and interrupts building
# shellcheck disable=SC2016 # $ is mostly for the nodes' shells
set -uo pipefail
cd "$(dirname "$0")" || exit
export LC_ALL=C
fresh=
if [[ ${1:-} == --fresh ]]; then
  fresh=yes
  export MOLT_LAB_HOME=/var/lib/molt-lab-selftest
fi
home=${MOLT_LAB_HOME:-/var/lib/molt-lab}
state=$home/selftest
lab() { ./lab --name selftest "$@" </dev/null; }
passed=0
failed=0

check() { # check WHAT CMD...: the command succeeds
  local what=$1 output start=$SECONDS
  shift
  if output=$("$@" 2>&1); then
    passed=$((passed + 1))
    echo "ok    $what$( ((SECONDS - start < 5)) || echo " ($((SECONDS - start)) s)")"
  else
    failed=$((failed + 1))
    echo "FAIL  $what"
    printf '%s\n' "$output" | tail -n 8 | sed 's/^/        /'
  fi
}
has() { # has TEXT CMD...: the output contains the text, whatever the exit status
  local text=$1 output
  shift
  output=$("$@" 2>&1)
  [[ $output == *"$text"* ]] || { echo "no '$text' in: $output"; return 1; }
}
fails() { ! "$@"; }
soon() { # soon CMD...: within 15 seconds
  local i
  for ((i = 0; i < 75; i++)); do
    "$@" >/dev/null 2>&1 && return
    sleep 0.2
  done
  "$@"
}
within() { # within MS CMD...
  local limit=$1 start end
  shift
  start=${EPOCHREALTIME/./}
  "$@" || return
  end=${EPOCHREALTIME/./}
  (((end - start) / 1000 <= limit)) || { echo "took $(((end - start) / 1000)) ms, allowed $limit"; return 1; }
}
on() { ./lab --name selftest ssh "$@" </dev/null; } # plain ssh, as ops
sql() { lab exec db su postgres -c "psql -X -A -t -d tegu_mailboxes -c \"$1\""; }
log() { lab exec "$1" journalctl -u tegu -o cat --no-pager -n "${2:-40}"; }
http() { on "$1" /opt/tegu/bin/teguctl status; }

# What a lab can leave behind, without what other labs are doing at the same time.
octet=none
traces() {
  {
    cut -d' ' -f1,2,3 /proc/mounts
    ip -o link | sed -E 's/^[0-9]+: ([^:@]+).*/link \1/'
    ip netns list | sed -E 's/ .*//; s/^/netns /'
    find /sys/fs/cgroup -maxdepth 2 -name 'molt-lab-*' -printf 'cgroup %P\n'
    find /run/systemd/nspawn -mindepth 2 -not -path '*/locks/*' 2>/dev/null
    ps -A -o stat=,args= | awk '$1 !~ /^Z/' | grep -oE '(systemd-nspawn|/delay|mmdebstrap) .*'
    ls -d "$state" ${fresh:+"$home" "$home"/*} 2>/dev/null
  } | awk -v own="(ml|molt-lab)-$octet(-|$| |/)|$home/selftest" -v fresh="$fresh" \
    '(/(ml|molt-lab)-[0-9]+|molt-lab\/[a-z]/ && $0 !~ own) || (!fresh && /mmdebstrap/) { next } { print }' | sort
}

step() { echo "--- $* ($((SECONDS)) s)"; }

step "before"
lab down --keep-base >/dev/null 2>&1
traces >/tmp/molt-selftest.before.$$

kill_midway() { # kill_midway SECONDS
  ./lab --name selftest up --nodes 3 </dev/null >/dev/null 2>&1 &
  local pid=$!
  sleep "$1"
  kill -KILL "$pid" 2>/dev/null
  wait "$pid" 2>/dev/null
  return 0
}

if [[ $fresh ]]; then
  step "a killed build of the base trees"
  kill_midway 9
  sleep 0.5
  check "nothing goes on building" fails pgrep -x mmdebstrap
  check "no half made tree is taken for whole" fails compgen -G "$home/base/root-*"
fi

step "up"
check "up" lab up --nodes 3
octet=$(sed -n 's/^OCTET=//p' "$state/lab.env")
check "up again says so at once" within 800 has "already up" lab up
check "status" has "1.18.60" lab status
check "no terminal and no input" has running bash -c './lab --name selftest status <&- | cat'
check "wrong use is refused with status 2" bash -c './lab --name selftest frob; [ $? = 2 ]'
check "an unknown node is named" has "has no node 'n9'" lab ssh n9

step "nodes"
for node in db n1 n2 n3; do
  check "$node: systemd is running" has running on "$node" systemctl is-system-running
  check "$node: no python" on "$node" '! command -v python3 && ! command -v python'
  check "$node: sudo without password, quickly" within 1000 has 0 on "$node" sudo -n id -u
done
check "all key types log in" bash -c "for k in ed25519 ecdsa rsa; do ssh -n -i $state/id_\$k -o IdentitiesOnly=yes \
  -o BatchMode=yes -o UserKnownHostsFile=$state/known_hosts ops@$(awk '/n1:/{getline; print $2}' "$state/inventory/hosts.yml") true || exit 1; done"
askpass=$(mktemp)
printf '#!/bin/sh\necho lab-pat\n' >"$askpass"
chmod 700 "$askpass"
pat() {
  SSH_ASKPASS=$askpass SSH_ASKPASS_REQUIRE=force ssh -n -o UserKnownHostsFile="$state/known_hosts" -o PubkeyAuthentication=no \
    "pat@$(awk '/n1:/{getline; print $2}' "$state/inventory/hosts.yml")" "$@"
}
check "pat logs in by password" has pat pat id -un
check "pat's sudo asks for it" fails pat sudo -n true
check "pat's sudo takes it" has uid=0 pat 'echo lab-pat | sudo -S id'
check "journald works" has "ready: schema 1.18" log n1
check "UTC" has UTC on n1 date
check "sshd's MaxStartups is the default" has "maxstartups 10:30:100" on n1 sudo sshd -T

step "the stand-in"
check "an ELF executable of about 30 MB" on n1 'head -c4 /opt/tegu/sbin/tegu | grep -q ELF && [ $(stat -c %s /opt/tegu/sbin/tegu) -gt 29000000 ]'
check "--version needs nothing" has "TEGU Enterprise v1.18.60" on n1 'env -i /opt/tegu/sbin/tegu --version'
check "capability, not root" has "cap_net_bind_service=ep" on n1 /sbin/getcap /opt/tegu/sbin/tegu
check "runs as tegu" has tegu on n1 'ps -o user= -C tegu'
check "configuration is root:tegu 640" has "root tegu 640" on n1 'sudo stat -c "%U %G %a" /etc/tegu.conf'
check "SMTP banner and QUIT" has "220 n1 TEGU 1.18.60 ESMTP" on n1 'exec 3<>/dev/tcp/127.0.0.1/25; printf "EHLO x\r\nNOOP\r\nQUIT\r\n" >&3; timeout 3 cat <&3'
check "administration over HTTPS" has '"version":"1.18.60","schema":"1.18","db":true' http n1
check "vendor layout" bash -c "tar -tzf $state/releases/tegu-ent-v1.19.44-x86_64.tar.gz | grep -qx tegu-ent-v1.19.44-x86_64/sbin/tegu"
check "database connection is encrypted" has t sql "SELECT bool_and(ssl) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE usename = 'tegu'"
check "SIGTERM ends it within a second" within 1500 on n3 sudo systemctl stop tegu
check "and it starts again" on n3 sudo systemctl start tegu
before=$(lab checksum)
check "5000 messages" has "5000 " echo "$before"

step "the vendor's upgrade, by hand"
upload() { # upload NODE VERSION
  ./lab --name selftest ssh "$1" "cat >/tmp/release.tar.gz && sudo tar -xzf /tmp/release.tar.gz -C /opt" <"$state/releases/tegu-ent-v$2-x86_64.tar.gz"
}
install_release() { # install_release NODE VERSION
  upload "$1" "$2" && on "$1" "sudo systemctl stop tegu; sudo cp /opt/tegu-ent-v$2-x86_64/sbin/tegu /opt/tegu/sbin/ &&
    sudo cp /opt/tegu-ent-v$2-x86_64/bin/* /opt/tegu/bin/"
}
cap() { on "$1" sudo setcap cap_net_bind_service=+ep /opt/tegu/sbin/tegu; }
check "unpack 1.19.44 on n1" upload n1 1.19.44
check "ETXTBSY over the running executable" has "Text file busy" on n1 sudo cp /opt/tegu-ent-v1.19.44-x86_64/sbin/tegu /opt/tegu/sbin/tegu
check "install on n1" install_release n1 1.19.44
check "install on n2" install_release n2 1.19.44
lab fault db-no-contrib >/dev/null
cap n1 && on n1 sudo systemctl start tegu
check "no migration without contrib" soon has "migration to schema 1.19 failed" log n1
check "and nothing of it stays" has 1.18 sql "SELECT max(version) FROM schema_version"
lab heal >/dev/null
on n1 sudo systemctl stop tegu
on n1 sudo setcap -r /opt/tegu/sbin/tegu
cap n2
on n1 'sudo systemctl reset-failed tegu; sudo systemctl start tegu' &
on n2 'sudo systemctl start tegu' &
wait
check "n2 is up with schema 1.19" soon has '"version":"1.19.44","schema":"1.19"' http n2
check "n1 cannot bind port 25" soon has "listen tcp :25: bind: permission denied" log n1
cap n1
check "setcap mends it" soon has '"schema":"1.19"' http n1
check "one migration, although two started at once" has "1" sql "SELECT count(*) FROM schema_version WHERE version = '1.19' HAVING count(*) = 1"
check "the history says who" has "TEGU 1.19.44" sql "SELECT applied_by FROM schema_version WHERE version = '1.19'"
check "rows changed shape" has "person" sql "SELECT sender_addr FROM messages LIMIT 1"
check "mail rows intact" [ "$(lab checksum)" = "$before" ]
on n3 sudo systemctl restart tegu
check "the old release refuses the newer schema" soon has "schema 1.19 is newer than this release (1.18.60)" log n3
check "with status 78, and is not restarted" has "failed 78 0" on n3 'for p in ActiveState ExecMainStatus NRestarts; do printf "%s " $(systemctl show tegu -p $p --value); done'
check "1.19.45 on n3" install_release n3 1.19.45
cap n3
on n3 'sudo systemctl reset-failed tegu; sudo systemctl start tegu'
check "a new build runs and migrates nothing" soon has '"version":"1.19.45","schema":"1.19"' http n3
check "tools: one new, one left over from before" on n3 'ls /opt/tegu/bin/tegu-reindex /opt/tegu/bin/tegu-convert'
sql "INSERT INTO schema_version VALUES ('1.17', now(), 'test')" >/dev/null
on n3 sudo systemctl restart tegu
check "a schema two releases behind is refused" soon has "schema 1.17 is too old for this release" log n3

step "reset"
check "reset" within 15000 lab reset
check "old release, old schema" has "1.18.60" lab status
check "the same rows" [ "$(lab checksum)" = "$before" ]
check "no leftovers" fails on n1 'ls -d /opt/tegu-ent-* /tmp/release.tar.gz'

step "faults"
fault() { check "fault $*, in time" within 3000 lab fault "$@"; }
heal() { check "healed in time" within 4000 lab heal; }
fault sshd-stopped n1
check "refused" has refused on n1 true
check "exec still works" has 0 lab exec n1 id -u
heal
check "ssh works" on n1 true
fault sshd-hang n1
check "no banner" has "timed out" on n1 true
heal
check "ssh works" on n1 true
fault disk-full n1
check "a release does not fit" fails upload n1 1.19.44
check "TEGU runs on" has '"db":true' http n1
check "and can be restarted" on n1 sudo systemctl restart tegu
heal
check "it fits again" upload n1 1.19.44
fault db-stopped
check "TEGU says so and runs on" soon has '"db":false' http n1
check "in the driver's words" soon has 'failed to connect to `host=db user=tegu database=tegu_mailboxes`: dial error (dial tcp' log n1
heal
check "TEGU recovers" soon has '"db":true' http n1
fault db-no-tls
check "refused TLS" soon has 'failed to connect to `host=db user=tegu database=tegu_mailboxes`: tls error (server refused TLS connection)' log n1
heal
check "TEGU recovers" soon has '"db":true' http n1
on n2 'sudo sed -i s/lab-tegu/wrong/ /etc/tegu.conf; sudo systemctl restart tegu'
check "wrong password" soon has 'server error (FATAL: password authentication failed for user "tegu" (SQLSTATE 28P01))' log n2
check "plain text connections are refused" has "no pg_hba.conf entry" on n2 'sudo sed -i s/require/disable/ /etc/tegu.conf; sudo -u tegu /opt/tegu/sbin/tegu'
fault link-down n3
check "unreachable" has "timed out" on n3 true
heal
check "ssh works" on n3 true
plain=$({ time -p on n3 true; } 2>&1 | awk '/real/{print int($2*1000)}')
fault slow n3
slow=$({ time -p on n3 true; } 2>&1 | awk '/real/{print int($2*1000)}')
check "slow is slow ($plain ms, then $slow ms)" [ "$slow" -gt $((plain + 200)) ]
heal
fault hostkey-changed n1
check "ssh notices" has "Host key verification failed" on n1 true
heal
check "ssh works" on n1 true
check "no faults are left" fails compgen -G "$state/nodes/*/faults/*"

step "repair, growth, and kill -9"
kill -KILL "$(cut -d' ' -f1 "$state/nodes/n2/pid")"
check "up starts a dead node" lab up
check "it works" on n2 true
check "up --nodes 4 adds one" lab up --nodes 4
check "n4 is known" has n4 on n1 cat /etc/hosts
lab fault slow n1 >/dev/null
lab down --keep-base >/dev/null
for moment in 0.1 0.4 0.8 1.3 1.8 2.4 3; do
  kill_midway "$moment"
  check "up after a kill -9 at $moment s" lab up --nodes 3
  check "it works" soon has '"db":true' http n3
  lab down --keep-base >/dev/null
  kill_midway "$moment"
  check "down after it" lab down --keep-base
  traces >/tmp/molt-selftest.after.$$
  [[ $fresh ]] || check "nothing is left" diff "/tmp/molt-selftest.before.$$" "/tmp/molt-selftest.after.$$"
done
./lab --name selftest up --nodes 1 </dev/null >/dev/null 2>&1 &
check "two at once" lab up --nodes 2
wait

step "down"
if [[ $fresh ]]; then
  check "down keeps the base tree when told" has "kept the base trees" lab down --keep-base
  check "and removes it when not" lab down
else
  check "down" lab down --keep-base
fi
traces >/tmp/molt-selftest.after.$$
check "nothing is left" diff "/tmp/molt-selftest.before.$$" "/tmp/molt-selftest.after.$$"
rm -f /tmp/molt-selftest.*.$$ "$askpass"
echo "$passed passed, $failed failed"
((failed == 0))
