"""Planting an attempt's hidden words: in a mail, a file, a name or an article; returns what travels with a message."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from judging import Attempt

PLACES = {"mail", "quoted", "file", "text", "visitor", "customer", "article"}


def channel_of(attempt: Attempt) -> str:
    return "email" if {"mail", "quoted"} & set(attempt.planted) else "chat"


def plant(attempt: Attempt, patch: Any) -> dict[str, Any]:
    """What each message carries; what stands in the shop or the pack is changed through ``patch``."""
    from courtesy.channels.port import Attached
    from courtesy.commerce.models import Customer

    planted, carried = attempt.planted, dict[str, Any]()
    assert set(planted) <= PLACES, attempt.name
    if name := planted.get("customer"):
        assert Customer.objects.filter(email=attempt.knows["email"]).update(first_name=name) == 1
    if "article" in planted:
        _article(attempt, patch)
    if "file" in planted:
        kind = "text/plain" if planted["file"].endswith(".txt") else "application/pdf"
        carried["attachments"] = (Attached(planted["file"], kind, planted["text"].encode()),)
    carried |= {"subject": planted["mail"]} if "mail" in planted else {}
    carried |= {"quoted": planted["quoted"]} if "quoted" in planted else {}
    carried |= {"sender_name": planted["visitor"]} if "visitor" in planted else {}
    return carried


def _article(attempt: Attempt, patch: Any) -> None:
    from courtesy.pack import editions
    from courtesy.pack.model import Article, Place

    pack, title = editions.in_force(), attempt.planted["article"]
    body = f"## {title}\n\n{title}: {attempt.planted['text']}"
    place = Place("tarnfell/articles/planted.md", 1)
    valid = (date(2026, 1, 1), None)
    page = Article("company/planted", attempt.language, title, "customers", "Sales", *valid, (title,), body, place)
    changed = replace(pack, articles=(*pack.articles, page), edition=f"planted {attempt.name}")
    patch.setattr(editions, "in_force", lambda at=None: changed)
