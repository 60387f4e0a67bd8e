#!/usr/bin/env bash
# Installs what Sluice needs to be built, tested and run, on Debian 12 or newer (root, or sudo).
# Does nothing, and needs no network, where all of it is there already.
#
#   config/dependencies.sh [clang] [fuzz] [coverage] [kernels] [tidy]    and what these targets of the Makefile need
set -euo pipefail

packages=(
  # tools
  g++ cmake ninja-build pkg-config ccache python3
  # host
  libssl-dev libicu-dev libsqlite3-dev libspdlog-dev libfmt-dev nlohmann-json3-dev
  libcli11-dev libtomlplusplus-dev libboost1.81-dev libseccomp-dev
  # converters
  libuchardet-dev libmd4c-dev libcsv-dev libxml2-dev libpugixml-dev libexpat1-dev libdeflate-dev zlib1g-dev
  libpoppler-private-dev poppler-data libjbig2dec0-dev
  # tests
  libgtest-dev libgmock-dev
)

for target in "$@"; do
  case $target in
    clang) packages+=(clang-14) ;;
    fuzz) packages+=(clang-14 libclang-rt-14-dev) ;;
    coverage) packages+=(gcovr) ;;
    quality) packages+=(pandoc poppler-utils libreoffice-calc-nogui libreoffice-impress-nogui xlsx2csv) ;;
    kernels) packages+=(qemu-system-x86 busybox-static cpio) ;;
    tidy) packages+=(clang-tidy-14 clang-format-14) ;;
    *) echo "config/dependencies.sh: there is no '$target'" >&2; exit 2 ;;
  esac
done

missing=()
for package in "${packages[@]}"; do
  # Virtual and versioned names (g++) count as installed when dpkg says so.
  status=$(dpkg-query -W -f='${Status}' "$package" 2>/dev/null || true)
  [ "$status" = "install ok installed" ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

if ! command -v apt-get >/dev/null; then
  echo "Sluice builds on Debian 12 or newer. Install the equivalents of: ${missing[*]}" >&2
  exit 1
fi
as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null; then
    echo "Not root, and there is no sudo. As root, run: apt-get install ${missing[*]}" >&2
    exit 1
  fi
  as_root=(sudo)
fi
echo "installing: ${missing[*]}" >&2
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -q
"${as_root[@]}" apt-get install -q -y --no-install-recommends "${missing[@]}"
