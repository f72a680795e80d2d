"""The book itself: whose a record is, one effect for each key, all or nothing, and files in and out."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection as database

from courtesy.connections.book.changing import change
from courtesy.connections.book.exchange import export_records, import_records
from courtesy.connections.calls import SYSTEMS
from courtesy.connections.models import BookDeed, Record, RecordVersion
from courtesy.connections.port import SystemAway, Told
from courtesy.pack.model import Pack
from courtesy.pack.reading import read

NORTHWAY = Path(__file__).with_name("northway")
AT = datetime(2026, 11, 20, 10, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def pack() -> Pack:
    return read(NORTHWAY)


@pytest.fixture
def book(pack: Pack, tmp_path: Path) -> Pack:
    write(tmp_path, "contract", "number,customer,state,place,tariff,last reading,key word", *CONTRACTS)
    taken = import_records(pack.book, tmp_path, at=AT)
    assert [one.problems for one in taken] == [[]]
    return pack


CONTRACTS = ("K-100001,N-1,active,Calle Mayor 1,variable,4200,heron", "K-200001,N-2,active,Calle Mayor 2,fixed,100,")


def write(folder: Path, name: str, *lines: str) -> None:
    (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def ask(pack: Pack, name: str, key: str = "", **values: Any) -> Told:
    operation = pack.connections.operation(name)
    assert operation is not None
    return SYSTEMS["book"].ask(pack.connections.of(operation), operation, values, key, AT)


def read_out(pack: Pack, key: str, **values: Any) -> Told:
    operation = pack.connections.operation("report reading")
    assert operation is not None
    return change(pack.connections.of(operation), operation, values, key, AT)


def test_only_the_customers_own_are_found(book: Pack) -> None:
    assert "Calle Mayor 1" in ask(book, "contracts", customer="N-1").content
    assert "Calle Mayor 2" not in ask(book, "contracts", customer="N-1").content
    assert not ask(book, "contracts", customer="N-9").found
    with pytest.raises(SystemAway, match="looked up for no customer"):
        ask(book, "contracts")


def test_what_is_private_stays_in_the_book(book: Pack) -> None:
    assert "heron" not in ask(book, "contracts", customer="N-1").content


def test_what_is_the_companys_is_found_by_anybody(book: Pack, tmp_path: Path) -> None:
    write(
        tmp_path, "outage", "number,state,area,back by", "O-1,open,Casco Viejo,2026-11-21", "O-2,over,Deusto,2026-11-01"
    )
    import_records(book.book, tmp_path, at=AT)
    assert "2026-11-21" in ask(book, "outage", area="  casco  VIEJO ").content
    assert not ask(book, "outage", area="Deusto").found


def test_somebody_elses_record_is_not_there(book: Pack) -> None:
    for number in ("K-200001", "K-999999"):
        told = read_out(book, f"key {number}", customer="N-1", contract=number, reading=4300)
        assert (told.found, told.content) == (False, "{}")
    assert RecordVersion.objects.filter(version=2).count() == 0


def test_one_key_one_effect(book: Pack) -> None:
    first, second = (read_out(book, "k", customer="N-1", contract="K-100001", reading=4300) for _ in range(2))
    assert first == second
    assert Record.objects.filter(kind="reading").count() == 1


def test_a_refusal_undoes_the_effects_before_it_and_stays(book: Pack) -> None:
    told = read_out(book, "k", customer="N-1", contract="K-100001", reading=4000)
    assert told.refused == "refusal: reading too low"
    Record.objects.filter(number="K-100001").update(fields={"last reading": "1"})
    assert read_out(book, "k", customer="N-1", contract="K-100001", reading=4000).refused
    assert not Record.objects.filter(kind="reading").exists()


def test_a_cell_that_does_not_fit_leaves_nothing_behind(book: Pack) -> None:
    with pytest.raises(SystemAway, match="does not fit"):
        read_out(book, "k", customer="N-1", contract="K-100001", reading="many")
    assert not BookDeed.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_deeds_at_the_same_time_all_count(book: Pack) -> None:
    def report(number: int) -> None:
        try:
            read_out(book, f"k{number}", customer="N-1", contract="K-100001", reading=4300)
        finally:
            database.close()

    threads = [threading.Thread(target=report, args=(number,)) for number in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert Record.objects.filter(kind="reading").count() == 6
    assert Record.objects.get(number="K-100001").version == 7
    assert len(set(Record.objects.values_list("number", flat=True))) == Record.objects.count()


# --- files --------------------------------------------------------------------------------------


def test_bad_rows_are_told_and_good_ones_load(pack: Pack, tmp_path: Path) -> None:
    write(
        tmp_path, "contract", "number,customer,state,place,tariff,last reading",
        "K-1,N-1,active,Here,fixed,10", "K-2,N-7,active,Here,fixed,10", "K-3,N-1,asleep,Here,fixed,10",
        "K-4,N-1,active,Here,cheap,10", "K-5,N-1,active,Here,fixed,ten", "K-1,N-1,active,Here,fixed,10", "K-6,N-1",
    )  # fmt: skip
    (taken,) = import_records(pack.book, tmp_path, at=AT, customers=frozenset({"N-1"}))
    assert (taken.new, taken.file) == (1, "contract.csv")
    assert sorted(taken.problems) == [
        (3, "customer: there is no 'N-7'"),
        (4, "state: 'asleep' must be one of: active, ended"),
        (5, "tariff: 'cheap' must be one of: fixed, variable"),
        (6, "last reading: 'ten' is not a number; write 12.50 with a dot"),
        (7, "number 'K-1' stands on line 2 already"),
        (8, "the row has 2 cells, the header 6"),
    ]


def test_what_is_written_out_loads_again_and_changes_nothing(book: Pack, tmp_path: Path) -> None:
    write(tmp_path, "bill", "number,contract,state,issued,total", "B-1,K-100001,open,2026-11-01,84.40")
    write(tmp_path, "bill_line", "number,bill,item,quantity,amount", 'L-1,B-1,"Energy, day",340,84.40')
    import_records(book.book, tmp_path, at=AT)
    out = tmp_path / "out"
    assert export_records(book.book, out)["bill_line.csv"] == 1
    again = import_records(book.book, out, at=AT)
    assert [(one.new, one.changed, one.problems) for one in again if one.same] == [(0, 0, [])] * 3
    assert RecordVersion.objects.count() == Record.objects.count()


def test_a_record_does_not_change_hands(book: Pack, tmp_path: Path) -> None:
    write(tmp_path, "contract", "number,customer,state,place,tariff,last reading", "K-100001,N-2,active,X,fixed,1")
    (taken,) = import_records(book.book, tmp_path, at=AT)
    assert "does not change hands" in taken.problems[0][1]


def test_an_amount_is_exact_to_the_cent(book: Pack, tmp_path: Path) -> None:
    write(tmp_path, "bill", "number,contract,state,issued,total", "B-1,K-100001,open,2026-11-01,84.405")
    (taken, *_) = [one for one in import_records(book.book, tmp_path, at=AT) if one.file == "bill.csv"]
    assert taken.problems == [(2, "total: '84.405' is no amount: at most two digits after the dot")]


def test_a_folder_without_a_file_of_records_says_what_it_should_hold(pack: Pack, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"contract\.csv"):
        import_records(pack.book, tmp_path, at=AT)
