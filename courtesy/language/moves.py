"""Moves: what each part of a message does, from the phrase books and from the company's own example sentences."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import regex

from courtesy.language.intents import NONE, IntentModel
from courtesy.language.offered import choose
from courtesy.language.phrasebook import Section, book, words_of
from courtesy.language.spelling import doubled, mend, mend_with
from courtesy.language.text import Heard, hear
from courtesy.language.understanding import Context, Move, MoveKind

RIVAL = 0.2
READINGS = 4  # kept of a ranking, for who asks why
Ranking = tuple[tuple[str, float], ...]  # (procedure or "none", probability), best first
_CUT = regex.compile(
    r"[!?。！？；;\n]+|\.+(?=\s|$)|[,，]\s*(?=(?:and|also|plus|but|y|adem[aá]s|tambi[eé]n|pero)\b|另外|还有|顺便|而且|并且)"
    r"|[,，]\s*(?=(?:and|y|e)\s)"
    r"|\s(?=(?:and (?:i|can|could|also|where|when|what|how|please)|also|by the way|por cierto|adem[aá]s"
    r"|y (?:quiero|quisiera|tambi[eé]n|cu[aá]ndo|d[oó]nde|puedes|cu[aá]nto))\b)|(?=(?:另外|还有|顺便|而且))",
    regex.IGNORECASE,
)
ORDER_MARK = "\ufffc"  # stands in the wording where an order number began
_ORDER = {"en": "my order", "es": "mi pedido", "zh": "我的订单"}
_SHORTEST = 6  # letters of a part that can be a wish of its own

# Sections of the phrase books that are moves, strongest first; those above the line stop a weaker reading.
_SIMPLE: tuple[MoveKind, ...] = (
    "wants a person",
    "manipulates",
    "stops",
    "wants repeat",
    "asks why",
    "asks who",
    "later",
    "thanks",
    "greets",
    "says goodbye",
    "complains",
)
_THREATS = ("legal", "authority", "press", "violence")
_NOT_PERSON = regex.compile(r"\b(?:no|not|dont|sin|without|never)\b[^.,;!?]{0,20}$|不(?:要|用|需要)[^，。]{0,3}$")


def find_moves(
    heard: Heard, wording: str, language: str, context: Context, model: IntentModel
) -> tuple[tuple[Move, ...], tuple[Move, ...], Ranking]:
    """The moves of a message in the order said, rivals of an unsure wish, and how the message as a whole was read.

    ``wording`` is the clean text, as long as it is, with blanks where numbers and addresses stand."""
    books = [book(language), *(book(other) for other in context.languages if other != language)]
    moves = _from_books(heard, books)
    moves += _answer(heard, books, context)
    moves += _mended(heard, books, language, context, model, {move.kind for move in moves})
    wishes, rivals, ranking = _wishes(heard, wording, language, model)
    moves += [move for move in wishes if not _is_answer(move, moves, heard, context)]
    if not moves:
        moves.append(Move("none", 1.0, (0, len(heard.received))))
    return (
        tuple(sorted(moves, key=lambda move: (move.span, -move.probability))),
        tuple(rivals),
        tuple(ranking[:READINGS]),
    )


def _from_books(heard: Heard, books: list[dict[str, Section]]) -> list[Move]:
    moves: list[Move] = []
    for kind in _SIMPLE:
        if found := _first(heard, books, kind):
            if kind == "wants a person" and _NOT_PERSON.search(heard.flat[: found[0]]):
                continue
            moves.append(_move(heard, kind, found))
    for target in _THREATS:
        if found := _first(heard, books, f"threatens {target}"):
            moves.append(replace(_move(heard, "threatens", found), target=target))
            break
    for section in books[0] | (books[1] if len(books) > 1 else {}):
        if section.startswith("changes language ") and (found := _first(heard, books, section)):
            moves.append(replace(_move(heard, "changes language", found), value=section.rpartition(" ")[2]))
    if found := _first(heard, books, "corrects"):
        target = "order" if _first(heard, books, "corrects order") else ""
        moves.append(replace(_move(heard, "corrects", found), target=target))
    return moves


def _mended(
    heard: Heard,
    books: list[dict[str, Section]],
    language: str,
    context: Context,
    model: IntentModel,
    known: set[MoveKind],
) -> list[Move]:
    """Moves that only show when slips are mended ("sorry, I neant the other"); their span is the whole message."""
    text = mend_with(heard.clean, _vocabulary(model, language), language)
    if text == heard.clean:
        return []
    again = hear(text)
    found = [*_from_books(again, books), *_answer(again, books, context)]
    if known & {"agrees", "declines"}:
        found = [move for move in found if move.kind not in ("agrees", "declines")]
    everything = (0, len(heard.received))
    return [replace(move, span=everything) for move in found if move.kind not in known]


@lru_cache(maxsize=16)
def _vocabulary(model: IntentModel, language: str) -> frozenset[str]:
    return model.words(language) | words_of(language) | doubled(model.examples.get(language, ()))


def _first(heard: Heard, books: list[dict[str, Section]], section: str) -> tuple[int, int] | None:
    for one in books:
        if section in one and (found := one[section].found(heard.flat)):
            return found
    return None


def _move(heard: Heard, kind: MoveKind, found: tuple[int, int]) -> Move:
    return Move(kind, 0.95, heard.span(*found), evidence=heard.flat[found[0] : found[1]])


# --- answers to what was asked -------------------------------------------------------------------


def _answer(heard: Heard, books: list[dict[str, Section]], context: Context) -> list[Move]:
    """Yes, no, or one of the offered choices."""
    moves: list[Move] = []
    agrees, declines = _first(heard, books, "agrees"), _first(heard, books, "declines")
    if declines and (not agrees or declines[0] <= agrees[0]):
        moves.append(_move(heard, "declines", declines))
    elif agrees:
        moves.append(_move(heard, "agrees", agrees))
    if context.question is not None:
        for choice in choose(heard.flat, context.question):
            span = (0, len(heard.received))
            moves.append(Move("chooses", 0.9, span, context.question.slot, choice.value, choice.label))
    return moves


def _is_answer(wish: Move, moves: list[Move], heard: Heard, context: Context) -> bool:
    """Whether a wish is only the echo of a short answer ("refund" to "refund or exchange?"). Where nothing was asked, a
    sentence of the company's own examples is a wish although it begins with a no ("no puedo entrar")."""
    if context.question is None and not context.open_matter and _bare(hear(wish.evidence)) == _bare(heard):
        return False
    answered = any(move.kind in ("chooses", "agrees", "declines") for move in moves)
    return answered and len(heard.flat) <= 24 and wish.kind == "wants"


