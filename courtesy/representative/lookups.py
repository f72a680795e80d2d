"""Looking things up for a step: the order, the customer, a product; asking for what is missing on the way."""

from __future__ import annotations

from collections.abc import Callable

from courtesy.commerce.port import Order
from courtesy.language.understanding import Choice, Question, Understanding
from courtesy.pack.model import LookUp
from courtesy.representative import asking, calling, identity, matching, orders
from courtesy.representative.bookings.looking import look_up_booking
from courtesy.representative.memory import Task
from courtesy.representative.mending import mend
from courtesy.representative.products import without_places
from courtesy.representative.selling import comparing, finding
from courtesy.representative.situation import Situation, product_choices
from courtesy.representative.taking_orders import quoting
from courtesy.representative.wording import date_text, territory_name


def look_up(situation: Situation, task: Task, step: LookUp) -> bool:
    """Do one look-up. False when the customer had to be asked, or a person is needed; then the turn waits."""
    if operation := situation.pack.connections.operation(step.what):
        return calling.look_up(situation, task, operation)
    return _LOOK_UPS[step.what](situation, task)


def look_up_order(situation: Situation, task: Task) -> bool:
    """Find the order this matter is about, and make sure that the one who asks may see it."""
    if not situation.dialogue.shop_customer and identity.accepts_claims(situation):
        identity.match_customer(situation)
    number = task.slots.get("order") or _meant(situation, task)
    if not number:
        _ask_which(situation, task)
        return False
    order = situation.order(str(number))
    if order is None or not (situation.may_see(order) or identity.match_order(situation, order)):
        return _not_shown(situation, task, str(number), order)
    if not situation.may_see(order):  # proven for another customer: same words as for an unknown order
        return _not_shown(situation, task, str(number), None)
    task.slots["order"] = order.number
    task.looked["order"] = order.number
    situation.dialogue.order = order.number
    situation.dialogue.claims.pop("order number", None)
    return True


def _meant(situation: Situation, task: Task) -> str:
    numbers = orders.meant(situation, task)
    return orders.settle_for_each(situation, task, numbers) if numbers else ""


def order_choices(situation: Situation, listed: list[Order]) -> tuple[Choice, ...]:
    made = []
    for order in listed:
        names = ", ".join(line.product_name for line in order.lines)
        day = date_text(order.placed_at.date(), situation.language)
        label = f"{order.number} · {day} · {names}"
        made.append(Choice(order.number, label if len(label) <= 80 else f"{label[:79]}…", (order.number, names)))
    return tuple(made)


def _ask_which(situation: Situation, task: Task) -> None:
    own = situation.own_orders()
    if situation.knows_person and not own:
        situation.say("no orders")
        asking.needs_person(situation, "the customer has no orders but asks about one")
        return
    if own:
        choices = order_choices(situation, orders.possible(situation, task, own))
        options = "\n".join(f"• {choice.label}" for choice in choices[: asking.SHOWN])
        asking.ask(situation, task, Question("order", "order", choices), "which order", options=options)
        return
    if task.tries.get("no number") or (
        situation.dialogue.claims.get("e-mail") and situation.conversation.channel != "email"
    ):
        identity.ask_who(situation, task)
        return
    asking.ask(situation, task, Question("order", "order", _unknown_choice(situation)), "ask: order number")


UNKNOWN = "do not know"


def _unknown_choice(situation: Situation) -> tuple[Choice, ...]:
    return asking.pack_choices(situation, (UNKNOWN,)) if asking.phrase_text(situation, f"choice: {UNKNOWN}") else ()


def number_unknown(situation: Situation, understanding: Understanding, text: str) -> bool:
    """Whether the customer says that they do not have the order number."""
    if understanding.first("declines"):
        return True
    return bool(matching.by_phrase(mend(situation, text), asking.pack_choices(situation, (UNKNOWN,))))


def _not_shown(situation: Situation, task: Task, number: str, order: Order | None) -> bool:
    """The order is unknown, or not proven to be theirs: ask for proof once, then say only that none was found."""
    claims = situation.dialogue.claims
    task.slots["order"] = number
    proof_given = claims.get("e-mail") or claims.get("postcode")
    if not proof_given:
        question = Question("proof", "identity")
        asking.ask(situation, task, question, "ask: e-mail or postcode", order=number)
        return False
    task.tries["order"] = task.tries.get("order", 0) + 1
    task.slots.pop("order", None)
    situation.say("order not found", order=number)
    if task.tries["order"] >= identity.TRIES:
        asking.needs_person(situation, "the order could not be found or proven to be the customer's")
        return False
    for name in ("postcode",) if situation.conversation.channel == "email" else ("postcode", "e-mail"):
        if not situation.dialogue.shop_customer:
            claims.pop(name, None)
    asking.ask(situation, task, Question("order", "order"), "ask: order number")
    return False


