"""The check finds what is wrong with a pack, where it stands, and says what would be right."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from courtesy.commerce.refusals import REFUSALS
from courtesy.pack.checking import check
from courtesy.pack.mistakes import Finding
from courtesy.pack.starting import folder_name, new
from courtesy.policy.guard import run_examples

PACKS = Path(__file__).resolve().parents[3] / "packs"


def found(small: Any, **more: Any) -> list[Finding]:
    return check(small.folder, run_examples, **more)


def test_a_whole_pack_has_no_findings(small: Any) -> None:
    assert found(small, on=date(2026, 11, 20)) == []


RETURN, HOURS, POLICY = "procedures/return.yaml", "procedures/hours.yaml", "policies/return-period.yaml"
ENGLISH, SPANISH, ARTICLE = "phrases/en/all.md", "phrases/es/all.md", "articles/en/hours.md"

BROKEN = [
    # what reading refuses
    (
        RETURN,
        "- do: open return",
        "- do: open retrun",
        "'open retrun' is not a possible 'do'",
        "Did you mean 'open return'",
    ),
    (RETURN, "- tell: return", "- tel: return", "no verb in 'tel'", "Did you mean 'tell'"),
    (RETURN, "look up: order", "look up: ordre", "'ordre' is not a possible 'look up'", "Did you mean 'order'"),
    (POLICY, "governs: [open return]", "governs: [open returns]", "'open returns' is not an act", "Did you mean"),
    (
        POLICY,
        "days since delivery: at most",
        "day since delivery: at most",
        "is not a fact",
        "Did you mean 'days since",
    ),
    (POLICY, "then: ask Returns", "then: ask Retruns", "'Retruns' is neither a grade nor a team", "'Returns'"),
    (POLICY, "otherwise: ask Returns", "otherwise: allow", "'otherwise: allow' is not permitted", "otherwise: ask"),
    # steps
    (RETURN, "  - confirm: return\n", "", "changes something before the customer has said yes", "'confirm: …' above"),
    (RETURN, "if: {reason: is faulty}", "if: {reson: is faulty}", "neither asked before nor a fact", "'reason'"),
    (RETURN, "if: {reason: is faulty}", "if: {reason: is fualty}", "'fualty' is not a choice", "Did you mean 'faulty'"),
    (RETURN, "if: {reason: is faulty}", "if: {reason: over faulty}", "choices without an order", "'is' or 'is not'"),
    (RETURN, "if: {reason: is faulty}", "if: {order status: is lost}", "not a value of 'order status'", "Known are"),
    (RETURN, "if: {reason: is faulty}", "if: {photo: is given}", "'photo' is not asked before this 'if'", "Move 'ask"),
    (
        RETURN,
        "[order, items, reason, photo]",
        "[order, reason]",
        "'open return' needs 'items'",
        "Add 'items' to 'with'",
    ),
    (
        RETURN,
        "[order, items, reason, photo]",
        "[order, items, resaon]",
        "does not take 'resaon'",
        "Did you mean 'reason'",
    ),
    (
        RETURN,
        "[order, items, reason, photo]",
        "[order, items, outcome]",
        "'outcome' is not known when",
        "'ask: outcome'",
    ),
    (RETURN, "from: returnable items", "optional: yes", "which is not known on every way", "not as optional"),
    (RETURN, "for each: items", "for each: parcels", "comes before it is asked", "Ask 'parcels' first"),
    (
        RETURN,
        "by: [order number, e-mail]",
        "by: [order numer]",
        "nothing is looked up by",
        "Did you mean 'order number'",
    ),
    (RETURN, "within: 5 business days", "within: soon", "'soon' is not a length of time", "write for example"),
    (RETURN, "owner: Returns", "owner: Retruns", "there is no team 'Retruns'", "Did you mean 'Returns'"),
    (
        RETURN,
        "- tell: return is",
        "- hand over: Returns\n  - tell: return is",
        "this step is never reached",
        "hand over",
    ),
    # procedures
    (RETURN, "Opening hours", "Opening houses", "names the procedure 'Opening houses'", "Did you mean 'Opening hours'"),
    (HOURS, "- tell: hours", "- continue with: Return item", "there is no procedure 'Return item'", "Return an item"),
    (HOURS, "when are you open,", "return this,", "customers say 'return this' both for", "belongs more often"),
    # phrases
    (
        RETURN,
        "- tell: return is registered",
        "- tell: return is made",
        "phrase 'return is made' is not worded",
        "Did you",
    ),
    (SPANISH, "## anything else\n", "## anything less\n", "'anything else' is not worded in es", "## anything else"),
    (ENGLISH, "{return number}", "{return nubmer}", "cannot show '{return nubmer}'", "Did you mean 'return number'"),
    (ENGLISH, "Nine to five.", "Nine to {five.", "a brace in 'hours' is not closed", "{order}"),
    (ENGLISH, "Changed my mind", "Faulty", "'faulty' stands for the choice", "one of them"),
    # policies
    (POLICY, "over 30, reason: is not faulty", "over 30 and under 20", "can never fit", "Correct 'when'"),
    (POLICY, "{days since delivery: at most 30}", "{reason: faulty}", "on the customer's word alone", "records show"),
    (
        POLICY,
        "    because: {en: the thirty days are over, es: han pasado los treinta días}\n",
        "",
        "without a reason",
        "",
    ),
    (POLICY, ", es: han pasado los treinta días}", "}", "is missing in 'es'", "Add 'es: …'"),
    (
        POLICY,
        "{given: {}, expect: allow}",
        "{given: {}, expect: refuse}",
        "expects 'refuse', but the policy says 'allow'",
        "",
    ),
    (POLICY, "governs: [open return]", "governs: [refund]", "no policy governs 'open return'", "Add 'open return'"),
    # the rest
    ("company.yaml", "{monday to friday: 09:00-17:00}", "{monday: closed}", "the company is never open", "hours"),
    ("company.yaml", "service@anvil.example", "anvil", "is not an e-mail address", "mail address"),
    (
        "company.yaml",
        "currency: EUR",
        "currency: EUR\nidentity: {e-mail: signed in}",
        "cannot prove 'signed in'",
        "code",
    ),
    (
        ARTICLE,
        "We are",
        "See [this](huors.md). We are",
        "the link 'huors.md' leads to no article",
        "Did you mean 'hours'",
    ),
    ("rehearsals/hours.yaml", "{said: hours}", "{said: huors}", "'said: huors' names nothing", "Did you mean 'hours'"),
    ("rehearsals/hours.yaml", "language: en", "language: fr", "does not speak 'fr'", "en, es"),
    ("rehearsals/hours.yaml", "must: [{said: hours}]", "must: [{deed: any}]", "both must and must not", "one of them"),
]


@pytest.mark.parametrize(("page", "before", "after", "problem", "remedy"), BROKEN)
def test_a_broken_pack_is_refused_with_place_and_remedy(
    small: Any, page: str, before: str, after: str, problem: str, remedy: str
) -> None:
    small.change(page, before, after)
    matching = [one for one in found(small) if problem in one.problem and one.severity == "error"]
    assert matching, "\n".join(map(str, found(small)))
    assert any(remedy in f"{one.problem} {one.remedy}" for one in matching), matching
    assert all(one.place.file.startswith("anvil/") and one.place.line >= 1 for one in matching)


def test_a_finding_names_the_line(small: Any) -> None:
    line = small.change(RETURN, "  - do: open return", "  - do: open retrun")
    (one,) = [one for one in found(small) if "retrun" in one.problem]
    assert str(one).startswith(f"anvil/procedures/return.yaml:{line}: error: ")


WEAK = [
    (SPANISH, "Send {items} of {order} back?", "¿Devuelves {items}?", "leaves out {order}"),
    (ENGLISH, "Nine to five.", "Nine to five, {order}.", "is not known where 'hours' is said"),
    (ENGLISH, "## hours", "## hourz\nNever.\n\n## hours", "the phrase 'hourz' is never said"),
    (RETURN, "[return this, send it back, I want", "[I want", "has 3 sentences that customers say in 'en'"),
    (RETURN, "  - do: open", "  - ask: remark\n  - do: open", "'remark' is asked after the confirmation"),
    (RETURN, "  - confirm: return", "  - ask: reason\n    choices: [faulty]\n  - confirm: return", "is known already"),
    (ARTICLE, "owner: Service", "owner: Servcie", "the owner 'Servcie' is not a team"),
    (ARTICLE, "We are", "# Hours\n\nWe are", "nothing to quote"),
    (ARTICLE, "valid from: 2026-01-01", "valid until: 2026-02-01", "is no longer valid"),
    (
        ARTICLE,
        "valid from: 2026-01-01",
        "valid from: 2026-01-01\nreview by: 2026-02-01",
        "should have been looked at again by 2026-02-01",
    ),
    (POLICY, "in force from: 2026-01-01", "in force until: 2026-02-01", "is no longer in force"),
]


@pytest.mark.parametrize(("page", "before", "after", "problem"), WEAK)
def test_what_is_only_weak_is_a_warning(small: Any, page: str, before: str, after: str, problem: str) -> None:
    small.change(page, before, after)
    small.write("phrases/en/remark.md", "## ask: remark\nAnything else?\n")
    small.write("phrases/es/remark.md", "## ask: remark\n¿Algo más?\n")
    matching = [one for one in found(small, on=date(2026, 11, 20)) if problem in one.problem]
    assert [one.severity for one in matching] == ["warning"]


def test_a_confirmation_on_one_way_only_is_not_enough(small: Any) -> None:
    small.change(RETURN, "  - confirm: return\n", "  - if: {reason: is faulty}\n    then:\n      - confirm: return\n")
    assert any("before the customer has said yes" in one.problem for one in found(small))


def test_a_way_that_ends_elsewhere_does_not_count(small: Any) -> None:
    other = (
        "  - if: {reason: is faulty}\n    then:\n      - hand over: Returns\n    otherwise:\n      - confirm: return\n"
    )
    small.change(RETURN, "  - confirm: return\n", other)
    assert found(small) == []


def test_procedures_that_lead_in_a_circle_are_found_once(small: Any) -> None:
    small.change(HOURS, "- tell: hours", "- continue with: Return an item")
    small.change(
        RETURN,
        "  - confirm: return",
        "  - if: {reason: is faulty}\n    then: [continue with: Opening hours]\n  - confirm: return",
    )
    circles = [one for one in found(small) if "circle" in one.problem]
    assert len(circles) == 1
    assert "'Opening hours' → 'Return an item' → 'Opening hours'" in circles[0].problem


def test_every_refusal_of_the_shop_must_be_worded(small: Any) -> None:
    missing = [one for one in found(small, said_by_the_shop=REFUSALS) if "'refusal: " in one.problem]
    assert len(missing) == len(REFUSALS)


def test_the_shipping_table_is_needed_where_shipping_is_looked_up(small: Any) -> None:
    small.change(HOURS, "- tell: hours", "- look up: shipping cost\n  - tell: hours")
    assert any("needs the table 'shipping'" in one.problem for one in found(small))
    small.write("tables/shipping.csv", "country,amount,free over\nES,4.90,60\nES,four,\nSpain,4,\n")
    problems = [str(one) for one in found(small)]
    assert any("shipping.csv:3" in one and "also on line 2" in one for one in problems)
    assert any("shipping.csv:3" in one and "'four' in 'amount' is not an amount" in one for one in problems)
    assert any("shipping.csv:4" in one and "not a country code" in one for one in problems)


# --- the law ----------------------------------------------------------------------------------------


def _company_on(small: Any, policy: str) -> list[Finding]:
    """A company built on the small pack that replaces its policy."""
    folder = small.folder.parent / "copper"
    (folder / "policies").mkdir(parents=True)
    (folder / "company.yaml").write_text("name: Copper\nbuilds on: anvil\n", encoding="utf-8")
    (folder / "policies" / "returns.yaml").write_text(policy, encoding="utf-8")
    return [one for one in check(folder, run_examples) if "law" in one.problem]


def _policy(small: Any) -> str:
    return str((small.folder / POLICY).read_text(encoding="utf-8"))


def test_a_company_may_give_more_than_the_law(small: Any) -> None:
    more = _policy(small).replace("30", "100").replace("delivery: 31", "delivery: 101")
    assert _company_on(small, more) == []


def test_a_company_may_not_refuse_what_the_law_gives(small: Any) -> None:
    less = _policy(small).replace("then: ask Returns\n    law", "then: refuse\n    because: {en: no, es: no}\n    law")
    (one,) = _company_on(small, less)
    assert (
        "'Return period' refuses by 'Faulty later' what the law gives (Directive (EU) 2019/771, Art. 10)" in one.problem
    )
    assert one.place.file == "copper/policies/returns.yaml"


def test_another_policy_over_the_same_act_may_not_undercut_the_law_either(small: Any) -> None:
    other = (
        "policy: Tools stay sold\ngoverns: [open return]\nowner: Sales\nrules:\n  - name: After two weeks\n"
        "    when: {days since delivery: over 14}\n    then: refuse\n    because: {en: no, es: no}\n"
        "otherwise: ask\nordinary: {days since delivery: 5}\n"
        "examples: [{given: {days since delivery: 15}, expect: refuse}]\n"
    )
    (one,) = _company_on(small, other)
    assert "'Tools stay sold' refuses by 'After two weeks' what the law gives" in one.problem


# --- new packs --------------------------------------------------------------------------------------


@pytest.mark.parametrize("languages", [("en",), ("es", "zh"), ("zh", "en", "es")])
def test_a_new_pack_passes_the_check(tmp_path: Path, languages: tuple[str, ...]) -> None:
    folder = new(tmp_path / "lark", 'Lark "& Sons": bikes', languages=languages, country="DE")
    findings = check(folder, run_examples, said_by_the_shop=REFUSALS)
    assert [str(one) for one in findings if one.severity == "error"] == []


def test_a_new_pack_never_writes_over_something(tmp_path: Path) -> None:
    (tmp_path / "lark").mkdir()
    (tmp_path / "lark" / "notes.txt").write_text("mine")
    with pytest.raises(FileExistsError, match="choose another folder"):
        new(tmp_path / "lark", "Lark")
    with pytest.raises(LookupError, match="no base pack 'airline'"):
        new(tmp_path / "other", "Lark", base="airline")
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize(
    ("name", "folder"), [("Müller & Söhne", "muller-sohne"), ("  Ñandú 24/7 ", "nandu-24-7"), ("高山", "company")]
)
def test_a_folder_is_named_after_the_company(name: str, folder: str) -> None:
    assert folder_name(name) == folder


@pytest.mark.parametrize("pack", ["service", "retail", "tarnfell"])
def test_the_shipped_packs_have_no_errors(pack: str) -> None:
    findings = check(PACKS / pack, run_examples, said_by_the_shop=REFUSALS)
    assert [str(one) for one in findings if one.severity == "error"] == []
