#!/usr/bin/env bash
# usage: one_machine_slurm.sh sweep_array.sh TAUTBAND
# A sweep of four rows as a job array: the row that fails stops no other, and the table says so.
set -euo pipefail
here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
tautband=$1
# shellcheck source=tests/cluster/jobs.sh
source "$here/jobs.sh"
cd "$work"

cat >case.toml <<'END'
[point]
protocol = "trigger_point"
duration = "2 h"
sample_step = "1 min"

[motor_pool]
tonic_drive = 0.02

[[misfire]]
centre = ["0 mm", "0 mm", "0 mm"]
radius = "1 mm"
rate = "20 pps"
start = "10 min"
end = "110 min"
END

# The third row begins its misfire at 90 min and ends it at 60 min, which is refused.
cat >sweep.toml <<'END'
[sweep]
case = "case.toml"

[[parameter]]
key = "misfire.0.start"
name = "begin"
values = ["10 min", "90 min"]

[[parameter]]
key = "misfire.0.end"
name = "finish"
values = ["60 min", "100 min"]

[[output]]
name = "span"
quantity = "finish - begin"
unit = "min"
END

states() { squeue --noheader --states=all --array --format=%T --jobs="$1" | sort | paste --serial --delimiters=" "; }

said=$("$tautband" sweep submit sweep.toml -o out --time 00:30:00)
[[ $said =~ "Submitted batch job "([0-9]+) ]] || fail "no job was submitted: $said"
job=${BASH_REMATCH[1]}
expected="COMPLETED COMPLETED COMPLETED FAILED"
until [[ $(states "$job") =~ ^((COMPLETED|FAILED|TIMEOUT|CANCELLED|NODE_FAIL)( |$)){4}$ ]]; do sleep 0.2; done
[[ $(states "$job") == "$expected" ]] || fail "the array ended as $(states "$job"):"$'\n'"$(tail out/jobs/*.log)"

"$tautband" sweep gather sweep.toml -o out
table=$(tail --lines=+2 out/table.csv | cut --delimiter=, --fields=1,3-)
[[ $table == "0,done,10,60,50"$'\n'"1,done,10,100,90"$'\n'"2,failed,90,60,nan"$'\n'"3,done,90,100,10" ]] ||
  fail "the table is"$'\n'"$table"
said=$("$tautband" sweep submit sweep.toml -o out)
[[ $said == *"no rows are left"* ]] || fail "a sweep that is over was submitted again: $said"
