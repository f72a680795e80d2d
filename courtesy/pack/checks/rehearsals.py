"""Rehearsals: what they expect exists in the pack, so that a typing error cannot make them pass or fail."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from courtesy.pack.checks.company import CHANNELS
from courtesy.pack.fields import every_step
from courtesy.pack.mistakes import Mistakes, suggest
from courtesy.pack.model import Pack, Promise, Rehearsal
from courtesy.pack.vocabulary import IDENTITY_LEVELS

VERDICTS = ("allow", "ask", "refuse")
CASES = ("question", "request", "complaint")
ANY = ("yes", "any")


def check_rehearsals(pack: Pack, mistakes: Mistakes) -> None:
    known = _known(pack)
    for rehearsal in pack.rehearsals:
        place = rehearsal.place
        if rehearsal.language not in pack.company.languages:
            remedy = suggest(rehearsal.language, pack.company.languages)
            mistakes.error(place, f"the company does not speak '{rehearsal.language}'", remedy)
        if rehearsal.channel not in CHANNELS:
            mistakes.error(place, f"there is no channel '{rehearsal.channel}'", suggest(rehearsal.channel, CHANNELS))
        if not rehearsal.says:
            mistakes.error(place, "the customer says nothing", "Add 'customer says: [ … ]'.")
        for wanted in (*rehearsal.must, *rehearsal.must_not):
            _check_wanted(pack, rehearsal, wanted, known, mistakes)
        for wanted in rehearsal.must:
            if wanted in rehearsal.must_not:
                shown = ", ".join(f"{name}: {value}" for name, value in wanted.items())
                mistakes.error(place, f"'{shown}' both must and must not happen", "Keep one of them.")


def _known(pack: Pack) -> dict[str, Iterable[str]]:
    promises = {
        step.what for one in pack.procedures.values() for step in every_step(one.steps) if isinstance(step, Promise)
    }
    return {
        "deed": (*pack.vocabulary.acts, *ANY),
        "verdict": (*VERDICTS, *ANY),
        "case": (*CASES, *ANY),
        "promised": {*promises, *ANY},
        "said": {name for _, name in pack.phrases},
        "policy": set(pack.policies),
        "rule": {rule.name for policy in pack.policies.values() for rule in policy.rules} | {"otherwise"},
        "answered from": {*(article.id for article in pack.articles), *ANY},
        "identity": IDENTITY_LEVELS,
        "language": pack.company.languages,
        "team": pack.company.teams,
    }


def _check_wanted(
    pack: Pack, rehearsal: Rehearsal, wanted: Mapping[str, str], known: dict[str, Iterable[str]], mistakes: Mistakes
) -> None:
    for name, value in wanted.items():
        words = known.get(name)
        if words is None or value in words:
            continue
        if name == "said" and not pack.phrases:
            continue
        mistakes.error(rehearsal.place, f"'{name}: {value}' names nothing in this pack", suggest(value, words))
    if "times" in wanted and not wanted["times"].isdigit():
        mistakes.error(rehearsal.place, f"'times' must be a number, not '{wanted['times']}'", "Write for example 1.")
