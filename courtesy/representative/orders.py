"""Which orders a matter is about, told without a number: by what was named, by what may be done, by what is in view."""

from __future__ import annotations

from courtesy.commerce.port import Order
from courtesy.language.understanding import Choice
from courtesy.representative import addresses, judging, matching
from courtesy.representative.memory import Task
from courtesy.representative.procedures import questions_of
from courtesy.representative.situation import Situation, spellings

NOT = "not order"  # the slot that holds an order which the customer said it is not
SEVERAL = "orders"  # numbers named together in one wish, kept in ``task.partial``


def meant(situation: Situation, task: Task) -> list[str]:
    """Numbers of the orders meant; more than one when the matter is to be settled for each; empty when unsure."""
    claimed = situation.dialogue.claims.get("order number")
    if claimed and NOT not in task.slots:
        return [claimed]
    own = situation.own_orders()
    view = situation.dialogue.order
    if view and matching.says_other_order(task.words[-1] if task.words else "") and NOT not in task.slots:
        task.slots[NOT], task.tries["other order"] = view, 1
    if not own:
        in_view = situation.order(view) if view else None
        seen = in_view is not None and situation.may_see(in_view) and "other order" not in task.tries
        return [view] if seen else []
    left = possible(situation, task, [order for order in own if order.number != task.slots.get(NOT)])
    words = " . ".join(task.words)
    left = _elsewhere(situation, task, words, _of_status(situation, words, left))
    if matching.says_all_orders(words):
        return [order.number for order in left]
    named = _named(words, left)
    if not named and not _speaks_of_any(words, left):
        named = _named(words, own)  # an order for which it will be refused, with the reason
    if named:
        return [order.number for order in named]
    if len(left) == 1:
        return [left[0].number]
    if not _speaks_of_any(words, left) and view and any(order.number == view for order in left):
        return [view]
    return []


def possible(situation: Situation, task: Task, orders: list[Order]) -> list[Order]:
    """The orders for which the matter would not be refused anyhow; all of them when it would be for each."""
    procedure = situation.procedure(task)
    if procedure is None or len(orders) < 2:
        return orders
    kept = []
    for order in orders:
        trial = Task.open(task.procedure, "")
        trial.slots = {**task.slots, "order": order.number}
        trial.looked = {**task.looked, "order": order.number}
        if not judging.refused_ahead(situation, trial, procedure):
            kept.append(order)
    return kept or orders


def told_by(situation: Situation, task: Task, text: str) -> str:
    """The order that an answer points to together with what was said before: "it is the 15-inch one"."""
    left = possible(situation, task, situation.own_orders())
    named = _named(" . ".join((*task.words, text)), left)
    return named[0].number if len(named) == 1 else ""


def _of_status(situation: Situation, words: str, orders: list[Order]) -> list[Order]:
    """The orders in the state that the words name ("my pending order"), all of them when they name none."""
    pack = situation.pack
    kept = []
    for order in orders:
        phrases = [pack.phrases.get((language, f"status: {order.status}")) for language in pack.company.languages]
        names = {order.status, *(name for one in phrases if one for name in (one.text, *one.also))}
        if any(matching.contains(words, name) for name in names):
            kept.append(order)
    return kept or orders


def _elsewhere(situation: Situation, task: Task, words: str, orders: list[Order]) -> list[Order]:
    """Of a change to the address in the account: the orders that do not go there already."""
    customer, procedure = situation.shop_customer(), situation.procedure(task)
    if customer is None or procedure is None or not addresses.says_the_saved_one(situation, words):
        return orders
    if not any(step.kind == "address" for step in questions_of(procedure)):
        return orders
    return [order for order in orders if order.address.street != customer.address.street] or orders


def lines_of(orders: list[Order]) -> tuple[dict[str, Order], list[Choice]]:
    """Every line of these orders as a choice of its own, and whose it is."""
    owners: dict[str, Order] = {}
    choices: list[Choice] = []
    for order in orders:
        for line in order.lines:
            key = f"{order.number}/{line.id}"
            owners[key] = order
            choices.append(Choice(key, " ".join(spellings([line.product_name])), (*line.options.values(), line.sku)))
    return owners, choices


def _named(words: str, orders: list[Order]) -> list[Order]:
    """The orders whose items are named: the one that has them all, else those that each have some of their own."""
    owners, choices = lines_of(orders)
    groups: list[set[str]] = []
    for part in matching.parts_of(words):
        names = [Choice(choice.value, choice.label) for choice in choices]
        hit = matching.by_hint(part, names)
        narrowed = [one for one in matching.by_hint(part, choices) if one.value in {other.value for other in hit}]
        found = {owners[one.value].number for one in (narrowed or hit)}
        if found and len(found) < len(orders):
            groups.append(found)
    if not groups:
        return []
    having_all = [order for order in orders if all(order.number in group for group in groups)]
    if having_all:
        return having_all if len(having_all) == 1 else _told_by_options(words, having_all)
    alone = {number for group in groups if len(group) == 1 for number in group}
    covered = all(group & alone for group in groups)
    return [order for order in orders if order.number in alone] if covered else []


def _told_by_options(words: str, orders: list[Order]) -> list[Order]:
    """Of orders with the same thing in them, the one whose size or colour is said."""
    owners, choices = lines_of(orders)
    named = [Choice(choice.value, choice.label) for choice in choices]
    about = {one.value for part in matching.parts_of(words) for one in matching.by_hint(part, named)}
    hits = matching.by_hint(words, [choice for choice in choices if choice.value in about])
    numbers = {owners[str(one.value)].number for one in hits}
    return [order for order in orders if order.number in numbers] if len(numbers) == 1 else []


def _speaks_of_any(words: str, orders: list[Order]) -> bool:
    names = [Choice(choice.value, choice.label) for choice in lines_of(orders)[1]]
    return any(matching.by_hint(part, names) for part in matching.parts_of(words))


def settle_for_each(situation: Situation, task: Task, numbers: list[str]) -> str:
    """The first order is this matter's; each other one gets a matter of its own with the same words."""
    tasks = situation.dialogue.tasks
    place = tasks.index(task) + 1 if task in tasks else len(tasks)
    for number in reversed(numbers[1:]):
        twin = Task.open(task.procedure, "")
        twin.words = list(task.words)
        twin.slots = {name: value for name, value in task.slots.items() if name not in ("order", NOT)}
        twin.slots["order"] = number
        tasks.insert(place, twin)
    return numbers[0]
