"""Guides seen whole: every step is reached, every way comes to an end, every text is there in every language."""

from __future__ import annotations

import re

from courtesy.pack.fields import ALL, fields_of
from courtesy.pack.mistakes import Mistakes, suggest
from courtesy.pack.model import Guide, GuideStep, Pack, Procedure
from courtesy.pack.pages.guides import CONTINUE, ENDS, PLAIN, is_end

_FIELD = re.compile(r"\{([^{}\n]{1,60})\}")


def check_guides(pack: Pack, mistakes: Mistakes) -> None:
    for procedure in pack.procedures.values():
        if procedure.guide is None:
            continue
        if not procedure.guide.steps:
            mistakes.error(procedure.place, f"'{procedure.name}' has no steps", "Add 'steps:'.")
        if procedure.guide.team and procedure.guide.team not in pack.company.teams:
            problem = f"there is no team '{procedure.guide.team}'"
            mistakes.error(procedure.place, problem, suggest(procedure.guide.team, pack.company.teams))
        for step in procedure.guide.steps.values():
            if not step.told_as:  # said of the guide that it was written in
                _check_shape(step, mistakes)
                _check_languages(pack, procedure, step, mistakes)
            _check_targets(pack, procedure.guide, step, mistakes)
        _check_ways(procedure.guide, mistakes)


def _check_shape(step: GuideStep, mistakes: Mistakes) -> None:
    asks = bool(step.texts.get("ask"))
    if not step.texts and not step.carry_out and not step.when and not step.through:
        mistakes.error(step.place, f"the step '{step.name}' says nothing", "Add 'say', 'do this' or 'ask'.")
    if asks and not step.answers:
        mistakes.error(step.place, f"'{step.name}' asks, but has no 'answers'", "Write 'answers: {yes: …, no: …}'.")
    if step.answers and not asks:
        mistakes.error(step.place, f"'{step.name}' has answers to no question", "Add 'ask: …'.")
    if step.answers and len(step.answers) < 2:
        mistakes.error(step.place, f"'{step.name}' has one answer only", "Write where every answer leads.")
    if not step.answers and not step.then:
        mistakes.error(step.place, f"nothing comes after '{step.name}'", "Add 'then: …' or 'then: solved'.")
    if step.answers and step.then:
        mistakes.error(step.place, f"'{step.name}' has both 'answers' and 'then'", "Keep the answers.")
    if step.through and (step.waits or step.when):
        mistakes.error(step.place, f"'{step.name}' asks and goes through a guide", "Make a step of its own of each.")
    if bool(step.when) != bool(step.otherwise):
        mistakes.error(step.place, f"'{step.name}' needs 'if' and 'otherwise' together", "Write both, or neither.")
    if step.when and step.waits:
        mistakes.error(step.place, f"'{step.name}' asks and decides at once", "Make a step of its own with the 'if'.")


def _check_targets(pack: Pack, guide: Guide, step: GuideStep, mistakes: Mistakes) -> None:
    places = {answer.then: answer.place for answer in step.answers}
    for target in step.targets():
        place = places.get(target, step.place)
        if target.startswith(CONTINUE):
            name = target.removeprefix(CONTINUE)
            if name not in pack.procedures:
                mistakes.error(place, f"there is no procedure '{name}'", suggest(name, pack.procedures))
        elif not is_end(target) and target not in guide.steps:
            mistakes.error(place, f"there is no step '{target}'", suggest(target, (*guide.steps, *ENDS)))


def _check_languages(pack: Pack, procedure: Procedure, step: GuideStep, mistakes: Mistakes) -> None:
    known = fields_of(procedure.steps, pack.vocabulary) | ALL
    for language in pack.company.languages:
        for kind, wording in step.texts.items():
            if not wording.get(language):
                problem = f"'{kind}' of the step '{step.name}' is not written in '{language}'"
                mistakes.error(step.place, problem, f"Add '{language}: …'.")
            for name in _FIELD.findall(wording.get(language, "")):
                if name not in known:
                    mistakes.error(step.place, f"nothing fills '{{{name}}}' in '{step.name}'", suggest(name, known))
        for answer in step.answers:
            if answer.value not in PLAIN and not answer.labels.get(language):
                problem = f"an answer of the step '{step.name}' is not written in '{language}'"
                mistakes.error(answer.place, problem, f"Add '{language}: …'.")


def _check_ways(guide: Guide, mistakes: Mistakes) -> None:
    """Steps that nothing leads to, and steps from which no end can be reached."""
    reached = _closure(guide, {guide.first})
    for step in guide.steps.values():
        if step.name not in reached:
            mistakes.error(step.place, f"the step '{step.name}' is never reached", "Lead to it, or take it out.")
    ending = {name for name, step in guide.steps.items() if any(is_end(target) for target in step.targets())}
    while True:
        more = {name for name, step in guide.steps.items() if ending & set(step.targets())} - ending
        if not more:
            break
        ending |= more
    for step in guide.steps.values():
        if step.name in reached and step.name not in ending and step.targets():
            problem = f"from the step '{step.name}' no way leads to an end: it goes round in a circle"
            mistakes.error(step.place, problem, "Let one answer lead to 'solved', 'hand over' or 'continue with …'.")


def _closure(guide: Guide, start: set[str]) -> set[str]:
    reached: set[str] = set()
    ahead = set(start)
    while ahead:
        name = ahead.pop()
        if name in guide.steps and name not in reached:
            reached.add(name)
            ahead |= set(guide.steps[name].targets())
    return reached
