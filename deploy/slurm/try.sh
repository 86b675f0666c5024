#!/usr/bin/env bash
# Tries duomano.sbatch on a real Slurm of one node, which this script sets up in a temporary folder and takes down again: tasks are
# killed half way and requeued, and what they make must be what one machine makes without Slurm, byte by byte. No systemd is needed;
# being root only where Slurm has to be installed first (Debian, Ubuntu).
#
#   deploy/slurm/try.sh [PROGRAM ...]     PROGRAM: duomano as it was built here if not given
#
# Exit code 0: it works; 1: it does not; 77: Slurm cannot be had on this machine, so nothing was tried.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
[ $# -gt 0 ] || set -- dotnet "$root/src/Duomano.Cli/bin/Release/net10.0/duomano.dll"
DUOMANO="$*"
export DUOMANO
untried() { echo "Slurm is not tried: $1"; exit 77; }
wrong() { echo "wrong: $1"; for file in "$work"/log/*.log "$work"/logs/*.log; do [ -f "$file" ] && { echo "--- $file"; tail -n 15 "$file"; }; done; exit 1; }

# Daemons are not on the path of everybody.
PATH="$PATH:/usr/sbin:/sbin"
if ! command -v slurmctld >/dev/null || ! command -v slurmd >/dev/null || ! command -v munged >/dev/null; then
  command -v apt-get >/dev/null || untried "slurmctld, slurmd or munged is missing, and there is no apt-get to install it"
  sudo=; [ "$(id -u)" -eq 0 ] || sudo="sudo -n"
  $sudo true 2>/dev/null || untried "slurmctld, slurmd or munged is missing, and only root can install it"
  $sudo apt-get update -qq >/dev/null 2>&1 || true
  DEBIAN_FRONTEND=noninteractive timeout 300 $sudo apt-get install -y -qq --no-install-recommends slurm-wlm munge >/dev/null 2>&1 || untried "slurm-wlm and munge could not be installed"
fi

work=$(mktemp -d)
chmod 755 "$work"
daemons=()
finish() {
  scancel --quiet --user="$(id -un)" 2>/dev/null || true
  for ((i = 0; i < 100; i++)); do [ -n "$(squeue -h -t RUNNING,COMPLETING 2>/dev/null)" ] || break; sleep 0.1; done
  for pid in "${daemons[@]}"; do kill "$pid" 2>/dev/null || true; done
  for pid in "${daemons[@]}"; do wait "$pid" 2>/dev/null || true; done
  rm -rf "$work"
}
trap finish EXIT

# A Slurm of this user's own: its key, ports and folders are nobody else's. Neither cgroups nor accounting, which containers lack.
mkdir -p "$work"/{munge,state,spool,log,logs,in/sub}
chmod 755 "$work/munge"
head -c 1024 /dev/urandom > "$work/munge/key"
chmod 600 "$work/munge/key"
name=$(hostname -s)
port=$((20000 + RANDOM % 20000))
cat > "$work/slurm.conf" <<CONF
ClusterName=try
SlurmctldHost=$name(127.0.0.1)
SlurmctldPort=$port
SlurmdPort=$((port + 1))
SlurmUser=$(id -un)
SlurmdUser=$(id -un)
AuthType=auth/munge
AuthInfo=socket=$work/munge/socket
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MpiDefault=none
SlurmdParameters=config_overrides
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerType=sched/builtin
SchedulerParameters=sched_interval=1
KillWait=10
MailProg=/bin/true
NodeName=$name NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
PartitionName=main Nodes=ALL Default=YES
CONF
export SLURM_CONF="$work/slurm.conf"
munged --foreground --key-file="$work/munge/key" --socket="$work/munge/socket" --pid-file="$work/munge/pid" --log-file="$work/log/munged.log" --seed-file="$work/munge/seed" 2>"$work/log/munged.err" &
daemons+=($!)
until [ -S "$work/munge/socket" ]; do kill -0 "${daemons[0]}" 2>/dev/null || untried "munged does not start: $(grep -h Error "$work"/log/munged.* | head -n 1)"; sleep 0.1; done
slurmctld -D -f "$SLURM_CONF" >"$work/log/slurmctld.log" 2>&1 &
daemons+=($!)
slurmd -D -f "$SLURM_CONF" >"$work/log/slurmd.log" 2>&1 &
daemons+=($!)
for ((i = 0; ; i++)); do
  [ "$(sinfo -h -o %t 2>/dev/null)" != idle ] || break
  [ "$i" -lt 600 ] || { tail -n 5 "$work"/log/slurm*.log; untried "its node does not become idle within a minute"; }
  sleep 0.1
done
echo "a $(sinfo --version) of one node runs"

# Pieces: the sample several times and two that are called alike, a second each, at different pitches; one is no music.
tiny() {
  local notes="" i
  for i in 0 1 2; do notes+="\\x00\\x90\\x$(printf %x $(($1 + 4 * i)))\\x50\\x30\\x80\\x$(printf %x $(($1 + 4 * i)))\\x00"; done
  printf "MThd\\x00\\x00\\x00\\x06\\x00\\x00\\x00\\x01\\x00\\x60MTrk\\x00\\x00\\x00\\x1c$notes\\x00\\xff\\x2f\\x00"
}
for piece in a b sub/c d e sub/f g sub/h; do cp "$root/samples/minuet-in-g.mid" "$work/in/$piece.mid"; done
tiny 60 > "$work/in/tiny.mid"
tiny 67 > "$work/in/tiny.midi"
echo "no music" > "$work/in/sub/broken.mid"

options=(generate "$work/in" --formats "npz,mid" --seed 3 --length 12 --threads 1)
code=0
$DUOMANO "${options[@]}" -o "$work/alone" >/dev/null 2>"$work/logs/alone.log" || code=$?
[ "$code" -eq 1 ] || wrong "without Slurm the exit code is $code, expected 1 for the piece that is no music"
[ "$(find "$work/alone" -name '*.npz' | wc -l)" -eq 10 ] || wrong "without Slurm not all pieces are made"

out="$work/out"
job=$(cd "$work/logs" && sbatch --parsable --array=1-2 --cpus-per-task=1 --mem=0 --export=ALL "$here/duomano.sbatch" "${options[@]}" -o "$out")
manifest() { echo "$out/manifest/$1-of-2.jsonl"; }

# Whether a piece of a task is half made.
unfinished() {
  local piece
  for piece in $(head -n 1 "$(manifest "$1")" | sed 's/.*"own":\[//; s/[]"}]//g; s/,/ /g'); do
    ! compgen -G "$out/.unfinished-$(printf %s "$piece" | sha256sum | cut -c 1-16)-*" >/dev/null || return 0
  done
  return 1
}

# Waits until a task has made a piece and is in the middle of another one.
half_way() {
  local begun=$SECONDS
  until grep -q '"state":"done"' "$(manifest "$1")" 2>/dev/null && unfinished "$1"; do
    [ $((SECONDS - begun)) -lt 300 ] || wrong "task $1 is never half way"
    sleep 0.05
  done
}
state() { scontrol show job "${job}_$1" 2>/dev/null | tr ' ' '\n' | sed -n 's/^JobState=//p' | tail -n 1; }

# One task dies with its step, as by a node's failure, and is begun again; the other one is requeued while it runs.
half_way 1
before=$(grep -c '"state":"done"' "$(manifest 1)")
id=$(scontrol show job "${job}_1" | sed -n 's/^JobId=\([0-9]*\).*/\1/p' | head -n 1)
pids=$(scontrol listpids "$id" | awk 'NR > 1 && $1 > 1 { print $1 }')
[ -n "$pids" ] || wrong "task 1 has no processes"
kill -9 $pids || true
half_way 2
scontrol requeue "${job}_2" || wrong "task 2 ended before it could be requeued"
for ((i = 0; ; i++)); do
  case "$(state 1)" in FAILED | NODE_FAIL) break ;; esac
  [ "$i" -lt 600 ] || wrong "task 1 was killed and is $(state 1)"
  sleep 0.1
done
unfinished 1 || wrong "task 1 was killed and left nothing half made"
scontrol requeue "${job}_1"
echo "task 1 was killed after $before pieces and task 2 requeued while it ran"

pending=(0 0 0)
for ((i = 0; ; i++)); do
  for task in 1 2; do
    # Slurm lets what was requeued wait for a while, which is made shorter here; begun in the seconds of its end it would be taken for the run
    # that ended ("Job credential revoked") and fail.
    [ "$(state $task)" = PENDING ] || continue
    [ "${pending[$task]}" -gt 0 ] || pending[task]=$SECONDS
    [ $((SECONDS - pending[task])) -lt 3 ] || scontrol update JobId="${job}_$task" StartTime=now 2>/dev/null || true
  done
  case "$(state 1) $(state 2)" in
    "FAILED COMPLETED" | "COMPLETED FAILED") break ;;
  esac
  [ "$i" -lt 1200 ] || wrong "tasks 1 and 2 are $(state 1) and $(state 2), expected one that failed for the piece that is no music and one that completed"
  sleep 0.5
done
grep -q "there before" "$work"/logs/duomano-*.log || wrong "what was done was not passed over when the tasks began again"
diff -r --exclude=manifest "$work/alone" "$out" || wrong "Slurm's tasks made something else than one machine"
$DUOMANO info "$out" > "$work/logs/info.log"
grep -q "^done: *10$" "$work/logs/info.log" && grep -q "^failed: *1$" "$work/logs/info.log" && grep -q "^not made yet: *0$" "$work/logs/info.log" || wrong "duomano info tells another state"
echo "10 pieces made by two tasks, one killed and both requeued, are byte by byte those of one machine"
