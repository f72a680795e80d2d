"""New variants: which size or colour the customer wants instead, for each chosen line."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from courtesy.commerce.port import Line, Product, Variant
from courtesy.language.understanding import Choice
from courtesy.pack.model import Ask
from courtesy.representative import asking, fields, items, matching
from courtesy.representative.memory import Task
from courtesy.representative.mending import mend
from courtesy.representative.products import names, option_labels, options_of, product_name, variant_label
from courtesy.representative.situation import Situation
from courtesy.representative.slots import Found, Words
from courtesy.representative.wished import Wish, best, changes_more, fitting, ordered, wish_of
from courtesy.representative.wording import money_text


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
    """The texts that speak of this line: all of them when it is the only one; an answer adds to what was said."""
    if len(lines) == 1:
        before = [text for text in task.words if text not in words.texts] if words.asked else []
        return [*before, *words.texts]
    own = items.choices_of(situation, task, [one.id for one in lines])
    choice = next(choice for choice in own if choice.value == line.id)
    about = [matching.part_about(text, choice, own) for text in (task.words if words.asked else words.texts)]
    if not words.about:
        return about
    return [*about, *words.texts] if words.about == line.id else []


def _for_line(situation: Situation, line: Line, texts: list[str], words: Words) -> Found:
    product = situation.shop.product(line.product)
    if product is None:
        return Found(phrase="ask: new variants", about=line.id, fields={"item": line.label})
    by_sku = {variant.sku: variant for variant in product.variants}
    if picked := words.picked(list(by_sku)):
        return Found(picked[0])
    named = [sku for sku in by_sku if sku != line.sku and any(matching.contains(text, sku) for text in texts)]
    if len(named) == 1:
        return Found(named[0])
    values = [value for options in options_of(product).values() for value in options]
    texts = [mend(situation, text, also=(*options_of(product), *values)) for text in texts]
    wish = wish_of(options_of(product), line.options, texts, partial(names, situation))
    if not wish:
        return _ask(situation, product, line, _in_stock(product, line))
    return _wished(situation, product, line, wish)


def _wished(situation: Situation, product: Product, line: Line, wish: Wish) -> Found:
    """The one variant that the wish points to; the few it leaves open are asked about; none in stock is told."""
    fits = fitting(wish, _in_stock(product, line))
    points = best(wish, line.options, fits)
    target = {**line.options, **{option: values[0] for option, values in wish.demanded.items()}}
    exists = any(dict(variant.options) == target for variant in product.variants)
    if points and (wish.price or not exists or not changes_more(wish, line.options, points[0])):
        if len(points) == 1:
            return Found(points[0].sku)
        return _ask(situation, product, line, points)
    wanted = {option: values[0] for option, values in wish.demanded.items()}
    others = [one for one in _alternatives(product, line, wanted) if one not in fits]
    return _unavailable(situation, product, line, target, [*fits, *others])


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
        scale = ordered(values)
        if option in wanted and wanted[option] in scale and variant.options.get(option) in scale:
            total += abs(scale.index(variant.options[option]) - scale.index(wanted[option]))
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
