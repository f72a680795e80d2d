"""Hearing one message: what it calls for, in the order in which it matters, with the repairs of a good listener."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from courtesy.conversations.models import Message
from courtesy.language.not_spoken import in_their_words
from courtesy.language.reading import understand
from courtesy.language.understanding import Choice, MoveKind, Question, Understanding
from courtesy.representative import (
    about_the_talk,
    answers,
    asking,
    corrections,
    difficulty,
    dissatisfaction,
    heard,
    identity,
    informing,
    interpreting,
    known_trouble,
    matching,
    memory,
    offering,
    wishes,
)
from courtesy.representative.learning import model_of
from courtesy.representative.memory import Task
from courtesy.representative.mending import mend
from courtesy.representative.selling import finding
from courtesy.representative.situation import Situation, context_of
from courtesy.representative.wording import locale_of

MISSES = 2  # the second time in a row that nothing is understood, a person takes over
NONE_OF_THESE = "none of these"
UPSET = 0.5
MORE = 24  # letters beside the details from which a message says something else too
LIKELY = 0.4  # a single procedure is only offered when it is at least this likely


def hear(situation: Situation, message: Message) -> None:
    """Understand one message and let it change the tasks in hand; what is said grows in ``situation.sayings``."""
    context = context_of(situation)
    understanding = understand(message.text, context, model_of(situation.pack))
    understanding = interpreting.with_reading(situation, message, understanding, context)
    situation.heard = [understanding]
    heard.note_understood(situation, message, understanding)
    _follow_language(situation, understanding)
    identity.claim(situation, understanding)
    chosen = message.choices[0].get("chosen") if message.choices else None
    for reaction in _FIRST:
        if reaction(situation, understanding, message):
            return
    _calm(situation, understanding)
    before, said = list(situation.dialogue.tasks), len(situation.sayings)
    _respond(situation, understanding, message, chosen)
    heard.note_taken_up(situation, message, before)
    known_trouble.tell(situation, understanding, before, said)
    dissatisfaction.register_beside(situation, understanding)


def _follow_language(situation: Situation, understanding: Understanding) -> None:
    """Speak the customer's language; change it on a wish or when they plainly changed it themselves."""
    asked = understanding.first("changes language")
    wanted = str(asked.value) if asked and asked.value else understanding.language
    if wanted in situation.pack.company.languages and (
        asked or not situation.language or understanding.language_probability >= 0.9
    ):
        situation.language = wanted
    elif not situation.language:
        situation.language = situation.pack.company.languages[0]


# --- what comes before everything else -----------------------------------------------------------


def _unsupported(situation: Situation, understanding: Understanding, message: Message) -> bool:
    if understanding.supported:
        return False
    company, language = situation.pack.company, understanding.language
    team = company.other_languages.get(language, "")
    passed_on = bool(team) or situation.dialogue.languages_refused
    names = [locale_of(code).get_display_name() or code for code in company.languages]
    if theirs := in_their_words(language):
        situation.say("", text=theirs.passed_on if passed_on else theirs.says(names))
    situation.say("language not supported", languages=names)
    if passed_on:
        because = f"the customer writes in a language we do not speak: {language}"
        asking.needs_person(situation, because, team=team)
    situation.dialogue.languages_refused = True
    return True


def _person(situation: Situation, understanding: Understanding, message: Message) -> bool:
    if not understanding.first("wants a person"):
        return False
    asking.needs_person(situation, "the customer asked for a person")
    return True


def _manipulation(situation: Situation, understanding: Understanding, message: Message) -> bool:
    """Instructions aimed at the machine change nothing, whatever else stands beside them."""
    if not understanding.first("manipulates"):
        return False
    situation.say("cannot be talked into")
    asking.ask_again(situation)
    situation.asked = True
    return True


_FIRST: tuple[Callable[[Situation, Understanding, Message], bool], ...] = (
    _unsupported,
    difficulty.follow_protocol,
    difficulty.danger,
    _person,
    _manipulation,
    difficulty.threat,
    dissatisfaction.take_follow_up,
    dissatisfaction.take_code,
)


