"""What holds for every book of rules and every case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from courtesy.foundation.money import Money
from courtesy.pack.model import Clause, Outcome, Place, Policy, Rule
from courtesy.pack.vocabulary import CLAIMED_FACTS, IDENTITY_LEVELS
from courtesy.policy.guard import Fact, judge, standing
from courtesy.policy.rights.model import Right

TODAY = date(2026, 11, 20)
PLACE = Place("a.yaml", 1)
STRICT = {"allow": 0, "ask": 1, "refuse": 2}

VALUES: dict[str, st.SearchStrategy] = {
    "amount": st.sampled_from([Money(Decimal(n), "EUR") for n in (0, 10, 50, 51, 400)]),
    "days since delivery": st.sampled_from([Decimal(n) for n in (0, 14, 15, 100, 101)]),
    "identity": st.sampled_from(IDENTITY_LEVELS),
    "own order": st.sampled_from(["yes", "no"]),
    "reason": st.sampled_from(["faulty", "changed my mind", "does not fit"]),
}
COMPARATORS = {
    "amount": ["is", "is not", "at most", "at least", "over", "under"],
    "days since delivery": ["is", "is not", "at most", "at least", "over", "under"],
    "identity": ["is", "is not", "at most", "at least", "over", "under"],
    "own order": ["is", "is not"],
    "reason": ["is", "is not"],
}
OUTCOMES = st.sampled_from(
    [Outcome("allow"), Outcome("refuse"), Outcome("ask"), Outcome("ask", "team lead"), Outcome("ask", "Fraud desk")]
)
NOT_ALLOW = OUTCOMES.filter(lambda outcome: outcome.decision != "allow")


@st.composite
def clauses(draw) -> Clause:
    fact = draw(st.sampled_from(sorted(VALUES)))
    comparator = draw(st.sampled_from(COMPARATORS[fact]))
    several = 2 if comparator in ("is", "is not") else 1
    return Clause(fact, comparator, tuple(draw(st.lists(VALUES[fact], min_size=1, max_size=several))))


@st.composite
def rules(draw, then=OUTCOMES) -> Rule:
    name = draw(st.sampled_from([f"rule {n}" for n in range(20)]))
    when = tuple(draw(st.lists(clauses(), max_size=3)))
    return Rule(name, when, draw(then), {}, (), None, PLACE)


@st.composite
def policies(draw, max_rules=4) -> Policy:
    name = draw(st.sampled_from(["A", "B", "C"]))
    inside = tuple(draw(st.lists(rules(), max_size=max_rules)))
    return Policy(name, ("refund",), "", None, None, inside, draw(NOT_ALLOW), {}, (), PLACE)


@st.composite
def known(draw, name: str) -> Fact:
    value = draw(VALUES[name])
    if draw(st.integers(0, 5)) == 0:
        value = (value, draw(VALUES[name]))
    source = "claim" if name in CLAIMED_FACTS else draw(st.sampled_from(["record", "record", "record", "claim"]))
    return Fact(value, source)


@st.composite
def cases(draw) -> dict[str, Fact]:
    return {name: draw(st.one_of(known(name), known(name), st.just(Fact()))) for name in VALUES}


books = st.lists(policies(), min_size=1, max_size=3)


def strictness(case, book) -> int:
    return STRICT[judge("refund", case, book, TODAY).decision]


def add(policy: Policy, *more: Rule) -> Policy:
    return replace(policy, rules=(*policy.rules, *more))


@settings(max_examples=300, deadline=None)
@given(cases(), books, rules(NOT_ALLOW))
def test_adding_a_stricter_rule_never_turns_a_no_into_a_yes(case, book, more):
    before = strictness(case, book)
    after = strictness(case, [add(book[0], more), *book[1:]])
    assert after >= min(before, STRICT["ask"])
    if more.then.decision == "refuse" and not any(case[c.fact].source != "record" for c in more.when):
        assert after >= before


@settings(max_examples=300, deadline=None)
@given(cases(), books, rules())
def test_adding_any_rule_never_loosens_what_a_fitting_rule_decided(case, book, more):
    verdict = judge("refund", case, book, TODAY)
    fitting = {item.policy for item in verdict.considered if item.fits == "yes"}
    values = [fact.value for fact in case.values()]
    if verdict.policy in fitting and verdict.rule != "otherwise" and not any(isinstance(v, tuple) for v in values):
        assert strictness(case, [add(book[0], more), *book[1:]]) >= STRICT[verdict.decision]


@settings(max_examples=300, deadline=None)
@given(cases(), books, policies())
def test_adding_a_policy_never_loosens(case, book, more):
    assert strictness(case, [*book, more]) >= strictness(case, book)


@settings(max_examples=400, deadline=None)
@given(cases(), books, st.sampled_from(sorted(VALUES)))
def test_knowing_less_never_turns_a_no_into_a_yes(case, book, forgotten):
    less = {**case, forgotten: Fact()}
    if judge("refund", case, book, TODAY).decision != "allow":
        assert judge("refund", less, book, TODAY).decision != "allow"
    gone = {name: fact for name, fact in case.items() if name != forgotten}
    assert judge("refund", gone, book, TODAY).decision == judge("refund", less, book, TODAY).decision


@settings(max_examples=300, deadline=None)
@given(cases(), books, st.sampled_from(sorted(set(VALUES) - CLAIMED_FACTS)), st.data())
def test_what_a_customer_claims_never_gets_more_than_saying_nothing(case, book, name, data):
    claimed = {**case, name: Fact(data.draw(VALUES[name]), "claim")}
    silent = {**case, name: Fact()}
    if judge("refund", silent, book, TODAY).decision != "allow":
        assert judge("refund", claimed, book, TODAY).decision != "allow"


@settings(max_examples=200, deadline=None)
@given(cases(), books, st.randoms(use_true_random=False))
def test_the_order_of_rules_and_policies_never_matters(case, book, random):
    shuffled = [replace(policy, rules=tuple(random.sample(policy.rules, len(policy.rules)))) for policy in book]
    random.shuffle(shuffled)
    one, other = judge("refund", case, book, TODAY), judge("refund", case, shuffled, TODAY)
    assert (one.decision, one.whom, one.policy, one.rule) == (other.decision, other.whom, other.policy, other.rule)


@settings(max_examples=200, deadline=None)
@given(cases(), books, st.text(max_size=60), st.text(max_size=60))
def test_free_text_of_a_customer_can_never_change_the_verdict(case, book, one, other):
    words = {str(value).casefold() for value in ("faulty", "changed my mind", "does not fit")}
    texts = [text if text.strip().casefold() not in words else "?" for text in (one, other)]
    verdicts = [judge("refund", {**case, "reason": Fact(text, "claim")}, book, TODAY) for text in texts]
    assert verdicts[0].decision == verdicts[1].decision
    assert verdicts[0].rule == verdicts[1].rule


@settings(max_examples=200, deadline=None)
@given(
    books,
    st.dictionaries(
        st.sampled_from(sorted(VALUES)),
        st.one_of(st.text(), st.floats(), st.none(), st.lists(st.integers()), st.tuples(st.text(), st.none())),
    ),
)
def test_whatever_stands_in_the_facts_the_guard_answers(book, rubbish):
    facts = {name: Fact(value, "record") for name, value in rubbish.items()}
    assert judge("refund", facts, book, TODAY).decision in STRICT


@st.composite
def rights(draw) -> Right:
    name = draw(st.sampled_from(["R1", "R2", "R3"]))
    when = tuple(draw(st.lists(clauses(), max_size=3)))
    acts = draw(st.sampled_from([("refund",), ("cancel order",), ("refund", "cancel order")]))
    begins = draw(st.sampled_from([date(2020, 1, 1), date(2030, 1, 1)]))
    return Right(name, "withdrawal", "Art. 1", "Law", begins, None, acts, when, {}, {}, (), PLACE)


laws = st.lists(rights(), max_size=3)


@settings(max_examples=300, deadline=None)
@given(cases(), books, laws)
def test_a_right_changes_nothing_but_a_refusal_and_that_only_into_a_question(case, book, law):
    bare, floored = judge("refund", case, book, TODAY), judge("refund", case, book, TODAY, law)
    if bare.decision != "refuse":
        assert floored == bare
        return
    assert floored.decision in ("refuse", "ask")
    assert (floored.policy, floored.rule) == (bare.policy, bare.rule)
    assert bool(floored.right) == (floored.decision == "ask")


@settings(max_examples=300, deadline=None)
@given(cases(), books, laws)
def test_no_refusal_stands_against_a_right_in_force_that_fits_or_might(case, book, law):
    verdict = judge("refund", case, book, TODAY, law)
    if verdict.decision == "refuse":
        protecting = [right for right in law if "refund" in right.protects and right.in_force(TODAY)]
        assert all(standing(right, case)[0] == "no" for right in protecting)


@settings(max_examples=200, deadline=None)
@given(cases(), books, laws, st.randoms())
def test_the_order_of_rights_never_matters(case, book, law, random):
    by_name = list({right.name: right for right in law}.values())
    shuffled = list(by_name)
    random.shuffle(shuffled)
    assert judge("refund", case, book, TODAY, by_name) == judge("refund", case, book, TODAY, shuffled)
