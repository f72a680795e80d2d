"""Policy pages: rules over facts, an ordinary case, and examples that must come out as written."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from courtesy.pack.mistakes import Mistakes, suggest
from courtesy.pack.model import Example, Outcome, Place, Policy, Rule
from courtesy.pack.pages.conditions import read_clauses, read_facts
from courtesy.pack.pages.forms import Form, Reader, Scalar, Value
from courtesy.pack.vocabulary import BUILT_IN, GRADES, Vocabulary

KEYS = (
    "policy", "governs", "owner", "in force from", "in force until", "rules", "otherwise", "ordinary", "examples",
)  # fmt: skip
RULE_KEYS = ("name", "when", "then", "because", "offer", "law")


class PolicyReader:
    """Reads the policies of one company: its currency, language and teams decide what may be written."""

    def __init__(
        self,
        currency: str,
        default_language: str,
        teams: Iterable[str],
        mistakes: Mistakes,
        vocabulary: Vocabulary = BUILT_IN,
    ) -> None:
        self.vocabulary = vocabulary
        self.currency = currency
        self.default_language = default_language
        self.teams = tuple(teams)
        self.mistakes = mistakes

    def policy(self, form: Form) -> Policy | None:
        reader = Reader(form, self.mistakes)
        reader.only(KEYS, "a policy")
        name = reader.text("policy", needed=True)
        if not name:
            return None
        ordinary = read_facts(reader.sub_form("ordinary"), self.currency, self.mistakes, self.vocabulary.facts)
        return Policy(
            name=name,
            governs=self._acts(reader),
            owner=reader.text("owner"),
            in_force_from=read_date(reader, "in force from"),
            in_force_until=read_date(reader, "in force until"),
            rules=self._rules(reader),
            otherwise=self._otherwise(reader),
            ordinary=ordinary,
            examples=self._examples(reader),
            place=form.at("policy"),
        )

    def _acts(self, reader: Reader) -> tuple[str, ...]:
        acts = reader.scalars("governs", needed=True)
        for act in acts:
            if act.text not in self.vocabulary.acts:
                remedy = suggest(act.text, self.vocabulary.acts)
                self.mistakes.error(act.place, f"'{act.text}' is not an act", remedy)
        return tuple(act.text for act in acts)

    def _otherwise(self, reader: Reader) -> Outcome:
        place = reader.form.at("otherwise")
        outcome = self.outcome(reader.text("otherwise", needed=True), place)
        if outcome.decision == "allow":
            self.mistakes.error(
                place, "'otherwise: allow' is not permitted", "Write 'otherwise: ask …' or 'otherwise: refuse'."
            )
            return Outcome("ask")
        return outcome

    def outcome(self, written: str, place: Place) -> Outcome:
        """``allow``, ``refuse``, ``ask``, ``ask team lead``, ``ask Warehouse``. What cannot be read asks a person."""
        word, _, whom = written.strip().partition(" ")
        whom = whom.strip()
        if word in ("allow", "refuse") and not whom:
            return Outcome("allow" if word == "allow" else "refuse")
        if word != "ask":
            self.mistakes.error(
                place, f"'{written}' is not a verdict", "Write allow, ask, ask <grade or team>, or refuse."
            )
            return Outcome("ask")
        if whom and whom not in GRADES and whom not in self.teams:
            self.mistakes.error(place, f"'{whom}' is neither a grade nor a team", suggest(whom, (*GRADES, *self.teams)))
        return Outcome("ask", whom or None)

    def _rules(self, reader: Reader) -> tuple[Rule, ...]:
        rules: list[Rule] = []
        for value in reader.listing("rules"):
            rule = self._rule(value)
            if rule is None:
                continue
            if any(other.name == rule.name for other in rules):
                self.mistakes.error(
                    rule.place, f"two rules are named '{rule.name}'", "Give each rule a name of its own."
                )
            rules.append(rule)
        return tuple(rules)

    def _rule(self, value: Value) -> Rule | None:
        if not isinstance(value, Form):
            self.mistakes.error(
                value.place, "a rule must be a form", "Write '- name: …' with 'when' and 'then' below it."
            )
            return None
        reader = Reader(value, self.mistakes)
        reader.only(RULE_KEYS, "a rule")
        name = reader.text("name", needed=True)
        when = reader.sub_form("when")
        then = self.outcome(reader.text("then", "ask", needed=True), value.at("then"))
        return Rule(
            name=name or f"line {value.place.line}",
            when=read_clauses(when, self.currency, self.mistakes, self.vocabulary.facts) if when else (),
            then=then,
            because=reader.wording("because", self.default_language),
            offer=reader.texts("offer"),
            law=reader.text("law") or None,
            place=value.place,
        )

    def _examples(self, reader: Reader) -> tuple[Example, ...]:
        examples = []
        for value in reader.listing("examples"):
            if not isinstance(value, Form):
                self.mistakes.error(value.place, "an example must be a form", "Write '- {given: {…}, expect: allow}'.")
                continue
            example = Reader(value, self.mistakes)
            example.only(("given", "expect"), "an example")
            given = read_facts(example.sub_form("given"), self.currency, self.mistakes, self.vocabulary.facts)
            expect = self.outcome(example.text("expect", "ask", needed=True), value.at("expect"))
            examples.append(Example(given, expect, value.place))
        return tuple(examples)


def read_date(reader: Reader, key: str) -> date | None:
    value = reader.form.get(key)
    if value is None or (isinstance(value, Scalar) and not value.text):
        return None
    written = reader.text(key)
    try:
        return date.fromisoformat(written)
    except ValueError:
        reader.mistakes.error(
            reader.form.at(key), f"'{key}' must be a date, not '{written}'", "Write it as 2026-01-31."
        )
        return None
