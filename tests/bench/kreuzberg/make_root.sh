#!/usr/bin/env bash
# Makes a root of Debian 13 with Node and kreuzberg's native binding in it, for compare.py.
#
#   tests/bench/kreuzberg/make_root.sh FOLDER
#
# The binding needs a newer C and C++ library than Debian 12 has, so it runs in a root of its own, on the same kernel.
# Needs root, debootstrap and the network; takes about five minutes and 700 MB.
set -euo pipefail
cd "$(dirname "$0")/../../.."
source tests/packaging/bare_root.sh
[ $# -eq 1 ] || { sed -n '2,4p' "$0"; exit 2; }

version=4.10.2
make_root trixie "$1"
enter_root "$1"
in_root apt-get update -q
in_root apt-get install -q -y --no-install-recommends ca-certificates nodejs npm
# A machine behind a proxy of its own has more authorities than Debian.
cp /etc/ssl/certs/ca-certificates.crt "$1/etc/ssl/certs/"
mkdir -p "$1/opt/kreuzberg"
# The library is named, since npm passes over it: it asks for a newer Node, but works with this one.
in_root env NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt \
  npm install --prefix /opt/kreuzberg --no-audit --no-fund \
  "@kreuzberg/node@$version" "@kreuzberg/node-linux-x64-gnu@$version"
