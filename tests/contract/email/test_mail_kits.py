"""Public collections of odd and broken mails: all are read or set apart, and read as their own readers read them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from email.utils import parseaddr
from pathlib import Path
from typing import Any

import pytest

from courtesy.channels.email.arriving import bounces, filing, recognising
from courtesy.channels.email.arriving.keeping import Arrival, keep
from courtesy.channels.email.letter import markup, quoting, reading
from courtesy.channels.email.letter.reading import Letter
from courtesy.channels.models import Received
from courtesy.conversations.models import Message


def mails(kits: Path) -> Iterator[tuple[dict[str, Any], bytes]]:
    for line in (kits / "email_mime" / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        path = kits / "email_mime" / entry["file"]
        if path.exists():
            yield entry, path.read_bytes()


def letters(kits: Path) -> list[tuple[dict[str, Any], Letter]]:
    read = [(entry, reading.read(raw)) for entry, raw in mails(kits)]
    return [(entry, letter) for entry, letter in read if isinstance(letter, Letter)]


def test_none_is_unreadable(kits: Path) -> None:
    assert len(letters(kits)) == len(list(mails(kits))) > 50


def test_subject_and_sender_are_those_of_the_standard_reader_where_it_found_no_defect(kits: Path) -> None:
    differ = []
    sound = [pair for pair in letters(kits) if not pair[0]["stdlib_reference"].get("defects", True)]
    for entry, letter in sound:
        reference = entry["stdlib_reference"]
        subject = re.sub(r"\s+", " ", reference.get("subject") or "").strip()
        sender = parseaddr(reference.get("from") or "")[1].lower()
        if (subject and subject != letter.subject) or ("@" in sender and sender != letter.sender):
            differ.append(entry["file"])
    assert len(differ) <= len(sound) * 0.01, differ


def test_words_are_found_wherever_another_reader_finds_them(kits: Path) -> None:
    found = [(entry["file"], entry["stdlib_reference"].get("body_preview"), letter) for entry, letter in letters(kits)]
    assert [name for name, words, letter in found if (words or "").strip() and not letter.body.strip()] == []


def test_every_bounce_is_recognised(kits: Path, company: Any) -> None:
    reports = [letter for entry, letter in letters(kits) if entry["tag"] == "bounce_dsn"]
    assert reports
    for letter in reports:
        assert recognising.recognise(letter, null_sender=False).writer == recognising.Writer.BOUNCE
        assert bounces.read(letter).action in {"failed", "delayed", "delivered"}


def test_no_mail_brings_anything_that_acts_to_the_desk(kits: Path) -> None:
    for entry, letter in letters(kits):
        assert not re.search(r"<(script|style|img|iframe|form|object)\b|javascript:|\son\w+=", letter.html, re.I), (
            entry["file"]
        )


@pytest.mark.django_db(transaction=True)
def test_all_of_them_end_accounted_for(kits: Path, company: Any, at: Any) -> None:
    """Through the whole door: each is a message, a note, a bounce, or set apart with its reason."""
    raws = [raw for _, raw in mails(kits)]
    kept = keep([Arrival(raw, "smtp", "someone@example.com", ("service@tarnfell.example",)) for raw in raws], at)
    for row in kept:
        filing.read_mail(row.received)
    assert Received.objects.count() == len({row.received for row in kept})
    assert not Received.objects.filter(status="stored").exists()
    broken = Received.objects.filter(reason__startswith="it could not be filed")
    assert list(broken.values_list("reason", flat=True)) == []
    assert not Received.objects.filter(status="quarantined", reason="").exists()
    assert Received.objects.filter(status="accepted").count() == Message.objects.filter(author="customer").count()


def cases(kits: Path) -> list[dict[str, Any]]:
    found = []
    for name in ("cases_dev.jsonl", "cases_held.jsonl"):
        path = kits / "email_reply" / name
        if path.exists():
            found += [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [case for case in found if case["kind"] != "signature_text"]  # those want the signature, not the words


def as_split(case: dict[str, Any]) -> quoting.Split:
    html = case["kind"] == "html_reply_text"
    return quoting.split(markup.as_text(case["body"]) if html else case["body"])


def squeezed(text: str, *, html: bool) -> str:
    return re.sub(r"\s+", "" if html else " ", text).strip()


def test_new_words_are_told_from_quoted_ones_as_other_projects_tell_them(kits: Path) -> None:
    """The cases' makers differ among themselves; nine of ten is what all of them allow."""
    missed = []
    for case in cases(kits):
        html = case["kind"] == "html_reply_text"
        split = as_split(case)
        wanted = squeezed(case["expected"], html=html)
        if wanted not in {squeezed(split.visible, html=html), squeezed(split.words, html=html)}:
            missed.append(case["id"])
    assert len(missed) <= len(cases(kits)) * 0.1, missed


def test_no_reply_is_left_without_words(kits: Path) -> None:
    assert [case["id"] for case in cases(kits) if case["expected"].strip() and not as_split(case).words.strip()] == []
