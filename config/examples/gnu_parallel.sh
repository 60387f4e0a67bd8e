#!/bin/sh
# Converts a folder in so many parts with GNU parallel, on this machine or on several, and commits
# the result:
#
#     gnu_parallel.sh /srv/docs /shared/bundles /srv/kb 64 --sshlogin node1,node2,node3
#
# What stands behind the number of parts goes to GNU parallel. Every machine must see the first two
# folders under these paths. Run it again after an error: it makes only what is missing.
set -eu
docs=$1
bundles=$2
kb=$3
parts=$4
shift 4

# A document that failed has a bundle that says so (exit code 3): the part is done.
seq "$parts" | parallel "$@" --quote sh -c \
  'sluice prepare --shard "$1/$2" --out "$3" "$4" || [ $? -eq 3 ]' part {} "$parts" "$bundles" "$docs"
sluice -C "$kb" commit "$bundles"
