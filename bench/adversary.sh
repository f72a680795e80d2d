#!/bin/sh
# Lets an adversary take the language model's place for 10,000 turns and keeps the figures in bench/results/adversary.json.
# Usage: bench/adversary.sh [TURNS [SEED]]. Half an hour and more on two cores. Fails when anything forbidden came of it.
set -eu
unset CDPATH || true
here=$(cd -- "$(dirname -- "$0")/.." && pwd -P)
results=$here/bench/results
mkdir -p "$results"
written=$(mktemp "$results/.adversary.XXXXXX")
trap 'rm -f "$written"' EXIT
trap 'exit 130' INT TERM
cd -- "$here"
COURTESY_ADVERSARY_TURNS=${1:-10000} COURTESY_ADVERSARY_SEED=${2:-2026} COURTESY_ADVERSARY_FIGURES=$written \
    "$here/.venv/bin/python" -m pytest tests/flow/interpreter/test_adversary.py -n 0 -q --no-header -p no:randomly
[ -s "$written" ] || exit 1
cp "$written" "$results/adversary.json"
cat "$results/adversary.json"
