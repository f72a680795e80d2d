"""Postal addresses: a street with a postcode and a city in either order, or a street alone when it was asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from babel import Locale

from courtesy.language.entities.reading import in_clean
from courtesy.language.entities.who.contacts import POSTCODE
from courtesy.language.entities.who.regions import STATES, state_of, state_of_zip
from courtesy.language.text import Heard
from courtesy.language.understanding import Context, Entity

_BEFORE_STREET = re.compile(
    r"(?:\b(?:live (?:in|at|on)|to be|to|is|at|address|use|send it to|change it to|deliver to|es|a|en|"
    r"direcci[óo]n|mi casa|ahora)\b"
    r"|[:：\n]"
    r"|地址是|地址改成|改成|寄到|送到|改为|地址)\s{0,4}[:：]?\s{0,4}(?=[\w\u4e00-\u9fff])",
    re.IGNORECASE,
)
_STREET = re.compile(
    r"\b(?:calle|c/|avda\.?|avenida|plaza|paseo|carrer|camino|ronda|rua|via|rue|street|st\.?|road|rd\.?|avenue|ave\.?|lane|drive|square|"
    r"court|way|stra(?:ß|ss)e|platz|weg)(?=\W|$)|(?:路|街|巷|大道|弄)\s{0,2}\d{0,5}",
    re.IGNORECASE,
)


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    """Country name in English, Spanish, Chinese … → ISO 3166-1 code."""
    made: dict[str, str] = {}
    for language in ("en", "es", "zh", "fr", "de", "pt", "it"):
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha():
                made.setdefault(name.casefold(), code)
    return made | {"uk": "GB", "usa": "US", "u.s.a.": "US", "us": "US", "england": "GB"}


def addresses(heard: Heard, context: Context) -> Iterator[Entity]:
    """A street with a postcode and city, in either order; a street alone when an address was asked for."""
    text = heard.clean
    asked = context.question is not None and context.question.kind == "address"
    for found in POSTCODE.finditer(text):
        if address := _around(text, found, context.country):
            value, place = address
            yield in_clean(heard, "address", value, place)
            return
    street = _STREET.search(text)
    if street is None or not (asked or re.search(r"address|direcci[óo]n|anschrift|adresse|地址", text, re.IGNORECASE)):
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
    yield in_clean(heard, "address", value, (start, stop), 0.7)


def _start(text: str, before: int) -> int:
    """Where the address begins: after the last word that leads to it, or at the sentence's beginning."""
    opening = max(text.rfind(mark, 0, before) for mark in ".!?;\n。！？；") + 1
    led = [found.end() for found in _BEFORE_STREET.finditer(text, opening, before + 1) if found.end() <= before]
    return led[-1] if led else opening


def _around(text: str, found: re.Match[str], home: str = "") -> tuple[dict[str, str], tuple[int, int]] | None:
    """The address around a postcode, and its place."""
    start = _start(text, found.start())
    before = [part.strip() for part in re.split(r"[,，\n]", text[start : found.start()]) if part.strip(" .,")]
    after = re.match(
        r"[,，]?\s{0,4}([^.,;\n。，；!?()（）]{2,40})?(?:[,，]\s{0,4}([^.,;\n。，；!?()（）]{2,30}))?",
        text[found.end() :],
    )
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
    if home == "US" and value.get("country", home) == home and (state := state_of_zip(found[0])):
        value.setdefault("region", state)
    return value, (start, end)


_CITY_AND_STATE = re.compile(rf"(.{{2,40}}) ({'|'.join(sorted(set(STATES.values())))})$")


def _letters(part: str) -> str:
    return part if re.fullmatch(r"[A-Z]{2}", part) else ""


def _has_house_number(part: str) -> bool:
    """A number that can stand in a street; an account's name or an address on the net has digits, but no house."""
    return re.search(r"(?<![\w@.#])\d|\d号", part) is not None and not re.search(r"[_@#]\S*\d", part)


def _parts(before: list[str], city: str, country: str, postcode: str) -> dict[str, str] | None:
    value = {"postcode": postcode}
    if not city and len(before) >= 2:  # "12 Main Street, Denver, CO, 80203": the city stands before the postcode
        if len(before) >= 3 and (state := state_of(before[-1]) or _letters(before[-1])):
            value["region"] = state
            before.pop()
        city = before.pop()
        if found := _CITY_AND_STATE.match(city):
            city, value["region"] = found[1], found[2]
    numbered = [place for place, part in enumerate(before) if _has_house_number(part)]
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
