"""Wishes: what the customer wants becomes tasks, one for each, in the order said."""

from __future__ import annotations

import re
from dataclasses import replace

from courtesy.language.moves import asks_in_general
from courtesy.language.understanding import Move, Understanding
from courtesy.pack.model import ContinueWith, Do, If, Procedure, Step
from courtesy.representative import informing
from courtesy.representative.memory import Task
from courtesy.representative.situation import Situation

SURE = 0.5
VERY_SURE = 0.9
LONG_ENOUGH = 16  # letters of a wish that stands beside an answer
MOST_TASKS = 6  # in hand at once
SHORT = 60  # letters of a follow-up question
_FOLLOWS = re.compile(
    r"^(?:(?:ok|okay|vale|bien)[,. ]+)?[¿]?(?:and|what about|how about|or|also|y|e|o|qué tal|que tal|también)\b"
    r"|^(?:那|还有|或者)|呢[？?]?$",
    re.IGNORECASE,
)


def take(situation: Situation, understanding: Understanding, text: str, *, beside_an_answer: bool = False) -> bool:
    """Open a task for each new wish; what belongs to a task in hand is added to it. True when there was any.

    Beside a short answer only a wish that is sure and about another matter counts."""
    wants = _questions_first(situation, _own_wishes(situation, understanding))
    if beside_an_answer:
        wants = [move for move in wants if _stands_beside(situation, move, text)]
    taken = False
    for move in wants:
        procedure = situation.pack.procedures.get(move.target)
        if procedure is None:
            continue
        words = _words(text, move, wants)
        if informing.in_general(situation, understanding, move, words, alone=len(wants) == 1):
            taken = True
            continue
        if _said_already(situation, procedure, words):
            taken = True
            continue
        known = _in_hand(situation, procedure)
        if known is not None:
            known.words.append(words)
            _note_order(situation, known, understanding, move, wants)
            taken = True
        elif (way := _on_its_way(situation, understanding, move)) is not None:
            way.words.append(words)
            taken = True
        elif len([task for task in situation.dialogue.tasks if task.status == "active"]) < MOST_TASKS:
            _open(situation, procedure, words, understanding, move, wants)
            taken = True
    return taken


def _own_wishes(situation: Situation, understanding: Understanding) -> list[Move]:
    """The wishes that stand for themselves. A later part of the message that merely tells more about the first wish
    ("the stove arrived damaged", "refund to my card") is none, unless it says so or names another order."""
    wants = [move for move in understanding.all("wants") if move.probability >= SURE]
    kept: list[Move] = []
    for move in wants:
        near = any(_near(situation, move.target, other.target) for other in kept)
        another = _names_another_order(understanding, move) or _names_another_product(understanding, move)
        if not near or another or move.value == "also":
            kept.append(move)
    ends = [move.span[0] for move in kept[1:]] + [max(len(understanding.text), *(move.span[1] for move in wants), 0)]
    return [replace(move, span=(move.span[0], end)) for move, end in zip(kept, ends, strict=True)] if kept else []


def _questions_first(situation: Situation, wants: list[Move]) -> list[Move]:
    """Of several wishes in one message what is merely asked goes first: it is soon answered, and then forgotten."""
    procedures = situation.pack.procedures
    asked = [move for move in wants if move.target in procedures and procedures[move.target].kind == "question"]
    return [*asked, *(move for move in wants if move not in asked)]


def _stands_beside(situation: Situation, move: Move, text: str) -> bool:
    weight = sum(2 if ord(char) > 0x2E80 else 1 for char in text)
    if move.probability < VERY_SURE or weight < LONG_ENOUGH:
        return False
    names = {task.procedure for task in situation.dialogue.tasks if task.status == "active"}
    return not any(move.target == name or _near(situation, move.target, name) for name in names)


def _near(situation: Situation, one: str, other: str) -> bool:
    """Whether two procedures are about the same matter: one goes over into the other, or is told apart from it."""
    procedures = situation.pack.procedures
    for first, second in ((one, other), (other, one)):
        procedure = procedures.get(first)
        if procedure is None:
            continue
        if second in procedure.not_for.values() or _continues_with(procedure.steps, second):
            return True
        if procedure.guide is not None and second in procedure.guide.through:
            return True
    return False


def _continues_with(steps: tuple[Step, ...], name: str) -> bool:
    return any(
        (isinstance(step, ContinueWith) and step.procedure == name)
        or (isinstance(step, If) and (_continues_with(step.then, name) or _continues_with(step.otherwise, name)))
        for step in steps
    )


def _names_another_order(understanding: Understanding, move: Move) -> bool:
    numbers = [entity for entity in understanding.entities if entity.kind == "order number"]
    inside = {str(one.value) for one in numbers if move.span[0] <= one.span[0] < move.span[1]}
    before = {str(one.value) for one in numbers if one.span[0] < move.span[0]}
    return bool(inside - before)


def _names_another_product(understanding: Understanding, move: Move) -> bool:
    """Whether a surely read later part speaks of a product that was not spoken of before it."""
    products = [entity for entity in understanding.entities if entity.kind == "product"]
    inside = {str(one.value) for one in products if move.span[0] <= one.span[0] < move.span[1]}
    before = {str(one.value) for one in products if one.span[0] < move.span[0]}
    return move.probability >= VERY_SURE and bool(inside - before) and bool(before)


