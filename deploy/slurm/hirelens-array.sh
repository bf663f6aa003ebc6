#!/bin/bash
# One shard of a plan per array task; the plan must lie where every node sees it.
#
#   hirelens shard plan /data/resumes --job /data/jobs --shards 64 --out /scratch/plan
#   sbatch --array=0-63 deploy/slurm/hirelens-array.sh /scratch/plan
#
# A task that was killed or requeued continues where it was.
#SBATCH --job-name=hirelens
#SBATCH --cpus-per-task=4
#SBATCH --mem=8G
#SBATCH --time=02:00:00
#SBATCH --requeue
#SBATCH --signal=B:TERM@30

set -euo pipefail

plan=${1:?usage: sbatch --array=0-63 hirelens-array.sh PLAN [OPTIONS OF SHARD RUN]}
shift

# exec: the signal that SLURM sends before the time is up reaches hirelens itself.
exec hirelens shard run "$plan" \
    --index "${SLURM_ARRAY_TASK_ID:?run this as an array: sbatch --array=0-63}" \
    --workers "${SLURM_CPUS_PER_TASK:-1}" \
    --allow-unscreened --quiet "$@"
