"""What is named in a message is found, in four languages, written, spoken and misread."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest

from courtesy.foundation.money import Money
from courtesy.language.entities.finding import find_entities
from courtesy.language.text import hear
from courtesy.language.understanding import Context, Duration, Entity, Period, Question

TODAY = Context(
    languages=("en", "es", "zh"), order_number_pattern="TF-#####", today="2026-03-18", now="09:00", country="ES"
)  # a Wednesday


def found(text: str, kind: str, context: Context = TODAY) -> list[Any]:
    return [entity.value for entity in find_entities(hear(text), context) if entity.kind == kind]


def one(text: str, kind: str, context: Context = TODAY) -> Entity:
    entities = [entity for entity in find_entities(hear(text), context) if entity.kind == kind]
    assert len(entities) == 1, entities
    return entities[0]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("where is TF-10042?", "TF-10042"),
        ("tf 10042 has not come", "TF-10042"),
        ("order t f one oh oh four two", "TF-10042"),
        ("it is order one double zero four two", "TF-10042"),
        ("tf dash one zero zero four two", "TF-10042"),
        ("TF 1 0 0 4 2", "TF-10042"),
        ("TF-1OO42 with the letter O", "TF-10042"),
        ("TFl0042", "TF-10042"),
        ("mi pedido es el número 10042", "TF-10042"),
        ("pedido uno cero cero cuatro dos", "TF-10042"),
        ("我的订单号是TF10042", "TF-10042"),
        ("订单号一零零四二", "TF-10042"),
        ("ＴＦ－１００４２", "TF-10042"),
        ("T\u200bF-100\u200b42", "TF-10042"),
    ],
)
def test_an_order_number_is_read_however_it_is_given(text: str, number: str) -> None:
    assert found(text, "order number") == [number]


@pytest.mark.parametrize("text", ["the oslo tent is too small", "I need it in 10042 seconds flat", "toll free"])
def test_words_and_loose_figures_are_no_order_number(text: str) -> None:
    assert found(text, "order number") == []


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("invoice #20817 is wrong", "invoice number", "20817"),
        ("la factura 20817 está mal", "invoice number", "20817"),
        ("发票 20817 有问题", "invoice number", "20817"),
        ("my account number is 7730021", "account number", "7730021"),
        ("my tracking number is AB-99817-X", "reference", "AB-99817-X"),
        ("zero six six nine", "reference", "0669"),
        ("write to Ana.Ruiz@Example.com please", "e-mail", "ana.ruiz@example.com"),
        ("ana dot ruiz at example dot com", "e-mail", "ana.ruiz@example.com"),
        ("ana guion bajo ruiz arroba ejemplo punto es", "e-mail", "ana_ruiz@ejemplo.es"),
        ("llámame al 612 34 56 78", "phone", "+34612345678"),
        ("my phone number is 555 12 34 56", "phone", "+34555123456"),  # nobody has it, but it is named as one
        ("teléfono 555123456", "phone", "+34555123456"),
        ("seis uno dos tres cuatro cinco seis siete ocho", "phone", "+34612345678"),
        ("it cost 1.234,50 €", "money", Money(Decimal("1234.50"), "EUR")),
        ("twenty-five euros too much", "money", Money(Decimal(25), "EUR")),
        ("a thousand pounds", "money", Money(Decimal(1000), "GBP")),
        ("$1.5k", "money", Money(Decimal(1500), "USD")),
        ("ciento veinte euros", "money", Money(Decimal(120), "EUR")),
        ("花了三百五十块", "money", Money(Decimal(350), "CNY")),
        ("I paid 85.31", "money", Money(Decimal("85.31"), "EUR")),
        ("size 42 please", "size", "42"),
        ("en la talla M", "size", "M"),
        ("我要大号", "size", "L"),
        ("the dark green one", "colour", "green"),
        ("lo quiero en azul", "colour", "blue"),
        ("换成黑色的", "colour", "black"),
        ("2x tents", "quantity", Decimal(2)),
        ("要三件", "quantity", Decimal(3)),
        ("my name is Carla Montes", "name", "Carla Montes"),
        ("me llamo carla montes y quiero", "name", "carla montes"),
        ("我叫王小明", "name", "王小明"),
        ("Dr. Almeida speaking", "name", "Dr. Almeida"),
        ("a table for four on Sunday", "people", 4),
        ("we are three", "people", 3),
        ("dos adultos", "people", 2),
        ("我们一共五个人", "people", 5),
    ],
)
def test_an_entity_is_found_with_its_normal_form(text: str, kind: str, value: object) -> None:
    assert found(text, kind) == [value]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("it came last Tuesday", date(2026, 3, 17)),
        ("next Friday please", date(2026, 3, 27)),
        ("on Friday I will be home", date(2026, 3, 20)),
        ("I bought it on Friday", date(2026, 3, 13)),
        ("in three days", date(2026, 3, 21)),
        ("a couple of weeks ago", date(2026, 3, 4)),
        ("the day after tomorrow", date(2026, 3, 20)),
        ("I ordered it on the 20th of December", date(2025, 12, 20)),
        ("it will arrive on January the 4th", date(2027, 1, 4)),
        ("12/02/2026", date(2026, 2, 12)),
        ("hace dos semanas", date(2026, 3, 4)),
        ("lo pedí el lunes pasado", date(2026, 3, 16)),
        ("el próximo viernes", date(2026, 3, 20)),
        ("llegará el 3 de mayo", date(2026, 5, 3)),
        ("pasado mañana", date(2026, 3, 20)),
        ("dentro de tres días", date(2026, 3, 21)),
        ("am 3. Mai", date(2026, 5, 3)),
        ("vor zwei Wochen", date(2026, 3, 4)),
        ("letzten Dienstag", date(2026, 3, 17)),
        ("下周三", date(2026, 3, 25)),
        ("上周五买的", date(2026, 3, 13)),
        ("三天后", date(2026, 3, 21)),
        ("两周前", date(2026, 3, 4)),
        ("5月3号", date(2026, 5, 3)),
        ("下个月5号", date(2026, 4, 5)),
    ],
)
def test_a_day_is_told_from_today(text: str, day: date) -> None:
    assert found(text, "date") == [day]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("at half past three", time(3, 30)),
        ("at 5 to 8 in the evening", time(19, 55)),
        ("quarter past 5 p.m.", time(17, 15)),
        ("8pm works", time(20, 0)),
        ("a las 5 de la tarde", time(17, 0)),
        ("a las diez y media", time(10, 30)),
        ("um 15:30 Uhr", time(15, 30)),
        ("下午三点半", time(15, 30)),
        ("in two hours", time(11, 0)),
    ],
)
def test_a_time_of_day_is_read_in_words_and_figures(text: str, said: time) -> None:
    assert found(text, "time") == [said]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("it takes 8–10 weeks", "duration", Duration(Decimal(8), Decimal(10), "week")),
        ("two to three business days", "duration", Duration(Decimal(2), Decimal(3), "day")),
        ("ya son dos semanas", "duration", Duration(Decimal(2), Decimal(2), "week")),
        ("已经等了三个月", "duration", Duration(Decimal(3), Decimal(3), "month")),
        ("last week", "period", Period(date(2026, 3, 9), date(2026, 3, 15))),
        ("el mes pasado", "period", Period(date(2026, 2, 1), date(2026, 2, 28))),
        ("上个月", "period", Period(date(2026, 2, 1), date(2026, 2, 28))),
        ("the last 3 days", "period", Period(date(2026, 3, 15), date(2026, 3, 18))),
        ("it will be ready in August", "period", Period(date(2026, 8, 1), date(2026, 8, 31))),
    ],
)
def test_periods_and_lengths_of_time_are_told_apart(text: str, kind: str, value: object) -> None:
    assert found(text, kind) == [value]


def test_a_range_has_a_beginning_and_an_end() -> None:
    days = [e for e in find_entities(hear("I am away from the 3rd to the 6th of January"), TODAY) if e.kind == "date"]
    assert [(day.role, day.value.day, day.value.month) for day in days] == [("from", 3, 1), ("to", 6, 1)]


@pytest.mark.parametrize(
    "text",
    [
        "I may return it", "we sat on the first floor", "good morning", "buenos días por la mañana", "guten Morgen",
        "take the second one", "I want to buy 3 of them", "the mar is rough", "一点也不好",
    ],
)  # fmt: skip
def test_words_that_only_look_like_days_are_left_alone(text: str) -> None:
    assert found(text, "date") == found(text, "time") == found(text, "period") == []


@pytest.mark.parametrize(
    "text",
    [
        "I am waiting",
        "this is ridiculous",
        "it's broken again",
        "soy cliente",
        "我是你们的老客户",
        "under no circumstances",
    ],
)
def test_common_words_are_no_names(text: str) -> None:
    assert found(text, "name") == []


def test_a_card_is_found_masked_and_its_digits_stand_nowhere() -> None:
    for text in (
        "my card is 4111 1111 1111 1111",
        "four one one one one one one one one one one one one one one one",
    ):
        entity = one(text, "card number")
        assert entity.value == entity.text == "…1111"
    assert one("ES91 2100 0418 4502 0005 1332", "iban").value == "…1332"


def test_a_code_is_read_only_when_one_was_asked_for() -> None:
    asked = Context(question=Question("code", "code"))
    assert found("it is 123 456", "code", asked) == ["123456"]
    assert found("one two three four five six", "code", asked) == ["123456"]
    assert found("it is 123 456", "code") == []


def test_spans_lead_back_to_the_text_as_received() -> None:
    text = "Ｈｅｌｌｏ, \u200bit is tf-10042 and café at 3pm tomorrow"
    for entity in find_entities(hear(text), TODAY):
        assert text[entity.span[0] : entity.span[1]] == entity.text
    assert {"order number", "time", "date"} <= {entity.kind for entity in find_entities(hear(text), TODAY)}


def test_a_part_of_an_address_is_no_name() -> None:
    assert found("I am ana.ruiz@example.com", "name") == []
    assert found("I am ana.ruiz@example.com", "e-mail") == ["ana.ruiz@example.com"]
    assert found("soy pablo@example.com", "name") == []
