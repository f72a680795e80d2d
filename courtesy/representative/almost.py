"""What was almost said: words that are a slip or two of the keyboard away from one of the known answers.

For what is asked next only, where nothing was said exactly: "I hangeed my mind" to "what is the reason?".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex
from rapidfuzz.distance import OSA

from courtesy.language.understanding import Choice
from courtesy.representative.matching import fold, is_denied

SLIP_EVERY = 5  # letters: a shorter answer has to be said as it is
LONGEST = 60  # characters of a message that is compared as a whole
_LONG = 8  # letters from which an answer is looked for within a message
_MOST_WORDS = 200
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]++")
_HAN = regex.compile(r"\p{Han}")


def said(text: str, choices: Sequence[Choice]) -> str:
    """The label that the whole text almost is; "" when none, one exactly, or labels of two choices are as near."""
    bare = _bare(text)
    if not bare or len(bare) > LONGEST:
        return ""
    near = sorted(
        (slips, place, label)
        for place, choice in enumerate(choices)
        for label in (choice.label, *choice.labels)
        if (slips := _slips(bare, _bare(label))) is not None
    )
    best = [one for one in near if one[0] == near[0][0]]
    return best[0][2] if best and best[0][0] and len({place for _, place, _ in best}) == 1 else ""


def within(text: str, choices: Sequence[Choice]) -> Choice | None:
    """The choice of which a long label almost stands in the text, not denied there; None when none does or two do."""
    words = _WORD.findall(fold(text))[:_MOST_WORDS]
    hits = []
    for choice in choices:
        labels = {_bare(label) for label in (choice.label, *choice.labels)}
        slips = [
            slips for label in labels if len(label) >= _LONG and not _HAN.search(label) for slips in _in(words, label)
        ]
        if slips:
            hits.append((min(slips), choice))
    best = min((slips for slips, _ in hits), default=0)
    nearest = [choice for slips, choice in hits if slips == best]
    return nearest[0] if len(nearest) == 1 else None


def _in(words: Sequence[str], label: str) -> Iterator[int]:
    """The slips of every stretch of so many words that is almost the label."""
    size = label.count(" ") + 1
    for start in range(len(words) - size + 1):
        slips = _slips(" ".join(words[start : start + size]), label)
        if slips is not None and not is_denied(" ".join(words[:start])):
            yield slips


def _bare(text: str) -> str:
    return " ".join(_WORD.findall(fold(text)))


def _slips(typed: str, label: str) -> int | None:
    """How many slips lie between, if not too many for their length."""
    most = len(label) // SLIP_EVERY
    slips = OSA.distance(typed, label, score_cutoff=most)
    return slips if slips <= most else None
