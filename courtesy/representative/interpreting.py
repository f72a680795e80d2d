"""A language model beside the representative: what of its readings is believed, and when a reply may be put otherwise.

Looked up inside a turn, asked for before it (``preparing``). Nothing here asks anything of the model.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from courtesy.conversations.models import Message
from courtesy.interpreter import readings, wordings
from courtesy.language.proposals import believed
from courtesy.language.understanding import Context, Understanding
from courtesy.representative.situation import Situation
from courtesy.representative.values import Saying
from courtesy.representative.wording import gapped

# What is asked before something is done or shown, and what has weight in law, is said in the company's own words.
_ASKED = frozenset({"confirm", "code", "identity"})
_WEIGHTY = (
    "confirm",
    "refus",
    "complaint",
    "promise:",
    "threat",
    "identity",
    "code",
    "withdraw",
    "acknowledge distress",
)


@dataclass(frozen=True, slots=True)
class Ahead:
    """What a turn would say: the phrase with open gaps, its language, and the words that it answers."""

    phrase: str
    language: str
    said: str


def with_reading(
    situation: Situation, message: Message, understanding: Understanding, context: Context
) -> Understanding:
    """The engine's understanding with what is believed of the model's reading of this message, if there is one."""
    found = readings.of(message.pk)
    if found is None:
        return understanding
    proposal, by = found
    return believed(understanding, proposal, context, situation.pack.procedures, by=by)


def may_be_reworded(situation: Situation, sayings: Sequence[Saying]) -> bool:
    """Whether other words may be used at all: nothing was done, nobody is called, nothing that binds is said."""
    question = situation.dialogue.question
    if not sayings or situation.handed_over or (question is not None and question["kind"] in _ASKED):
        return False
    if any(task.id in situation.touched and task.acted for task in situation.dialogue.tasks):
        return False
    protocols = {protocol.phrase for protocol in situation.pack.protocols.values()}
    return not any(one.phrase in protocols or one.phrase.startswith(_WEIGHTY) for one in sayings)


def reworded(situation: Situation, sayings: Sequence[Saying]) -> tuple[str, str] | None:
    """The reply in other words that say the same, and the model they come from; None: the phrases are said."""
    if not wordings.any_for(situation.conversation.pk) or not may_be_reworded(situation, sayings):
        return None
    open_ = gapped(sayings, situation.pack, situation.language)
    found = wordings.of(situation.conversation.pk, open_.phrase, situation.language)
    return (open_.filled(found[0]), found[1]) if found else None
