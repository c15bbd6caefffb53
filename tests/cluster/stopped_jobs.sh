#!/usr/bin/env bash
# usage: one_machine_slurm.sh stopped_jobs.sh SOURCE_FOLDER TAUTBAND TAUTBAND_MESH
# Jobs from the templates in cluster/ that their time limit stops, in three ways, are continued and end with the history
# of a run that nothing has stopped.
set -euo pipefail
here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
source_folder=$1 tautband=$2 mesh_maker=$3
# shellcheck source=tests/cluster/jobs.sh
source "$here/jobs.sh"

# Writes a site's file as cluster/sites has them and returns its name. Open MPI's calls of mpirun at the same moment get
# into each other's way in one folder of temporary files.
site() {
  cat >"$work/$1-site.sh" <<END
tautband=("$tautband") launch=($2)
export TMPDIR=\$(mktemp --directory)
END
  echo "$work/$1-site.sh"
}

# submit TEMPLATE SITE RESULTS [options of sbatch]
submit() {
  local template=$1 site=$2 results=$3
  shift 3
  cd "$source_folder"
  TAUTBAND_SITE=$site sbatch --parsable --ntasks=2 --time=60 --output="$work/log-%j" "$@" "cluster/$template" \
    "$work/case.toml" "$results"
}

# set_limit JOB MINUTES: of a job that runs. Slurm looks twice a minute.
set_limit() { scontrol update job "$1" TimeLimit="$2"; }

signal_ranks() { pkill --signal "$1" --exact --full "$tautband run .* -o $2( .*)?"; }

has_rows() { [[ -f $1/history.csv ]] && mapfile -t rows <"$1/history.csv" && ((${#rows[@]} >= 8)); }

has_checkpoint() { compgen -G "$1/checkpoint/*.h5" >/dev/null; }

# wait_in_job JOB COMMAND...: until COMMAND succeeds or the job has ended.
wait_in_job() {
  local job=$1 calls=0
  shift
  until "$@"; do
    ((++calls % 500)) || ! has_ended "$job" || return 0
    sleep 0.02
  done
}

# Jobs are stopped in the middle of their runs: after some steps the run gets no more time until Slurm has warned it, so
# that no machine is too fast.
freeze_until_warned() {
  wait_in_job "$1" has_rows "$2"
  wait_in_job "$1" signal_ranks STOP "$2"
  set_limit "$1" 1
  wait_in_job "$1" test -e "$2/STOP"
  set_limit "$1" 60
  wait_in_job "$1" signal_ranks CONT "$2"
}

# expect_record RESULTS KEY VALUE: as JSON, in run.json.
expect_record() {
  grep --quiet "\"$2\": $3,\?$" "$1/run.json" || fail "$2 is not $3 in $1:"$'\n'"$(cat "$1/run.json")"
}

expect_history_of_reference() {
  expect_record "$1" status '"done"'
  expect_record "$1" resumed '[1-9]'
  cmp "$work/reference/history.csv" "$1/history.csv" || fail "$1 has another history"
}

requeues_itself() {
  local results=$work/requeued job
  job=$(submit job-multi-gpu.slurm "$(site srun "srun --mpi=pmix")" "$results" \
    --nodes=1 --ntasks-per-node=2 --gpus-per-node=2)
  freeze_until_warned "$job" "$results"
  expect_end "$job" COMPLETED
  [[ $(scontrol show job "$job") == *Restarts=[1-9]* ]] || fail "job $job was not requeued"
}

is_submitted_again() {
  local results=$work/resubmitted site job
  site=$(site mpirun "mpirun --oversubscribe --bind-to none")
  job=$(submit job.slurm "$site" "$results" --no-requeue)
  freeze_until_warned "$job" "$results"
  expect_end "$job" FAILED
  [[ $(scontrol show job "$job") == *ExitCode=75:0* ]] || fail "job $job ended without 75"
  grep --quiet "submit the same command again" "$work/log-$job" || fail "job $job does not say what to do"
  expect_record "$results" status '"stopped"'
  job=$(submit job.slurm "$site" "$results")
  expect_end "$job" COMPLETED
}

# After a checkpoint that somebody asked for the run sleeps through the warning. At the limit Slurm wakes it with TERM and
# kills it five seconds later: whether or not it can still write a checkpoint, it goes on from one.
is_ended_at_the_limit() {
  local results=$work/ended site job
  site=$(site ended "mpirun --oversubscribe --bind-to none")
  job=$(submit job.slurm "$site" "$results" --partition=strict)
  wait_in_job "$job" has_rows "$results"
  wait_in_job "$job" signal_ranks USR1 "$results"
  wait_in_job "$job" has_checkpoint "$results"
  wait_in_job "$job" signal_ranks STOP "$results"
  set_limit "$job" 1
  expect_end "$job" TIMEOUT
  job=$(submit job.slurm "$site" "$results")
  expect_end "$job" COMPLETED
}

cp "$here/case.toml" "$work"
"$mesh_maker" make block --element hex8 --size "40,8,8 mm" --cells 4,1,1 -o "$work/mesh.vtkhdf" >/dev/null
reference=$(submit job.slurm "$(site reference "mpirun --oversubscribe --bind-to none")" "$work/reference")
ways=(is_submitted_again is_ended_at_the_limit)
if srun --mpi=list 2>&1 | grep --quiet pmix; then
  ways+=(requeues_itself)
else
  echo "No srun: this Slurm has no PMIx (Debian: libpmix-dev)."
fi
for way in "${ways[@]}"; do $way & done
for _ in "${ways[@]}"; do wait -n; done
expect_end "$reference" COMPLETED
for results in "$work"/{requeued,resubmitted,ended}; do
  [[ ! -d $results ]] || expect_history_of_reference "$results"
done
