# shellcheck shell=bash
# The cached trees that nodes are overlays of, each under the hash of what goes in it:
#   base/root-HASH   the operating system          base/tegu-HASH/node      what is on a TEGU node
#   base/db-HASH     what the database node adds   base/tegu-HASH/releases  the vendor's archives
# A tree is built under a temporary name and renamed, so that a tree with its final name is whole.

ROOT_PACKAGES=systemd,systemd-sysv,dbus,openssh-server,libcap2-bin,sudo,iproute2,libpq5,ca-certificates,openssl,procps,xz-utils
BASE=$LAB_HOME/base

layer_keys() {
  local suite root tegu
  # shellcheck source=/dev/null
  suite=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
  [[ $suite ]] || die "no VERSION_CODENAME in /etc/os-release: the lab builds its nodes from Debian's own suites"
  SUITE=$suite
  root=$({ echo "$suite $(uname -m)"; cat "$LAB_DIR"/{lib/layers.sh,tegu/seed.sql}; } | sha256sum | cut -c1-12)
  tegu=$({ echo "$suite $(uname -m)"; cat "$LAB_DIR"/{lib/tegu.sh,tegu/*.*,tegu/tools/*,delay/*}; } | sha256sum | cut -c1-12)
  ROOT_LAYER=$BASE/root-$root
  DB_LAYER=$BASE/db-$root
  TEGU_LAYER=$BASE/tegu-$tegu
}

# Leaves all three layers in place; builds what is missing, TEGU beside the operating system.
layers_ensure() {
  local start root_job='' tegu_job=''
  [[ -d $ROOT_LAYER && -d $DB_LAYER && -d $TEGU_LAYER ]] && return
  lock_dir 8 "$BASE" "the base trees"
  rm -rf --one-file-system "$BASE"/.tmp-*
  start=$(now_ms)
  if [[ ! -d $TEGU_LAYER ]]; then
    (contained "$LAB_DIR/lab" __layer tegu) >"$BASE/.tmp-tegu.log" 2>&1 &
    tegu_job=$!
  fi
  if [[ ! -d $ROOT_LAYER || ! -d $DB_LAYER ]]; then
    (contained "$LAB_DIR/lab" __layer root) >"$BASE/.tmp-root.log" 2>&1 &
    root_job=$!
  fi
  layer_wait tegu "$tegu_job" "TEGU releases" "$start"
  layer_wait root "$root_job" "base trees of Debian $SUITE" "$start"
  layers_prune keep-current
  exec 8<&-
}

layer_wait() {
  local name=$1 job=$2 what=$3 start=$4
  [[ $job ]] || return 0
  if ! wait "$job"; then
    grep -v '^[IW]: ' "$BASE/.tmp-$name.log" | tail -n 15 >&2
    die "building the $what failed; the last lines of its log are above"
  fi
  rm -f "$BASE/.tmp-$name.log"
  say "built $what ($(since "$start"))"
}

# Removes layers that no lab uses; with keep-current, not those that this version would use.
layers_prune() {
  local layer used
  used=$(cat "$LAB_HOME"/*/layers 2>/dev/null || true)
  for layer in "$BASE"/{root,db,tegu}-*; do
    [[ -d $layer ]] || continue
    [[ ${1:-} == keep-current && " $ROOT_LAYER $DB_LAYER $TEGU_LAYER " == *" $layer "* ]] && continue
    grep -qxF "$layer" <<<"$used" || rm -rf --one-file-system "$layer"
  done
}

# The rest runs contained (see common.sh).

layer_root() {
  local tmp=$BASE/.tmp-root sources=$BASE/.tmp-sources
  mkdir -p "$tmp"
  apt_sources >"$sources"
  local options=() line
  while IFS= read -r line; do options+=("--aptopt=$line"); done < <(apt_options)
  # shellcheck disable=SC2016 # for the hook's shell
  [[ -d /etc/apt/auth.conf.d ]] && options+=('--setup-hook=cp /etc/apt/auth.conf.d/*.conf "$1/etc/apt/auth.conf.d/" 2>/dev/null || true')
  mmdebstrap --variant=minbase --components=main --include="$ROOT_PACKAGES" --skip=cleanup/apt \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' --dpkgopt='path-exclude=/usr/share/info/*' \
    --dpkgopt=force-unsafe-io --aptopt='Acquire::Languages "none"' "${options[@]}" \
    "$SUITE" "$tmp/root" "$sources" </dev/null
  layer_users "$tmp/root"
  layer_db "$tmp"
  rm -rf "$tmp"/root/var/lib/apt/lists/* "$tmp"/root/var/cache/apt/* "$tmp"/root/etc/apt/auth.conf.d/* \
    "$tmp/root/etc/apt/apt.conf.d/99mmdebstrap" "$tmp/root/etc/dpkg/dpkg.cfg.d/99mmdebstrap" \
    "$tmp/root/etc/ssh/"ssh_host_* "$tmp/root/etc/machine-id" "$tmp/root/etc/resolv.conf"
  if find "$tmp/root" "$tmp/db" \( -name 'python[0-9]*' -o -name 'libpython*' \) -print | grep .; then
    die "python found its way into the nodes: nothing may come to lean on it"
  fi
  rm -rf "$DB_LAYER" "$ROOT_LAYER" # what is left of them without each other
  mv "$tmp/db" "$DB_LAYER"
  mv "$tmp/root" "$ROOT_LAYER"
}

# The host's own sources for this suite, whatever mirror they name.
apt_sources() {
  local file
  for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources; do
    [[ -f $file ]] || continue
    if [[ $file == *.sources ]]; then
      awk -v RS= -v ORS='\n\n' -v suite="$SUITE" '
        $0 ~ "(^|\n)Suites:[^\n]*[ \t]" suite "([ \t\n-]|$)" && $0 ~ /(^|\n)Components:[^\n]*[ \t]main([ \t\n]|$)/ &&
        $0 !~ /(^|\n)Enabled:[ \t]*no/' "$file"
    else # one-line entries become stanzas: mmdebstrap takes only one format
      awk -v suite="$SUITE" '
        $1 == "deb" {
          signed = ""
          if (match($0, /signed-by=[^] \t]+/)) signed = substr($0, RSTART + 10, RLENGTH - 10)
          sub(/\[[^]]*\][ \t]*/, "")
          if ($3 !~ "^" suite "(-updates|-security|/updates)?$" || $0 !~ /[ \t]main([ \t]|$)/) next
          print "Types: deb\nURIs: " $2 "\nSuites: " $3 "\nComponents: main"
          if (signed != "") print "Signed-By: " signed
          print ""
        }' "$file"
    fi
  done | sed -e '/^#/d' -e 's/^Components:.*/Components: main/'
}

