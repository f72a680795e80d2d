"""What a colleague can put into a reply: the pack's phrases, filled from the record, and articles with an address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings

from courtesy.commerce.port import Order
from courtesy.desk.customer_card import Card
from courtesy.knowledge.shelves import article_of, languages_of
from courtesy.language.search_terms import fold
from courtesy.pack import fields as known_fields
from courtesy.pack.model import Pack, Phrase
from courtesy.representative.wording import value_text
from courtesy.workforce.models import Colleague

MOST = 8  # of each kind
GAP = re.compile(r"\{([^{}\n]{1,60})\}")
# Beginnings of names that are no sentences: what is chosen from, and parts that other phrases are put together from.
NO_SENTENCES = frozenset(
    {
        *("choice", "each", "line", "matter", "offer", "option", "order line", "place", "range", "shipment", "slot"),
        *("status", "suggestions", "supply", "team", "why", "area"),
    }
)


@dataclass(frozen=True, slots=True)
class Insertable:
    """``text`` goes into the reply; what nothing fills stands in it as ``{field}``."""

    kind: str  # phrase, article
    name: str
    text: str
    language: str

    @property
    def has_gaps(self) -> bool:
        return self.kind == "phrase" and GAP.search(self.text) is not None


def find(pack: Pack, words: str, language: str, values: Mapping[str, Any], day: date) -> list[Insertable]:
    """What holds all the words in any language, in the conversation's language where it is written in it; what holds
    them in that language, and in its name, first. Phrases, then articles."""
    wanted = fold(words).split()
    language = language if language in pack.company.languages else pack.company.languages[0]
    return [
        *_phrases(pack, wanted, language, values)[:MOST],
        *_articles(pack, wanted, language, day)[:MOST],
    ]


def _phrases(pack: Pack, wanted: list[str], language: str, values: Mapping[str, Any]) -> list[Insertable]:
    found: list[tuple[int, str, Insertable]] = []
    for name, spoken in _by_name(pack).items():
        own = spoken.get(language) or next(spoken[code] for code in pack.company.languages if code in spoken)
        others = [one for one in spoken.values() if one is not own]
        rank = _rank(wanted, name, own.text, [one.text for one in others])
        if rank is not None:
            text = _filled(own, values)
            found.append((rank + 2 * (own.language != language), name, Insertable("phrase", name, text, own.language)))
    return [one for _, _, one in sorted(found, key=lambda one: one[:2])]


def _by_name(pack: Pack) -> dict[str, dict[str, Phrase]]:
    """The sentences of the pack: name → language → phrase, in the company's languages."""
    found: dict[str, dict[str, Phrase]] = {}
    for phrase in pack.phrases.values():
        is_sentence = phrase.text.strip() and phrase.name.partition(":")[0] not in NO_SENTENCES
        if is_sentence and phrase.language in pack.company.languages:
            found.setdefault(phrase.name, {})[phrase.language] = phrase
    return found


def _articles(pack: Pack, wanted: list[str], language: str, day: date) -> list[Insertable]:
    found: list[tuple[int, str, Insertable]] = []
    for article_id in dict.fromkeys(one.id for one in pack.articles):
        own = article_of(pack, language, article_id, "customers", day)
        if own is None:
            continue
        readable = languages_of(pack, article_id, "customers", day)
        others = [one for one in pack.articles if one.id == article_id and one.language in readable and one is not own]
        rank = _rank(wanted, own.title, "\n".join(own.questions), [f"{one.title}\n{one.questions}" for one in others])
        if rank is not None:
            text = f"{own.title}\n{settings.COURTESY_URL}/help/{own.language}/{own.id}/"
            one = Insertable("article", own.title, text, own.language)
            found.append((rank + 2 * (own.language != language), own.title, one))
    return [one for _, _, one in sorted(found, key=lambda one: one[:2])]


def _rank(wanted: list[str], name: str, text: str, others: list[str]) -> int | None:
    """0: the words stand in its name, 1: in the text, 4: in the text of another language; None: nowhere."""
    if all(word in fold(name) for word in wanted):
        return 0
    if all(word in fold(f"{name} {text}") for word in wanted):
        return 1
    return 4 if any(all(word in fold(other) for word in wanted) for other in others) else None


def _filled(phrase: Phrase, values: Mapping[str, Any]) -> str:
    def value(gap: re.Match[str]) -> str:
        filled = values.get(gap[1])
        return gap[0] if filled in (None, "", [], ()) else value_text(filled, phrase.language)

    return GAP.sub(value, phrase.text).strip()


def values_of(pack: Pack, card: Card, order_number: str, colleague: Colleague) -> dict[str, Any]:
    """What the record says for the fields of phrases; of orders only those of the person this conversation was matched
    with."""
    values: dict[str, Any] = {
        "company": pack.company.name,
        "representative": pack.company.representative_name,
        "colleague": colleague.name,
        "name": card.name,
    }
    orders = {order.number: order for order in card.orders}
    order = orders.get(order_number) or (card.orders[0] if len(card.orders) == 1 else None)
    return values | (_of_order(order) if order else {})


def _of_order(order: Order) -> dict[str, Any]:
    values: dict[str, Any] = {
        "order": order.number,
        "total": order.total,
        "order total": order.total,
        "expected": order.expected,
    }
    if order.shipments:
        latest = next((one for one in order.shipments if one.delivered_at is None), order.shipments[-1])
        values |= {"carrier": latest.carrier, "tracking": latest.tracking, "tracking url": latest.url}
    return values


def gaps_in(pack: Pack, text: str) -> list[str]:
    """Fields of phrases that nobody has filled in yet, in their order."""
    if "{" not in text:
        return []
    known = known_fields.ALL.union(*(GAP.findall(phrase.text) for phrase in pack.phrases.values()))
    return list(dict.fromkeys(name for name in GAP.findall(text) if name in known))
