"""What was heard of postcode, name and date of birth against what many persons gave: how far each speaks for whom.

Everything is in nats: the logarithm of how much likelier it is to hear this from that person than from somebody else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from courtesy.language.identity.births import Birth, heard_birth
from courtesy.language.identity.letters import spelt_letters, spelt_name
from courtesy.language.identity.sounds import key
from courtesy.language.text import flatten

Floats = NDArray[np.floating[Any]]
Item = Literal["postcode", "name", "birth"]
READINGS = 8  # of one attempt, the recogniser's best first

_SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
_PLACE = {sign: number for number, sign in enumerate(_SIGNS, 1)}
# Signs that are heard for one another, by how they sound in English and how they are written.
_ALIKE = (
    "BDEPTVGC3Z", "AJK8H", "FSX", "MN", "IY", "QU2", "O0", "59", "1I", "L", "RL", "AR", "S5", "W2", "8A", "C6", "E3",
    "V5", "F4", "Y9", "B8", "6X", "S6",
)  # fmt: skip
_SWAPPED, _DROPPED, _ADDED = 0.45, 0.8, 0.7
# Likeness 0 to 1 → nats, measured on transcripts of callers; between the points on a straight line.
_POSTCODE = ((0.0, 0.50, 0.60, 0.65, 0.70, 0.78, 0.85, 1.0), (-3.5, -2.2, -0.5, 1.0, 2.5, 5.5, 6.9, 7.6))
_NAME = ((0.0, 0.50, 0.60, 0.68, 0.75, 0.85, 0.92, 1.0), (-3.0, -4.5, -3.0, -1.5, 1.5, 3.3, 6.0, 8.8))
_BIRTH = ((-4.0, 0.0, 3.0, 5.0, 7.0, 9.3), (-5.0, -3.2, -1.5, 0.5, 3.5, 8.6))
_DAY, _MONTH, _YEAR = (3.1, -1.6), (2.3, -2.2), (3.9, -1.8)  # the same, another
_NEAR_DAY, _NEAR_YEAR = 0.6, -0.3  # one figure differs
_DIGITS = (8.5, 5.0, 2.0)  # eight figures, of which none, one or two differ
_LEAST_BIRTH = -3.0


def _costs() -> Floats:
    size = len(_SIGNS) + 1
    costs = np.ones((size, size), dtype=np.float32)
    np.fill_diagonal(costs, 0.0)
    for group in _ALIKE:
        for one in group:
            for other in group:
                if one != other:
                    costs[_PLACE[one], _PLACE[other]] = _SWAPPED
    return costs


_COSTS = _costs()


@dataclass(frozen=True, slots=True)
class Person:
    """Identity items as they are kept: ``birth`` is an ISO date."""

    id: str
    postcode: str
    name: str
    birth: str


class Persons:
    """Many persons, ready to be compared with what was heard. Built once; comparing reads only."""

    def __init__(self, persons: Sequence[Person]) -> None:
        self.ids = tuple(person.id for person in persons)
        self._codes, self._lengths = _coded([person.postcode for person in persons])
        names = [flatten(person.name) for person in persons]
        self._names, self._name_of = _distinct([name.replace(" ", "") for name in names])
        self._keys = [key(name) for name in _first_of(names, self._name_of, len(self._names))]
        self._firsts, self._first_of = _distinct([name.split(" ")[0] for name in names])
        self._lasts, self._last_of = _distinct([name.split(" ")[-1] for name in names])
        dates = [person.birth.split("-") for person in persons]
        self._years = np.array([int(date[0]) for date in dates])
        self._months = np.array([int(date[1]) for date in dates])
        self._days = np.array([int(date[2]) for date in dates])
        self._digits = [f"{date[2]}{date[1]}{date[0]}" for date in dates]

    def compare(self, item: Item, attempts: Sequence[Sequence[str]]) -> Floats:
        """For each person, the nats that the attempts at one item speak for them; 0 where nothing was heard."""
        readings = [reading for attempt in attempts for reading in attempt[:READINGS] if reading.strip()]
        if not readings:
            return np.zeros(len(self.ids))
        if item == "postcode":
            return np.interp(self._postcodes(readings), *_POSTCODE)
        if item == "name":
            return np.interp(self._named(readings), *_NAME)
        born = self._born(readings)
        nats: Floats = np.zeros(len(self.ids)) if born is None else np.interp(born, *_BIRTH)
        return nats

    def _postcodes(self, readings: Sequence[str]) -> Floats:
        best = np.zeros(len(self.ids), dtype=np.float32)
        for letters in dict.fromkeys(spelt_letters(reading)[:12] for reading in readings):
            if letters:
                distance = _distances(letters, self._codes, self._lengths)
                np.maximum(best, 1 - distance / np.maximum(self._lengths, len(letters)), out=best)
        return best

    def _named(self, readings: Sequence[str]) -> Floats:
        whole = list(dict.fromkeys(filter(None, (spelt_name(reading) for reading in readings))))
        if not whole:
            return np.zeros(len(self.ids))
        spelling = process.cdist(whole, self._names, scorer=fuzz.ratio, dtype=np.float32) / 100
        sounding = process.cdist([key(flatten(reading)) for reading in readings], self._keys, scorer=fuzz.ratio,
                                 dtype=np.float32) / 100  # fmt: skip
        both = np.maximum(spelling.max(axis=0), 0.55 * spelling.max(axis=0) + 0.45 * sounding.max(axis=0))
        found: Floats = both[self._name_of]
        single = [name for name in whole if len(name) >= 3]
        if single:
            for names, of, share in ((self._firsts, self._first_of, 0.72), (self._lasts, self._last_of, 0.78)):
                parts = process.cdist(single, names, scorer=fuzz.ratio, dtype=np.float32).max(axis=0) / 100
                np.maximum(found, share * parts[of], out=found)
        return found

    def _born(self, readings: Sequence[str]) -> Floats | None:
        """None where no part of a date was understood."""
        best = np.full(len(self.ids), -np.inf)
        births = dict.fromkeys(heard_birth(reading) for reading in readings)
        parts = [birth for birth in births if birth.day or birth.month or birth.year]
        for birth in parts:
            np.maximum(best, self._parts(birth), out=best)
        figures = [birth.digits for birth in births if 6 <= len(birth.digits) <= 10]
        if figures:
            away = process.cdist(figures, self._digits, scorer=OSA.distance, dtype=np.int16).min(axis=0)
            for differing, nats in enumerate(_DIGITS):
                best = np.where((away == differing) & (best < nats), nats, best)
        return np.where(np.isinf(best), _LEAST_BIRTH, best) if parts or figures else None

    def _parts(self, birth: Birth) -> Floats:
        nats = np.zeros(len(self.ids))
        if birth.day is not None:
            near = (self._days % 10 == birth.day % 10) | (np.abs(self._days - birth.day) == 1)
            nats += np.where(self._days == birth.day, _DAY[0], np.where(near, _NEAR_DAY, _DAY[1]))
        if birth.month is not None:
            nats += np.where(self._months == birth.month, *_MONTH)
        if birth.year is not None:
            away = np.abs(self._years - birth.year)
            near = (away % 10 == 0) | (away < 10)
            nats += np.where(away == 0, _YEAR[0], np.where(near, _NEAR_YEAR, _YEAR[1]))
        return nats


def _coded(codes: Sequence[str]) -> tuple[NDArray[np.int8], NDArray[np.int_]]:
    bare = ["".join(sign for sign in code.upper() if sign in _PLACE)[:8] for code in codes]
    table = np.zeros((len(bare), 8), dtype=np.int8)
    for row, code in enumerate(bare):
        table[row, : len(code)] = [_PLACE[sign] for sign in code]
    return table, np.array([max(1, len(code)) for code in bare])


def _distances(letters: str, codes: NDArray[np.int8], lengths: NDArray[np.int_]) -> Floats:
    """Weighted edit distance of one reading to every code at once."""
    width = codes.shape[1]
    row = np.tile(np.arange(width + 1, dtype=np.float32) * _DROPPED, (len(codes), 1))
    for sign in letters:
        place = _PLACE.get(sign, 0)
        costs = _COSTS[place][codes]
        following = np.empty_like(row)
        following[:, 0] = row[:, 0] + _ADDED
        for at in range(1, width + 1):
            following[:, at] = np.minimum(
                np.minimum(row[:, at] + _ADDED, following[:, at - 1] + _DROPPED), row[:, at - 1] + costs[:, at - 1]
            )
        row = following
    result: Floats = row[np.arange(len(codes)), lengths]
    return result


def _distinct(words: Sequence[str]) -> tuple[list[str], NDArray[np.int_]]:
    place: dict[str, int] = {}
    of = np.array([place.setdefault(word, len(place)) for word in words])
    return list(place), of


def _first_of(words: Sequence[str], of: NDArray[np.int_], number: int) -> list[str]:
    found = [""] * number
    for word, place in zip(words, of, strict=True):
        found[place] = found[place] or word
    return found
