#!/bin/sh
# Measures speed and memory on 1 and 2 ranks and prints a table.
#   tests/performance/run.sh [BUILD_FOLDER] [options of tautband_benchmarks, for example --large]
# Leaves speed.<ranks>.json and memory.<ranks>.json in BUILD_FOLDER/performance. The machine should be idle.
set -eu

build=${1:-build}
[ $# -gt 0 ] && shift
out=$build/performance
mkdir -p "$out"
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1

for ranks in 1 2; do
  mpirun --oversubscribe -n $ranks "$build/bin/tautband_benchmarks" \
    --benchmark_out="$out/speed.$ranks.json" --benchmark_out_format=json "$@" > "$out/speed.$ranks.log"
  mpirun --oversubscribe -n $ranks "$build/bin/tautband_memory" > "$out/memory.$ranks.json"
done

# JSON of Google Benchmark has one member per line.
for ranks in 1 2; do
  awk -v ranks=$ranks '
    { gsub(/[",]/, "") }
    $1 == "triad_bytes_per_s:" { triad = $2 }
    $1 == "multiply_add_flops_per_s:" { peak = $2 }
    $1 == "name:" {
      name = $2
      sub(/\/iterations:.*/, "", name)
      if (!head++) {
        printf "\n%d rank%s: triad %.1f GB/s, multiply-add %.1f Gflop/s\n", ranks, (ranks > 1 ? "s" : ""), triad / 1e9, peak / 1e9
        printf "%-38s %9s %9s %10s %9s\n", "", "MDoF/s", "bytes/DoF", "flops/DoF", "of bound"
      }
    }
    $1 == "bound_fraction:" { fraction = $2 }
    $1 == "bytes_per_dof:" { bytes = $2 }
    $1 == "dof_per_s:" { rate = $2 }
    $1 == "flops_per_dof:" {
      printf "%-38s %9.2f %9.0f %10.0f %8.0f%%\n", name, rate / 1e6, bytes, $2, 100 * fraction
      size = name
      sub(/.*\//, "", size)
      if (name ~ /^operator\//) operator[size] = rate
      if (name ~ /^bsr3\//) printf "%-38s %8.1fx\n", "  operator against bsr3", operator[size] / rate
    }' "$out/speed.$ranks.json"
  awk '{ gsub(/[",]/, "") } $1 == "kilobytes_per_dof:" { printf "memory: %.2f kB/DoF, peak of set-up and solve\n", $2 }' \
    "$out/memory.$ranks.json"
done
