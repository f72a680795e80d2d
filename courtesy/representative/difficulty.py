"""Somebody in difficulty, or a threat: the company's written protocol is followed before anything else."""

from __future__ import annotations

from courtesy.conversations import difficulty
from courtesy.conversations.models import Case, Message
from courtesy.language.hardship import said, signs_in, words_of
from courtesy.language.understanding import Understanding
from courtesy.pack.matters import Protocol
from courtesy.pack.vocabulary import SIGNS
from courtesy.representative import asking, deeds, judging, wishes
from courtesy.representative.memory import Task
from courtesy.representative.mending import mend
from courtesy.representative.situation import Situation

DANGER = 0.6


def follow_protocol(situation: Situation, understanding: Understanding, message: Message) -> bool:
    """Follow every protocol that the message sets off and that is not followed in this conversation already. True
    when a person takes over; else the representative goes on, without what is stopped."""
    taken = False
    for protocol, evidence in _set_off(situation, understanding):
        registered = _register(situation, message, protocol.name) if protocol.complaint else None
        row, new = difficulty.notice(
            situation.conversation, situation.pack, protocol, evidence, situation.at, case=registered
        )
        if not new:
            continue
        team = deeds.team_name(situation, protocol.calls)
        situation.say(protocol.phrase, company=situation.pack.company.name, team=team, number=row.case.number)
        situation.closing = True
        if protocol.hands_over:
            asking.needs_person(situation, protocol.name, team=protocol.calls, urgent=protocol.urgent)
            situation.answer_by = min(filter(None, (situation.answer_by, row.due_at)))
            taken = True
    return taken


def _set_off(situation: Situation, understanding: Understanding) -> list[tuple[Protocol, str]]:
    """Protocols with the words that set them off, the gravest sign first."""
    languages = situation.pack.company.languages
    known = [word for language in languages for word in words_of(language)]
    found = signs_in(understanding, languages, mend(situation, understanding.text, also=known))
    order = list(SIGNS)
    hits: list[tuple[int, Protocol, str]] = []
    for protocol in situation.pack.protocols.values():
        sign = next((one for one in order if one in protocol.signs and one in found), "")
        own = said(understanding.text, [one for words in protocol.words.values() for one in words])
        if sign or own:
            hits.append((order.index(sign) if sign else len(order), protocol, found.get(sign, "") or own))
    return [(protocol, evidence) for _, protocol, evidence in sorted(hits, key=lambda hit: hit[0])]


def danger(situation: Situation, understanding: Understanding, message: Message) -> bool:
    """Where the pack has no protocol for it, somebody in danger still reaches a person at once."""
    if understanding.feelings.danger < DANGER:
        return False
    situation.say("acknowledge distress")
    asking.needs_person(situation, "somebody may be in danger or hurt", urgent=True)
    return True


def threat(situation: Situation, understanding: Understanding, message: Message) -> bool:
    """Stay calm, register a complaint with its clock, and let a person answer."""
    move = understanding.first("threatens")
    if move is None:
        return False
    situation.say("threat answered")
    already = bool(situation.dialogue.complaint)
    case = _register(situation, message, move.target)
    if case is not None and not already:
        due = case.due_at.astimezone(situation.zone).date() if case.due_at else None
        situation.say("complaint registered", number=case.number, due=due)
    team = next((name for name in situation.pack.company.teams if "omplaint" in name), "")
    asking.needs_person(situation, f"the customer threatens with {move.target or 'consequences'}", team=team)
    return True


def _register(situation: Situation, message: Message, why: str) -> Case | None:
    """Register the message as a complaint, once in a conversation; None when the pack has no procedure for it or its
    policies do not allow it: then the people who take over decide."""
    procedure = wishes.complaint_procedure(situation)
    if procedure is None:
        return None
    if situation.dialogue.complaint:
        return Case.objects.filter(number=situation.dialogue.complaint).first()
    task = Task.open(procedure.name, message.text)
    task.slots["complaint"] = message.text
    task.announced = True
    if judging.judge(situation, task, "register complaint").decision != "allow":
        return None
    receipt = deeds.do(situation, task, "register complaint", f"{task.id}:{why}")
    task.status = "handed over"
    situation.dialogue.tasks.append(task)
    receipt_number = getattr(receipt, "number", "")
    situation.note("deed", {"act": "register complaint", "receipt": receipt_number, "why": why, "task": task.id})
    return Case.objects.get(pk=task.case)
