"""Names of persons: after the words that announce one, with a title, or by a known given name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources

from courtesy.language.entities.reading import in_clean
from courtesy.language.phrasebook import function_words, languages, words_of
from courtesy.language.text import Heard, flatten
from courtesy.language.understanding import Context, Entity

_WORD = r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_])){0,24}\.?"
_RUN = rf"{_WORD}(?: {_WORD}){{0,3}}"
_STRONG = re.compile(
    r"\b(?:(?:my|the|full|his|her|whose) name is|my names|my name's|name's|under the (?:reservation|booking)(?: "
    r"of)?|under(?: the)?(?: same)?(?: name)?(?: of)?|in the name of|on the name(?: of)?|"
    r"(?:the )?name (?:is|of)|on behalf of|name:|nombre:|reservation (?:for|under)|me llamo|mi nombre es|a nombre "
    r"de|en nombre de|"
    r"ich hei(?:ß|ss)e|mein name ist|auf den namen)[: ]{1,3}(?P<name>" + _RUN + ")",
    re.IGNORECASE,
)
_SELF = re.compile(
    r"\b(?:i am|i'm|i’m|im|this is|it's|it’s|its|it is|soy|ich bin|hier ist|here is)[: ]{1,3}(?P<name>" + _RUN + ")",
    re.IGNORECASE,
)
_SPEAKING = re.compile(
    rf"(?:^|[,.!?] ?|\b(?:hi|hello|hey|this is|it's|hola|hallo),? )(?P<name>{_WORD}(?: {_WORD}){{0,2}}) (?:here|"
    rf"speaking|calling)\b(?! (?:to|with|for|about))",
    re.IGNORECASE,
)
_TITLED = re.compile(
    r"\b(?P<name>(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sr|Sra|Srta|Don|Doña|Herr|Frau)\.? [A-ZÁÉÍÓÚÑÜÖÄ][\w'’-]{1,24}(?: "
    r"[A-ZÁÉÍÓÚÑÜÖÄ][\w'’-]{1,24}){0,2}))"
)
_GIVEN_TO = re.compile(
    r"\b(?:transfer(?:red|ring)?|payments?(?: made)?|pay|paid|re-?send|send|sent|amount|wire[d]?|remit|money|"
    r"standing order|direct debit|order|owe|invoices?|bills?|"
    r"received?|transaction|booking|reservation|package|parcel)\b[^?!\n]{0,40}?\b(?:to|from|for|by) (?P<name>"
    + _RUN
    + ")",
    re.IGNORECASE,
)
_TO_FIRMS = re.compile(
    r"\b(?:payments|direct debits?|standing orders?|orders?|invoices?|bills?|package|parcel)\b", re.IGNORECASE
)
_DEED = re.compile(r"\b(?:transfer|payment|pay|paid|sent|send|money|amount|go)(?: made)? (?:to|from) $", re.IGNORECASE)
_DERIVED = re.compile(
    r"(?:tions?|ments?|ing|ness|ity|als?|ous|ful|fast|out|ier|able|ible)\b"
)  # endings of common words
_TO_DO = re.compile(
    r"\b(?:have|need|want|how|help|like|trying|try|able|going|used|extra|supposed|way|where|ready) to $", re.IGNORECASE
)
_BARE_PAY = re.compile(r"\b(?:pay|paid) (?P<name>" + _RUN + ")", re.IGNORECASE)
_CAPITALS = re.compile(
    r"(?<![\w'’])(?P<name>[A-ZÁÉÍÓÚÑ][a-záéíóúñüöä'’-]{1,20}(?: (?:de|del|la|van|von|"
    r"[A-ZÁÉÍÓÚÑ][a-záéíóúñüöä'’-]{1,20})){1,3})"
)
_HAN = re.compile(
    r"(?:我叫|我的名字是|我是|姓名[:：]?是?|名字叫|本人)\s?(?P<name>[\u4e00-\u9fff]{2,4}?)(?=[，。,.！!\s]|$|，)|"
    r"(?P<polite>[\u4e00-\u9fff]{1,2}(?:先生|女士|小姐))"
)
_WHOLE = re.compile(rf"(?:(?:for|to|from|it's|para|a nombre de|für) )?(?P<name>{_WORD}(?: {_WORD}){{1,2}})[.!]?")
_ADDRESS_GOES_ON = re.compile(r"[\w.+-]{0,64}@")
_PARTICLES = frozenset(["de", "del", "la", "las", "los", "van", "von", "der", "den", "da", "do", "dos", "di"])


def names(heard: Heard, context: Context) -> Iterator[Entity]:
    text = heard.clean
    taken: list[tuple[int, int]] = []
    for pattern, sure, known_only in (
        (_TITLED, 0.9, False),
        (_STRONG, 0.9, False),
        (_SPEAKING, 0.85, False),
        (_SELF, 0.8, True),
        (_GIVEN_TO, 0.6, True),
        (_BARE_PAY, 0.6, True),
        (_CAPITALS, 0.6, True),
    ):
        for found in pattern.finditer(text):
            place = _cut(text, found.span("name"), titled=pattern is _TITLED)
            if place is None or any(place[0] < end and begin < place[1] for begin, end in taken):
                continue
            if _ADDRESS_GOES_ON.match(text, place[1]):  # "I am ana.ruiz@example.com"
                continue
            written = text[slice(*place)]
            if known_only and not _likely(written, strict=pattern in (_CAPITALS, _BARE_PAY)):
                continue
            if pattern is _GIVEN_TO and not _goes_to_one(text[found.start() : place[0]], written):
                continue
            if pattern is _SELF and not (written[0].isupper() or " " in written or flatten(written) in given_names()):
                continue
            taken.append(place)
            yield in_clean(heard, "name", written.strip(), place, sure)
    if not taken and (whole := _WHOLE.fullmatch(text.strip())) and _is_name(whole["name"]):
        start = text.index(whole["name"])
        yield in_clean(heard, "name", whole["name"], (start, start + len(whole["name"])), 0.5)
    for found in _HAN.finditer(text):
        name = "name" if found["name"] else "polite"
        if found[name][0] not in "这那您你我他她客" and _chinese(found[name]):
            yield in_clean(heard, "name", found[name], found.span(name), 0.8)


def _cut(text: str, place: tuple[int, int], *, titled: bool) -> tuple[int, int] | None:
    """The leading words of a run that can be a name."""
    start = position = place[0]
    end = start
    for number, word in enumerate(text[slice(*place)].split(" ")):
        bare = flatten(word.rstrip("."))
        initial = len(bare) == 1 and word.endswith(".")
        if (
            not titled
            and not initial
            and bare in _stoppers()
            and not (number and bare in _PARTICLES and word.islower() and bare not in ("do", "la"))
        ):
            break
        position += len(word)
        end = position
        position += 1
        if word.endswith(".") and not initial and not (titled and number == 0):
            end -= 1
            break
    while end > start and flatten(text[start:end].rpartition(" ")[2]) in _PARTICLES and " " in text[start:end]:
        end = start + text[start:end].rindex(" ")
    return (start, end) if end - start >= 2 else None


def _likely(written: str, *, strict: bool) -> bool:
    """Whether words after a weak announcement are a name: a known given name, or words that are no common ones."""
    words = [flatten(word) for word in written.split(" ")]
    if words[0] in given_names():
        return len(words) > 1 or not _common(words[0]) or written[0].isupper()
    if strict or _common(words[0]) or (words[-1].endswith("s") and written[-2] in "'’"):
        return False
    return len(words) > 1 or len(words[0]) >= 4


def _goes_to_one(before: str, written: str) -> bool:
    """Whether something goes to, or comes from, a person of this name: of one unknown word, only right after the "
    "deed."""
    if flatten(written.split(" ")[0]) in given_names():
        return True
    if before.endswith("for ") or _DERIVED.search(written) or _TO_DO.search(before):
        return False
    return " " in written or (not _TO_FIRMS.search(before) and bool(_DEED.search(before)))


