"""Payment cards and bank accounts: found so that they can be masked; their digits never leave this file."""

from __future__ import annotations

from collections.abc import Iterator

from courtesy.language.entities.amounts.spoken import spelt
from courtesy.language.masking import CARD, IBAN, iban_valid, is_card
from courtesy.language.text import Heard
from courtesy.language.understanding import Context, Entity, EntityKind


def cards(heard: Heard, context: Context) -> Iterator[Entity]:
    for found in CARD.finditer(heard.clean):
        if is_card(found[0]):
            yield _hidden(heard, "card number", found.span(), found[0])
    if (said := spelt(heard.flat)) is not None:
        for found in CARD.finditer(said.text):
            if is_card(found[0]):
                shown = f"…{found[0][-4:]}"
                yield Entity("card number", shown, heard.span(*said.place(*found.span())), shown)
    for found in IBAN.finditer(heard.clean):
        if iban_valid(found[0]):
            yield _hidden(heard, "iban", found.span(), found[0])


def _hidden(heard: Heard, kind: EntityKind, place: tuple[int, int], written: str) -> Entity:
    shown = "…" + written.replace(" ", "").replace("-", "")[-4:]
    return Entity(kind, shown, heard.received_span(*place), shown)
