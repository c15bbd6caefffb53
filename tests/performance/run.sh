#!/bin/sh
# Measures speed, memory and scaling on 1 and 2 ranks and prints tables in Markdown. The machine should be idle.
#   tests/performance/run.sh [BUILD_FOLDER] [--large] [--markdown] [--dofs "N N"] [--few]
# --large     also 4 million unknowns on 2 ranks and many runs of 50,000: an hour, 16 GB
# --markdown  also puts the tables into docs/performance.md
# --dofs      other sizes of large problems
# --few       tiny ones in place of many small runs
# Leaves speed.<ranks>.json, load_step.<body>.<unknowns>.<ranks>.json, many_runs.<unknowns>.<ranks>.json and
# scaling.<ranks>.<unknowns>.json in BUILD_FOLDER/performance, or in TAUTBAND_PERFORMANCE where that is set.
set -eu

here=$(dirname "$0")
build=build
case ${1:-} in '' | --*) ;; *) build=$1 && shift ;; esac
sizes="100000 600000"
scaling_sizes="100000 400000"
many="2000 10000" many_options="--repetitions 5"
markdown=no
failed=0
while [ $# -gt 0 ]; do
  case $1 in
    --large) sizes="$sizes 4000000" many="$many 50000" ;;
    --markdown) markdown=yes ;;
    --dofs) sizes=$2 scaling_sizes=$2 && shift ;;
    --few) many=60 many_options="--runs 3 --steps 1 --repetitions 1" ;;
    *) echo "run.sh: what is $1?" >&2 && exit 2 ;;
  esac
  shift
done
out=${TAUTBAND_PERFORMANCE:-$build/performance}
mkdir -p "$out"
rm -f "$out"/*.json
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMPI_MCA_plm_rsh_agent=
run() { echo "mpirun $*" >&2 && mpirun --oversubscribe "$@"; }

load_step() { # ranks unknowns body options: the others go on where one fails
  file=$out/load_step.$3.$2.$1.json
  program="$build/bin/tautband_load_step --dofs $2"
  ranks=$1
  shift 3
  run -n "$ranks" $program "$@" > "$file" || { rm "$file" && failed=1; }
}

for ranks in 1 2; do
  here_sizes=
  for dofs in $sizes; do
    [ $ranks = 1 ] && [ "$dofs" -gt 1000000 ] || here_sizes="$here_sizes $dofs"
  done
  run -n $ranks "$build/bin/tautband_benchmarks" --dofs "$(echo $here_sizes | tr ' ' ',')" \
    --benchmark_out="$out/speed.$ranks.json" --benchmark_out_format=json > "$out/speed.$ranks.log"
  for dofs in $here_sizes; do
    load_step $ranks "$dofs" plain
    load_step $ranks "$dofs" hard --knot --tendon --steps 1 --krylov-tolerance 1e-6 --preconditioner multigrid
  done
  for dofs in $many; do
    run -n $ranks "$build/bin/tautband_many_runs" --dofs "$dofs" $many_options \
      > "$out/many_runs.$dofs.$ranks.json"
  done
done
"$here/scaling.sh" "$build" --dofs "$scaling_sizes" > "$out/scaling.md"

{
  awk -f "$here/report.awk" "$out"/*.json
  cat "$out/scaling.md"
} > "$out/performance.md"
cat "$out/performance.md"
[ $markdown = yes ] || exit $failed
page=$here/../../docs/performance.md
awk -v file="$out/performance.md" '
  /<!-- measured: end -->/ { skip = 0 }
  !skip { print }
  /<!-- measured: begin -->/ { skip = 1; while ((getline line < file) > 0) print line }
' "$page" > "$out/page.md"
cp "$out/page.md" "$page"
exit $failed
