# shellcheck shell=bash
# What the lab needs of the machine it runs on.

# command or file => Debian package
NEEDS=(
  systemd-nspawn=systemd-container mmdebstrap=mmdebstrap ip=iproute2 tc=iproute2 ssh=openssh-client
  ssh-keygen=openssh-client gcc=gcc setcap=libcap2-bin nsenter=util-linux setpriv=util-linux flock=util-linux
  ps=procps xz=xz-utils /usr/include/stdio.h=libc6-dev /usr/include/postgresql/libpq-fe.h=libpq-dev
  /usr/include/openssl/ssl.h=libssl-dev
)

missing_packages() {
  local need what
  for need in "${NEEDS[@]}"; do
    what=${need%%=*}
    if [[ $what == /* ]]; then [[ -e $what ]]; else command -v "$what" >/dev/null; fi || echo "${need#*=}"
  done | sort -u
}

host_check() {
  [[ $(uname -s) == Linux ]] || die "the lab needs Linux; this is $(uname -s)"
  ((EUID == 0)) || die "the lab needs root, for containers and networks of its own: run it with sudo"
}

host_install() {
  local missing start log
  missing=$(missing_packages)
  [[ $missing ]] || return 0
  missing=${missing//$'\n'/ }
  command -v apt-get >/dev/null || die "no package manager it knows; install these: $missing"
  start=$(now_ms)
  log=$(mktemp)
  # shellcheck disable=SC2086 # a list
  if ! { apt-get update -q && apt_install $missing || { dpkg --configure -a && apt_install $missing; }; } \
    >"$log" 2>&1 </dev/null; then
    tail -n 15 "$log" >&2
    rm -f "$log"
    die "apt-get could not install: $missing"
  fi
  rm -f "$log"
  say "installed $missing ($(since "$start"))"
  missing=$(missing_packages)
  [[ -z $missing ]] || die "still missing after installation: ${missing//$'\n'/ }"
}

apt_install() {
  DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends -o DPkg::Lock::Timeout=120 "$@"
}

# Asks the kernel for an overlay and a network namespace, in throw-away namespaces.
host_permissions() {
  local probe
  probe=$(mktemp -d "$LAB_HOME/.probe.XXXXXX")
  mkdir "$probe"/{lower,upper,work,merged}
  if ! unshare --mount -- mount -t overlay probe -o \
    "lowerdir=$probe/lower,upperdir=$probe/upper,workdir=$probe/work" "$probe/merged" 2>/dev/null; then
    rm -rf "$probe"
    die "no permission for overlay mounts in $LAB_HOME (or no overlayfs there): set MOLT_LAB_HOME to a directory" \
      "on ext4, xfs or tmpfs; in a container, run it privileged"
  fi
  rm -rf "$probe"
  unshare --net -- true 2>/dev/null || die "no permission to make network namespaces: in a container, run it privileged"
}
