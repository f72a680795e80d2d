"""Whoever closes a conversation says how it ended, in the company's own codes, if the company says so always."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from courtesy.pack import editions


@pytest.fixture
def mei(handed_over: Any, desk: Any) -> Any:
    """Mei, who holds the conversation."""
    mei = desk("Mei", teams=("Customer care",), language="es")
    mei.do(f"c/{handed_over.id}/take-over/")
    return mei


def found(mei: Any, query: str, view: str = "closed") -> bool:
    return "row-cnv" in mei.part("list/", view=view, q=query).content.decode()


def test_the_code_is_asked_recorded_and_found(mei: Any, handed_over: Any) -> None:
    assert "Devuelto o reembolsado" in mei.page(f"c/{handed_over.id}/").content.decode()
    shown = mei.do(f"c/{handed_over.id}/close/", code="refunded", **mei.seen(handed_over.conversation))
    assert "Devuelto o reembolsado" in shown.content.decode()
    assert handed_over.conversation.wrap_up == "refunded"
    assert handed_over.entries("conversation closed")[-1].content == {"wrap up": "refunded"}
    assert found(mei, "code:refunded")
    assert found(mei, "código:refunded")
    assert not found(mei, "code:spam")


def test_a_code_that_the_company_does_not_have_closes_nothing(mei: Any, handed_over: Any) -> None:
    assert mei.do(f"c/{handed_over.id}/close/", code="exploded").status_code == 409
    assert handed_over.conversation.status != "closed"


def test_without_a_code_it_is_closed_only_where_the_company_does_not_need_one(
    mei: Any, handed_over: Any, monkeypatch: Any
) -> None:
    pack = editions.in_force()
    strict = replace(pack, company=replace(pack.company, wrap_up_needed=True))
    monkeypatch.setattr(editions, "in_force", lambda *_: strict)
    assert mei.do(f"c/{handed_over.id}/close/").status_code == 409
    assert mei.do("bulk/", act="close", id=[handed_over.id]).status_code == 409
    assert handed_over.conversation.status != "closed"
    mei.do("bulk/", act="close", id=[handed_over.id], code="answered")
    assert (handed_over.conversation.status, handed_over.conversation.wrap_up) == ("closed", "answered")
    monkeypatch.undo()
    mei.do(f"c/{handed_over.id}/reopen/")
    mei.do(f"c/{handed_over.id}/close/")
    assert (handed_over.conversation.status, handed_over.conversation.wrap_up) == ("closed", "")
