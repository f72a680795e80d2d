"""Who and where: e-mail addresses, telephone numbers, names, postcodes and postal addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import phonenumbers
from babel import Locale

from courtesy.language.understanding import Context, Entity

_EMAIL = re.compile(
    r"(?<![A-Za-z0-9_.+%-])[A-Za-z0-9][A-Za-z0-9_.+%'-]{0,63}@"
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}(?![A-Za-z0-9_@])"
)
_POSTCODE_WORDS = re.compile(
    r"(?:zip(?: ?code)?|post ?code|postal code|c[óo]digo postal|c\.?p\.?|邮编|邮政编码)\W{0,4}(?:is|es|是|:)?\W{0,3}$",
    re.IGNORECASE,
)
_POSTCODES = {
    "IE": r"[A-Z]\d[\dW] ?[A-Z0-9]{4}",
    "GB": r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}",
    "PT": r"\d{4}-\d{3}",
    "NL": r"\d{4} ?[A-Z]{2}",
    "": r"\d{5}(?:-\d{4})?",
}
_POSTCODE = re.compile("|".join(rf"(?<![A-Za-z0-9-])(?:{shape})(?![A-Za-z0-9-])" for shape in _POSTCODES.values()))
_TOWN = re.compile(r"(?:^|[\s,])[A-ZÁÉÍÓÚÑ][^\W\d]+,\s*(?:[A-Z]{2}\b[,\s]\s*)?$")  # "Denver, CO, "
_NAME = re.compile(
    r"(?:\b(?i:my name is|my name's|name is|i am|i'm|this is|me llamo|mi nombre es|soy|nombre:|name:)\s+)"
    r"(?P<latin>[A-ZÁÉÍÓÚÑÜ][\w'’-]+(?:\s+(?:de|del|la|van|von|[A-ZÁÉÍÓÚÑÜ][\w'’-]+)){0,3})"
    r"|\b(?i:my name is|me llamo|mi nombre es)\s+(?P<small>[^\W\d]{2,}\s+[^\W\d]{2,})(?=\W|$)"
    r"|(?:我叫|我的名字是|我是|姓名[:：]?)\s*(?P<han>[\u4e00-\u9fff]{2,4}?)(?=[，。,.\s]|$)"
)
_BEFORE_STREET = re.compile(
    r".*(?:\b(?:to|is|at|address|use|send it to|change it to|deliver to|es|a|en|direcci[óo]n|mi casa|ahora)\b|[:：\n]"
    r"|地址是|地址改成|改成|寄到|送到|改为|地址)\s*[:：]?\s*(?=[\w\u4e00-\u9fff])",
    re.IGNORECASE | re.DOTALL,
)
_STREET = re.compile(
    r"\b(?:calle|c/|avda\.?|avenida|plaza|paseo|carrer|camino|ronda|rua|via|rue|street|st\.?|road|rd\.?|avenue|ave\.?|lane|drive|square|"
    r"court|way|stra(?:ß|ss)e|platz|weg)(?=\W|$)|(?:路|街|巷|大道|弄)\s*\d*",
    re.IGNORECASE,
)


def emails(text: str, context: Context) -> Iterator[Entity]:
    for found in _EMAIL.finditer(text):
        yield Entity("e-mail", found[0].rstrip(".").lower(), found.span(), found[0])


def phones(text: str, context: Context) -> Iterator[Entity]:
    """Valid numbers of the company's country, or international ones; the value is E.164."""
    if sum(sign.isdigit() for sign in text) < 7:
        return
    for found in phonenumbers.PhoneNumberMatcher(text, context.country):
        value = phonenumbers.format_number(found.number, phonenumbers.PhoneNumberFormat.E164)
        yield Entity("phone", value, (found.start, found.end), found.raw_string)


def names(text: str, context: Context) -> Iterator[Entity]:
    for found in _NAME.finditer(text):
        group = next(name for name in ("latin", "small", "han") if found[name])
        yield Entity("name", found[group].strip(), found.span(group), found[group], 0.8)


