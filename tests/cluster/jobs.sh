# shellcheck shell=bash
# What the checks of jobs share; sourced by them. The harness removes the folder `work`.
work=$(mktemp --directory)

fail() {
  echo "Failed: $*" >&2
  exit 1
}

state_of() { squeue --noheader --states=all --format=%T --jobs="$1"; }
has_state() { [[ $(state_of "$1") == "$2" ]]; }
has_ended() { [[ $(state_of "$1") =~ ^(COMPLETED|FAILED|TIMEOUT|CANCELLED|NODE_FAIL)$ ]]; }

fail_with_log() { fail "job $1 $2:"$'\n'"$(tail --lines=30 "$work/log-$1" 2>&1)"; }

# expect_end JOB STATE
expect_end() {
  until has_ended "$1"; do sleep 0.2; done
  has_state "$1" "$2" || fail_with_log "$1" "is $(state_of "$1"), not $2"
}
