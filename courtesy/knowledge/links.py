"""Links of articles to the web: looked at one after the other from time to time, and what was found is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from time import sleep
from urllib.parse import urldefrag, urlsplit

from markdown_it.token import Token

from courtesy.knowledge.asking_links import Answer, ask
from courtesy.knowledge.models import LinkCheck
from courtesy.knowledge.passages import markdown
from courtesy.pack.model import Article, Pack

AGAIN = timedelta(days=7)  # one that led somewhere
SOON = timedelta(hours=20)  # one that did not
DEAD_AFTER = 3  # tries in a row; one where there is no such page is dead at once
AT_ONCE = 20
LONGEST = 1000  # characters of an address
PAUSE = 2.0  # seconds between two questions to one host


def links_of(article: Article) -> list[str]:
    """The web addresses that the article leads to, without the part of the page, each once."""
    found: dict[str, None] = {}
    for token in _all(markdown().parse(article.body)):
        address = str(token.attrs.get("href") or "")
        if token.type == "link_open" and address.startswith(("http://", "https://")) and len(address) <= LONGEST:
            found[urldefrag(address).url] = None
    return list(found)


def _all(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _all(token.children or [])


def look(
    pack: Pack, at: datetime, *, asking: Callable[[str], Answer] = ask, wait: Callable[[float], None] = sleep
) -> int:
    """Ask the links whose time it is, at most AT_ONCE of them, longest unasked first; forget those that no article has
    any more. Returns how many were asked."""
    there = {url for article in pack.articles for url in links_of(article)}
    LinkCheck.objects.exclude(url__in=there).delete()
    known = {row.url: row for row in LinkCheck.objects.all()}
    due = [url for url in there if url not in known or known[url].due_at <= at]
    due.sort(key=lambda url: (known[url].checked_at.timestamp() if url in known else 0.0, url))
    answers = _ask(due[:AT_ONCE], asking, wait)
    # When none of several can be reached, it is we who are cut off: that is no try.
    cut_off = len(answers) > 1 and all(one.problem and not one.lasting for one in answers.values())
    for url, answer in answers.items():
        _keep(known.get(url) or LinkCheck(url=url), answer, at, counts=not cut_off)
    return len(answers)


def _ask(urls: list[str], asking: Callable[[str], Answer], wait: Callable[[float], None]) -> dict[str, Answer]:
    asked: set[str] = set()
    answers = {}
    for url in urls:
        host = urlsplit(url).netloc
        if host in asked:
            wait(PAUSE)
        asked.add(host)
        answers[url] = asking(url)
    return answers


def _keep(row: LinkCheck, answer: Answer, at: datetime, *, counts: bool) -> None:
    if counts:
        row.failures = row.failures + 1 if answer.problem else 0
        row.dead = bool(answer.problem) and (answer.lasting or row.failures >= DEAD_AFTER)
        row.problem = answer.problem
    row.checked_at = at
    row.due_at = at + (SOON if answer.problem else AGAIN)
    row.save()


def dead() -> dict[str, str]:
    """Address → what is wrong with it."""
    return dict(LinkCheck.objects.filter(dead=True).values_list("url", "problem"))
