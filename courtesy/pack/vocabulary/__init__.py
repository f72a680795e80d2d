"""The closed vocabulary that a pack may use: acts, look-ups, slot kinds, sources, facts and engine phrases.

A company writes its rules and procedures in these words; a developer adds a word here together with the code
that gives it a meaning. A test in ``tests/house`` holds both sides against each other.
"""

from courtesy.pack.vocabulary.acts import Act
from courtesy.pack.vocabulary.built_in import ACTS, FACTS, LOOK_UPS, SLOT_KINDS, SOURCES, USUAL_KINDS
from courtesy.pack.vocabulary.care import SIGNS, STOPS
from courtesy.pack.vocabulary.delivery import DELIVERY_PHRASES, DELIVERY_TROUBLES
from courtesy.pack.vocabulary.diary import DIARY_PHRASES
from courtesy.pack.vocabulary.facts import CLAIMED_FACTS, GRADES, IDENTITY_LEVELS, FactKind
from courtesy.pack.vocabulary.phrases import ENGINE_PHRASES, GUIDE_PHRASES
from courtesy.pack.vocabulary.selling import ORDERING_PHRASES, RANGE_PHRASES
from courtesy.pack.vocabulary.slots import SlotKind
from courtesy.pack.vocabulary.whole import BUILT_IN, Vocabulary

__all__ = [
    "ACTS",
    "BUILT_IN",
    "CLAIMED_FACTS",
    "DELIVERY_PHRASES",
    "DELIVERY_TROUBLES",
    "DIARY_PHRASES",
    "ENGINE_PHRASES",
    "FACTS",
    "GRADES",
    "GUIDE_PHRASES",
    "IDENTITY_LEVELS",
    "LOOK_UPS",
    "ORDERING_PHRASES",
    "RANGE_PHRASES",
    "SIGNS",
    "SLOT_KINDS",
    "SOURCES",
    "STOPS",
    "USUAL_KINDS",
    "Act",
    "FactKind",
    "SlotKind",
    "Vocabulary",
]
