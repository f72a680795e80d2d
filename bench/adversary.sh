#!/bin/sh
# Lets an adversary take the language model's place for 10,000 turns and keeps the figures in bench/results/adversary.json.
# Usage: bench/adversary.sh [TURNS [SEED]]. Played in parts of 1,000 turns, each from a seed of its own. A run that was cut
# off goes on where it stood, as long as the code and the packs are the same. Fails when anything forbidden came of it.
set -eu
unset CDPATH || true
here=$(cd -- "$(dirname -- "$0")/.." && pwd -P)
turns=${1:-10000}
seed=${2:-2026}
python=$here/.venv/bin/python
cd -- "$here"
code=$("$python" -m bench.adversary_figures code)
parts=${COURTESY_DATA:-$here/data}/bench/adversary/$code
mkdir -p "$parts"
trap 'exit 130' INT TERM
each=1000
number=0
played=
result=0
while [ $((number * each)) -lt "$turns" ]; do
    left=$((turns - number * each))
    size=$((left < each ? left : each))
    part=$parts/$((seed + number))-$size.json
    if [ ! -s "$part" ]; then
        COURTESY_ADVERSARY_TURNS=$size COURTESY_ADVERSARY_SEED=$((seed + number)) COURTESY_ADVERSARY_FIGURES=$part.part \
            "$python" -m pytest tests/flow/interpreter/test_adversary.py -n 0 -q --no-header -p no:randomly \
            -k worst >&2 || result=$?
        if [ "$result" -gt 1 ]; then exit "$result"; fi # cut off, or could not be played: the part is played anew
        mv "$part.part" "$part"
    fi
    number=$((number + 1))
    played="$played $(basename "$part")"
    # shellcheck disable=SC2086 # names without blanks
    "$python" -m bench.adversary_figures sum "$turns" "$parts" $played >bench/results/adversary.json || result=1
    echo "$number of $(((turns + each - 1) / each)) parts" >&2
done
cat bench/results/adversary.json
exit "$result"
