"""Whether an act is within what a grade may decide alone. Pure: no database, no clock.

Limits bind beside the policies: the strictest decides. Nothing here refuses; above a limit the lowest grade that
reaches is asked, and what cannot be told (an amount that is not known, another currency) is above every limit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from courtesy.foundation.money import CurrencyMismatchError, Money
from courtesy.pack.authority import AUTOMATIC, Authority, Limits
from courtesy.pack.model import Outcome
from courtesy.pack.vocabulary import GRADES
from courtesy.policy.guard import Considered, Fact, Verdict

Measure = Literal[
    "nothing alone",
    "each",
    "per customer a day",
    "a day",
    "times per customer a day",
    "times a day",
    "amount not known",
]


@dataclass(frozen=True, slots=True)
class Used:
    """What stands in the record of one day for one page: all that the customer got, and all that the holder gave."""

    customer: tuple[Money, ...] = ()
    holder: tuple[Money, ...] = ()
    customer_times: int = 0
    holder_times: int = 0


NOTHING_YET = Used()


@dataclass(frozen=True, slots=True)
class Over:
    """The limit that an act would pass: of which page and grade, which measure, and how much it is."""

    page: Authority
    holder: str
    measure: Measure
    limit: Money | int | None = None

    def __str__(self) -> str:
        limit = "" if self.limit is None else f" {self.limit}"
        return f"{self.holder}: {self.measure}{limit}"


def pages_for(act: str, pages: Iterable[Authority], on: date) -> tuple[Authority, ...]:
    """The pages that bind this act on that day, by name."""
    return tuple(sorted((page for page in pages if act in page.acts and page.in_force(on)), key=lambda page: page.name))


def first_over(holder: str, amount: Money | None, pages: Sequence[Authority], used: Mapping[str, Used]) -> Over | None:
    """The first limit that one more act of this amount would pass; None when the holder may do it alone."""
    for page in pages:
        limits = page.limits.get(holder)
        if limits is None or not limits.may:
            return Over(page, holder, "nothing alone")
        over = _over(page, holder, limits, amount, used.get(page.name, NOTHING_YET))
        if over is not None:
            return over
    return None


def strongest(holders: Iterable[str]) -> str:
    """The highest of several grades; the lowest there is when none is given."""
    return max(holders, key=GRADES.index, default=GRADES[0])


def reaching(amount: Money | None, pages: Sequence[Authority], used: Mapping[str, Used]) -> str:
    """The lowest grade that may decide it. What a person gave on that day is counted when somebody decides; here only
    the customer's day counts. The highest grade when none reaches."""
    seen = {name: Used(one.customer, (), one.customer_times, 0) for name, one in used.items()}
    return next((grade for grade in GRADES if first_over(grade, amount, pages, seen) is None), GRADES[-1])


def judge(
    act: str, amount: Money | None, holder: str, pages: Iterable[Authority], used: Mapping[str, Used], on: date
) -> Verdict | None:
    """None within every limit; else a question to the lowest grade that reaches, naming the limit that decided."""
    binding = pages_for(act, pages, on)
    over = first_over(holder, amount, binding, used)
    if over is None:
        return None
    whom = reaching(amount, binding, used)
    seen = Considered(over.page.name, str(over), Outcome("ask", whom), "yes")
    facts = _counted(over, used.get(over.page.name, NOTHING_YET))
    return Verdict("ask", over.page.name, str(over), over.page.because, whom, facts=facts, considered=(seen,))


def _counted(over: Over, used: Used) -> dict[str, Fact]:
    """What the limit was measured with, from the record, for whoever decides."""
    if not isinstance(over.limit, Money):
        return {}
    before = {"per customer a day": used.customer, "a day": used.holder}.get(over.measure, ())
    currency = over.limit.currency
    if not before or any(one.currency != currency for one in before):
        return {}
    return {f"given before, {over.measure}": Fact(Money.sum(before, currency), "record")}


def _over(page: Authority, holder: str, limits: Limits, amount: Money | None, used: Used) -> Over | None:
    sums: tuple[tuple[Measure, Money | None, tuple[Money, ...]], ...] = (
        ("each", limits.each, ()),
        ("per customer a day", limits.customer_day, used.customer),
        ("a day", limits.day, used.holder),
    )
    counts: tuple[tuple[Measure, int | None, int], ...] = (
        ("times per customer a day", limits.customer_times, used.customer_times),
        ("times a day", limits.times, used.holder_times),
    )
    for measure, limit, before in sums:
        if limit is None:
            continue
        if amount is None or amount.amount < 0:
            return Over(page, holder, "amount not known")
        if not _within(limit, (*before, amount)):
            return Over(page, holder, measure, limit)
    return next((Over(page, holder, what, most) for what, most, n in counts if most is not None and n >= most), None)


def _within(limit: Money, amounts: tuple[Money, ...]) -> bool:
    """Whether the sum is at most the limit. Amounts in another currency cannot be told, and so are not within."""
    try:
        return Money.sum(amounts, limit.currency) <= limit
    except CurrencyMismatchError:
        return False


__all__ = ["AUTOMATIC", "Over", "Used", "first_over", "judge", "pages_for", "reaching", "strongest"]
