"""Ways to reach a person: e-mail addresses, written or spoken, telephone numbers and postcodes."""

from __future__ import annotations

import re
from collections.abc import Iterator

import phonenumbers

from courtesy.language.entities.amounts.spoken import spelt
from courtesy.language.entities.reading import LONGEST, in_clean, in_flat
from courtesy.language.text import Heard
from courtesy.language.understanding import Context, Entity

_EMAIL = re.compile(
    r"(?<![A-Za-z0-9_.+%-])[A-Za-z0-9][A-Za-z0-9_.+%'-]{0,63}@"
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,6}[A-Za-z]{2,24}(?![A-Za-z0-9_@])"
)
_DOT = r"(?: ?(?:\.|\bdot\b|\bpunto\b|\bpoint\b|\bpunkt\b|点) ?)"
_JOIN = (
    r"(?: ?(?:\.|_|-|\bdot\b|\bpunto\b|\bpunkt\b|\bunderscore\b|\bguion bajo\b|\bdash\b|\bhyphen\b|\bguion\b|"
    r"\bunterstrich\b|点|下划线) ?)"
)
_AT = r"(?: ?(?:@|\bat\b|\barroba\b|艾特|\(at\)|\[at\]) ?)"
_PART = r"[a-z0-9]{1,30}"
_SPOKEN_EMAIL = re.compile(
    rf"(?<![a-z0-9@.])(?P<who>{_PART}(?:{_JOIN}{_PART}){{0,4}}){_AT}(?P<where>{_PART}(?:(?: ?- ?|"
    rf"\bdash\b){_PART}){{0,2}})"
    rf"(?P<ends>(?:{_DOT}[a-z]{{2,12}}){{1,3}})(?![a-z0-9])"
)
_SIGNS = {"dot": ".", "punto": ".", "punkt": ".", "point": ".", "点": ".", "underscore": "_", "guion bajo": "_",
         "unterstrich": "_",
          "下划线": "_", "dash": "-", "hyphen": "-", "guion": "-"}  # fmt: skip
_SAID_SIGN = re.compile(
    rf" ?(?:\b(?:{'|'.join(sorted((word for word in _SIGNS if word.isascii()), key=len, reverse=True))})\b|点|下划线) ?"
)
_URL = re.compile(r"\b(?:https?://|www\.)[^\s<>\"'，。]{3,200}", re.IGNORECASE)
_POSTCODE_WORDS = re.compile(
    r"(?:zip(?: ?code)?|post ?code|postal code|c[óo]digo postal|c\.?p\.?|plz|postleitzahl|邮编|"
    r"邮政编码)\W{0,4}(?:is|es|ist|是|:)?\W{0,3}$",
    re.IGNORECASE,
)
_POSTCODES = {
    "IE": r"[A-Z]\d[\dW] ?[A-Z0-9]{4}",
    "GB": r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}",
    "PT": r"\d{4}-\d{3}",
    "NL": r"\d{4} ?[A-Z]{2}",
    "": r"\d{5}(?:-\d{4})?",
}
POSTCODE = re.compile("|".join(rf"(?<![A-Za-z0-9-])(?:{shape})(?![A-Za-z0-9-])" for shape in _POSTCODES.values()))


def emails(heard: Heard, context: Context) -> Iterator[Entity]:
    """Written addresses; else those said with "at" and "dot", in flat text."""
    if "@" in heard.clean:
        for found in _EMAIL.finditer(heard.clean):
            yield in_clean(heard, "e-mail", found[0].rstrip(".").lower(), found.span())
        if " @" not in heard.clean and "@ " not in heard.clean:
            return
    for found in _SPOKEN_EMAIL.finditer(heard.flat):
        if "@" in found[0] and " " not in found[0]:
            continue  # written, and found above
        who, ends = _joined(found["who"]), _joined(found["ends"])
        where = _joined(found["where"]).replace(" ", "")
        yield in_flat(heard, "e-mail", f"{who}@{where}{ends}", found.span(), 0.85)


def _joined(said: str) -> str:
    return _SAID_SIGN.sub(lambda sign: _SIGNS[sign[0].strip()], said).replace(" ", "")


def urls(heard: Heard, context: Context) -> Iterator[Entity]:
    for found in _URL.finditer(heard.clean):
        written = found[0].rstrip(".,;:!?)")
        yield in_clean(heard, "url", written, (found.start(), found.start() + len(written)))


def phones(heard: Heard, context: Context) -> Iterator[Entity]:
    """Valid numbers of the company's country, or international ones, spoken ones too; the value is E.164."""
    text = heard.clean[:LONGEST]
    if sum(sign.isdigit() for sign in text) >= 7:
        for match in phonenumbers.PhoneNumberMatcher(text, context.country, max_tries=50):
            value = phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
            yield in_clean(heard, "phone", value, (match.start, match.end))
        yield from _called_phones(heard, context, text)
    if (said := spelt(heard.flat[:LONGEST])) is not None:
        for match in phonenumbers.PhoneNumberMatcher(said.text, context.country, max_tries=20):
            value = phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
            yield in_flat(heard, "phone", value, said.place(match.start, match.end), 0.8)


_PHONE_WORDS = re.compile(
    r"\b(?:tele)?phone\b|\b(?:mobile|cell|tel)\b|\btel[eé]fono\b|\bm[oó]vil\b|\bcelular\b|电话|手机", re.IGNORECASE
)


def _called_phones(heard: Heard, context: Context, text: str) -> Iterator[Entity]:
    """What is asked for or named as a phone number counts though no network gives such numbers out."""
    asked = context.question is not None and context.question.kind == "phone"
    lenient = phonenumbers.PhoneNumberMatcher(
        text, context.country, leniency=phonenumbers.Leniency.POSSIBLE, max_tries=50
    )
    for match in lenient:
        named = _PHONE_WORDS.search(text[max(0, match.start - 24) : match.start])
        if (asked or named) and not phonenumbers.is_valid_number(match.number):
            value = phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
            yield in_clean(heard, "phone", value, (match.start, match.end), 0.8)


_TOWN = re.compile(r"(?:^|[\s,])[A-ZÁÉÍÓÚÑ][^\W\d]{1,20},\s?(?:[A-Z]{2}\b[,\s]\s?)?$")  # "Denver, CO, "

_IN_TOWN = re.compile(r"\b(?:in|from|en) (?:[A-ZÁÉÍÓÚÑ][\w.]{1,20} ){1,3}(?:[A-Z]{2},? )?$")  # "in New York NY "


def postcodes(heard: Heard, context: Context) -> Iterator[Entity]:
    text = heard.clean
    asked = context.question is not None and context.question.kind in ("identity", "postcode", "address")
    for found in POSTCODE.finditer(text.upper() if asked and len(text.upper()) == len(text) else text):
        said = bool(_POSTCODE_WORDS.search(text[max(0, found.start() - 24) : found.start()]))
        shaped = not found[0].isdigit()
        led = text[max(0, found.start() - 40) : found.start()]
        in_town = bool(_TOWN.search(led) or _IN_TOWN.search(led))
        in_address = in_town or bool(re.match(r",?\s{1,3}[^\W\d]{2,}", text[found.end() : found.end() + 40]))
        if said or asked or shaped or in_address:
            yield in_clean(heard, "postcode", found[0], found.span(), 0.95 if said or asked else 0.6)