def _bare(heard: Heard) -> str:
    return heard.flat.strip(" .,;:!?¡¿。，！？…")


# --- wishes and questions ------------------------------------------------------------------------


def parts_of(heard: Heard) -> list[tuple[int, int]]:
    """The clean text cut where a new wish may begin."""
    parts: list[tuple[int, int]] = []
    last = 0
    for found in [*_CUT.finditer(heard.clean), None]:
        end = found.start() if found else len(heard.clean)
        stop = found.end() if found else end
        if heard.clean[last:end].strip():
            parts.append((last, stop))
        last = stop if found and found.group().strip(" \n") else end
    return parts


def _wishes(
    heard: Heard, wording: str, language: str, model: IntentModel
) -> tuple[list[Move], list[Move], list[tuple[str, float]]]:
    """One wish for each part that is surely one; a part that is none belongs to the wish before it."""
    parts = parts_of(heard)
    whole, example = _read(wording, language, model)
    if _wishes_nothing(heard.clean, language):
        return [], [], whole
    read = [(part, *_read(wording[slice(*part)], language, model)) for part in parts] if len(parts) > 1 else []
    sure = [
        one
        for one in read
        if one[1][0][0] != NONE and one[1][0][1] >= model.sure_from(language) and _wishes_in(heard, one[0], language)
    ]
    labels = list(dict.fromkeys(one[1][0][0] for one in sure))
    if len(labels) <= 1:
        return *_single(heard, language, whole, example, sure, read, model.sure_from(language)), whole
    moves: list[Move] = []
    for number, label in enumerate(labels):
        first = next(one for one in sure if one[1][0][0] == label)
        following = [one[0][0] for one in sure if one[0][0] > first[0][0] and one[1][0][0] != label]
        start = 0 if number == 0 else first[0][0]
        end = min(following, default=len(heard.clean))
        span = heard.received_span(start, end)
        also = "also" if number and _is_additive(heard, language, first[0]) else None
        moves.append(Move("wants", first[1][0][1], span, label, also, first[2]))
    return moves + _questions(heard, language, [one for one in read if one not in sure]), [], whole


