"""The basket: filled from what is said, one product after the other, until the customer says that it is all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from courtesy.commerce.port import Product, Variant
from courtesy.commerce.selling.port import ONLINE
from courtesy.language.understanding import Choice, Understanding
from courtesy.pack.model import Ask
from courtesy.representative import asking, matching
from courtesy.representative.memory import Task
from courtesy.representative.mending import mend
from courtesy.representative.ordering.showing import LINES, item_name, lines_text
from courtesy.representative.products import asked_for, option_labels, product_name, variant_label
from courtesy.representative.selling import browsing
from courtesy.representative.situation import Situation
from courtesy.representative.slots import Found, Words
from courtesy.representative.taking_orders import changing, delivering, naming
from courtesy.representative.taking_orders.naming import Mention
from courtesy.representative.wording import money_text

OPEN, MORE = "basket: open", "basket: more"
ALL = "that is all"
MOST_LINES = 20


def read(situation: Situation, task: Task, step: Ask, words: Words) -> Found:
    """What is wanted. The lines so far and what is still open of them are kept with the task between questions."""
    delivering.note_address(situation, task, words)
    if words.asked:
        return _answered(situation, task, step, words)
    if task.slots.get(step.slot):
        return changing.revised(situation, task, step, words)
    if LINES not in task.partial:
        task.partial[LINES], task.partial[OPEN] = [], []
        _begin(situation, task, words)
    return _next(situation, task, step)


def chosen(situation: Situation, task: Task, step: Ask, value: Any) -> bool:
    """A button: a variant, a product, or that it is all."""
    if value == ALL:
        task.slots[step.slot] = list(task.partial.get(LINES, ()))
        return bool(task.slots[step.slot])
    return _take(situation, task, str(value))


def _begin(situation: Situation, task: Task, words: Words) -> None:
    """What the first words name; else what they point at: one of the goods shown last, or the one just looked at."""
    text = " . ".join(mend(situation, said) for said in task.words)
    found = naming.mentions(situation, task, text)
    pointed = str(task.slots.pop("product", "") or naming.numbered(situation, text))
    if not pointed and not any(one.product for one in found) and not _says_kind(found):
        pointed = situation.dialogue.product
    product = situation.shop.product(pointed) if pointed else None
    if product is not None:
        bare = naming.goods_only(situation, text)
        found = [Mention(product.id, pieces=naming.pieces_of(bare, product), words=bare)]
    task.partial[OPEN] = [_opened(one) for one in found[:MOST_LINES]]


def _says_kind(found: Sequence[Mention]) -> bool:
    return any(one.among for one in found)


def _opened(mention: Mention) -> dict[str, Any]:
    among = [[one.value, one.label, list(one.labels)] for one in mention.among]
    return {"product": mention.product, "quantity": mention.pieces, "words": mention.words, "among": among}


# --- what to ask next -----------------------------------------------------------------------------


def _next(situation: Situation, task: Task, step: Ask) -> Found:
    """Settle what is clear, and ask for the first thing that is not."""
    while task.partial[OPEN]:
        head = task.partial[OPEN][0]
        if head["among"]:
            choices = tuple(Choice(value, label, tuple(labels)) for value, label, labels in head["among"])
            return Found(choices=choices, phrase="order: which of these", list_options=True)
        question = _settle(situation, task, head)
        if question is not None:
            return question
    if not task.partial[LINES]:
        return Found()
    if task.partial.pop(MORE, False):
        return Found(phrase="order: what else")
    text = lines_text(situation, task.partial[LINES])
    all_ = asking.pack_choices(situation, (ALL,))
    return Found(choices=all_, phrase="order: anything else", fields={"order lines": text})


def _settle(situation: Situation, task: Task, head: dict[str, Any]) -> Found | None:
    """A line for the one variant that is meant; else the question which one, or what to take instead."""
    product = situation.shop.product(head["product"])
    if product is None:
        task.partial[OPEN].pop(0)
        return None
    fits = asked_for(situation, product, head["words"])
    there = [one for one in fits if pieces_there(one)]
    if not head.get("told") and not browsing.has_what_is_named(situation, product, fits, head["words"]):
        situation.say("order: not in that", product=product_name(situation, product))
        head["told"] = True
        if len(fits) == 1:  # not what was wished for, so it is not taken unasked
            return _which(situation, product, [one for one in product.variants if pieces_there(one)])
    if not there:
        return _sold_out(situation, task, head, product, fits)
    if len(fits) > 1:
        head["quantity"] = head["quantity"] or None
        return _which(situation, product, there)
    task.partial[OPEN].pop(0)
    add(situation, task.partial[LINES], product, fits[0], int(head["quantity"] or 1))
    return None


def pieces_there(variant: Variant) -> int:
    """The most pieces that one place has of it."""
    if not variant.stock:
        return changing.MANY if variant.available else 0
    counted = [pieces for place, pieces in variant.stock.items() if place != ONLINE or variant.available]
    return max(counted, default=0)


def add(situation: Situation, lines: list[dict[str, Any]], product: Product, variant: Variant, quantity: int) -> None:
    """Put pieces into the basket; where there are fewer, those, and it is said."""
    line = next((one for one in lines if one["sku"] == variant.sku), None)
    wished = quantity + (int(line["quantity"]) if line else 0)
    left = pieces_there(variant)
    if wished > left:
        situation.say("order: only so many", item=item_name(situation, product, variant), left=left)
    if line is None:
        lines.append({"sku": variant.sku, "product": product.id, "quantity": min(wished, left)})
    else:
        line["quantity"] = min(wished, left)


def _which(situation: Situation, product: Product, there: Sequence[Variant]) -> Found:
    fields = {"product": product_name(situation, product), "sizes": browsing.sizes_text(situation, there)}
    if len(there) > asking.SHOWN:
        return Found(phrase="order: which size", fields=fields)
    choices = variant_choices(situation, there)
    return Found(choices=choices, phrase="order: which variant", fields=fields, list_options=True)


def variant_choices(situation: Situation, variants: Sequence[Variant], name: str = "") -> tuple[Choice, ...]:
    made = []
    for one in variants:
        label = " ".join(filter(None, (name, variant_label(situation, one.options))))
        said = tuple(word for value in one.options.values() for word in option_labels(situation, value))
        made.append(Choice(one.sku, f"{label} – {money_text(one.price, situation.language)}", (one.label, *said)))
    return tuple(made)


def _sold_out(
    situation: Situation, task: Task, head: dict[str, Any], product: Product, fits: Sequence[Variant]
) -> Found | None:
    """It is said, and what there is instead is put beside it: other variants, then other products of the kind."""
    name = product_name(situation, product)
    item = item_name(situation, product, fits[0]) if len(fits) == 1 else name
    instead = instead_of(situation, product, fits)
    situation.say("order: sold out" if instead else "order: sold out and nothing instead", item=item)
    if not instead:
        task.partial[OPEN].pop(0)
        return None
    head["among"] = [[one.value, one.label, list(one.labels)] for one in instead]
    return Found(choices=instead, phrase="order: which of these", list_options=True)


def instead_of(situation: Situation, product: Product, fits: Sequence[Variant]) -> tuple[Choice, ...]:
    """Variants that share the most with what was wished for, then the nearest products in price."""
    wished = dict(fits[0].options) if fits else {}

    def shared(one: Variant) -> int:
        return -sum(wished.get(option) == value for option, value in one.options.items())

    there = sorted((one for one in product.variants if pieces_there(one)), key=shared)[:4]
    own = variant_choices(situation, there, product_name(situation, product))
    other = tuple(browsing.choice_of(situation, fit) for fit in browsing.nearest(situation, product))
    return (*own, *other)


# --- answers --------------------------------------------------------------------------------------


def _answered(situation: Situation, task: Task, step: Ask, words: Words) -> Found:
    task.partial.pop(step.slot, None)
    task.partial.setdefault(LINES, [])
    opens = task.partial.setdefault(OPEN, [])
    text, heard = words.texts[-1], words.heard[-1]
    if (picked := _picked(situation, words)) and _take(situation, task, picked):
        return _understood(task, step, text)
    if opens:
        taken: bool | None = _of_open(situation, task, opens, heard, text)
    else:
        taken = _of_basket(situation, task, heard, text)
        if taken is None:
            return Found(list(task.partial[LINES]))
    return _understood(task, step, text) if taken else Found()


def _understood(task: Task, step: Ask, text: str) -> Found:
    """It was an answer, though it does not settle the basket: the walk asks on."""
    task.partial[step.slot] = "said"
    if text not in task.words:
        task.words.append(text)
    return Found()


def _picked(situation: Situation, words: Words) -> str:
    stored = situation.dialogue.question or {}
    values = [choice["value"] for choice in stored.get("choices", ()) if choice["value"] != ALL]
    picked = words.picked(values)
    return str(picked[0]) if picked else ""


def _take(situation: Situation, task: Task, value: str) -> bool:
    """A variant or a product of those offered, for what is open."""
    opens = task.partial.get(OPEN) or []
    head = opens[0] if opens else {"product": "", "quantity": None, "words": "", "among": []}
    product = situation.shop.product(value)
    if product is not None:
        opens[:1] = [head | {"product": product.id, "among": []}]
        task.partial[OPEN] = opens
        return True
    ids = dict.fromkeys([str(head["product"]), *(str(one["product"]) for one in task.partial.get(LINES, ()))])
    for one in filter(None, (situation.shop.product(id) for id in ids if id)):
        variant = next((each for each in one.variants if each.sku == value), None)
        if variant is not None:
            task.partial[OPEN] = opens[1:]
            add(situation, task.partial[LINES], one, variant, int(head["quantity"] or 1))
            return True
    return False


def _of_open(situation: Situation, task: Task, opens: list[dict[str, Any]], heard: Understanding, text: str) -> bool:
    """The answer to "which one?": it narrows what is open, names something else, or drops it."""
    head = opens[0]
    bare = mend(situation, naming.goods_only(situation, text))
    if head["among"]:
        choices = [Choice(value, label, tuple(labels)) for value, label, labels in head["among"]]
        hits = matching.by_phrase(bare, choices) or matching.by_hint(bare, choices)
        if len(hits) == 1:
            return _take(situation, task, str(hits[0].value))
    named = [one for one in naming.mentions(situation, task, text) if one.product != head["product"]]
    if named and named[0].product and (_instead(text) or head["among"]):
        opens[:1] = [_opened(one) for one in named]
        return True
    if named and named[0].product:  # beside the answer: it stands before what is named
        opens += [_opened(one) for one in named]
        bare = naming.before_goods(situation, bare)
    declined = heard.first("declines") and not heard.first("corrects")
    product = situation.shop.product(head["product"]) if head["product"] else None
    pieces = naming.pieces_of(bare, product)
    if product is not None:
        before = asked_for(situation, product, head["words"])
        own = asked_for(situation, product, bare)
        narrowed = len(own) < len(product.variants)
        if narrowed or (pieces and not declined):
            words = f"{bare} . {head['words']}" if not _contradicts(before, own) else bare
            among = [] if narrowed else head["among"]
            opens[0] = head | {"words": words, "among": among, "quantity": pieces or head["quantity"]}
            return True
    if declined:
        opens.pop(0)
        return True
    return bool(named and named[0].product)


def _opens(situation: Situation, task: Task, more: str) -> bool:
    """Whether more goods are named; they are asked about next."""
    named = naming.mentions(situation, task, more)
    task.partial[OPEN] = [_opened(one) for one in named]
    return bool(named)


def _instead(text: str) -> bool:
    """Whether something else is wanted in place of what is open, and not beside it."""
    return changing.says_instead(text) and not changing.before_more(text)[1]


def _contradicts(before: Sequence[Variant], now: Sequence[Variant]) -> bool:
    return not {one.sku for one in before} & {one.sku for one in now}


def _of_basket(situation: Situation, task: Task, heard: Understanding, text: str) -> bool | None:
    """The answer to "anything else?". None: it is all; who says where it goes to wants nothing else either."""
    lines = task.partial[LINES]
    said_all = bool(matching.by_phrase(mend(situation, text), asking.pack_choices(situation, (ALL,))))
    said_all = said_all or any(move.value == ALL for move in heard.all("chooses"))
    if lines and any(entity.kind == "address" for entity in heard.entities):
        return True if (more := changing.before_more(text)[1]) and _opens(situation, task, more) else None
    lead, more = changing.before_more(text)
    changed = changing.changed(situation, lines, lead, cue=not said_all) if lead else None
    if changed is not None:
        task.partial[LINES] = changed
    named = [] if said_all or (changed is not None and not more) else naming.mentions(situation, task, more or text)
    if named:
        task.partial[OPEN] = [_opened(one) for one in named]
        return True
    if changed is not None:
        return True
    if lines and (said_all or heard.first("declines")):
        return None
    if lines and heard.first("agrees"):
        task.partial[MORE] = True
        return True
    return False
