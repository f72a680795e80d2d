"""Finding: what a customer looks for is shown and narrowed down until one product is meant; or it is not sold here."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import regex

from courtesy.commerce.port import Product
from courtesy.knowledge.finding import find
from courtesy.language.text import flatten
from courtesy.language.understanding import Choice, Question, Understanding
from courtesy.pack.fields import every_step
from courtesy.pack.model import LookUp, Procedure
from courtesy.representative import asking, informing, matching, memory, products
from courtesy.representative.memory import Task
from courtesy.representative.mending import mend
from courtesy.representative.ordering import placing
from courtesy.representative.selling import browsing, seeking
from courtesy.representative.selling.browsing import SHOWN, Fit
from courtesy.representative.situation import Situation
from courtesy.representative.wishes import SURE
from courtesy.representative.wording import phrase_of

KIND = "range"  # of the question which of the shown products it shall be
MOST_WORDS = 60  # letters of an answer that merely narrows a search
_FEW = 3
_BARE = 6  # words: who says more tells of something
_NOT_BARE = ("order number", "product", "e-mail")
_HAN_FROM = 0x2E80
_ASKS = regex.compile(r"[?？]|吗|么")
_COMPARES = regex.compile(r"\b(?:compar\w+|differences?|diferencias?|versus|vs)\b|比较|对比|区别")
_BUYS = regex.compile(
    r"\b(?:(?:ill|i will|id like to|i would like to|i want to|want to|can i|let me|please) (?:take|buy|order|have|get)|"
    r"(?:id like|i would like|ill have|give me) (?:one|two|three|four|five|\d+)|"
    r"(?:quiero|querria|quisiera|dame) (?:un[oa]?|dos|tres|cuatro|cinco|\d+)|"
    r"^(?:take|buy|order)|add|me (?:lo|la|los|las)? ?(?:llevo|quedo)|quiero (?:comprar|pedir|encargar)|compro|"
    r"ponme|anade|pideme)\b|我要|我买|购买|下单|订购|来(?:一|两|三|个)"
)


def look_up_range(situation: Situation, task: Task) -> bool:
    """Look through the range for what the words say. The talk goes on with the shown products, not with this task."""
    asked = bool(task.tries.get("range"))
    text = mend(situation, task.words[-1] if asked and task.words else " . ".join(task.words))
    if named := _named(situation, task):
        task.looked["range"] = named
        show_product(situation, task, named)
        return True
    search = browsing.read(situation, [text])
    if not search.asks_something and not search.sought and " . " in text:
        search = replace(search, sought=_bare(text))
    if not search.asks_something and not search.sought and not asked and _says_more(text):
        task.looked["range"] = "no"
        _answer_or_pass_on(situation, text, task)
        return True
    if not search.asks_something and not search.sought and not asked:
        task.tries["range"] = 1
        asking.ask(situation, task, Question("product", KIND), "ask: sought")
        return False
    task.looked["range"] = "yes"
    if search.asks_something and (search.categories or not search.sought):
        show(situation, task, search)
    else:
        not_sold(situation, search.sought or _bare(text), " . ".join(task.words))
    return True


def _says_more(text: str) -> bool:
    """Whether a question of its own stands in the words, not only that something is looked for."""
    return sum(2 if ord(char) > _HAN_FROM else 1 for char in text) > MOST_WORDS // 2 and bool(_ASKS.search(text))


def _answer_or_pass_on(situation: Situation, text: str, task: Task) -> None:
    """It was no goods that the customer asked about: an article answers, or a colleague."""
    passage = find(situation.pack, text, situation.language, at=situation.at)
    if passage is not None:
        informing.tell(situation, text, passage)
    else:
        informing.pass_on(situation, text, f"question:{task.id}")


def _named(situation: Situation, task: Task) -> str:
    """The one product that is named, by its whole name or by a word that only it has."""
    if picked := task.slots.get("product"):
        return str(picked)
    words = " ".join(task.words)
    named = {
        str(entity.value)
        for one in situation.heard
        for entity in one.entities
        if entity.kind == "product" and entity.text in words
    }
    return named.pop() if len(named) == 1 else ""


def _bare(text: str) -> str:
    """An answer of a word or two is what is sought."""
    words = flatten(text).split(" . ")[-1].strip(" .?!¿¡。？")
    return words if 0 < len(words.split()) <= _FEW and words.replace(" ", "").isalpha() else ""


def not_sold(situation: Situation, sought: str, words: str) -> None:
    """An article may know of it although it is no product; else it is said plainly that we do not sell it."""
    passage = find(situation.pack, words, situation.language, at=situation.at)
    if passage is not None and sought and seeking.says(passage.text, sought):
        informing.tell(situation, words, passage)
        return
    situation.say("range: not sold" if sought else "range: nothing of that kind", sought=sought)


def show(situation: Situation, task: Task | None, search: seeking.Search) -> None:
    """The first few that fit, and how many more there are; where none fits, what comes near."""
    fits = browsing.fitting(situation, search)
    near = [] if fits else _near(situation, search)
    there = [fit for fit in fits if fit.there]
    shown = (there or fits or near)[:SHOWN]
    if not shown:
        situation.say("range: nothing fits")
        situation.dialogue.range = {"search": seeking.kept(search), "shown": [], "prices": []}
        return
    if near:
        situation.say("range: nothing fits")
    choices = tuple(browsing.choice_of(situation, fit) for fit in shown)
    _remember(situation, search, shown)
    if task is not None:
        task.status = "done"
    phrase = "range: near" if near else "range: one" if len(fits) == 1 else "range: found"
    more = len(there or fits) - len(shown) if not near else 0
    if near:
        situation.say(phrase, options=browsing.listed(choices))
    else:
        situation.say(phrase, options=browsing.listed(choices), more=more or None)
    put(situation, choices)


def _near(situation: Situation, search: seeking.Search) -> list[Fit]:
    """What comes near when nothing fits: the same kind without the words for size and colour, then at any price."""
    plain = seeking.Search(search.categories, search.most, search.least, search.cheapest)
    for wider in (plain, seeking.Search(search.categories)):
        if search.categories and (fits := [fit for fit in browsing.fitting(situation, wider) if fit.there]):
            return fits
    return []


def _remember(situation: Situation, search: seeking.Search, shown: list[Fit]) -> None:
    situation.dialogue.range = {
        "search": seeking.kept(search),
        "shown": [fit.product.id for fit in shown],
        "prices": [fit.price.amount for fit in shown],
    }


def put(situation: Situation, choices: tuple[Choice, ...]) -> None:
    """Ask which of the shown products it shall be; an answer may as well narrow the search."""
    asking.ask(situation, None, Question(KIND, KIND, choices), "ask: which product")


def show_product(situation: Situation, task: Task | None, id: str) -> None:
    """One product: its price, where it is in stock, and what is there instead when it is not."""
    product = situation.shop.product(id)
    if product is None:
        return
    situation.dialogue.product = id
    told = products.fields_of(situation, product, task.words if task else [])
    there = [variant for variant in product.variants if browsing.is_there(variant)]
    state = phrase_of(situation.pack, situation.language, "range: there" if there else "out of stock") or ""
    about = product.description.get(situation.language, "")
    sizes = browsing.sizes_text(situation, there)
    situation.say("range: product", **told | {"stock": state, "sizes": sizes, "text": about})
    if not there:
        substitutes(situation, id, [])


def looks_through(procedure: Procedure | None, what: str = "range") -> bool:
    steps = every_step(procedure.steps) if procedure is not None else ()
    return any(isinstance(step, LookUp) and step.what == what for step in steps)


# --- answers --------------------------------------------------------------------------------------


def take_answer(
    situation: Situation, task: Task, question: Question, understanding: Understanding, text: str, chosen: Any
) -> bool:
    """The answer to "what are you looking for?"."""
    task.words.append(text)
    return True


def take(situation: Situation, understanding: Understanding, text: str, chosen: Any) -> bool:
    """One of the shown products by number, name or button; or words that narrow the search."""
    stored = situation.dialogue.question
    asked = stored is not None and stored["kind"] == KIND and not stored["task"]
    if not asked:
        return stored is None and _narrowed(situation, understanding, text)
    choices = memory.question_from_json(stored).choices if stored else ()
    situation.dialogue.question = None
    if chosen is None and _wants_other(situation, understanding):
        return False
    if chosen is None and (name := _compares(situation, text)):
        situation.dialogue.tasks.append(Task.open(name, text))
        return True
    picked = _picked(situation, choices, understanding, text, chosen)
    if chosen is None and _begin_order(situation, understanding, picked, text):
        return True
    if picked:
        show_product(situation, None, picked)
        return True
    if understanding.first("declines"):
        situation.say("range: as you like")
        return True
    return _narrowed(situation, understanding, text)


def _compares(situation: Situation, text: str) -> str:
    """The company's procedure that compares, where that is what is said of the shown products."""
    if not _COMPARES.search(flatten(text)):
        return ""
    return next((one.name for one in situation.pack.procedures.values() if looks_through(one, "comparison")), "")


