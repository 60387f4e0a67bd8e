#!/bin/bash
# The life of the Debian packages on a bare Debian 12: tests/packaging/packages_test.sh BUILD ROOT
#
# Installs an older version of the packages in BUILD/packages (`make deb`), converts the demonstration's documents as
# a user, upgrades, goes on with the same knowledge base, removes and purges. Nothing may be left but what users
# made. The older version is the same packages under a lower number.
set -euo pipefail
cd "$(dirname "$0")/../.."
build=$(realpath "$1")
root=$(realpath -m "$2")
. tests/packaging/bare_root.sh
ls "$build"/packages/sluice_*.deb >/dev/null 2>&1 || skip "there are no packages: make deb"
make_root bookworm "$root"
enter_root "$root"

# repack FOLDER: the packages there, under version 0.0.9.
repack() {
  for package in "$build"/packages/*.deb; do
    local parts=$1/parts
    dpkg-deb --raw-extract "$package" "$parts"
    local version
    version=$(dpkg-deb --field "$package" Version)
    sed -i "s/^Version: .*/Version: 0.0.9/; s/(= $version)/(= 0.0.9)/g" "$parts/DEBIAN/control"
    dpkg-deb --root-owner-group --build "$parts" "$1/$(dpkg-deb --field "$package" Package)_0.0.9.deb" >/dev/null
    rm -rf "$parts"
  done
}

# Every file, folder and link with its contents, but for what apt and dpkg note, and the homes of users.
snapshot() {
  in_root sh -c 'find / -xdev \( -path /proc -o -path /dev -o -path /sys -o -path /run -o -path /tmp -o -path /home \
      -o -path /var/lib/dpkg -o -path /var/lib/apt -o -path /var/cache -o -path /var/log \) -prune \
      -o -type f -exec sha256sum {} + -o -printf "%y %p %l\n"' | sort
}

packages=$root/tmp/packages
rm -rf "$packages" && mkdir -p "$packages/old" "$packages/new"
cp "$build"/packages/*.deb "$packages/new/"
repack "$packages/old"
names=$(for package in "$packages"/new/*.deb; do dpkg-deb --field "$package" Package; done | tr '\n' ' ')

echo "their dependencies"
in_root apt-get update -q >/dev/null
in_root dpkg --purge $names >/dev/null 2>&1 || true
in_root sh -c 'cd /tmp/packages/new && apt-get install -s --no-install-recommends ./*.deb' |
  sed -n 's/^Inst \([^ ]*\).*/\1/p' | grep -v '^sluice' >"$packages/dependencies" || true
in_root sh -c 'xargs --no-run-if-empty apt-get install -q -y --no-install-recommends </tmp/packages/dependencies >/dev/null'
as_user 'rm -rf kb other'
snapshot >"$packages/before"

echo "install version 0.0.9, convert"
in_root sh -c 'apt-get install -q -y --no-install-recommends /tmp/packages/old/*.deb >/dev/null'
bring_samples
as_user 'sluice init kb && cd samples && sluice -C ../kb add documents --json | tail -n 1' | tee "$packages/added"
grep -q '"added":1[0-9],.*"failed":0' "$packages/added" || fail "the demonstration's documents were not all converted"
as_user 'sluice doctor' | tee "$packages/doctor" | tail -n 3
as_user 'sluice plugin list --json' >"$packages/plugins"
for plugin in "$build"/lib/sluice/plugins/*/; do
  grep -q "\"id\":\"$(basename "$plugin")\".*\"state\":\"ok\"" "$packages/plugins" || fail "plugin $(basename "$plugin") is not usable"
done
in_root sh -c 'printf "[limits]\ntimeout = 77\n" >>/etc/sluice/config.toml'

echo "upgrade, and go on"
in_root sh -c 'apt-get install -q -y --no-install-recommends /tmp/packages/new/*.deb >/dev/null'
as_user 'sluice config show' | grep -q 'timeout = 77.*/etc/sluice/config.toml' || fail "the upgrade lost the administrator's settings"
as_user 'cd samples && sluice -C ../kb add documents' | tee "$packages/again"
grep -q '^added 0, ' "$packages/again" || fail "documents were converted again after the upgrade"
as_user 'sluice -C kb check' || fail "the knowledge base is damaged"

echo "remove and purge"
in_root apt-get remove -q -y $names >/dev/null
[ -e "$root/etc/sluice/config.toml" ] || fail "removing the packages took the administrator's settings along"
in_root dpkg --purge $names >/dev/null 2>&1 || fail "the packages cannot be purged"
snapshot >"$packages/after"
diff "$packages/before" "$packages/after" >"$packages/left" || { cat "$packages/left"; fail "this is left, changed or gone"; }
[ -e "$root/home/user/kb/wiki" ] || fail "a user's knowledge base is gone"
echo "installed, used, upgraded, removed and purged: nothing is left"
