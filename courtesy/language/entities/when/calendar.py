"""The words of the calendar in English, Spanish, German and Chinese, flat: months, weekdays, units, near days."""

from __future__ import annotations

import re
from collections.abc import Iterable

from courtesy.language.entities.amounts.spoken import HAN, SMALL, counted


def _numbered(rows: tuple[str, ...], first: int) -> dict[str, int]:
    return {word: number for number, words in enumerate(rows, first) for word in words.split()}


MONTHS = _numbered(
    (
        "january jan enero ene januar janner", "february feb febrero februar", "march mar marzo marz maerz",
        "april apr abril abr", "may mayo mai", "june jun junio juni", "july jul julio juli",
        "august aug agosto ago", "september sep sept septiembre setiembre", "october oct octubre oktober okt",
        "november nov noviembre", "december dec diciembre dic dezember dez",
    ),
    1,
)  # fmt: skip
WEEKDAYS = _numbered(
    (
        "monday mon mondays lunes montag 周一 星期一 礼拜一", "tuesday tue tues martes dienstag 周二 星期二 礼拜二",
        "wednesday wed weds miercoles mittwoch 周三 星期三 礼拜三", "thursday thu thur thurs jueves donnerstag "
                                                                    "周四 星期四 礼拜四",
        "friday fri viernes freitag 周五 星期五 礼拜五", "saturday sat sabado samstag sonnabend 周六 星期六 礼拜六",
        "sunday sun domingo sonntag 周日 周天 星期日 星期天 礼拜天 礼拜日",
    ),
    0,
)  # fmt: skip
UNITS = {
    word: unit
    for unit, words in {
        "minute": "minute minutes min mins minuto minutos minuten 分钟",
        "hour": "hour hours hr hrs hora horas stunde stunden 小时 个小时 钟头 个钟头",
        "day": "day days dia dias tag tage tagen 天 日",
        "night": "night nights noche noches nacht nachte nachten 晚 夜",
        "week": "week weeks wk wks semana semanas woche wochen 周 星期 个星期 礼拜 个礼拜",
        "month": "month months mes meses monat monate monaten 个月 月",
        "year": "year years ano anos jahr jahre jahren 年",
    }.items()
    for word in words.split()
}
DAYS = {"day": 1, "night": 1, "week": 7}
NEAR = {
    "today": 0, "tonight": 0, "this morning": 0, "this afternoon": 0, "this evening": 0, "now": 0,
    "tomorrow": 1, "yesterday": -1, "last night": -1, "day after tomorrow": 2, "day before yesterday": -2,
    "a fortnight today": 14, "a week today": 7,
    "hoy": 0, "esta manana": 0, "esta tarde": 0, "esta noche": 0, "ahora mismo": 0, "manana": 1, "ayer": -1,
    "anoche": -1, "pasado manana": 2, "anteayer": -2, "antes de ayer": -2, "antier": -2,
    "heute": 0, "heute morgen": 0, "heute abend": 0, "morgen": 1, "gestern": -1, "ubermorgen": 2, "vorgestern": -2,
    "今天": 0, "今日": 0, "今晚": 0, "今早": 0, "刚才": 0, "刚刚": 0, "明天": 1, "明日": 1, "明早": 1, "明晚": 1,
    "昨天": -1,
    "昨晚": -1, "昨日": -1, "后天": 2, "大后天": 3, "前天": -2, "大前天": -3,
}  # fmt: skip
FEASTS = {
    "christmas day": (12, 25), "christmas eve": (12, 24), "boxing day": (12, 26), "new years eve": (12, 31),
    "new years day": (1, 1), "christmas": (12, 25), "halloween": (10, 31), "valentines day": (2, 14),
    "independence day": (7, 4), "navidad": (12, 25), "nochebuena": (12, 24), "nochevieja": (12, 31),
    "ano nuevo": (1, 1), "dia de reyes": (1, 6), "heiligabend": (12, 24), "weihnachten": (12, 25),
    "silvester": (12, 31), "neujahr": (1, 1), "圣诞节": (12, 25), "平安夜": (12, 24), "元旦": (1, 1), "国庆节": (10, 1),
    "情人节": (2, 14), "劳动节": (5, 1),
}  # fmt: skip
ORDINALS = _numbered(
    (
        "first primero primer ersten", "second segundo zweiten", "third tercero dritten", "fourth vierten",
        "fifth funften", "sixth sechsten", "seventh siebten", "eighth achten", "ninth neunten", "tenth zehnten",
        "eleventh elften", "twelfth zwolften", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
        "eighteenth", "nineteenth", "twentieth", "twenty-first", "twenty-second", "twenty-third", "twenty-fourth",
        "twenty-fifth", "twenty-sixth", "twenty-seventh", "twenty-eighth", "twenty-ninth", "thirtieth",
        "thirty-first",
    ),
    1,
)  # fmt: skip


def listed(words: Iterable[str]) -> str:
    """The words as alternatives of a pattern, longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def latin(words: Iterable[str]) -> list[str]:
    return [word for word in words if ord(word[0]) < 0x2E80]


def chinese(words: Iterable[str]) -> list[str]:
    return [word for word in words if ord(word[0]) >= 0x2E80]


MONTH = listed(MONTHS)
WEEKDAY = listed(latin(WEEKDAYS))
HAN_WEEKDAY = listed(chinese(WEEKDAYS))
UNIT = listed(latin(UNITS))
HAN_UNIT = listed(chinese(UNITS))
SMALL_NUMBER = listed(SMALL)
NUMBER = (
    rf"\d{{1,3}}|(?:twenty|thirty|forty|fifty|sixty)[- ](?:one|two|three|four|five|six|seven|eight|nine)|"
    rf"treinta y (?:uno?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve)|{SMALL_NUMBER}"
)
VAGUE = {
    "a couple of": 2, "couple of": 2, "a few": 3, "few": 3, "several": 3, "a": 1, "an": 1, "un par de": 2,
    "unos": 3, "unas": 3, "ein paar": 3, "einigen": 3, "half a": 0.5, "medio": 0.5, "media": 0.5,
    "半": 0.5, "半个": 0.5, "几": 3, "好几": 3,
}  # fmt: skip
HAN_NUMBER = rf"\d{{1,3}}|[{HAN}]{{1,4}}|半个?|好?几"
FAR = re.compile(
    rf"\d|[一二两三四五六七八九十几半]|[今明昨前后]|周|星期|礼拜|现在|上个|下个|本|刚|节|元旦|平安夜|"
    rf"\b(?:{listed([*latin(MONTHS), *latin(WEEKDAYS), *latin(UNITS), *latin(NEAR), *latin(FEASTS), *ORDINALS])}|"
    rf"{SMALL_NUMBER}|fortnight|weekend|oclock|noon|midnight|mediodia|medianoche|quarter|half)\b"
)


def number(words: str) -> float | None:
    """The value of figures or number words; vague ones ("a few") as customers mean them."""
    words = words.strip()
    if words.isdigit():
        return int(words)
    if words in VAGUE:
        return VAGUE[words]
    return counted(words)
