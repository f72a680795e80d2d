"""Lesson pages: what customers said and what it was about, beside the examples of procedures and articles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from courtesy.pack.mistakes import Mistakes, suggest
from courtesy.pack.model import Article, Procedure
from courtesy.pack.pages.forms import Form, Reader, Scalar

LANGUAGE, SAY, ASK, NOTHING, NOT_ANSWERED = (
    "lessons",
    "customers say",
    "customers ask",
    "none of these",
    "not answered by",
)
KEYS = (LANGUAGE, SAY, ASK, NOTHING, NOT_ANSWERED)

Sentences = Mapping[str, tuple[Scalar, ...]]


@dataclass(frozen=True, slots=True)
class Lessons:
    """One page, of one language. ``say``: procedure → sentences; ``ask`` and ``not_answered``: article → questions;
    ``nothing``: sentences that no procedure is about."""

    language: str
    say: Sentences
    ask: Sentences
    nothing: tuple[Scalar, ...]
    not_answered: Sentences


def read_lessons(form: Form, mistakes: Mistakes) -> Lessons | None:
    reader = Reader(form, mistakes)
    reader.only(KEYS, "a page of lessons")
    language = reader.text(LANGUAGE, needed=True)
    if not language:
        return None
    return Lessons(
        language,
        _sentences(reader, SAY, mistakes),
        _sentences(reader, ASK, mistakes),
        reader.scalars(NOTHING),
        _sentences(reader, NOT_ANSWERED, mistakes),
    )


def _sentences(reader: Reader, key: str, mistakes: Mistakes) -> Sentences:
    form = reader.sub_form(key)
    if form is None:
        return {}
    within = Reader(form, mistakes)
    return {name: within.scalars(name) for name in form}


def taught_procedures(
    procedures: Mapping[str, Procedure], pages: Iterable[Lessons], mistakes: Mistakes
) -> Mapping[str, Procedure]:
    """The procedures with what customers also say for them."""
    taught = dict(procedures)
    for page in pages:
        for name, sentences in page.say.items():
            procedure = taught.get(name)
            if procedure is None:
                _unknown("procedure", name, sentences, procedures, mistakes)
                continue
            known = procedure.examples.get(page.language, ())
            examples = {**procedure.examples, page.language: _joined(known, sentences)}
            taught[name] = replace(procedure, examples=examples)
    return MappingProxyType(taught)


def taught_articles(
    articles: Mapping[tuple[str, str], Article], pages: Iterable[Lessons], mistakes: Mistakes
) -> tuple[Article, ...]:
    """The articles with what customers also ask for them, and what they do not answer."""
    taught = dict(articles)
    for page in pages:
        for name, sentences in (*page.ask.items(), *page.not_answered.items()):
            if (page.language, name) not in taught:
                known = [id for language, id in articles if language == page.language]
                _unknown("article", name, sentences, known, mistakes)
        for name, sentences in page.ask.items():
            if article := taught.get((page.language, name)):
                taught[page.language, name] = replace(article, questions=_joined(article.questions, sentences))
        for name, sentences in page.not_answered.items():
            if article := taught.get((page.language, name)):
                taught[page.language, name] = replace(article, not_for=_joined(article.not_for, sentences))
    return tuple(taught.values())


def nobodys_business(pages: Iterable[Lessons]) -> Mapping[str, tuple[str, ...]]:
    """Language → sentences that no procedure is about."""
    found: dict[str, tuple[str, ...]] = {}
    for page in pages:
        if page.nothing:
            found[page.language] = _joined(found.get(page.language, ()), page.nothing)
    return MappingProxyType(found)


def _joined(known: Sequence[str], sentences: Sequence[Scalar]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*known, *(sentence.text for sentence in sentences)]))


def _unknown(what: str, name: str, sentences: Sequence[Scalar], known: Iterable[str], mistakes: Mistakes) -> None:
    """A lesson for what is not there; noted where its first sentence stands."""
    if sentences:
        mistakes.error(sentences[0].place, f"there is no {what} '{name}' to teach", suggest(name, known))
