"""A colleague's own deed at the desk: looked at before, judged by the same guard and their own limits, then done or
asked for; and taken back, once, while its time runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from courtesy.commerce import shop as shops
from courtesy.commerce.port import Chosen, Order, PostalAddress, Receipt, Refusal, ShopCustomer
from courtesy.commerce.reading_once import read_once
from courtesy.conversations import events, journal
from courtesy.conversations.documents import file_document
from courtesy.conversations.models import Conversation
from courtesy.foundation.money import Money
from courtesy.pack.model import Pack
from courtesy.policy import approvals, counting, guard, limits
from courtesy.policy.facts import Request, facts_of
from courtesy.policy.guard import Verdict
from courtesy.policy.models import Approval, AuthorityUse
from courtesy.policy.rights.reading import rights_of
from courtesy.representative import memory
from courtesy.representative.judging import content_of
from courtesy.workforce.delegating import company_day, grades_of
from courtesy.workforce.models import Colleague

ACTS = ("goodwill credit", "refund")
SENIOR_ACTORS = {"team lead": "team lead", "manager": "manager"}  # the fact "actor"; everybody else is a colleague


@dataclass(frozen=True, slots=True)
class Wish:
    """What a colleague wants done. ``key`` comes with the form, so that pressing twice is once."""

    act: str
    key: str
    order: str = ""
    items: tuple[Chosen, ...] = ()
    amount: Money | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """What would happen: the guard's answer, and the amount in the shop's own reckoning."""

    wish: Wish
    verdict: Verdict
    amount: Money | None
    customer: str
    request: Request


def preview(conversation: Conversation, by: Colleague, wish: Wish, pack: Pack, at: datetime) -> Preview:
    """Judge without doing; nothing is written and nobody waits."""
    return _judged(conversation, by, wish, pack, at, counted=False)


@transaction.atomic
def do(conversation: Conversation, by: Colleague, wish: Wish, pack: Pack, at: datetime) -> Receipt | Refusal | Approval:
    """Do it, or ask whoever may; a Refusal says why not. The same key again gives the first answer."""
    Conversation.objects.select_for_update().get(pk=conversation.pk)
    key = _key(conversation, wish)
    if (waiting := approvals.by_key(key)) is not None:
        return waiting
    counting.lock()
    if (done := AuthorityUse.objects.filter(key=key).exclude(receipt="").first()) is not None:
        return Receipt(done.act, done.receipt, done.at, done.money)
    seen = _judged(conversation, by, wish, pack, at, counted=True)
    content = content_of(wish.act, seen.verdict, pack, arguments=_written(wish))
    journal.write("verdict", actor=by.pk, at=at, conversation=conversation.pk, content=content)
    if seen.verdict.decision == "refuse":
        return Refusal(wish.act, "refused", {"because": dict(seen.verdict.because), "rule": seen.verdict.rule})
    if seen.verdict.decision == "ask":
        return approvals.ask(
            conversation,
            key=key,
            task="",
            act=wish.act,
            deed={"act": wish.act, "arguments": memory.keep(_written(wish))},
            summary=_summary(wish, seen),
            verdict=content,
            asked_of=seen.verdict.whom or pack.company.teams[0],
            at=at,
            pack=pack,
            asked_by=by,
            amount=seen.amount,
            customer=seen.customer,
        )
    limits.hold(seen.request, conversation, pack, key=key, holder=by.pk)
    return _done(conversation, by.pk, wish, seen.request, key, pack, at)


@transaction.atomic
def carry_out(approval: Approval, pack: Pack, at: datetime) -> Receipt | Refusal:
    """Do what a colleague asked for and somebody else approved; the policies are asked once more, and may refuse."""
    conversation, by = approval.conversation, approval.asked_by
    assert by is not None
    wish = _wish_of(approval)
    seen = _judged(conversation, by, wish, pack, at, counted=True, key=approval.key)
    if seen.verdict.decision == "refuse" or (approval.money and seen.amount != approval.money):
        counting.release(approval.key)
        why = {"rule": seen.verdict.rule, "amount": seen.amount, "approved": approval.money}
        _told(conversation, by.pk, "shop refused", {"act": wish.act, "why": "no longer as approved", **why}, at)
        return Refusal(wish.act, "refused", {"because": dict(seen.verdict.because), "rule": seen.verdict.rule})
    limits.hold(seen.request, conversation, pack, key=approval.key, holder=by.pk)
    return _done(conversation, by.pk, wish, seen.request, approval.key, pack, at)


# --- taking back ---------------------------------------------------------------------------------


def undoable(conversation: Conversation, at: datetime) -> list[AuthorityUse]:
    """What was done in this conversation and may still be taken back, the newest first."""
    rows = AuthorityUse.objects.filter(conversation=conversation, state=AuthorityUse.State.USED, undo_until__gte=at)
    return list(rows.order_by("-at"))


@transaction.atomic
def undo(use: AuthorityUse, by: Colleague, pack: Pack, at: datetime) -> Receipt | Refusal:
    """Take a deed back: judged like any other, done once, with a receipt of its own."""
    conversation = Conversation.objects.select_for_update().get(pk=use.conversation_id)
    counting.lock()
    use = AuthorityUse.objects.select_for_update().get(pk=use.pk)
    if use.state != AuthorityUse.State.USED:
        return Refusal("undo", "already undone", {})
    if _changed_since(use):
        return Refusal("undo", "changed since", {})
    request = _undo_request(use, conversation, by, pack, at)
    verdict = guard.judge("undo", facts_of(request), pack.policies.values(), request.day(at))
    grades = grades_of(by, company_day(at))
    over = limits.reach_of(use, grades[-1], pack, at)
    verdict = guard.stricter(verdict, over)
    content = content_of("undo", verdict, pack, arguments={"receipt": use.receipt})
    journal.write("verdict", actor=by.pk, at=at, conversation=conversation.pk, content=content)
    if verdict.decision != "allow":
        return Refusal("undo", "refused", {"because": dict(verdict.because), "rule": verdict.rule})
    answer = _put_back(use, at)
    if isinstance(answer, Refusal):
        return answer
    use.state, use.undone_by, use.undone_at = AuthorityUse.State.UNDONE, by, at
    use.undo_receipt = answer.number
    use.save(update_fields=["state", "undone_by", "undone_at", "undo_receipt"])
    told = {"act": "undo", "undone": use.act, "of": use.receipt, "receipt": answer.number, "amount": answer.amount}
    _told(conversation, by.pk, "deed", told, at)
    return answer


def _changed_since(use: AuthorityUse) -> bool:
    """Whether the same thing was changed again: putting the old back would undo that one too."""
    if use.act == "goodwill credit":
        return False
    later = AuthorityUse.objects.filter(act=use.act, customer=use.customer, state=AuthorityUse.State.USED)
    later = later.filter(at__gte=use.at, pk__gt=use.pk)
    return any(one.before.get("order") == use.before.get("order") for one in later)


def _put_back(use: AuthorityUse, at: datetime) -> Receipt | Refusal:
    shop, key = shops.current(), f"undo:{use.key}"[:200]
    if use.act == "goodwill credit" and use.money is not None:
        return shop.take_back_goodwill(use.customer, use.money, of=use.receipt, key=key, at=at)
    if use.act == "change address":
        return shop.change_address(use.before["order"], PostalAddress(**use.before["address"]), key=key, at=at)
    if use.act == "change contact address":
        address = PostalAddress(**use.before["address"])
        return shop.change_contact_address(use.before["customer"], address, key=key, at=at)
    return Refusal("undo", "refused", {"because": {}, "rule": f"{use.act} cannot be undone"})


def _undo_request(use: AuthorityUse, conversation: Conversation, by: Colleague, pack: Pack, at: datetime) -> Request:
    return Request(
        act="undo",
        at=at,
        shop=read_once(shops.current()),
        currency=pack.company.currency,
        identity=conversation.identity,
        channel=conversation.channel,
        actor=SENIOR_ACTORS.get(by.grade, "colleague"),
        undoes=use.act,
        undo_open=use.undo_until is not None and at <= use.undo_until,
        zone=ZoneInfo(pack.company.time_zone),
    )


def owner_of(conversation: Conversation) -> str:
    """The shop's customer who was matched in this conversation; "" while nobody was."""
    matched = memory.from_json(conversation.dialogue).shop_customer
    return matched or (conversation.customer.shop_customer if conversation.identity == "signed in" else "")


