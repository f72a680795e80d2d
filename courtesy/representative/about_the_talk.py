"""Moves about the conversation itself: why, who, again, later, never mind."""

from __future__ import annotations

from collections.abc import Callable

from courtesy.language.understanding import Understanding
from courtesy.policy import approvals
from courtesy.representative import asking, guiding
from courtesy.representative.situation import Situation


def take(situation: Situation, understanding: Understanding) -> bool:
    """Moves about the conversation itself: why, again, later, never mind. A step of a guide that is not understood is
    explained by the guide, not merely said again."""
    for kind, reaction in _TALK.items():
        if kind == "wants repeat" and guiding.is_lost(situation, understanding.text):
            continue
        if understanding.first(kind) and not understanding.first("wants"):  # type: ignore[arg-type]
            reaction(situation)
            return True
    return False


def _why(situation: Situation) -> None:
    question = situation.dialogue.question
    slot = question["slot"] if question else ""
    name = f"why: {slot}"
    situation.say(name if asking.phrase_text(situation, name) else "why: default")
    asking.ask_again(situation)
    situation.asked = True


def _who(situation: Situation) -> None:
    """ "Are you a robot?" is answered truly, always."""
    company = situation.pack.company
    situation.dialogue.introduced = True
    situation.say("about me", company=company.name, representative=company.representative_name)
    asking.ask_again(situation)
    situation.asked = True


def _repeat(situation: Situation) -> None:
    situation.say("repeat", text=situation.dialogue.last_text)
    if question := situation.dialogue.question:
        situation.offer(question["choices"])
    situation.asked = True


def _later(situation: Situation) -> None:
    task = situation.dialogue.current()
    situation.say("take your time", matter=situation.title(task) if task else "")
    situation.asked = True


def _stop(situation: Situation) -> None:
    """Never mind: the task in hand ends, nothing more is done, what waited for a yes is withdrawn."""
    task = situation.dialogue.current()
    waiting = [one for one in situation.dialogue.tasks if one.status == "approval"]
    if task is None and not waiting:
        situation.say("nothing to stop")
        situation.asked = True
        return
    for one in [task] if task is not None else waiting:
        one.status = "stopped"
        for id_ in one.approvals.values():
            approval = approvals.find(id_)
            if approval is not None:
                approvals.withdraw(approval, situation.at)
        procedure = situation.procedure(one)
        if procedure is not None and procedure.guide is not None:
            one.suspended, one.left = situation.dialogue.question, True
            situation.say("guide left")
            continue
        situation.say("stopped", matter=situation.title(one))
        if not one.acted:
            situation.say("nothing changed", matter=situation.title(one))
    situation.dialogue.question = None


_TALK: dict[str, Callable[[Situation], None]] = {
    "asks why": _why,
    "asks who": _who,
    "wants repeat": _repeat,
    "stops": _stop,
    "later": _later,
}
