"""Name and address of the person a booking is for: known from what was said or proven, else asked."""

from __future__ import annotations

from courtesy.pack.model import Ask
from courtesy.representative.memory import Task
from courtesy.representative.situation import Situation
from courtesy.representative.slots import Found, Words

MOST_WORDS = 5
LONGEST = 60


def read_name(situation: Situation, task: Task, step: Ask, words: Words) -> Found:
    if said := words.entity("name"):
        return Found(str(said))
    if words.asked and (bare := words.all.strip(" .!。")) and _is_name(bare):
        return Found(bare)
    known = _record_name(situation) or situation.dialogue.claims.get("name") or situation.customer.name.strip()
    return Found(known or None, automatic=True)


def _is_name(text: str) -> bool:
    """Whether a short answer can be a name: some words, no figures, no question."""
    short = len(text.split()) <= MOST_WORDS and len(text) <= LONGEST
    return short and not any(char.isdigit() or char in "?？@" for char in text)


def _record_name(situation: Situation) -> str:
    """The shop's own record names nobody whose identity is not proven."""
    if not situation.knows_person:
        return ""
    customer = situation.shop_customer()
    return customer.name if customer is not None else ""


def read_email(situation: Situation, task: Task, step: Ask, words: Words) -> Found:
    if said := words.entity("e-mail"):
        return Found(str(said))
    claimed = situation.dialogue.claims.get("e-mail", "")
    if not claimed and situation.knows_person and (customer := situation.shop_customer()):
        claimed = customer.email
    return Found(claimed or None, automatic=True)
