"""Judges one deed by the company's policies: allow, ask a person, or refuse. Pure: no database, no clock, no words.

The strictest rule that fits decides (refuse, then ask, then allow). What is not known can never permit: an allow rule
needs every one of its facts, and a stricter rule that might fit asks a person. What a customer merely claims selects
rules (``CLAIMED_FACTS``) or makes a verdict stricter; it never permits.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Literal

from courtesy.foundation.money import Money
from courtesy.pack.model import Clause, Example, Outcome, Policy, Rule, Text
from courtesy.pack.vocabulary import CLAIMED_FACTS, GRADES, FactKind
from courtesy.policy.rights.model import Right

Decision = Literal["allow", "ask", "refuse"]
Source = Literal["record", "claim", "unknown"]
Fit = Literal["yes", "no", "unknown", "broken"]

NO_POLICY = "No policy governs this"
OTHERWISE = "otherwise"
MOST_COMBINATIONS = 256  # of facts with several values; beyond that a person decides

_STRICTNESS: dict[str, int] = {"allow": 0, "ask": 1, "refuse": 2}


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known about one thing. A tuple means several values at once (two items, two reasons): each must pass."""

    value: Any = None
    source: Source = "unknown"

    @property
    def known(self) -> bool:
        return self.source != "unknown" and self.value is not None and self.value != ()


@dataclass(frozen=True, slots=True)
class Considered:
    """One rule that was looked at, for the why-panel. ``unknown``: the facts that were missing to tell."""

    policy: str
    rule: str
    outcome: Outcome
    fits: Fit
    unknown: tuple[str, ...] = ()
    law: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """``whom`` is a grade or team to ask; None with "ask" means the company's first team."""

    decision: Decision
    policy: str
    rule: str
    because: Text = field(default_factory=lambda: MappingProxyType({}))
    whom: str | None = None
    offer: tuple[str, ...] = ()
    facts: Mapping[str, Fact] = field(default_factory=lambda: MappingProxyType({}))
    considered: tuple[Considered, ...] = ()
    unknown: tuple[str, ...] = ()
    law: str | None = None
    right: str = ""  # the right under which a company's "refuse" became "ask"; ``policy`` and ``rule`` stay its own


def judge(
    act: str, facts: Mapping[str, Fact], policies: Iterable[Policy], on: date, rights: Iterable[Right] = ()
) -> Verdict:
    """Whether ``act`` may be done, by the policies in force ``on`` that day. In doubt a person is asked.

    ``rights`` are a floor: what one of them gives, or might give, no rule refuses; a person is asked instead."""
    verdict = _by_company(act, facts, policies, on)
    return _on_the_floor(act, verdict, facts, rights, on) if verdict.decision == "refuse" else verdict


def _by_company(act: str, facts: Mapping[str, Fact], policies: Iterable[Policy], on: date) -> Verdict:
    governing = sorted((p for p in policies if act in p.governs and in_force(p, on)), key=lambda p: p.name)
    if not governing:
        return Verdict("ask", "", NO_POLICY)
    looked_at = _looked_at(governing, facts)
    cases = _cases(looked_at)
    if cases is None:
        return Verdict("ask", governing[0].name, "Too many different cases at once", facts=looked_at)
    verdicts = [_by_policy(policy, case) for case in cases for policy in governing]
    strictest = max(verdicts, key=_rank)
    considered = tuple(dict.fromkeys(item for verdict in verdicts for item in verdict.considered))
    return Verdict(
        decision=strictest.decision,
        policy=strictest.policy,
        rule=strictest.rule,
        because=strictest.because,
        whom=strictest.whom,
        offer=strictest.offer,
        facts=looked_at,
        considered=considered,
        unknown=strictest.unknown,
        law=strictest.law,
    )


def standing(right: Right, facts: Mapping[str, Fact]) -> tuple[Fit, tuple[str, ...]]:
    """Whether the customer has the right, and the facts that were missing to tell. Of several items, one is enough."""
    rule = Rule(right.name, right.when, Outcome("ask"), right.says, (), right.article, right.place)
    cases = _cases({clause.fact: facts.get(clause.fact, Fact()) for clause in right.when})
    if cases is None:
        return "unknown", ()
    fits = [_fit(rule, case) for case in cases]
    return min(fits, key=lambda fit: ("yes", "broken", "unknown", "no").index(fit[0]))


