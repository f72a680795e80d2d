"""Phrases: everything the representative can say is worded, in every language, with fields that exist."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from courtesy.pack.checks.diary import uses_diary
from courtesy.pack.checks.range import looks_through_range, places_orders
from courtesy.pack.fields import ALL, OF_PROMISE, every_step, fields_of
from courtesy.pack.mistakes import Mistakes, suggest
from courtesy.pack.model import Ask, Confirm, ContinueWith, LookUp, Pack, Phrase, Place, Procedure, Promise, Tell
from courtesy.pack.pages.guides import phrases_of
from courtesy.pack.vocabulary import (
    DELIVERY_PHRASES,
    DIARY_PHRASES,
    ENGINE_PHRASES,
    GUIDE_PHRASES,
    ORDERING_PHRASES,
    RANGE_PHRASES,
)

# Said about a task, so that they may also show what is known of it.
ABOUT_TASKS = ("refused", "refused with offer", "waiting for approval", "approval granted", "approval refused")
FAMILIES = (
    "ask", "why", "choice", "status", "shipment", "return", "option", "slot", "part", "team", "case", "country",
    "confirm", "promise", "offer", "refusal", "help", "folder", "unit", "payment", "means", "payment means", "kind",
    "channel", "attachment", "not found", "diary", "protocol", "guide",
    "each", "range", "order", "delivery",
)  # fmt: skip
FURTHER = ("suggestions",)  # said where a pack has them
ASKED_BY_THE_ENGINE = {"items": "which items", "order": "which order"}  # slots whose question is an engine phrase
PROTOCOL_FIELDS = ("company", "team", "number")  # what a protocol's first words may show
QUESTION_FIELDS = frozenset({"options", "item", "product", "variant", "missing", "order", "label"})

_FIELD = re.compile(r"\{([^{}\n]{1,60})\}")
_BRACE = re.compile(r"[{}]")


@dataclass(frozen=True, slots=True)
class _Need:
    """A phrase that is said: where, and what it may show."""

    place: Place
    allowed: frozenset[str]


def check_phrases(
    pack: Pack, said_by_the_shop: Mapping[str, tuple[str, ...]], mistakes: Mistakes, *, base: bool = False
) -> None:
    """A base pack may word what only the packs above it say."""
    needs = _needs(pack, said_by_the_shop)
    _check_there(pack, needs, mistakes)
    for (language, name), phrase in pack.phrases.items():
        _check_fields(phrase, needs.get(name) or _of_entries(pack, phrase), mistakes)
        if phrase.place.file.split("/")[0] != pack.name:
            continue  # a base pack may hold more than this company needs
        if language not in pack.company.languages:
            mistakes.warn(
                phrase.place,
                f"the company does not speak '{language}'",
                f"See 'languages' in {pack.name}/company.yaml.",
            )
        elif not base and name not in needs and not _may_be_said(name):
            known = {*needs, *(one for _, one in pack.phrases if _may_be_said(one))}
            mistakes.warn(phrase.place, f"the phrase '{name}' is never said", suggest(name, known - {name}))
    _check_translations(pack, mistakes)
    _check_choices(pack, mistakes)


def _of_entries(pack: Pack, phrase: Phrase) -> _Need | None:
    """How an entry of a list is shown: with its own fields."""
    family, _, source = phrase.name.partition(": ")
    lists = (choices for one in pack.connections.operations for choices in one.choices)
    fields = next((choices.fields for choices in lists if family == "each" and choices.source == source), None)
    return _Need(phrase.place, frozenset(one.name for one in fields)) if fields is not None else None


def _may_be_said(name: str) -> bool:
    family, colon, _ = name.partition(":")
    return name in FURTHER or (bool(colon) and family in FAMILIES)


def _needs(pack: Pack, said_by_the_shop: Mapping[str, tuple[str, ...]]) -> dict[str, _Need]:
    top = Place(f"{pack.name}/company.yaml", 1)
    needs = {name: _Need(top, frozenset(fields)) for name, fields in ENGINE_PHRASES.items()}
    everything = ALL | pack.vocabulary.declared_fields
    for name in ABOUT_TASKS:
        needs[name] = _Need(top, needs[name].allowed | everything)
    for name, fields in said_by_the_shop.items():
        needs[name] = _Need(top, frozenset(fields) | everything)
    for name, place, more in _said_of_systems(pack):
        needs[name] = _Need(place, everything | more)
    if uses_diary(pack):
        needs |= {name: _Need(top, frozenset(fields) | everything) for name, fields in DIARY_PHRASES.items()}
    if pack.company.delivery_notices.about:
        needs |= {name: _Need(top, frozenset(fields)) for name, fields in DELIVERY_PHRASES.items()}
    if looks_through_range(pack):
        needs |= {name: _Need(top, frozenset(fields)) for name, fields in RANGE_PHRASES.items()}
    if places_orders(pack):
        needs |= {name: _Need(top, frozenset(fields)) for name, fields in ORDERING_PHRASES.items()}
    if any(procedure.guide for procedure in pack.procedures.values()):
        needs |= {name: _Need(top, frozenset(fields)) for name, fields in GUIDE_PHRASES.items()}
    callers = _callers(pack)
    for procedure in pack.procedures.values():
        known = _known(pack, procedure, *callers[procedure.name])
        for name, place, more in _said(procedure):
            before = needs.get(name)
            if name in ENGINE_PHRASES and before:
                continue
            needs[name] = _Need(
                before.place if before else place, (before.allowed if before else frozenset()) | known | more
            )
        for phrase in phrases_of(procedure):
            needs[phrase.name] = _Need(phrase.place, known | everything)
    for protocol in pack.protocols.values():
        needs[protocol.phrase] = _Need(protocol.place, frozenset(PROTOCOL_FIELDS))
    for policy in pack.policies.values():
        for rule in policy.rules:
            for offer in rule.offer:
                needs.setdefault(f"offer: {offer}", _Need(rule.place, frozenset()))
    return needs


def _said_of_systems(pack: Pack) -> Iterator[tuple[str, Place, frozenset[str]]]:
    """What is said when a company's own system finds nothing, or says no."""
    steps = [step for one in pack.procedures.values() for step in every_step(one.steps)]
    used = {step.what for step in steps if isinstance(step, LookUp)}
    for operation in pack.connections.operations:
        names = frozenset(one.name for one in operation.arguments) | frozenset(operation.same.values())
        if operation.name in used:
            yield f"not found: {operation.name}", operation.place, names
        for phrase in operation.refusals.values():
            yield phrase, operation.place, names


