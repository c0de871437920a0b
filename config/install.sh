#!/usr/bin/env bash
# Installs what building, running and testing Siaga need, from Debian's own packages (12 or 13).
# Usage: bash config/install.sh [run|test]     as root or with sudo; safe to repeat.
set -eu

purpose=${1:-run}

build="build-essential cmake ninja-build ccache pkg-config git
  libssl-dev libpaho-mqttpp-dev libpaho-mqtt-dev libsqlite3-dev libgmime-3.0-dev libxml2-dev
  libxmlsec1-dev libsodium-dev
  libtomlplusplus-dev libcli11-dev libhowardhinnant-date-dev tzdata catch2"
service="mosquitto mosquitto-clients espeak-ng libhamlib-utils python3-minimal libpython3-stdlib
  ca-certificates openssl procps"
test="clang libclang-rt-dev clang-format clang-tidy mold sqlite3 postfix systemd e2fsprogs strace eatmydata
  sox libnet-smpp-perl"

installed() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# Debian 12 carries Boost 1.81 beside its default 1.74; Debian 13's default is new enough.
boost_packages() {
  if installed libboost1.81-dev || [ -n "$(apt-cache madison libboost1.81-dev 2>/dev/null)" ]; then
    echo "libboost1.81-dev libboost-json1.81-dev libboost-url1.81-dev"
  else
    echo "libboost-dev libboost-json-dev libboost-url-dev"
  fi
}

# Node from elsewhere brings npm along and does not go with Debian's.
node_packages() { command -v npm >/dev/null || echo "nodejs npm"; }

wanted() {
  echo "$build $service $(boost_packages)"
  [ "$purpose" = test ] && echo "$test $(node_packages)"
  return 0
}

missing() {
  for package in $(wanted); do installed "$package" || echo "$package"; done
}

lists_present() { [ -n "$(find /var/lib/apt/lists -name '*Packages*' -print -quit 2>/dev/null)" ]; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else
    echo "install.sh: need root to install packages: run as root, or install sudo" >&2
    exit 77
  fi
}

lists_present || as_root apt-get update -q
absent=$(missing | tr '\n' ' ')
[ -n "${absent// /}" ] || exit 0
echo "Installing: $absent"
as_root apt-get update -q
# Services stay off: the demo and the tests start their own, on ports of their own.
printf '#!/bin/sh\nexit 101\n' | as_root tee /usr/sbin/policy-rc.d.siaga >/dev/null
as_root chmod 755 /usr/sbin/policy-rc.d.siaga
kept_policy=no
[ -e /usr/sbin/policy-rc.d ] && kept_policy=yes || as_root mv /usr/sbin/policy-rc.d.siaga /usr/sbin/policy-rc.d
restore() {
  [ "$kept_policy" = yes ] && as_root rm -f /usr/sbin/policy-rc.d.siaga || as_root rm -f /usr/sbin/policy-rc.d
}
trap restore EXIT
# shellcheck disable=SC2086
as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $absent
