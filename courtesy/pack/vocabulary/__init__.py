"""The closed vocabulary that a pack may use: acts, look-ups, slot kinds, sources, facts and engine phrases.

A company writes its rules and procedures in these words; a developer adds a word here together with the code
that gives it a meaning. A test in ``tests/house`` holds both sides against each other.
"""

from courtesy.pack.vocabulary.acts import ACTS, Act
from courtesy.pack.vocabulary.facts import CLAIMED_FACTS, FACTS, GRADES, IDENTITY_LEVELS, FactKind
from courtesy.pack.vocabulary.phrases import ENGINE_PHRASES, GUIDE_PHRASES
from courtesy.pack.vocabulary.slots import LOOK_UPS, SLOT_KINDS, SOURCES, USUAL_KINDS, SlotKind

__all__ = [
    "ACTS",
    "CLAIMED_FACTS",
    "ENGINE_PHRASES",
    "FACTS",
    "GRADES",
    "GUIDE_PHRASES",
    "IDENTITY_LEVELS",
    "LOOK_UPS",
    "SLOT_KINDS",
    "SOURCES",
    "USUAL_KINDS",
    "Act",
    "FactKind",
    "SlotKind",
]
