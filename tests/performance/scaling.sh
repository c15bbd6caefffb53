#!/bin/sh
# Strong and weak scaling on the ranks at hand beside what the model predicts, as tables in Markdown.
#   tests/performance/scaling.sh [BUILD_FOLDER] [--dofs "N N"] [RANKS...]
# Default: 2 ranks. More ranks than cores share them: their times say nothing of scaling.
set -eu

build=${1:-build}
[ $# -gt 0 ] && shift
sizes="100000 400000"
[ "${1:-}" != --dofs ] || { sizes=$2 && shift 2; }
out=${TAUTBAND_PERFORMANCE:-$build/performance}
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMPI_MCA_plm_rsh_agent=
mkdir -p "$out"
printf '\nStrong and weak scaling, predicted from one rank and measured:\n\n'
for ranks in "${@:-2}"; do
  [ "$ranks" -le "$(nproc)" ] || printf '%s ranks share %s cores.\n\n' "$ranks" "$(nproc)"
  for dofs in $sizes; do
    mpirun --oversubscribe -n "$ranks" "$build/bin/tautband_scaling" --dofs $dofs \
      --json "$out/scaling.$ranks.$dofs.json"
    echo
  done
done
