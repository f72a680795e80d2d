"""Articles: in every language, with an owner, valid, and each question leading to one of them."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from datetime import date

from courtesy.pack.mistakes import Mistakes, suggest
from courtesy.pack.model import Article, Pack

_LINK = re.compile(r"\]\(([^)\s]+\.md)(?:#[^)\s]*)?\)")


def check_articles(pack: Pack, on: date | None, mistakes: Mistakes) -> None:
    by_id: defaultdict[str, dict[str, Article]] = defaultdict(dict)
    for article in pack.articles:
        by_id[article.id][article.language] = article
        _check_article(pack, article, on, mistakes)
    for languages in by_id.values():
        _check_languages(pack, languages, mistakes)
    _check_twice(pack, mistakes)
    known = set(by_id)
    for article in pack.articles:
        for target in _LINK.findall(article.body):
            id = posixpath.normpath(posixpath.join(posixpath.dirname(article.id), target.removesuffix(".md")))
            if "://" not in target and id not in known:
                mistakes.error(article.place, f"the link '{target}' leads to no article", suggest(id, known))


def _check_article(pack: Pack, article: Article, on: date | None, mistakes: Mistakes) -> None:
    own = article.place.file.split("/")[0] == pack.name
    if own and article.language not in pack.company.languages:
        remedy = f"Known are: {', '.join(pack.company.languages)}."
        mistakes.warn(article.place, f"the company does not speak '{article.language}'", remedy)
    if not article.owner:
        mistakes.warn(article.place, f"nobody owns '{article.title}'", "Add 'owner:' with the team that keeps it true.")
    elif article.owner not in pack.company.teams:
        remedy = suggest(article.owner, pack.company.teams)
        mistakes.warn(article.place, f"the owner '{article.owner}' is not a team", remedy)
    if article.valid_from is None:
        mistakes.warn(article.place, f"'{article.title}' does not say since when it is true", "Add 'valid from:'.")
    if on is not None and article.valid_until is not None and article.valid_until < on:
        mistakes.warn(article.place, f"'{article.title}' is no longer valid", "Renew it, or remove it.")
    elif on is not None and article.review_by is not None and article.review_by < on:
        problem = f"'{article.title}' should have been looked at again by {article.review_by}"
        mistakes.warn(article.place, problem, "See that it is still true, then write the next day after 'review by:'.")
    if not article.questions:
        mistakes.warn(
            article.place,
            f"'{article.title}' has no questions",
            "Add 'questions:' as customers ask for it, three to six.",
        )
    if article.body.lstrip().startswith("#"):
        mistakes.warn(
            article.place,
            f"'{article.title}' begins with a heading, so there is nothing to quote",
            "Begin with one to three sentences that answer the title.",
        )


def _check_languages(pack: Pack, languages: dict[str, Article], mistakes: Mistakes) -> None:
    first = next(iter(languages.values()))
    missing = [code for code in pack.company.languages if code not in languages]
    if missing:
        where = ", ".join(missing)
        path = f"articles/{missing[0]}/{first.id}.md"
        mistakes.warn(first.place, f"'{first.title}' is missing in {where}", f"Write {path}.")
    for article in languages.values():
        if article.audience != first.audience:
            mistakes.error(
                article.place,
                f"'{article.id}' is for {article.audience} here and for {first.audience} in '{first.language}'",
                "Give it the same audience in every language.",
            )


def _check_twice(pack: Pack, mistakes: Mistakes) -> None:
    seen: dict[tuple[str, str], Article] = {}
    for article in pack.articles:
        for words in dict.fromkeys((article.title, *article.questions)):
            key = (article.language, " ".join(words.casefold().split()).strip(" .!?。！？¿¡"))
            other = seen.setdefault(key, article)
            if other.id != article.id:
                mistakes.warn(
                    article.place, f"'{words}' leads to '{article.id}' and to '{other.id}'", "Keep it with one of them."
                )
