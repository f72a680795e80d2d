"""``courtesy measure turns``: milliseconds from a customer's message to the stored reply, some and many at once.

A server of its own, with the sample company and a fresh database in a folder that is thrown away, is driven over HTTP.
The references are measured in the same run: the server's smallest page, asked by as many at once, and a fixed loop.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from courtesy.config.measuring import customers
from courtesy.config.measuring.counting import at_least_one, several
from courtesy.config.measuring.customers import Driven
from courtesy.config.measuring.machine import loop_ms, machine, now, share
from courtesy.config.measuring.own_server import Served, serving
from courtesy.config.measuring.statements import statements_per_turn
from courtesy.config.trouble import Trouble

AT_ONCE = [1, 10, 50]
TURNS = 400
WARMING = 16  # turns before the clock: one of each talk
GROWN = (100_000, 200_000)  # orders in the shop, lines in the journal
LONG = 250  # turns of one conversation, 500 messages
PART = 50  # of these, the first and the last so many are compared


def add_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--at-once", type=several, default=AT_ONCE, metavar="N,N", help="conversations at once (1,10,50)"
    )
    command.add_argument(
        "--turns",
        type=at_least_one,
        default=TURNS,
        help="turns for each of these numbers, in talks of four (%(default)s)",
    )
    command.add_argument(
        "--grown",
        action="store_true",
        help=f"in an installation with {GROWN[0]:,} orders and {GROWN[1]:,} journal lines, and with one long talk",
    )


def run(arguments: argparse.Namespace) -> int:
    """0 when every message got one reply, 1 when one got none or two."""
    with tempfile.TemporaryDirectory(prefix="courtesy-measure-") as folder:
        figures = measure(Path(folder), arguments.at_once, arguments.turns, grown=arguments.grown)
    if all(not step["turns"] for step in figures["steps"]):
        raise Trouble("no turn was answered: " + "; ".join(figures["troubles"][:3]))
    print(json.dumps(figures, ensure_ascii=False)) if arguments.json else show(figures)
    for trouble in figures["troubles"]:
        print(f"courtesy: {trouble}", file=sys.stderr)
    return 1 if any(step["lost"] or step["doubled"] for step in figures["steps"]) else 0


def measure(folder: Path, at_once: Sequence[int], turns: int, *, grown: bool = False) -> dict[str, Any]:
    """All figures of one run."""
    described, measured_at, loop = machine(), now(), loop_ms()
    statements = statements_per_turn()
    steps, troubles = [], []
    more: dict[str, Any] = {}
    with serving(folder, grown=GROWN if grown else None) as served:
        customers.drive(served.port, 1, WARMING)  # what is loaded at first use is loaded now
        for number in at_once:
            driven, cpu = _driven(served, number, turns)
            smallest = customers.ask_healthz(served.port, number, max(10, 1000 // number))
            steps.append(step_of(number, driven, smallest, loop, cpu))
            troubles += driven.troubles
        if grown:
            more = {"grown": {"orders": GROWN[0], "journal_lines": GROWN[1]}, "long_talk": long_talk(served.port)}
    return {
        "measured_at": measured_at,
        "machine": described,
        "reference_loop_ms": round(loop, 2),
        "statements_per_turn": statements,
        **more,
        "steps": steps,
        "troubles": sorted(set(troubles))[:10],
    }


def _driven(served: Served, at_once: int, turns: int) -> tuple[Driven, float | None]:
    """The turns, and the server's processor seconds for them."""
    before = served.cpu_seconds()
    driven = customers.drive(served.port, at_once, turns)
    after = served.cpu_seconds()
    return driven, after - before if before is not None and after is not None else None


def long_talk(port: int) -> dict[str, Any]:
    """One conversation of ``LONG`` turns: does the last turn cost what the first did?"""
    driven = customers.drive_one(port, LONG)
    first, last = _ms(driven.waits[:PART]), _ms(driven.waits[-PART:])
    return {
        "turns": len(driven.waits),
        "lost": driven.lost,
        "first_p50_ms": round(share(first, 0.5), 1),
        "last_p50_ms": round(share(last, 0.5), 1),
        "last_in_first": round(share(last, 0.5) / share(first, 0.5), 2) if first else None,
    }


def step_of(at_once: int, driven: Driven, smallest: Driven, loop: float, cpu: float | None = None) -> dict[str, Any]:
    """The figures for so many conversations at once. Ratios: how many smallest pages, or loops, a turn costs."""
    waits, pages = _ms(driven.waits), _ms(smallest.waits)
    p50, page_p50 = share(waits, 0.5), share(pages, 0.5)
    per_second, pages_per_second = len(waits) / driven.seconds, len(pages) / smallest.seconds
    return {
        "at_once": at_once,
        "turns": len(waits),
        "lost": driven.lost,
        "doubled": driven.doubled,
        "conversations": len(driven.replies),
        "handed_over": sum(driven.handed_over),
        "p50_ms": round(p50, 1),
        "p95_ms": round(share(waits, 0.95), 1),
        "p99_ms": round(share(waits, 0.99), 1),
        "turns_per_second": round(per_second, 2),
        "cpu_ms_per_turn": round(cpu * 1000 / len(waits), 1) if cpu is not None and waits else None,
        "reference_healthz_p50_ms": round(page_p50, 2),
        "reference_healthz_per_second": round(pages_per_second, 1),
        "p50_in_healthz": round(p50 / page_p50, 1) if page_p50 else None,
        "p50_in_loops": round(p50 / loop, 2),
        "healthz_per_turn": round(pages_per_second / per_second, 1) if per_second else None,
    }


def _ms(waits: Sequence[float]) -> list[float]:
    return sorted(wait * 1000 for wait in waits)


_SAYS = (
    ("turns", "turns answered"),
    ("lost", "lost"),
    ("doubled", "doubled"),
    ("conversations", "conversations"),
    ("handed_over", "… that ended with a colleague"),
    ("p50_ms", "milliseconds from message to stored reply, p50"),
    ("p95_ms", "… p95"),
    ("p99_ms", "… p99"),
    ("turns_per_second", "turns a second"),
    ("cpu_ms_per_turn", "milliseconds of the server's processor a turn"),
    ("reference_healthz_p50_ms", "reference: /healthz, milliseconds, p50"),
    ("reference_healthz_per_second", "reference: /healthz, answers a second"),
    ("p50_in_healthz", "ratio: a turn's p50 in p50 of /healthz"),
    ("p50_in_loops", "ratio: a turn's p50 in reference loops"),
    ("healthz_per_turn", "ratio: /healthz answers in the time of a turn"),
)


def show(figures: dict[str, Any]) -> None:
    """The figures as a table for people."""
    described = figures["machine"]
    table = Table(
        title="Turns over HTTP, by conversations at once",
        caption=f"{described['processor']}, {described['cores']} cores, Python {described['python']}; "
        f"reference loop {figures['reference_loop_ms']} ms; "
        f"{figures['statements_per_turn']} database statements a turn",
    )
    table.add_column("figure")
    for step in figures["steps"]:
        table.add_column(str(step["at_once"]), justify="right")
    for name, says in _SAYS:
        table.add_row(says, *("–" if step[name] is None else str(step[name]) for step in figures["steps"]))
    Console().print(table)
    if talk := figures.get("long_talk"):
        print(
            f"one talk of {talk['turns']} turns: {talk['first_p50_ms']} ms for the first {PART} turns (p50), "
            f"{talk['last_p50_ms']} ms for the last {PART}"
        )
