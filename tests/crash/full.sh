#!/usr/bin/env bash
# Tries everything that the tests in this folder take samples of, and adds up how much it was.
#
#   tests/crash/full.sh build/release
set -euo pipefail

build=$1
export SLUICE_CRASH=full
log=$build/crash.log
: > "$log"
failed=0
for matrix in kill_matrix power_loss fault_matrix mutation ext4_shutdown together; do
  echo "$matrix"
  "$build/tests/${matrix}_test" --gtest_brief=1 2>&1 | tee -a "$log" | grep -vE '^(Running main|\[=)' || true
  [ "${PIPESTATUS[0]}" -eq 0 ] || failed=1
done
echo "in all:"
awk -F': ' '/^[a-z0-9 ]+: [0-9]+$/ { sum[$1] += $2 } END { for (name in sum) print "  " name ": " sum[name] }' "$log" |
  sort
exit "$failed"
