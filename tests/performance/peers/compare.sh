#!/bin/sh
# Solves the same block with Tautband and with the peers that are installed, and prints one table.
#   tests/performance/peers/compare.sh [BUILD_FOLDER [--long]]
# Leaves a record of each run in BUILD_FOLDER/peers, and all of them in peers.json there. The machine should be idle.
# --long adds the blocks that take step-44 and MUMPS long (README.md). One core per rank or thread, RANKS of them.
set -eu

build=${1:-build}
long=${2:-}
here=$(dirname "$0")
out=$build/peers
ranks=${RANKS:-$(nproc)}
seconds=${LIMIT:-150} # a run that takes longer costs its line of the table, not the others
[ -n "$long" ] && seconds=3600
mkdir -p "$out"
rm -f "$out"/*.json "$out/log"
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMPI_MCA_plm_rsh_agent=
export OMP_NUM_THREADS=1 DEAL_II_NUM_THREADS="$ranks" PYTHONDONTWRITEBYTECODE=1

installed() { [ -n "$(dpkg-query --show --showformat '${db:Status-Abbrev}' "$1" 2>/dev/null | grep '^ii')" ]; }

try() {
  echo "$(date -u +%T) $*" >&2
  timeout "$seconds" "$@" >>"$out/log" 2>&1 || echo "  no result; see $out/log" >&2
}

tautband() { try "$here/tautband_block.py" "$out" "$@" --build "$build" --ranks "$ranks"; }
step_44() { try "$here/step_44.py" "$out" "$@"; }
dolfinx() { try mpirun --oversubscribe -n "$ranks" "$here/dolfinx_block.py" "$out" "$@"; }

operators() {
  if [ ! -x "$out/operators/operators" ]; then
    cmake -S "$here" -B "$out/operators" -DCMAKE_BUILD_TYPE=Release >>"$out/log"
    cmake --build "$out/operators" >>"$out/log" 2>&1
  fi
  echo "$(date -u +%T) operators" >&2
  "$out/operators/operators" >"$out/operators.json"
}

for formulation in mixed displacement; do
  tautband $formulation 8
  tautband $formulation 8 --exact
  tautband $formulation 16
done

if installed libdeal.ii-dev && installed libdeal.ii-doc; then
  operators
  step_44 CG 3
  step_44 Direct 3
  [ -z "$long" ] || step_44 CG 4 --newton 2
else
  echo "without deal.II: apt-get install libdeal.ii-dev libdeal.ii-doc" >&2
fi

if installed python3-dolfinx; then
  dolfinx three_field 8
  dolfinx mumps 8
  dolfinx gamg 8
  dolfinx gamg 16
  [ -z "$long" ] || dolfinx mumps 16
  [ -z "$long" ] || dolfinx three_field 16
else
  echo "without dolfinx: apt-get install python3-dolfinx" >&2
fi

"$here/table.py" "$out"
