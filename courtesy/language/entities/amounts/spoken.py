"""Numbers in words: counted ("two hundred and five", "mil quinientos", "三百五十") and spelt ("one oh four two")."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ONES = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
    "cero": 0, "uno": 1, "un": 1, "una": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7,
    "ocho": 8, "nueve": 9, "diez": 10, "once": 11, "doce": 12, "trece": 13, "catorce": 14, "quince": 15,
    "dieciseis": 16, "diecisiete": 17, "dieciocho": 18, "diecinueve": 19, "veintiuno": 21, "veintiun": 21,
    "veintidos": 22, "veintitres": 23, "veinticuatro": 24, "veinticinco": 25, "veintiseis": 26, "veintisiete": 27,
    "veintiocho": 28, "veintinueve": 29,
    "null": 0, "eins": 1, "ein": 1, "eine": 1, "einem": 1, "einer": 1, "zwei": 2, "zwo": 2, "drei": 3, "vier": 4,
    "funf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11, "zwolf": 12, "dreizehn": 13,
    "vierzehn": 14, "funfzehn": 15, "zwanzig": 20, "dreissig": 30,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90, "veinte": 20, "treinta": 30, "cuarenta": 40, "cincuenta": 50, "sesenta": 60, "setenta": 70,
    "ochenta": 80, "noventa": 90,
}  # fmt: skip
_HUNDREDS = {
    "cien": 100, "ciento": 100, "doscientos": 200, "doscientas": 200, "trescientos": 300, "trescientas": 300,
    "cuatrocientos": 400, "cuatrocientas": 400, "quinientos": 500, "quinientas": 500, "seiscientos": 600,
    "seiscientas": 600, "setecientos": 700, "setecientas": 700, "ochocientos": 800, "ochocientas": 800,
    "novecientos": 900, "novecientas": 900,
}  # fmt: skip
_BIG = {"hundred": 100, "hundert": 100, "thousand": 1000, "grand": 1000, "mil": 1000, "tausend": 1000}
_HUGE = {"million": 10**6, "millon": 10**6, "millones": 10**6}
SMALL = {**_ONES, **_TENS}  # words of one number below a hundred
_COUNTED = {**SMALL, **_HUNDREDS, **_BIG, **_HUGE}
_JOINED = r"(?: (?:and |y )?|-)"
_ANY = "|".join(sorted(_COUNTED, key=len, reverse=True))
COUNTED = rf"(?:(?:a|half a) (?={'|'.join([*_BIG, *_HUGE])}))?(?:{_ANY})(?:{_JOINED}(?:{_ANY})){{0,8}}"
_COUNT = re.compile(rf"(?<![^\W\d_]){COUNTED}(?![^\W\d_])")

_HAN_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2, "幺": 1}
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
HAN = "零〇一二两三四五六七八九十百千万"
HAN_COUNTED = rf"(?:[{HAN}]{{1,12}})"

_SPELT = {
    **{word: str(value) for word, value in SMALL.items() if value < 10},
    **dict.fromkeys(("oh", "nought", "naught", "nil"), "0"),
    **{sign: str(value) for sign, value in _HAN_DIGITS.items()},
}
_SPELT_WORD = "|".join(sorted((*_SPELT, *SMALL, "o"), key=len, reverse=True))
_REPEATED = {"double": 2, "triple": 3, "treble": 3, "doble": 2}
_TOKEN = rf"(?:(?:{'|'.join(_REPEATED)}) )?(?:{_SPELT_WORD}|\d{{1,12}})"
_BETWEEN = r"(?: ?[-,.] ?| )"
_RUN = re.compile(rf"(?<![^\W_]){_TOKEN}(?:{_BETWEEN}{_TOKEN}){{2,24}}(?![^\W_])|[{''.join(_HAN_DIGITS)}]{{4,24}}")
_WRITTEN = re.compile(r"\d{2}")
_SAID = re.compile(r"[^\W\d_]")
_ONE = re.compile(rf"(?:(?P<times>{'|'.join(_REPEATED)}) )?(?P<word>{_SPELT_WORD}|\d{{1,12}})")


def counted(words: str) -> int | None:
    """The value of number words in flat text: "two hundred and five" is 205; None when they are none."""
    if words and words[0] in HAN:
        return han(words)
    total = part = 0
    seen = False
    for word in re.split(r"[ -]", words):
        if word in ("and", "y"):
            continue
        if word == "a":
            part = max(part, 1)
        elif word in _BIG or word in _HUGE:
            size = _BIG.get(word) or _HUGE[word]
            if size == 100:
                part = max(part, 1) * 100
            else:
                total, part = total + max(part, 1) * size, 0
        elif word in _COUNTED:
            part += _COUNTED[word]
        else:
            return None
        seen = True
    return total + part if seen else None


def han(signs: str) -> int | None:
    """The value of a number in Chinese characters; a row of digits is read one by one."""
    if all(sign in _HAN_DIGITS for sign in signs):
        return int("".join(str(_HAN_DIGITS[sign]) for sign in signs))
    total = part = digit = 0
    for sign in signs:
        if sign in _HAN_DIGITS:
            digit = _HAN_DIGITS[sign]
        elif sign == "万":
            total, part, digit = (total + part + digit or 1) * 10_000, 0, 0
        elif sign in _HAN_UNITS:
            part, digit = part + (digit or 1) * _HAN_UNITS[sign], 0
        else:
            return None
    return total + part + digit


def counts(flat: str) -> list[tuple[int, tuple[int, int]]]:
    """Every counted number in words, with its place in the flat text."""
    found = [(counted(hit[0]), hit.span()) for hit in _COUNT.finditer(flat)]
    return [(value, place) for value, place in found if value is not None]


@dataclass(frozen=True, slots=True)
class Spelt:
    """A text in which figures that were spelt out stand as figures, and the way back to each character."""

    text: str
    origin: tuple[int, ...]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where ``text[start:end]`` stands in the text it was made from."""
        return self.origin[start], self.origin[end]


def spelt(flat: str) -> Spelt | None:
    """The flat text with rows of three and more spelt figures drawn together; None when there are none."""
    letters: list[str] = []
    origin: list[int] = []
    last = 0
    for run in _RUN.finditer(flat):
        figures = _figures(run[0])
        if len(figures) < 3 or (_WRITTEN.search(run[0]) and not _SAID.search(run[0])):
            continue  # written figures, not spelt ones
        for place in range(last, run.start()):
            letters.append(flat[place])
            origin.append(place)
        letters.extend(figures)
        origin.extend([run.start()] * len(figures))
        last = run.end()
    if not last:
        return None
    letters.extend(flat[last:])
    origin.extend(range(last, len(flat)))
    # A figure's end is the end of its run.
    return Spelt("".join(letters), (*origin, len(flat)))


def _figures(run: str) -> str:
    figures: list[str] = []
    tens = False
    for hit in _ONE.finditer(run):
        word = hit["word"]
        digits = word if word.isdigit() else "0" if word == "o" else _SPELT.get(word) or str(SMALL[word])
        if tens and len(digits) == 1 and digits != "0" and not hit["times"]:
            figures[-1] = figures[-1][0] + digits  # "forty two"
            tens = False
            continue
        figures.append(digits * _REPEATED.get(hit["times"] or "", 1))
        tens = word in _TENS and not hit["times"]
    return "".join(figures)
