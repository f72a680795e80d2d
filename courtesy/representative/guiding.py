"""Guiding: a guide is told one step at a time in a live talk, a stretch at once by mail; answers lead to the next step.

What was tried is kept with the task in words, for the customer who comes back and for the colleague who takes over.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from courtesy.language.understanding import Choice, Question, Understanding
from courtesy.pack.model import Guide, GuideAnswer, GuideStep, Procedure
from courtesy.pack.pages.guides import PLAIN, is_end, phrase_name
from courtesy.representative import almost, asking, matching
from courtesy.representative.fields import fields_of
from courtesy.representative.memory import Task
from courtesy.representative.mending import mend
from courtesy.representative.procedures import Show
from courtesy.representative.situation import Situation
from courtesy.representative.wording import fill

KIND = "guide"
MOST_VISITS = 3  # to one step; after that it is no use
DONE, WORKS, FAILS = "done", "it works now", "it does not work"
LOST, BACK, CARRY_ON = "cannot find it", "step back", "carry on"


# --- telling ------------------------------------------------------------------------------------


def show(situation: Situation, task: Task, procedure: Procedure, shown: Show) -> None:
    """Tell the step; it goes on by itself where nothing is asked of the customer."""
    guide = procedure.guide
    if guide is None:
        return
    if not task.at and _take_up(situation, task):
        return
    step = shown.guide_step
    if sum(one["step"] == step.name for one in task.trail) >= MOST_VISITS:
        task.at = "hand over"
        return
    task.at = step.name
    told = task.shown == shown.place
    task.shown = shown.place
    if situation.conversation.channel == "email" and not told:
        step = _stretch(situation, task, procedure, guide, step)
    elif not told:
        for kind in ("say", "do this"):
            _say(situation, task, procedure, step, kind)
    if step.waits:
        _ask(situation, task, procedure, step)
    else:
        _go(task, step, "", step.then)


def _take_up(situation: Situation, task: Task) -> bool:
    """A guide that was left half way is taken up where the customer stood."""
    tasks = situation.dialogue.tasks
    earlier = [one for one in tasks if one is not task and one.procedure == task.procedure and one.left]
    if not earlier:
        return False
    before = earlier[-1]
    task.at, task.trail, before.left = before.at, list(before.trail), False
    task.slots, task.looked = before.slots | task.slots, before.looked | task.looked
    situation.say("guide taken up again")
    return True


def _stretch(situation: Situation, task: Task, procedure: Procedure, guide: Guide, step: GuideStep) -> GuideStep:
    """By mail: all steps up to the first one that needs an answer, numbered. Returns the last of them."""
    lines: list[str] = []
    while True:
        lines += [text for kind in ("say", "do this") if (text := _text(situation, task, procedure, step, kind))]
        following = guide.steps.get(step.then)
        plain = following is not None and not following.carry_out and not following.when
        seen = {one["step"] for one in task.trail} | {step.name}
        if step.answers or following is None or not plain or following.name in seen:
            break
        task.trail.append({"step": step.name, "answer": "told by mail"})
        step = following
    task.at = step.name
    task.shown = f"{step.name}~{sum(one['step'] == step.name for one in task.trail)}"
    numbered = lines if len(lines) < 2 else [f"{number}. {line}" for number, line in enumerate(lines, 1)]
    if numbered:
        situation.say("", text="\n".join(numbered))
    return step


def _text(situation: Situation, task: Task, procedure: Procedure, step: GuideStep, kind: str) -> str:
    text = asking.phrase_text(situation, phrase_name(procedure.name, step, kind))
    return fill(text, fields_of(situation, task), situation.language) if text else ""


def _say(situation: Situation, task: Task, procedure: Procedure, step: GuideStep, kind: str) -> bool:
    if kind not in step.texts:
        return False
    situation.say(phrase_name(procedure.name, step, kind), **fields_of(situation, task))
    return True


def _ask(situation: Situation, task: Task, procedure: Procedure, step: GuideStep) -> None:
    """The step's own question, or a word when it is done. Going on counts as a new question each time."""
    question = Question(step.name, KIND, _choices(situation, step), text=task.shown)
    by_mail = situation.conversation.channel == "email"
    usual = "guide tell me when done by mail" if by_mail else "guide tell me when done"
    phrase = phrase_name(procedure.name, step, "ask") if "ask" in step.texts else usual
    asking.ask(situation, task, question, phrase, **fields_of(situation, task))


def _choices(situation: Situation, step: GuideStep) -> tuple[Choice, ...]:
    if not step.answers:
        return asking.pack_choices(situation, (DONE, WORKS, LOST))
    made = []
    for one in step.answers:
        labels = tuple(label for language in one.labels.values() for label in language)
        if one.value in PLAIN:
            label = asking.phrase_text(situation, one.value) or one.value
        else:
            own = one.labels.get(situation.language) or labels
            label = own[0]
        made.append(Choice(one.value, label, (label, *labels)))
    return tuple(made)


# --- answers ------------------------------------------------------------------------------------