# --- judging -------------------------------------------------------------------------------------


def _judged(
    conversation: Conversation, by: Colleague, wish: Wish, pack: Pack, at: datetime, *, counted: bool, key: str = ""
) -> Preview:
    request = _request(conversation, by, wish, pack, at)
    facts = facts_of(request)
    country = str(facts["country"].value or pack.company.country)
    verdict = guard.judge(wish.act, facts, pack.policies.values(), request.day(at), rights_of(country))
    if verdict.decision != "refuse":
        grade = grades_of(by, company_day(at))[-1]
        deed = key or _key(conversation, wish)
        over = limits.over(request, conversation, pack, key=deed, holder=by.pk, grade=grade, counted=counted)
        verdict = guard.stricter(verdict, over)
    return Preview(wish, verdict, limits.amount_of(request), limits.customer_of(request, conversation), request)


def _request(conversation: Conversation, by: Colleague, wish: Wish, pack: Pack, at: datetime) -> Request:
    shop = read_once(shops.current())
    asked_by = owner_of(conversation)
    order: Order | None = shop.order(wish.order) if wish.order and wish.act == "refund" else None
    owner = order.customer if order is not None else asked_by  # a gesture goes to who was proven here, to nobody else
    customer: ShopCustomer | None = shop.customer(owner) if owner else None
    return Request(
        act=wish.act,
        at=at,
        shop=shop,
        currency=pack.company.currency,
        identity=conversation.identity,
        channel=conversation.channel,
        actor=SENIOR_ACTORS.get(by.grade, "colleague"),
        asked_by=asked_by,
        order=order,
        customer=customer,
        items=wish.items,
        to="original means",
        amount=wish.amount,
        said={"reason": wish.reason} if wish.reason else {},
        zone=ZoneInfo(pack.company.time_zone),
    )