def _on_its_way(situation: Situation, understanding: Understanding, move: Move) -> Task | None:
    """The matter in hand that goes over into this one, of which the customer tells more: "they are too small", said
    while a return is asked about that may become an exchange, is no exchange beside it."""
    task = situation.dialogue.current()
    procedure = situation.procedure(task) if task is not None else None
    if task is None or procedure is None or not task.announced or task.acted or move.value == "also":
        return None
    if _names_another_order(understanding, move) or not _continues_with(procedure.steps, move.target):
        return None
    return task


def _words(text: str, move: Move, wants: list[Move]) -> str:
    """One wish is described by the whole message; of several, each by its own part."""
    if len(wants) == 1:
        return text
    return text[move.span[0] : move.span[1]] or text


def _said_already(situation: Situation, procedure: Procedure, words: str) -> bool:
    """Whether a customer merely says once more what a matter was opened with."""
    return len(words) >= LONG_ENOUGH and any(
        task.procedure == procedure.name and words in task.words and not task.left for task in situation.dialogue.tasks
    )


def _in_hand(situation: Situation, procedure: Procedure) -> Task | None:
    for task in situation.dialogue.tasks:
        if task.status != "active":
            continue
        in_hand = situation.procedure(task)
        if in_hand is not None and in_hand.guide is not None and task.at:  # what is said of it on its way is no new one
            if procedure.name in (in_hand.name, *in_hand.guide.through):
                return task
        elif task.procedure == procedure.name and not task.acted:
            return task
    return None


def _open(
    situation: Situation,
    procedure: Procedure,
    words: str,
    understanding: Understanding,
    move: Move,
    wants: list[Move],
) -> None:
    before = situation.dialogue.current()
    task = Task.open(procedure.name, words)
    _note_order(situation, task, understanding, move, wants)
    place = len(situation.dialogue.tasks)
    if before is not None and before.announced:
        asked = situation.procedure(before)
        only_asks = asked is not None and asked.kind == "question"
        if procedure.kind == "question" or only_asks:
            task.digression = procedure.kind == "question"
            before.suspended = before.suspended or situation.dialogue.question
            situation.dialogue.question = None
        else:
            situation.say("noted for later", matter=situation.title(task))
        if only_asks and not task.digression:  # what the customer wants done goes before what they merely asked
            place = situation.dialogue.tasks.index(before)
            before.digression = False
    situation.dialogue.tasks.insert(place, task)
    _forget_old(situation)


def _note_order(situation: Situation, task: Task, understanding: Understanding, move: Move, wants: list[Move]) -> None:
    """The order number in the wish's own part, else the only one in the message."""
    numbers = [entity for entity in understanding.entities if entity.kind == "order number"]
    inside = [one for one in numbers if move.span[0] <= one.span[0] < move.span[1]]
    own = inside if len(wants) > 1 and inside else numbers
    values = list(dict.fromkeys(str(one.value) for one in own))
    if len(values) == 1 and "order" not in task.looked:
        task.slots["order"] = values[0]


def _forget_old(situation: Situation) -> None:
    """Keep the memory small: of finished tasks only the last ten."""
    tasks = situation.dialogue.tasks
    over = [task for task in tasks if task.status not in ("active", "approval", "colleague")][:-10]
    situation.dialogue.tasks = [task for task in tasks if task not in over]


def most_likely_of_near(situation: Situation, understanding: Understanding) -> str:
    """The likeliest of several procedures about one matter, or the only one, when it is surely one of them, else ""."""
    rivals = [move for move in understanding.alternatives if move.target in situation.pack.procedures]
    if not rivals or sum(move.probability for move in rivals) < SURE:
        return ""
    best = max(rivals, key=lambda move: move.probability)
    others = [move for move in rivals if move is not best]
    return best.target if all(_near(situation, best.target, other.target) for other in others) else ""


def follow_up(situation: Situation, understanding: Understanding) -> bool:
    """ "And to Portugal?", "and in blue?": the question just answered is asked again with other words, also in the
    middle of another matter."""
    dialogue, text = situation.dialogue, understanding.text
    if not _FOLLOWS.search(text.strip()) or len(text) > SHORT:
        return False
    if dialogue.question is not None and not asks_in_general(text, understanding.language):
        return False
    answered = [task for task in dialogue.tasks if task.status == "done"]
    last = answered[-1] if answered else None
    procedure = situation.procedure(last) if last is not None else None
    if last is None or procedure is None or procedure.kind != "question":
        return False
    before = dialogue.current()
    if before is None and last is not dialogue.tasks[-1]:
        return False
    if before is not None:
        before.suspended = before.suspended or dialogue.question
        dialogue.question = None
    task = Task.open(procedure.name, text)
    task.slots = {name: value for name, value in last.slots.items() if name in ("order", "product")}
    task.digression = before is not None
    _note_order(situation, task, understanding, Move("wants", 1.0, (0, len(text)), procedure.name), [])
    dialogue.tasks.append(task)
    return True


def complaint_procedure(situation: Situation) -> Procedure | None:
    """The company's procedure that registers a complaint."""

    def registers(steps: tuple[Step, ...]) -> bool:
        return any(
            (isinstance(step, Do) and step.act == "register complaint")
            or (isinstance(step, If) and (registers(step.then) or registers(step.otherwise)))
            for step in steps
        )

    return next((one for one in situation.pack.procedures.values() if registers(one.steps)), None)
