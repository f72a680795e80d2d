"""A caller is identified by several items together, asked again when in doubt, and never taken for another."""

from __future__ import annotations

from courtesy.customers.callers import HeardItem, look_up
from courtesy.language.identity.comparing import Item, Person, Persons

REGISTER = Persons(
    [
        Person("ann", "WV1 7AN", "Gloria Sheppard", "1970-05-14"),
        Person("dan", "WV1 7AN", "Dan Sheppard", "1970-05-14"),
        *(
            Person(f"p{n}", f"N{n % 90 + 10} {n % 9}QZ", f"Someone Else{n}", f"19{n % 90 + 10}-06-1{n % 9}")
            for n in range(500)
        ),
    ]
)


def heard(**items: list[list[str]]) -> list[HeardItem]:
    return [HeardItem(_item(name), tuple(tuple(attempt) for attempt in attempts)) for name, attempts in items.items()]


def _item(name: str) -> Item:
    return name  # type: ignore[return-value]


def test_a_caller_is_identified_when_the_items_agree() -> None:
    found = look_up(REGISTER, heard(postcode=[["whiskey v 1 7 a n"]], name=[["Dan Shepherd"]], birth=[["14 May 1970"]]))
    assert (found.status, found.person) == ("identified", "dan")


def test_two_who_share_address_and_birthday_are_not_told_apart_without_the_name() -> None:
    found = look_up(REGISTER, heard(postcode=[["w v 1 7 a n"]], birth=[["14 May 1970"]]))
    assert (found.status, found.item) == ("ask again", "name")


def test_one_item_alone_identifies_nobody() -> None:
    assert look_up(REGISTER, heard(name=[["Gloria Sheppard"]])).status == "ask again"
    assert look_up(REGISTER, []).status == "ask again"


def test_nobody_is_found_after_the_last_try() -> None:
    unknown = heard(postcode=[["x x 9 9 z z"]] * 3, name=[["Totally Unknown"]] * 3, birth=[["1st of January 2001"]] * 3)
    found = look_up(REGISTER, unknown)
    assert (found.status, found.person) == ("not found", "")


def test_a_stranger_is_not_taken_for_a_namesake_with_another_birthday() -> None:
    found = look_up(
        REGISTER, heard(postcode=[["s w 9 4 k d"]], name=[["Dan Sheppard"]], birth=[["2nd of August 1999"]])
    )
    assert found.status == "ask again"
    assert look_up(REGISTER, heard(name=[["Dan Sheppard"]]), without="dan").person == ""
