"""Deeds: each act of the vocabulary done through the shop or our own rooms, with its idempotency key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from courtesy.commerce.port import Order, PostalAddress, Receipt, Refusal
from courtesy.commerce.refusals import refuse
from courtesy.conversations import asking_others, cases, escalating, journal
from courtesy.conversations.complaints import registering
from courtesy.conversations.documents import file_document
from courtesy.conversations.models import Case
from courtesy.pack.model import Promise
from courtesy.pack.opening_hours import add_business
from courtesy.policy.facts import Request
from courtesy.representative import asking
from courtesy.representative.bookings import doing
from courtesy.representative.bookings.showing import booking_of, person
from courtesy.representative.fields import chosen_items, chosen_swaps, refund_target
from courtesy.representative.found import facts_for
from courtesy.representative.memory import Task
from courtesy.representative.ordering import placing, terms
from courtesy.representative.situation import OnlyLooking, Situation

ANSWER_WITHIN = "1 business day"  # what a question passed on to a team is promised, unless the procedure says otherwise


def request_for(situation: Situation, task: Task, act: str) -> Request:
    """The deed as the guard judges it: arguments in the shop's terms, and the records it touches."""
    order = order_of(situation, task)
    asked_by = situation.dialogue.shop_customer if situation.identity_at_least("order matched") else ""
    customer = situation.shop.customer(order.customer) if order else situation.shop_customer()
    if act == placing.ACT:  # an account that is only claimed counts for nothing here, so that nothing tells of it
        customer = terms.proven(situation)
    address = task.slots.get("new address") or task.slots.get("delivery address")
    photo = True if task.slots.get("photo") else False if "photo" in task.skipped else None
    return Request(
        act=act,
        at=situation.at,
        shop=situation.shop,
        currency=situation.pack.company.currency,
        identity=situation.conversation.identity,
        channel=situation.conversation.channel,
        asked_by=asked_by,
        order=order,
        customer=customer,
        items=chosen_items(task) if act not in ("exchange", "change items") else (),
        swaps=chosen_swaps(task) if act in ("exchange", "change items", "") else (),
        to=refund_target(task),
        means=means_of(situation, task),
        address=PostalAddress(**address) if isinstance(address, dict) else None,
        amount=task.slots.get("amount"),
        said={name: task.slots[name] for name in ("reason", "cancel reason", "outcome") if name in task.slots},
        photo=photo,
        found=facts_for(situation, task, act),
        booking=booking_of(task),
        person=person(situation, task),
        zone=situation.zone,
        quote=terms.quote_of(situation, task) if act == placing.ACT else None,
        paid_by=terms.kind_of(task) if act == placing.ACT else "",
    )


def order_of(situation: Situation, task: Task) -> Order | None:
    number = task.looked.get("order")
    return situation.order(number) if number else None


def means_of(situation: Situation, task: Task) -> str:
    """The payment means chosen, else the first that paid for the order."""
    if chosen := task.slots.get("payment means"):
        return str(chosen)
    order = order_of(situation, task)
    paid = [payment for payment in order.payments if payment.amount.amount > 0] if order else []
    return paid[0].means if paid else ""


def do(situation: Situation, task: Task, act: str, key: str) -> Receipt | Refusal:
    """Do it, once for each key. Documents that the deed made are filed and go out with the reply."""
    if situation.only_looking:
        raise OnlyLooking(act)
    answer = _DEEDS[act](situation, task, key)
    if isinstance(answer, Refusal):
        return answer
    situation.forget_orders()
    if answer.documents and f"document:{key}" not in task.documents:
        for name, media_type, content in answer.documents:
            document = file_document(
                situation.conversation, name=name, media_type=media_type, content=content, ours=True, at=situation.at
            )
            situation.documents.append(document.pk)
        task.documents.append(f"document:{key}")
    return answer


def _reason(task: Task) -> str:
    value = task.slots.get("reason") or ""
    reasons = value.values() if isinstance(value, dict) else [value]
    return ", ".join(dict.fromkeys(str(one) for one in reasons if one))


def _number(task: Task) -> str:
    return str(task.looked.get("order") or task.slots.get("order") or "")


def _cancel(situation: Situation, task: Task, key: str) -> Receipt | Refusal:
    reason = str(task.slots.get("cancel reason") or "")
    return situation.shop.cancel(_number(task), reason, to=refund_target(task), key=key, at=situation.at)


def _change_address(situation: Situation, task: Task, key: str) -> Receipt | Refusal:
    address = PostalAddress(**task.slots["new address"])
    return situation.shop.change_address(_number(task), address, key=key, at=situation.at)


def _change_items(situation: Situation, task: Task, key: str) -> Receipt | Refusal:
    means = means_of(situation, task)
    return situation.shop.change_items(_number(task), chosen_swaps(task), means, key=key, at=situation.at)


def _change_payment(situation: Situation, task: Task, key: str) -> Receipt | Refusal:
    return situation.shop.change_payment(_number(task), str(task.slots["payment means"]), key=key, at=situation.at)


def _open_return(situation: Situation, task: Task, key: str) -> Receipt | Refusal:
    outcome = str(task.slots.get("outcome") or "refund")
    return situation.shop.open_return(
        _number(task), chosen_items(task), _reason(task), outcome, to=refund_target(task), key=key, at=situation.at
    )


