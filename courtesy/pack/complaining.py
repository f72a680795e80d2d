"""What a pack says of one complaint: category, clocks, who else decides, when the customer is asked again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from courtesy.pack.matters import Category, ClockRule, Recourse
from courtesy.pack.model import Pack

ANSWER_WITHIN = "15 business days"  # where a pack has no clock of its own; ISO 10002 leaves the length to the company
REOPENED_WITHIN = "60 days"


def categories_of(pack: Pack) -> tuple[Category, ...]:
    return tuple(one for page in pack.complaints.values() for one in page.categories)


def category_of(pack: Pack, name: str) -> Category | None:
    return next((one for one in categories_of(pack) if one.name == name), None)


def classify(pack: Pack, text: str, language: str) -> Category | None:
    """The category whose words stand most often in the text; else the one that has no words; else None."""
    known = categories_of(pack)
    counted = [(_hits(one, text, language), one) for one in known]
    best = max(counted, key=lambda pair: pair[0], default=None)
    if best is not None and best[0]:
        return best[1]
    return next((one for one in known if not one.words), None)


def _hits(category: Category, text: str, language: str) -> int:
    words = category.words.get(language) or tuple(word for said in category.words.values() for word in said)
    lowered = text.casefold()
    return sum(bool(_pattern(word).search(lowered)) for word in words)


def _pattern(word: str) -> re.Pattern[str]:
    """Whole words of alphabets; of Chinese, the characters wherever they stand."""
    inner = re.escape(word.casefold())
    return re.compile(inner if ord(word[0]) > 0x2E80 else rf"\b{inner}\b")


def clocks_for(pack: Pack, country: str, category: str, on: date) -> Iterator[ClockRule]:
    """The time limits of a complaint that is registered ``on`` that day."""
    for page in pack.complaints.values():
        yield from (clock for clock in page.clocks if clock.applies(country, category, on))


def recourse_for(pack: Pack, country: str, category: str) -> tuple[Recourse, ...]:
    pages = pack.complaints.values()
    return tuple(one for page in pages for one in page.recourse if one.serves(country, category))


def team_for(pack: Pack, category: str) -> str:
    """Who investigates: the category's team, else the page's, else one called after complaints, else the first."""
    found = category_of(pack, category)
    if found is not None and found.team:
        return found.team
    named = next((page.team for page in pack.complaints.values() if page.team), "")
    teams = pack.company.teams
    return named or next((team for team in teams if "omplaint" in team), teams[0])


def follow_up_after(pack: Pack) -> str:
    return next((page.follow_up_after for page in pack.complaints.values() if page.follow_up_after), "")


def reopened_within(pack: Pack) -> str:
    return next((page.reopened_within for page in pack.complaints.values() if page.reopened_within), REOPENED_WITHIN)


def alternatives_needed(pack: Pack) -> int:
    return max((page.alternatives for page in pack.complaints.values()), default=0)
