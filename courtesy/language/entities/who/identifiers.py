"""Identifiers: order numbers in the company's pattern, spoken and misread ones too; invoices, accounts, other "
"references."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from rapidfuzz.distance import OSA

from courtesy.language.entities.amounts.spoken import spelt
from courtesy.language.entities.reading import in_clean, in_flat
from courtesy.language.text import Heard, flatten
from courtesy.language.understanding import Context, Entity, EntityKind

_ORDER_WORDS = re.compile(
    r"(?:\b(?:orders?|ordered|purchases?|pedidos?|compras?|number|numero|num|ref(?:erence)?\.?|referencia|"
    r"bestell(?:ung|nummer)|nr\.?)"
    r"(?: (?:number|numero|no\.?|id|is|es|nr\.?|#|ist|was|called))*|n[º°o]\.?|订单号?码?|单号|#)\W{0,6}$"
)
_DIGIT = r"[0-9OoQIlL|SsBZ]"
_READ = str.maketrans(
    {"O": "0", "o": "0", "Q": "0", "I": "1", "l": "1", "L": "1", "|": "1", "S": "5", "s": "5", "B": "8", "Z": "2"}
)
_OWNER_OF = {
    word: owner
    for owner, words in {
        "order": "order orders purchase purchases pedido pedidos compra bestellung booking",
        "invoice": "invoice invoices bill bills receipt factura facturas recibo rechnung",
        "account": "account accounts customer client member membership policy cuenta cliente konto kundennummer",
        "parcel": "tracking parcel package shipment delivery seguimiento paquete envio sendung paket",
        "case": "case ticket reference ref complaint incident caso referencia incidencia confirmation",
    }.items()
    for word in words.split()
}
_HAN_OWNERS = {
    "订单": "order", "发票": "invoice", "账单": "invoice", "账户": "account", "账号": "account", "会员": "account",
    "客户": "account", "运单": "parcel", "快递": "parcel", "物流": "parcel", "工单": "case", "投诉": "case",
}  # fmt: skip
_KINDS: dict[str, EntityKind] = {"invoice": "invoice number", "account": "account number"}
_NUMBERED = re.compile(
    r"(?:(?<![\w.,€$£-])|(?<=[a-z]{2})(?=\d{6}|"
    r"#\d))(?P<id>#\s?(?=[A-Za-z0-9-]*\d)[A-Za-z0-9](?:[A-Za-z0-9-]{0,28}[A-Za-z0-9])?|"
    r"(?=[A-Za-z-]*\d)(?:[A-Za-z]{1,6}[-_/]?)?\d[\d-]{1,30}(?:[-/][A-Za-z0-9]{1,8})?[A-Za-z]?)(?![\w€$£%@]|[.,:]\d|"
    r" ?(?:€|euros?|dollars?|pounds?)\b)"
)
_SAID_DASH = r"[\s-]?(?:dash|hyphen|minus|gui[oó]n|bindestrich|strich|横杠|杠)[\s-]?"
_CODE = re.compile(r"(?<!\d)(\d{3})[ -]?(\d{3})(?!\d)")
_FIGURES = re.compile(r"(?<![\w.,])\d{3,24}(?![\w.,]\d|\w)")
_WORD = re.compile(r"[^\W\d_]{3,14}")


@lru_cache(maxsize=64)
def _order_pattern(pattern: str) -> tuple[re.Pattern[str], str]:
    """The written form of order numbers as a search pattern, and its fixed beginning ("TF-")."""
    fixed = re.match(r"[^#@]*", pattern)
    prefix = fixed[0] if fixed else ""
    letters = r"[\s\-_.]?".join(re.escape(letter) for letter in prefix if letter.isalnum())
    rest = "".join(
        {"#": _DIGIT, "@": r"[A-Za-z]"}.get(sign, r"[\s\-_.]?" if not sign.isalnum() else re.escape(sign))
        for sign in pattern[len(prefix) :]
    )
    opening = rf"(?P<prefix>{letters}(?:{_SAID_DASH}|[\s\-_.:#nº°]{{0,4}}))" if letters else "(?P<prefix>)"
    loose = rf"(?<![A-Za-z0-9]){opening}?(?P<rest>{rest})(?![A-Za-z0-9])"
    return re.compile(loose, re.IGNORECASE), prefix


def order_numbers(heard: Heard, context: Context) -> Iterator[Entity]:
    """Order numbers of the company's pattern; without their letters only where an order is spoken of."""
    if not context.order_number_pattern:
        return
    taken: list[tuple[int, int]] = []
    for value, place, sure in _in_pattern(heard.clean, context):
        entity = in_clean(heard, "order number", value, place, sure)
        taken.append(entity.span)
        yield entity
    if (said := spelt(heard.flat)) is not None:
        for value, place, sure in _in_pattern(said.text, context):
            entity = in_flat(heard, "order number", value, said.place(*place), min(sure, 0.9))
            if not any(entity.span[0] < end and start < entity.span[1] for start, end in taken):
                yield entity


