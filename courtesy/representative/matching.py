"""Which of the offered things does a text speak of? Pure matching of words against labels, in any language.

Two ways: ``by_phrase`` finds a label, or another way of saying it, whole in the text (for reasons and outcomes);
``by_hint`` looks for words that set the choices apart (for items, variants and payment means: "the jacket").
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import regex

from courtesy.language.text import APOSTROPHES
from courtesy.language.understanding import Choice

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]++")
_TOKEN = regex.compile(r"[\p{L}\p{M}\p{N}]++|[.,;!?，。；！？]")
_HAN = regex.compile(r"\p{Han}")
_PARTS = regex.compile(
    r"[.;,!?\n，。；！？、]|\b(?:and|also|plus|y|e|además|también|as well as|but|pero)\b|和|还有|以及|另外|但",
    regex.IGNORECASE,
)
_EXCEPT = regex.compile(
    r"\b(?:except|but not|apart from|other than|everything but|all but|excepto|menos|salvo)\b|除了|不包括",
    regex.IGNORECASE,
)
_ALL = regex.compile(
    r"\b(?:all|everything|both|all of them|the whole (?:order|lot)|entire order|each of them|todos?|todas?|ambos|ambas|"
    r"los dos|las dos|(?:el )?pedido (?:completo|entero))\b|全部|所有|都要|都退|两个都|整个订单",
    regex.IGNORECASE,
)
_WHOLE = regex.compile(
    r"\b(?:everything|the whole (?:order|lot)|entire order|all of it|todo|(?:el )?pedido (?:completo|entero))\b"
    r"|全部|所有|整个订单|都要|都退",
    regex.IGNORECASE,
)
_ALL_ORDERS = regex.compile(
    r"\b(?:all|both|each|every|everything)\b[^.,;!?]{0,24}\b(?:orders?|ordered|bought|purchased)\b"
    r"|\b(?:todos|ambos|cada uno de)\b[^.,;!?]{0,16}\bpedidos?\b|\btodo lo que (?:he |)(?:pedi|comprad|compre)"
    r"|(?:所有|全部|每个|两个)[^，。！？]{0,4}订单|买的(?:所有|全部)",
    regex.IGNORECASE,
)
_LEFT_OUT = regex.compile(
    r"^(?:and |but |y |pero )?(?:not|no|isnt|sin|不是|不要|不退)\b|^(?:不是|不要|不退)", regex.IGNORECASE
)
_COMMON = frozenset(
    (
        *("a", "an", "the", "of", "for", "to", "in", "on", "with", "and", "or", "my", "your", "it", "is", "was", "i"),
        *("want", "de", "la", "el", "los", "las", "un", "una", "y", "en", "con", "por", "para", "mi", "que", "del"),
        *("how", "what", "when", "where", "why", "who", "which", "do", "does", "did", "can", "could", "would", "will"),
        *("am", "are", "be", "were", "been", "have", "has", "had", "me", "we", "us", "you", "they", "this", "that"),
        *("these", "those", "at", "by", "from", "as", "so", "if", "then", "there", "here", "u", "ur", "im", "please"),
        *("como", "cuando", "donde", "quien", "cual", "porque", "puedo", "puede", "he", "ha", "han", "esta", "este"),
        *("estos", "estas", "eso", "es", "son", "se", "lo", "te", "nos", "tu", "su", "al", "o", "q", "k", "favor"),
        *("no", "not", "yes", "none", "si", "don", "dont"),
        *("size", "talla", "color", "colour", "number", "order", "pedido", "one", "ones"),
    )
)
_BEFORE_A_SIZE = frozenset(("size", "sizes", "a", "an", "in", "the", "talla", "tallas", "la", "una", "en"))
_A_FEW_WORDS = 3
_FUNCTION = frozenset("的了是我你您他不没有在个这那一和与或把被给到要想请吗呢吧也都就还")
_FEW = 12  # choices up to which a single Han character may tell them apart
_SINGLE = 0.4  # what a single character weighs beside a pair
_LONGEST = 4000
_NO_APOSTROPHES = dict.fromkeys(map(ord, APOSTROPHES))


@lru_cache(maxsize=8192)  # a message is held against many labels, and labels against many messages
def fold(text: str) -> str:
    """Lower case without accents and apostrophes, for comparing: "Don’t" and "dont" are one word."""
    decomposed = unicodedata.normalize("NFKD", text[:_LONGEST].translate(_NO_APOSTROPHES).casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _stem(word: str) -> str:
    for ending in ("es", "s"):
        if len(word) > len(ending) + 2 and word.endswith(ending):
            return word[: -len(ending)]
    return word


def words_of(text: str, *, loose: bool = False) -> list[str]:
    """Words in folded, singular form; Han text as overlapping pairs of characters, ``loose``: single ones too."""
    return _bag(_WORD.findall(fold(text)), loose=loose)


def said_words(text: str, *, loose: bool = False) -> list[str]:
    """The same of what a customer wrote: a small letter alone is a size only where one is spoken of, in "talla m" but
    not in "q m kedan grandes"."""
    words = _WORD.findall(text[:_LONGEST].translate(_NO_APOSTROPHES))
    kept = [
        fold(word)
        for place, word in enumerate(words)
        if not (len(word) == 1 and "a" <= word <= "z" and len(words) > _A_FEW_WORDS)
        or (place and fold(words[place - 1]) in _BEFORE_A_SIZE)
    ]
    return _bag(kept, loose=loose)


def _bag(words: Sequence[str], *, loose: bool) -> list[str]:
    found: list[str] = []
    for word in words:
        if _HAN.search(word):
            found.extend(word[i : i + 2] for i in range(max(1, len(word) - 1)))
            if loose:
                found.extend(letter for letter in word if letter not in _FUNCTION)
        elif word not in _COMMON:
            found.append(_stem(word))
    return found


_NOT = regex.compile(
    r"(?:\b(?:not|dont|no|without|instead of|rather than|sin|en vez de|en lugar de|tampoco)\b"
    r"(?:(?!\b(?:but|pero|sino)\b)[^.,;!?，。；]){0,18}"
    r"|(?:不要|不想|不是|而不是|不用)[^.,;!?，。；]{0,6})$"
)


@lru_cache(maxsize=512)
def _as_tokens(text: str) -> str:
    return f" {' '.join(_TOKEN.findall(fold(text)))} "


def said_of(text: str, label: str) -> bool:
    """Whether a label stands in the text and is not negated there ("not a refund")."""
    folded, wanted = _as_tokens(text), fold(label).strip()
    if not wanted:
        return False
    needle = wanted if _HAN.search(wanted) else f" {' '.join(_WORD.findall(wanted))} "
    place = folded.find(needle)
    while place >= 0:
        if not is_denied(folded[:place]):
            return True
        place = folded.find(needle, place + 1)
    return False


def is_denied(before: str) -> bool:
    """Whether folded words deny what stands after them: "I do not want a"."""
    return _NOT.search(before.strip()) is not None


def contains(text: str, label: str) -> bool:
    """Whether a label stands in the text as whole words (or, in Han, as characters)."""
    folded, wanted = fold(text), fold(label).strip()
    if not wanted:
        return False
    if _HAN.search(wanted):
        return wanted in folded
    return f" {' '.join(_WORD.findall(wanted))} " in f" {' '.join(_WORD.findall(folded))} "


def contains_exactly(text: str, word: str) -> bool:
    """Whether a word stands in the text as written, capitals and all."""
    return regex.search(rf"(?<!\w){regex.escape(word)}(?!\w)", text) is not None


def by_phrase(text: str, choices: Sequence[Choice]) -> list[Choice]:
    """Choices whose label, or another way of saying it, stands in the text; those with the longest match first."""
    hits: list[tuple[int, int, Choice]] = []
    for place, choice in enumerate(choices):
        lengths = [len(label) for label in (choice.label, str(choice.value), *choice.labels) if said_of(text, label)]
        if lengths:
            hits.append((-max(lengths), place, choice))
    return [choice for _, _, choice in sorted(hits, key=lambda hit: hit[:2])]


def _weights(choices: Sequence[Choice]) -> tuple[list[set[str]], dict[str, float]]:
    loose = len(choices) <= _FEW
    bags = [set(words_of(" ".join((choice.label, *choice.labels)), loose=loose)) for choice in choices]
    counts = Counter(word for bag in bags for word in bag)
    total = len(choices)
    return bags, {word: math.log((total + 1) / count) * _worth(word) for word, count in counts.items()}


def _worth(word: str) -> float:
    return _SINGLE if len(word) == 1 and _HAN.match(word) else 1.0


def by_hint(text: str, choices: Sequence[Choice]) -> list[Choice]:
    """The choices that the words point to best; more than one when equally well; empty when to none."""
    if not choices:
        return []
    bags, weights = _weights(choices)
    words = said_words(text, loose=len(choices) <= _FEW)
    said = {*words, *(first + second for first, second in pairwise(words))}  # "book shelf" is a bookshelf
    scores = [sum(weights[word] for word in sorted(bag & said)) for bag in bags]
    best = max(scores)
    if best <= 0 or (len(choices) > 1 and best <= math.log((len(choices) + 1) / len(choices)) + 1e-9):
        return []
    return [choice for choice, score in zip(choices, scores, strict=True) if score >= best - 1e-9]


def parts_of(text: str) -> list[str]:
    """The text cut at commas, sentence ends and words that join wishes."""
    return [part.strip() for part in _PARTS.split(text[:_LONGEST]) if part and part.strip()]


def several_by_hint(text: str, choices: Sequence[Choice]) -> tuple[list[Choice], list[Choice]]:
    """(chosen, unclear): everything the text points to, part by part; ``unclear`` are equal candidates of one part.

    Understands "all", "both" and "everything except the boots"."""
    before, except_, after = _cut(text)
    named = _parts_chosen(before, choices)
    all_said = _ALL.search(fold(before)) and (_WHOLE.search(fold(before)) or not named[0])
    if except_ or all_said:
        excepted = several_by_hint(after, choices)[0] if except_ else []
        base = list(choices) if all_said or not named[0] else named[0]
        return [choice for choice in base if choice not in excepted], []
    return named


def _parts_chosen(text: str, choices: Sequence[Choice]) -> tuple[list[Choice], list[Choice]]:
    """Part by part, what it points to; "not the jacket" takes it out again."""
    chosen: list[Choice] = []
    unclear: list[Choice] = []
    left_out: list[Choice] = []
    for part in parts_of(text):
        hit = by_hint(part, choices)
        if _LEFT_OUT.search(fold(part)):
            left_out += hit
        elif len(hit) == 1 and hit[0] not in chosen:
            chosen.append(hit[0])
        elif len(hit) > 1 and not any(choice in chosen for choice in hit):
            narrowed = [choice for choice in by_hint(text, choices) if choice in hit]
            if len(narrowed) == 1:
                chosen.append(narrowed[0])
            else:
                unclear.extend(choice for choice in hit if choice not in unclear)
    chosen = [choice for choice in chosen if choice not in left_out]
    return chosen, [choice for choice in unclear if choice not in chosen and choice not in left_out]


def _cut(text: str) -> tuple[str, str, str]:
    found = _EXCEPT.search(text[:_LONGEST])
    if found is None:
        return text, "", ""
    return text[: found.start()], found.group(), text[found.end() :]


_OTHER_ORDER = regex.compile(r"\b(?:other|another|second) order\b|\botro pedido\b|(?:另一个|另外一个|其他)订单")
_COUNTED = regex.compile(
    r"\b(?P<en>two|three|four|2|3|4) (?:things|items|products|pieces|articles|of (?:them|these|the))\b"
    r"|\b(?P<es>dos|tres|cuatro|2|3|4) (?:cosas|articulos|productos|prendas)\b"
    r"|(?P<zh>[两二三四234])(?:件|样|个)(?:东西|商品|产品)"
)
_COUNTS = {"two": 2, "three": 3, "four": 4, "dos": 2, "tres": 3, "cuatro": 4, "两": 2, "二": 2, "三": 3, "四": 4}


def says_other_order(text: str) -> bool:
    return _OTHER_ORDER.search(fold(text)) is not None


def things_counted(text: str) -> int:
    """How many things a customer speaks of: "two things" is 2; 0 when none are counted."""
    found = _COUNTED.search(fold(text))
    said = next((word for word in found.groups() if word), "") if found else ""
    return int(said) if said.isdigit() else _COUNTS.get(said, 0)


_NUMBER_WORDS = {
    2: ("two", "both", "2", "dos", "ambos", "ambas", "两"),
    3: ("three", "3", "tres", "三"),
    4: ("four", "4", "cuatro", "四"),
}
_BETWEEN = 2  # words that may stand between a number and what it counts: "the two new lamps"


def counts(text: str, number: int, name: str) -> bool:
    """Whether so many of the named thing are spoken of: "the two skateboards", "两个灯"."""
    wanted, folded = set(words_of(name)), fold(text)
    for word in _NUMBER_WORDS.get(number, ()):
        if _HAN.search(word):
            if any(f"{word}{measure}{fold(name)}" in folded for measure in "个件双条把台本张只"):
                return True
            continue
        for found in regex.finditer(rf"\b{word}\b(?P<after>(?:[^\w.,;!?]+\w+){{1,{_BETWEEN + 3}}})", folded):
            after = words_of(regex.split(r"\b(?:and|y|or|o)\b", found["after"])[0])[: _BETWEEN + len(wanted)]
            if wanted and wanted <= set(after):
                return True
    return False


def says_all_orders(text: str) -> bool:
    """Whether every order is meant, not every item of one: "all my pending orders", "everything I ordered"."""
    return _ALL_ORDERS.search(fold(text)) is not None


_ONLY = regex.compile(r"\b(?:only|just|solo|solamente|unicamente)\b|只")


def says_only(text: str) -> bool:
    return _ONLY.search(fold(text)) is not None


_ALSO = regex.compile(r"\b(?:also|as well|too|in addition|besides|ademas|tambien)\b|还|也|另外|再加")


def only_part(text: str) -> str:
    """From the part that says "only" on: what is left of a wish whose condition stands before it."""
    parts = parts_of(text)
    place = next((place for place, part in enumerate(parts) if says_only(part)), 0)
    return ", ".join(parts[place:])


def says_also(text: str) -> bool:
    return _ALSO.search(fold(text)) is not None


def says_all(text: str) -> bool:
    return _ALL.search(fold(text)) is not None


def part_about(text: str, choice: Choice, choices: Sequence[Choice]) -> str:
    """The stretch of the text that speaks of this choice: from its mention to the mention of another."""
    parts = parts_of(text)
    about: list[str] = []
    speaking = False
    for part in parts:
        hit = by_hint(part, choices)
        if len(hit) == 1:
            speaking = hit[0] == choice
        if speaking:
            about.append(part)
    return ", ".join(about)