def _calm(situation: Situation, understanding: Understanding) -> None:
    if understanding.feelings.anger >= UPSET and not situation.dialogue.calmed:
        situation.dialogue.calmed = True
        situation.say("acknowledge upset")


# --- the message itself --------------------------------------------------------------------------


def _respond(situation: Situation, understanding: Understanding, message: Message, chosen: Any) -> None:
    text = message.text
    if about_the_talk.take(situation, understanding):
        return
    if corrections.take(situation, understanding, text):
        informing.answer(situation, understanding, text)
        return
    answered = _chose_procedure(situation, understanding, text, chosen)
    answered = answered or offering.take(situation, understanding, text, chosen)
    answered = answered or finding.take(situation, understanding, text, chosen)
    answered = answered or answers.take(situation, understanding, text, chosen)
    answered = answered or answers.take_up_again(situation, understanding, text, chosen)
    if situation.asked:
        return
    ahead = not answered and answers.said_ahead(situation, understanding, text)
    brief = ahead or (answered and (chosen is not None or answers.is_brief(text)))
    only_answers = answered and len(understanding.moves) <= 2 and answers.is_one_sentence(text)
    wanted = False
    if chosen is None and not only_answers:
        wanted = wishes.take(situation, understanding, text, beside_an_answer=brief)
    said = informing.answer(situation, understanding, text) if not (answered and answers.is_brief(text)) else False
    if ahead and not wanted and not said and _again(situation):
        situation.say("still needed")
    if (said or ahead) and situation.dialogue.question is not None and not wanted:
        asking.ask_again(situation)
    if answered or wanted or said or ahead:
        situation.dialogue.misses = 0
        return
    for reaction in (_courtesies, finding.begin_order, _likely, _details_only, wishes.follow_up, finding.take_bare):
        if reaction(situation, understanding):
            situation.dialogue.misses = 0
            return
    _miss(situation, understanding, message)


def _likely(situation: Situation, understanding: Understanding) -> bool:
    """Unsure only between matters that are told apart on the way: begin with the likeliest."""
    if situation.dialogue.question is not None:
        return False
    name = wishes.most_likely_of_near(situation, understanding)
    if name:
        _begin(situation, name, understanding.text, understanding.text)
    return bool(name)


def _details_only(situation: Situation, understanding: Understanding) -> bool:
    """An order number or an address and nothing else: it is noted; ask what it is about."""
    given = [one for one in understanding.entities if one.kind in ("order number", "e-mail", "postcode")]
    if not given or situation.dialogue.question is not None or situation.dialogue.current() is not None:
        return False
    if understanding.first("asks") or len(understanding.text) > sum(len(str(one.value)) for one in given) + MORE:
        return False
    situation.say("what about it")
    situation.asked = True
    return True


def _again(situation: Situation) -> bool:
    """Whether the open question was passed over before by something said ahead."""
    question = situation.dialogue.question
    if question is None:
        return False
    question["passed over"] = int(question.get("passed over", 0)) + 1
    return int(question["passed over"]) > 1


def _chose_procedure(situation: Situation, understanding: Understanding, text: str, chosen: Any) -> bool:
    """The answer to "which of these do you mean?": the first words belong to the matter that is chosen.

    Said in other words, both messages together are heard once more."""
    stored = situation.dialogue.question
    if stored is None or stored["kind"] != "procedure":
        return False
    move = understanding.first("chooses")
    picked = chosen if chosen is not None else move.value if move else None
    if picked is None:
        hits = matching.by_hint(mend(situation, text), memory.question_from_json(stored).choices)
        picked = hits[0].value if len(hits) == 1 else None
    wanted = understanding.first("wants") is not None
    if picked is None and understanding.entities and not wanted and answers.is_brief(text):
        asking.ask_again(situation)  # a number or an address, noted already: the question stands
        return True
    situation.dialogue.question = None
    if picked in situation.pack.procedures:
        _begin(situation, str(picked), stored["text"], text)
        return True
    if picked == NONE_OF_THESE or wanted:
        return False
    together = f"{stored['text']} . {text}"
    again = understand(together, context_of(situation), model_of(situation.pack))
    if wishes.take(situation, again, together):
        return True
    near = wishes.most_likely_of_near(situation, again)
    if near:
        _begin(situation, near, together, text)
    return bool(near)


