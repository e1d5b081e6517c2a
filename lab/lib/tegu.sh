# shellcheck shell=bash
# The TEGU stand-in: compiled, packed the vendor's way, and laid out as a node has it. Runs contained.

TEGU_OLD=1.18.60
TEGU_RELEASES=("$TEGU_OLD" 1.19.44 1.19.45)

layer_tegu() {
  local tmp=$BASE/.tmp-tegu version node jobs=()
  mkdir -p "$tmp"/{build,releases,node}
  cp "$LAB_DIR"/tegu/*.[chS] "$tmp/build/"
  cd "$tmp/build" || return
  gcc -std=c11 -O1 -o blob blob.c
  gcc -std=c11 -D_GNU_SOURCE -O2 -Wall -Wextra -Werror -o "$tmp/delay" "$LAB_DIR/delay/delay.c"
  for version in "${TEGU_RELEASES[@]}"; do
    tegu_release "$tmp" "$version" &
    jobs+=($!)
  done
  for version in "${jobs[@]}"; do wait "$version"; done
  node=$tmp/node
  mkdir -p "$node/opt/tegu" "$node/etc/systemd/system/multi-user.target.wants"
  tar -xzf "$tmp/releases/$(tegu_top $TEGU_OLD).tar.gz" -C "$node/opt/tegu" --strip-components=1 --no-same-owner
  setcap cap_net_bind_service=+ep "$node/opt/tegu/sbin/tegu"
  install -m 640 -o 0 -g 900 "$LAB_DIR/tegu/tegu.conf" "$node/etc/tegu.conf"
  install -m 644 "$LAB_DIR/tegu/tegu.service" "$node/etc/systemd/system/tegu.service"
  ln -s /etc/systemd/system/tegu.service "$node/etc/systemd/system/multi-user.target.wants/tegu.service"
  rm -rf "$tmp/build"
  mv "$tmp" "$TEGU_LAYER"
}

tegu_top() { echo "tegu-ent-v$1-x86_64"; }

tegu_release() {
  local tmp=$1 version=$2 top minor tool
  top=$(tegu_top "$version")
  minor=${version%.*}
  mkdir -p "$tmp/build/$version/$top"/{bin,sbin}
  cd "$tmp/build/$version" || return
  ../blob "$version" >payload.bin
  gcc -std=c11 -D_GNU_SOURCE -DTEGU_VERSION="\"$version\"" -O2 -Wall -Wextra -Werror -I/usr/include/postgresql \
    -s -Wl,--build-id=none -o "$top/sbin/tegu" ../{main,config,db,schema,net,admin}.c ../payload.S \
    -lpq -lssl -lcrypto -pthread
  for tool in "$LAB_DIR"/tegu/tools/*; do
    local name=${tool##*/}
    case $name in
      *."$minor") name=${name%."$minor"} ;;
      *.1.*) continue ;;
    esac
    sed "s/@VERSION@/$version/g" "$tool" >"$top/bin/$name"
  done
  chmod 755 "$top"/bin/* "$top/sbin/tegu"
  chmod 755 "$top" "$top"/{bin,sbin}
  tar --sort=name --mtime='2024-01-01 00:00:00Z' --owner=0 --group=0 --numeric-owner -cf - "$top" |
    gzip -n -6 >"$tmp/releases/$top.tar.gz"
  rm payload.bin
}
