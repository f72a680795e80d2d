#!/bin/sh
# Measures turns and keeps the figures in bench/results/turns.json; the command's own words may be given.
# A run that failed leaves the last figures as they are.
set -eu
unset CDPATH || true
here=$(cd -- "$(dirname -- "$0")/.." && pwd -P)
results=$here/bench/results
mkdir -p "$results"
written=$(mktemp "$results/.turns.XXXXXX")
trap 'rm -f "$written"' EXIT
trap 'exit 130' INT TERM
cd -- "$here"
"$here/.venv/bin/python" -m courtesy measure turns --json "$@" >"$written"
"$here/.venv/bin/python" -m json.tool --no-ensure-ascii "$written" "$results/turns.json"
cat "$results/turns.json"
