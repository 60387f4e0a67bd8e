#!/bin/sh
# Converts a folder with a Slurm job array, one part of it in each task:
#
#     sbatch --array=1-64 slurm_array.sh /srv/docs /shared/bundles
#
# and, when all tasks have ended, where the knowledge base is:
#
#     sluice -C /srv/kb commit /shared/bundles
#
# Every node must see both folders under these paths. Run the same command again after a failure: it
# makes only what is missing. `commit` says if a part is missing.
#SBATCH --job-name=sluice
#SBATCH --cpus-per-task=4
set -u
docs=$1
bundles=$2
first=${SLURM_ARRAY_TASK_MIN:-1}
part=$((SLURM_ARRAY_TASK_ID - first + 1))

sluice --jobs "${SLURM_CPUS_PER_TASK:-1}" prepare --out "$bundles" \
  --shard "$part/$SLURM_ARRAY_TASK_COUNT" "$docs"
code=$?
# A document that failed has a bundle that says so: the task has done its work.
[ "$code" -eq 3 ] || exit "$code"
