#!/bin/sh
# Plays the rehearsals of every shipped company, four times each, and keeps what came of it in bench/results/rehearsals.json.
# Usage: bench/rehearsals.sh [TIMES]. Fails when one does not pass every time in the same way. Takes minutes; says how far.
# A run in which a company could not be played leaves the last figures as they are.
set -eu
unset CDPATH || true
here=$(cd -- "$(dirname -- "$0")/.." && pwd -P)
results=$here/bench/results
mkdir -p "$results"
written=$(mktemp "$results/.rehearsals.XXXXXX")
trap 'rm -f "$written"' EXIT
trap 'exit 130' INT TERM
cd -- "$here"
result=0
"$here/.venv/bin/python" -m courtesy pack rehearse --all --times "${1:-4}" --json >"$written" || result=$?
if [ "$result" -gt 1 ]; then exit "$result"; fi
"$here/.venv/bin/python" -m json.tool --no-ensure-ascii "$written" "$results/rehearsals.json"
cat "$results/rehearsals.json"
exit "$result"
