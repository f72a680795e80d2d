"""Which list of products holds: a mark that changes with every change of the catalogue, in one indexed row."""

from __future__ import annotations

import secrets

from courtesy.commerce.models import Counter
from courtesy.foundation.prepared import Question

_SERIES = "catalogue"
_mark = Question[tuple[int]](lambda series: Counter.objects.filter(series=series).values_list("last"), series="")


def note_change() -> None:
    """Products were added, renamed or taken away; part of the caller's transaction. Every mark is new, so that
    neither a change that was rolled back nor a restored backup makes an old list look like the present one."""
    Counter.objects.update_or_create(series=_SERIES, defaults={"last": 1 + secrets.randbits(30)})


def mark() -> int:
    """The mark of the present list; 0 when nothing ever noted a change, so that nothing can be told from it."""
    row = _mark.first(series=_SERIES)
    return row[0] if row is not None else 0
