"""A small pack of its own, written to a folder: complete, so that each test can break one thing in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from courtesy.pack.vocabulary import ENGINE_PHRASES

COMPANY = """\
name: Anvil Tools
about: {en: Tools for the forge, es: Herramientas para la fragua}
country: ES
time zone: Europe/Madrid
languages: [en, es]
currency: EUR
hours: {monday to friday: 09:00-17:00}
teams: [Service, Returns]
order numbers: "AT-#####"
mail address: service@anvil.example
"""
PROCEDURE = """\
procedure: Return an item
title: {en: your return, es: tu devolución}
use when: The customer wants to send something back.
customers say:
  en: [return this, send it back, I want to return my hammer, take it back please, return label]
  es: [devolver esto, quiero devolver el martillo, lo devuelvo, etiqueta de devolución, devolución por favor]
not for: {a question: Opening hours}
steps:
  - look up: order
    by: [order number, e-mail]
  - ask: items
    from: returnable items
  - ask: reason
    choices: [faulty, changed my mind]
    for each: items
  - if: {reason: is faulty}
    then:
      - ask: photo
        optional: yes
  - confirm: return
  - do: open return
    with: [order, items, reason, photo]
  - tell: return is registered
  - promise: refund arrives
    within: 5 business days
    owner: Returns
"""
QUESTION = """\
procedure: Opening hours
kind: question
title: {en: our hours, es: nuestro horario}
use when: The customer wants to know when we are there.
customers say:
  en: [when are you open, opening hours, are you open on Saturday, when do you close, what time do you open]
  es: [cuándo abrís, horario, abrís los sábados, cuándo cerráis, a qué hora abrís]
steps:
  - tell: hours
"""
POLICY = """\
policy: Return period
governs: [open return]
owner: Head of Service
in force from: 2026-01-01
rules:
  - name: In time
    when: {days since delivery: at most 30}
    then: allow
  - name: Too late
    when: {days since delivery: over 30, reason: is not faulty}
    then: refuse
    because: {en: the thirty days are over, es: han pasado los treinta días}
    offer: [repair]
  - name: Faulty later
    when: {days since delivery: over 30, reason: faulty}
    then: ask Returns
    law: "Directive (EU) 2019/771, Art. 10"
otherwise: ask Returns
ordinary: {days since delivery: 5, reason: changed my mind}
examples:
  - {given: {}, expect: allow}
  - {given: {days since delivery: 31}, expect: refuse}
  - {given: {days since delivery: 31, reason: faulty}, expect: ask Returns}
"""
ARTICLE = """\
---
title: TITLE
owner: Service
valid from: 2026-01-01
questions: [QUESTION]
---
We are open from nine to five.
"""
REHEARSAL = """\
rehearsal: Hours are told
language: en
customer says: [when are you open]
must: [{said: hours}]
must not: [{deed: any}]
"""
FURTHER_PHRASES = {
    "ask: reason": "Why?", "ask: photo": "A picture, please.", "choice: faulty": "Faulty",
    "choice: changed my mind": "Changed my mind", "confirm: return": "Send {items} of {order} back?",
    "return is registered": "Your return {return number} is registered.", "hours": "Nine to five.",
    "promise: refund arrives": "Your refund arrives by {due}.", "offer: repair": "a repair",
}  # fmt: skip


def phrases() -> str:
    engine = {name: "Text. " + " ".join(f"{{{field}}}" for field in fields) for name, fields in ENGINE_PHRASES.items()}
    return "\n".join(f"## {name}\n{text}\n" for name, text in (engine | FURTHER_PHRASES).items())


class Small:
    """The pack's folder, with ways to change a page."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.write("company.yaml", COMPANY)
        self.write("procedures/return.yaml", PROCEDURE)
        self.write("procedures/hours.yaml", QUESTION)
        self.write("policies/return-period.yaml", POLICY)
        self.write("rehearsals/hours.yaml", REHEARSAL)
        for language, title, question in (("en", "Our hours", "when is it open"), ("es", "Horario", "cuándo abre")):
            self.write(f"articles/{language}/hours.md", ARTICLE.replace("TITLE", title).replace("QUESTION", question))
            self.write(f"phrases/{language}/all.md", phrases())

    def write(self, page: str, written: str) -> None:
        path = self.folder / page
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(written, encoding="utf-8")

    def change(self, page: str, before: str, after: str) -> int:
        """Replace a text that must be there; returns its line."""
        path = self.folder / page
        written = path.read_text(encoding="utf-8")
        assert before in written, f"{before!r} is not in {page}"
        path.write_text(written.replace(before, after, 1), encoding="utf-8")
        return written[: written.index(before)].count("\n") + 1


@pytest.fixture
def small(tmp_path: Path) -> Small:
    return Small(tmp_path / "anvil")
