#!/usr/bin/env bash
# Installs what Sluice needs to be built, tested and run, on Debian 12 or newer (root, or sudo).
# Does nothing, and needs no network, where all of it is there already.
#
#   config/dependencies.sh [GROUP...]           also what these targets of the Makefile need:
#                                               clang, fuzz, coverage, quality, kernels, deb, tidy, browser,
#                                               pictures
#   config/dependencies.sh --check [GROUP...]   installs nothing: says what is missing and the command
set -euo pipefail

packages=(
  # tools
  g++ cmake ninja-build pkg-config ccache python3
  # host
  libssl-dev nettle-dev libicu-dev libsqlite3-dev libspdlog-dev libfmt-dev nlohmann-json3-dev
  libcurl4-openssl-dev libcli11-dev libtomlplusplus-dev libboost1.81-dev libseccomp-dev
  # converters
  libuchardet-dev libmd4c-dev libyaml-cpp-dev libcsv-dev libpugixml-dev libexpat1-dev libdeflate-dev zlib1g-dev
  libpoppler-private-dev poppler-data libjbig2dec0-dev libarchive-dev
  libtesseract-dev libleptonica-dev tesseract-ocr-eng tesseract-ocr-osd
  libwpd-dev libwpg-dev libwps-dev libmwaw-dev libodfgen-dev librevenge-dev
  # sluice-queue, and a server for its tests
  libpq-dev postgresql faketime iproute2
  # tests
  libgtest-dev libgmock-dev valgrind parallel bindfs ntfs-3g fusefat dosfstools tmux
  mandoc bash-completion zsh fish
)

check=false
for target in "$@"; do
  case $target in
    --check) check=true ;;
    clang) packages+=(clang-14) ;;
    fuzz) packages+=(clang-14 libclang-rt-14-dev) ;;
    coverage) packages+=(gcovr) ;;
    quality) packages+=(pandoc poppler-utils libreoffice-calc-nogui libreoffice-impress-nogui xlsx2csv
      docx2txt html2text mupdf-tools odt2txt unrtf antiword catdoc cmark-gfm
      libreoffice-writer-nogui weasyprint chromium texlive-latex-base asciidoctor git-doc
      python3-icalendar python3-vobject postgresql-doc-15 python3.11-doc cmake-doc libstdc++-12-doc debian-policy debian-handbook) ;;
    kernels) packages+=(qemu-system-x86 busybox-static cpio) ;;
    deb) packages+=(binutils dpkg-dev lintian debootstrap patchelf) ;;
    pictures) packages+=(chromium poppler-utils cmark-gfm) ;;
    browser) packages+=(chromium nodejs npm) ;;
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
  echo "Sluice is built on Debian 12 or newer; this system has no apt-get." >&2
  # Other systems know the packages by other names: the compiler says what it misses.
  if $check; then exit 0; fi
  echo "Install the equivalents of: ${missing[*]}" >&2
  exit 1
fi
if $check; then
  echo "To build Sluice, these packages are missing: ${missing[*]}" >&2
  echo "Install them with:" >&2
  echo "  sudo apt-get install --no-install-recommends ${missing[*]}" >&2
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
