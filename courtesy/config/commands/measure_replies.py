"""``courtesy measure replies FILE``: how exactly the new words of a mail are told from what is quoted and signed."""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import Any

from courtesy.channels.email.letter import markup, quoting, signing
from courtesy.config.measuring.rows import Fields, missing, read_rows
from courtesy.config.measuring.shown import rounded, table


@dataclass(frozen=True, slots=True)
class Case:
    """``kind`` says what is expected: the visible text, only what stands above the first quotation, the signature …"""

    name: str
    source: str
    kind: str
    body: str
    expected: str


def add_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "file",
        metavar="FILE",
        help="JSONL with body and expected; may have id, source and kind: trimmed_text, visible_text, first_fragment, "
        "html_reply_text or signature_text",
    )
    command.add_argument("--failed", action="store_true", help="name the cases that were not exact")


def run(arguments: argparse.Namespace) -> int:
    """0 when measured; Trouble when the file cannot be used."""
    figures = rounded(measure(read_rows(Path(arguments.file), case)))
    failed = figures.pop("failed")
    if arguments.failed:
        figures["failed"] = ", ".join(failed)
    print(json.dumps(figures)) if arguments.json else table("Visible replies", figures)
    return 0


def case(fields: Fields) -> Case | str:
    if fault := missing(fields, ("body", "expected")):
        return fault
    kind, source = (str(fields.get(name) or "") for name in ("kind", "source"))
    return Case(
        str(fields.get("id") or ""), source or "all", kind or "visible_text", fields["body"], fields["expected"]
    )


def measure(cases: Sequence[Case]) -> dict[str, Any]:
    exact: defaultdict[str, list[bool]] = defaultdict(list)
    kinds: defaultdict[str, list[bool]] = defaultdict(list)
    failed: list[str] = []
    empty = 0
    slowest = total = 0.0
    for one in cases:
        started = process_time()
        got = answer(one)
        spent = process_time() - started
        slowest, total = max(slowest, spent), total + spent
        blank = "" if one.kind == "html_reply_text" else " "
        right = blank.join(got.split()) == blank.join(one.expected.split())
        exact[one.source].append(right)
        kinds[one.kind].append(right)
        empty += bool(one.expected.strip()) and not got.strip()
        if not right:
            failed.append(one.name)
    hits = [hit for found in exact.values() for hit in found]
    return {
        "cases": len(cases),
        "exact": sum(hits) / len(hits),
        "empty_though_expected": empty,
        "sources": {name: sum(found) / len(found) for name, found in exact.items()},
        "kinds": {name: sum(found) / len(found) for name, found in kinds.items()},
        "ms_per_mail": total * 1000 / len(cases),
        "slowest_ms": slowest * 1000,
        "failed": failed,
    }


def answer(one: Case) -> str:
    """What the product makes of the body, in the sense of the case's kind."""
    split = quoting.split(markup.as_text(one.body) if one.kind == "html_reply_text" else one.body)
    if one.kind == "signature_text":
        return split.signature
    if one.kind == "visible_text":
        return split.words
    if one.kind == "first_fragment":
        return signing.signed(_first(split.visible))[0]
    return split.visible


def _first(visible: str) -> str:
    """What stands above the first quoted line."""
    return re.split(r"(?m)^\s{0,3}>", visible, maxsplit=1)[0].rstrip() or visible