def _refund(situation: Situation, task: Task, key: str) -> Receipt | Refusal:
    return situation.shop.refund(
        _number(task), chosen_items(task), _reason(task), to=refund_target(task), key=key, at=situation.at
    )


def _exchange(situation: Situation, task: Task, key: str) -> Receipt | Refusal:
    return situation.shop.exchange(
        _number(task), chosen_swaps(task), _reason(task), means_of(situation, task), key=key, at=situation.at
    )


def _invoice(situation: Situation, task: Task, key: str) -> Receipt | Refusal:
    return situation.shop.invoice(_number(task), situation.language, key=key, at=situation.at)


def _contact_address(situation: Situation, task: Task, key: str) -> Receipt | Refusal:
    address = PostalAddress(**task.slots["new address"])
    return situation.shop.change_contact_address(situation.dialogue.shop_customer, address, key=key, at=situation.at)


def _goodwill(situation: Situation, task: Task, key: str) -> Receipt | Refusal:
    amount, customer = task.slots.get("amount"), situation.dialogue.shop_customer
    if amount is None or not customer:
        return refuse("goodwill credit", "nothing chosen", {"order": _number(task)})
    return situation.shop.goodwill(customer, amount, _reason(task), order=_number(task), key=key, at=situation.at)


def _complaint(situation: Situation, task: Task, key: str) -> Receipt | Refusal:
    """Register a complaint with its tracking code and clocks, or open the one again that was answered here. The
    reply of this turn acknowledges it."""
    text = str(task.slots.get("complaint") or " ".join(task.words))
    known = registering.of_conversation(situation.conversation.pk)
    if known is not None and registering.reopen(known, situation.pack, text[:300], situation.at):
        complaint = known
    else:
        complaint = registering.register(
            situation.conversation,
            situation.pack,
            text,
            at=situation.at,
            language=situation.language,
            country=country_of(situation),
            procedure=task.procedure,
            task=task.id,
            details={"remedy": task.slots.get("remedy") or "", "order": _number(task)},
        )
    registering.acknowledge(complaint, situation.at)
    task.case = complaint.case_id
    situation.dialogue.complaint = complaint.case.number
    due = complaint.case.due_at
    details = {"number": complaint.case.number, "due": due, "category": complaint.category}
    return Receipt("register complaint", complaint.case.number, situation.at, details=details)


def country_of(situation: Situation) -> str:
    """The customer's country where the shop knows it, else the company's: whose law the clocks follow."""
    customer = situation.shop_customer()
    address = customer.address if customer is not None else None
    return address.country if address is not None else situation.pack.company.country


def ask_colleague(situation: Situation, question: str, key: str, *, team: str = "") -> Case:
    """Put a question to a team or department, by its ladder; the answer comes back in this conversation. A department
    is written to; whatever it answers is shown to a colleague first."""
    to = situation.team(team or situation.pack.company.questions_to)
    case = cases.open_case(
        situation.conversation,
        kind=Case.Kind.QUESTION,
        title=question[:120],
        at=situation.at,
        task=key,
        details={"question": question, "team": to},
        due_at=add_business(situation.pack.company, situation.at, ANSWER_WITHIN),
    )
    content: dict[str, Any] = {"case": case.number, "question": question, "team": to}
    journal.write(
        "asked colleague",
        actor="representative",
        at=situation.at,
        conversation=situation.conversation.pk,
        content=content,
    )
    if to in situation.pack.company.departments:
        first = asking_others.open_side(case, situation.pack, to=to, question=question, at=situation.at)
        situation.questions.append(first.pk)
        return case
    escalating.escalate(
        situation.conversation,
        situation.pack,
        matter="question",
        key=f"question:{case.pk}",
        because=f"{case.number}: {question}",
        at=situation.at,
        case=case,
        first=to,
    )
    return case


def _colleague(situation: Situation, task: Task, key: str) -> Receipt | Refusal:
    question = str(task.slots.get("question") or " ".join(task.words))
    procedure = situation.procedure(task)
    owner = next((step.owner for step in procedure.steps if isinstance(step, Promise)), None) if procedure else None
    case = ask_colleague(situation, question, task.id, team=owner or "")
    details = {"number": case.number, "team": team_name(situation, str(case.details["team"]))}
    return Receipt("ask a colleague", case.number, situation.at, details=details)


def team_name(situation: Situation, team: str) -> str:
    """A team or grade as it is named to customers."""
    return asking.phrase_text(situation, f"team: {team}") or team


_DEEDS: dict[str, Callable[[Situation, Task, str], Receipt | Refusal]] = {
    "cancel order": _cancel,
    "change address": _change_address,
    "change items": _change_items,
    "change payment": _change_payment,
    "open return": _open_return,
    "refund": _refund,
    "exchange": _exchange,
    "send invoice": _invoice,
    "change contact address": _contact_address,
    "goodwill credit": _goodwill,
    "register complaint": _complaint,
    "ask a colleague": _colleague,
    "book appointment": doing.book,
    "change appointment": doing.change,
    "cancel appointment": doing.cancel,
    "join waiting list": doing.wait,
    "place order": placing.place,
}
