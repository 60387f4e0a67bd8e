#!/usr/bin/env bash
# Ingests sample documents and this project's own manuals into a knowledge base: demo.sh BUILD.
set -euo pipefail
cd "$(dirname "$0")/.."
build=$1
sluice=$build/bin/sluice
demo=$build/demo
rm -rf "$demo"
mkdir -p "$demo/documents/manuals"
python3 config/samples.py "$demo/documents"
for manual in README.md host/ARCHITECTURE.md sdk/docs/*.md plugins/*/README.md; do
  cp "$manual" "$demo/documents/manuals/$(echo "$manual" | tr / -)"
done

"$sluice" init "$demo/kb"
# One of the samples is no document at all: it is reported, and the others are committed all the same.
"$sluice" -C "$demo/kb" add "$demo/documents" || [ $? -eq 3 ]
echo
"$sluice" -C "$demo/kb" list
echo
echo "The knowledge base is in $demo/kb. Look into it:"
echo "  less $demo/kb/wiki/sources/walk.md"
echo "  $sluice -C $demo/kb status"
echo "A second run finds nothing to do, and ends with its summary:"
"$sluice" -C "$demo/kb" add "$demo/documents" 2>/dev/null || [ $? -eq 3 ]