def look_up_customer(situation: Situation, task: Task) -> bool:
    """Be sure who it is before anything about the person, not one order, is told or changed."""
    if not situation.knows_person:
        identity.match_customer(situation)
    if not situation.knows_person:
        identity.ask_who(situation, task)
        return False
    task.looked["customer"] = situation.dialogue.shop_customer
    return True


def look_up_product(situation: Situation, task: Task) -> bool:
    """Find the product spoken of; ask when none, or several, fit."""
    wanted = task.slots.get("product") or ""
    if not wanted:
        wanted = _product_in(situation, task)
    if not wanted:
        if not situation.asked:
            asking.ask(situation, task, Question("product", "product"), "ask: product")
        return False
    product = situation.shop.product(str(wanted))
    if product is None:
        situation.say("product not found", product=str(wanted))
        task.slots.pop("product", None)
        asking.ask(situation, task, Question("product", "product"), "ask: product")
        return False
    task.slots["product"] = product.id
    task.looked["product"] = product.id
    situation.dialogue.product = product.id
    return True


def _product_in(situation: Situation, task: Task) -> str:
    for understanding in situation.heard:
        if (entity := understanding.entity("product")) and entity.text in " ".join(task.words):
            return str(entity.value)
    hits = matching.by_hint(without_places(situation, " . ".join(task.words)), product_choices(situation.shop))
    if len(hits) == 1:
        return str(hits[0].value)
    if 1 < len(hits) <= asking.SHOWN:
        question = Question("product", "product", tuple(hits))
        options = "\n".join(f"• {choice.label}" for choice in hits)
        asking.ask(situation, task, question, "choose one", options=options)
        return ""
    return situation.dialogue.product


def _of_order(name: str) -> Callable[[Situation, Task], bool]:
    """A look-up that rests on the order and only notes what was read, for phrases."""

    def read(situation: Situation, task: Task) -> bool:
        if "order" not in task.looked and not look_up_order(situation, task):
            return False
        task.looked[name] = task.looked["order"]
        return True

    return read


def _of_product(name: str) -> Callable[[Situation, Task], bool]:
    def read(situation: Situation, task: Task) -> bool:
        if task.slots.get("items"):  # the products are those of the chosen lines
            task.looked[name] = str(task.slots["items"][0]["line"])
            return True
        if "product" not in task.looked and not look_up_product(situation, task):
            return False
        task.looked[name] = task.looked["product"]
        return True

    return read


def look_up_balance(situation: Situation, task: Task) -> bool:
    if not look_up_customer(situation, task):
        return False
    task.looked["credit balance"] = situation.dialogue.shop_customer
    return True


def look_up_shipping_cost(situation: Situation, task: Task) -> bool:
    """The delivery cost to a country: the one named, the order's, or the company's own."""
    rows = situation.pack.tables.get("shipping", ())
    said = mend(situation, " ".join(task.words))
    named = next((row for row in rows if _names_country(situation, said, row.get("country", ""))), None)
    before = [one.looked["shipping cost"] for one in situation.dialogue.tasks[-3:] if "shipping cost" in one.looked]
    if named is None and before:
        named = next((row for row in rows if row.get("country") == before[-1]), None)
    view = situation.order(situation.dialogue.order) if situation.dialogue.order else None
    home = view.address.country if view and situation.may_see(view) else situation.pack.company.country
    row = named or next((row for row in rows if row.get("country") == home), None)
    task.looked["shipping cost"] = (row or {}).get("country", home)
    return True


def _names_country(situation: Situation, text: str, country: str) -> bool:
    names = [territory_name(country, language) for language in situation.pack.company.languages]
    return any(matching.contains(text, name) for name in names if name)


_LOOK_UPS: dict[str, Callable[[Situation, Task], bool]] = {
    "order": look_up_order,
    "customer": look_up_customer,
    "tracking": _of_order("tracking"),
    "product": look_up_product,
    "stock": _of_product("stock"),
    "price": _of_product("price"),
    "return": _of_order("return"),
    "credit balance": look_up_balance,
    "shipping cost": look_up_shipping_cost,
    "booking": look_up_booking,
    "range": finding.look_up_range,
    "comparison": comparing.look_up_comparison,
    "quote": quoting.look_up_quote,
    "companions": comparing.look_up_companions,
    "substitutes": finding.look_up_substitutes,
}
