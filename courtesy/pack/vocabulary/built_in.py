"""All words that are built in, whichever file of this folder they lie in."""

from __future__ import annotations

from courtesy.pack.vocabulary import acts, diary, facts, selling, slots

ACTS = acts.ACTS | {act.name: act for act in (*diary.DIARY_ACTS, *selling.SELLING_ACTS)}
FACTS = facts.FACTS | {fact.name: fact for fact in (*diary.DIARY_FACTS, *selling.SELLING_FACTS)}
LOOK_UPS = slots.LOOK_UPS | diary.DIARY_LOOK_UPS | selling.SELLING_LOOK_UPS
SLOT_KINDS = slots.SLOT_KINDS | diary.DIARY_SLOT_KINDS | selling.SELLING_SLOT_KINDS
USUAL_KINDS = slots.USUAL_KINDS | diary.DIARY_USUAL_KINDS | selling.SELLING_USUAL_KINDS
SOURCES = slots.SOURCES
