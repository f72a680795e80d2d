"""``courtesy measure pages``: what the desk's pages cost in a small house and in a large one, and the ratio.

Each house is made anew, by a seed, in a folder that is thrown away: cases of ten messages each. The pages are asked
for in this process, without a network between: processor milliseconds are those of reading, deciding and drawing.
"""

from __future__ import annotations

import argparse
import gc
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from django.test import Client
from django.utils import timezone
from rich.console import Console
from rich.table import Table

from courtesy.commerce import generating
from courtesy.config import starting
from courtesy.config.measuring.counting import at_least_one, several
from courtesy.config.measuring.house_of_cases import COMMON, MESSAGES, RARE, House
from courtesy.config.measuring.machine import loop_ms, machine, now, share
from courtesy.config.measuring.own_installation import own_installation
from courtesy.config.trouble import Trouble
from courtesy.conversations.models import Conversation
from courtesy.workforce.models import Colleague

CASES = [1_000, 100_000]
ASKED = 40
WARMING = 5
GOALS = {"inbox": 12.0, "search, rare word": 20.0, "search, common word": 20.0, "ratio": 1.2}


def add_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--cases", type=several, default=CASES, metavar="N,N", help="sizes of the houses, in cases (1000,100000)"
    )
    command.add_argument(
        "--asked", type=at_least_one, default=ASKED, help="how often each page is asked for (%(default)s)"
    )


def run(arguments: argparse.Namespace) -> int:
    """0 when every page was drawn."""
    figures = measure(arguments.cases, arguments.asked)
    print(json.dumps(figures, ensure_ascii=False)) if arguments.json else show(figures)
    return 0


def measure(cases: Sequence[int], asked: int) -> dict[str, Any]:
    """All figures of one run; ``ratio``: processor time in the largest house, in that of the smallest."""
    described, measured_at, loop = machine(), now(), loop_ms()
    houses = []
    for number in cases:
        with tempfile.TemporaryDirectory(prefix="courtesy-measure-") as folder:
            houses.append(_house(Path(folder), number, asked))
    small, large = houses[0]["pages"], houses[-1]["pages"]
    return {
        "measured_at": measured_at,
        "machine": described,
        "reference_loop_ms": round(loop, 2),
        "goals": GOALS,
        "houses": houses,
        "ratio": {page: round(large[page]["cpu_ms"] / small[page]["cpu_ms"], 2) for page in small},
    }


def _house(folder: Path, cases: int, asked: int) -> dict[str, Any]:
    at = timezone.now()
    with own_installation(folder, starting.SAMPLE_PACK):
        generating.load_sample(at)
        started = perf_counter()
        House(cases, at).fill(lambda done: _tell(done, cases))
        filled = perf_counter() - started
        lead = Colleague.objects.create(email="lead@measure.example", name="Lead", grade=Colleague.Grade.TEAM_LEAD)
        member = Colleague.objects.order_by("pk").first()
        if member is None:
            raise Trouble("the house has no colleagues")
        pages = {name: _asked(who, address, asked) for name, who, address in _pages(lead, member, cases)}
    return {
        "cases": cases,
        "messages": cases * MESSAGES,
        "filled_in_seconds": round(filled, 1),
        "pages": pages,
    }


def _tell(done: int, cases: int) -> None:
    if sys.stderr.isatty() or done == cases or done % 20_000 == 0:
        print(f"{done:,} of {cases:,} cases", file=sys.stderr)


def _pages(lead: Colleague, member: Colleague, cases: int) -> list[tuple[str, Colleague, str]]:
    """Name, who asks, address."""
    opened = Conversation.objects.filter(status="open").order_by("-moved_at").first()
    if opened is None:
        raise Trouble("the house is too small: no case is open. Give more with --cases")
    return [
        ("smallest page", lead, "/desk/myself/"),
        ("inbox", lead, "/desk/?view=unassigned"),
        ("inbox, all open", lead, "/desk/?view=all"),
        ("inbox of a representative", member, "/desk/?view=team"),
        ("inbox rows, live", lead, "/desk/list/?view=unassigned"),
        ("conversation", lead, f"/desk/c/{opened.pk}/?view=unassigned"),
        ("search, rare word", lead, f"/desk/find/?q={RARE}"),
        ("search, common word", lead, f"/desk/find/?q={COMMON}"),
        ("search, common word, representative", member, f"/desk/find/?q={COMMON}"),
        ("search, filters", lead, "/desk/find/?q=from:person0@measure.example+status:closed"),
        ("customer", lead, f"/desk/customers/{opened.customer_id}/"),
    ]


def _asked(who: Colleague, address: str, times: int) -> dict[str, Any]:
    """Processor milliseconds, on average, and how long it took: p50 and p95."""
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(who)
    cpu: list[float] = []
    waits: list[float] = []
    for number in range(WARMING + times):
        if number == WARMING:
            gc.collect()
        began, began_cpu = perf_counter(), process_time()
        answer = browser.get(address)
        used, waited = process_time() - began_cpu, perf_counter() - began
        if answer.status_code != 200:
            raise Trouble(f"{address} answered {answer.status_code}")
        if number >= WARMING:
            cpu.append(used * 1000)
            waits.append(waited * 1000)
    waits.sort()
    return {
        "cpu_ms": round(share(sorted(cpu), 0.5), 2),
        "p50_ms": round(share(waits, 0.5), 2),
        "p95_ms": round(share(waits, 0.95), 2),
    }


def show(figures: dict[str, Any]) -> None:
    """The figures as a table for people."""
    described = figures["machine"]
    table = Table(
        title="The desk's pages, in processor milliseconds (p50 / p95 waited)",
        caption=f"{described['processor']}, {described['cores']} cores, Python {described['python']}; "
        f"reference loop {figures['reference_loop_ms']} ms",
    )
    table.add_column("page")
    for house in figures["houses"]:
        table.add_column(f"{house['cases']:,} cases", justify="right")
    table.add_column("ratio", justify="right")
    for page, ratio in figures["ratio"].items():
        shown = [house["pages"][page] for house in figures["houses"]]
        table.add_row(page, *(f"{one['cpu_ms']} ({one['p50_ms']} / {one['p95_ms']})" for one in shown), str(ratio))
    Console().print(table)
