#!/usr/bin/env bash
# Ingests sample documents and this project's own manuals into a knowledge base, and shows what came
# out: demo.sh BUILD.
set -euo pipefail
cd "$(dirname "$0")/.."
build=$1
demo=$build/demo
rm -rf "$demo"
mkdir -p "$demo"
python3 config/samples.py "$demo"
mkdir -p "$demo/documents/manuals"
for manual in README.md host/ARCHITECTURE.md sdk/docs/*.md plugins/*/README.md; do
  # Without its pictures, which are elsewhere.
  sed '/^!\[/d' "$manual" > "$demo/documents/manuals/$(echo "$manual" | tr / -)"
done
sluice=$PWD/$build/bin/sluice
cd "$demo"

# Runs the program in the demonstration's folder, and shows paths relative to it.
run() {
  echo
  echo "\$ sluice $*"
  "$sluice" "$@" | sed "s|$PWD/||g"
}

echo "In $demo:"
run init kb
run -C kb add documents
run -C kb list

echo
echo "One file that is no document is one line, and exit code 3:"
run -C kb add odd || [ $? -eq 3 ]

echo
echo "A second run finds nothing to do:"
run -C kb add documents

echo
echo "One document, before (documents/walk.html):"
sed -n '1,/<.table>/p' documents/walk.html | cut -c 1-100 | sed "s|$PWD/||; s/^/  | /"
echo "and after (kb/wiki/sources/walk.md):"
sed -n '1,/^| first/p' kb/wiki/sources/walk.md | sed "s|$PWD/||; s/^/  | /"
echo
echo "The whole of it: less $demo/kb/wiki/sources/walk.md"
