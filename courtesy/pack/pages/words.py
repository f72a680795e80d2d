"""Prose pages: phrases (``## name`` and wording) and help articles (front matter and Markdown)."""

from __future__ import annotations

import re
from typing import Literal, cast

from courtesy.pack.mistakes import Mistakes
from courtesy.pack.model import Article, Phrase, Place
from courtesy.pack.pages.forms import Form, Reader, compose
from courtesy.pack.pages.policies import read_date

ARTICLE_KEYS = ("title", "audience", "owner", "valid from", "valid until", "review by", "questions")
AUDIENCES = ("customers", "colleagues")

_HEADING = re.compile(r"^##\s+(\S.*?)\s*#*\s*$")


def read_phrases(written: str, file: str, language: str, mistakes: Mistakes) -> tuple[Phrase, ...]:
    """Each ``## name`` opens a phrase; bullets that end it are ``also``, other ways customers say it."""
    phrases: list[Phrase] = []
    name, place, lines = "", Place(file, 1), []
    for number, line in enumerate(written.splitlines(), 1):
        found = _HEADING.match(line)
        if not found:
            if line.strip() and not name and not line.startswith(("# ", "<!--")):
                mistakes.error(
                    Place(file, number), "text stands before the first '## name'", "Put it below a '## name' line."
                )
            lines.append(line)
            continue
        _close(phrases, name, language, lines, place, mistakes)
        name, place, lines = " ".join(found[1].split()), Place(file, number), []
    _close(phrases, name, language, lines, place, mistakes)
    return tuple(phrases)


def _close(phrases: list[Phrase], name: str, language: str, lines: list[str], place: Place, mistakes: Mistakes) -> None:
    if not name:
        return
    while lines and not lines[-1].strip():
        lines.pop()
    end = len(lines)
    while end and (not lines[end - 1].strip() or lines[end - 1].startswith("- ")):
        end -= 1
    also = tuple(line[2:].strip() for line in lines[end:] if line.startswith("- ") and line[2:].strip())
    text = "\n".join(lines[:end]).strip()
    if not text:
        mistakes.error(place, f"the phrase '{name}' has no text", "Write its wording on the line below the heading.")
    if any(phrase.name == name for phrase in phrases):
        mistakes.error(place, f"the phrase '{name}' is written twice in this file", "Keep one of them.")
        return
    phrases.append(Phrase(name, language, text, also, place))


def read_article(written: str, file: str, language: str, id: str, mistakes: Mistakes) -> Article | None:
    """Front matter between two ``---`` lines, then Markdown."""
    lines = written.splitlines()
    top = Place(file, 1)
    if not lines or lines[0].strip() != "---":
        mistakes.error(top, "the article has no front matter", "Begin with a line '---', then 'title: …', then '---'.")
        return None
    end = next((number for number, line in enumerate(lines[1:], 1) if line.strip() == "---"), None)
    if end is None:
        mistakes.error(top, "the front matter is not closed", "End it with a line '---'.")
        return None
    form = compose("\n".join(lines[1:end]), file, mistakes, first_line=2)
    if form is None:
        return None
    return _article(form, "\n".join(lines[end + 1 :]).strip(), language, id, mistakes)


def _article(form: Form, body: str, language: str, id: str, mistakes: Mistakes) -> Article:
    reader = Reader(form, mistakes)
    reader.only(ARTICLE_KEYS, "an article's front matter")
    if not body:
        mistakes.error(form.place, "the article has no text", "Write it below the second '---'.")
    audience = reader.choice("audience", AUDIENCES, "customers")
    article = Article(
        id=id,
        language=language,
        title=reader.text("title", needed=True),
        audience=cast(Literal["customers", "colleagues"], audience),
        owner=reader.text("owner"),
        valid_from=read_date(reader, "valid from"),
        valid_until=read_date(reader, "valid until"),
        questions=reader.texts("questions"),
        body=body,
        place=form.place,
        review_by=read_date(reader, "review by"),
    )
    if article.valid_from and article.valid_until and article.valid_until < article.valid_from:
        mistakes.error(
            form.at("valid until"), "the article ends before it begins", "Correct 'valid from' or 'valid until'."
        )
    return article
