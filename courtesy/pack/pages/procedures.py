"""Procedure pages: what customers say, and the steps, top to bottom."""

from __future__ import annotations

from typing import Literal, cast

from courtesy.pack.mistakes import Mistakes, suggest
from courtesy.pack.model import (
    Ask,
    Confirm,
    ContinueWith,
    Do,
    HandOver,
    If,
    LookUp,
    Procedure,
    Promise,
    Step,
    Tell,
)
from courtesy.pack.pages.conditions import read_condition
from courtesy.pack.pages.forms import Form, Reader, Scalar, Value
from courtesy.pack.vocabulary import BUILT_IN, SLOT_KINDS, SOURCES, USUAL_KINDS, Vocabulary

KEYS = ("procedure", "title", "kind", "use when", "customers say", "not for", "offered as", "steps", "hand over when")
KINDS = ("question", "request", "complaint")
# verb → the keys that may stand beside it
VERBS: dict[str, tuple[str, ...]] = {
    "look up": ("by", "again"),
    "ask": ("kind", "choices", "from", "for each", "optional"),
    "if": ("then", "otherwise"),
    "confirm": (),
    "do": ("with",),
    "tell": (),
    "promise": ("within", "owner"),
    "continue with": (),
    "hand over": ("because",),
}


def read_procedure(
    form: Form, default_language: str, mistakes: Mistakes, vocabulary: Vocabulary = BUILT_IN
) -> Procedure | None:
    reader = Reader(form, mistakes)
    reader.only(KEYS, "a procedure")
    name = reader.text("procedure", needed=True)
    if not name:
        return None
    return Procedure(
        name=name,
        title=reader.wording("title", default_language),
        use_when=reader.text("use when"),
        examples=read_examples(reader, mistakes),
        not_for=reader.mapping("not for"),
        steps=read_steps(reader.listing("steps", needed=True), mistakes, vocabulary, nested=False),
        hand_over_when=reader.texts("hand over when"),
        kind=cast(Literal["question", "request", "complaint"], reader.choice("kind", KINDS, "request")),
        place=form.at("procedure"),
        offered_as=reader.texts("offered as"),
    )


def read_examples(reader: Reader, mistakes: Mistakes) -> dict[str, tuple[str, ...]]:
    form = reader.sub_form("customers say")
    if form is None:
        return {}
    sentences = Reader(form, mistakes)
    return {language: sentences.texts(language) for language in form}


def read_steps(
    values: tuple[Value, ...], mistakes: Mistakes, vocabulary: Vocabulary, *, nested: bool
) -> tuple[Step, ...]:
    steps = [_step(value, mistakes, vocabulary, nested=nested) for value in values]
    return tuple(step for step in steps if step is not None)


def _step(value: Value, mistakes: Mistakes, vocabulary: Vocabulary, *, nested: bool) -> Step | None:
    if not isinstance(value, Form):
        written = value.text if isinstance(value, Scalar) else ""
        mistakes.error(value.place, f"'{written}' is not a step", "Write '- verb: …', for example '- ask: reason'.")
        return None
    verbs = [key for key in value if key in VERBS]
    if len(verbs) != 1:
        problem = "a step has two verbs: " + ", ".join(verbs) if verbs else f"no verb in '{', '.join(value)}'"
        mistakes.error(
            value.place, problem, "Start each step with '- '." if verbs else suggest(next(iter(value), ""), VERBS)
        )
        return None
    verb = verbs[0]
    reader = Reader(value, mistakes)
    reader.only((verb, *VERBS[verb]), f"'{verb}'")
    if verb == "if":
        return _if(reader, mistakes, vocabulary, nested=nested)
    return _plain_step(verb, reader, vocabulary)


def _plain_step(verb: str, reader: Reader, vocabulary: Vocabulary) -> Step | None:
    place = reader.form.at(verb)
    if verb == "hand over":
        team = reader.text(verb)
        return HandOver(None if team.casefold() in ("", "yes") else team, reader.text("because") or None, place)
    name = reader.text(verb, needed=True)
    if not name:
        return None
    if verb == "look up":
        reader.choice(verb, vocabulary.look_ups, "order")
        return LookUp(name, reader.texts("by"), place, again=reader.yes("again"))
    if verb == "ask":
        return _ask(name, reader, vocabulary)
    if verb == "do":
        reader.choice(verb, vocabulary.acts, "send invoice")
        return Do(name, reader.texts("with"), place)
    if verb == "promise":
        within = reader.text("within", needed=True)
        return Promise(name, within, reader.text("owner") or None, place)
    if verb == "continue with":
        return ContinueWith(name, place)
    return Confirm(name, place) if verb == "confirm" else Tell(name, place)


def _ask(slot: str, reader: Reader, vocabulary: Vocabulary) -> Ask:
    choices = reader.texts("choices")
    source = reader.text("from") or None
    if source is not None:
        reader.choice("from", vocabulary.sources, source if source in vocabulary.sources else "order items")
    listed = bool(choices) or (source is not None and source not in SOURCES)
    usual = USUAL_KINDS.get(slot, "choice" if listed else "text")
    return Ask(
        slot=slot,
        kind=reader.choice("kind", SLOT_KINDS, usual),
        choices=choices,
        source=source,
        for_each=reader.text("for each") or None,
        optional=reader.yes("optional"),
        place=reader.form.at("ask"),
    )


def _if(reader: Reader, mistakes: Mistakes, vocabulary: Vocabulary, *, nested: bool) -> If | None:
    place = reader.form.at("if")
    if nested:
        mistakes.error(
            place,
            "an 'if' stands inside another 'if'",
            "Move the inner part into a procedure of its own and write 'continue with: …'.",
        )
    form = reader.sub_form("if")
    if form is None or not form.entries:
        mistakes.error(place, "'if' needs a condition", "Write '- if: {reason: is faulty}'.")
        return None
    then = read_steps(reader.listing("then", needed=True), mistakes, vocabulary, nested=True)
    otherwise = read_steps(reader.listing("otherwise"), mistakes, vocabulary, nested=True)
    return If(read_condition(form, mistakes), then, otherwise, place)
