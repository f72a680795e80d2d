"""The guard's verdicts, case by case."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from courtesy.foundation.money import Money
from courtesy.pack.model import Clause, Example, Outcome, Place, Policy, Rule
from courtesy.policy.guard import NO_POLICY, OTHERWISE, Fact, judge, run_examples

TODAY = date(2026, 11, 20)
PLACE = Place("shop/policies/refunds.yaml", 1)
ALLOW, REFUSE, ASK = Outcome("allow"), Outcome("refuse"), Outcome("ask")


def eur(amount: str) -> Money:
    return Money(Decimal(amount), "EUR")


def rule(name: str, then: Outcome, *when: Clause, **more) -> Rule:
    return Rule(name, when, then, more.get("because", {}), more.get("offer", ()), more.get("law"), PLACE)


def policy(*rules: Rule, name: str = "Refund limits", otherwise: Outcome = ASK, **more) -> Policy:
    return Policy(
        name, ("refund",), "", more.get("start"), more.get("end"), rules, otherwise, more.get("ordinary", {}),
        more.get("examples", ()), PLACE,
    )  # fmt: skip


SMALL = rule(
    "Small refunds at once",
    ALLOW,
    Clause("amount", "at most", (eur("50"),)),
    Clause("identity", "at least", ("e-mail confirmed",)),
)
LARGE = rule("Larger refunds", Outcome("ask", "team lead"), Clause("amount", "over", (eur("50"),)))
LATE = rule(
    "Return period is over",
    REFUSE,
    Clause("days since delivery", "over", (Decimal(100),)),
    Clause("reason", "is not", ("faulty", "wrong item sent")),
    because={"en": "we take items back for 100 days after delivery"},
    offer=("repair", "store credit"),
)
REFUNDS = policy(SMALL, LARGE, LATE, otherwise=Outcome("ask", "team lead"))


def facts(**changes) -> dict[str, Fact]:
    ordinary = {
        "amount": Fact(eur("30"), "record"),
        "identity": Fact("e-mail confirmed", "record"),
        "days_since_delivery": Fact(5, "record"),
        "reason": Fact("does not fit", "claim"),
    }
    return {name.replace("_", " "): fact for name, fact in {**ordinary, **changes}.items()}


def decided(**changes) -> tuple[str, str | None, str]:
    verdict = judge("refund", facts(**changes), [REFUNDS], TODAY)
    return verdict.decision, verdict.whom, verdict.rule


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ("allow", None, "Small refunds at once")),
        ({"amount": Fact(eur("50.00"), "record")}, ("allow", None, "Small refunds at once")),
        ({"amount": Fact(eur("50.01"), "record")}, ("ask", "team lead", "Larger refunds")),
        ({"identity": Fact("signed in", "record")}, ("allow", None, "Small refunds at once")),
        ({"identity": Fact("order matched", "record")}, ("ask", "team lead", OTHERWISE)),
        ({"days_since_delivery": Fact(101, "record")}, ("refuse", None, "Return period is over")),
        ({"days_since_delivery": Fact(100, "record")}, ("allow", None, "Small refunds at once")),
        (
            {"days_since_delivery": Fact(101, "record"), "reason": Fact("faulty", "claim")},
            ("allow", None, "Small refunds at once"),
        ),
        (
            {"days_since_delivery": Fact(400, "record"), "amount": Fact(eur("900"), "record")},
            ("refuse", None, "Return period is over"),
        ),
    ],
)
def test_the_strictest_fitting_rule_decides(changes, expected):
    assert decided(**changes) == expected


def test_a_refusal_says_why_and_what_is_offered_instead():
    verdict = judge("refund", facts(days_since_delivery=Fact(101, "record")), [REFUNDS], TODAY)
    assert verdict.because == {"en": "we take items back for 100 days after delivery"}
    assert verdict.offer == ("repair", "store credit")
    assert verdict.policy == "Refund limits"


def test_an_act_without_a_policy_is_asked_of_a_person():
    verdict = judge("cancel order", facts(), [REFUNDS], TODAY)
    assert (verdict.decision, verdict.whom, verdict.rule) == ("ask", None, NO_POLICY)


def test_a_policy_outside_its_time_does_not_govern():
    allowing = policy(SMALL, start=date(2026, 1, 1), end=date(2026, 12, 31))
    days = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1))
    assert [judge("refund", facts(), [allowing], day).decision for day in days] == ["ask", "allow", "allow", "ask"]


@pytest.mark.parametrize("missing", ["amount", "identity"])
def test_an_allow_rule_does_not_fit_when_one_of_its_facts_is_unknown(missing):
    assert decided(**{missing: Fact()})[0] == "ask"


def test_a_refusal_that_might_fit_asks_a_person_and_names_what_is_missing():
    verdict = judge("refund", facts(days_since_delivery=Fact()), [policy(SMALL, LATE)], TODAY)
    assert (verdict.decision, verdict.rule) == ("ask", "Return period is over")
    assert verdict.unknown == ("days since delivery",)
    assert verdict.because == {"en": "not known: days since delivery"}


def test_a_refusal_that_cannot_fit_whatever_the_missing_fact_is_does_not_ask():
    changes = {"days_since_delivery": Fact(), "reason": Fact("faulty", "claim")}
    assert judge("refund", facts(**changes), [policy(SMALL, LATE)], TODAY).decision == "allow"


def test_a_fact_that_is_not_given_at_all_counts_as_unknown():
    assert judge("refund", {}, [REFUNDS], TODAY).decision == "ask"


def test_a_claimed_amount_or_identity_never_allows():
    assert decided(amount=Fact(eur("1"), "claim"))[0] == "ask"
    assert decided(identity=Fact("signed in", "claim"))[0] == "ask"


def test_a_claimed_reason_selects_an_allow_rule_that_rests_on_a_record():
    faulty = rule("Faulty", ALLOW, Clause("reason", "is", ("faulty",)), Clause("amount", "at most", (eur("99"),)))
    verdict = judge("refund", facts(reason=Fact("faulty", "claim")), [policy(faulty)], TODAY)
    assert (verdict.decision, verdict.rule) == ("allow", "Faulty")


def test_an_allow_rule_that_rests_on_a_claim_alone_never_fits():
    on_word = rule("Faulty", ALLOW, Clause("reason", "is", ("faulty",)))
    for source in ("claim", "record"):
        assert judge("refund", facts(reason=Fact("faulty", source)), [policy(on_word)], TODAY).decision == "ask"


def test_an_allow_rule_without_conditions_never_fits():
    assert judge("refund", facts(), [policy(rule("Always", ALLOW))], TODAY).decision == "ask"


def test_a_claim_cannot_argue_a_stricter_rule_away():
    foreign = rule("Not theirs", REFUSE, Clause("own order", "is", ("no",)))
    book = [policy(SMALL, foreign)]
    assert judge("refund", facts(own_order=Fact("yes", "record")), book, TODAY).decision == "allow"
    assert judge("refund", facts(own_order=Fact("yes", "claim")), book, TODAY).decision == "ask"
    assert judge("refund", facts(own_order=Fact("no", "claim")), book, TODAY).decision == "refuse"


def test_of_several_reasons_the_strictest_case_decides():
    both = Fact(("faulty", "changed my mind"), "claim")
    assert decided(days_since_delivery=Fact(200, "record"), reason=both)[0] == "refuse"
    assert decided(days_since_delivery=Fact(20, "record"), reason=both)[0] == "allow"
    assert decided(amount=Fact((eur("10"), eur("60")), "record")) == ("ask", "team lead", "Larger refunds")


def test_too_many_cases_at_once_are_asked_of_a_person():
    days = Fact(tuple(range(300)), "record")
    assert decided(days_since_delivery=days)[0] == "ask"


@pytest.mark.parametrize(
    "broken",
    [
        Fact(Money(Decimal(5), "USD"), "record"),
        Fact("30 EUR", "record"),
        Fact(30, "record"),
        Fact(float("nan"), "record"),
        Fact(["30"], "record"),
        Fact(True, "record"),
    ],
)
def test_an_amount_that_cannot_be_compared_is_asked_of_a_person(broken):
    assert decided(amount=broken)[0] == "ask"


def test_a_level_that_is_not_on_the_scale_is_asked_of_a_person():
    assert decided(identity=Fact("administrator", "record"))[0] == "ask"


def test_an_amount_in_another_currency_is_neither_equal_nor_unequal():
    free = rule("Free", ALLOW, Clause("amount", "is not", (eur("0"),)))
    dollars = {"amount": Fact(Money(Decimal(5), "USD"), "record")}
    assert judge("refund", dollars, [policy(free)], TODAY).decision == "ask"


def test_every_governing_policy_has_its_say():
    hold = policy(rule("On hold", REFUSE, Clause("fraud hold", "is", ("yes",))), name="Fraud", otherwise=ASK)
    calm = policy(rule("No hold", ALLOW, Clause("fraud hold", "is", ("no",))), name="Calm")
    held = judge("refund", facts(fraud_hold=Fact("yes", "record")), [REFUNDS, hold], TODAY)
    assert (held.decision, held.policy) == ("refuse", "Fraud")
    free = judge("refund", facts(fraud_hold=Fact("no", "record")), [REFUNDS, calm], TODAY)
    assert free.decision == "allow"
    # A policy that has no rule for the case says what its "otherwise" says.
    assert judge("refund", facts(fraud_hold=Fact("no", "record")), [REFUNDS, hold], TODAY).policy == "Fraud"


def test_among_requests_the_highest_grade_or_a_team_is_asked():
    def asking(*whom: str | None) -> str | None:
        rules = [rule(f"{w}", Outcome("ask", w), Clause("amount", "over", (eur("1"),))) for w in whom]
        return judge("refund", facts(), [policy(*rules)], TODAY).whom

    assert asking("senior", "manager", "team lead") == "manager"
    assert asking("manager", "Fraud desk") == "Fraud desk"
    assert asking(None, "senior") == "senior"


def test_otherwise_allow_is_never_obeyed():
    assert judge("refund", facts(), [policy(otherwise=ALLOW)], TODAY).decision == "ask"


def test_the_verdict_shows_the_facts_it_looked_at_and_every_rule_it_considered():
    verdict = judge("refund", {**facts(), "channel": Fact("chat", "record")}, [REFUNDS], TODAY)
    assert sorted(verdict.facts) == ["amount", "days since delivery", "identity", "reason"]
    assert verdict.facts["amount"] == Fact(eur("30"), "record")
    assert [(c.rule, c.fits) for c in verdict.considered] == [
        ("Larger refunds", "no"),
        ("Return period is over", "no"),
        ("Small refunds at once", "yes"),
    ]


def test_examples_that_come_out_otherwise_are_named_with_what_they_got():
    right = Example({}, ALLOW, PLACE)
    wrong = Example({"amount": eur("400")}, ALLOW, PLACE)
    loose = Example({"amount": eur("400")}, ASK, PLACE)
    unknown = Example({"days since delivery": None}, ASK, PLACE)
    ordinary = {"amount": eur("30"), "identity": "signed in", "days since delivery": Decimal(5), "reason": "faulty"}
    book = policy(SMALL, LARGE, LATE, ordinary={**ordinary, "reason": "other"}, examples=(right, wrong, loose, unknown))
    assert [(example, verdict.decision) for example, verdict in run_examples(book)] == [(wrong, "ask")]
