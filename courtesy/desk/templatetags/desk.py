"""Small template words: icons, initials, how long ago, how large."""

from __future__ import annotations

import hashlib
import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from babel.numbers import format_currency
from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape, format_html, urlize
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from courtesy.conversations.models import Conversation
from courtesy.customers.models import Customer
from courtesy.desk.plain import plain_text
from courtesy.foundation.money import Money
from courtesy.interpreter import asking

register = template.Library()


@register.simple_tag
def model_helps(purpose: str) -> bool:
    """Whether a language model is switched on for this."""
    return asking.uses("draft" if purpose == "draft" else "summarise")


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A picture of the sprite; silent for a screen reader unless it has a label."""
    return _icon(name, label)


@lru_cache(maxsize=500)
def _icon(name: str, label: str) -> SafeString:
    sprite = static("desk/icons.svg")
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"/></svg>', label, sprite, name
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', sprite, name)


@register.filter
def initials(name: str) -> str:
    """ "Ana Ruiz" → "AR"; one character where a name is written without blanks."""
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
    """ "now", "5 min", "3 h", "2 d": how long since."""
    if moment is None:
        return ""
    gone = timezone.now() - moment
    return pgettext("how long ago", "now") if gone < timedelta(minutes=1) else _span(gone)


@register.filter
def until(moment: datetime | None) -> str:
    """How long to go, or "late by …"."""
    if moment is None:
        return ""
    left = moment - timezone.now()
    if left < timedelta(0):
        return _("late by %(span)s") % {"span": _span(-left)}
    return _("in %(span)s") % {"span": _span(left)}


@register.filter
def seconds_left(moment: datetime) -> int:
    """How many seconds until then; 0 when it is past."""
    return max(0, round((moment - timezone.now()).total_seconds()))


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
    time = date_format(local, "H:i")
    return time if local.date() == timezone.localdate() else f"{day(local)} {time}"


@register.filter
def day(moment: date | None) -> str:
    """A day that nobody reads the wrong way round: "24 Nov 2026"."""
    if moment is None:
        return ""
    local = timezone.localtime(moment) if isinstance(moment, datetime) else moment
    return str(date_format(local, pgettext("format of a day", "j M Y")))


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


@register.filter
def linked(text: str) -> SafeString:
    """A message as it was written: escaped, web addresses as links that open elsewhere, line breaks kept."""
    written = urlize(escape(text), nofollow=True, autoescape=False)
    return mark_safe(_LINK.sub('rel="nofollow noopener noreferrer" target="_blank"', written).replace("\n", "<br>"))  # noqa: S308


_LINK = re.compile(r'(?<=" )rel="nofollow"(?=>)')


@register.filter
def money(written: Any) -> str:
    """An amount as the reader's language writes it; a written "12.50 EUR" likewise; anything else as it stands."""
    amount = written
    if isinstance(written, str):
        try:
            amount = Money.parse(written)
        except ValueError:
            return written
    if not isinstance(amount, Money):
        return "" if amount is None else str(amount)
    locale = _LOCALES.get((get_language() or "en").lower(), "en")
    return str(format_currency(amount.amount, amount.currency, locale=locale))


_LOCALES = {"en": "en_GB", "es": "es_ES", "zh-hans": "zh_Hans_CN"}


@register.filter
def called(whose: Conversation | Customer | None) -> str:
    """The customer's name, else the address they write from, or what an unknown one is called."""
    if isinstance(whose, Conversation):
        return whose.customer.name or whose.reply_to or _("Visitor")
    return (whose.name if whose else "") or _("Visitor")


@register.filter
def parts(summary: str) -> list[str]:
    """A deed in a line, "Refund · amount: 20.00 EUR · order: TF-10005", as its parts."""
    return [part for part in str(summary).split(" · ") if part]


@register.filter
def in_my_language(text: Any) -> str:
    """A text in several languages, in the colleague's own."""
    return plain_text(text)


@register.filter
def as_words(name: Any) -> str:
    """The name of an act, a rule or a procedure as a person writes it: "open_return" → "open return"."""
    return str(name).replace("_", " ").replace("-", " ")


@register.simple_tag
def avatar(name: str, kind: str = "customer", channel: str = "", key: str = "") -> SafeString:
    """A round picture of initials. ``kind``: customer, colleague or representative; ``channel`` adds its mark;
    ``key`` chooses the colour where several have one name."""
    tinted = f" tone-{tone(key or name)}" if kind in ("customer", "colleague") else ""
    inside = icon("spark") if kind == "representative" else initials(name)
    mark = _channel_mark(channel) if channel else ""
    return format_html('<span class="avatar {}{}" aria-hidden="true">{}{}</span>', kind, tinted, inside, mark)


def _channel_mark(channel: str) -> SafeString:
    return format_html('<span class="avatar-mark">{}</span>', icon("mail" if channel == "email" else "chat"))


@register.inclusion_tag("desk/parts/empty.html")
def nothing(icon_name: str, title: str, says: str = "") -> dict[str, str]:
    """What stands where there is nothing yet."""
    return {"icon_name": icon_name, "title": title, "says": says}


@register.filter
def because(verdict: Any) -> str:
    """The reason that a verdict gives, in one language."""
    return plain_text(verdict.get("because")) if hasattr(verdict, "get") else ""
