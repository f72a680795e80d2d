#!/bin/sh
# Measures whether "wrong in at most 5 %" is kept on the kits in $COURTESY_KITS (../shared/kits when not set), half of the
# messages setting the promise and the other half counted: bench/results/promise.json. Some minutes.
# Exit 0: written. 2: no kit is there.
set -eu
unset CDPATH || true
here=$(cd -- "$(dirname -- "$0")/.." && pwd -P)
kits=${COURTESY_KITS:-$here/../shared/kits}
mkdir -p "$here/bench/results"
cd -- "$here"
exec .venv/bin/python -m bench.understanding.promised "$kits" "$here/bench/results/promise.json"