# How this host reaches its mirror: proxies, certificates, retries, checks it has turned off.
apt_options() {
  apt-config dump --format '%F "%v";%n' | grep -E '^Acquire::(http|https|Check-|Retries|ForceIPv)' | grep -v '""' || true
}

layer_users() {
  local root=$1
  chroot "$root" useradd --system --uid 900 --user-group --home-dir /var/lib/tegu --shell /usr/sbin/nologin tegu
  chroot "$root" useradd --uid 1000 --user-group --create-home --shell /bin/bash ops
  chroot "$root" useradd --uid 1001 --user-group --create-home --shell /bin/bash pat
  echo 'pat:lab-pat' | chroot "$root" chpasswd
  rm -f "$root"/home/*/.bashrc "$root"/home/*/.profile
  install -d -m 700 -o 1000 -g 1000 "$root/home/ops/.ssh"
  printf 'Defaults !fqdn\nops ALL=(ALL:ALL) NOPASSWD: ALL\npat ALL=(ALL:ALL) ALL\n' >"$root/etc/sudoers.d/lab"
  chmod 440 "$root/etc/sudoers.d/lab"
  printf 'PasswordAuthentication yes\nUseDNS no\nPrintLastLog no\nPrintMotd no\n' >"$root/etc/ssh/sshd_config.d/lab.conf"
  sed -i '/pam_motd\|pam_mail/d' "$root/etc/pam.d/sshd"
  sed -i 's/^hosts:.*/hosts: files/' "$root/etc/nsswitch.conf"
  ln -sf /usr/share/zoneinfo/Etc/UTC "$root/etc/localtime"
  chroot "$root" systemctl --quiet mask apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer fstrim.timer \
    e2scrub_all.timer e2scrub_reap.service console-getty.service getty.target systemd-journal-flush.service
}

# PostgreSQL, with a cluster that already holds the mail rows, as a layer over the root layer.
layer_db() {
  local tmp=$1 merged=$1/merged version
  mkdir -p "$tmp"/{db,work,merged}
  mount -t overlay lab-build -o "lowerdir=$tmp/root,upperdir=$tmp/db,workdir=$tmp/work" "$merged"
  mount -t proc proc "$merged/proc"
  mount --bind /dev "$merged/dev"
  mount -t tmpfs lab-build "$merged/dev/shm"
  printf 'Dir "%s";\nDPkg::Chroot-Directory "%s";\nDir::Log "/tmp";\n' "$merged" "$merged" >"$tmp/apt.conf"
  mkdir -p "$merged/etc/postgresql-common"
  printf 'create_main_cluster = false\nssl = on\nadd_include_dir = conf.d\n' >"$merged/etc/postgresql-common/createcluster.conf"
  printf '#!/bin/sh\nexit 101\n' >"$merged/usr/sbin/policy-rc.d"
  chmod 755 "$merged/usr/sbin/policy-rc.d"
  APT_CONFIG=$tmp/apt.conf DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 \
    apt-get install -q -y --no-install-recommends postgresql postgresql-contrib </dev/null
  rm "$merged/usr/sbin/policy-rc.d"
  version=$(basename "$merged"/usr/lib/postgresql/*)
  chroot "$merged" pg_createcluster --locale C.UTF-8 "$version" main -- --no-sync
  mkdir -p "$merged/var/run/postgresql"
  chroot "$merged" pg_ctlcluster "$version" main start -o '-c fsync=off'
  chroot "$merged" su postgres -c 'psql -X -q -v ON_ERROR_STOP=1 -d postgres' <"$LAB_DIR/tegu/seed.sql"
  chroot "$merged" pg_ctlcluster "$version" main stop -m fast
  mkdir -p "$merged/etc/postgresql/$version/main/conf.d"
  printf "listen_addresses = '*'\nfsync = off\nlog_connections = on\n" >"$merged/etc/postgresql/$version/main/conf.d/lab.conf"
  rm -rf "$merged"/var/lib/apt/lists/* "$merged"/var/cache/apt/archives/*.deb "$merged"/var/log/postgresql/*
  umount "$merged/dev/shm" "$merged/dev" "$merged/proc" "$merged"
}
