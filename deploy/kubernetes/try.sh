#!/usr/bin/env bash
# Checks job.yaml as far as that goes without a cluster: it is read by Python and, where kubectl is there, by its types, which drop
# what they do not know; then each of its pods' arguments are run here, and all of them together must make what one machine makes.
#
#   deploy/kubernetes/try.sh [PROGRAM ...]     PROGRAM: duomano as it was built here if not given
#
# Exit code 0: it works; 1: it does not; 77: nothing reads YAML here, so nothing was tried.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
[ $# -gt 0 ] || set -- dotnet "$root/src/Duomano.Cli/bin/Release/net10.0/duomano.dll"
python3 -c "import yaml" 2>/dev/null || { echo "the Kubernetes job is not tried: there is no Python with its module yaml"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 - "$here/job.yaml" "$work" <<'PY'
import json, re, sys, yaml
job = yaml.safe_load(open(sys.argv[1]))
json.dump(job, open(f"{sys.argv[2]}/job.json", "w"))
spec = job["spec"]
container = spec["template"]["spec"]["containers"][0]
mounts = {mount["name"]: mount["mountPath"] for mount in container["volumeMounts"]}
assert spec["completionMode"] == "Indexed" and sorted(mounts) == sorted(volume["name"] for volume in spec["template"]["spec"]["volumes"])
assert spec["podFailurePolicy"]["rules"][1]["onExitCodes"]["containerName"] == container["name"]
assert all(isinstance(word, str) for word in container["args"]), "every argument is a string"
assert f"auto/{spec['completions']}" in container["args"], "completions and shards differ"
own = lambda word: word.replace(mounts["music"], f"{sys.argv[2]}/music").replace(mounts["out"], f"{sys.argv[2]}/out")
open(f"{sys.argv[2]}/args", "w").write("".join(own(word) + "\n" for word in container["args"]))
open(f"{sys.argv[2]}/pods", "w").write(str(spec["completions"]))
PY

if command -v kubectl >/dev/null; then
  kubectl set env --local -f "$here/job.yaml" TRIED=yes -o json > "$work/typed.json"
  python3 - "$work/job.json" "$work/typed.json" <<'PY'
import json, sys
def kept(given, read, place):
    if isinstance(given, dict):
        for name in given: kept(given[name], (read or {}).get(name), f"{place}.{name}")
    elif isinstance(given, list):
        assert isinstance(read, list) and len(read) == len(given), f"{place}: kubectl reads {read}"
        for i, pair in enumerate(zip(given, read)): kept(*pair, f"{place}[{i}]")
    else:
        assert str(given) == str(read), f"{place}: {given} is read as {read}"
kept(json.load(open(sys.argv[1])), json.load(open(sys.argv[2])), "job")
PY
  echo "kubectl reads every field of the job"
else
  echo "kubectl is not there, so the names of fields are not checked"
fi

mkdir -p "$work/music/more" "$work/out"
# A note of half a second, at two pitches.
printf 'MThd\x00\x00\x00\x06\x00\x00\x00\x01\x00\x60MTrk\x00\x00\x00\x0c\x00\x90\x3c\x50\x60\x80\x3c\x00\x00\xff\x2f\x00' > "$work/music/a.mid"
printf 'MThd\x00\x00\x00\x06\x00\x00\x00\x01\x00\x60MTrk\x00\x00\x00\x0c\x00\x90\x43\x50\x60\x80\x43\x00\x00\xff\x2f\x00' > "$work/music/more/b.mid"
mapfile -t args < "$work/args"
for ((pod = $(cat "$work/pods") - 1; pod >= 0; pod--)); do
  JOB_COMPLETION_INDEX=$pod "$@" "${args[@]}" 2> "$work/log" || { cat "$work/log"; echo "wrong: pod $pod ends with an error"; exit 1; }
done
"$@" generate "$work/music" -o "$work/alone" --formats glb,npz 2> "$work/log" || { cat "$work/log"; exit 1; }
[ "$(find "$work/alone" -name '*.mid.*' | wc -l)" -eq 4 ] || { echo "wrong: one machine does not make 4 files"; exit 1; }
diff -r --exclude=manifest "$work/alone" "$work/out" || { echo "wrong: the pods make something else than one machine"; exit 1; }
echo "the arguments of $(cat "$work/pods") pods make what one machine makes"
