"""Informing: questions are answered from articles with their source; what nobody here knows is passed on."""

from __future__ import annotations

from courtesy.knowledge import conflicts, gaps
from courtesy.knowledge.finding import Passage, find
from courtesy.language.moves import asks_in_general
from courtesy.language.understanding import Move, Understanding
from courtesy.pack.model import If, LookUp, Step
from courtesy.representative import asking, deeds, offering
from courtesy.representative.situation import Situation
from courtesy.representative.values import Source
from courtesy.representative.wording import date_text

_OWN = ("order number", "product")  # what is named is not asked about in general


def answer(situation: Situation, understanding: Understanding, text: str) -> bool:
    """Answer questions from articles, with their source. False when nothing was asked that an article answers."""
    said = False
    for move in understanding.all("asks"):
        question = (move.target or text[move.span[0] : move.span[1]] or text).strip()
        passage = find(situation.pack, question, situation.language, at=situation.at)
        if passage is not None:
            tell(situation, question, passage)
            said = True
    return said


def tell(situation: Situation, question: str, passage: Passage) -> None:
    day = date_text(passage.date, situation.language) if passage.date else ""
    source = Source(passage.title, passage.url, passage.article, passage.date.isoformat() if passage.date else "")
    situation.say("answer", sources=[source], text=passage.text, title=passage.title, url=passage.url, date=day)
    situation.note(
        "answered",
        {
            "question": question,
            "article": passage.article,
            "title": passage.title,
            "url": passage.url,
            "passage": passage.text,
        },
    )
    conflicts.note(situation.pack, passage, situation.at)


def pass_on(situation: Situation, question: str, key: str) -> None:
    """Say that we do not know, and get somebody who does."""
    case = deeds.ask_colleague(situation, question, key)
    gaps.note(question, situation.language, situation.at)
    team = deeds.team_name(situation, str(case.details["team"]))
    due = case.due_at.astimezone(situation.zone).date() if case.due_at else None
    situation.say("question passed on", team=team, within=due)


def in_general(situation: Situation, understanding: Understanding, move: Move, words: str, *, alone: bool) -> bool:
    """ "How long may I send things back?" is no wish to send anything back: an article answers it, and the matter that
    the words come near to is offered. False when the customer speaks of their own things, or no article answers."""
    procedure = situation.pack.procedures.get(move.target)
    named = [one for one in understanding.entities if one.kind in _OWN]
    inside = any(move.span[0] <= one.span[0] < move.span[1] for one in named)
    if procedure is None or inside or not _about_an_order(procedure.steps):
        return False
    if not asks_in_general(words, understanding.language):
        return False
    passage = find(situation.pack, words, situation.language, at=situation.at)
    if passage is None:
        return False
    tell(situation, words, passage)
    if alone and situation.dialogue.question is not None:
        asking.ask_again(situation)
    elif alone and procedure.kind == "request":
        offering.offer_to_begin(situation, procedure, words)
    return True


def _about_an_order(steps: tuple[Step, ...]) -> bool:
    return any(
        (isinstance(step, LookUp) and step.what == "order")
        or (isinstance(step, If) and (_about_an_order(step.then) or _about_an_order(step.otherwise)))
        for step in steps
    )
