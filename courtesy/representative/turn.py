"""One turn of conversation, from unanswered messages to the stored reply: gather, understand, walk, act, word."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol

from django.db import transaction

from courtesy.conversations import cases, finding, holding, messages
from courtesy.conversations.models import Case, Conversation, Document, Message
from courtesy.foundation.prepared import Change, Question
from courtesy.pack import opening_hours
from courtesy.pack.model import Company, Pack
from courtesy.representative import acting, asking, deeds, interpreting, memory, proofreading, repairs, resuming, totals
from courtesy.representative.bookings import telling
from courtesy.representative.interpreting import Ahead
from courtesy.representative.situation import OnlyLooking, Situation, gather
from courtesy.representative.summary import summary
from courtesy.representative.values import Saying
from courtesy.representative.wording import gapped, word


class Doors(Protocol):
    """What a turn may have done at the doors, inside its own transaction."""

    def deliver(self, message: Message) -> None: ...
    def call_out(self, call: str) -> None: ...
    def bring_question(self, message: int) -> None: ...
    def send_code(self, address: str, code: str, language: str) -> None: ...


_asked_of_colleagues = Question[Case](
    lambda conversation: Case.objects.filter(
        conversation_id=conversation, kind=Case.Kind.QUESTION, closed_at__isnull=True
    ).order_by("pk"),
    conversation="",
)
_answer = Change(
    lambda conversation, last, at: (
        Message.objects.filter(
            conversation_id=conversation,
            author=Message.Author.CUSTOMER,
            answered_at__isnull=True,
            sequence__lte=last,
        ),
        {"answered_at": at},
    ),
    conversation="",
    last=1,
    at=datetime(2000, 1, 1, tzinfo=UTC),
)
_remember = Change(
    lambda id, dialogue, language: (
        Conversation.objects.filter(pk=id),
        {"dialogue": dialogue, "language": language},
    ),
    id="",
    dialogue={},
    language="",
)

SHORT = 60  # letters of a reply that may be given twice without harm


@transaction.atomic
def take_turn(conversation_id: str, *, at: datetime, doors: Doors, pack: Pack | None = None) -> Message | None:
    """Answer everything that is unanswered in one reply. None when there is nothing to say. Safe to call twice.

    ``pack``: another edition than the one in force, for rehearsals."""
    conversation = finding.hold(conversation_id)
    unread = finding.unanswered(conversation)
    situation = gather(conversation, at=at, unread=unread, pack=pack)
    situation.language = situation.language or _usual_language(situation)
    if conversation.speaker == Conversation.Speaker.COLLEAGUE:
        return _behind_a_colleague(situation, doors)
    _hear_all(situation)
    return _close(situation, doors)


def look_ahead(conversation_id: str, *, at: datetime, pack: Pack | None = None) -> Ahead | None:
    """What the next turn would say, as phrases with open gaps; None where nothing may be put into other words: nothing
    is said, something is done, a colleague speaks. Everything is rolled back; no deed is done to find out."""
    found: list[Ahead] = []
    try:
        with transaction.atomic():
            conversation = finding.hold(conversation_id)
            unread = finding.unanswered(conversation)
            if not unread or conversation.speaker == Conversation.Speaker.COLLEAGUE:
                return None
            situation = gather(conversation, at=at, unread=unread, pack=pack)
            situation.only_looking = True
            situation.language = situation.language or _usual_language(situation)
            _hear_all(situation)
            _compose(situation)
            sayings = _introduced(situation, situation.sayings)
            if interpreting.may_be_reworded(situation, sayings):
                phrase = gapped(sayings, situation.pack, situation.language).phrase
                found.append(Ahead(phrase, situation.language, unread[-1].text))
            raise OnlyLooking("the turn has been looked at")
    except OnlyLooking:
        return found[0] if found else None


@transaction.atomic
def speak_up(
    conversation_id: str, what: Callable[[Situation], None], *, at: datetime, doors: Doors, pack: Pack | None = None
) -> Message | None:
    """Say something on our own account. None, and nothing is said, while the customer waits or a colleague speaks."""
    conversation = finding.hold(conversation_id)
    if finding.unanswered(conversation) or conversation.holder_id is not None:
        return None
    holding.give_back(conversation, at)
    situation = gather(conversation, at=at, unread=[], pack=pack)
    situation.language = situation.language or _usual_language(situation)
    what(situation)
    reply = _say(situation, situation.sayings, doors)
    _save(situation)
    return reply


def apologise(conversation_id: str, *, error: Exception, at: datetime, doors: Doors) -> Message | None:
    """A turn broke: say so, give the conversation to a person, keep what is known. The customer is never left alone."""
    with transaction.atomic():
        conversation = finding.hold(conversation_id)
        unread = finding.unanswered(conversation)
        if conversation.speaker == Conversation.Speaker.COLLEAGUE:
            return None
        situation = gather(conversation, at=at, unread=unread)
        situation.language = situation.language or _usual_language(situation)
        situation.note("turn failed", {"error": f"{type(error).__name__}: {error}"[:500]})
        situation.say("something broke")
        asking.needs_person(situation, "something went wrong while answering")
        return _close(situation, doors)


# --- gathering -----------------------------------------------------------------------------------


def _hear_all(situation: Situation) -> None:
    """Take up what came back, then one message after the other, as far as each goes without the customer."""
    _resume(situation)
    for message in situation.unread:
        repairs.hear(situation, message)
        acting.go_on(situation)
        situation.asked = situation.handed_over
    if not situation.unread:
        telling.tell_due(situation)
        acting.go_on(situation)


def _usual_language(situation: Situation) -> str:
    spoken = situation.customer.language
    return spoken if spoken in situation.pack.company.languages else ""


def _resume(situation: Situation) -> None:
    """What came back since the last turn: decided approvals and colleagues' answers."""
    resuming.resume_calls(situation)
    acting.resume_approvals(situation)
    for case in _asked_of_colleagues.all(conversation=situation.conversation.pk):
        if not case.details.get("answer"):
            continue
        situation.say("answer from colleague", question=case.details["question"], answer=case.details["answer"])
        cases.settle_case(case, Case.Status.SOLVED, situation.at)


