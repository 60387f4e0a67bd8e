#!/usr/bin/env bash
# One tar file with Sluice and all that it needs beside the C library: config/tarball.sh BUILD
#
# It holds an installation (programs, plugins, manual pages, documents), the libraries that these load, poppler's and
# tesseract's tables, and the licence of each. Programs find the libraries by their own place (an RPATH from $ORIGIN,
# which also holds for what plugins load), so it runs wherever it is unpacked, on systems whose C library is as new as
# that of the system it was made on. Made on Debian: dpkg says which package a library is of.
set -euo pipefail
build=$(realpath "$1")
version=$(sed -n 's/^CMAKE_PROJECT_VERSION:STATIC=//p' "$build/CMakeCache.txt")
name=sluice-$version-linux-$(uname -m)
work=$build/tarball
root=$work/$name
rm -rf "$work"
mkdir -p "$root"

for component in host pdf ocr legacy queue; do
  cmake --install "$build" --component $component --prefix "$root" --strip >/dev/null
done
# The units of systemd would not find the program where this is unpacked.
rm -rf "$root/lib/systemd"
libraries=$root/lib/sluice/libraries
mkdir -p "$libraries"

# Those of the C library are the system's: the kernel's interface and name services are its matter.
of_c_library='^(ld-linux.*|lib(c|m|dl|pthread|rt|resolv|util|anl|mvec|nsl|nss_[a-z]+))\.so'
# The name by which a file was installed, or the real one, is the one that dpkg knows.
package_of() {
  { dpkg -S "$(realpath "$1")" "$1" 2>/dev/null || true; } | head -n 1 | cut -d : -f 1
}
programs=("$root"/bin/* "$root"/libexec/sluice/*)
packages=()
while read -r soname path; do
  [[ $soname =~ $of_c_library ]] && continue
  cp --dereference "$path" "$libraries/$soname"
  packages+=("$(package_of "$path")")
done < <(ldd "${programs[@]}" "$root"/lib/sluice/plugins/*/*.so | sed -n 's/^\t\([^ ]*\) => \(\/[^ ]*\) .*/\1 \2/p' | sort -u)
chmod 644 "$libraries"/*
for program in "${programs[@]}"; do
  # RPATH, not RUNPATH: it also holds for the libraries of the plugins that a program loads.
  patchelf --force-rpath --set-rpath '$ORIGIN/../lib/sluice/libraries:$ORIGIN/../../lib/sluice/libraries' "$program"
done

# Tables that libraries read.
cp -r /usr/share/poppler "$root/share/poppler"
mkdir "$root/share/tessdata"
for language in eng osd; do
  cp "$(find /usr/share/tesseract-ocr -name $language.traineddata | head -n 1)" "$root/share/tessdata/"
done
packages+=(poppler-data tesseract-ocr-eng)

licences=$root/share/doc/sluice/libraries
mkdir -p "$licences"
for package in $(printf '%s\n' "${packages[@]}" | sort -u); do
  cp --dereference "/usr/share/doc/$package/copyright" "$licences/$package.copyright"
  dpkg-query -W -f '${source:Package} ${source:Version} (${Package})\n' "$package" >>"$licences/SOURCES"
done
sort -u -o "$licences/SOURCES" "$licences/SOURCES"
glibc=$(for file in "${programs[@]}" "$libraries"/* "$root"/lib/sluice/plugins/*/*.so; do
  objdump -T "$file"
done | grep -o 'GLIBC_2\.[0-9.]*' | sort -uV | tail -n 1 | cut -d _ -f 2)
cat >"$root/README" <<TEXT
Sluice $version for Linux on $(uname -m), with a C library (glibc) of version $glibc or newer.

Unpack it where you like and run bin/sluice. share/doc/sluice/README.md describes it, man -l share/man/man1/sluice.1.gz
lists its commands, bin/sluice doctor shows what works on this computer. To take pages from https servers, set
[fetch] certificates if this system keeps its authorities elsewhere than in /etc/ssl/certs/ca-certificates.crt.

share/doc/sluice/libraries has the licence of each library in lib/sluice/libraries and of the tables in share. They are
Debian's, unchanged; SOURCES names the source package of each, which https://snapshot.debian.org keeps. The plugin for
PDF and the libraries that it loads are under GPL-3.0 and AGPL-3.0; without lib/sluice/plugins/pdf, Sluice has no part
of them.
TEXT

mkdir -p "$build/packages"
tar --create --sort=name --owner=0 --group=0 --numeric-owner --mtime="@${SOURCE_DATE_EPOCH:-$(date +%s)}" \
  --directory "$work" "$name" | gzip -9 -n >"$build/packages/$name.tar.gz"
rm -rf "$work"
echo "$build/packages/$name.tar.gz: $(du -h "$build/packages/$name.tar.gz" | cut -f 1), glibc $glibc or newer"
