"""How the customer feels: anger, distress, urgency, danger; told from words and from shouting."""

from __future__ import annotations

import regex

from courtesy.language.phrasebook import book
from courtesy.language.text import Heard
from courtesy.language.understanding import Feelings

_LETTERS = regex.compile(r"\p{Lu}")
_LOWER = regex.compile(r"\p{Ll}")
_NOT = regex.compile(
    r"(?:\b(?:not|no|never|isnt|wasnt|without|sin|nadie)\b[^.,;!?]{0,14}|(?:没有|没|不是|无)[^，。]{0,4})$"
)
NAMES = ("anger", "distress", "urgency", "danger")


def feel(heard: Heard, languages: tuple[str, ...]) -> Feelings:
    """Each 0 to 1, with the words that showed it. Negated words do not count."""
    strength: dict[str, float] = dict.fromkeys(NAMES, 0.0)
    evidence: dict[str, str] = {}
    for language in languages:
        for name in NAMES:
            section = book(language).get(name)
            place = section.found(heard.flat) if section else None
            if place is None or _NOT.search(heard.flat[: place[0]]):
                continue
            strength[name] = max(strength[name], 0.9 if name == "danger" else 0.6)
            evidence.setdefault(name, heard.flat[place[0] : place[1]])
    if _shouts(heard.clean):
        strength["anger"] = min(1.0, strength["anger"] + 0.3)
    if strength["anger"] and heard.clean.count("!") + heard.clean.count("！") >= 2:
        strength["anger"] = min(1.0, strength["anger"] + 0.2)
    return Feelings(strength["anger"], strength["distress"], strength["urgency"], strength["danger"], evidence)


def _shouts(text: str) -> bool:
    upper, lower = len(_LETTERS.findall(text)), len(_LOWER.findall(text))
    return upper >= 12 and upper > 3 * lower
