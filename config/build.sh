#!/usr/bin/env bash
# Configures and builds one preset: config/build.sh PRESET [TARGET...]
#
# One line of progress on a terminal; on anything else one line for the whole build. What the
# compiler has to say is shown either way. JOBS says how many at a time.
set -euo pipefail
cd "$(dirname "$0")/.."
preset=$1
shift
targets=("${@:-all}")
folder=build/$preset

if [ ! -f "$folder/build.ninja" ]; then
  # What CMake says matters only if it fails.
  if ! said=$(cmake --preset "$preset" --log-level=WARNING 2>&1); then
    echo "$said" >&2
    exit 1
  fi
fi

arguments=(--build "$folder" --parallel "${JOBS:-$(nproc)}" --target "${targets[@]}")
if [ -t 1 ]; then
  # Ninja keeps to one line, and cuts it to the terminal's width.
  NINJA_STATUS="building: %f of %t, %es  " cmake "${arguments[@]}"
else
  echo "building ${targets[*]} in $folder"
  cmake "${arguments[@]}" -- --quiet
fi