def _on_the_floor(act: str, verdict: Verdict, facts: Mapping[str, Fact], rights: Iterable[Right], on: date) -> Verdict:
    """A refusal of what the law gives, or might give, becomes a question to a person. Both names are kept."""
    protecting = [right for right in rights if act in right.protects and right.in_force(on)]
    fits = sorted(
        ((right, *standing(right, facts)) for right in protecting), key=lambda one: (one[1] != "yes", one[0].name)
    )
    looked_at = tuple(
        Considered(right.law, right.name, Outcome("ask"), fit, unknown, right.article) for right, fit, unknown in fits
    )
    considered = (*verdict.considered, *looked_at)
    held = next((one for one in fits if one[1] != "no"), None)
    names = {clause.fact for right in protecting for clause in right.when}
    known = {**{name: facts.get(name, Fact()) for name in sorted(names)}, **verdict.facts}
    if held is None:
        return replace(verdict, facts=known, considered=considered)
    right, _, unknown = held
    return replace(
        verdict, decision="ask", whom=None, offer=(), facts=known, considered=considered, unknown=unknown,
        law=right.article, right=right.name,
    )  # fmt: skip


def stricter(one: Verdict, other: Verdict | None) -> Verdict:
    """The stricter of two verdicts, with everything that both looked at; the first of equals."""
    if other is None:
        return one
    chosen = other if _rank(other)[:2] > _rank(one)[:2] else one
    facts = {**other.facts, **one.facts}
    return replace(chosen, facts=facts, considered=(*one.considered, *other.considered))


def in_force(policy: Policy, on: date) -> bool:
    begun = policy.in_force_from is None or policy.in_force_from <= on
    return begun and (policy.in_force_until is None or on <= policy.in_force_until)


def run_examples(policy: Policy) -> tuple[tuple[Example, Verdict], ...]:
    """Each example of the policy that does not come out as written, with the verdict it got instead."""
    wrong = []
    for example in policy.examples:
        verdict = judge_example(policy, example)
        expected = example.expect
        if verdict.decision != expected.decision or (expected.whom and verdict.whom != expected.whom):
            wrong.append((example, verdict))
    return tuple(wrong)


def judge_example(policy: Policy, example: Example) -> Verdict:
    """The verdict of this policy alone on the ordinary case with the example's changes, on a day it is in force."""
    case = {**policy.ordinary, **example.given}
    facts = {name: as_fact(name, value) for name, value in case.items()}
    act = policy.governs[0] if policy.governs else ""
    return judge(act, facts, (policy,), policy.in_force_from or policy.in_force_until or date.min)


def as_fact(name: str, value: object) -> Fact:
    """A written value as the fact it stands for: None is unknown, a claimed fact stays a claim."""
    if value is None:
        return Fact()
    return Fact(value, "claim" if name in CLAIMED_FACTS else "record")


# --- facts ------------------------------------------------------------------------------------------


def _looked_at(policies: Sequence[Policy], facts: Mapping[str, Fact]) -> dict[str, Fact]:
    names = {clause.fact for policy in policies for rule in policy.rules for clause in rule.when}
    return {name: facts.get(name, Fact()) for name in sorted(names)}


def _cases(facts: Mapping[str, Fact]) -> list[dict[str, Fact]] | None:
    """Every combination of the facts that have several values; None when there are too many."""
    options: list[list[tuple[str, Fact]]] = []
    count = 1
    for name, fact in facts.items():
        values = fact.value if isinstance(fact.value, tuple) and fact.known else (fact.value,)
        options.append([(name, Fact(value, fact.source)) for value in values])
        count *= len(options[-1])
        if count > MOST_COMBINATIONS:
            return None
    return [dict(combination) for combination in itertools.product(*options)]


# --- rules ------------------------------------------------------------------------------------------


def _by_policy(policy: Policy, facts: Mapping[str, Fact]) -> Verdict:
    verdicts: list[Verdict] = []
    considered: list[Considered] = []
    decided = False
    for rule in policy.rules:
        fits, unknown = _fit(rule, facts)
        considered.append(Considered(policy.name, rule.name, rule.then, fits, unknown, rule.law))
        if fits == "yes":
            decided = True
            verdicts.append(_said(policy, rule, rule.then.decision, rule.then.whom))
        elif fits == "broken" or (fits == "unknown" and rule.then.decision != "allow"):
            verdicts.append(_said(policy, rule, "ask", rule.then.whom, unknown))
    if not decided:
        verdicts.append(_otherwise(policy))
    strictest = max(verdicts, key=_rank)
    return Verdict(
        strictest.decision,
        strictest.policy,
        strictest.rule,
        strictest.because,
        strictest.whom,
        strictest.offer,
        considered=tuple(sorted(considered, key=lambda c: (c.policy, c.rule))),
        unknown=strictest.unknown,
        law=strictest.law,
    )


def _said(policy: Policy, rule: Rule, decision: Decision, whom: str | None, unknown: tuple[str, ...] = ()) -> Verdict:
    because: Text = {"en": "not known: " + ", ".join(unknown)} if unknown else rule.because
    return Verdict(decision, policy.name, rule.name, because, whom, rule.offer, unknown=unknown, law=rule.law)


