#!/usr/bin/env bash
# usage: one_machine_slurm.sh COMMAND...
# Starts a Slurm of its own on this machine, runs COMMAND with it (SLURM_CONF names it, TMPDIR is a folder of its own) and
# stops it again, however COMMAND or this script ends. Configuration, key, sockets, state and logs are in a temporary
# folder and the ports are free ones, so a Slurm of the machine's own is left alone and several of these run side by side.
# Status: that of COMMAND; 77 where it cannot run, with the reason.
set -euo pipefail

# Every process that knows this Slurm: its daemons, its jobs and what they started.
processes_of() {
  grep --files-with-matches --null-data --line-regexp --fixed-strings "SLURM_CONF=$1/slurm.conf" /proc/[0-9]*/environ \
    2>/dev/null | cut --delimiter=/ --fields=3 || true
}

# Kills them all and removes the folder.
clear_away() {
  local found
  unset SLURM_CONF # or what searches would find itself
  while mapfile -t found < <(processes_of "$1") && [[ ${#found[@]} != 0 ]]; do
    kill -KILL "${found[@]}" 2>/dev/null || true
    sleep 0.1
  done
  rm -rf "$1"
}

# Called by the script itself: waits in the background for the end of process $1, in case that is killed.
if [[ ${1:-} == --clear-away-after ]]; then
  while kill -0 "$2" 2>/dev/null; do sleep 1; done
  [[ ! -d $3 ]] || clear_away "$3"
  exit
fi

skip() {
  echo "Skipped: $*"
  exit 77
}

free_port() {
  local port
  while
    port=$((20000 + RANDOM % 12000)) # below the ports that systems hand out themselves
    (: 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null
  do :; done
  echo "$port"
}

write_configuration() {
  local name
  name=$(hostname --short)
  cat >"$folder/slurm.conf" <<END
ClusterName=tautband
SlurmctldHost=$name(127.0.0.1)
SlurmctldPort=$(free_port)
SlurmdPort=$(free_port)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
CredType=cred/munge
# A job that was requeued waits this many seconds longer; the default is two minutes.
AuthInfo=socket=$folder/munge/socket,cred_expire=5
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
TmpFS=$folder/tmp
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
GresTypes=gpu
MailProg=/bin/true
KillWait=5
SchedulerParameters=sched_interval=1,sched_min_interval=0
# More cores and GPUs than there are: tests share the machine, and templates ask for some.
SlurmdParameters=config_overrides
NodeName=$name NodeAddr=127.0.0.1 CPUs=32 Gres=gpu:4 State=UNKNOWN
# However slow the machine is, a job has ten minutes for its checkpoint; in the other partition it has none.
PartitionName=lenient Nodes=ALL Default=YES OverTimeLimit=10 State=UP
PartitionName=strict Nodes=ALL OverTimeLimit=0 State=UP
END
  # Devices that are always there stand for GPUs.
  printf "NodeName=$name Name=gpu File=/dev/%s\n" null zero full random >"$folder/gres.conf"
  # slurmd ends without; control groups need not be there.
  echo "CgroupPlugin=cgroup/v1" >"$folder/cgroup.conf"
}

start() {
  install --directory --owner=munge --mode=755 "$folder/munge"
  install --directory "$folder/state" "$folder/spool" "$folder/tmp"
  head --bytes=1024 /dev/urandom >"$folder/munge/key"
  chown munge "$folder/munge/key"
  chmod 400 "$folder/munge/key"
  write_configuration
  runuser --user munge -- munged --key-file="$folder/munge/key" --socket="$folder/munge/socket" \
    --pid-file="$folder/munge/pid" --log-file="$folder/munge/log" --seed-file="$folder/munge/seed"
  slurmctld -c
  slurmd
  for ((attempt = 0; attempt < 300; ++attempt)); do
    [[ $(sinfo --noheader --format=%T 2>/dev/null) == idle ]] && return
    sleep 0.2
  done
  echo "Slurm did not start:" >&2
  tail --lines=20 "$folder"/slurmctld.log "$folder"/slurmd.log "$folder"/munge/log >&2
  return 1
}

PATH=$PATH:/usr/sbin
[[ $EUID == 0 ]] || skip "only root can start a Slurm"
for program in munged runuser sbatch slurmctld slurmd; do
  command -v "$program" >/dev/null || skip "there is no $program (Debian: slurm-wlm munge libpmix-dev)"
done

folder=$(mktemp --directory --tmpdir tautband-slurm.XXXXXX)
chmod 755 "$folder"
trap 'clear_away "$folder"' EXIT
trap 'exit 143' TERM
trap 'exit 130' INT HUP
setsid --fork "${BASH_SOURCE[0]}" --clear-away-after $$ "$folder" </dev/null >/dev/null 2>&1
export SLURM_CONF=$folder/slurm.conf TMPDIR=$folder/tmp
start
"$@" &
wait $!