def _behind_a_colleague(situation: Situation, doors: Doors) -> Message | None:
    """A colleague speaks: what was decided is done and noted for them; the customer hears it from one voice only."""
    _resume(situation)
    if not situation.unread:
        telling.tell_due(situation)
    before = situation.dialogue.question
    acting.go_on(situation)
    situation.dialogue.question = before
    conversation = situation.conversation
    reply: Message | None = None
    if situation.sayings:
        messages.say(
            conversation,
            author=Message.Author.REPRESENTATIVE,
            text=word(situation.sayings, situation.pack, situation.language),
            at=situation.at,
            internal=True,
            answers=f"note:{conversation.pk}:{conversation.version}",
            documents=_documents(situation),
        )
    _through_the_doors(situation, doors)
    if situation.unread and conversation.holder_id is None and not situation.dialogue.noticed_colleague:
        situation.dialogue.noticed_colleague = True
        reply = _say(situation, [Saying("already with a colleague")], doors)
        Conversation.objects.filter(pk=conversation.pk).update(status=Conversation.Status.OPEN)
    _save(situation)
    return reply


# --- closing -------------------------------------------------------------------------------------


def _close(situation: Situation, doors: Doors) -> Message | None:
    """Word the reply, proofread it, store it once, hand over if a person is needed, remember the dialogue."""
    _compose(situation)
    reply = _say(situation, situation.sayings, doors) if situation.sayings else None
    for address, code in situation.codes:
        doors.send_code(address, code, situation.language)
    if situation.handed_over:
        _hand_over(situation)
    _through_the_doors(situation, doors)
    _save(situation)
    if situation.unread:
        last = situation.unread[-1].sequence
        _answer.make(conversation=situation.conversation.pk, last=last, at=situation.at)
    return reply


def _through_the_doors(situation: Situation, doors: Doors) -> None:
    for call in situation.calls:
        doors.call_out(call)
    for question in situation.questions:
        doors.bring_question(question)


def _compose(situation: Situation) -> None:
    """Proofread what is to be said, and end it as a good listener does."""
    proofreading.stop_denial(situation)
    if situation.handed_over:
        _say_handing_over(situation)
    elif _said_before(situation):
        situation.sayings = [Saying("same as before")]
    elif _nothing_open(situation):
        totals.say_total(situation)
        situation.say("anything else")