def postcodes(text: str, context: Context) -> Iterator[Entity]:
    asked = context.question is not None and context.question.kind in ("identity", "postcode", "address")
    for found in _POSTCODE.finditer(text.upper() if asked else text):
        said = bool(_POSTCODE_WORDS.search(text[max(0, found.start() - 24) : found.start()]))
        shaped = not found[0].isdigit()
        in_town = bool(_TOWN.search(text[max(0, found.start() - 40) : found.start()]))
        in_address = in_town or bool(re.match(r",?\s+[^\W\d]{2,}", text[found.end() :]))
        if said or asked or shaped or in_address:
            yield Entity("postcode", found[0], found.span(), found[0], 0.95 if said or asked else 0.6)


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    """Country name in English, Spanish, Chinese … → ISO 3166-1 code."""
    made: dict[str, str] = {}
    for language in ("en", "es", "zh", "fr", "de", "pt", "it"):
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha():
                made.setdefault(name.casefold(), code)
    return made | {"uk": "GB", "usa": "US", "u.s.a.": "US", "us": "US", "england": "GB"}


def addresses(text: str, context: Context) -> Iterator[Entity]:
    """A street with a postcode and city, in either order; a street alone when an address was asked for."""
    asked = context.question is not None and context.question.kind == "address"
    for found in _POSTCODE.finditer(text):
        if address := _around(text, found):
            yield address
            return
    street = _STREET.search(text)
    if street is None or not (asked or re.search(r"address|direcci[óo]n|地址", text, re.IGNORECASE)):
        return
    start = _start(text, street.start())
    end = re.search(r"[.;\n。；]|$", text[street.end() :])
    stop = street.end() + (end.start() if end else 0)
    written = text[start:stop].strip(" ,，")
    if not any(sign.isdigit() for sign in written):
        return
    parts = [part.strip() for part in re.split(r"[,，]", written) if part.strip()]
    value = {"street": ", ".join(parts[:2]) if len(parts) > 1 and parts[1][0].isdigit() else parts[0]}
    rest = [part for part in parts if part not in value["street"]]
    if rest:
        value["city"] = rest[0]
    yield Entity("address", value, (start, stop), written, 0.7)


def _start(text: str, before: int) -> int:
    """Where the address begins: after the last word that leads to it, or at the sentence's beginning."""
    opening = max(text.rfind(mark, 0, before) for mark in ".!?;\n。！？；") + 1
    led = _BEFORE_STREET.match(text, opening, before + 1)
    return led.end() if led and led.end() <= before else opening


def _around(text: str, found: re.Match[str]) -> Entity | None:
    start = _start(text, found.start())
    before = [part.strip() for part in re.split(r"[,，\n]", text[start : found.start()]) if part.strip(" .,")]
    after = re.match(r"[,，]?\s*([^.,;\n。，；!?]{2,40})?(?:[,，]\s*([^.,;\n。，；!?]{2,30}))?", text[found.end() :])
    if not before or not any(sign.isdigit() for sign in " ".join(before)):
        return None
    city, country = (after[1] or "", after[2] or "") if after else ("", "")
    end = found.end() + (after.end() if after else 0)
    if city.strip().casefold() in _countries():
        city, country = "", city
    city = re.split(r"\b(?:please|thanks|thank you|por favor|gracias|and|y)\b|谢谢|请", city, maxsplit=1)[0].strip()
    value = _parts(before, city, country, found[0])
    if value is None:
        return None
    return Entity("address", value, (start, end), text[start:end].strip())


def _parts(before: list[str], city: str, country: str, postcode: str) -> dict[str, str] | None:
    value = {"postcode": postcode}
    if not city and len(before) >= 2:  # "12 Main Street, Denver, CO, 80203": the city stands before the postcode
        if len(before) >= 3 and re.fullmatch(r"[A-Z]{2}", before[-1]):
            value["region"] = before.pop()
        city = before.pop()
    numbered = [place for place, part in enumerate(before) if any(sign.isdigit() for sign in part)]
    if not numbered:
        return None
    street = before[numbered[0]]
    if street.isdigit() and numbered[0]:
        street = f"{before[numbered[0] - 1]}, {street}"
    elif numbered[0] and not any(sign.isdigit() for sign in before[numbered[0] - 1]):
        value["name"] = before[numbered[0] - 1]
    value["street"] = street
    if more := before[numbered[0] + 1 :]:
        value["street2"] = ", ".join(more)
    if city:
        value["city"] = city
    if code := _countries().get(country.strip().casefold()):
        value["country"] = code
    return value