def _wants_other(situation: Situation, understanding: Understanding) -> bool:
    """Whether something else than a look through the range is surely wanted; to order what is shown is no other."""
    return any(
        move.probability >= SURE and not looks_through(procedure) and not placing.places(procedure)
        for move in understanding.all("wants")
        if (procedure := situation.pack.procedures.get(move.target)) is not None
    )


def _picked(
    situation: Situation, choices: tuple[Choice, ...], understanding: Understanding, text: str, chosen: Any
) -> str:
    values = [choice.value for choice in choices]
    move = understanding.first("chooses")
    for value in (chosen, move.value if move else None):
        if value in values:
            return str(value)
    if seeking.narrows(text, ()) or "?" in text or "？" in text:
        return ""
    if (entity := understanding.entity("product")) and entity.value in values:
        return str(entity.value)
    hits = matching.by_hint(mend(situation, text), choices)
    if not hits and len(values) == 1 and understanding.first("agrees"):
        return str(values[0])
    return str(hits[0].value) if len(hits) == 1 else ""


def _begin_order(situation: Situation, understanding: Understanding, product: str, text: str) -> bool:
    """ "I'll take the first one": an order begins, with the product where it is told."""
    procedure = placing.procedure_of(situation)
    said = understanding.first("wants")
    wants = said is not None and procedure is not None and said.target == procedure.name and said.probability >= SURE
    if procedure is None or not (wants or _BUYS.search(flatten(text))):
        return False
    task = Task.open(procedure.name, text)
    if product:
        task.slots["product"] = product
    situation.dialogue.tasks.append(task)
    return True


