"""What was understood of one message, read back from the journal for the desk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from courtesy.desk.plain import plain_text
from courtesy.language.intents import NONE


@dataclass(frozen=True, slots=True)
class Heard:
    """One move that was understood, with how sure the representative was (0 to 100) and the words it stands in."""

    kind: str
    target: str
    value: str
    percent: int
    evidence: str
    words: str = ""  # empty where the move is the whole message


@dataclass(frozen=True, slots=True)
class Detail:
    """An entity: ``words`` as written, ``value`` in normal form."""

    kind: str
    value: str
    words: str
    role: str
    percent: int


@dataclass(frozen=True, slots=True)
class Feeling:
    name: str
    percent: int
    words: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A procedure that the message as a whole may have been about; ``procedure`` is empty for none of them."""

    procedure: str
    percent: int
    rival: bool  # so close that the customer would have been asked


@dataclass(frozen=True, slots=True)
class Understood:
    """``pieces``: the message cut where its details stand, each with the kind of detail or ""."""

    message: str
    text: str
    pieces: tuple[tuple[str, str], ...]
    language: str
    language_percent: int
    supported: bool
    moves: tuple[Heard, ...]
    readings: tuple[Reading, ...]
    details: tuple[Detail, ...]
    feelings: tuple[Feeling, ...]
    edition: str

    @property
    def wanted(self) -> tuple[str, ...]:
        """The procedures that were understood; one empty name when it was none of them."""
        return tuple(move.target for move in self.moves if move.kind == "wants") or ("",)

    @property
    def chosen(self) -> str:
        """The first procedure that was understood; "" when it was none."""
        return self.wanted[0]


def understood_of(content: Mapping[str, Any], text: str = "") -> Understood:
    """A journal entry "understood". Entries of older editions may lack a key: what is missing stays empty."""
    return Understood(
        message=plain_text(content.get("message")),
        text=text,
        pieces=tuple(_pieces(text, content.get("entities"))),
        language=plain_text(content.get("language")),
        language_percent=_percent(content.get("language probability")),
        supported=content.get("supported") is not False,
        moves=tuple(_moves(content.get("moves"), text)),
        readings=tuple(_readings(content.get("readings"), content.get("rivals") or ())),
        details=tuple(
            Detail(
                plain_text(one.get("kind")),
                plain_text(one.get("value")),
                plain_text(one.get("text")),
                plain_text(one.get("role")),
                _percent(one.get("probability")),
            )
            for one in _forms(content.get("entities"))
        ),
        feelings=tuple(
            Feeling(plain_text(one.get("name")), _percent(one.get("strength")), plain_text(one.get("evidence")))
            for one in _forms(content.get("feelings"))
        ),
        edition=plain_text(content.get("edition")),
    )


def _forms(written: Any) -> Iterator[Mapping[str, Any]]:
    return (one for one in written if isinstance(one, Mapping)) if isinstance(written, list) else iter(())


def _percent(written: Any) -> int:
    return round(100 * float(written)) if isinstance(written, int | float) else 0


def _span(written: Any, text: str) -> tuple[int, int] | None:
    """A place in the text that is one."""
    if isinstance(written, list) and len(written) == 2 and all(isinstance(place, int) for place in written):
        start, end = written
        if 0 <= start < end <= len(text):
            return start, end
    return None


def _moves(moves: Any, text: str) -> Iterable[Heard]:
    for move in _forms(moves):
        span = _span(move.get("span"), text)
        words = text[slice(*span)].strip() if span and span != (0, len(text)) else ""
        yield Heard(
            plain_text(move.get("kind")),
            plain_text(move.get("target")),
            plain_text(move.get("value")),
            _percent(move.get("probability")),
            plain_text(move.get("evidence")),
            words,
        )


def _readings(readings: Any, rivals: Sequence[Any]) -> Iterable[Reading]:
    for one in _forms(readings):
        target = plain_text(one.get("target"))
        yield Reading("" if target == NONE else target, _percent(one.get("probability")), target in rivals)


def _pieces(text: str, entities: Any) -> Iterable[tuple[str, str]]:
    """The text in pieces: (words, kind of detail or ""). Of details that overlap the first and longest stands."""
    last = 0
    spans = [(span, plain_text(one.get("kind"))) for one in _forms(entities) if (span := _span(one.get("span"), text))]
    for (start, end), kind in sorted(spans, key=lambda one: (one[0][0], -one[0][1])):
        if start < last:
            continue
        if text[last:start]:
            yield text[last:start], ""
        yield text[start:end], kind
        last = end
    if text[last:]:
        yield text[last:], ""
