"""``courtesy incident``: known trouble, declared, changed and ended where nobody is at the desk."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from rich.console import Console
from rich.table import Table

from courtesy.config.starting import require_database
from courtesy.config.trouble import Trouble as CannotDo
from courtesy.conversations.incidents import declaring
from courtesy.conversations.incidents.declaring import News, Touches, Trouble
from courtesy.conversations.models import Incident
from courtesy.pack import editions
from courtesy.pack.model import Pack


def add(subparsers: Any) -> None:
    command = subparsers.add_parser("incident", help="known trouble: declare, change, end, list")
    acts = command.add_subparsers(metavar="ACT", required=True)
    new = acts.add_parser("declare", help="from now on whoever asks about it is told")
    new.add_argument("title", help="for colleagues; customers never see it")
    new.add_argument("--about", action="append", default=[], metavar="PROCEDURE", help="may be given several times")
    new.add_argument("--article", action="append", default=[], metavar="ID")
    new.add_argument("--product", action="append", default=[], metavar="NAME")
    new.add_argument("--area", action="append", default=[], metavar="AREA", help="beginning of a postcode, or a place")
    new.add_argument("--severity", choices=Incident.Severity.values, default="medium")
    new.add_argument("--whole-answer", action="store_true", help="the ordinary way begins only when asked again")
    new.set_defaults(run=run_declare)
    changed = acts.add_parser("change", help="other words or times; whoever was told hears the news")
    changed.add_argument("number")
    changed.set_defaults(run=run_change)
    for one in (new, changed):
        one.add_argument("--expected", metavar="TIME", help="when it should be over, as 2026-11-25T18:00")
        one.add_argument("--next-news", metavar="TIME", help="when customers hear more")
    over = acts.add_parser("over", help="it is over; whoever was told hears so, once")
    over.add_argument("number")
    over.set_defaults(run=run_over)
    for one in (new, changed, over):
        one.add_argument("--say", nargs=2, action="append", default=[], metavar=("LANGUAGE", "WORDS"))
    listing = acts.add_parser("list", help="incidents, the newest first")
    listing.set_defaults(run=run_list)


def run_declare(arguments: argparse.Namespace) -> int:
    pack = _pack()
    touches = Touches(*map(tuple, (arguments.area, arguments.product, arguments.about, arguments.article)))
    trouble = Trouble(
        arguments.title,
        touches,
        _news(arguments, pack),
        severity=arguments.severity,
        whole_answer=arguments.whole_answer,
    )
    made = declaring.declare(trouble, pack, None, timezone.now())
    if not isinstance(made, Incident):
        raise CannotDo(f"it cannot be declared: there is lacking {made!r}")
    print(made.number)
    return 0


def run_change(arguments: argparse.Namespace) -> int:
    pack = _pack()
    incident = _find(arguments.number)
    said = {**incident.said, **_said(arguments.say)}
    news = _news(arguments, pack)
    kept = News(said, news.expected_at or incident.expected_at, news.next_news_at or incident.next_news_at)
    _ask_for(declaring.change(incident, kept, pack, None, timezone.now()))
    print(f"{incident.number}: whoever was told hears the news.")
    return 0


def run_over(arguments: argparse.Namespace) -> int:
    pack = _pack()
    incident = _find(arguments.number)
    _ask_for(declaring.finish(incident, pack, None, timezone.now(), _said(arguments.say)))
    print(f"{incident.number} is over. {incident.told.count()} conversations hear so within a minute of serving.")
    return 0


def run_list(_arguments: argparse.Namespace) -> int:
    require_database()
    table = Table("number", "state", "severity", "since", "told", "title")
    for one in Incident.objects.order_by("-declared_at")[:100]:
        since = f"{timezone.localtime(one.declared_at):%Y-%m-%d %H:%M}"
        table.add_row(one.number, one.status, one.severity, since, str(one.told.count()), one.title)
    Console(width=None).print(table)
    return 0


def _pack() -> Pack:
    require_database()
    editions.configure(settings.COURTESY_PACK, settings.COURTESY_DATA)
    return editions.in_force()


def _find(number: str) -> Incident:
    found = Incident.objects.filter(number=number.strip().upper()).first()
    if found is None:
        raise CannotDo(f"there is no incident {number!r}. 'courtesy incident list' shows them")
    return found


def _ask_for(lack: str) -> None:
    if lack:
        raise CannotDo(f"it cannot be changed: there is lacking {lack!r}")


def _news(arguments: argparse.Namespace, pack: Pack) -> News:
    zone = ZoneInfo(pack.company.time_zone)
    return News(_said(arguments.say), _moment(arguments.expected, zone), _moment(arguments.next_news, zone))


def _said(pairs: Sequence[Sequence[str]]) -> dict[str, str]:
    return {pair[0]: pair[1] for pair in pairs}


def _moment(written: str | None, zone: ZoneInfo) -> datetime | None:
    if not written:
        return None
    try:
        found = datetime.fromisoformat(written)
    except ValueError as error:
        raise CannotDo(f"{written!r} is no time; write it as 2026-11-25T18:00") from error
    return found if found.tzinfo else found.replace(tzinfo=zone)
