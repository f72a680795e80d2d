"""Proves that a pack does not undercut the law: plays the law's worked examples against the company's policies.

A company may ask a person, or give more. It may not refuse what a worked example grants.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from courtesy.pack.mistakes import Finding
from courtesy.pack.model import Pack, Place, Policy
from courtesy.policy.guard import Fact, as_fact, judge, standing
from courtesy.policy.rights.model import Case, Right
from courtesy.policy.rights.reading import rights_of, shipped


def broken_examples() -> Iterator[tuple[Right, Case, str]]:
    """The worked examples of the shipped law that its own rights do not bear out, with what came out instead."""
    for law in shipped():
        for right in law.rights:
            for case in right.examples:
                fits, _ = standing(right, facts_of(right, case))
                if fits != ("yes" if case.granted else "no"):
                    yield right, case, fits


def facts_of(right: Right, case: Case) -> dict[str, Fact]:
    return {name: as_fact(name, value) for name, value in {**right.ordinary, **case.given}.items()}


def countries_of(pack: Pack) -> tuple[str, ...]:
    """Where the company has customers: its own country, and those that its shipping table names."""
    served = [row.get("country", "").upper() for row in pack.tables.get("shipping", ())]
    return tuple(dict.fromkeys(country for country in (pack.company.country.upper(), *served) if country))


def undercuts(pack: Pack, on: date) -> list[Finding]:
    """Every worked example that a policy refuses: the rule's file and line, and the example's."""
    found: dict[tuple[str, Place], Finding] = {}
    for country in countries_of(pack):
        for right in rights_of(country):
            for case in right.examples if right.in_force(on) else ():
                for act in right.protects if case.granted else ():
                    for finding in _refusals(pack, act, right, case, country, on):
                        found.setdefault((finding.problem, finding.place), finding)
    return list(found.values())


def _refusals(pack: Pack, act: str, right: Right, case: Case, country: str, on: date) -> Iterator[Finding]:
    for policy in pack.policies.values():
        if act not in policy.governs:
            continue
        day = policy.in_force_from if policy.in_force_from and policy.in_force_from > on else on
        verdict = judge(act, _case(policy, right, case, country), (policy,), day)
        if verdict.decision != "refuse":
            continue
        given = ", ".join(f"{name}: {value}" for name, value in case.given.items()) or "the ordinary case"
        yield Finding(
            _place(policy, verdict.rule),
            "error",
            f"'{verdict.rule}' refuses '{act}' in {country} although the law gives it ({right.name}: {right.article}): "
            f"{given} ({case.place.file}:{case.place.line})",
            "A company may give more or ask a person, never less.",
        )


def _case(policy: Policy, right: Right, case: Case, country: str) -> dict[str, Fact]:
    """What the law's example speaks of is as the law has it; what only the policy speaks of is ordinary there."""
    values = {**policy.ordinary, **right.ordinary, **case.given, "country": country}
    return {name: as_fact(name, value) for name, value in values.items()}


def _place(policy: Policy, rule: str) -> Place:
    return next((one.place for one in policy.rules if one.name == rule), policy.place)
