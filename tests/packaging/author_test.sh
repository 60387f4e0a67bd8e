#!/bin/bash
# The author of a plugin, on a bare Debian 12 with the packages: tests/packaging/author_test.sh BUILD ROOT
#
# Installs the packages of BUILD/packages (`make deb`) into ROOT and does what an author does: scaffold, build, test,
# validate, pack, install, convert; in C and C++, without a step by hand, and in less than a minute of processor time.
set -euo pipefail
cd "$(dirname "$0")/../.."
build=$(realpath "$1")
root=$(realpath -m "$2")
. tests/packaging/bare_root.sh
ls "$build"/packages/sluice-sdk_*.deb >/dev/null 2>&1 || skip "there are no packages: make deb"
make_root bookworm "$root"
enter_root "$root"
rm -rf "$root/tmp/packages" && mkdir -p "$root/tmp/packages"
cp "$build"/packages/*.deb "$root/tmp/packages/"
in_root sh -eu <<'INSTALL'
apt-get update -q
apt-get install -q -y --no-install-recommends --reinstall /tmp/packages/*.deb
# What a bare machine lacks for any plugin, and what the helpers need.
apt-get install -q -y --no-install-recommends cmake make gcc g++ pkg-config libicu-dev libpugixml-dev libuchardet-dev \
  libdeflate-dev zlib1g-dev libexpat1-dev nettle-dev
INSTALL

# Into `spent`: the seconds of processor time of all that has ended below this shell.
measure() {
  times >"$root/tmp/times"
  spent=$(tail -n 1 "$root/tmp/times" | awk '{ split($1, user, /[ms]/); split($2, kernel, /[ms]/)
    printf "%d", (user[1] + kernel[1]) * 60 + user[2] + kernel[2] }')
}
measure
before=$spent
in_root sh -eu <<'AUTHOR'
id author >/dev/null 2>&1 || useradd -m author
rm -rf /home/author/work && su author -c 'mkdir /home/author/work'
su author -c 'sh -eu' <<'STEPS'
for language in c c++; do
  name=notes-$(echo "$language" | tr + x)
  cd /home/author/work
  sluice-sdk new "$name" --language "$language" --format note
  cd "$name"
  cmake -B build >configured
  cmake --build build >built
  ctest --test-dir build --output-on-failure --no-tests=error >tested || { cat tested; exit 1; }
  sluice-sdk validate "build/lib/sluice/plugins/$name" --samples samples >validated || { cat validated; exit 1; }
  tail -n 1 validated
  sluice-sdk package "build/lib/sluice/plugins/$name"
  sluice plugin install "$name-1.0.0.tar"
  sluice convert samples/hello.note >converted
  grep -q '^# Hello$' converted || { cat converted; exit 1; }
  sluice plugin remove "$name"
done
STEPS
# The hashes of the plugins that the packages brought.
sluice plugin list
for plugin in /usr/lib/sluice/plugins/*; do
  hash=$(sha256sum "$plugin"/*.so | cut -d ' ' -f 1)
  grep -q "$hash" "$plugin/plugin.toml" || { echo "$plugin: its hash is another"; exit 1; }
done
AUTHOR
measure
spent=$((spent - before))
echo "from the packages to an installed plugin, in C and C++: $spent s of processor time"
[ "$spent" -lt 60 ] || fail "it took a minute or more"
