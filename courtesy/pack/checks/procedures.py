"""Procedures beside each other: which leads to which, and whether customers' words tell them apart."""

from __future__ import annotations

import re

from courtesy.pack.fields import every_step
from courtesy.pack.mistakes import Mistakes, suggest
from courtesy.pack.model import Condition, ContinueWith, If, Pack, Place, Procedure, Step
from courtesy.pack.pages.guides import CONTINUE

FEWEST_EXAMPLES = 5  # sentences for each language, below which a wish is hard to recognise


def check_procedures(pack: Pack, mistakes: Mistakes, *, base: bool = False) -> None:
    for procedure in pack.procedures.values():
        _check_links(pack, procedure, mistakes, base=base)
        _check_words(pack, procedure, mistakes)
        if not procedure.steps and procedure.guide is None:
            mistakes.error(procedure.place, f"'{procedure.name}' has no steps", "Add 'steps:'.")
    _check_circles(pack, mistakes)
    _check_same_sentences(pack, mistakes)


def _next(procedure: Procedure) -> list[ContinueWith]:
    return [step for step in every_step(procedure.steps) if isinstance(step, ContinueWith)]


def _check_links(pack: Pack, procedure: Procedure, mistakes: Mistakes, *, base: bool) -> None:
    """A base's "not for" may name what only some of the packs above it have."""
    of_a_base = base or procedure.place.file.split("/")[0] != pack.name
    for step in _next(procedure):
        if step.procedure not in pack.procedures:
            mistakes.error(
                step.place, f"there is no procedure '{step.procedure}'", suggest(step.procedure, pack.procedures)
            )
    for what, other in procedure.not_for.items():
        if other not in pack.procedures and of_a_base:
            continue
        if other not in pack.procedures:
            problem = f"'not for: {what}' names the procedure '{other}', which does not exist"
            mistakes.error(procedure.place, problem, suggest(other, pack.procedures))
        elif other == procedure.name:
            mistakes.error(procedure.place, f"'not for: {what}' leads back to itself", "Name another procedure.")


def _check_circles(pack: Pack, mistakes: Mistakes) -> None:
    told: set[frozenset[str]] = set()

    def descend(name: str, above: tuple[str, ...], place: Place) -> None:
        if name in above:
            circle = above[above.index(name) :]
            if frozenset(circle) not in told:
                told.add(frozenset(circle))
                way = " → ".join(f"'{one}'" for one in (*circle, name))
                mistakes.error(place, f"procedures lead in a circle: {way}", "Take out one of the 'continue with'.")
            return
        for step in _next(pack.procedures[name]):
            if step.procedure in above[-1:] and _fork(pack, name, step.procedure):
                continue
            if step.procedure in pack.procedures:
                descend(step.procedure, (*above, name), step.place)

    for name, procedure in pack.procedures.items():
        descend(name, (), procedure.place)


def _fork(pack: Pack, one: str, other: str) -> bool:
    """Whether two procedures lead to each other under conditions that never hold together: then it is no circle."""
    forth, back = _ways(pack.procedures[one].steps, other), _ways(pack.procedures[other].steps, one)
    return all(_exclude(there, here) for there in forth for here in back)


def _ways(steps: tuple[Step, ...], name: str) -> list[Condition]:
    """The conditions under which these steps continue with a procedure."""
    ways: list[Condition] = []
    for step in steps:
        if isinstance(step, ContinueWith) and step.procedure == name:
            ways.append({})
        elif isinstance(step, If):
            ways += [{**step.when, **inner} for inner in _ways(step.then, name)] + _ways(step.otherwise, name)
    return ways


def _exclude(one: Condition, other: Condition) -> bool:
    for fact in set(one) & set(other):
        mine, yours = _values(str(one[fact])), _values(str(other[fact]))
        if mine and yours and not mine & yours:
            return True
    return False


def _values(written: str) -> set[str]:
    """The values of "is a or b"; empty for other comparisons."""
    found = re.fullmatch(r"is (?!not )(.+)", written.strip())
    return {value.strip() for value in found[1].split(" or ")} if found else set()


def _check_words(pack: Pack, procedure: Procedure, mistakes: Mistakes) -> None:
    reached = {step.procedure for other in pack.procedures.values() for step in _next(other)} | _from_guides(pack)
    if not any(procedure.examples.values()):
        if procedure.name not in reached:
            problem = f"nothing leads to '{procedure.name}': no 'customers say', and no procedure continues with it"
            mistakes.error(procedure.place, problem, "Add 'customers say' with sentences for each language.")
        return
    for language in pack.company.languages:
        count = len(procedure.examples.get(language, ()))
        if count < FEWEST_EXAMPLES:
            mistakes.warn(
                procedure.place,
                f"'{procedure.name}' has {count} sentences that customers say in '{language}'",
                f"Write at least {FEWEST_EXAMPLES}, better fifteen, as customers really write.",
            )
        if not procedure.title.get(language):
            mistakes.warn(
                procedure.place, f"'{procedure.name}' has no title in '{language}'", f"Add 'title: {{{language}: …}}'."
            )


def _from_guides(pack: Pack) -> set[str]:
    """The procedures that a guide ends in."""
    steps = [step for one in pack.procedures.values() if one.guide for step in one.guide.steps.values()]
    return {target.removeprefix(CONTINUE) for step in steps for target in step.targets() if target.startswith(CONTINUE)}


def _check_same_sentences(pack: Pack, mistakes: Mistakes) -> None:
    seen: dict[tuple[str, str], str] = {}
    for procedure in pack.procedures.values():
        for language, sentences in procedure.examples.items():
            for sentence in sentences:
                key = (language, _bare(sentence))
                first = seen.setdefault(key, procedure.name)
                if first != procedure.name:
                    mistakes.error(
                        procedure.place,
                        f"customers say '{sentence}' both for '{first}' and for '{procedure.name}'",
                        "Keep it where it belongs more often.",
                    )
    for language, sentences in pack.off_topic.items():
        for sentence in sentences:
            key = (language, _bare(sentence))
            if key in seen:
                mistakes.error(
                    pack.procedures[seen[key]].place,
                    f"'{sentence}' is both 'none of these' and what customers say for '{seen[key]}'",
                    "Keep one of them.",
                )


def _bare(sentence: str) -> str:
    return " ".join(sentence.casefold().split()).strip(" .!?。！？¿¡")
