"""A sentence without the person in it: names, addresses and numbers give way to others that say as little.

What is left must still teach: a number stays a number of its shape (the engine reads every digit alike), an e-mail
address becomes one of nobody, a name or a street is left out as "…".
"""

from __future__ import annotations

import re

from courtesy.language.entities.finding import find_entities
from courtesy.language.masking import mask
from courtesy.language.text import hear
from courtesy.language.understanding import Context

ADDRESS, LINK, LEFT_OUT = "name@example.com", "https://example.com", "…"
_NUMBERED = frozenset(
    (
        "order number",
        "phone",
        "card number",
        "iban",
        "code",
        "postcode",
        "invoice number",
        "account number",
        "reference",
    )
)
_LEFT_OUT = frozenset(["name", "address"])
_MARK = re.compile(r"\[(?:mail|link|number|card …\d{4}|account …\w{4}|removed)\]")
_MAIL = re.compile(r"[^\s@,;<>()]{1,64}@[\w.\-]{1,79}\w")
_LONG = re.compile(r"\d(?:[ ().\-/]?\d){3,}")
_DIGIT = re.compile(r"\d")


def anonymous(text: str, language: str, *, order_number_pattern: str = "######", lines: bool = False) -> str:
    """The text with personal details masked, on one line; ``lines``: its own lines are kept."""
    context = Context(languages=(language,), language=language, order_number_pattern=order_number_pattern)
    kept = "\n".join(_without(line, context) for line in text.strip().splitlines())
    return kept if lines else " ".join(kept.split())


def _without(line: str, context: Context) -> str:
    masked = _MARK.sub(LEFT_OUT, mask(line))
    place = 0
    made: list[str] = []
    for entity in sorted(find_entities(hear(masked), context), key=lambda one: (one.span[0], -one.span[1])):
        start, end = entity.span
        replaced = _instead(entity.kind, masked[start:end])
        if replaced is None or start < place:
            continue
        made += [masked[place:start], replaced]
        place = end
    whole = "".join([*made, masked[place:]])
    whole = _MAIL.sub(ADDRESS, whole)
    return _LONG.sub(lambda found: _DIGIT.sub("0", found[0]), whole).strip()


def _instead(kind: str, written: str) -> str | None:
    if kind == "e-mail":
        return ADDRESS
    if kind == "url":
        return LINK
    if kind in _LEFT_OUT:
        return LEFT_OUT
    return _DIGIT.sub("0", written) if kind in _NUMBERED else None
