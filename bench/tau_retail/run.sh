#!/bin/sh
# Runs the retail exam and keeps its figures in bench/results/tau_retail.json. The material lies in $COURTESY_KITS.
set -eu
unset CDPATH || true
here=$(cd -- "$(dirname -- "$0")/../.." && pwd -P)
cd "$here"
exec .venv/bin/python -m bench.tau_retail.run --write bench/results/tau_retail.json "$@"
