"""The cases that the check tries are those the guard sees too: each really fits its rule."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from courtesy.foundation.money import Money
from courtesy.pack.checks.cases import cases_of, fits_never, satisfies, values_for
from courtesy.pack.model import Clause, Outcome, Place, Rule
from courtesy.pack.reading import read
from courtesy.policy.guard import as_fact, judge

PACKS = Path(__file__).resolve().parents[3] / "packs"


@pytest.mark.parametrize("pack", ["retail", "tarnfell"])
def test_every_case_made_for_a_rule_fits_it_in_the_eyes_of_the_guard(pack: str) -> None:
    tried = 0
    for policy in read(PACKS / pack).policies.values():
        for rule in policy.rules:
            for case in cases_of(rule, policy.ordinary):
                facts = {name: as_fact(name, value) for name, value in case.items()}
                verdict = judge(policy.governs[0], facts, (policy,), policy.in_force_from or date.min)
                (considered,) = [one for one in verdict.considered if one.rule == rule.name]
                assert considered.fits == "yes", (policy.name, rule.name, case)
                tried += 1
    assert tried > 100


def test_the_edges_of_a_rule_are_among_its_cases() -> None:
    clauses = (
        Clause("days since delivery", "over", (Decimal(30),)),
        Clause("days since delivery", "at most", (Decimal(40),)),
    )
    assert set(values_for("days since delivery", clauses)) == {Decimal(31), Decimal(39), Decimal(40)}
    over = Clause("amount", "over", (Money.parse("50 EUR"),))
    assert Money.parse("50.01 EUR") in values_for("amount", (over,))
    assert Money.parse("50 EUR") not in values_for("amount", (over,))


def test_a_scale_is_compared_by_its_order() -> None:
    clause = Clause("identity", "at least", ("order matched",))
    assert satisfies(clause, "signed in")
    assert not satisfies(clause, "recognised")


def test_clauses_that_exclude_each_other_are_found() -> None:
    rule = Rule(
        "x",
        (Clause("photo", "is", ("yes",)), Clause("photo", "is not", ("yes",))),
        Outcome("ask"),
        {},
        (),
        None,
        Place("p", 1),
    )
    assert fits_never(rule) == "photo"
