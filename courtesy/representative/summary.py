"""The summary for a colleague who takes over: who, what is wanted, what was done, what is open."""

from __future__ import annotations

from courtesy.conversations.models import Conversation
from courtesy.representative import guiding
from courtesy.representative.fields import slot_text
from courtesy.representative.memory import Task
from courtesy.representative.situation import Situation
from courtesy.representative.wording import value_text

_STATES = {
    "active": "open",
    "approval": "waits for an approval",
    "colleague": "waits for a colleague",
    "done": "done",
    "stopped": "stopped by the customer",
    "refused": "refused",
    "handed over": "handed over",
}


def summary(situation: Situation) -> str:
    """Plain lines in English, the desk's working language; every value from a record or the customer's own words."""
    lines = [f"Why: {situation.because}", f"Customer: {_who(situation)}, language {situation.language}"]
    for task in situation.dialogue.tasks[-6:]:
        lines += [_task_line(situation, task), *guiding.tried(task)]
    question = situation.dialogue.question
    if question is not None:
        lines.append(f"Asked last: {question['slot']}")
    if said := _last_words(situation):
        lines.append(f"Last words: {said}")
    return "\n".join(lines)


def _who(situation: Situation) -> str:
    customer = situation.shop_customer()
    conversation: Conversation = situation.conversation
    name = customer.name if customer else situation.customer.name or "unknown"
    return f"{name} ({conversation.identity})"


def _task_line(situation: Situation, task: Task) -> str:
    parts = []
    for name, value in task.slots.items():
        shown = slot_text(situation, task, name, value)
        text = ", ".join(map(str, shown)) if isinstance(shown, list) else value_text(shown, "en")
        parts.append(f"{name}: {text[:120]}")
    done = [str(receipt["act"]) for receipt in task.receipts.values()]
    state = _STATES.get(task.status, task.status)
    known = f" ({'; '.join(parts)})" if parts else ""
    return f"• {task.procedure}: {state}{known}{'. Done: ' + ', '.join(done) if done else ''}"


def _last_words(situation: Situation) -> str:
    return situation.unread[-1].text[:300] if situation.unread else ""