def _said_before(situation: Situation) -> bool:
    """Whether the reply would tell, word for word, what was told a moment ago."""
    if situation.dialogue.question is not None or not situation.dialogue.last_text or not situation.touched:
        return False
    now = word(situation.sayings, situation.pack, situation.language)
    return bool(now) and situation.dialogue.last_text.startswith(now) and len(now) > SHORT


def _nothing_open(situation: Situation) -> bool:
    """Whether to ask if there is anything else: something was settled, nothing is asked, and it is a live talk."""
    dialogue = situation.dialogue
    if (
        situation.calls
        or dialogue.question is not None
        or situation.closing
        or not situation.sayings
        or dialogue.current() is not None
    ):
        return False
    if word(situation.sayings[-1:], situation.pack, situation.language).rstrip().endswith(("?", "？")):
        return False
    return situation.conversation.channel != "email" and bool(situation.touched)


def _say(situation: Situation, sayings: list[Saying], doors: Doors) -> Message | None:
    conversation, dialogue = situation.conversation, situation.dialogue
    sayings = _introduced(situation, sayings)
    dialogue.introduced = True
    phrased = word(sayings, situation.pack, situation.language)
    if not phrased:
        return None
    text, worded_by = interpreting.reworded(situation, sayings) or (phrased, "")
    last = situation.unread[-1].pk if situation.unread else f"{conversation.pk}:{conversation.version}"
    sources = [source for saying in sayings for source in saying.sources]
    conversation.language = situation.language
    message = messages.say(
        conversation,
        author=Message.Author.REPRESENTATIVE,
        text=text,
        at=situation.at,
        language=situation.language,
        choices=[{"value": one.value, "label": one.label} for one in situation.offered],
        sources=[{"title": s.title, "url": s.url, "article": s.article, "date": s.date} for s in sources],
        answers=f"turn:{last}",
        documents=_documents(situation),
    )
    situation.note(
        "reply",
        {
            "message": message.pk,
            "phrases": [saying.phrase for saying in sayings if saying.phrase],
            "asked": (dialogue.question or {}).get("slot", ""),
            "sources": message.sources,
            **({"worded by": worded_by, "phrased": phrased} if worded_by else {}),
        },
    )
    asked = [saying for saying in sayings if saying.phrase != "introduction"]
    dialogue.last_text = word(asked, situation.pack, situation.language) or phrased
    doors.deliver(message)
    return message


def _introduced(situation: Situation, sayings: list[Saying]) -> list[Saying]:
    """What is said, after the representative's introduction where it is the first time."""
    if situation.dialogue.introduced or not sayings:
        return sayings
    company = situation.pack.company
    fields = {"company": company.name, "representative": company.representative_name}
    return [Saying("introduction", fields), *sayings]


def _documents(situation: Situation) -> list[Document]:
    if not situation.documents:
        return []
    return list(Document.objects.filter(pk__in=situation.documents, conversation=situation.conversation))


def _save(situation: Situation) -> None:
    conversation = situation.conversation
    conversation.dialogue = memory.to_json(situation.dialogue)
    conversation.language = situation.language
    _remember.make(id=conversation.pk, dialogue=conversation.dialogue, language=conversation.language)


# --- handing over --------------------------------------------------------------------------------


def _say_handing_over(situation: Situation) -> None:
    company = situation.pack.company
    team = deeds.team_name(situation, situation.team(situation.to_team))
    if opening_hours.is_open(company, situation.at):
        situation.say("handing over", team=team)
        return
    opens = opening_hours.next_opening(company, situation.at).astimezone(situation.zone)
    situation.say("handing over outside hours", team=team, opens=opens)


def _hand_over(situation: Situation) -> None:
    for task in situation.dialogue.tasks:
        if task.status == "active":
            task.status = "handed over"
    situation.dialogue.question = None
    situation.dialogue.noticed_colleague = False
    conversation = situation.conversation
    holding.hand_over(
        conversation,
        team=situation.team(situation.to_team),
        summary=summary(situation),
        because=situation.because,
        at=situation.at,
        urgent=situation.urgent,
        due_at=min(
            filter(None, (reply_due(situation.pack.company, conversation.channel, situation.at), situation.answer_by)),
            default=None,
        ),
    )


def reply_due(company: Company, channel: str, at: datetime) -> datetime | None:
    """When a person's first reply is due, by the company's response times in opening hours."""
    hours = company.response_times.get(channel)
    return opening_hours.add_business(company, at, f"{hours} business hours") if hours is not None else None
