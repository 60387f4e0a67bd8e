#!/usr/bin/env bash
# The escape suite on Debian's own kernels, in QEMU: run.sh BUILD [PACKAGE]...
#
# Each PACKAGE (linux-image-amd64 without one: the kernel of Debian stable) is downloaded and unpacked, never
# installed. The guest's initramfs holds busybox, the programs and plugins of BUILD under the same paths
# as here, and the libraries they need; its init runs tests/escape_test as root of the guest. Needs neither
# root here nor KVM; SLUICE_QEMU_ACCEL=kvm makes it quicker where that works. SLUICE_TEST_FILTER: some tests
# alone, as --gtest_filter takes it.
set -euo pipefail
build=$(realpath "$1")
shift
packages=("${@:-linux-image-amd64}")
log_folder=$build/kernels
mkdir -p "$log_folder"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
# Emulated unless asked: /dev/kvm may be there and not work (nested machines hang in it).
acceleration=${SLUICE_QEMU_ACCEL:-tcg}
slowness=1
[ "$acceleration" != tcg ] || slowness=20

# The package that holds the kernel, behind one that only depends on it.
kernel_package() {
  local package=$1 inner
  inner=$(apt-cache depends "$package" | sed -n 's/^ *Depends: \(linux-image-[0-9][^ ]*\)$/\1/p' | head -1)
  echo "${inner:-$package}"
}

copy_with_libraries() {  # FILE...: into root/, under their own paths
  local file library
  for file in "$@"; do
    mkdir -p "root$(dirname "$file")"
    cp -L "$file" "root$file"
    { ldd "$file" 2>/dev/null || true; } | { grep -oE '/[^ )]+' || true; } | while read -r library; do
      [ -e "root$library" ] || { mkdir -p "root$(dirname "$library")"; cp -L "$library" "root$library"; }
    done
  done
}

make_root() {
  mkdir -p root/bin root/proc root/sys root/dev root/tmp root/root root/etc root/usr/share
  cp /bin/busybox root/bin/
  busybox --list | grep -vx busybox | while read -r applet; do ln -sf busybox "root/bin/$applet"; done
  echo "root:x:0:0:root:/root:/bin/sh" > root/etc/passwd
  echo "root:x:0:" > root/etc/group
  local programs=("$build/bin/sluice" "$build/libexec/sluice/sluice-worker" "$build/tests/escape_test")
  local program
  for program in "$build"/tests/sandbox_*; do
    if [ -f "$program" ] && [ -x "$program" ]; then programs+=("$program"); fi
  done
  copy_with_libraries "${programs[@]}"
  local plugins
  for plugins in "$build/lib/sluice/plugins" "$build/tests/plugins" "$build/tests/sandbox-plugins"; do
    mkdir -p "root$plugins"
    cp -r "$plugins/." "root$plugins/"
    mapfile -t libraries < <(find "$plugins" -name '*.so')
    copy_with_libraries "${libraries[@]}"
  done
  local data
  for data in /usr/share/poppler /usr/lib/x86_64-linux-gnu/gconv /usr/lib/locale/C.utf8 /etc/ld.so.cache; do
    if [ -e "$data" ]; then mkdir -p "root$(dirname "$data")"; cp -r "$data" "root$data"; fi
  done
  cat > root/init <<INIT
#!/bin/sh
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
mount -t tmpfs tmp /tmp
mkdir -p /dev/shm && mount -t tmpfs shm /dev/shm
ip link set lo up
export HOME=/root PATH=/bin TMPDIR=/tmp LC_ALL=C.UTF-8 NO_COLOR=1 SLUICE_TEST_SLOWNESS=$slowness
export SLUICE_LIMITS_LOAD_TIME=$((10 * slowness))
echo "kernel: \$(uname -r)"
$build/bin/sluice doctor
cd /tmp && $build/tests/escape_test --gtest_brief=1 --gtest_filter='${SLUICE_TEST_FILTER:-*}'
echo "escape suite ended with \$?"
poweroff -f
INIT
  chmod +x root/init
  (cd root && find . | cpio --quiet -o -H newc | gzip -1) > initrd.gz
}

make_root
failed=0
for package in "${packages[@]}"; do
  kernel=$(kernel_package "$package")
  log=$log_folder/$kernel.log
  rm -rf unpacked && mkdir unpacked
  (cd unpacked && apt-get download -qq "$kernel" && dpkg -x ./*.deb .)
  timeout "${SLUICE_QEMU_SECONDS:-10800}" qemu-system-x86_64 -accel "$acceleration" -m 3072 -smp 2 -nographic -no-reboot \
    -kernel unpacked/boot/vmlinuz-* -initrd initrd.gz \
    -append "console=ttyS0 quiet audit=0 panic=1 lsm=landlock,lockdown,yama" < /dev/null | stdbuf -o0 tr -d '\r' > "$log" || true
  echo "== $kernel"
  grep -E '^(kernel:|attacks|escapes|\[  FAILED|\[  SKIPPED|\[  PASSED|.*sandbox|escape suite)' "$log" || tail -20 "$log"
  grep -qx 'escape suite ended with 0' "$log" || { echo "FAILED: see $log"; failed=1; }
done
exit $failed
