"""Amounts of money: with a sign or a currency's name, in figures or in words, and bare ones where money is "
"spoken of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from courtesy.foundation.money import Money
from courtesy.language.entities.amounts.numbers import decimal
from courtesy.language.entities.amounts.spoken import COUNTED, HAN_COUNTED, counted
from courtesy.language.entities.reading import MOST, in_flat
from courtesy.language.text import Heard
from courtesy.language.understanding import Context, Entity

_CURRENCIES = {
    name: code
    for code, names in (
        ("EUR", "€ eur euro euros 欧元 欧"),
        ("USD", "$ usd us$ dollar dollars bucks buck dolar dolares 美元 美金 刀"),
        ("GBP", "£ gbp pound pounds quid libra libras pfund 英镑"),
        ("CNY", "元 块钱 块 ¥ cny rmb yuan yuanes 人民币"),
        ("CHF", "chf franken"),
        ("JPY", "jpy yen yenes 日元"),
        ("MXN", "mxn peso pesos"),
    )
    for name in names.split()
}
_UNIT = "|".join(
    re.escape(name) + (r"(?![a-z])" if name.isalpha() and name.isascii() else "")
    for name in sorted(_CURRENCIES, key=len, reverse=True)
)
_NUMBER = r"\d{1,3}(?:[.,\s]\d{3}){1,4}(?:[.,]\d{1,2})?(?![\d])|\d{1,12}(?:[.,]\d{1,2})?(?![.,]?\d)"
_MANY = r"(?: ?(?P<many>k|thousand|grand|mil|tausend|million|millones|万|千)(?![a-z]))?"
_RULES = (
    re.compile(rf"(?P<unit>us\$|[€$£¥]) ?(?P<number>{_NUMBER}){_MANY}"),
    re.compile(rf"(?<![\d.,])(?P<number>{_NUMBER}){_MANY} ?(?P<unit>{_UNIT})(?!\w*\d)"),
    re.compile(rf"\b(?P<unit>eur|usd|gbp|cny|rmb|chf) (?P<number>{_NUMBER}){_MANY}"),
    re.compile(rf"(?<![^\W\d_])(?P<words>{COUNTED}) (?P<unit>{_UNIT})"),
    re.compile(rf"(?P<words>{HAN_COUNTED})(?P<unit>元|块钱|块|欧元|欧|美元|美金|英镑|人民币)(?!手表)"),
)
_SIZES = {"k": 1000, "thousand": 1000, "grand": 1000, "mil": 1000, "tausend": 1000, "千": 1000, "万": 10_000}
_BARE = re.compile(
    r"(?<![\w.,:/#-])(?:\d{1,3}(?:,\d{3})+|\d{1,7})(?P<cents>[.,]\d{2})?(?![\w:/-]|[.,]\d|%| ?(?:st|nd|rd|th|am|pm|"
    r"p\.m|a\.m)\b)"
)
_PAID = re.compile(
    r"\b(?:spen[dt]|pay|paid|payment of|amount(?: is| of)?|price(?: is| was)?|costs?|charged?(?: me)?|"
    r"refund(?:ed)?(?: of| me)?|fee of|"
    r"pague|pagado|cobrado|cobraron|importe(?: de)?|precio(?: es)?|cuesta|reembolso de|bezahlt|betrag(?: von)?)"
    r"(?: (?:more|less|higher|lower|only|about|around|over|under|is|was|the|a|mas|menos))*(?: (?:than|of|de|que))? $"
)
_OF_THINGS = re.compile(r" ?(?!(?:in|for|at|on|to|by|from|and|but|en|por|a|y|pero)\b)[^\W\d_]")
_TRANSFER = re.compile(r"^ (?:transfer|payment|refund|deposit|withdrawal|charge|fee|transferencia|pago|reembolso)\b")


def amounts(heard: Heard, context: Context) -> Iterator[Entity]:
    flat = heard.flat
    taken: list[tuple[int, int]] = []
    for rule in _RULES:
        for found in rule.finditer(flat):
            if len(taken) >= MOST:
                return
            if any(found.start() < end and begin < found.end() for begin, end in taken):
                continue
            groups = found.groupdict()
            written = groups.get("number")
            number = decimal(written) if written else _in_words(groups["words"])
            if number is None:
                continue
            number *= _SIZES.get(groups.get("many") or "", 1 if "mill" not in (groups.get("many") or "") else 10**6)
            taken.append(found.span())
            yield in_flat(heard, "money", Money(number, _CURRENCIES[found["unit"]]), found.span(), 1.0)
    yield from _bare(heard, context, taken)


def _in_words(words: str) -> Decimal | None:
    value = counted(words)
    return None if value is None else Decimal(value)


def _bare(heard: Heard, context: Context, taken: list[tuple[int, int]]) -> Iterator[Entity]:
    """Numbers without a currency that can only be money: after "paid", before "transfer", or with cents."""
    flat = heard.flat
    for found in _BARE.finditer(flat):
        if any(found.start() < end and begin < found.end() for begin, end in taken):
            continue
        paid = _PAID.search(flat[max(0, found.start() - 48) : found.start()]) or _TRANSFER.match(flat[found.end() :])
        if not paid and not (found["cents"] and re.search(r"(?:of|for|the|same|de|por|von) $", flat[: found.start()])):
            continue
        after = flat[found.end() :]
        if not found["cents"] and _OF_THINGS.match(after) and not _TRANSFER.match(after):
            continue
        if (number := decimal(found[0])) is not None:
            yield in_flat(heard, "money", Money(number, context.currency), found.span(), 0.6)
