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
_ELSE = r"(?:needs?|have to|has to|forget|find|see|tell|know|say|open|read|want|worry|mind|trace|locate|show)"
_CANNOT = (
    r"(?:can(?:not|'t|’t| not)|may not|(?:are|is)(?: not|n'?t|n’t) (?:able|allowed|possible|entitled)|no longer"
    r"|(?:do(?:n'?t|n’t| not)|wo(?:n'?t|n’t)|will not) (?:be |have (?:a|any|the) right|get|give|grant|offer|make|accept"
    r"|take|allow|let|issue|pay|do|(?=refund|return|cancel)))"
)
_GAP_EN = rf"\b(?:(?!\b{_ELSE}\b)[^.!?])"
_NO_PUEDE = (
    r"\bno (?:puede[sn]?|podr[áa][sn]?|podemos|se puede[n]?|es posible|aceptamos|admitimos|hacemos"
    r"|tiene[sn]? derecho)"
)
_GAP_ES = r"(?:(?!\b(?:encontr|ver\b|hall|localiz|decir|mostr|abrir|leer))[^.!?])"
_BACK_EN = r"(?:return|refund|send (?:it|them|this|that) back|withdraw|give (?:you )?your money)"
_BACK_ES = r"(?:devol|devuel|desist|reembols)"
_NOT_ZH = r"(?:不能|不可以?|无法|不予|不支持|概不|不接受)(?![以，])"
_GAP_ZH = r"(?:(?![找查看读打])[^。！？])"
# "… cannot be cancelled any more, but you can send it back": the right is kept by another door.
_INSTEAD_EN = r"[^.!?]*\byou can\b[^.!?]*\b(?:return|refuse)"
_INSTEAD_ES = r"[^.!?]*\bpuedes?\b[^.!?]*\b(?:devolv|rechaz)"
_INSTEAD_ZH = r"[^。！？]*可以[^。！？]*(?:退|拒收)"
_WORDS: tuple[tuple[tuple[RightKind, ...], str], ...] = (
    (_BACK, rf"\b{_CANNOT}{_GAP_EN}{{0,40}}?\b{_BACK_EN}"),
    (_BACK, r"\bno (?:returns|refunds|right (?:of|to) (?:withdraw\w*|return\w*))\b|\bnon-?refundable\b"),
    (_BACK, r"\b(?:returns|refunds|withdrawals?) (?:is|are) (?:not (?:possible|accepted|allowed)|impossible|excluded)"),
    (_BACK, r"\b(?:only|nothing but) (?:a |as )?(?:voucher|store credit)\b|\b(?:voucher|store credit) only\b"),
    (_FAULT, r"\b(?:no|out of|not (?:under|covered by)(?: the)?) (?:guarantee|warranty)\b"),
    (_FAULT, r"\b(?:guarantee|warranty) (?:is over|(?:has |is )?(?:expired|ended|run out))"),
    (_FAULT, r"\b(?:contact|turn to|write to|ask|go to) the manufacturer\b"),
    (_ENDING, rf"\b{_CANNOT}{_GAP_EN}{{0,30}}?\bcancel(?!{_INSTEAD_EN})"),
    (_ENDING, r"\bcancellations? (?:is|are) not (?:possible|accepted)"),
    (_BACK, rf"{_NO_PUEDE}{_GAP_ES}{{0,40}}?{_BACK_ES}|\bsin derecho a (?:devol|desist)|\bno reembolsable"),
    (_BACK, r"\bsolo[^.!?]{0,20}(?:un vale|crédito de tienda)"),
    (_FAULT, r"\bgarantía[^.!?]{0,25}(?:terminado|caducado|expirado|vencid)"),
    (_FAULT, r"\b(?:diríjase|contacte|contacta)[^.!?]{0,12}fabricante"),
    (_ENDING, rf"{_NO_PUEDE}{_GAP_ES}{{0,30}}?(?:cancel|anul)(?!{_INSTEAD_ES})"),
    (_BACK, rf"{_NOT_ZH}{_GAP_ZH}{{0,6}}?(?:退|撤销)|只能[^。！？]{{0,6}}(?:代金券|店铺余额|购物券)"),
    (_FAULT, r"(?:质保|保修)期?(?:已经?|早已)?过|过了(?:质保|保修)|不在(?:质保|保修)"),
    (_FAULT, r"(?:联系|找)(?:生产商|厂家|制造商)"),
    (_ENDING, rf"{_NOT_ZH}{_GAP_ZH}{{0,6}}?取消(?!{_INSTEAD_ZH})"),
)
_PATTERNS = tuple((kinds, re.compile(pattern, re.IGNORECASE)) for kinds, pattern in _WORDS)
# What only waits for the customer's word; and goods that the law itself exempts (Directive 2011/83/EU, Art. 16), which
# an article may name to a customer who bought others.
_DENIES_NOTHING = re.compile(
    r"\b(?:without|until|unless) you(?:r (?:yes|word|consent|agreement|confirmation|go-ahead)| (?:say|confirm|agree))"
    r"|\b(?:sin (?:su|tu) (?:sí|permiso|confirmación|consentimiento)|hasta que (?:usted |me |nos )*confirm)"
    r"|(?:没有|未经)您的|在您(?:确认|同意)(?:之)?前"
    r"|\b(?:gift cards?|perishables?|food|hygien\w*|underwear|made to (?:order|measure)|personali[sz]ed|engraved"
    r"|cut to (?:length|size)|downloads?|digital)\b"
    r"|\b(?:tarjetas? regalo|perecederos?|alimentos?|higi[eé]\w*|ropa interior|a medida|personalizad\w+|grabad\w+"
    r"|descargas?|digital\w*)\b"
    r"|礼品卡|易腐|食品|卫生|内衣|定制|定做|刻字|数字内容|下载",
    re.IGNORECASE,
)
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
        if _DENIES_NOTHING.search(sentence):
            continue
        kinds = {kind for names, pattern in _PATTERNS if pattern.search(sentence) for kind in names}
        for right, unknown in held:
            if right.kind in kinds:
                found.setdefault(right.name, Denied(sentence.strip(), right, unknown))
    return tuple(found.values())
