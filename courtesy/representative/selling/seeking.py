"""What is sought: the kind of goods, the price and the order of it, read from what a customer says. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from typing import Any

import regex

from courtesy.language.comparing import price_wish
from courtesy.language.text import flatten
from courtesy.pack.range import Kind
from courtesy.representative.matching import fold, words_of

_HAN = regex.compile(r"\p{Han}")
_N = r"[€$£¥]?\s?(\d{1,6}(?:[.,]\d{1,2})?)"
_MONEY = r"(?:\s?(?:€|eur|euros?|欧元|欧|\$|usd|dollars?|£))?"
_MOST = regex.compile(
    rf"\b(?:under|below|less than|up to|at most|max(?:imum)?(?: of)?|no more than|not more than|cheaper than|within|"
    rf"menos de|por debajo de|hasta|maximo|como mucho|no mas de|mas barat[oa]s? (?:que|de))\s+{_N}"
    rf"|(?:低于|不超过|少于|最多|不到)\s?{_N}|{_N}{_MONEY}\s?(?:以下|以内|之内|or less|o menos)"
)
_LEAST = regex.compile(
    rf"\b(?:over|above|more than|at least|from|starting at|mas de|por encima de|a partir de|desde|como minimo)\s+{_N}"
    rf"|(?:高于|超过|至少)\s?{_N}|{_N}{_MONEY}\s?(?:以上|or more|o mas)"
)
_BETWEEN = regex.compile(
    rf"\b(?:between|entre)\s+{_N}{_MONEY}\s?(?:and|y)\s+{_N}|{_N}{_MONEY}\s?(?:-|到|至)\s?{_N}\s?(?:€|eur|euro|欧)"
)
_CHEAP = regex.compile(
    r"\b(?:cheap|cheapest|cheaper|inexpensive|budget|less expensive|barat[oa]s?|economic[oa]s?)\b|便宜|实惠"
)
_CHEAPER = regex.compile(
    r"\b(?:cheaper|less expensive|mas barat[oa]s?|mas economic[oa]s?)\b|便宜(?:点|一点|些|一些)|更便宜"
)
_DEARER = regex.compile(
    r"\b(?:more expensive|better|higher end|dearer|mas car[oa]s?|mejor(?:es)?)\b|更贵|贵一点|更好|好一点"
)
_SOUGHT = regex.compile(
    r"\b(?:sell|sells|stock|carry|offer|looking for|look for|find me|need|want|after|have(?: you got)?|got|show me|"
    r"recommend|vend(?:eis|en|es)|tene(?:is)|tienen?|tienes|hay|busco|buscando|necesito|quiero|quisiera|ensename|"
    r"recomendais)\s+(?:any |some |a |an |the |un |una |unos |unas |algun |alguna |algunos |algunas |to buy )*"
    r"(?P<what>[^?.,;!]{2,60})"
)
_SOUGHT_HAN = regex.compile(
    r"(?:有没有|你们有|你们卖|卖不卖|还有|想买|要买|想找|在找|找|买|卖|有)(?:一些|一个|一件|一款|什么)?(?P<what>\p{Han}{1,10}?)"
    r"(?:吗|么|嘛|呢|卖|$|[?？。，])"
)
_ENDS = regex.compile(
    r"\b(?:for|under|below|less|up|in|with|at|that|which|please|here|too|on|around|between|cheaper|para|por|de menos|"
    r"menos|en|con|que|favor)\b.*"
)
_NO_GOODS = regex.compile(
    r"\b(?:discounts?|offers?|sales?|promotions?|coupons?|vouchers?|jobs?|work|time|questions?|problems?|help|account|"
    r"refund|descuentos?|ofertas?|rebajas|promociones|cupon(?:es)?|trabajo|empleo|tiempo|preguntas?|problemas?|ayuda|"
    r"cuenta|reembolso|devolver|cambiar|saber|know|return|exchange|cancel|cancelar|order|orders|pedido|pedidos)\b"
    r"|折扣|优惠|促销|招聘|问题|帮助|退货|退款|订单|服务"
)
_ANYTHING = frozenset(
    (
        *("something", "anything", "thing", "things", "some", "one", "ones", "it", "them", "this", "that"),
        *("algo", "cosa", "cosas", "eso", "esto", "东西", "什么", "哪些"),
    )
)
_WORD = regex.compile(r"^[\p{L}\p{M}\p{N}' -]{2,40}$")
MOST_WORDS = 4
_SHORT = 3


@dataclass(frozen=True, slots=True)
class Search:
    """What is sought. ``categories``: any of these; ``most`` and ``least``: price of a piece, both included;
    ``words``: everything said for it, for sizes, colours and places; ``sought``: the customer's own word for it."""

    categories: tuple[str, ...] = ()
    most: Decimal | None = None
    least: Decimal | None = None
    cheapest: bool = False
    words: str = ""
    sought: str = ""

    @property
    def asks_something(self) -> bool:
        return bool(self.categories or self.most is not None or self.least is not None or self.cheapest)


