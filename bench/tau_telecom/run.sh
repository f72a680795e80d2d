#!/bin/sh
# Runs the telephone exam and keeps its figures in bench/results/tau_telecom.json. The material lies in $COURTESY_KITS.
set -eu
unset CDPATH || true
here=$(cd -- "$(dirname -- "$0")/../.." && pwd -P)
cd "$here"
exec .venv/bin/python -m bench.tau_telecom.run --write bench/results/tau_telecom.json "$@"
