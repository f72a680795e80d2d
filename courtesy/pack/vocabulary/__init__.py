"""The closed vocabulary that a pack may use: acts, look-ups, slot kinds, sources, facts and engine phrases.

A company writes its rules and procedures in these words; a developer adds a word here together with the code
that gives it a meaning. A test in ``tests/house`` holds both sides against each other.
"""

from courtesy.pack.vocabulary import acts, facts, slots
from courtesy.pack.vocabulary.acts import Act
from courtesy.pack.vocabulary.diary import (
    DIARY_ACTS,
    DIARY_FACTS,
    DIARY_LOOK_UPS,
    DIARY_PHRASES,
    DIARY_SLOT_KINDS,
    DIARY_USUAL_KINDS,
)
from courtesy.pack.vocabulary.facts import CLAIMED_FACTS, GRADES, IDENTITY_LEVELS, FactKind
from courtesy.pack.vocabulary.phrases import ENGINE_PHRASES
from courtesy.pack.vocabulary.slots import SOURCES, SlotKind

ACTS = acts.ACTS | {act.name: act for act in DIARY_ACTS}
FACTS = facts.FACTS | {fact.name: fact for fact in DIARY_FACTS}
LOOK_UPS = slots.LOOK_UPS | DIARY_LOOK_UPS
SLOT_KINDS = slots.SLOT_KINDS | DIARY_SLOT_KINDS
USUAL_KINDS = slots.USUAL_KINDS | DIARY_USUAL_KINDS

__all__ = [
    "ACTS",
    "CLAIMED_FACTS",
    "DIARY_PHRASES",
    "ENGINE_PHRASES",
    "FACTS",
    "GRADES",
    "IDENTITY_LEVELS",
    "LOOK_UPS",
    "SLOT_KINDS",
    "SOURCES",
    "USUAL_KINDS",
    "Act",
    "FactKind",
    "SlotKind",
]
