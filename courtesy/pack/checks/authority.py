"""Authority: every grade is named, nobody may more than the grade above, and only what can be undone has a window."""

from __future__ import annotations

from itertools import pairwise

from courtesy.foundation.money import Money
from courtesy.pack.authority import Authority, Limits
from courtesy.pack.mistakes import Mistakes, suggest
from courtesy.pack.model import Pack
from courtesy.pack.pages.authority import HOLDERS
from courtesy.pack.vocabulary import GRADES

MEASURES = (
    ("each", "each"),
    ("customer_day", "per customer a day"),
    ("day", "a day"),
    ("customer_times", "times per customer a day"),
    ("times", "times a day"),
)


def check_authority(pack: Pack, mistakes: Mistakes) -> None:
    for page in pack.authority.values():
        _check_acts(pack, page, mistakes)
        _check_grades(page, mistakes)
        _check_within(pack, page, mistakes)


def _check_acts(pack: Pack, page: Authority, mistakes: Mistakes) -> None:
    acts = pack.vocabulary.acts
    for act in page.acts:
        if act not in acts:
            mistakes.error(page.place, f"'{act}' is not an act", suggest(act, acts))
    for act, place in page.undo_places.items():
        undoable = [name for name, one in acts.items() if one.undoable]
        if act not in page.acts:
            mistakes.error(place, f"'{act}' is not among the acts of this page", suggest(act, page.acts))
        elif act not in undoable:
            mistakes.error(place, f"'{act}' cannot be undone", suggest(act, undoable))


def _check_grades(page: Authority, mistakes: Mistakes) -> None:
    for holder in HOLDERS:
        if holder not in page.limits:
            mistakes.error(
                page.place, f"'{page.name}' does not say what the {holder} may", f"Add '{holder}: nothing' or limits."
            )
    named = [(grade, page.limits[grade]) for grade in GRADES if grade in page.limits]
    for (lower, less), (higher, more) in pairwise(named):
        _check_rising(lower, less, higher, more, mistakes)
    manager = page.limits.get("manager")
    if manager is not None and not _boundless(manager):
        mistakes.warn(
            manager.place, "nobody may decide more than the manager's limit", "Write 'manager: no limit' if they may."
        )


def _boundless(limits: Limits) -> bool:
    return limits.may and all(getattr(limits, field) is None for field, _ in MEASURES)


def _check_rising(lower: str, less: Limits, higher: str, more: Limits, mistakes: Mistakes) -> None:
    if less.may and not more.may:
        mistakes.error(more.place, f"the {higher} may nothing, the {lower} something", "Give the higher grade as much.")
        return
    if not less.may:
        return
    for field, written in MEASURES:
        under, over = getattr(less, field), getattr(more, field)
        if over is not None and (under is None or (_comparable(under, over) and under > over)):
            mistakes.error(
                more.place, f"the {higher} has less '{written}' than the {lower}", "Give the higher grade as much."
            )


def _comparable(one: object, other: object) -> bool:
    return not (isinstance(one, Money) and isinstance(other, Money)) or one.currency == other.currency


def _check_within(pack: Pack, page: Authority, mistakes: Mistakes) -> None:
    """Amounts are compared in the company's currency; another one would send everything to a person."""
    currency = pack.company.currency
    for holder, limits in page.limits.items():
        amounts = [one for one in (limits.each, limits.customer_day, limits.day) if one is not None]
        if any(one.currency != currency for one in amounts):
            mistakes.warn(
                limits.place, f"the {holder}'s limits are not in {currency}", "A person is asked for every amount."
            )
        each, whole_day = limits.each, limits.customer_day
        if each and whole_day and each.currency == whole_day.currency and each > whole_day:
            mistakes.warn(limits.place, "'each' is more than 'per customer a day'", "The smaller of the two decides.")
