"""Understanding one message: language, entities, moves and feelings, in milliseconds and without deciding anything."""

from __future__ import annotations

import re
from time import perf_counter_ns

from courtesy.language.detection import detect
from courtesy.language.entities.finding import find_entities
from courtesy.language.feelings import feel
from courtesy.language.intents import IntentModel
from courtesy.language.masking import mask
from courtesy.language.moves import ORDER_MARK, find_moves
from courtesy.language.text import Heard, hear
from courtesy.language.understanding import Context, Entity, Understanding


def understand(text: str, context: Context, model: IntentModel) -> Understanding:
    """What a message means. Never raises on any text; spans are places in ``text``."""
    started = perf_counter_ns()
    heard = hear(text)
    language, probability, supported = detect(heard.clean, context.languages, context.language)
    spoken = language if supported else context.language or context.default_language
    entities = find_entities(heard, context)
    moves, alternatives, readings = find_moves(heard, _wording(heard, entities), spoken, context, model)
    if not supported and any(move.kind not in ("none", "asks") for move in moves):
        supported, language = True, spoken
    return Understanding(
        text=mask(heard.clean),
        language=language,
        language_probability=probability,
        moves=moves,
        entities=entities,
        feelings=feel(heard, context.languages, spoken),
        alternatives=alternatives,
        readings=readings,
        supported=supported,
        microseconds=(perf_counter_ns() - started) // 1000,
    )


LEFT_TO_SAY = 3  # letters after a condition; fewer, and the condition is all that is said
# "If it cannot be returned, cancel it" wishes for the second only.
_WERE_IT_NOT = re.compile(
    r"\b(?:if|in case)\b[^.,;!?]{0,40}\b(?:can ?not|can['’]?t|could(?: not|n['’]?t)|is(?: not|n['’]?t)|"
    r"are(?: not|n['’]?t)|won['’]?t|impossible|doesn['’]?t work)\b[^.,;!?]{0,40},"
    r"|\bsi no (?:se puede|puedes?|pueden|podéis|es posible|fuera posible)\b[^.,;!?]{0,40},"
    r"|(?:如果|要是|若)(?:不能|不行|不可以|无法|没法)[^，。；！？,]{0,12}[，,]",
    re.IGNORECASE,
)
_SILENT = {"e-mail", "order number", "phone", "url", "card number", "iban"}


def _wording(heard: Heard, entities: tuple[Entity, ...]) -> str:
    """The clean text with blanks where numbers and addresses stand: they say nothing of what is wanted. Where an order
    number begins stands a mark, for a question that needs the order as its object."""
    silent: set[int] = set()
    orders: set[int] = set()
    for entity in entities:
        if entity.kind in _SILENT:
            silent.update(range(*entity.span))
            if entity.kind == "order number":
                orders.add(entity.span[0])
    for found in _WERE_IT_NOT.finditer(heard.clean):
        if sum(letter.isalpha() for letter in heard.clean[found.end() :]) >= LEFT_TO_SAY:
            silent.update(heard.origin[found.start() : found.end()])
    if not silent:
        return heard.clean
    return "".join(
        ORDER_MARK if place in orders else " " if place in silent else letter
        for letter, place in zip(heard.clean, heard.origin, strict=True)
    )
