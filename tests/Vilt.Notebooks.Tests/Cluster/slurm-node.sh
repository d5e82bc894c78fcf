#!/usr/bin/env bash
# A Slurm of one node on loopback, for as long as standard input is open. All its files are in one folder.
#   slurm-node.sh FOLDER CONTROLLER-PORT NODE-PORT
set -u
cd "$1" || exit
configuration=$1/slurm.conf
host=${HOSTNAME%%.*}
PATH=$PATH:/usr/sbin

# Daemons and jobs leave this process's group, but keep the variable.
end_all() {
  while
    processes=$(grep --files-with-matches --no-messages --null-data --line-regexp "SLURM_CONF=$configuration" /proc/[0-9]*/environ)
    [ -n "$processes" ]
  do
    kill -KILL $(cut -d/ -f3 <<<"$processes") 2>/dev/null
    sleep 0.05
  done
}
trap end_all EXIT

mkdir -m 700 munge state spool
head -c 128 /dev/urandom >munge/key
chmod 600 munge/key
cat >slurm.conf <<END
ClusterName=vilt
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$2
SlurmdPort=$3
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
SlurmUser=$(id -un)
SlurmdUser=$(id -un)
AuthType=auth/munge
# A task that is requeued waits until its credential has expired.
AuthInfo=socket=$1/munge/socket,cred_expire=5
StateSaveLocation=$1/state
SlurmdSpoolDir=$1/spool
SlurmctldPidFile=$1/slurmctld.pid
SlurmdPidFile=$1/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
# The node says that it has sixteen processors, for eight tasks at once.
SlurmdParameters=config_overrides
NodeName=$host NodeAddr=127.0.0.1 CPUs=16
PartitionName=all Nodes=$host Default=YES
END

start() {
  SLURM_CONF=$configuration "$@" >"$1.txt" 2>&1 &
  disown # or the shell reports its end
}
start munged --foreground --force --key-file="$1/munge/key" --socket="$1/munge/socket" --pid-file="$1/munge/pid" \
  --log-file="$1/munge/log" --seed-file="$1/munge/seed"
for _ in {1..100}; do [ -S munge/socket ] && break; sleep 0.1; done
start slurmctld -D
start slurmd -D
read -r
