"""Which variant is wished: demands, preferences, comparisons and prices, in three languages."""

from __future__ import annotations

from decimal import Decimal

import pytest

from courtesy.commerce.port import Variant
from courtesy.foundation.money import Money
from courtesy.representative import matching
from courtesy.representative.wished import best, changes_more, fitting, ordered, wish_of

LAMP = {
    "colour": ["black", "white"],
    "brightness": ["low", "medium", "high"],
    "power": ["battery", "USB", "AC adapter"],
}
BOOTS = {"size": ["8", "9", "10"], "waterproof": ["yes", "no"], "lining": ["none", "fleece"]}


def wish(options: dict[str, list[str]], now: dict[str, str], *texts: str):  # type: ignore[no-untyped-def]
    return wish_of(options, now, texts, matching.contains)


def variant(sku: str, price: str, **options: str) -> Variant:
    return Variant(sku, "lamp", "Lamp", options, Money(Decimal(price), "EUR"), True)


@pytest.mark.parametrize(
    ("said", "demanded"),
    [
        ("a less bright one, please", {"brightness": ["low"]}),
        ("the brightest you have", {"brightness": ["high"]}),
        ("the white one with the adapter", {"colour": ["white"], "power": ["AC adapter"]}),
        ("USB instead of battery", {"power": ["USB"]}),
        ("not the black one", {}),
        ("If there is no white one, I'd take USB", {"power": ["USB"]}),
    ],
)
def test_a_lamp_is_told_by_what_is_demanded(said: str, demanded: dict[str, list[str]]) -> None:
    now = {"colour": "black", "brightness": "medium", "power": "battery"}
    assert wish(LAMP, now, said).demanded == demanded


@pytest.mark.parametrize(
    ("said", "demanded"),
    [
        ("one size smaller", {"size": ["8"]}),
        ("a size bigger", {"size": ["10"]}),
        ("waterproof ones", {"waterproof": ["yes"]}),
        ("without lining", {"lining": ["none"]}),
        ("最大的", {"size": ["10"]}),
    ],
)
def test_boots_are_told_by_comparing_with_what_the_customer_has(said: str, demanded: dict[str, list[str]]) -> None:
    now = {"size": "9", "waterproof": "no", "lining": "fleece"}
    assert wish(BOOTS, now, said).demanded == demanded


def test_what_is_only_preferred_is_not_demanded_and_decides_between_equals() -> None:
    now = {"colour": "black", "brightness": "high", "power": "AC adapter"}
    asked = wish(LAMP, now, "a less bright one (prefer battery > USB)")
    shelf = [
        variant("1", "20", colour="black", brightness="medium", power="USB"),
        variant("2", "20", colour="black", brightness="medium", power="battery"),
        variant("3", "20", colour="white", brightness="low", power="battery"),
    ]
    assert asked.preferred == {"power": ["battery", "USB"]}
    assert [one.sku for one in best(asked, now, fitting(asked, shelf))] == ["2"]


def test_the_cheapest_is_the_cheapest_of_those_that_fit() -> None:
    now = {"colour": "black", "brightness": "high", "power": "USB"}
    shelf = [
        variant("1", "10", colour="black", brightness="low", power="USB"),
        variant("2", "12", colour="white", brightness="low", power="USB"),
        variant("3", "14", colour="white", brightness="high", power="USB"),
    ]
    for said in ("the cheapest white one", "la blanca más barata, white", "white 最便宜"):
        asked = wish(LAMP, now, said)
        assert [one.sku for one in best(asked, now, fitting(asked, shelf))] == ["2"], said


def test_what_nobody_spoke_of_does_not_change_in_silence() -> None:
    now = {"colour": "black", "brightness": "high", "power": "USB"}
    asked = wish(LAMP, now, "in white")
    assert changes_more(asked, now, variant("1", "1", colour="white", brightness="low", power="USB"))
    assert not changes_more(asked, now, variant("1", "1", colour="white", brightness="high", power="USB"))


def test_values_have_an_order_only_when_they_have_one() -> None:
    assert ordered(["L", "XS", "M"]) == ["XS", "M", "L"]
    assert ordered(["1000ml", "500ml"]) == ["500ml", "1000ml"]
    assert ordered(["large", "small"]) == ["small", "large"]
    assert ordered(["red", "blue"]) == []
