# shellcheck shell=bash
# Sourced by the job scripts beside it.
#
# run_resumably RESULTS COMMAND... starts COMMAND, a run that writes into the folder RESULTS, and waits for it. When Slurm
# warns the job script of its end (USR1, see --signal in the job scripts), the run is asked to stop with a checkpoint, and
# the job goes back into the queue, where the same command goes on. Returns the status of COMMAND: 0 done, 75 stopped.
#
# The run is asked by the file STOP rather than by a signal to its launcher: srun kills its ranks when it gets TERM, and
# mpirun returns 1 instead of their 75.
run_resumably() {
  local results=$1 status warned=no interrupted program
  shift
  mkdir -p "$results"
  rm -f "$results/STOP"
  trap 'interrupted=yes warned=yes; touch "$results/STOP"' USR1
  # scancel, preemption or the time limit itself. Slurm signals the ranks too, and decides about requeueing.
  trap 'interrupted=yes; touch "$results/STOP"' TERM
  "$@" &
  program=$!
  # A signal ends `wait` early, so it is called until it was the program that ended it.
  while
    interrupted=no status=0
    wait "$program" || status=$?
    [[ $interrupted == yes ]]
  do :; done
  trap - USR1 TERM
  if [[ $status == 75 && $warned == yes ]]; then
    scontrol requeue "$SLURM_JOB_ID" || echo "Stopped with a checkpoint; submit the same command again." >&2
  fi
  return "$status"
}
