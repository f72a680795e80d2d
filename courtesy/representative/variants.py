"""New variants: which size or colour the customer wants instead, for each chosen line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from courtesy.commerce.port import Line, Product, Variant
from courtesy.language.understanding import Choice
from courtesy.pack.model import Ask
from courtesy.representative import asking, fields, items, matching
from courtesy.representative.memory import Task
from courtesy.representative.products import names, option_labels, options_of, product_name, variant_label
from courtesy.representative.situation import Situation
from courtesy.representative.slots import Found, Words
from courtesy.representative.wording import money_text

_SIZES = ("XXS", "XS", "S", "M", "L", "XL", "XXL", "XXXL", "3XL", "4XL")
_NEGATED = re.compile(
    r"(?:\b(?:not|no|isn't|instead of|rather than|en vez de|en lugar de)\b|不是|不要|而不是)"
    r"\s*(?:the |a |el |la |un |una )?[\w.]+",
    re.IGNORECASE,
)


def read(situation: Situation, task: Task, step: Ask, words: Words) -> Found:
    """A dict line → sku. What cannot be told for a line is asked for that line, with what is in stock."""
    number = task.looked.get("order") or task.slots.get("order")
    order = situation.order(str(number)) if number else None
    chosen = [order.line(str(item["line"])) for item in task.slots.get("items") or ()] if order else []
    lines = [line for line in chosen if line is not None]
    known: dict[str, str] = {str(line): sku for line, sku in (task.partial.get(step.slot) or {}).items()}
    first: Found | None = None
    for line in lines:
        said = _said_of(situation, task, line, lines, words)
        found = _for_line(situation, line, said, words)
        if found.value is not None:
            known[line.id] = found.value
        elif line.id not in known and first is None:
            first = found
    wanted = {line.id for line in lines}
    task.partial[step.slot] = {line: sku for line, sku in known.items() if line in wanted}
    if lines and wanted <= set(known):
        return Found({line: known[line] for line in wanted})
    return first or Found()


def chosen(situation: Situation, task: Task, step: Ask, value: Any) -> bool:
    """A button: the sku for the line that was asked about; false while other lines are open."""
    about = (situation.dialogue.question or {}).get("text", "")
    known = dict(task.partial.get(step.slot) or {})
    known[about] = value
    task.partial[step.slot] = known
    if all(str(item["line"]) in known for item in task.slots.get("items") or ()):
        task.slots[step.slot] = known
    return True


def _said_of(situation: Situation, task: Task, line: Line, lines: list[Line], words: Words) -> list[str]:
    """The texts that speak of this line: all of them when it is the only one, or the one asked about."""
    if len(lines) == 1 or words.about == line.id:
        return list(words.texts)
    if words.about:
        return []
    own = items.choices_of(situation, task, [one.id for one in lines])
    choice = next(choice for choice in own if choice.value == line.id)
    return [matching.part_about(text, choice, own) for text in words.texts]


def _for_line(situation: Situation, line: Line, texts: list[str], words: Words) -> Found:
    product = situation.shop.product(line.product)
    if product is None:
        return Found(phrase="ask: new variants", about=line.id, fields={"item": line.label})
    by_sku = {variant.sku: variant for variant in product.variants}
    if picked := words.picked(list(by_sku)):
        return Found(picked[0])
    wanted = _wanted(situation, product, line, texts)
    if not wanted:
        return _ask(situation, product, line, _in_stock(product, line))
    target = {**line.options, **wanted}
    exact = next((variant for variant in product.variants if dict(variant.options) == target), None)
    if exact is not None and exact.available:
        return Found(exact.sku)
    near = [one for one in _in_stock(product, line) if all(one.options.get(k) == v for k, v in wanted.items())]
    if exact is None and len(near) == 1:
        return Found(near[0].sku)
    others = near if exact is None and near else _alternatives(product, line, wanted)
    return _unavailable(situation, product, line, target, others)


# --- what was said -------------------------------------------------------------------------------


def _wanted(situation: Situation, product: Product, line: Line, texts: list[str]) -> dict[str, str]:
    """Option → value that was named and is not what the line has now; later words win over earlier ones."""
    wanted: dict[str, str] = {}
    for text in texts:
        said = _NEGATED.sub(" ", text)
        for option, values in options_of(product).items():
            hits = [value for value in values if names(situation, said, value)]
            longest = [value for value in hits if not any(value != other and value in other for other in hits)]
            others = [value for value in longest if value != line.options.get(option)]
            if len(others) == 1:
                wanted[option] = others[0]
            elif not others and (value := _stepped(situation, said, option, values, line)):
                wanted[option] = value
    return wanted


def _stepped(situation: Situation, text: str, option: str, values: list[str], line: Line) -> str:
    """ "One size bigger": the next value in the order of sizes."""
    ordered = sorted(values, key=_size)
    if any(_size(value) == (2, Decimal(0), value) for value in values) or line.options.get(option) not in ordered:
        return ""
    step = 0
    if matching.by_phrase(text, asking.pack_choices(situation, ("bigger",))):
        step = 1
    elif matching.by_phrase(text, asking.pack_choices(situation, ("smaller",))):
        step = -1
    place = ordered.index(line.options[option]) + step
    return ordered[place] if step and 0 <= place < len(ordered) else ""


def _size(value: str) -> tuple[int, Decimal, str]:
    if value.upper() in _SIZES:
        return 0, Decimal(_SIZES.index(value.upper())), ""
    try:
        return 1, Decimal(value), ""
    except InvalidOperation:
        return 2, Decimal(0), value


# --- what to ask ---------------------------------------------------------------------------------


def _in_stock(product: Product, line: Line) -> list[Variant]:
    return [one for one in product.variants if one.available and one.sku != line.sku]


def _alternatives(product: Product, line: Line, wanted: Mapping[str, str]) -> list[Variant]:
    """What is in stock, nearest first: as many wished options as possible, then as many as now."""

    def closeness(variant: Variant) -> tuple[int, int, int]:
        wished = sum(variant.options.get(name) == value for name, value in wanted.items())
        same = sum(variant.options.get(name) == value for name, value in line.options.items() if name not in wanted)
        return -wished, -same, _distance(product, variant, wanted)

    return sorted(_in_stock(product, line), key=closeness)


def _distance(product: Product, variant: Variant, wanted: Mapping[str, str]) -> int:
    """How many sizes away from the wished one."""
    total = 0
    for option, values in options_of(product).items():
        ordered = sorted(values, key=_size)
        if option in wanted and wanted[option] in ordered and variant.options.get(option) in ordered:
            total += abs(ordered.index(variant.options[option]) - ordered.index(wanted[option]))
    return total


def _choices(situation: Situation, product: Product, variants: list[Variant]) -> tuple[Choice, ...]:
    made = []
    for variant in variants[: asking.SHOWN]:
        label = variant_label(situation, variant.options)
        if len({one.price for one in product.variants}) > 1:
            label = f"{label} – {money_text(variant.price, situation.language)}"
        said = tuple(name for value in variant.options.values() for name in option_labels(situation, value))
        made.append(Choice(variant.sku, label, (variant.label, *said)))
    return tuple(made)


def _ask(situation: Situation, product: Product, line: Line, variants: list[Variant]) -> Found:
    name = fields.line_name(situation, line)
    if not variants:
        shown = {"product": product_name(situation, product), "variant": ""}
        return Found(problem="variant out of stock", phrase="ask: outcome", about=line.id, fields=shown)
    return Found(
        choices=_choices(situation, product, variants),
        about=line.id,
        fields={"item": name, "items": [name]},
        list_options=True,
    )


def _unavailable(
    situation: Situation, product: Product, line: Line, target: Mapping[str, str], others: list[Variant]
) -> Found:
    shown = {
        "product": product_name(situation, product),
        "variant": variant_label(situation, target),
        "item": fields.line_name(situation, line),
    }
    if not others:
        return Found(problem="variant out of stock", phrase="nothing else in stock", about=line.id, fields=shown)
    return Found(
        choices=_choices(situation, product, others),
        problem="variant out of stock",
        phrase="alternatives",
        fields=shown,
        list_options=True,
        about=line.id,
    )
