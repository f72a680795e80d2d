"""How a name sounds: a short key under which names that are heard alike fall together."""

from __future__ import annotations

import re
from functools import lru_cache

from courtesy.language.text import flatten

# English spelling to sound, in order; vowels within a word tell little and are left out.
_RULES = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"[^a-z ]", ""), (r"\b(?:kn|gn|pn)", "n"), (r"\bwr", "r"), (r"\bps", "s"), (r"\bwh", "w"), (r"\brh", "r"),
        (r"\bx", "s"), (r"mb\b", "m"), (r"tch|sch(?=w|m|n|l)|sh|ch|sj|tion|cian", "x"), (r"ght", "t"),
        (r"ough|augh", "o"), (r"(?<=[aeiou])gh(?![aeou])", ""), (r"gh", "g"), (r"pher(?=d)", "per"), (r"ph|v", "f"),
        (r"dg(?=[eiy])|g(?=[eiy])|j", "j"), (r"th", "t"), (r"c(?=[eiy])|z", "s"), (r"ck|c|q", "k"),
        (r"(?<=[aeiouy])h|h(?=[^aeiouy]|\b)", ""), (r"(?<=[aeiou])[yw](?![aeiou])", ""), (r"d", "t"), (r"b", "p"),
        (r"\b[aeiouy]+", "a"), (r"(?<=[a-z])[aeiouy]+", ""), (r"(.)\1+", r"\1"),
    )
)  # fmt: skip


@lru_cache(maxsize=100_000)
def key(name: str) -> str:
    """The sounds of a name's consonants, words joined: "Ashleigh Sheppard" and "Ashley Shepherd" fall together."""
    sound = flatten(name)
    for pattern, replacement in _RULES:
        sound = pattern.sub(replacement, sound)
    return sound.replace(" ", "")
