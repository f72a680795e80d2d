"""Procedures walked on every path: nothing changes before a yes, nothing is used before it is known."""

from __future__ import annotations

from dataclasses import dataclass, field

from courtesy.pack.fields import every_step
from courtesy.pack.mistakes import Mistakes, suggest
from courtesy.pack.model import (
    Ask,
    Confirm,
    ContinueWith,
    Do,
    HandOver,
    If,
    LookUp,
    Pack,
    Procedure,
    Promise,
    Step,
    Tell,
)
from courtesy.pack.opening_hours import read_length
from courtesy.pack.pages.conditions import ORDERED, parse_written
from courtesy.pack.vocabulary import FACTS, SOURCES

EVIDENCE = (
    "order number",
    "e-mail",
    "postcode",
    "name",
    "product",
    "phone",
    "booking number",
)  # what a look-up may go by
NOT_KNOWN = ("unknown", "not given")


@dataclass
class _Way:
    """What is certain and what is possible at one point of a procedure."""

    certain: set[str] = field(default_factory=set)
    possible: set[str] = field(default_factory=set)
    looked: set[str] = field(default_factory=set)
    confirmed: bool = False
    acted: bool = False
    ended_by: Step | None = None

    def copy(self) -> _Way:
        return _Way(set(self.certain), set(self.possible), set(self.looked), self.confirmed, self.acted, self.ended_by)

    def joined(self, other: _Way) -> _Way:
        """After a branch: only what both ways have is certain; a way that ended elsewhere does not come back."""
        if self.ended_by is not None:
            return other
        if other.ended_by is not None:
            return self
        return _Way(
            self.certain & other.certain,
            self.possible | other.possible,
            self.looked & other.looked,
            self.confirmed and other.confirmed,
            self.acted or other.acted,
        )


def check_steps(pack: Pack, mistakes: Mistakes) -> None:
    for procedure in pack.procedures.values():
        if procedure.guide is not None:  # each part needs its own yes; what an earlier one brought may be there
            known, lists = _brought_by(procedure, pack)
            for part in procedure.guide.steps.values():
                if not part.told_as:  # said of the guide that it was written in
                    own = {one.slot for one in every_step(part.carry_out) if isinstance(one, Ask)}
                    way = _Way(certain=known - own, possible=set(known), looked=set(lists))
                    _Walk(procedure, pack, mistakes).walk(part.carry_out, way)
            continue
        # The order may have been named in the customer's own words, so it is possible from the start.
        _Walk(procedure, pack, mistakes).walk(procedure.steps, _Way(possible={"order"}))


def _brought_by(procedure: Procedure, pack: Pack) -> tuple[set[str], set[str]]:
    """What the parts of a guide may bring to one another: answers, and fields and lists of declared look-ups."""
    known, lists = {"order"}, set[str]()
    for one in every_step(procedure.steps):
        operation = pack.connections.operation(one.what) if isinstance(one, LookUp) else None
        if isinstance(one, Ask):
            known.add(one.slot)
        elif operation is not None:
            known.update(field.name for field in operation.every_field)
            lists.update(choices.source for choices in operation.choices)
    return known, lists


