"""Figures: decimals in either notation, quantities of things, and plain numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from courtesy.language.entities.amounts.spoken import HAN, counted, han
from courtesy.language.entities.reading import in_flat
from courtesy.language.text import Heard
from courtesy.language.understanding import Context, Entity

_CLASSIFIERS = "个件双只条顶套台把张本瓶盒箱袋份副支包块"
_WORDS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    "un|una|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce"
)
_QUANTITY = re.compile(
    rf"(?:(?<![\w.,#-])|(?<=[\u4e00-\u9fff]))(?:(?P<digits>\d{{1,3}})(?:x(?=\s)|(?![\w.,]*\d))(?=\s+[^\W\d]|"
    rf"\s*[{_CLASSIFIERS}])|(?P<word>{_WORDS})\b"
    rf"|(?<![{HAN}第])(?P<han>[{HAN}]{{1,3}})(?=[{_CLASSIFIERS}]))"
)
_PLAIN = re.compile(r"(?<![\w.,#/-])\d{1,9}(?:[.,]\d{1,4})?(?![\w/-])")


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


def quantities(heard: Heard, context: Context) -> Iterator[Entity]:
    for found in _QUANTITY.finditer(heard.flat):
        if found["digits"]:
            value: int | None = int(found["digits"])
        else:
            value = counted(found["word"]) if found["word"] else han(found["han"])
        if value is not None:
            sure = 0.9 if found["digits"] or found["han"] else 0.6
            yield in_flat(heard, "quantity", Decimal(value), found.span(), sure)


def plain(heard: Heard, context: Context) -> Iterator[Entity]:
    for found in _PLAIN.finditer(heard.flat):
        if (number := decimal(found[0])) is not None:
            yield in_flat(heard, "number", number, found.span(), 0.8)
