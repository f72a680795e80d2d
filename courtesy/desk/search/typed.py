"""What a colleague types into a search box: words, "exact phrases" and filters such as ``from:ana@example.com``."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo

LONGEST = 300
_NAMES = {
    "order": ("order", "pedido", "订单"),
    "from": ("from", "de", "来自"),
    "since": ("since", "after", "desde", "自"),
    "until": ("until", "before", "hasta", "至"),
    "status": ("status", "estado", "状态"),
    "channel": ("channel", "canal", "渠道"),
    "team": ("team", "equipo", "团队"),
    "holder": ("holder", "with", "colega", "负责人"),
    "tag": ("tag", "etiqueta", "标签"),
    "code": ("code", "codigo", "código", "结案"),
    "is": ("is", "es", "是"),
}
FILTERS = {written: name for name, all_ in _NAMES.items() for written in all_}
_VALUES = {
    "abierto": "open", "开启": "open", "未结": "open", "esperando": "waiting", "等待": "waiting", "等待客户": "waiting",
    "cerrado": "closed", "已关闭": "closed", "correo": "email", "mail": "email", "e-mail": "email", "邮件": "email",
    "聊天": "chat", "urgente": "urgent", "紧急": "urgent", "vencido": "overdue", "late": "overdue", "逾期": "overdue",
    "nota": "note", "备注": "note", "yo": "me", "我": "me", "nadie": "nobody", "none": "nobody", "无人": "nobody",
    "aplazado": "snoozed", "暂缓": "snoozed",
}  # fmt: skip
_DAYS = (
    ("monday", "lunes", "周一", "星期一"), ("tuesday", "martes", "周二", "星期二"),
    ("wednesday", "miercoles", "miércoles", "周三", "星期三"), ("thursday", "jueves", "周四", "星期四"),
    ("friday", "viernes", "周五", "星期五"), ("saturday", "sabado", "sábado", "周六", "星期六"),
    ("sunday", "domingo", "周日", "星期日", "星期天"),
)  # fmt: skip
_TODAY, _YESTERDAY = ("today", "hoy", "今天"), ("yesterday", "ayer", "昨天")
_SPAN = re.compile(r"(\d{1,4})([dhw])")
_PIECE = re.compile(r'(?:(?P<name>[^\s:："]{1,20})[:：])?(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s"]+))')


@dataclass(frozen=True, slots=True)
class Typed:
    """``words`` as typed; ``filters`` name → values, any of which fits; ``wrong`` what could not be understood."""

    words: str = ""
    phrases: tuple[str, ...] = ()
    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    since: datetime | None = None
    until: datetime | None = None  # what is before it fits
    wrong: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.phrases or self.filters or self.since or self.until)

    @property
    def spoken(self) -> str:
        """Words and phrases, as they are looked up in the word index."""
        return " ".join([self.words, *self.phrases]).strip()


def read(written: str, at: datetime, zone: tzinfo) -> Typed:
    """Take apart what was typed at this moment in this time zone."""
    words: list[str] = []
    phrases: list[str] = []
    filters: dict[str, tuple[str, ...]] = {}
    moments: dict[str, datetime] = {}
    wrong: list[str] = []
    for piece in _PIECE.finditer(written[:LONGEST]):
        name = FILTERS.get((piece["name"] or "").casefold(), "")
        value = piece["quoted"] if piece["quoted"] is not None else piece["bare"]
        if not name:
            if piece["quoted"] is not None and not piece["name"]:
                phrases.append(value.strip())
            else:
                words.append(piece[0].replace('"', " "))
        elif name in ("since", "until"):
            day = _day(value, at, zone)
            if day is None:
                wrong.append(piece[0])
            else:
                moments[name] = day if name == "since" or _SPAN.fullmatch(value) else day + timedelta(days=1)
        elif value.strip():
            known = _VALUES.get(value.casefold(), value) if name in ("status", "channel", "is", "holder") else value
            filters[name] = (*filters.get(name, ()), known.strip())
    return Typed(
        " ".join(words),
        tuple(phrase for phrase in phrases if phrase),
        filters,
        moments.get("since"),
        moments.get("until"),
        tuple(wrong),
    )


def _day(written: str, at: datetime, zone: tzinfo) -> datetime | None:
    """The beginning of a day: 2026-11-20, "monday" (the last one), "yesterday"; or a span back: "3d", "2w", "6h"."""
    value, today = written.casefold(), at.astimezone(zone).date()
    if span := _SPAN.fullmatch(value):
        unit = {"h": "hours", "d": "days", "w": "weeks"}[span[2]]
        return at - timedelta(**{unit: int(span[1])})
    if value in _TODAY or value in _YESTERDAY:
        return _start(today - timedelta(days=value in _YESTERDAY), zone)
    for number, names in enumerate(_DAYS):
        if value in names:
            return _start(today - timedelta(days=(today.weekday() - number) % 7), zone)
    try:
        return _start(date.fromisoformat(value), zone)
    except ValueError:
        return None


def _start(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone)
