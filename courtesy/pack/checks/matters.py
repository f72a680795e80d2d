"""Complaints, escalations and protocols: somebody owns each step, laws name their source, nobody is left unworded."""

from __future__ import annotations

from collections.abc import Iterable

from courtesy.pack.matters import ComplaintRules, Ladder, Protocol
from courtesy.pack.mistakes import Mistakes, suggest
from courtesy.pack.model import Pack, Place
from courtesy.pack.vocabulary import GRADES


def check_matters(pack: Pack, mistakes: Mistakes) -> None:
    categories = [one.name for page in pack.complaints.values() for one in page.categories]
    for page in pack.complaints.values():
        _check_complaints(pack, page, categories, mistakes)
    _check_once(pack, mistakes)
    for ladder in pack.ladders.values():
        _check_ladder(pack, ladder, mistakes)
    for protocol in pack.protocols.values():
        _check_protocol(pack, protocol, mistakes)


def _check_complaints(pack: Pack, page: ComplaintRules, categories: list[str], mistakes: Mistakes) -> None:
    _team(pack, page.team, page.place, mistakes)
    for category in page.categories:
        _team(pack, category.team, category.place, mistakes)
        _worded(pack, category.title, f"the category '{category.name}' has no title", category.place, mistakes)
    for clock in page.clocks:
        _among(clock.categories, categories, clock.place, mistakes)
        if clock.article and not clock.source:
            mistakes.error(
                clock.place, f"'{clock.name}' names a law and no source", "Add 'source: …' where it can be read."
            )
        if clock.pauses_for and clock.article and clock.ends_with == "acknowledged":
            mistakes.warn(clock.place, f"'{clock.name}' pauses an acknowledgement", "Leave 'pauses for' out.")
    for recourse in page.recourse:
        _among(recourse.categories, categories, recourse.place, mistakes)
        _worded(pack, recourse.how, f"how to reach '{recourse.name}' is not told", recourse.place, mistakes)


def _check_once(pack: Pack, mistakes: Mistakes) -> None:
    """Clocks and categories keep one name each over all pages."""
    seen: set[tuple[str, str]] = set()
    for page in pack.complaints.values():
        named = [("clock", one.name, one.place) for one in page.clocks]
        named += [("category", one.name, one.place) for one in page.categories]
        for kind, name, place in named:
            if (kind, name) in seen:
                mistakes.error(place, f"there are two of the {kind} '{name}'", "Give one another name.")
            seen.add((kind, name))


def _check_ladder(pack: Pack, ladder: Ladder, mistakes: Mistakes) -> None:
    if not ladder.rungs:
        mistakes.error(ladder.place, f"'{ladder.name}' has no steps", "Add 'steps: [{to: …, within: …}]'.")
        return
    for rung in ladder.rungs:
        known = GRADES if rung.kind == "management" else pack.company.teams
        if rung.to not in known:
            what = "a grade" if rung.kind == "management" else "a team of this company"
            mistakes.error(rung.place, f"'{rung.to}' is not {what}", suggest(rung.to, known))
    if ladder.rungs[-1].kind != "management":
        mistakes.warn(
            ladder.rungs[-1].place, f"'{ladder.name}' does not end with somebody who may decide", "Add a grade."
        )


def _check_protocol(pack: Pack, protocol: Protocol, mistakes: Mistakes) -> None:
    if not protocol.signs and not protocol.words:
        mistakes.error(protocol.place, f"nothing sets off '{protocol.name}'", "Add 'signs' or 'customers say'.")
    _team(pack, protocol.calls, protocol.place, mistakes)
    if protocol.reviewed_by not in GRADES:
        mistakes.error(
            protocol.place, f"'{protocol.reviewed_by}' is not a grade", suggest(protocol.reviewed_by, GRADES)
        )
    _worded(pack, protocol.title, f"'{protocol.name}' has no title", protocol.place, mistakes)


def _team(pack: Pack, team: str, place: Place, mistakes: Mistakes) -> None:
    if team and team not in pack.company.teams:
        mistakes.error(place, f"'{team}' is not a team of this company", suggest(team, pack.company.teams))


def _among(names: Iterable[str], known: list[str], place: Place, mistakes: Mistakes) -> None:
    for name in names:
        if name not in known:
            mistakes.error(place, f"'{name}' is not a category of complaints", suggest(name, known))


def _worded(pack: Pack, text: object, problem: str, place: Place, mistakes: Mistakes) -> None:
    missing = [code for code in pack.company.languages if not (isinstance(text, dict) and text.get(code))]
    if missing:
        mistakes.error(place, f"{problem} in {', '.join(missing)}", "Write it for each language of the company.")
