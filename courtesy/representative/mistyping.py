"""Typing errors for rehearsals: what a hurried customer's keyboard does to a sentence, repeatable by a seed."""

from __future__ import annotations

from random import Random

import regex

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_NEIGHBOURS = {
    letter: row[max(0, place - 1) : place] + row[place + 1 : place + 2]
    for row in _ROWS
    for place, letter in enumerate(row)
}
# Left as they are: addresses, numbers and codes, which a customer copies, and sizes in letters: a slip there is another
# order, or another size.
_COPIED = regex.compile(r"\S*[@\d]\S*|\{code\}|(?<!\w)(?:X{0,3}[SL]|M)(?!\w)")
_LETTER = regex.compile(r"\p{L}")
_HAN = regex.compile(r"\p{Han}")


def mistype(text: str, share: float, seed: str) -> str:
    """``share`` (0 to 1) of the letters are hit: swapped, left out, doubled or the next key; Han characters doubled."""
    random = Random(seed)
    spared = {place for found in _COPIED.finditer(text) for place in range(*found.span())}
    typed: list[str] = []
    skip = False
    for place, letter in enumerate(text):
        if skip:
            skip = False
            continue
        if place in spared or not _LETTER.match(letter) or random.random() >= share:
            typed.append(letter)
            continue
        following = text[place + 1] if place + 1 < len(text) and place + 1 not in spared else ""
        skip = _slip(typed, letter, following, random)
    return "".join(typed)


def _slip(typed: list[str], letter: str, following: str, random: Random) -> bool:
    """Append what is typed for ``letter``; true when the following letter is typed with it."""
    kind = random.choice(("swap", "drop", "double", "neighbour"))
    near = _NEIGHBOURS.get(letter.lower(), "")
    if _HAN.match(letter) or kind == "double":
        typed += [letter, letter]
    elif kind == "swap" and following.isalpha():
        typed += [following, letter]
        return True
    elif kind == "neighbour" and near:
        typed.append(random.choice(near))
    elif kind == "drop":
        return False
    else:
        typed.append(letter)
    return False