def _in_pattern(text: str, context: Context) -> Iterator[tuple[str, tuple[int, int], float]]:
    pattern, prefix = _order_pattern(context.order_number_pattern)
    own = {re.sub(r"\W", "", number).casefold(): number for number in context.order_numbers}
    asked = context.question is not None and context.question.kind == "order"
    for found in pattern.finditer(text):
        rest = re.sub(r"[\s\-_.]", "", found["rest"])
        read = _read(rest, context.order_number_pattern[len(prefix) :])
        if read is None:
            continue
        value = f"{prefix}{read}"
        known = own.get(re.sub(r"\W", "", value).casefold())
        whole = bool(found["prefix"]) or not any(sign.isalnum() for sign in prefix)
        misread = read != rest.upper()
        before = flatten(text[max(0, found.start() - 60) : found.start()])
        owner, close = _owner(before)
        if close and owner not in ("order", "case", "") and not found["prefix"]:
            continue
        near = bool(_ORDER_WORDS.search(before))
        if known or near or asked or (whole and (not misread or found["prefix"])):
            yield known or value, found.span(), (0.99 if whole else 0.85) - (0.1 if misread else 0)


def _read(rest: str, pattern: str) -> str | None:
    """The written characters with look-alikes of digits read as digits; None when hardly any digit is there."""
    signs = [sign for sign in pattern if sign in "#@" or sign.isalnum()]
    if len(signs) != len(rest):
        return None
    read = [
        letter.translate(_READ) if sign == "#" else letter.upper() for letter, sign in zip(rest, signs, strict=True)
    ]
    digits = sum(letter.isdigit() for letter, sign in zip(rest, signs, strict=True) if sign == "#")
    return "".join(read) if 2 * digits > signs.count("#") else None


def codes(heard: Heard, context: Context) -> Iterator[Entity]:
    if context.question is None or context.question.kind != "code":
        return
    for found in _CODE.finditer(heard.clean):
        yield in_clean(heard, "code", found[1] + found[2], found.span())
    if (said := spelt(heard.flat)) is not None:
        for found in _CODE.finditer(said.text):
            place = said.place(*found.span())
            if not heard.flat[slice(*place)].replace(" ", "").isdigit():
                yield in_flat(heard, "code", found[1] + found[2], place)


def references(heard: Heard, context: Context) -> Iterator[Entity]:
    """Invoice, account, parcel and other numbers beside the word that says whose they are.

    A company without an order number pattern has any number for orders: then a number of five digits, or one after
    "#", is an order's unless another owner is named."""
    asked = _wants_number(context)
    seen = [(found["id"], found.span("id"), heard.clean) for found in _NUMBERED.finditer(heard.clean)]
    for written, place, text in seen:
        entity = _reference(written, text[: place[0]].lower(), context, asked=asked)
        if entity is not None:
            kind, role, value, sure = entity
            yield in_clean(heard, kind, value, place, sure, role)
    if (said := spelt(heard.flat)) is not None:
        for found in _NUMBERED.finditer(said.text):
            place = said.place(*found.span("id"))
            entity = _reference(found["id"], said.text[: found.start("id")], context, asked=asked)
            if entity is not None and not any(found["id"] == written for written, _, _ in seen):
                yield in_flat(heard, entity[0], entity[2], place, 0.8, entity[1])


def spelt_out(heard: Heard, context: Context) -> Iterator[Entity]:
    """Figures said one by one are an identifier, whatever it belongs to."""
    if (said := spelt(heard.flat)) is not None and not _wants_number(context):
        for found in _FIGURES.finditer(said.text):
            place = said.place(*found.span())
            if heard.flat[slice(*place)] != found[0]:
                yield in_flat(heard, "reference", found[0], place, 0.6)


def _wants_number(context: Context) -> bool:
    return context.question is not None and context.question.kind in ("number", "quantity")


def _reference(
    written: str, before: str, context: Context, *, asked: bool
) -> tuple[EntityKind, str, str, float] | None:
    digits = sum(sign.isdigit() for sign in written)
    owner, near = _owner(before)
    marked = written.startswith("#")
    value = written.lstrip("# ").upper()
    pure = value.isdigit()
    if asked or (pure and len(value) == 4 and value[:2] in ("19", "20") and not near):
        return None
    if not (marked or (near and digits >= 3) or (not context.order_number_pattern and digits >= 5)):
        return None
    if owner in _KINDS:
        return _KINDS[owner], "", value, 0.9
    if owner in ("order", "") and not context.order_number_pattern:
        return "order number", "", value, 0.9
    return "reference", owner or "order", value, 0.8


def _owner(before: str) -> tuple[str, bool]:
    """Whose number follows, by the last word that tells, slips allowed; and whether that word stands close by."""
    tail = before[-60:]
    han = max(((tail.rfind(word), owner) for word, owner in _HAN_OWNERS.items()), default=(-1, ""))
    words = list(_WORD.finditer(tail))
    for back, found in enumerate(reversed(words)):
        owner = _named(found[0])
        if owner and found.start() > han[0]:
            gap = tail[found.end() :]
            return owner, back <= 2 and bool(
                re.fullmatch(r"\W*(?:(?:number|numero|no|id|is|es|nr|num|nummer|ist|with|the|ending|in)\W*){0,3}", gap)
            )
    return (han[1], len(tail) - han[0] <= 8) if han[0] >= 0 else ("", False)


@lru_cache(maxsize=4096)
def _named(word: str) -> str:
    if word in _OWNER_OF:
        return _OWNER_OF[word]
    if len(word) >= 5:
        for known, owner in _OWNER_OF.items():
            if abs(len(known) - len(word)) <= 1 and len(known) >= 4 and OSA.distance(word, known, score_cutoff=1) <= 1:
                return owner
    return ""