def _begin(situation: Situation, procedure: str, words: str, text: str) -> None:
    """Open a matter that was chosen among several."""
    task = Task.open(procedure, words)
    if text not in words and not answers.is_label(situation, procedure, text):
        task.words.append(text)
    if number := situation.dialogue.claims.pop("order number", ""):
        task.slots["order"] = number
    situation.dialogue.tasks.append(task)


_IN_KIND: tuple[tuple[MoveKind, str], ...] = (
    ("thanks", "you are welcome"),
    ("says goodbye", "goodbye"),
    ("greets", "greeting"),
)


def _courtesies(situation: Situation, understanding: Understanding) -> bool:
    """Greetings, thanks and goodbyes are answered in kind."""
    said = [phrase for kind, phrase in _IN_KIND if understanding.first(kind)]
    if said:
        for phrase in said if said[-1] != "greeting" else said[:1]:
            situation.say(phrase, company=situation.pack.company.name)
        situation.closing = said != ["greeting"]
        asking.ask_again(situation)
        return True
    if dissatisfaction.is_dissatisfied(understanding) and (procedure := wishes.complaint_procedure(situation)):
        situation.dialogue.tasks.append(Task.open(procedure.name, understanding.text))
        return True
    if understanding.first("agrees") and situation.dialogue.current() is None and situation.dialogue.question is None:
        situation.say("what about it")
        situation.asked = True
        return True
    if understanding.first("declines") and situation.dialogue.current() is None:
        situation.say("goodbye", company=situation.pack.company.name)
        situation.closing = True
        return True
    return False


def _offer_rivals(situation: Situation, understanding: Understanding, message: Message) -> bool:
    """When two or three procedures may be meant, ask which; the words are kept for the one that is chosen."""
    rivals = [move for move in understanding.alternatives if move.target in situation.pack.procedures][:3]
    if situation.dialogue.question is not None or understanding.first("agrees") or understanding.first("declines"):
        return False
    if not rivals or (len(rivals) == 1 and rivals[0].probability < LIKELY):
        return False
    titles = [(move.target, situation.pack.procedures[move.target].title) for move in rivals]
    named = [(name, title.get(situation.language) or name) for name, title in titles]
    choices = tuple(Choice(name, title, (title,)) for name, title in named)
    none_of = asking.phrase_text(situation, "none of these")
    choices = (*choices, Choice(NONE_OF_THESE, none_of, (none_of,)))
    options = "\n".join(f"• {choice.label}" for choice in choices)
    question = Question("procedure", "procedure", choices, text=message.text)
    asking.ask(situation, None, question, "which of these", options=options)
    return True


def _miss(situation: Situation, understanding: Understanding, message: Message) -> None:
    """Not understood: ask again kindly, then a person. A real question that nobody here can answer is passed on."""
    asks = understanding.first("asks")
    if asks is not None and situation.dialogue.question is None:
        informing.pass_on(situation, asks.target or message.text, f"question:{message.pk}")
        situation.asked = True
        return
    if _offer_rivals(situation, understanding, message):
        return
    situation.dialogue.misses += 1
    if situation.dialogue.misses >= MISSES:
        situation.say("not understood again")
        asking.needs_person(situation, "twice in a row the message was not understood")
        return
    if situation.dialogue.question is None:
        situation.say("not understood")
        situation.asked = True
        return
    if asks is not None:
        informing.pass_on(situation, asks.target or message.text, f"question:{message.pk}")
        situation.dialogue.misses = 0
    elif situation.dialogue.question["kind"] == "confirm":
        situation.say("say yes or no")
    else:
        situation.say("still needed")
    asking.ask_again(situation)
