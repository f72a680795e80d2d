"""Texts made to crash or slow what reads them: rants, binary, marks, look-alikes, and repeats for every pattern."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from time import process_time

LENGTH = 10_000
# Beginnings that patterns of this house take up, to be repeated so often that a careless one never ends.
_SEEDS = (
    "a", "1", "1 ", "1,", "1.", "1-", "12 ", "one ", "one and ", "double ", "twenty-", "two hundred and ",
    "a thousand ", "un ", "mil ", "cien y ", "一", "百", "十万", "零", "from the 3rd to ", "the 3rd ",
    "3rd of ", "last ", "next week ", "in 3 ", "monday ", "on monday, ", "may ", "1/1/", "10:", "10 past ",
    "at 5 ", "a las ", "half past ", "quarter to ", "for 2 ", "10-12 weeks ", "between 1 and ", "下个月",
    "周", "星期", "上上", "3天", "三个半", "下午三点", "$", "€1", "1€", "1 000 ", "spent ", "paid 1", "#1",
    "order ", "order number ", "TF-", "TF", "T F ", "O", "l1", "invoice #", "a@", "a@b.", "a.b.", "a dot ",
    "a at b dot ", "@", "www.", "http://a", "+34 6", "(1) ", "28013 ", "Calle Mayor 5, ", "street ", "to ",
    "is is ", "地址", "my name is ", "I am ", "under ", "de la ", "Ana ", "Mr. ", "transfer to ", "pay ",
    "我叫", "size ", "talla ", "blue ", "not ", "no ", "n't ", "never ", "I'm not ", "so angry ", "kill ",
    "你", "没有", "password is ", "cvv ", "4111 ", "ES91 ", "AA11", "four one ", "four, ", "> ", ">>", "| ",
    "-- ", "--\n", "\n", "\n\n", "On Mon, ", "On 1/1/11 a@b.c ", "From: ", "From: a\nTo: b\n", "<div>",
    "<blockquote>", "&lt;", "((", "[[", "\\", "^", "*", "_ ", "你好。", "？", "!", "?!", "…", "Sent from ",
    "Regards,\n", "-----Original Message-----\n", "a\u0301", "ก\u0e48", "का", "\u200b", "\u202e", "\u2066",
    "\u0000", "\ufeff", "\ud7ff", "😀", "👨\u200d👩\u200d", "\ufe0f", "аa", "Ａ", "ß", "İ",
)  # fmt: skip
_RANT = (
    "I have been waiting since last Tuesday for order TF-10005 and nobody answers, I paid 249 euros on the 3rd of May "
    "with card 4111 1111 1111 1111 and my e-mail is ana.ruiz@example.com, call me at 612 345 678! "
)


def texts(seed: int = 20260101) -> Iterator[tuple[str, str]]:
    """(what it is, text), the same for the same seed."""
    dice = Random(seed)
    yield "empty", ""
    yield "blank", " \n\t" * 100
    yield "rant", (_RANT * 60)[:LENGTH]
    yield "rant in capitals", (_RANT * 60)[:LENGTH].upper()
    yield "rant in one word", (_RANT * 60)[:LENGTH].replace(" ", "")
    yield "binary", "".join(chr(dice.randrange(256)) for _ in range(LENGTH))
    yield "any character", "".join(_any(dice) for _ in range(LENGTH))
    yield "emoji", "".join(chr(dice.randrange(0x1F300, 0x1FAFF)) for _ in range(LENGTH))
    yield "right to left", ("\u202e" + "שלום מה שלומך " + "مرحبا " + "\u202c") * 300
    yield "look-alikes", "ТҒ-10005 оrdеr рlеаsе " * 400
    yield "marks", "e" + "\u0301" * LENGTH
    for length in (LENGTH, 200_000):
        yield f"one letter, {length}", "x" * length
    for one in _SEEDS:
        yield f"repeated {one!r}", (one * (LENGTH // len(one) + 1))[:LENGTH]
        yield f"repeated {one!r} then an end", (one * 1500)[: LENGTH - 1] + "!"
    for number in range(40):
        yield f"mixed {number}", "".join(dice.choice(_SEEDS) for _ in range(2500))[:LENGTH]


def _any(dice: Random) -> str:
    point = dice.randrange(0x10FFFF)
    return chr(point) if not 0xD800 <= point <= 0xDFFF else "?"


def slowest(read: Callable[[str], object], of: Iterator[tuple[str, str]]) -> tuple[float, str]:
    """The longest seconds of the processor one text took, and which it was. Whatever ``read`` raises, passes on."""
    worst, name = 0.0, ""
    for says, text in of:
        started = process_time()
        read(text)
        spent = process_time() - started
        if spent > worst:
            worst, name = spent, says
    return worst, name