class _Walk:
    def __init__(self, procedure: Procedure, pack: Pack, mistakes: Mistakes) -> None:
        self.company = pack.company
        self.vocabulary = pack.vocabulary
        self.connections = pack.connections
        self.mistakes = mistakes
        self.questions = {step.slot: step for step in every_step(procedure.steps) if isinstance(step, Ask)}

    def walk(self, steps: tuple[Step, ...], way: _Way) -> _Way:
        told_unreachable = False
        for step in steps:
            if way.ended_by is not None and not told_unreachable:
                told_unreachable = True
                verb = "continue with" if isinstance(way.ended_by, ContinueWith) else "hand over"
                self.mistakes.error(
                    step.place, "this step is never reached", f"The '{verb}' before it ends the procedure; remove one."
                )
            way = self._step(step, way)
        return way

    def _step(self, step: Step, way: _Way) -> _Way:
        match step:
            case If():
                return self._if(step, way)
            case LookUp():
                self._look_up(step, way)
            case Ask():
                self._ask(step, way)
            case Confirm():
                way.confirmed = True
            case Do():
                self._do(step, way)
            case Promise():
                self._promise(step)
            case ContinueWith():
                way.ended_by = step
            case HandOver():
                self._team(step.team, step)
                way.ended_by = step
            case Tell():
                pass
        return way

    # --- branches -------------------------------------------------------------------------------

    def _if(self, step: If, way: _Way) -> _Way:
        for name, written in step.when.items():
            if name in way.possible:
                self._values(step, name, written)
            elif name in self.questions:
                remedy = f"Move 'ask: {name}' above it."
                self.mistakes.error(step.place, f"'{name}' is not asked before this 'if'", remedy)
            elif name in self.vocabulary.facts:
                self._fact(step, name, written, way)
            else:
                near = suggest(name, {*way.possible, *self.vocabulary.facts})
                self.mistakes.error(step.place, f"'{name}' is neither asked before nor a fact", near)
        if not step.then and not step.otherwise:
            self.mistakes.error(
                step.place, "both ways of this 'if' are empty", "Write steps under 'then', or remove it."
            )
        return self.walk(step.then, way.copy()).joined(self.walk(step.otherwise, way.copy()))

    def _values(self, step: If, name: str, written: str) -> None:
        question = self.questions.get(name)
        if question is None or not question.choices:
            return
        for comparison in parse_written(written):
            if comparison.comparator in ORDERED:
                self.mistakes.error(
                    step.place, f"'{name}' has choices without an order", "Write 'is' or 'is not' with its choices."
                )
                continue
            for value in comparison.values:
                if value not in question.choices and value not in NOT_KNOWN:
                    remedy = suggest(value, question.choices)
                    self.mistakes.error(step.place, f"'{value}' is not a choice of 'ask: {name}'", remedy)

    def _fact(self, step: If, name: str, written: str, way: _Way) -> None:
        if name not in FACTS:
            self.mistakes.error(step.place, f"the fact '{name}' is not known yet", "Look it up above this 'if'.")
        elif "order" not in way.looked:
            self.mistakes.error(
                step.place, f"the fact '{name}' is not known yet", "Put 'look up: order' above this 'if'."
            )
        kind = self.vocabulary.facts[name]
        for comparison in parse_written(written):
            if comparison.comparator in ORDERED and kind.kind == "word":
                self.mistakes.error(step.place, f"'{name}' has no order", "Write 'is' or 'is not'.")
            for value in comparison.values:
                if kind.values and value not in (*kind.values, *NOT_KNOWN):
                    self.mistakes.error(
                        step.place, f"'{value}' is not a value of '{name}'", suggest(value, kind.values)
                    )

    # --- steps ----------------------------------------------------------------------------------

    def _look_up(self, step: LookUp, way: _Way) -> None:
        for evidence in step.by:
            if evidence not in EVIDENCE:
                self.mistakes.error(step.place, f"nothing is looked up by '{evidence}'", suggest(evidence, EVIDENCE))
        way.looked.add(step.what)
        if step.what in self.vocabulary.needs:
            self._look_up_declared(step, way)
        found = {
            "order": "order",
            "tracking": "order",
            "return": "order",
            "product": "product",
            "booking": "booking",
        }.get(step.what)
        if found:  # tracking and returns look the order up themselves
            way.looked.add(found)
            way.certain.add(found)
            way.possible.add(found)

    def _look_up_declared(self, step: LookUp, way: _Way) -> None:
        for name in self.vocabulary.needs[step.what]:
            if name not in way.certain:
                problem = f"'{name}' is not known when '{step.what}' is looked up"
                self.mistakes.error(step.place, problem, f"Put {_source(name)} above it.")
        operation = self.connections.operation(step.what)
        if operation is not None:
            way.certain.update(one.name for one in operation.fields if not one.optional)
            way.possible.update(one.name for one in operation.fields)
            way.looked.update(choices.source for choices in operation.choices)

    def _ask_declared(self, step: Ask, way: _Way) -> None:
        """What hangs on a list that a look-up found: the fields of the chosen entry are known with it."""
        look_ups = [one for one in self.connections.operations if not one.changes]
        if any(item.name == step.slot for one in look_ups for item in one.every_field):
            self.mistakes.error(
                step.place, f"'{step.slot}' is read from the company's system and cannot be asked", "Rename the slot."
            )
        if step.source is None or step.source in SOURCES:
            return
        if step.source not in way.looked:
            problem = f"'{step.source}' are not known yet"
            self.mistakes.error(step.place, problem, "Put the look-up that finds them above it.")
        lists = (one for operation in self.connections.operations for one in operation.choices)
        for choices in lists:
            if choices.source == step.source:
                way.certain.update(one.name for one in choices.fields if not one.optional)
                way.possible.update(one.name for one in choices.fields)

    def _ask(self, step: Ask, way: _Way) -> None:
        self._ask_declared(step, way)
        if step.slot in way.certain:
            self.mistakes.warn(
                step.place, f"'{step.slot}' is known already, so this is never asked", "Remove one of the two."
            )
        if step.for_each and step.for_each not in way.possible:
            self.mistakes.error(
                step.place, f"'for each: {step.for_each}' comes before it is asked", f"Ask '{step.for_each}' first."
            )
        if step.source in ("order items", "returnable items") and "order" not in way.looked:
            self.mistakes.error(step.place, f"'{step.source}' are not known yet", "Put 'look up: order' above it.")
        if step.kind == "choice" and not step.choices and not step.source:
            self.mistakes.error(step.place, f"'ask: {step.slot}' offers nothing to choose", "Add 'choices: [ … ]'.")
        if len(set(step.choices)) != len(step.choices):
            self.mistakes.error(step.place, f"'ask: {step.slot}' has a choice twice", "Keep one of them.")
        if way.confirmed and not way.acted:
            self.mistakes.warn(
                step.place,
                f"'{step.slot}' is asked after the confirmation, which must then be given again",
                "Ask everything before 'confirm'.",
            )
        way.possible.add(step.slot)
        if not step.optional:
            way.certain.add(step.slot)

    def _do(self, step: Do, way: _Way) -> None:
        act = self.vocabulary.acts.get(step.act)
        if act is None:
            return  # the reader has said so
        if act.by_hand:
            self.mistakes.error(step.place, f"'{step.act}' is done by colleagues at the desk", "Take the step out.")
        if act.changes and not way.confirmed:
            self.mistakes.error(
                step.place,
                f"'{step.act}' changes something before the customer has said yes to it",
                "Put a 'confirm: …' above it, on every way that leads here.",
            )
        for name in step.arguments:
            if name not in (*act.needs, *act.takes):
                remedy = suggest(name, (*act.needs, *act.takes))
                self.mistakes.error(step.place, f"'{step.act}' does not take '{name}'", remedy)
            elif name not in way.possible:
                self.mistakes.error(
                    step.place, f"'{name}' is not known when '{step.act}' is done", f"Put {_source(name)} above it."
                )
            elif name in act.needs and name not in way.certain:
                self.mistakes.error(
                    step.place,
                    f"'{step.act}' needs '{name}', which is not known on every way that leads here",
                    "Ask it on each way, and not as optional.",
                )
        for name in act.needs:
            if name not in step.arguments:
                self.mistakes.error(step.place, f"'{step.act}' needs '{name}'", f"Add '{name}' to 'with'.")
        way.acted = way.acted or act.changes

    def _promise(self, step: Promise) -> None:
        self._team(step.owner, step)
        try:
            read_length(step.within)
        except ValueError as error:
            self.mistakes.error(step.place, str(error), "")

    def _team(self, team: str | None, step: Step) -> None:
        known = (*self.company.teams, *(self.company.departments if isinstance(step, Promise) else ()))
        if team is not None and team not in known:
            self.mistakes.error(step.place, f"there is no team '{team}'", suggest(team, known))


def _source(name: str) -> str:
    return f"'look up: {name}'" if name in ("order", "product", "booking") else f"'ask: {name}'"