def _is_name(written: str) -> bool:
    """Whether a message of two or three words is a name: a known given name, and nothing common after it."""
    first, *rest = (flatten(word) for word in written.split(" "))
    return first in given_names() and not any(word in _stoppers() and word not in _PARTICLES for word in rest)


def _chinese(name: str) -> bool:
    return name[0] in _surnames() or (len(name) == 4 and name[:2] in ("欧阳", "司马", "上官", "诸葛"))


@lru_cache(maxsize=4096)
def _common(word: str) -> bool:
    return word in _stoppers() or word in _vocabulary()


@lru_cache(maxsize=1)
def _vocabulary() -> frozenset[str]:
    """Words that the lexicons use: none of them alone is a name."""
    known: set[str] = set()
    for language in languages():
        known |= words_of(language) | function_words(language)
        background = resources.files("courtesy.language.lexicons") / f"background.{language}.txt"
        if background.is_file():
            known |= set(re.findall(r"[^\W\d_]{2,}", flatten(background.read_text("utf-8"))))
    return frozenset(known) - given_names()


@lru_cache(maxsize=1)
def _stoppers() -> frozenset[str]:
    return _words("no_names.txt")


@lru_cache(maxsize=1)
def given_names() -> frozenset[str]:
    return _words("given_names.txt")


def _words(page: str) -> frozenset[str]:
    """The flat words of a lexicon, its opening remark left out."""
    text = (resources.files("courtesy.language.lexicons") / page).read_text("utf-8")
    return frozenset(flatten(word) for line in text.splitlines() if line[:1] != "#" for word in line.split())


@lru_cache(maxsize=1)
def _surnames() -> frozenset[str]:
    page = resources.files("courtesy.language.lexicons") / "surnames.zh.txt"
    return frozenset(page.read_text("utf-8").split("\n", 1)[1].replace("\n", "").replace(" ", ""))
