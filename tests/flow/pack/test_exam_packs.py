"""The packs of the exams are in order, and their judges agree with what they expect; skipped without material."""

from __future__ import annotations

import json
from pathlib import Path

from bench.abcd_min import pages
from bench.tau_retail import book
from bench.tau_telecom import serving
from bench.tau_telecom.judge import judge, start_of
from courtesy.commerce.refusals import REFUSALS
from courtesy.pack.checking import check
from courtesy.pack.model import Do
from courtesy.pack.reading import read
from courtesy.policy.guard import run_examples

TELEPHONE = Path(serving.__file__).resolve().parent / "pack"


def errors_of(pack: Path) -> list[str]:
    findings = check(pack, run_examples, said_by_the_shop=REFUSALS)
    return [str(one) for one in findings if one.severity == "error"]


def test_the_telephone_companys_pack_is_in_order(tmp_path: Path) -> None:
    assert errors_of(book.put_together(tmp_path / "packs", TELEPHONE)) == []


def test_the_written_procedures_pass_the_checker_with_their_action_lists(tmp_path: Path, kits: Path) -> None:
    kit = pages.read_kit(kits / "abcd_min")
    folder = pages.put_together(kit, tmp_path / "packs")
    assert errors_of(folder) == []
    pack = read(folder)
    found = {
        name: [step.act for step in pack.procedures[pages.procedure_name(flow, name)].steps if isinstance(step, Do)]
        for flow, name in pages.matters(kit)
    }
    assert len(found) == 55
    assert found == {name: kit["lists"][name] for name in found}


def test_this_phone_and_these_books_do_what_the_exam_expects_of_them(kits: Path) -> None:
    folder = kits / "tau_telecom"
    shop, phone = (json.loads((folder / name).read_text(encoding="utf-8")) for name in ("db.json", "user_db.json"))
    lines = (folder / "tasks_dev.jsonl").read_text(encoding="utf-8").splitlines()
    for case in map(json.loads, lines[::6]):
        books = start_of(case, shop, phone)
        assert not judge(case, books, start_of(case, shop, phone)).solved, case["id"]
        for one in case["gold_actions"]:
            use = books.phone.use if one["requestor"] == "user" else books.call
            use(one["name"], one["arguments"])
        judged = judge(case, books, start_of(case, shop, phone))
        assert (judged.solved, judged.forbidden) == (True, ()), case["id"]
