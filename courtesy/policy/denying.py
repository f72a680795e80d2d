"""Finds sentences that deny a right the customer has, or may have, by law. Pure: words in, rights out.

The words are few and plain, so that what is found can be shown and argued with. A sentence that is found although it
denies nothing costs a colleague one line; one that is missed is still held by the guard, which no words move.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from courtesy.policy.guard import Fact, standing
from courtesy.policy.rights.model import Right, RightKind

_FAULT: tuple[RightKind, ...] = ("conformity",)
_BACK: tuple[RightKind, ...] = ("withdrawal", "conformity")
_ENDING: tuple[RightKind, ...] = ("cancellation", "delay")
_CANNOT = (
    r"(?:can(?:not|'t|’t| not)|may not|(?:are|is) not (?:able|allowed|possible|entitled)"
    r"|(?:don'?t|do not|won'?t|will not)(?: be)?(?: able)?(?: to)?|no longer)"
)
_NO_PUEDE = (
    r"\bno (?:puede[sn]?|podr[áa][sn]?|podemos|se puede[n]?|es posible|aceptamos|admitimos|hacemos"
    r"|tiene[sn]? derecho)"
)
_BACK_EN = r"(?:return|refund|send (?:it|them|this|that) back|withdraw|give (?:you )?your money)"
_BACK_ES = r"(?:devol|devuel|desist|reembols)"
_NOT_ZH = r"(?:不能|不可以?|无法|不予|不支持|概不|不接受)"
_WORDS: tuple[tuple[tuple[RightKind, ...], str], ...] = (
    (_BACK, rf"\b{_CANNOT}\b[^.!?]{{0,40}}\b{_BACK_EN}"),
    (_BACK, r"\bno (?:returns|refunds|right (?:of|to) (?:withdraw\w*|return\w*))\b|\bnon-?refundable\b"),
    (_BACK, r"\b(?:returns|refunds|withdrawals?) (?:is|are) (?:not (?:possible|accepted|allowed)|impossible|excluded)"),
    (_BACK, r"\b(?:only|nothing but) (?:a |as )?(?:voucher|store credit)\b|\b(?:voucher|store credit) only\b"),
    (_FAULT, r"\b(?:no|out of|not (?:under|covered by)(?: the)?) (?:guarantee|warranty)\b"),
    (_FAULT, r"\b(?:guarantee|warranty) (?:is over|(?:has |is )?(?:expired|ended|run out))"),
    (_FAULT, r"\b(?:contact|turn to|write to|ask|go to) the manufacturer\b"),
    (_ENDING, rf"\b{_CANNOT}\b[^.!?]{{0,30}}\bcancel|\bcancellations? (?:is|are) not (?:possible|accepted)"),
    (_BACK, rf"{_NO_PUEDE}[^.!?]{{0,40}}{_BACK_ES}|\bsin derecho a (?:devol|desist)|\bno reembolsable"),
    (_BACK, r"\bsolo[^.!?]{0,20}(?:un vale|crédito de tienda)"),
    (_FAULT, r"\bgarantía[^.!?]{0,25}(?:terminado|caducado|expirado|vencid)"),
    (_FAULT, r"\b(?:diríjase|contacte|contacta)[^.!?]{0,12}fabricante"),
    (_ENDING, rf"{_NO_PUEDE}[^.!?]{{0,30}}(?:cancel|anul)"),
    (_BACK, rf"{_NOT_ZH}[^。！？]{{0,6}}(?:退|撤销)|只能[^。！？]{{0,6}}(?:代金券|店铺余额|购物券)"),
    (_FAULT, r"(?:质保|保修)期?(?:已经?|早已)?过|过了(?:质保|保修)|不在(?:质保|保修)"),
    (_FAULT, r"(?:联系|找)(?:生产商|厂家|制造商)"),
    (_ENDING, rf"{_NOT_ZH}[^。！？]{{0,6}}取消"),
)
_PATTERNS = tuple((kinds, re.compile(pattern, re.IGNORECASE)) for kinds, pattern in _WORDS)
_SENTENCES = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])|\n")


@dataclass(frozen=True, slots=True)
class Denied:
    """A sentence, and the right that it denies. ``unknown``: facts that were missing to tell whether it is there."""

    sentence: str
    right: Right
    unknown: tuple[str, ...] = ()


def denied_in(text: str, rights: Iterable[Right], facts: Mapping[str, Fact], on: date) -> tuple[Denied, ...]:
    """Each sentence that denies a right in force which stands, or may stand, on these facts; each right once."""
    standings = [(right, *standing(right, facts)) for right in rights if right.in_force(on)]
    held = [(right, unknown) for right, fits, unknown in standings if fits != "no"]
    found: dict[str, Denied] = {}
    for sentence in _SENTENCES.split(text):
        kinds = {kind for names, pattern in _PATTERNS if pattern.search(sentence) for kind in names}
        for right, unknown in held:
            if right.kind in kinds:
                found.setdefault(right.name, Denied(sentence.strip(), right, unknown))
    return tuple(found.values())
