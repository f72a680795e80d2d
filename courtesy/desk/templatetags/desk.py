"""Small template words: icons, initials, how long ago, how large."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A picture of the sprite; silent for a screen reader unless it has a label."""
    sprite = static("desk/icons.svg")
    if label:
        return format_html('<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"/></svg>', label, sprite, name)
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', sprite, name)


@register.filter
def initials(name: str) -> str:
    """"Ana Ruiz" → "AR"; one character where a name is written without blanks."""
    parts = [part for part in str(name).split() if part[0].isalnum()]
    if not parts:
        return "·"
    return (parts[0][0] + (parts[-1][0] if len(parts) > 1 else "")).upper()


@register.filter
def tone(name: str) -> int:
    """A number from 0 to 7, always the same for a name: the colour of its avatar."""
    return hashlib.sha256(str(name).encode()).digest()[0] % 8


@register.filter
def ago(moment: datetime | None) -> str:
    """"now", "5 min", "3 h", "2 d": how long since."""
    return "" if moment is None else _span(timezone.now() - moment)


@register.filter
def until(moment: datetime | None) -> str:
    """How long to go, or "late by …"."""
    if moment is None:
        return ""
    left = moment - timezone.now()
    if left < timedelta(0):
        return _("late by %(span)s") % {"span": _span(-left)}
    return _("in %(span)s") % {"span": _span(left)}


def _span(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    if minutes < 1:
        return pgettext("time span", "a moment")
    if minutes < 60:
        return _("%(n)d min") % {"n": minutes}
    if minutes < 48 * 60:
        return _("%(n)d h") % {"n": minutes // 60}
    return _("%(n)d d") % {"n": minutes // 1440}


@register.filter
def is_past(moment: datetime | None) -> bool:
    return moment is not None and moment < timezone.now()


@register.filter
def when(moment: datetime | None) -> str:
    """The time for today, else day and time."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    if local.date() == timezone.localdate():
        return date_format(local, "TIME_FORMAT")
    return f"{date_format(local, 'SHORT_DATE_FORMAT')} {date_format(local, 'TIME_FORMAT')}"


@register.filter
def count(number: int | None) -> str:
    """Counts stop at 99."""
    return "" if not number else "99+" if number > 99 else str(number)


@register.filter
def size(octets: int) -> str:
    if octets < 1024 * 1024:
        return f"{max(1, round(octets / 1024))} KB"
    return f"{octets / 1024 / 1024:.1f} MB"


@register.filter
def at_key(table: Any, key: str) -> Any:
    """A value of a table whose key has a blank in it."""
    return table.get(key, "") if hasattr(table, "get") else ""