def read(text: str, kinds: Sequence[Kind]) -> Search:
    """What one text seeks; empty where it says nothing."""
    flat = flatten(text)
    categories = categories_in(text, kinds)
    most, least = _price(flat)
    cheapest = bool(_CHEAP.search(flat)) or price_wish(text) < 0
    return Search(categories, most, least, cheapest, without_prices(flat), "" if categories else sought_in(text))


def refine(before: Search, text: str, kinds: Sequence[Kind], shown: Sequence[Decimal]) -> Search:
    """The search before, narrowed by what is said now. ``shown``: prices of what was shown, for "cheaper"."""
    now = read(text, kinds)
    flat = flatten(text)
    narrowed = replace(
        before,
        categories=now.categories or before.categories,
        most=now.most if now.most is not None else before.most,
        least=now.least if now.least is not None else before.least,
        cheapest=now.cheapest or before.cheapest,
        words=f"{now.words} . {before.words}" if not now.categories else now.words,
        sought="",
    )
    if _CHEAPER.search(flat) and shown and now.most is None:
        return replace(narrowed, most=min(shown) - Decimal("0.01"), least=None)
    if _DEARER.search(flat) and shown and now.least is None:
        return replace(narrowed, least=max(shown) + Decimal("0.01"), most=None, cheapest=False)
    return narrowed


def narrows(text: str, kinds: Sequence[Kind]) -> bool:
    """Whether a text says something of price or kind that a search can take up."""
    found = read(text, kinds)
    return found.asks_something or bool(_DEARER.search(flatten(text)))


def categories_in(text: str, kinds: Sequence[Kind]) -> tuple[str, ...]:
    """The categories that the words name: the longest name wins, and a quality narrows what has several kinds."""
    hits: dict[str, str] = {}
    for kind in kinds:
        said = [word for word in kind.words if says(text, word)]
        if said:
            hits[kind.category] = max(said, key=len)
    longest = {
        category: word
        for category, word in hits.items()
        if not any(word != other and says(other, word) for other in hits.values())
    }
    fitting = [kind.category for kind in kinds if any(says(text, quality) for quality in kind.qualities)]
    if longest and fitting:
        both = tuple(category for category in longest if category in fitting)
        return both or tuple(longest)
    return tuple(longest or fitting)


def says(text: str, words: str) -> bool:
    """Whether words stand in a text one after the other, in singular or plural; in Han, as characters."""
    if _HAN.search(words):
        return fold(words) in fold(text)
    said, wanted = _stems(text), _stems(words)
    return bool(wanted) and any(said[i : i + len(wanted)] == wanted for i in range(len(said) - len(wanted) + 1))


def _stems(text: str) -> list[str]:
    """Words so cut that "impermeable" and "impermeables", "shoe" and "shoes" meet."""
    return [word.removesuffix("e") if len(word) > _SHORT else word for word in words_of(text)]


def _price(flat: str) -> tuple[Decimal | None, Decimal | None]:
    """(most, least)."""
    if found := _BETWEEN.search(flat):
        low, high = sorted(_decimal(one) for one in found.groups() if one)
        return high, low
    most, least = _MOST.search(flat), _LEAST.search(flat)
    return _first(most), _first(least)


def _first(found: Any) -> Decimal | None:
    return next((_decimal(one) for one in found.groups() if one), None) if found else None


def _decimal(written: str) -> Decimal:
    return Decimal(written.replace(",", "."))


def without_prices(flat: str) -> str:
    """The words without amounts, so that "under 42" names no size."""
    for pattern in (_BETWEEN, _MOST, _LEAST):
        flat = pattern.sub(" ", flat)
    return " ".join(flat.split())


def sought_in(text: str) -> str:
    """The customer's own word for what is sought, short enough to be said back; "" when none can be told."""
    flat = flatten(text)
    found = _SOUGHT.search(flat)
    if found:
        words = _ENDS.sub("", found["what"]).split()
        what = " ".join(words)
        plain = 0 < len(words) <= MOST_WORDS and _WORD.match(what) is not None
        return what if plain and not _ANYTHING & set(words) and not _NO_GOODS.search(what) else ""
    han = _SOUGHT_HAN.search(flat)
    unclear = han is None or any(word in han["what"] for word in _ANYTHING) or _NO_GOODS.search(flat)
    return "" if han is None or unclear else str(han["what"])


# --- kept in the memory of a talk -----------------------------------------------------------------


def kept(search: Search) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(search).items()}


def recalled(stored: Mapping[str, Any]) -> Search:
    return Search(**{**stored, "categories": tuple(stored.get("categories", ()))})
