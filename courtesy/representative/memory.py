"""The representative's memory of one conversation: tasks in hand, what was asked, who was proven.

It is stored as JSON with the conversation; money and dates are kept typed so that they can be worded in any language.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from courtesy.foundation.identifiers import new_id
from courtesy.foundation.money import Money
from courtesy.language.understanding import Choice, Question

TaskStatus = Literal["active", "approval", "calling", "colleague", "done", "stopped", "refused", "handed over"]


def keep(value: Any) -> Any:
    """Turn a value into JSON that ``recall`` turns back: Money, Decimal, dates and tuples survive."""
    if isinstance(value, Money):
        return {"$money": str(value)}
    if isinstance(value, Decimal):
        return {"$decimal": str(value)}
    if isinstance(value, datetime):
        return {"$time": value.isoformat()}
    if isinstance(value, date):
        return {"$date": value.isoformat()}
    if isinstance(value, dict):
        return {str(key): keep(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [keep(part) for part in value]
    return value


_READERS: dict[str, Callable[[str], Any]] = {
    "$money": Money.parse,
    "$decimal": Decimal,
    "$time": datetime.fromisoformat,
    "$date": date.fromisoformat,
}


def recall(value: Any) -> Any:
    if isinstance(value, dict):
        if len(value) == 1:
            name, written = next(iter(value.items()))
            if name in _READERS:
                return _READERS[name](written)
        return {key: recall(part) for key, part in value.items()}
    if isinstance(value, list):
        return [recall(part) for part in value]
    return value


@dataclass
class Task:
    """One wish of the customer on its way through a procedure.

    ``slots`` hold what is known; ``words`` what the customer said for it, so that nothing is asked that was said;
    ``told``, ``receipts`` and ``verdicts`` are keyed by the step's place in the procedure.
    """

    id: str
    procedure: str
    status: TaskStatus = "active"
    slots: dict[str, Any] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    looked: dict[str, str] = field(default_factory=dict)
    skipped: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    confirmed: str = ""
    receipts: dict[str, dict[str, Any]] = field(default_factory=dict)
    approvals: dict[str, str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)  # step → the fingerprint that was refused
    facts: dict[str, Any] = field(default_factory=dict)  # fields for phrases that receipts brought
    documents: list[str] = field(default_factory=list)
    case: int = 0
    partial: dict[str, Any] = field(default_factory=dict)  # parts of an address given so far
    suspended: dict[str, Any] | None = None  # the question that was open when a digression began
    tries: dict[str, int] = field(default_factory=dict)
    digression: bool = False
    announced: bool = False
    found: dict[str, dict[str, Any]] = field(default_factory=dict)  # declared look-up → its fields
    lists: dict[str, list[dict[str, Any]]] = field(default_factory=dict)  # source → entries: value, label, fields
    read_at: dict[str, datetime] = field(default_factory=dict)  # declared look-up → when
    calling: dict[str, Any] = field(default_factory=dict)  # the call that is waited for
    at: str = ""  # of a guide: the step in hand, or the end it came to; "" before the first
    trail: list[dict[str, str]] = field(default_factory=list)  # of a guide: what was tried, step and answer in words
    shown: str = ""  # of a guide: the place whose instruction was told
    explained: bool = False  # of a guide: whether the step in hand was explained further
    left: bool = False  # of a guide: whether the customer left it half way

    @classmethod
    def open(cls, procedure: str, words: str) -> Task:
        return cls(id=new_id("tsk"), procedure=procedure, words=[words] if words else [])

    @property
    def acted(self) -> bool:
        return bool(self.receipts)


@dataclass
class Dialogue:
    """Everything the representative remembers between turns."""

    introduced: bool = False
    tasks: list[Task] = field(default_factory=list)
    question: dict[str, Any] | None = None  # Question as JSON, with "task"
    claims: dict[str, str] = field(default_factory=dict)  # e-mail, postcode, name, order number: said, not proven
    shop_customer: str = ""  # proven to the level in conversation.identity
    proof: str = ""  # the evidence that raised it last
    order: str = ""  # the order last spoken of
    product: str = ""
    range: dict[str, Any] | None = None  # the last look through the range: search, what was shown, its prices
    misses: int = 0
    last_put: str = ""  # the question put last, and how often in a row
    times_put: int = 0
    failed_proofs: int = 0
    code_for: str = ""
    last_text: str = ""
    calmed: bool = False
    noticed_colleague: bool = False
    languages_refused: bool = False
    complaint: str = ""  # number of the case a threat or complaint was registered under

    def current(self) -> Task | None:
        """The task in hand: the last active digression, else the first active task."""
        active = [task for task in self.tasks if task.status == "active"]
        digressions = [task for task in active if task.digression]
        return digressions[-1] if digressions else active[0] if active else None

    def task(self, id: str) -> Task | None:
        return next((task for task in self.tasks if task.id == id), None)


SETTLED_KEPT = 20
_SETTLED = ("done", "stopped", "refused", "handed over")


def _remembered(tasks: list[Task]) -> list[Task]:
    """What is in hand or waits, and the latest of what is settled; the rest of a long talk is in the journal."""
    settled = [task for task in tasks if task.status in _SETTLED]
    forgotten = {id(task) for task in settled[:-SETTLED_KEPT]}
    return [task for task in tasks if id(task) not in forgotten]


def to_json(dialogue: Dialogue) -> dict[str, Any]:
    flat = {one.name: getattr(dialogue, one.name) for one in fields(dialogue)}
    flat["tasks"] = [
        {one.name: getattr(task, one.name) for one in fields(task)} for task in _remembered(dialogue.tasks)
    ]
    return keep(flat)  # type: ignore[no-any-return]


def from_json(stored: dict[str, Any]) -> Dialogue:
    """Read a memory back; fields that an older edition did not know keep their defaults."""
    if not stored:
        return Dialogue()
    raw = recall(stored)
    known = {f.name for f in fields(Dialogue)}
    names = {f.name for f in fields(Task)}
    tasks = [Task(**{key: value for key, value in task.items() if key in names}) for task in raw.pop("tasks", [])]
    return Dialogue(tasks=tasks, **{key: value for key, value in raw.items() if key in known})


def question_to_json(question: Question, task: str) -> dict[str, Any]:
    return {
        "task": task,
        "slot": question.slot,
        "kind": question.kind,
        "several": question.several,
        "text": question.text,
        "choices": [{"value": c.value, "label": c.label, "labels": list(c.labels)} for c in question.choices],
    }


def question_from_json(stored: dict[str, Any]) -> Question:
    choices = tuple(Choice(c["value"], c["label"], tuple(c["labels"])) for c in stored["choices"])
    return Question(stored["slot"], stored["kind"], choices, stored["several"], stored["text"])