def _otherwise(policy: Policy) -> Verdict:
    outcome = policy.otherwise
    if outcome.decision == "allow":  # the reader refuses such a pack; whoever builds one by hand gets a person
        return Verdict("ask", policy.name, OTHERWISE)
    return Verdict(outcome.decision, policy.name, OTHERWISE, whom=outcome.whom)


def _fit(rule: Rule, facts: Mapping[str, Fact]) -> tuple[Fit, tuple[str, ...]]:
    """Whether the rule fits, and the facts that were missing to tell.

    An allow rule fits only on knowledge, with at least one clause held up by a record. Any other rule "might fit"
    (unknown) as long as no clause is known to fail."""
    answers = [(clause.fact, _holds(clause, facts.get(clause.fact, Fact()))) for clause in rule.when]
    missing = tuple(dict.fromkeys(fact for fact, answer in answers if answer in ("unknown", "broken")))
    if any(answer == "broken" for _, answer in answers):
        return "broken", missing
    if any(answer == "no" for _, answer in answers):
        return "no", ()
    if missing:
        return "unknown", missing
    if rule.then.decision == "allow" and not _proven(rule, facts):
        return "no", ()
    return "yes", ()


def _proven(rule: Rule, facts: Mapping[str, Fact]) -> bool:
    """An allow rule rests on a record, and on no claim but those that may select a rule."""
    sources = [(clause.fact, facts[clause.fact].source) for clause in rule.when]
    if any(source != "record" and fact not in CLAIMED_FACTS for fact, source in sources):
        return False
    return any(source == "record" and fact not in CLAIMED_FACTS for fact, source in sources)


def _holds(clause: Clause, fact: Fact) -> Fit:
    if not fact.known:
        return "unknown"
    try:
        true = _COMPARE[clause.comparator](clause, fact.value)
    except Exception:  # whatever is wrong with a value, a person looks at it
        return "broken"
    if not true and fact.source != "record" and clause.fact not in CLAIMED_FACTS:
        return "unknown"  # a claim may not argue a stricter rule away
    return "yes" if true else "no"


def _equal(clause: Clause, value: object) -> bool:
    return any(_comparable(clause.kind, value) == _comparable(clause.kind, other) for other in clause.values)


def _comparable(kind: FactKind, value: object) -> Any:
    """The value in the form its fact is compared in; raises when it is of another kind."""
    fact = kind.name
    if kind.kind == "money":
        if not isinstance(value, Money):
            raise TypeError(f"{fact} must be an amount of money")
        return value
    if kind.kind == "number":
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise TypeError(f"{fact} must be a number")
        number = Decimal(value)
        if not number.is_finite():
            raise ValueError(f"{fact} must be a finite number")
        return number
    if not isinstance(value, str):
        raise TypeError(f"{fact} must be a word")
    if kind.kind == "scale":
        return kind.values.index(value)
    return value.strip().casefold()


def _order(clause: Clause, value: object) -> tuple[Any, Any]:
    if clause.kind.kind == "word" or len(clause.values) != 1:
        raise TypeError(f"{clause.fact} has no order")
    return _comparable(clause.kind, value), _comparable(clause.kind, clause.values[0])


def _is(clause: Clause, value: object) -> bool:
    if clause.kind.kind == "money":
        amount = _comparable(clause.kind, value)
        # Another currency is neither equal nor unequal: comparing raises, and a person looks.
        return any(amount <= other and amount >= other for other in clause.values)
    return _equal(clause, value)


def _at_most(clause: Clause, value: object) -> bool:
    left, right = _order(clause, value)
    return bool(left <= right)


def _under(clause: Clause, value: object) -> bool:
    left, right = _order(clause, value)
    return bool(left < right)


_COMPARE: dict[str, Callable[[Clause, object], bool]] = {
    "is": _is,
    "is not": lambda clause, value: not _is(clause, value),
    "at most": _at_most,
    "at least": lambda clause, value: not _under(clause, value),
    "over": lambda clause, value: not _at_most(clause, value),
    "under": _under,
}


def _rank(verdict: Verdict) -> tuple[int, tuple[int, str], int, tuple[str, str], tuple[str, ...]]:
    """Stricter is greater. Ties are settled by name, so that the order of rules and policies never matters."""
    reasoned = 0 if verdict.unknown or verdict.rule == OTHERWISE else 1  # of equals, one that can say why
    names = (verdict.policy, verdict.rule)
    return _STRICTNESS[verdict.decision], _rank_of_whom(verdict.whom), reasoned, names, verdict.unknown


def _rank_of_whom(whom: str | None) -> tuple[int, str]:
    """Nobody named, then grades upwards, then a team: a rule that names a team wants exactly those people."""
    if whom is None:
        return 0, ""
    if whom in GRADES:
        return 1 + GRADES.index(whom), ""
    return 1 + len(GRADES), whom
