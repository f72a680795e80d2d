#!/bin/sh
# Measures understanding on the kits in $COURTESY_KITS (../shared/kits when not set), by seeded cross-validation of their
# development rows: bench/results/understanding.json and .md. A kit that is not there is left out.
# Usage: bench/understanding.sh [WORD …]     measures anew only tasks with one of these words in their name
# A quarter of an hour. Exit 0: written. 2: no kit is there.
set -eu
unset CDPATH || true
here=$(cd -- "$(dirname -- "$0")/.." && pwd -P)
kits=${COURTESY_KITS:-$here/../shared/kits}
mkdir -p "$here/bench/results"
cd -- "$here"
exec .venv/bin/python -m bench.understanding.run "$kits" "$here/bench/results/understanding.json" "$@"
