"""Whether other words say the same: no fact, figure, name, link, date, promise or negation added, lost or moved.

Compared are a phrase with its gaps ("{amount}") and a wording of it with the same gaps, in one language. What carries
weight (gaps, figures, negations, limits, modals, deeds, questions) must stand in both in the same order. A wording may
otherwise use the phrase's own words, words of the same meaning, and words that add no fact. It errs to one side: a
good wording may be turned away, and then the customer reads the company's own phrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from courtesy.language.wording_words import Words, plain, stem, words_of

_PARTS = re.compile(
    r"(?P<gap>\{[^{}\n]{1,60}\})"
    r"|(?P<quoted>«[^»\n]{1,80}»|“[^”\n]{1,80}”|\"[^\"\n]{1,80}\")"  # words that are to be said just so
    r"|(?P<link>[^\s@]{1,64}@[^\s@]{1,80}|(?:https?:|www\.)\S{1,300}|\b[a-z0-9-]{2,40}\.(?:com|net|org|io|example|[a-z]{2})\b\S*)"
    r"|(?P<figure>[^\W_]*\d[\w]*(?:[.,:/\-]\d\w*)*)"
    r"|(?P<han>[\u3400-\u9fff]+)"
    r"|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)"
    r"|(?P<question>[?])"
    r"|(?P<mark>[\s.,;:!¡¿\"'。、，；：！“”‘’()—–\-…•/])"
    r"|(?P<strange>.)",
    re.DOTALL,
)
KEPT = 0.5  # of the phrase's own words that carry meaning, so many must be there
ROOM = 80  # letters that courtesy may take beside twice the phrase
LONGEST = 4000


@dataclass(frozen=True, slots=True)
class _Read:
    anchors: tuple[str, ...]
    words: tuple[str, ...]
    strange: frozenset[str]


def differences(phrase: str, wording: str, language: str) -> tuple[str, ...]:
    """What a wording says otherwise than the phrase, in words for the desk; empty when it says the same."""
    lexicon = words_of(language)
    if lexicon is None:
        return (f"no list of words for {language!r}, so nothing can be checked",)
    if not wording.strip() or len(wording) > min(LONGEST, 2 * len(phrase) + ROOM):
        return ("empty or too long",)
    ours, theirs = _read(phrase, language, lexicon), _read(wording, language, lexicon)
    found = []
    if _paragraphs(phrase) != _paragraphs(wording):
        found.append("other paragraphs")
    if ours.anchors != theirs.anchors:
        found.append(_first_difference(ours.anchors, theirs.anchors))
    if strange := sorted(theirs.strange - ours.strange):
        found.append(f"new signs: {' '.join(strange)[:40]}")
    known = set(ours.words)
    if new := [word for word in theirs.words if word not in known]:
        found.append(f"new words: {', '.join(dict.fromkeys(new))[:80]}")
    kept = set(theirs.words)
    if known and len(known & kept) < KEPT * len(known):
        found.append("too little of the phrase is left")
    return tuple(found)


def _paragraphs(text: str) -> int:
    return len([part for part in text.split("\n\n") if part.strip()])


def _first_difference(ours: tuple[str, ...], theirs: tuple[str, ...]) -> str:
    for mine, other in zip(ours, theirs, strict=False):
        if mine != other:
            return f"{other!r} instead of {mine!r}"
    longer = ours if len(ours) > len(theirs) else theirs
    return f"{'lost' if longer is ours else 'added'}: {longer[min(len(ours), len(theirs))]!r}"


def _read(text: str, language: str, lexicon: Words) -> _Read:
    anchors: list[str] = []
    words: list[str] = []
    strange: set[str] = set()
    for kind, value in _parts(_without_requests(plain(text), lexicon), language, lexicon):
        if kind == "anchor":
            anchors.append(value)
        elif kind == "word":
            words.append(value)
        else:
            strange.add(value)
    return _Read(tuple(anchors), tuple(words), frozenset(strange))


def _without_requests(text: str, lexicon: Words) -> str:
    """In a question, and only there, "could you" and the like say nothing but please."""
    parts = re.split(r"(?<=[.!?。！\n])", text)
    return "".join(_bare(part, lexicon) if part.rstrip().endswith("?") else part for part in parts)


def _bare(question: str, lexicon: Words) -> str:
    for request in lexicon.requests:
        if not re.search(r"[a-z]", request):
            question = question.replace(request, "")
        else:
            question = re.sub(rf"\b{re.escape(request)}\b", "", question)
    return question


def _parts(text: str, language: str, lexicon: Words) -> Iterator[tuple[str, str]]:
    place = 0
    while place < len(text):
        if longer := _several_words(text, place, lexicon):
            yield "anchor", lexicon.anchors[longer]
            place += len(longer)
            continue
        found = _PARTS.match(text, place)
        if found is None:
            return
        place = found.end()
        kind, value = str(found.lastgroup), found[0]
        if kind == "word":
            yield from _word(value, language, lexicon)
        elif kind == "han":
            yield from _han(value, lexicon)
        elif kind == "strange":
            yield "strange", value
        elif kind != "mark":
            yield "anchor", value


def _several_words(text: str, place: int, lexicon: Words) -> str:
    """An anchor of several words that begins here, where a word begins."""
    if place and text[place - 1].isalnum():
        return ""
    for words in lexicon.anchors:
        if (
            " " in words
            and text.startswith(words, place)
            and not text[place + len(words) : place + len(words) + 1].isalnum()
        ):
            return words
    return ""


def _word(word: str, language: str, lexicon: Words) -> Iterator[tuple[str, str]]:
    if word in lexicon.anchors:
        yield "anchor", lexicon.anchors[word]
    elif word not in lexicon.added:
        yield "word", lexicon.same.get(word) or stem(word, language)


def _han(run: str, lexicon: Words) -> Iterator[tuple[str, str]]:
    """Chinese has no blanks: the longest known word first; what is in no list counts sign by sign."""
    place = 0
    while place < len(run):
        for length in range(min(lexicon.longest, len(run) - place), 0, -1):
            word = run[place : place + length]
            if word in lexicon.anchors:
                yield "anchor", lexicon.anchors[word]
            elif word in lexicon.same:
                yield "word", lexicon.same[word]
            elif word not in lexicon.added:
                continue
            place += length
            break
        else:
            yield "word", run[place]
            place += 1
