#!/bin/sh
# Measures what the engine costs, learned from sentences in $COURTESY_KITS (../shared/kits when not set): training,
# one understand, memory: bench/results/engine.json. A minute.
# Exit 0: written. 2: no kit is there.
set -eu
unset CDPATH || true
here=$(cd -- "$(dirname -- "$0")/.." && pwd -P)
kits=${COURTESY_KITS:-$here/../shared/kits}
mkdir -p "$here/bench/results"
cd -- "$here"
exec .venv/bin/python -m bench.understanding.engine "$kits" "$here/bench/results/engine.json"
