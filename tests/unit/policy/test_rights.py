"""The law as it is shipped: every worked example comes out as written, and the guard stands on it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from courtesy.pack.mistakes import PackError
from courtesy.pack.model import Clause, Outcome, Place, Policy, Rule
from courtesy.policy.guard import Fact, judge
from courtesy.policy.proving import broken_examples, facts_of
from courtesy.policy.rights.reading import rights_of, shipped, terms_of
from courtesy.policy.rights.reckoning import ends_on

TODAY = date(2026, 11, 25)
PLACE = Place("shop/policies/returns.yaml", 7)
TERMS = [(law, term, one) for law in shipped() for term in law.terms for one in term.examples]
NEVER = Policy(
    "Returns", ("refund", "cancel order"), "", None, None,
    (Rule("No returns at all", (), Outcome("refuse"), {"en": "we take nothing back"}, (), None, PLACE),),
    Outcome("ask"), {}, (), PLACE,
)  # fmt: skip


def right(country: str, name: str):
    return next(one for one in rights_of(country) if one.name == name)


def test_every_worked_example_of_every_law_comes_out_as_written():
    assert list(broken_examples()) == []


@pytest.mark.parametrize(("law", "term", "example"), TERMS, ids=lambda one: getattr(one, "name", str(one)))
def test_every_term_ends_on_the_day_its_worked_example_says(law, term, example):
    assert ends_on(term, example.start, law.countries[0]) == example.ends


def test_every_right_and_term_names_article_day_and_three_languages():
    for law in shipped():
        assert law.rights
        for one in (*law.rights, *law.terms):
            assert one.article, one.name
            assert date(1900, 1, 1) < one.in_force_from < TODAY, one.name
            assert set(one.says) == {"en", "es", "zh"}, one.name
            assert one.examples, one.name
        for one in law.rights:
            assert {case.granted for case in one.examples} == {True, False}, one.name


@pytest.mark.parametrize(("country", "days"), [("FR", 731), ("DE", 731), ("ES", 1096), ("GB", 2192)])
def test_the_legal_guarantee_is_as_long_as_the_country_says(country, days):
    clause = next(c for c in right(country, "Goods that conform").when if c.fact == "days since delivery")
    assert clause.values == (Decimal(days),)


def test_a_state_replaces_only_what_it_says_itself():
    assert right("ES", "Withdrawal").law == "Spain"
    assert right("ES", "Withdrawal before dispatch").law == "European Union"
    assert "Withdrawal" not in {one.name for one in rights_of("US")}
    assert rights_of("ZZ") == ()
    assert {term.name for term in terms_of("ES")} >= {"Withdrawal period", "Answer to a complaint"}


def test_a_refusal_of_what_the_law_gives_becomes_a_question_with_both_names():
    case = facts_of(right("ES", "Withdrawal"), right("ES", "Withdrawal").examples[0])
    verdict = judge("refund", case, [NEVER], TODAY, rights_of("ES"))
    assert (verdict.decision, verdict.policy, verdict.rule) == ("ask", "Returns", "No returns at all")
    assert (verdict.right, verdict.law) == ("Withdrawal", "RDL 1/2007, Art. 102, 103 and 104")
    assert any(one.rule == "Withdrawal" and one.fits == "yes" for one in verdict.considered)


def test_where_it_is_not_known_whether_the_right_is_there_a_person_is_asked():
    case = facts_of(right("ES", "Withdrawal"), right("ES", "Withdrawal").examples[0]) | {"customer kind": Fact()}
    verdict = judge("refund", case, [NEVER], TODAY, rights_of("ES"))
    assert (verdict.decision, verdict.right, verdict.unknown) == ("ask", "Withdrawal", ("customer kind",))


def test_what_the_law_does_not_give_the_company_may_refuse():
    for country in ("ES", "DE", "GB", "FR"):
        for one in rights_of(country):
            for case in one.examples:
                if not case.granted and one.protects == ("open return", "refund"):
                    verdict = judge("refund", facts_of(one, case), [NEVER], TODAY, (one,))
                    assert verdict.decision == "refuse", (country, dict(case.given))


def test_a_right_binds_only_while_it_is_in_force():
    old = date(2010, 1, 1)
    case = facts_of(right("FR", "Withdrawal"), right("FR", "Withdrawal").examples[0])
    assert judge("refund", case, [NEVER], old, rights_of("FR")).decision == "refuse"


def test_a_right_never_allows_by_itself():
    case = facts_of(right("ES", "Withdrawal"), right("ES", "Withdrawal").examples[0])
    asking = Policy("Returns", ("refund",), "", None, None, (), Outcome("ask", "team lead"), {}, (), PLACE)
    verdict = judge("refund", case, [asking], TODAY, rights_of("ES"))
    assert (verdict.decision, verdict.whom, verdict.right) == ("ask", "team lead", "")


def test_a_page_that_cannot_be_read_is_not_left_out_silently(tmp_path):
    (tmp_path / "xx.yaml").write_text(
        "law: Nowhere\ncountries: [XX]\nrights:\n  - {right: A, kind: withdrawal, protects: [refnd], examples: []}\n"
    )
    with pytest.raises(PackError) as caught:
        shipped(tmp_path)
    said = str(caught.value)
    assert "'refnd' is not an act. Did you mean 'refund'?" in said
    assert "law/xx.yaml:4" in said
    assert "in force from" in said


def test_of_several_items_one_with_a_right_is_enough():
    one = right("ES", "Withdrawal")
    case = facts_of(one, one.examples[0]) | {"goods kind": Fact(("made to order", "ordinary"), "record")}
    assert judge("refund", case, [NEVER], TODAY, (one,)).decision == "ask"
    assert Clause("withdrawal period", "is", ("open",)) in one.when
