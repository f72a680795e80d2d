"""What a scripted customer's card says, sorted by when it is to be said; nothing here knows what the exam expects."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z(\"])")
_SECRET = re.compile(
    r"do not (?:want to )?(?:reveal|share|mention)|don't (?:want to )?(?:reveal|share|mention)|won't reveal"
    r"|NOT mention|mysterious|lonely|might confuse",
    re.IGNORECASE,
)
_ABOUT_MYSELF = re.compile(
    r"^(?:I(?:'m| am| like to| have a| speak|'ll be)|my approach)\b|sound (?:very )?natural", re.IGNORECASE
)
_AT_CONFIRMATION = re.compile(
    r"^(?:but )?(?:if|when) (?:the agent asks (?:you )?(?:for|to) (?:final )?confirm\w*|you are asked to confirm)"
    r"[^,]*,\s*",
    re.IGNORECASE,
)
_WHEN_ASKED = re.compile(
    r"^(?:but )?(?:if|when) (?:the agent asks|asked|you are asked)(?: you)?(?: for| to)?(?P<what>[^,]*),\s*",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"^(?:also )?(?:but )?(?:if|once|after|when|at the end)\b", re.IGNORECASE)
_STAGE = re.compile(r"^(?:make sure|be (?:polite|insistent)|do not|try to|as you are|try )", re.IGNORECASE)
_PERSONS: tuple[tuple[str, str], ...] = (
    (r"^you (?:say|mention|tell (?:it|the agent)|ask(?: the agent)?)(?: that)?\s+", ""),
    (r"\bsay that you\b", "I"),
    (r"^do not say yes immediately, because ", ""),
    (r"^(?:say|provide) (?:that )?", ""),
    (r"^([\w#]*\d[\w#]*) first\.?$", r"\1"),
    (r"\b(tells?|gives?|saves?|helps?|asks?|told|costs?) you\b", r"\1 me"),
    (r"\bthe agent\b", "you"),
    (r"\0 (?:doesn't|does not)\b", "\0 don't"),
    (r"\byou are\b", "I am"),
    (r"\byou're\b", "I'm"),
    (r"\byou'd\b", "I'd"),
    (r"\byou'll\b", "I'll"),
    (r"\byourself\b", "myself"),
    (r"\byours\b", "mine"),
    (r"\byour\b", "my"),
    (r"\byou\b", "I"),
)


def in_first_person(text: str) -> str:
    """ "you'd go for your old one" → "I'd go for my old one"; "the agent" is who is spoken to."""
    kept = re.sub(r"\bthe (?:customer service )?agent\b", "\0", text, flags=re.IGNORECASE)
    kept = re.sub(r"\0 (\w+[^s\s])s\b", "\0 \\1", kept)
    for pattern, instead in _PERSONS:
        kept = re.sub(pattern, instead, kept, flags=re.IGNORECASE)
    kept = kept.replace("\0", "you").strip()
    return kept[:1].upper() + kept[1:]


def sentences(text: str) -> list[str]:
    return [part.strip() for part in _SENTENCE.split(text) if part.strip(" .")]


_USER_ID = re.compile(r"\b([a-z]+)_([a-z]+)_\d+\b")


def _ended(text: str) -> str:
    return text.strip() if text.strip().endswith((".", "!", "?")) else f"{text.strip()}."


def _by_name(facts: Sequence[str]) -> tuple[str, ...]:
    """Who is known by a user id only says the name in it too: "mei_kovacs_8020" is Mei Kovacs."""
    found = _USER_ID.search(" ".join(facts))
    if found is None:
        return tuple(_ended(fact) for fact in facts)
    return (f"My name is {found[1].capitalize()} {found[2].capitalize()}.", *(_ended(fact) for fact in facts))


@dataclass(frozen=True, slots=True)
class Script:
    """``at_confirmation`` is said instead of the first yes; ``asked`` are (what about, answer); ``conditions`` when
    something did not go as wished; ``later`` when nothing else is open."""

    opening: str
    facts: tuple[str, ...]
    unknown: tuple[str, ...]
    at_confirmation: tuple[str, ...]
    asked: tuple[tuple[str, str], ...]
    conditions: tuple[str, ...]
    later: tuple[str, ...]

    @property
    def who(self) -> str:
        return " ".join((*self.facts, *self.unknown))

    @property
    def all(self) -> list[str]:
        """Every sentence that may be said, in order."""
        rest = [text for text in (*self.later, *self.at_confirmation, *self.conditions) if text]
        return [*sentences(self.opening), *rest, *(answer for _, answer in self.asked)]


def script_of(card: Mapping[str, Any]) -> Script:
    """Read ``derived_user_script`` of a case."""
    spoken: dict[str, list[Any]] = {"confirm": [], "asked": [], "conditions": [], "later": []}
    for rule in card["behaviour_rules"]:
        _sort(re.sub(r"\s*\([^)]*\)", "", rule).strip(), spoken)
    wishes = [text for text in card["extra_wishes_1p"] if not _ABOUT_MYSELF.search(text) and not _SECRET.search(text)]
    opening = re.sub(r"\s*\([^)]*\b(?:reveal|share)\b[^)]*\)", "", card["opening_1p"]).strip(" .")
    return Script(
        _ended(opening),
        _by_name(card["facts_1p"]),
        tuple(_ended(text) for text in card["unknown_1p"]),
        tuple(spoken["confirm"]),
        tuple(spoken["asked"]),
        tuple(spoken["conditions"]),
        (*spoken["later"], *wishes),
    )


def _sort(rule: str, spoken: Mapping[str, list[Any]]) -> None:
    if not any(sign.isalpha() for sign in rule) or _SECRET.search(rule):
        return
    if found := _AT_CONFIRMATION.match(rule):
        spoken["confirm"].append(in_first_person(rule[found.end() :]))
    elif found := _WHEN_ASKED.match(rule):
        spoken["asked"].append((found["what"].strip(), in_first_person(rule[found.end() :])))
    elif _CONDITION.match(rule):
        spoken["conditions"].append(in_first_person(rule))
    elif not _STAGE.match(rule):
        spoken["later"].append(in_first_person(rule))


_WORD = re.compile(r"[a-z0-9]+")
_COMMON = frozenset(
    (
        *("the", "a", "an", "i", "to", "and", "of", "for", "my", "in", "is", "it", "you", "with", "that", "this", "on"),
        *("or", "be", "want", "would", "like", "please", "do", "not"),
    )
)


def words_of(text: str) -> set[str]:
    return {word.removesuffix("s") if len(word) > 3 else word for word in _WORD.findall(text.casefold())} - _COMMON


def closest(texts: Sequence[str], about: str, *, least: int = 1) -> list[str]:
    """The texts that share most words with ``about``; empty when none shares enough."""
    wanted = words_of(about)
    scores = [len(words_of(text) & wanted) for text in texts]
    best = max(scores, default=0)
    return [text for text, score in zip(texts, scores, strict=True) if score == best] if best >= least else []
