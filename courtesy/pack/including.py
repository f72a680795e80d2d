"""Including: a guide that goes through another one has that one's steps among its own, under longer names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from courtesy.pack.mistakes import Mistakes, suggest
from courtesy.pack.model import Guide, GuideStep, Procedure
from courtesy.pack.pages.guides import CONTINUE


def include(procedures: Mapping[str, Procedure], mistakes: Mistakes) -> Mapping[str, Procedure]:
    """Every guide with the steps of the guides that it goes through; procedures stay as they are."""
    whole = {}
    for name, procedure in procedures.items():
        guide = procedure.guide
        if guide is not None and any(step.through for step in guide.steps.values()):
            steps = {step.name: step for step in _steps(procedure, procedures, (name,), mistakes)}
            inner = tuple(one for step in steps.values() for one in step.carry_out)
            procedure = replace(procedure, guide=Guide(steps, guide.team), steps=inner)
        whole[name] = procedure
    return MappingProxyType(whole)


def _steps(
    procedure: Procedure, procedures: Mapping[str, Procedure], above: tuple[str, ...], mistakes: Mistakes
) -> Iterator[GuideStep]:
    for step in procedure.guide.steps.values() if procedure.guide else ():
        other = procedures.get(step.through)
        if not step.through:
            yield step
        elif other is None or other.guide is None or not other.guide.steps:
            guides = [name for name, one in procedures.items() if one.guide is not None]
            mistakes.error(step.place, f"there is no guide '{step.through}'", suggest(step.through, guides))
        elif other.name in above:
            mistakes.error(step.place, f"'{other.name}' goes through itself", "Take one of the two 'through' out.")
        else:
            yield replace(step, then=_named(step, other.guide.first), otherwise="")
            for inner in _steps(other, procedures, (*above, other.name), mistakes):
                yield _moved(step, other, inner)


def _named(outer: GuideStep, inner: str) -> str:
    return f"{outer.name} / {inner}"


def _moved(outer: GuideStep, other: Procedure, inner: GuideStep) -> GuideStep:
    """A step of the other guide in its new place: where that one is solved, this one goes on."""

    def target(written: str) -> str:
        if written == "solved":
            return outer.then
        if written == "hand over":
            return outer.otherwise or written
        return written if not written or written.startswith(CONTINUE) else _named(outer, written)

    return replace(
        inner,
        name=_named(outer, inner.name),
        answers=tuple(replace(one, then=target(one.then)) for one in inner.answers),
        then=target(inner.then),
        otherwise=target(inner.otherwise),
        told_as=inner.told_as or f"{other.name} / {inner.name}",
    )
