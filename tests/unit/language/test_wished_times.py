"""Wished times: days and hours said in words, as the earliest, the latest, or exactly."""

from __future__ import annotations

from datetime import date, time

import pytest

from courtesy.language.entities.when.windows import Window, window
from courtesy.language.understanding import Context

CONTEXT = Context(languages=("en", "es", "zh"), language="en", default_language="en", today="2026-11-25")
TUESDAY, FRIDAY, SATURDAY = date(2026, 12, 1), date(2026, 11, 27), date(2026, 11, 28)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("next Tuesday after 3", Window(TUESDAY, TUESDAY, time(15))),
        ("el martes a partir de las 5", Window(TUESDAY, TUESDAY, time(17))),
        ("下周二下午三点以后", Window(TUESDAY, TUESDAY, time(15), time(20))),
        ("on Saturday morning", Window(SATURDAY, SATURDAY, None, time(12))),
        ("el próximo viernes por la tarde", Window(FRIDAY, FRIDAY, time(12), time(20))),
        ("星期六下午", Window(SATURDAY, SATURDAY, time(12), time(20))),
        ("tomorrow at 10:30", Window(date(2026, 11, 26), date(2026, 11, 26), exact=time(10, 30))),
        ("mañana a las 10", Window(date(2026, 11, 26), date(2026, 11, 26), exact=time(10))),
        ("明天上午十点", Window(date(2026, 11, 26), date(2026, 11, 26), exact=time(10))),
        ("Tuesday at 5pm in Bilbao", Window(TUESDAY, TUESDAY, exact=time(17))),
        ("between 4 and 6 on Friday", Window(FRIDAY, FRIDAY, time(16), time(18))),
        ("before noon on Monday", Window(date(2026, 11, 30), date(2026, 11, 30), None, time(12))),
        ("martes antes de las 12", Window(TUESDAY, TUESDAY, None, time(12))),
        ("next week", Window(date(2026, 11, 30), date(2026, 12, 6))),
        ("the 3rd at half past four", Window(date(2026, 12, 3), date(2026, 12, 3), exact=time(16, 30))),
        ("any time after work", Window(None, None, time(17), None, None, True)),
        ("as soon as possible please", Window(soonest=True)),
        ("cuanto antes", Window(soonest=True)),
        ("越早越好，最早的就行", Window(soonest=True)),
    ],
)
def test_a_wished_time_is_read_as_it_is_meant(text: str, expected: Window) -> None:
    assert window(text, CONTEXT) == expected


@pytest.mark.parametrize("text", ["my boots hurt", "quiero una cita", "想预约试鞋", "I have 3 pairs"])
def test_a_text_without_a_time_wishes_for_none(text: str) -> None:
    assert window(text, CONTEXT) is None


def test_a_new_day_keeps_the_time_wished_for_and_a_new_time_the_day() -> None:
    first = window("next Tuesday after 3", CONTEXT)
    assert first is not None
    other_day, other_time = window("then on Friday", CONTEXT), window("after 5 then", CONTEXT)
    assert other_day is not None
    assert other_day.over(first) == Window(FRIDAY, FRIDAY, time(15))
    assert other_time is not None
    assert other_time.over(first) == Window(TUESDAY, TUESDAY, time(17))