def begin_order(situation: Situation, understanding: Understanding) -> bool:
    """ "I'll take it", after a product was looked at, however unsure the rest of it is."""
    known = situation.dialogue.product or situation.dialogue.range
    if not known or situation.dialogue.question is not None or situation.dialogue.current() is not None:
        return False
    return bool(_BUYS.search(flatten(understanding.text))) and _begin_order(
        situation, understanding, "", understanding.text
    )


def _narrowed(situation: Situation, understanding: Understanding, text: str) -> bool:
    """ "Cheaper", "in blue", "size 42": the search before, with what is said now. A product of another kind, an order
    and anything long is none."""
    before = situation.dialogue.range
    if not before or len(text) > MOST_WORDS or situation.dialogue.current() is not None:
        return False
    if understanding.entity("product") or understanding.entity("order number") or _BUYS.search(flatten(text)):
        return False
    tasks = situation.dialogue.tasks
    if tasks and not looks_through(situation.procedure(tasks[-1])):
        return False
    known = browsing.kinds(situation)
    text = mend(situation, text)
    wants = understanding.first("wants")
    if _wants_other(situation, understanding) or (wants and seeking.categories_in(text, known)):
        return False
    sizes = any(entity.kind in ("size", "colour") for entity in understanding.entities)
    named = any(matching.contains(text, value) for value in browsing.option_values(situation))
    if not (sizes or named or seeking.narrows(text, known)):
        return False
    search = seeking.refine(seeking.recalled(before["search"]), text, known, before["prices"])
    if not search.categories:
        return False
    show(situation, None, search)
    return True


def take_bare(situation: Situation, understanding: Understanding) -> bool:
    """ "Boots size 42 under 200": a kind of goods and nothing else that is understood."""
    if situation.dialogue.question is not None or situation.dialogue.current() is not None:
        return False
    named = any(entity.kind in _NOT_BARE for entity in understanding.entities)
    longer = len(understanding.text) > MOST_WORDS or len(understanding.text.split()) > _BARE
    if longer or named or understanding.alternatives:
        return False
    name = next((one.name for one in situation.pack.procedures.values() if looks_through(one)), "")
    if not name or not browsing.read(situation, [mend(situation, understanding.text)]).categories:
        return False
    situation.dialogue.tasks.append(Task.open(name, understanding.text))
    return True


# --- what there is instead ------------------------------------------------------------------------


def substitutes(situation: Situation, id: str, words: list[str]) -> None:
    """Other products of the same kind that can be had in what was asked for, the nearest in price first."""
    product = situation.shop.product(id)
    if product is None or not product.variants:
        return
    said = " . ".join(words)
    asked = products.asked_for(situation, product, said)
    place = browsing.place_named(situation, said, product)
    if any(browsing.is_there(variant, place) for variant in asked):
        return
    others = browsing.nearest(situation, product, _options_only(said, product))
    if not others:
        return
    choices = tuple(browsing.choice_of(situation, fit) for fit in others)
    situation.say("range: instead", options=browsing.listed(choices))
    _remember(situation, seeking.Search((product.category,)), others)


def _options_only(said: str, product: Product) -> str:
    """The words without the product's own name."""
    flat = matching.fold(said)
    for name in (product.name, *product.names.values()):
        flat = flat.replace(matching.fold(name), " ")
    return flat


def look_up_substitutes(situation: Situation, task: Task) -> bool:
    """After the stock of a product was told: what there is instead, where it is sold out."""
    task.looked["substitutes"] = "yes"
    if id := task.looked.get("product") or task.looked.get("stock"):
        substitutes(situation, id, task.words)
    return True
