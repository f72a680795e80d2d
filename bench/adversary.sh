#!/bin/sh
# Lets an adversary take the language model's place for 10,000 turns and keeps the figures in bench/results/adversary.json.
# Usage: bench/adversary.sh [TURNS [SEED]]. Long: see "seconds" in the result. Fails when anything forbidden came of it.
# The figures are written after each talk: of a run that is cut off (Ctrl+C) those so far are kept, with their turns.
set -eu
unset CDPATH || true
here=$(cd -- "$(dirname -- "$0")/.." && pwd -P)
results=$here/bench/results
mkdir -p "$results"
written=$(mktemp "$results/.adversary.XXXXXX")
trap 'rm -f "$written"' EXIT
trap ':' INT
trap 'exit 130' TERM
cd -- "$here"
result=0
COURTESY_ADVERSARY_TURNS=${1:-10000} COURTESY_ADVERSARY_SEED=${2:-2026} COURTESY_ADVERSARY_FIGURES=$written \
    "$here/.venv/bin/python" -m pytest tests/flow/interpreter/test_adversary.py -n 0 -q --no-header -p no:randomly \
    -k worst || result=$?
[ -s "$written" ] || exit 1
cp "$written" "$results/adversary.json"
cat "$results/adversary.json"
exit "$result"
