#!/bin/sh
# Measures entities, callers, languages, feelings, visible replies and the worst texts: bench/results/words.json.
# Kits lie in $COURTESY_KITS (../shared/kits when not set); one that is not there is left out. Some minutes.
set -eu
unset CDPATH || true
here=$(cd -- "$(dirname -- "$0")/.." && pwd -P)
kits=${COURTESY_KITS:-$here/../shared/kits}
results=$here/bench/results
mkdir -p "$results"
written=$(mktemp "$results/.words.XXXXXX")
trap 'rm -f "$written"' EXIT
trap 'exit 130' INT TERM
cd -- "$here"

told=''
# measure NAME FILE WORDS…: one line of the JSON object, when the file or folder is there
measure() {
    name=$1 needed=$2
    shift 2
    if [ -e "$needed" ]; then
        printf '%s"%s": ' "$told" "$name"
        "$here/.venv/bin/python" -m courtesy measure "$@" --json
        told=', '
    fi
}

{
    printf '{'
    measure "entities: nlupp, dev half" "$kits/nlupp/dev.jsonl" entities "$kits/nlupp/dev.jsonl"
    measure "entities: bitext, dev half" "$kits/bitext/dev.csv" entities "$kits/bitext/dev.csv"
    measure "identification: evi_verification, dev half" "$kits/evi_verification" \
        identification "$kits/evi_verification" --turns turns_dev.tsv
    measure "language: multiling_intents, dev half" "$kits/multiling_intents/dev.csv" \
        language "$kits/multiling_intents/dev.csv"
    measure "language: multiling_intents, dev half, of a company that speaks en, es, zh" \
        "$kits/multiling_intents/dev.csv" language "$kits/multiling_intents/dev.csv" --languages en,es,zh
    measure "language: own sentences in 14 languages" tests/unit/language/short_texts.csv \
        language tests/unit/language/short_texts.csv
    measure "feelings: own sentences apart from the lexicons" tests/unit/language/felt.csv \
        feelings tests/unit/language/felt.csv
    measure "replies: email_reply, dev half" "$kits/email_reply/cases_dev.jsonl" \
        replies "$kits/email_reply/cases_dev.jsonl" --failed
    measure "robustness" "$here" robustness
    printf '}'
} >"$written"
"$here/.venv/bin/python" -m json.tool --no-ensure-ascii "$written" "$results/words.json"
echo "$results/words.json"
