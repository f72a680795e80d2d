"""An approval answered by the link in a mail: once, in time, by whom it was sent to, and never by looking."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import signing
from django.test import Client

from courtesy.channels import awaiting
from courtesy.channels.deciding import decide_approval
from courtesy.foundation import jobs
from courtesy.policy import links
from courtesy.policy.models import Approval, DecisionLink


@pytest.fixture
def lea(person: Any) -> Any:
    return person("Lea", "team lead", "es")


@pytest.fixture
def token(waiting: Any, lea: Any, at: Any) -> str:
    made = links.make(waiting.approval, lea, at)
    assert made is not None
    return made


def press(token: str, **fields: str) -> Any:
    return Client().post(f"/desk/decide/{token}/", fields)


def status(waiting: Any) -> str:
    return str(Approval.objects.get(pk=waiting.approval.pk).status)


def test_looking_decides_nothing_and_shows_the_card_in_the_colleagues_language(waiting: Any, token: str) -> None:
    for _ in range(3):
        page = Client().get(f"/desk/decide/{token}/")
    assert page.status_code == 200
    assert "249" in page.content.decode()
    assert "Aprobar" in page.content.decode()
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "private, no-store"
    assert Client().head(f"/desk/decide/{token}/").status_code == 200
    assert status(waiting) == "waiting"


def test_pressing_yes_pays_and_the_record_says_who_and_how(waiting: Any, token: str, lea: Any) -> None:
    assert press(token, answer="yes").status_code == 200
    approval = Approval.objects.get(pk=waiting.approval.pk)
    assert (approval.status, approval.decided_by, approval.decided_through) == ("granted", lea, "link")
    entry = waiting.entries("approval granted")[0]
    assert (entry.actor, entry.content["through"]) == (lea.pk, "link")
    assert token not in str(entry.content)
    jobs.run_due()
    assert "refund" in waiting.deeds()


def test_a_link_is_used_once(waiting: Any, token: str) -> None:
    press(token, answer="no", reason="La tienda está usada")
    again = press(token, answer="yes")
    assert again.status_code == 410
    assert status(waiting) == "refused"
    looked = Client().get(f"/desk/decide/{token}/")
    assert looked.status_code == 410
    assert "249" not in looked.content.decode(), "who holds an old link learns nothing more of the customer"
    jobs.run_due()
    assert "refund" not in waiting.deeds()


def test_a_no_without_a_reason_leaves_the_link_as_it_was(waiting: Any, token: str) -> None:
    assert press(token, answer="no").status_code == 409
    assert press(token, answer="maybe").status_code == 409
    assert status(waiting) == "waiting"
    assert press(token, answer="yes").status_code == 200


def test_an_old_link_decides_nothing(waiting: Any, token: str, time_machine: Any, at: Any) -> None:
    time_machine.move_to(at + links.LASTS + timedelta(seconds=1))
    assert Client().get(f"/desk/decide/{token}/").status_code == 410
    assert press(token, answer="yes").status_code == 410
    assert status(waiting) == "waiting"


@pytest.mark.parametrize("forge", ["x", "cut", "signed for something else", "another secret"])
def test_a_forged_link_decides_nothing_and_shows_nothing(waiting: Any, token: str, forge: str) -> None:
    number = DecisionLink.objects.get().pk
    forged = {
        "x": "x",
        "cut": token[:-3],
        "signed for something else": signing.dumps({"link": number, "secret": "guess"}, salt="withdrawal"),
        "another secret": signing.dumps({"link": number, "secret": "guess"}, salt=links.SALT),
    }[forge]
    answer = press(forged, answer="yes")
    assert answer.status_code == 404
    assert "249" not in answer.content.decode()
    assert status(waiting) == "waiting"


def test_a_link_is_revoked_when_it_is_decided_at_the_desk_or_somebody_leaves(
    waiting: Any, token: str, lea: Any, person: Any, at: Any
) -> None:
    lea.is_active = False
    lea.save()
    assert press(token, answer="yes").status_code == 410
    decide_approval(waiting.approval.pk, person("Bo", "manager"), False, "not today", at)
    lea.is_active = True
    lea.save()
    assert press(token, answer="yes").status_code == 410
    assert DecisionLink.objects.get().revoked_at is not None
    assert status(waiting) == "refused"


def test_who_lost_the_grade_since_the_mail_does_not_decide(waiting: Any, token: str, lea: Any) -> None:
    lea.grade = "representative"
    lea.save()
    assert press(token, answer="yes").status_code == 409
    assert status(waiting) == "waiting"


def test_a_browser_that_sends_the_form_from_elsewhere_is_turned_away(waiting: Any, token: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"/desk/decide/{token}/", {"answer": "yes"}).status_code == 403
    assert status(waiting) == "waiting"


def test_those_who_may_are_written_to_once_each_with_a_link_of_their_own(waiting: Any, person: Any, at: Any) -> None:
    lea, uma, sam = person("Lea", "team lead"), person("Uma", "team lead"), person("Sam", "senior")
    assert awaiting.look(at)["written"] == 2
    assert awaiting.look(at)["written"] == 0
    mails = {name: text for path in outbox() for name, text in [(path.name, path.read_text(encoding="utf-8"))]}
    to = {who.email: [text for text in mails.values() if f"To: {who.email}" in text] for who in (lea, uma, sam)}
    assert [len(to[who.email]) for who in (lea, uma, sam)] == [1, 1, 0]
    found = re.search(r"/desk/decide/([^/\s]+)/", to[uma.email][0].replace("=\n", ""))
    assert found is not None
    assert links.read(found[1].replace("=3D", "="), at)[1].colleague == uma  # type: ignore[union-attr]
    assert all(not link.token.startswith(found[1][:8]) for link in DecisionLink.objects.all())


def outbox() -> list[Path]:
    return list((Path(settings.COURTESY_DATA) / "outbox").glob("note*.eml"))