def _known(pack: Pack, *procedures: Procedure) -> frozenset[str]:
    return frozenset().union(*(fields_of(one.steps, pack.vocabulary) for one in procedures))


def _callers(pack: Pack) -> Mapping[str, list[Procedure]]:
    """Procedures from which each can be reached; what they found out is still known there."""
    direct: defaultdict[str, set[str]] = defaultdict(set)
    for procedure in pack.procedures.values():
        for step in every_step(procedure.steps):
            if isinstance(step, ContinueWith):
                direct[step.procedure].add(procedure.name)
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name in pack.procedures:
        ahead = list(direct[name])
        while ahead:
            one = ahead.pop()
            if one not in found[name]:
                found[name].add(one)
                ahead += direct[one]
    return {name: [pack.procedures[one] for one in sorted(found[name])] for name in pack.procedures}


def _said(procedure: Procedure) -> Iterator[tuple[str, Place, frozenset[str]]]:
    """Name, place and further fields of every phrase that the procedure says."""
    for step in every_step(procedure.steps):
        if isinstance(step, Tell):
            yield step.phrase, step.place, frozenset()
        elif isinstance(step, Confirm):
            yield f"confirm: {step.phrase}", step.place, frozenset()
        elif isinstance(step, Promise):
            yield f"promise: {step.what}", step.place, frozenset(OF_PROMISE)
        elif isinstance(step, Ask):
            if step.slot not in ASKED_BY_THE_ENGINE:
                yield f"ask: {step.slot}", step.place, QUESTION_FIELDS
            for choice in step.choices:
                yield f"choice: {choice}", step.place, frozenset()


