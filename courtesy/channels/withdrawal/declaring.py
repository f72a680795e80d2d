"""Declaring a withdrawal: kept word for word, with a case and a journal line, and acknowledged by e-mail, once.

The declaration works when it arrives, whoever the records say bought the goods: nothing is judged here and no money
moves. Colleagues of the team for returns carry it out, through the guard like everything else.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db import transaction

from courtesy.channels import delivery
from courtesy.channels.email.addresses import line
from courtesy.channels.withdrawal.words import words_in
from courtesy.conversations import cases, holding, journal, messages, opening
from courtesy.conversations.models import Case, Conversation, Message
from courtesy.customers.identifying import identify
from courtesy.customers.models import ContactPoint
from courtesy.language.masking import mask
from courtesy.pack.editions import in_force
from courtesy.pack.model import Pack
from courtesy.policy.rights.reading import terms_of
from courtesy.policy.rights.reckoning import ends_on
from courtesy.representative.values import Saying
from courtesy.representative.wording import word

TEAM = "Returns"


@dataclass(frozen=True, slots=True)
class Declaration:
    """What the law lets a seller ask for, and no more: name, contract, electronic address (Art. 11a(2))."""

    name: str
    contract: str
    address: str
    items: str
    language: str
    key: str  # of one confirmation: pressing twice declares once


def declare(declaration: Declaration, at: datetime) -> Case:
    """Keep the declaration and owe its acknowledgement. The same key again gives the first case and sends nothing."""
    told = {name: mask(getattr(declaration, name)) for name in ("name", "contract", "items")}
    declaration = replace(declaration, **told)
    known = messages.given(line(), f"withdrawal:{declaration.key}")
    if known is None:
        try:
            return _declared(declaration, at)
        except messages.AlreadyReceived as again:
            known = again.message
    return Case.objects.get(conversation=known.conversation_id, task=_task(declaration))


def _task(declaration: Declaration) -> str:
    return f"wd:{declaration.key}"[:40]


@transaction.atomic
def _declared(declaration: Declaration, at: datetime) -> Case:
    pack = in_force()
    words = words_in(declaration.language)
    title = words["case"].format(contract=declaration.contract)
    conversation = _conversation(declaration, title, at)
    case = cases.open_case(
        conversation,
        kind=Case.Kind.REQUEST,
        title=title,
        at=at,
        procedure="Withdrawal",
        task=_task(declaration),
        details={**asdict(declaration), "received": at},
        due_at=_due(pack, at),
    )
    journal.write(
        "withdrawal declared",
        actor="customer",
        at=at,
        conversation=conversation.pk,
        content={"case": case.number, **asdict(declaration), "law": "Directive 2011/83/EU, Art. 11a"},
    )
    _acknowledge(conversation, declaration, case, pack, at)
    team = TEAM if TEAM in pack.company.teams else pack.company.teams[0]
    holding.hand_over(
        conversation, team=team, summary=f"{title} ({case.number})", because="a withdrawal was declared", at=at,
        due_at=case.due_at,
    )  # fmt: skip
    return case


def _conversation(declaration: Declaration, title: str, at: datetime) -> Conversation:
    customer = identify(
        ContactPoint.Kind.EMAIL, declaration.address, name=declaration.name, language=declaration.language
    )
    conversation = opening.open_conversation(
        channel="email", line=line(), customer=customer, at=at, subject=title, language=declaration.language,
        reply_to=declaration.address,
    )  # fmt: skip
    words = words_in(declaration.language)
    told = [words["statement"]]
    told += [f"{words[name]}: {getattr(declaration, name)}" for name in ("name", "contract", "address")]
    told += [f"{words['items']}: {declaration.items}"] if declaration.items else []
    messages.receive(
        conversation, text=mask("\n".join(told)), at=at, line=line(), provider_id=f"withdrawal:{declaration.key}",
        language=declaration.language,
    )  # fmt: skip
    Message.objects.filter(conversation=conversation).update(answered_at=at)
    return conversation


def _acknowledge(conversation: Conversation, declaration: Declaration, case: Case, pack: Pack, at: datetime) -> None:
    """On a durable medium, with the content of the declaration and the date and time of its receipt (Art. 11a(4))."""
    zone = ZoneInfo(pack.company.time_zone)
    fields = {
        "number": case.number,
        "at": at.astimezone(zone),
        "zone": pack.company.time_zone,
        "name": declaration.name,
        "contract": declaration.contract,
        "items": declaration.items or words_in(declaration.language)["whole"],
        "company": pack.company.name,
        "due": case.due_at.astimezone(zone).date() if case.due_at else None,
    }
    message = messages.say(
        conversation,
        author=Message.Author.REPRESENTATIVE,
        text=word([Saying("withdrawal acknowledged", fields)], pack, declaration.language),
        at=at,
        language=declaration.language,
        answers=f"withdrawal:{declaration.key}",
    )
    delivery.send(message)


def _due(pack: Pack, at: datetime) -> datetime | None:
    """When the money is due back at the latest, by the law of the company's country."""
    country, zone = pack.company.country, ZoneInfo(pack.company.time_zone)
    today: date = at.astimezone(zone).date()
    term = next((one for one in terms_of(country) if one.name == "Refund after withdrawal"), None)
    if term is None:
        return None
    return datetime.combine(ends_on(term, today, country), time(23, 59), zone)
