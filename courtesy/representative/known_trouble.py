"""Known trouble: who asks about what an incident covers is told of it at once, before the ordinary procedure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from courtesy.conversations.incidents import suspecting, telling
from courtesy.conversations.models import Incident
from courtesy.language.understanding import Understanding
from courtesy.pack.model import Pack
from courtesy.representative.matching import fold, words_of
from courtesy.representative.memory import Task
from courtesy.representative.situation import Situation
from courtesy.representative.values import Saying
from courtesy.representative.wishes import SURE
from courtesy.representative.wording import word

AREA = 2  # letters of a postcode by which reports are told apart


@dataclass(frozen=True, slots=True)
class Matter:
    """What a message is about: procedures it opened or goes on with, articles it was answered from, products."""

    procedures: frozenset[str]
    articles: frozenset[str]
    products: frozenset[str]
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where the customer is, as far as it is known: postcodes and names of places, and the message itself."""

    postcodes: tuple[str, ...]
    names: tuple[str, ...]
    text: str


def tell(situation: Situation, understanding: Understanding, before: Sequence[Task], said: int) -> None:
    """Tell of every incident that covers what was just brought up and that was not told here, ahead of what was
    ``said`` since; note what was reported. ``before``: the tasks in hand before the message."""
    opened = [task for task in situation.dialogue.tasks if task not in before]
    place = _place(situation, understanding)
    _report(situation, understanding, opened, place)
    incidents = telling.open_incidents()
    if not incidents:
        return
    known = telling.known_in(situation.conversation.pk)
    matter = _matter(situation, understanding, opened, said)
    sayings: list[Saying] = []
    for incident in incidents:
        if known.get(incident.pk, 0) >= incident.news or not concerns(incident, matter):
            continue
        there = is_there(incident, place)
        if there == "no":
            continue
        sure = there == "yes"
        sayings.append(_saying(incident, situation.language, situation.pack, situation.at, there=sure))
        if incident.whole_answer and sure:
            sayings += _leave(situation, incident, opened)
        telling.note_told(incident, situation.conversation, situation.team(), situation.at, place_known=sure)
    situation.sayings[said:said] = sayings


def concerns(incident: Incident, matter: Matter) -> bool:
    """Whether the matter is one that the incident covers. A product that was named and is none of its own excludes."""
    products = {fold(name) for name in incident.products}
    named = bool(products & {fold(one) for one in matter.products}) or _says(matter.text, products)
    if incident.procedures or incident.articles:
        fits = bool(matter.procedures & set(incident.procedures) or matter.articles & set(incident.articles))
        return fits and (named or not products or not matter.products)
    return named


def is_there(incident: Incident, place: Place) -> Literal["yes", "no", "unknown"]:
    """Whether the customer is in its area."""
    if not incident.areas:
        return "yes"
    names = {fold(name) for name in place.names}
    towns = [fold(area) for area in incident.areas if not any(sign.isdigit() for sign in area)]
    codes = [_plain(area) for area in incident.areas if any(sign.isdigit() for sign in area)]
    if any(code.startswith(each) for code in map(_plain, place.postcodes) for each in codes):
        return "yes"
    if names & set(towns) or _says(place.text, set(towns)):
        return "yes"
    known = place.names if towns else place.postcodes
    return "no" if known else "unknown"


def first_text(pack: Pack, incident: Incident, language: str, at: datetime) -> str:
    """What is said to a customer whose conversation was linked to the incident by a colleague."""
    return word([_saying(incident, language, pack, at, there=True)], pack, language)


def news_text(pack: Pack, incident: Incident, language: str, at: datetime) -> str:
    """What a customer who was told before hears now: news, or that it is over."""
    over = incident.status == Incident.Status.OVER
    words = (incident.said_over if over else incident.said).get(language, "")
    fields = {"said": words, **_times(incident, pack, at)}
    return word([Saying("trouble over" if over else "trouble news", fields)], pack, language)


def _saying(incident: Incident, language: str, pack: Pack, at: datetime, *, there: bool) -> Saying:
    fields = {"said": incident.said.get(language, ""), "areas": list(incident.areas), **_times(incident, pack, at)}
    return Saying("trouble known" if there else "trouble known in an area", fields)


def _times(incident: Incident, pack: Pack, now: datetime) -> dict[str, object]:
    """The times that are still to come, in the company's zone."""
    zone = ZoneInfo(pack.company.time_zone)
    times = {"expected": incident.expected_at, "update": incident.next_news_at}
    return {name: at.astimezone(zone) for name, at in times.items() if at is not None and at > now}


def _leave(situation: Situation, incident: Incident, opened: Sequence[Task]) -> list[Saying]:
    """The incident is the whole answer: what it covers is not begun, unless the customer brings it up again."""
    left = [task for task in opened if task.procedure in incident.procedures and task.status == "active"]
    if not left:
        return []
    situation.dialogue.tasks = [task for task in situation.dialogue.tasks if task not in left]
    return [Saying("trouble ask again")]


def _matter(situation: Situation, understanding: Understanding, opened: Sequence[Task], said: int) -> Matter:
    current = situation.dialogue.current()
    procedures = {task.procedure for task in opened} | ({current.procedure} if current else set())
    procedures |= {move.target for move in understanding.all("wants") if move.probability >= SURE}
    articles = {source.article for saying in situation.sayings[said:] for source in saying.sources}
    return Matter(frozenset(procedures), frozenset(articles), _products(understanding), understanding.text)


def _products(understanding: Understanding) -> frozenset[str]:
    named = [one for one in understanding.entities if one.kind == "product"]
    return frozenset(each for one in named for each in (str(one.value), one.text))


def _place(situation: Situation, understanding: Understanding) -> Place:
    """What the customer says or what is proven of them; nobody else's address is looked at."""
    codes = [str(one.value) for one in understanding.entities if one.kind == "postcode"]
    if claimed := situation.dialogue.claims.get("postcode"):
        codes.append(str(claimed))
    names: list[str] = []
    order = situation.order(situation.dialogue.order) if situation.dialogue.order else None
    customer = situation.shop_customer() if situation.knows_person else None
    shown = [order.address] if order is not None and situation.may_see(order) else []
    for address in [*shown, *([customer.address] if customer else [])]:
        codes += [address.postcode] if address.postcode else []
        names += [name for name in (address.city, address.region) if name]
    return Place(tuple(codes), tuple(names), understanding.text)


def _report(situation: Situation, understanding: Understanding, opened: Sequence[Task], place: Place) -> None:
    product = next((str(one.value) for one in understanding.entities if one.kind == "product"), "")
    area = _plain(place.postcodes[0])[:AREA] if place.postcodes else ""
    for task in opened:
        suspecting.report(situation.conversation, task.procedure, product, area, situation.at)


def _plain(code: str) -> str:
    return "".join(sign for sign in code.casefold() if sign.isalnum())


def _says(text: str, names: set[str]) -> bool:
    """Whether one of the names stands in the text as words of its own; in Chinese anywhere."""
    if not names:
        return False
    folded = fold(text)
    spaced = f" {' '.join(words_of(text))} "
    return any(
        bool(name in folded if not name.isascii() else (words := words_of(name)) and f" {' '.join(words)} " in spaced)
        for name in names
        if name.strip()
    )