def _check_there(pack: Pack, needs: Mapping[str, _Need], mistakes: Mistakes) -> None:
    names = {name for _, name in pack.phrases}
    unneeded = names - set(needs)
    for name, need in needs.items():
        missing = [code for code in pack.company.languages if (code, name) not in pack.phrases]
        if not missing:
            continue
        remedy = f"Write '## {name}' and its wording in {pack.name}/phrases/{missing[0]}/."
        near = suggest(name, unneeded) if name not in names else ""
        if near.startswith("Did you mean"):  # it is there, under a name that is nearly right
            remedy = near
        mistakes.error(need.place, f"the phrase '{name}' is not worded in {', '.join(missing)}", remedy)


def _check_fields(phrase: Phrase, need: _Need | None, mistakes: Mistakes) -> None:
    if _BRACE.search(_FIELD.sub("", phrase.text)):
        mistakes.error(phrase.place, f"a brace in '{phrase.name}' is not closed", "Write fields as {order}.")
    allowed = need.allowed if need else ALL
    for name in dict.fromkeys(_FIELD.findall(phrase.text)):
        if name in allowed or (need is None and name in ENGINE_FIELDS):
            continue
        if need is not None and name in ALL and phrase.name not in ENGINE_PHRASES:
            mistakes.warn(
                phrase.place,
                f"'{{{name}}}' is not known where '{phrase.name}' is said, so its sentence is left out",
                "Look it up or ask it in the procedure, or take the field out.",
            )
            continue
        mistakes.error(
            phrase.place, f"'{phrase.name}' cannot show '{{{name}}}'", suggest(name, allowed) or "It has no fields."
        )


_ENGINE = (
    *ENGINE_PHRASES.values(),
    *RANGE_PHRASES.values(),
    *ORDERING_PHRASES.values(),
    *DELIVERY_PHRASES.values(),
)
ENGINE_FIELDS = frozenset(name for fields in _ENGINE for name in fields) | QUESTION_FIELDS


def _check_translations(pack: Pack, mistakes: Mistakes) -> None:
    """A field that the first language shows and another leaves out is told to the author."""
    default = pack.company.languages[0]
    for (language, name), phrase in pack.phrases.items():
        first = pack.phrases.get((default, name))
        if language == default or first is None or language not in pack.company.languages:
            continue
        left_out = sorted(set(_FIELD.findall(first.text)) - set(_FIELD.findall(phrase.text)))
        if left_out:
            shown = ", ".join(f"{{{one}}}" for one in left_out)
            mistakes.warn(phrase.place, f"'{name}' in '{language}' leaves out {shown}", f"Compare with '{default}'.")


def _check_choices(pack: Pack, mistakes: Mistakes) -> None:
    """Two choices of one question that customers say with the same words cannot be told apart."""
    for procedure in pack.procedures.values():
        for step in every_step(procedure.steps):
            if not isinstance(step, Ask):
                continue
            for language in pack.company.languages:
                seen: dict[str, str] = {}
                for choice in step.choices:
                    phrase = pack.phrases.get((language, f"choice: {choice}"))
                    for way in {one.casefold() for one in (phrase.text, *phrase.also)} if phrase else ():
                        other = seen.setdefault(way, choice)
                        if other != choice and phrase:
                            mistakes.error(
                                phrase.place,
                                f"'{way}' stands for the choice '{choice}' and for '{other}' of 'ask: {step.slot}'",
                                "Keep it with one of them.",
                            )
