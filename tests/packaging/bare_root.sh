# Sourced by the tests that need a bare system: a root that debootstrap makes once and is used again. Root and a
# network are needed; a test that cannot have them exits with 77.
skip() {
  echo "skipped: $1"
  exit 77
}

# make_root SUITE FOLDER
make_root() {
  [ "$(id -u)" -eq 0 ] || skip "chroot needs root"
  if [ ! -x "$2/usr/bin/apt-get" ]; then
    command -v debootstrap >/dev/null || skip "debootstrap is not installed"
    rm -rf "$2"
    mkdir -p "$2"
    debootstrap --variant=minbase "$1" "$2" >"$2.log" 2>&1 || skip "debootstrap made no $1 (see $2.log)"
  fi
}

# enter_root FOLDER: what programs expect of a running system. It is undone when the script ends.
enter_root() {
  entered=$1
  trap leave_root EXIT
  mount -t proc proc "$1/proc"
  mount --bind /dev "$1/dev"
  mount --bind /dev/pts "$1/dev/pts"
  cp /etc/resolv.conf "$1/etc/resolv.conf"
}

leave_root() {
  umount "$entered/proc" 2>/dev/null || true
  umount "$entered/dev/pts" 2>/dev/null || true
  umount "$entered/dev" 2>/dev/null || true
}

# in_root COMMAND...: as root; as_user SCRIPT: as a user with nothing in its home, in /home/user.
in_root() {
  chroot "$entered" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
}

as_user() {
  in_root sh -c 'id user >/dev/null 2>&1 || useradd --create-home user'
  in_root su user -c "cd /home/user && set -eu && $1"
}

# fail TEXT...: what was wrong, and the end.
fail() {
  echo "FAILED: $*" >&2
  exit 1
}

# The demonstration's documents, for the user.
bring_samples() {
  as_user true
  rm -rf "$entered/home/user/samples"
  python3 config/samples.py "$entered/home/user/samples"
  in_root chown -R user: /home/user/samples
}
