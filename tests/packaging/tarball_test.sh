#!/bin/bash
# The tar file on systems that have none of its libraries: tests/packaging/tarball_test.sh BUILD ROOTS [SUITE...]
#
# Unpacks BUILD/packages/sluice-*.tar.gz (`make tarball`) as a user in a bare root of each suite of Debian (bookworm and
# trixie), and converts documents of every plugin's kind there, with the sandbox required.
set -euo pipefail
cd "$(dirname "$0")/../.."
build=$(realpath "$1")
roots=$(realpath -m "$2")
shift 2
[ $# -gt 0 ] || set -- bookworm trixie
. tests/packaging/bare_root.sh
tarball=$(ls "$build"/packages/sluice-*.tar.gz 2>/dev/null | head -n 1)
[ -n "$tarball" ] || skip "there is no tar file: make tarball"

# write_pdf FILE: one page that says "A page".
write_pdf() {
  python3 - "$1" <<'PDF'
import sys
text = b"BT /F1 24 Tf 72 700 Td (A page) Tj ET"
objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
           b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
           b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
           b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
out, places = b"%PDF-1.4\n", []
for number, body in enumerate(objects, 1):
    places.append(len(out))
    out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
table = b"".join(b"%010d 00000 n \n" % place for place in places)
out += b"xref\n0 6\n0000000000 65535 f \n%strailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (table, len(out))
open(sys.argv[1], "wb").write(out)
PDF
}

for suite in "$@"; do
  root=$roots/bare-$suite
  make_root "$suite" "$root"
  enter_root "$root"
  for library in poppler tesseract icuuc spdlog toml; do
    [ -z "$(find "$root/usr/lib" -name "lib$library*.so*")" ] || fail "$root is not bare: it has lib$library"
  done
  bring_samples
  write_pdf "$root/home/user/samples/documents/page.pdf"
  rm -rf "$root/home/user/sluice" "$root/home/user/kb" && mkdir "$root/home/user/sluice"
  cp "$tarball" "$root/home/user/sluice.tar.gz"
  in_root chown -R user: /home/user
  as_user 'tar -xzf sluice.tar.gz -C sluice --strip-components=1; rm sluice.tar.gz'
  as_user 'sluice/bin/sluice plugin list --json' >"$root/tmp/plugins"
  for plugin in "$build"/lib/sluice/plugins/*/; do
    grep -q "\"id\":\"$(basename "$plugin")\".*\"state\":\"ok\"" "$root/tmp/plugins" ||
      fail "$suite: plugin $(basename "$plugin"): $(grep "\"id\":\"$(basename "$plugin")\"" "$root/tmp/plugins")"
  done
  as_user 'export SLUICE_SANDBOX_LEVEL=required PATH=$HOME/sluice/bin:$PATH
    sluice convert samples/documents/page.pdf
    sluice init kb
    sluice -C kb add samples/documents --json | tail -n 1
    sluice -C kb check' >"$root/tmp/said" || { cat "$root/tmp/said"; fail "$suite: documents were not converted"; }
  grep -q 'A page' "$root/tmp/said" || fail "$suite: the PDF's text is missing"
  grep -q '"added":13,.*"failed":0' "$root/tmp/said" || { cat "$root/tmp/said"; fail "$suite: not all were converted"; }
  as_user 'sluice/bin/sluice doctor' | tail -n 1
  leave_root
  echo "$suite: every plugin loads and converts, with the sandbox"
done
