"""Policies: every act is governed, every rule can fit, every example comes out, and no law is undercut."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Protocol

from courtesy.pack.checks.cases import cases_of, fits_never
from courtesy.pack.fields import every_step
from courtesy.pack.mistakes import Mistakes
from courtesy.pack.model import Do, Example, Outcome, Pack, Policy, Rule
from courtesy.pack.vocabulary import CLAIMED_FACTS


class Judged(Protocol):
    """What a verdict says, as far as the check needs it."""

    @property
    def decision(self) -> str: ...
    @property
    def whom(self) -> str | None: ...
    @property
    def rule(self) -> str: ...


Judge = Callable[[Policy], Sequence[tuple[Example, Judged]]]
"""The examples that come out otherwise than written, each with its verdict: ``policy.guard.run_examples``."""

_STRICTNESS = {"allow": 0, "ask": 1, "refuse": 2}


def check_policies(
    pack: Pack, base_policies: Iterable[Policy], judge: Judge | None, on: date | None, mistakes: Mistakes
) -> None:
    """``base_policies``: those of the packs that this one builds on, before it replaced any."""
    _check_governed(pack, mistakes)
    for policy in pack.policies.values():
        _check_policy(pack, policy, on, mistakes)
        if judge is not None:
            _check_examples(policy, judge, mistakes)
    if judge is not None:
        _check_law(pack, base_policies, judge, mistakes)


def _check_governed(pack: Pack, mistakes: Mistakes) -> None:
    governed = {act for policy in pack.policies.values() for act in policy.governs}
    for procedure in pack.procedures.values():
        for step in every_step(procedure.steps):
            if isinstance(step, Do) and step.act in pack.vocabulary.acts and step.act not in governed:
                remedy = f"Add '{step.act}' to 'governs' of a policy; until then a person is asked each time."
                problem = f"no policy governs '{step.act}'"
                (mistakes.error if pack.vocabulary.acts[step.act].changes else mistakes.warn)(
                    step.place, problem, remedy
                )


def _check_policy(pack: Pack, policy: Policy, on: date | None, mistakes: Mistakes) -> None:
    if not policy.governs:
        mistakes.error(policy.place, f"'{policy.name}' governs no act", "Add 'governs: [ … ]'.")
    if not policy.owner:
        mistakes.warn(policy.place, f"nobody owns '{policy.name}'", "Add 'owner:' with who answers for it.")
    begins, ends = policy.in_force_from, policy.in_force_until
    if begins and ends and ends < begins:
        mistakes.error(policy.place, f"'{policy.name}' ends before it begins", "Correct 'in force from' or 'until'.")
    if on is not None and ends is not None and ends < on:
        mistakes.warn(policy.place, f"'{policy.name}' is no longer in force", "Remove it, or change 'in force until'.")
    if not policy.rules:
        mistakes.warn(policy.place, f"'{policy.name}' has no rules", "Add 'rules:', or 'otherwise' decides everything.")
    if not policy.examples:
        mistakes.warn(policy.place, f"'{policy.name}' has no examples", "Add some: they are run on every check.")
    for rule in policy.rules:
        _check_rule(pack, policy, rule, mistakes)


def _check_rule(pack: Pack, policy: Policy, rule: Rule, mistakes: Mistakes) -> None:
    if fact := fits_never(rule):
        mistakes.error(
            rule.place,
            f"the rule '{rule.name}' can never fit: nothing is all that it wants of '{fact}'",
            "Correct 'when'.",
        )
    if rule.then.decision == "allow" and all(clause.fact in CLAIMED_FACTS for clause in rule.when):
        mistakes.error(
            rule.place,
            f"the rule '{rule.name}' allows on the customer's word alone, so it never fits",
            "Add a condition on something that records show, such as the amount or days since delivery.",
        )
    if rule.then.decision == "refuse" and not rule.because:
        mistakes.error(
            rule.place, f"the rule '{rule.name}' refuses without a reason", "Add 'because:' in each language."
        )
    elif rule.because:
        for language in pack.company.languages:
            if not rule.because.get(language):
                mistakes.error(
                    rule.place, f"'because' of '{rule.name}' is missing in '{language}'", f"Add '{language}: …' to it."
                )


def _check_examples(policy: Policy, judge: Judge, mistakes: Mistakes) -> None:
    for example, verdict in judge(policy):
        got = _said(verdict.decision, verdict.whom)
        wanted = _said(example.expect.decision, example.expect.whom)
        mistakes.error(
            example.place,
            f"the example expects '{wanted}', but the policy says '{got}' by '{verdict.rule}'",
            "Correct the rules, or what the example expects.",
        )


def _said(decision: str, whom: str | None) -> str:
    return f"{decision} {whom}" if whom else decision


# --- the law --------------------------------------------------------------------------------------


def _check_law(pack: Pack, base_policies: Iterable[Policy], judge: Judge, mistakes: Mistakes) -> None:
    """What a rule with a ``law`` gives, no policy over the same act may take away. A person may still be asked
    where the law's rule allows; nothing may be refused."""
    told: set[tuple[str, str]] = set()
    rights = [(policy, rule) for policy in (*base_policies, *pack.policies.values()) for rule in _rights(policy)]
    for source, rule in rights:
        cases = list(cases_of(rule, source.ordinary))
        for policy in pack.policies.values():
            shared = [act for act in policy.governs if act in source.governs]
            if not shared or (policy.name, rule.name) in told:
                continue
            undercut = _refused(replace(policy, governs=tuple(shared)), source, cases, judge)
            if undercut is not None:
                told.add((policy.name, rule.name))
                example, verdict = undercut
                given = ", ".join(f"{name}: {value}" for name, value in example.given.items()) or "the ordinary case"
                mistakes.error(
                    policy.place,
                    f"'{policy.name}' refuses by '{verdict.rule}' what the law gives ({rule.law}): {given}",
                    f"A company may give more than '{rule.name}' of '{source.name}', never less.",
                )


def _rights(policy: Policy) -> list[Rule]:
    return [rule for rule in policy.rules if rule.law and rule.then.decision != "refuse"]


def _refused(
    policy: Policy, source: Policy, cases: list[dict[str, Any]], judge: Judge
) -> tuple[Example, Judged] | None:
    """The first case of the right that the policy refuses.

    What both ordinary cases speak of is as the right has it; what only the policy speaks of is ordinary there."""
    ordinary = {**policy.ordinary, **source.ordinary}
    examples = tuple(Example(case, Outcome("allow"), policy.place) for case in cases)
    tried = replace(policy, ordinary=ordinary, examples=examples)
    return next(((example, verdict) for example, verdict in judge(tried) if verdict.decision == "refuse"), None)