def answer(
    situation: Situation, task: Task, question: Question, understanding: Understanding, text: str, chosen: Any
) -> bool:
    """Take a message as the answer to the step in hand. False when it says nothing about it."""
    procedure = situation.procedure(task)
    step = procedure.guide.steps.get(task.at) if procedure is not None and procedure.guide is not None else None
    if procedure is None or step is None:
        return False
    said = _said(situation, text) if chosen is None else {str(chosen)}
    was_left, task.left = task.left, False
    if was_left and said & {CARRY_ON, BACK}:
        task.shown = ""
        return True
    lost = LOST in said and understanding.first("asks") is not None
    value = None if lost else _value(situation, question, step, understanding, text, chosen)
    if value is not None:
        _answered(situation, task, step, value)
        return True
    if WORKS in said and FAILS not in said:
        _note(situation, task, step, WORKS)
        task.at = "solved"
        return True
    if LOST in said:
        return _explain(situation, task, procedure, step)
    if BACK in said:
        return _back(situation, task)
    if step.answers and _only_back(step, understanding, said):
        return True
    if _plain(situation, task, step, understanding, said):
        return True
    task.left = was_left
    meant = almost.said(text, [*_own(step), *_at_any_step(situation)]) if chosen is None else ""
    return bool(meant) and answer(situation, task, question, understanding, meant, chosen)


def is_lost(situation: Situation, text: str) -> bool:
    """Whether a step of a guide is in hand and the message says that it is not understood."""
    task = situation.dialogue.current()
    procedure = situation.procedure(task) if task is not None else None
    return procedure is not None and procedure.guide is not None and LOST in _said(situation, text)


def _at_any_step(situation: Situation) -> tuple[Choice, ...]:
    return asking.pack_choices(situation, (DONE, WORKS, FAILS, LOST, BACK, CARRY_ON))


def _said(situation: Situation, text: str) -> set[str]:
    """Which of the things that may be said at any step the message says."""
    return {str(choice.value) for choice in _by_phrase(situation, text, _at_any_step(situation))}


def _by_phrase(situation: Situation, text: str, choices: Sequence[Choice]) -> list[Choice]:
    return matching.by_phrase(mend(situation, text, also=(label for one in choices for label in one.labels)), choices)


def _value(
    situation: Situation, question: Question, step: GuideStep, understanding: Understanding, text: str, chosen: Any
) -> str | None:
    """The step's own answer that was chosen or said in its own words."""
    values = [one.value for one in step.answers]
    if chosen in values:
        return str(chosen)
    named = tuple(choice for choice in question.choices if choice.value in values)
    hits = _by_phrase(situation, text, _own(step))
    if hits:
        return values[int(str(hits[0].value).removeprefix("answer-"))]
    move = understanding.first("chooses")
    if move is not None and move.value in values and move.value not in PLAIN:
        return str(move.value)
    if understanding.first("wants") or understanding.first("asks"):
        return None
    hinted = matching.by_hint(mend(situation, text), [one for one in named if one.value not in PLAIN])
    return str(hinted[0].value) if len(hinted) == 1 else None


def _only_back(step: GuideStep, understanding: Understanding, said: set[str]) -> bool:
    """Whether it was merely done, or they are merely back: the question is put again."""
    decides = understanding.first("agrees") or understanding.first("declines") or FAILS in said
    return not decides and (CARRY_ON in said or (DONE in said and "do this" in step.texts))


def _own(step: GuideStep) -> list[Choice]:
    wordings = [_wordings(one) for one in step.answers]
    return [Choice(f"answer-{place}", words[0], words) for place, words in enumerate(wordings) if words]


def _wordings(one: GuideAnswer) -> tuple[str, ...]:
    """The answer's own words in all languages; a bare yes or no is read elsewhere."""
    return tuple(label for labels in one.labels.values() for label in labels)


def _plain(situation: Situation, task: Task, step: GuideStep, understanding: Understanding, said: set[str]) -> bool:
    """Yes, no, and "done": to a question by its answers, to an instruction by going on."""
    values = [one.value for one in step.answers]
    agrees = understanding.first("agrees") is not None
    declines = understanding.first("declines") is not None or FAILS in said
    if agrees != declines and ("yes" if agrees else "no") in values:
        _answered(situation, task, step, "yes" if agrees else "no")
        return True
    if step.answers or not (DONE in said or FAILS in said or agrees or CARRY_ON in said):
        return False
    _note(situation, task, step, FAILS if FAILS in said else DONE)
    _go(task, step, FAILS if FAILS in said else DONE, step.then)
    return True


def _answered(situation: Situation, task: Task, step: GuideStep, value: str) -> None:
    one = next(one for one in step.answers if one.value == value)
    default = situation.pack.company.languages[0]
    words = (one.labels.get(default) or (value,))[0] if value not in PLAIN else value
    _note(situation, task, step, words)
    _go(task, step, words, one.then)


def _go(task: Task, step: GuideStep, words: str, target: str) -> None:
    task.trail.append({"step": step.name, "answer": words})
    task.at, task.explained = target, False
    if is_end(target):
        task.shown = ""


def _note(situation: Situation, task: Task, step: GuideStep, words: str) -> None:
    situation.note("guide step", {"guide": task.procedure, "step": step.name, "answer": words})


def _explain(situation: Situation, task: Task, procedure: Procedure, step: GuideStep) -> bool:
    """Explain more, once; what cannot be found then, a person helps with."""
    if task.explained or "explain" not in step.texts:
        situation.say("guide cannot explain more")
        task.trail.append({"step": step.name, "answer": LOST})
        task.at = "hand over"
        return True
    task.explained = True
    return _say(situation, task, procedure, step, "explain")


def _back(situation: Situation, task: Task) -> bool:
    """To the step before, where the customer had something to answer or to do."""
    while task.trail:
        last = task.trail.pop()
        task.at, task.shown, task.explained = last["step"], "", False
        if last["answer"]:
            situation.say("guide back")
            return True
    situation.say("guide first step")
    task.shown = ""
    return True


def tried(task: Task) -> list[str]:
    """What was tried, a line each, in the words of the guide; for the colleague who takes over."""
    lines = [f"   – {one['step']}: {one['answer']}" for one in task.trail if one["answer"]]
    return ["  Tried:", *lines] if lines else []
