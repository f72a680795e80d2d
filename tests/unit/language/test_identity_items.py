"""Postcodes, names and dates of birth are understood as a recogniser hears them."""

from __future__ import annotations

import numpy as np
import pytest

from courtesy.language.identity.births import heard_birth
from courtesy.language.identity.comparing import Person, Persons
from courtesy.language.identity.letters import spelt_letters, spelt_name
from courtesy.language.identity.sounds import key

PERSONS = Persons(
    [
        Person("1", "WV1 7AN", "Ashleigh Sheppard", "1970-05-14"),
        Person("2", "WV1 7AN", "Duncan Sheppard", "1968-01-30"),
        Person("3", "M32 8FE", "Priya Nair", "2007-03-11"),
        Person("4", "SA4 2TB", "Peter Norton", "1988-09-20"),
    ]
)


@pytest.mark.parametrize(
    ("said", "letters"),
    [
        ("w v 1 7 a n", "WV17AN"),
        ("whiskey victor one seven alpha november", "WV17AN"),
        ("double u vee won seven hey and", "WV17AN"),
        ("wiskey viktor 1 7 alfa novembre", "WV17AN"),
        ("m double 3 8 f e", "M338FE"),
        ("", ""),
    ],
)
def test_letters_are_read_from_alphabets_and_letter_names(said: str, letters: str) -> None:
    assert spelt_letters(said) == letters


def test_names_that_sound_alike_have_one_key() -> None:
    assert key("Ashleigh Sheppard") == key("Ashley Shepherd")
    assert key("Philip Knight") == key("Filip Night")
    assert key("Duncan Sheppard") != key("Ashleigh Sheppard")
    assert spelt_name("p r i y a n a i r") == "priyanair"
    assert spelt_name("papa romeo india yankee alpha") == "priya"


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        ("14th of May 1970", (14, 5, 1970)),
        ("May the fourteenth 1970", (14, 5, 1970)),
        ("20th September 1980 8th", (20, 9, 1988)),
        ("11 of March 2000 and 7", (11, 3, 2007)),
        ("0705 1987", (7, 5, 1987)),
        ("9th of the 7th 1977", (9, 7, 1977)),
        ("19 11 19 05", (19, 11, 1905)),
        ("fortune May 1970", (None, 5, 1970)),
        ("no idea", (None, None, None)),
    ],
)
def test_a_date_of_birth_is_read_in_the_ways_it_is_said(said: str, parts: tuple[int | None, ...]) -> None:
    birth = heard_birth(said)
    assert (birth.day, birth.month, birth.year) == parts


def test_each_item_speaks_most_for_whose_it_is() -> None:
    assert int(PERSONS.compare("postcode", [["m 3 2 8 s e"]]).argmax()) == 2
    assert int(PERSONS.compare("name", [["Ashley Shepherd", "ugly Shepherd"]]).argmax()) == 0
    assert int(PERSONS.compare("birth", [["28th September 1988"]]).argmax()) == 3


def test_what_was_not_heard_speaks_for_nobody() -> None:
    for item in ("postcode", "name", "birth"):
        assert not np.any(PERSONS.compare(item, [[], [""]]))  # type: ignore[arg-type]
