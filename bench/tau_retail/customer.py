"""A scripted customer: says what stands on their card when it is asked for, agrees when asked to confirm, and leaves.

The customer sees the representative's words and buttons, and knows which kind of question was put; never the books,
never what the exam expects. A customer whose card names an e-mail address reads what is sent there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bench.tau_retail.script import Script, closest, sentences, words_of

_PAYING = re.compile(
    r"gift ?card|\bgc\b|paypal|credit card|visa|mastercard|amex|original (?:payment|method)|payment method",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<![\dA-Za-z])#?W?\d{7}\b")
_ADDRESS = re.compile(r"\d+ [A-Z]\w+|\baddress\b|default", re.IGNORECASE)
_SEVERAL = re.compile(r"\b(?:all|both|every|everything)\b", re.IGNORECASE)
_MISTAKE = re.compile(r"by mistake|mistake|accident", re.IGNORECASE)
_TROUBLE = (
    "refus",
    "out of stock",
    "alternatives",
    "nothing else",
    "not found",
    "no answer",
    "passed on",
    "not understood",
)
PATIENCE = 3  # the same answer so often, and the customer leaves
NO_MORE = "No, that is all. Thank you."
YES = "Yes, please."
ALL = "All of them."


@dataclass(frozen=True, slots=True)
class Heard:
    """A reply as the customer takes it in. ``asked`` and ``kind``: which question was put; "" when none."""

    text: str
    phrases: tuple[str, ...] = ()
    asked: str = ""
    kind: str = ""
    choices: tuple[str, ...] = ()  # what the buttons say
    code: str = ""  # the code sent to the customer's mailbox


@dataclass
class Customer:
    script: Script
    said: list[str] = field(default_factory=list)
    spent: set[str] = field(default_factory=set)
    asked_before: set[str] = field(default_factory=set)
    at_hand: list[str] = field(default_factory=list)  # parts of the opening, said one by one when it was too much

    def open(self) -> str:
        return self._say(" ".join((*self.script.facts, self.script.opening)))

    def answer(self, heard: Heard) -> str:
        """What the customer says next; "" when they leave."""
        text = self._answer(heard)
        if not text or self.said.count(text) >= PATIENCE:
            return ""
        return self._say(text)

    def _say(self, text: str) -> str:
        self.said.append(text)
        return text

    def _answer(self, heard: Heard) -> str:
        trouble = any(word in phrase for phrase in heard.phrases for word in _TROUBLE)
        if trouble and heard.kind != "identity" and (more := self._next(self.script.conditions)):
            return more
        if heard.kind == "confirm":
            return self._next(self.script.at_confirmation) or YES
        if heard.kind in ("identity", "code"):
            return heard.code if heard.kind == "code" and heard.code else self.script.who
        if heard.asked:
            return self._to_question(heard)
        return self._something_else(heard)

    def _next(self, texts: Sequence[str]) -> str:
        """The first of these that was not said yet."""
        for text in texts:
            if text not in self.spent:
                self.spent.add(text)
                return text
        return ""

    def _something_else(self, heard: Heard) -> str:
        if any("not understood" in phrase for phrase in heard.phrases) and not self.at_hand:
            self.at_hand = sentences(self.script.opening)
        return self._next((*self.at_hand, *self.script.later)) or (NO_MORE if NO_MORE not in self.said else "")

    # --- answers to questions -----------------------------------------------------------------

    def _to_question(self, heard: Heard) -> str:
        for what, answer in self.script.asked:
            if answer not in self.spent and words_of(what) & words_of(f"{heard.asked} {heard.text}"):
                self.spent.add(answer)
                return answer
        return _ANSWERS.get(heard.asked, Customer._wish)(self, heard)

    def _order(self, heard: Heard) -> str:
        numbers: list[str] = [one for text in self.script.all for one in _NUMBER.findall(text)]
        unsaid = [one for one in numbers if not any(one in said for said in self.said)]
        if unsaid:
            return unsaid[0]
        several = len(heard.choices) > 1 and _SEVERAL.search(self.script.opening)
        if several and ALL not in self.said:
            return ALL
        one = self._picked(heard) or (self._first_unnamed(heard) if several else "")
        return one or "I don't remember the order number."

    def _why(self, heard: Heard) -> str:
        text = " ".join(self.script.all)
        return "I ordered it by mistake." if _MISTAKE.search(text) else "It is no longer needed."

    def _paying(self, heard: Heard) -> str:
        told = [text for text in self.script.all if _PAYING.search(text)]
        return told[0] if told else "Please use the original payment method."

    def _place(self, heard: Heard) -> str:
        told = [text for text in self.script.all if _ADDRESS.search(text)]
        return told[0] if told else self.script.who

    def _wish(self, heard: Heard) -> str:
        """What the card says about the thing asked for; the first time in its own words, then by choosing."""
        about = closest(self.script.all, heard.text)
        fresh = [text for text in (*about, *sentences(self.script.opening)) if text not in self.said]
        answered_before = heard.asked in self.asked_before
        self.asked_before.add(heard.asked)
        if answered_before and (picked := self._picked(heard)):
            return picked
        return (fresh[0] if fresh else "") or self._picked(heard) or self.script.opening

    def _first_unnamed(self, heard: Heard) -> str:
        """Of buttons that say the same to the customer, the first that was not named yet."""
        return next((one for one in heard.choices if one not in self.said), "")

    def _picked(self, heard: Heard) -> str:
        """The button that the card's words point to best."""
        if not heard.choices:
            return ""
        unnamed = [one for one in heard.choices if one not in self.said] or list(heard.choices)
        bags = [words_of(one) for one in unnamed]
        shared = set.intersection(*bags) if len(bags) > 1 else set()
        for texts in (self.said[-1:], self.said[-2:], self.script.all):
            wanted = words_of(" ".join(texts)) - shared
            scores = [len(bag & wanted) for bag in bags]
            best = max(scores)
            if best and scores.count(best) == 1:
                return unnamed[scores.index(best)]
        return ""


_ANSWERS: dict[str, Callable[[Customer, Heard], str]] = {
    "order": Customer._order,
    "cancel reason": Customer._why,
    "payment means": Customer._paying,
    "refund to": Customer._paying,
    "new address": Customer._place,
}