# --- doing ---------------------------------------------------------------------------------------


def _done(
    conversation: Conversation, holder: str, wish: Wish, request: Request, key: str, pack: Pack, at: datetime
) -> Receipt | Refusal:
    answer = _do(wish, request, key, at)
    if isinstance(answer, Refusal):
        counting.release(key)
        _told(conversation, holder, "shop refused", {"act": wish.act, "why": answer.why}, at)
        return answer
    counting.use(key, receipt=answer.number, amount=answer.amount, pack=pack, at=at)
    told: dict[str, Any] = {"act": wish.act, "key": key, "receipt": answer.number, "details": dict(answer.details)}
    for name, media_type, content in answer.documents:
        file_document(conversation, name=name, media_type=media_type, content=content, ours=True, at=at)
    _told(conversation, holder, "deed", told | ({"amount": answer.amount} if answer.amount is not None else {}), at)
    return answer


def _do(wish: Wish, request: Request, key: str, at: datetime) -> Receipt | Refusal:
    shop = shops.current()
    if wish.act == "refund" and request.order is not None:
        return shop.refund(request.order.number, wish.items, wish.reason, to="original means", key=key, at=at)
    if wish.act == "goodwill credit" and request.customer is not None and wish.amount is not None:
        return shop.goodwill(request.customer.id, wish.amount, wish.reason, order=wish.order, key=key, at=at)
    return Refusal(wish.act, "refusal: unknown customer", {})


def _told(conversation: Conversation, actor: str, kind: str, content: Mapping[str, Any], at: datetime) -> None:
    journal.write(kind, actor=actor, at=at, conversation=conversation.pk, content=content)
    events.note(conversation, "deed", {"act": content.get("act", "")}, at=at, internal=True)


def _key(conversation: Conversation, wish: Wish) -> str:
    return f"hand:{conversation.pk}:{wish.key}"[:200]


def _written(wish: Wish) -> dict[str, Any]:
    items = [{"line": one.line, "quantity": one.quantity} for one in wish.items]
    return {"order": wish.order, "items": items, "amount": wish.amount, "reason": wish.reason, "key": wish.key}


def _wish_of(approval: Approval) -> Wish:
    given = memory.recall(approval.deed["arguments"])
    items = tuple(Chosen(one["line"], one["quantity"]) for one in given["items"])
    return Wish(approval.act, given["key"], given["order"], items, given["amount"], given["reason"])


def _summary(wish: Wish, seen: Preview) -> str:
    parts = [wish.act.capitalize()]
    items = [line.label for one in wish.items if seen.request.order and (line := seen.request.order.line(one.line))]
    told = {"amount": seen.amount, "order": wish.order, "items": ", ".join(items), "reason": wish.reason}
    return " · ".join([*parts, *(f"{name}: {value}" for name, value in told.items() if value)])
