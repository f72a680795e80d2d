"""``courtesy measure``: speed and quality as figures, a table for people or one JSON object for programs."""

from __future__ import annotations

from typing import Any

from courtesy.config.commands import (
    measure_entities,
    measure_feelings,
    measure_identification,
    measure_intake,
    measure_language,
    measure_pages,
    measure_replies,
    measure_retrieval,
    measure_robustness,
    measure_turns,
    measure_understanding,
)


def add(subparsers: Any) -> None:
    command = subparsers.add_parser(
        "measure", help="speed and quality as figures: turns, intake, understanding, entities …"
    )
    measures = command.add_subparsers(metavar="MEASURE", required=True)
    for name, says, measure in (
        ("turns", "milliseconds from a customer's message to the stored reply", measure_turns),
        ("pages", "what the desk's pages cost in a small and in a large house", measure_pages),
        ("intake", "mails a second, from SMTP to stored and threaded", measure_intake),
        ("understanding", "how well labelled sentences of a file are told apart", measure_understanding),
        ("entities", "how well order numbers, days, amounts and names of a file are found", measure_entities),
        ("identification", "callers found by postcode, name and date of birth as heard", measure_identification),
        ("robustness", "how long texts made to do harm take at most", measure_robustness),
        ("retrieval", "whether questions find the passage that answers them", measure_retrieval),
        ("replies", "how exactly new words of a mail are told from quoted and signed ones", measure_replies),
        ("feelings", "how well anger, distress, danger and other feelings are told", measure_feelings),
        ("language", "how often the language of a text is told", measure_language),
    ):
        one = measures.add_parser(name, help=says, description=f"Measures {says}.")
        measure.add_arguments(one)
        one.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
        one.set_defaults(run=measure.run)
