"""Order numbers, codes, quantities and amounts of money."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from courtesy.foundation.money import Money
from courtesy.language.understanding import Context, Entity

_ORDER_WORDS = re.compile(
    r"(?:order|orders|pedidos?|n[º°o]\.?|number|n[úu]mero|ref(?:erence)?\.?|订单号?|单号|#)\W{0,6}$",
    re.IGNORECASE,
)
_CURRENCIES = {
    name: code
    for code, names in (
        ("EUR", "€ eur euro euros 欧元 欧"),
        ("USD", "$ usd dollar dollars dólares 美元"),
        ("GBP", "£ gbp pounds libras 英镑"),
        ("CNY", "元 块 ¥ cny rmb 人民币"),
    )
    for name in names.split()
}
_UNIT = "|".join(sorted(map(re.escape, _CURRENCIES), key=len, reverse=True))
_NUMBER = r"\d{1,3}(?:[.,\s]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?"
_MONEY = re.compile(
    rf"(?:(?P<before>[€$£¥])\s?(?P<one>{_NUMBER})|(?P<two>{_NUMBER})\s?(?P<after>{_UNIT}))(?!\w*\d)", re.IGNORECASE
)
_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "un": 1, "una": 1, "uno": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8,
    "nueve": 9, "diez": 10,
}  # fmt: skip
_HAN = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_QUANTITY = re.compile(
    rf"(?<![\w.,#-])(?:(?P<digits>\d{{1,3}})(?![\w.,]*\d)(?=\s+[^\W\d]|\s*[个件双只条顶套])|(?P<word>{'|'.join(_WORDS)})\b"
    rf"|(?P<han>[{''.join(_HAN)}])(?=[个件双只条顶套]))",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"(?<![\w.,#/-])\d{1,9}(?:[.,]\d{1,4})?(?![\w/-])")
_CODE = re.compile(r"(?<!\d)(\d{3})[ -]?(\d{3})(?!\d)")


_SIGNS = {"#": r"\d", "@": r"[A-Za-z]"}


@lru_cache(maxsize=64)
def _order_pattern(pattern: str) -> tuple[re.Pattern[str], str]:
    """The written form of order numbers as a search pattern, and its fixed beginning ("TF-")."""
    fixed = re.match(r"[^#@]*", pattern)
    prefix = fixed[0] if fixed else ""
    letters = "".join(re.escape(letter) for letter in prefix if letter.isalnum())
    rest = "".join(
        {"#": r"\d", "@": r"[A-Za-z]"}.get(sign, r"[\s\-_.]?" if not sign.isalnum() else re.escape(sign))
        for sign in pattern[len(prefix) :]
    )
    opening = rf"(?P<prefix>{letters}[\s\-_.:#nº°]{{0,4}})" if letters else "(?P<prefix>)"
    loose = rf"(?<![A-Za-z0-9]){opening}?(?P<rest>{rest})(?![A-Za-z0-9])"
    return re.compile(loose, re.IGNORECASE), prefix


def order_numbers(text: str, context: Context) -> Iterator[Entity]:
    """Order numbers of the company's pattern; without their letters only where an order is spoken of."""
    pattern, prefix = _order_pattern(context.order_number_pattern)
    own = {re.sub(r"\W", "", number).casefold(): number for number in context.order_numbers}
    asked = context.question is not None and context.question.kind == "order"
    for found in pattern.finditer(text):
        bare = re.sub(r"[\s\-_.]", "", found["rest"]).upper()
        value = f"{prefix}{bare}"
        known = own.get(re.sub(r"\W", "", value).casefold())
        whole = bool(found["prefix"]) or not any(sign.isalnum() for sign in prefix)
        near = bool(_ORDER_WORDS.search(text[max(0, found.start() - 24) : found.start()]))
        if whole or known or near or asked:
            yield Entity("order number", known or value, found.span(), found[0], 0.99 if whole else 0.85)


def codes(text: str, context: Context) -> Iterator[Entity]:
    if context.question is None or context.question.kind != "code":
        return
    for found in _CODE.finditer(text):
        yield Entity("code", found[1] + found[2], found.span(), found[0])


def amounts(text: str, context: Context) -> Iterator[Entity]:
    for found in _MONEY.finditer(text):
        written = found["one"] or found["two"]
        unit = (found["before"] or found["after"]).casefold()
        if (number := decimal(written)) is not None:
            yield Entity("money", Money(number, _CURRENCIES[unit]), found.span(), found[0])


def decimal(written: str) -> Decimal | None:
    """A number with either comma or point before its decimals: "1.234,50" and "1,234.50" are the same."""
    bare = re.sub(r"\s", "", written)
    last = max(bare.rfind(","), bare.rfind("."))
    if last >= 0 and len(bare) - last - 1 == 3 and bare.count(bare[last]) >= 1 and len(bare) > 4:
        bare, last = bare.replace(",", "").replace(".", ""), -1
    if last >= 0:
        bare = bare[:last].replace(",", "").replace(".", "") + "." + bare[last + 1 :]
    try:
        return Decimal(bare)
    except InvalidOperation:
        return None


def quantities(text: str, context: Context) -> Iterator[Entity]:
    for found in _QUANTITY.finditer(text):
        if found["digits"]:
            value = int(found["digits"])
        elif found["word"]:
            value = _WORDS[found["word"].lower()]
        else:
            value = _HAN[found["han"]]
        sure = 0.9 if found["digits"] or found["han"] else 0.6
        yield Entity("quantity", Decimal(value), found.span(), found[0], sure)


def plain(text: str, context: Context) -> Iterator[Entity]:
    for found in _PLAIN.finditer(text):
        if (number := decimal(found[0])) is not None:
            yield Entity("number", number, found.span(), found[0], 0.8)
