#!/bin/sh
# Runs the contact centre exam and keeps its figures in bench/results/abcd_min.json. The material lies in $COURTESY_KITS.
set -eu
unset CDPATH || true
here=$(cd -- "$(dirname -- "$0")/../.." && pwd -P)
cd "$here"
exec .venv/bin/python -m bench.abcd_min.run --write bench/results/abcd_min.json "$@"
