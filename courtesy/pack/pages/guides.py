"""Guide pages: branching instructions and troubleshooting trees, read as procedures whose way is a graph."""

from __future__ import annotations

from collections.abc import Iterator

from courtesy.pack.mistakes import Mistakes
from courtesy.pack.model import Condition, Guide, GuideAnswer, GuideStep, Phrase, Procedure
from courtesy.pack.pages.conditions import read_condition
from courtesy.pack.pages.forms import Form, Reader, Scalar, Value
from courtesy.pack.pages.procedures import read_examples, read_steps
from courtesy.pack.vocabulary import Vocabulary

KEYS = ("guide", "title", "use when", "customers say", "not for", "offered as", "hand over to", "steps")
TEXT_KEYS = ("say", "do this", "ask", "explain")
STEP_KEYS = ("step", *TEXT_KEYS, "answers", "carry out", "if", "through", "then", "otherwise")
ANSWER_KEYS = ("answer", "also", "then")
PLAIN = ("yes", "no")
ENDS = ("solved", "hand over")
CONTINUE = "continue with "


def is_end(target: str) -> bool:
    return target in ENDS or target.startswith(CONTINUE)


def phrase_name(guide: str, step: GuideStep, kind: str) -> str:
    """Under which name a text of a guide stands among the pack's phrases."""
    return f"guide: {step.told_as or f'{guide} / {step.name}'} / {kind}"


def phrases_of(procedure: Procedure) -> Iterator[Phrase]:
    """The guide's texts as phrases, so that they are worded, filled and translated like all others."""
    for step in procedure.guide.steps.values() if procedure.guide else ():
        if step.told_as:  # they stand with the guide that it was written in
            continue
        for kind, wording in step.texts.items():
            for language, text in wording.items():
                yield Phrase(phrase_name(procedure.name, step, kind), language, text, (), step.place)


def read_guide(form: Form, default_language: str, mistakes: Mistakes, vocabulary: Vocabulary) -> Procedure | None:
    reader = Reader(form, mistakes)
    reader.only(KEYS, "a guide")
    name = reader.text("guide", needed=True)
    if not name:
        return None
    steps: dict[str, GuideStep] = {}
    for value in reader.listing("steps", needed=True):
        step = _step(value, default_language, mistakes, vocabulary)
        if step is None:
            continue
        if step.name in steps:
            mistakes.error(step.place, f"the step '{step.name}' is written twice", "Give one of them another name.")
            continue
        steps[step.name] = step
    return Procedure(
        name=name,
        title=reader.wording("title", default_language),
        use_when=reader.text("use when"),
        examples=read_examples(reader, mistakes),
        not_for=reader.mapping("not for"),
        steps=tuple(one for step in steps.values() for one in step.carry_out),
        hand_over_when=(),
        kind="question",
        place=form.at("guide"),
        offered_as=reader.texts("offered as"),
        guide=Guide(steps, reader.text("hand over to") or None),
    )


def _step(value: Value, language: str, mistakes: Mistakes, vocabulary: Vocabulary) -> GuideStep | None:
    if not isinstance(value, Form):
        mistakes.error(value.place, "this is not a step of a guide", "Write '- step: a short name' and its texts.")
        return None
    reader = Reader(value, mistakes)
    reader.only(STEP_KEYS, "a step of a guide")
    name = reader.text("step", needed=True)
    if not name:
        return None
    if is_end(name):
        mistakes.error(value.at("step"), f"'{name}' is an end, not a step", "Give the step another name.")
        return None
    texts = {key: reader.wording(key, language) for key in TEXT_KEYS if key in value}
    return GuideStep(
        name=name,
        texts=texts,
        answers=_answers(reader, language, mistakes),
        carry_out=read_steps(reader.listing("carry out"), mistakes, vocabulary, nested=False),
        when=_condition(reader, mistakes),
        then=reader.text("then"),
        otherwise=reader.text("otherwise"),
        through=reader.text("through"),
        place=value.at("step"),
    )


def _condition(reader: Reader, mistakes: Mistakes) -> Condition:
    form = reader.sub_form("if")
    return read_condition(form, mistakes) if form is not None else {}


def _answers(reader: Reader, language: str, mistakes: Mistakes) -> tuple[GuideAnswer, ...]:
    """``{yes: step, no: step}``, or a list of ``{answer: …, also: …, then: step}``."""
    value = reader.form.get("answers")
    if isinstance(value, Form):
        plain = Reader(value, mistakes)
        plain.only(PLAIN, "short 'answers'")
        return tuple(GuideAnswer(key, {}, plain.text(key, needed=True), value.at(key)) for key in value if key in PLAIN)
    found = []
    for number, one in enumerate(reader.listing("answers"), 1):
        if not isinstance(one, Form):
            mistakes.error(one.place, "this is not an answer", "Write '- answer: …' and 'then: step'.")
            continue
        found.append(_answer(one, str(number), language, mistakes))
    return tuple(found)


def _answer(form: Form, number: str, language: str, mistakes: Mistakes) -> GuideAnswer:
    reader = Reader(form, mistakes)
    reader.only(ANSWER_KEYS, "an answer")
    written = form.get("answer")
    plain = written.text if isinstance(written, Scalar) and written.text in PLAIN else ""
    wording = {} if plain else reader.wording("answer", language)
    if not plain and not wording:
        mistakes.error(form.place, "'answer' is missing", "Write yes, no, or a short text in each language.")
    also_form = reader.sub_form("also")
    also = Reader(also_form, mistakes) if also_form is not None else None
    spoken = [*wording, *(one for one in (also_form or ()) if one not in wording)]
    labels = {
        one: (*([wording[one]] if one in wording else []), *(also.texts(one) if also is not None else ()))
        for one in spoken
    }
    return GuideAnswer(plain or number, labels, reader.text("then", needed=True), form.at("answer"))