def _is_additive(heard: Heard, language: str, part: tuple[int, int]) -> bool:
    """Whether a part says that it is a further wish ("and also …")."""
    section = book(language).get("additive")
    before = max(0, part[0] - 12)
    joined = regex.search(r"(?:\band|\by|还有|另外|顺便)\s*$", heard.clean[before : part[0]], regex.IGNORECASE)
    text = hear(heard.clean[slice(*part)].strip(" ,，")).flat
    return joined is not None or (section is not None and section.found(text) is not None)


def _read(text: str, language: str, model: IntentModel) -> tuple[list[tuple[str, float]], str]:
    """An order number says nothing, but a question about it ("and where is TF-10002?") is one about an order."""
    if ORDER_MARK in text:
        named = _ORDER.get(language, "") if _asks(text, language) else ""
        text = text.replace(ORDER_MARK, named or " ")
    return model.read_with_example(mend(text.strip(), language, model), language)


def _asks(text: str, language: str) -> bool:
    section = book(language).get("question")
    return "?" in text or "？" in text or (section is not None and section.found(hear(text).flat) is not None)


def asks_in_general(text: str, language: str) -> bool:
    """Whether it is a question that speaks of nothing of the customer's own: "how long may I return things?"."""
    section = book(language).get("own")
    own = ORDER_MARK in text or (section is not None and section.found(hear(text).flat) is not None)
    return not own and _asks(text, language)


def _wishes_in(heard: Heard, part: tuple[int, int], language: str) -> bool:
    """Whether a part is long enough, and does not merely give an e-mail address or a number."""
    text = heard.clean[slice(*part)]
    return _long(heard, part) and "@" not in text and not _wishes_nothing(text, language)


def _wishes_nothing(text: str, language: str) -> bool:
    """Whether it only points ("the first one", "both") or only gives a detail ("my postcode is 48009")."""
    flat = hear(text.strip(" ,，.。!！;；")).flat
    sections = (book(language).get(name) for name in ("only points", "only gives"))
    return any(section is not None and section.found(flat) is not None for section in sections)


def _long(heard: Heard, part: tuple[int, int]) -> bool:
    text = heard.clean[slice(*part)].strip()
    return sum(2 if ord(letter) > 0x2E80 else 1 for letter in text) >= _SHORTEST


_Read = tuple[tuple[int, int], list[tuple[str, float]], str]


def _single(
    heard: Heard,
    language: str,
    whole: list[tuple[str, float]],
    example: str,
    sure: list[_Read],
    read: list[_Read],
    sure_from: float,
) -> tuple[list[Move], list[Move]]:
    everything = (0, len(heard.received))
    label, probability = whole[0]
    if sure and (label == NONE or probability < sure[0][1][0][1]):
        (label, probability), example = sure[0][1][0], sure[0][2]
    rivals = [
        Move("wants", chance, everything, other)
        for other, chance in whole[1:4]
        if other != NONE and chance >= RIVAL and chance > probability / 2
    ]
    if label != NONE and probability >= sure_from:
        wish = Move("wants", probability, everything, label, evidence=example)
        others = [one for one in read if one not in sure]
        return [wish, *_questions(heard, language, others)], rivals
    rest = read or [((0, len(heard.clean)), whole, example)]
    doubtful = [
        Move("wants", chance, everything, other) for other, chance in whole[:3] if other != NONE and chance >= RIVAL
    ]
    return _questions(heard, language, rest), doubtful


def _questions(heard: Heard, language: str, parts: list[_Read]) -> list[Move]:
    """Parts that ask something that no procedure is about."""
    moves: list[Move] = []
    for part, _, _ in parts:
        text = heard.clean[slice(*part)].strip()
        if _long(heard, part) and _asks(text, language):
            moves.append(Move("asks", 0.8, heard.received_span(*part), text.strip(" ,，")))
    return moves
