"""Incidents are declared at the desk and by command; who may not, does not; a suspicion becomes an incident."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from courtesy.config.commandline import parser
from courtesy.config.trouble import Trouble as CannotDo
from courtesy.conversations.models import Incident, Message, Suspicion, Told
from courtesy.foundation import jobs
from courtesy.workforce.colleagues import add_colleague

SAID = "The card terminal of our payment partner is down."


def signed_in(name: str, grade: str, language: str = "en") -> Client:
    colleague, _ = add_colleague(f"{name}@desk.example", name, grade=grade, language=language, password="a long one 4")
    browser = Client()
    browser.force_login(colleague)
    return browser


def form(**more: Any) -> dict[str, Any]:
    soon = timezone.localtime() + timedelta(hours=2)
    return {
        "title": "Parcels stand still",
        "procedures": ["Where is my order"],
        "said-en": SAID,
        "said-es": "El terminal no funciona.",
        "next_news": f"{soon:%Y-%m-%dT%H:%M}",
        "severity": "high",
        **more,
    }


def test_what_a_senior_colleague_declares_customers_hear_and_all_of_them_hear_when_it_is_over(
    talk: Callable[..., Any],
) -> None:
    chat, desk = talk(), signed_in("mei", "senior")
    answer = desk.post("/desk/incidents/declare/", form())
    incident = Incident.objects.get()
    assert answer.headers["Location"] == f"/desk/incidents/{incident.number}/"
    chat.say("Where is my order?")
    assert SAID in chat.said
    page = desk.get(f"/desk/incidents/{incident.number}/").content.decode()
    assert "1 conversation" in page
    assert chat.id in page
    desk.post(f"/desk/incidents/{incident.number}/act/", {"deed": "finish", "said-en": "It works again."})
    jobs.run_due()
    assert "It works again." in Message.objects.filter(conversation=chat.id).last().text
    again = desk.post(f"/desk/incidents/{incident.number}/act/", {"deed": "finish", "said-en": "It works again."})
    assert again.status_code == 409


def test_a_representative_may_look_but_not_declare_change_or_end(sample_shop: Any) -> None:
    senior, other = signed_in("mei", "senior"), signed_in("leo", "representative")
    assert other.post("/desk/incidents/declare/", form()).status_code == 409
    assert not Incident.objects.exists()
    senior.post("/desk/incidents/declare/", form())
    number = Incident.objects.get().number
    assert other.get(f"/desk/incidents/{number}/").status_code == 200
    for deed in ("change", "finish"):
        assert other.post(f"/desk/incidents/{number}/act/", {"deed": deed, **form()}).status_code == 409
    assert Incident.objects.get().status == "open"


@pytest.mark.parametrize(("language", "word"), [("en", "Perhaps an incident"), ("es", "Quizá"), ("zh", "可能")])
def test_a_burst_is_shown_and_those_who_reported_it_hear_of_the_incident_made_of_it(
    talk: Callable[..., Any], language: str, word: str
) -> None:
    from courtesy.conversations.incidents import suspecting

    chats = [talk() for _ in range(6)]
    for chat in chats:
        chat.say("Where is my order?")
    assert suspecting.look(timezone.now()) == 1
    suspicion = Suspicion.objects.get()
    desk = signed_in("mei", "senior", language)
    assert word in desk.get("/desk/incidents/").content.decode()
    assert desk.get("/desk/incidents/", {"from": suspicion.pk}).context["chosen"] == suspicion
    assert not Message.objects.filter(text__contains=SAID).exists()
    desk.post("/desk/incidents/declare/", form(**{"from": suspicion.pk}))
    jobs.run_due()
    assert Told.objects.filter(news=1).count() == 6
    for chat in chats:
        last = Message.objects.filter(conversation=chat.id).last()
        assert last.text.count(SAID) == 1
    assert Suspicion.objects.get().incident == Incident.objects.get()
    assert "Perhaps" not in desk.get("/desk/incidents/").content.decode()


def test_a_suspicion_is_dismissed_once(talk: Callable[..., Any], at: Any) -> None:
    suspicion = Suspicion.objects.create(procedure="Stock", reports=9, usual=1.0, first_at=at, last_at=at)
    desk = signed_in("leo", "representative")
    assert desk.post(f"/desk/incidents/suspicions/{suspicion.pk}/dismiss/").status_code == 302
    assert desk.post(f"/desk/incidents/suspicions/{suspicion.pk}/dismiss/").status_code == 409


def test_it_is_declared_changed_and_ended_by_command(
    talk: Callable[..., Any], capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*words: str) -> str:
        chosen = parser("incident").parse_args(["incident", *words])
        assert chosen.run(chosen) == 0
        return capsys.readouterr().out

    soon = f"{timezone.now() + timedelta(hours=5):%Y-%m-%dT%H:%M}"
    with pytest.raises(CannotDo, match="a matter"):
        run("declare", "Flood", "--say", "en", SAID)
    number = run(
        "declare", "Flood", "--about", "Where is my order", "--area", "28", "--say", "en", SAID, "--expected", soon
    ).strip()
    chat = talk()
    chat.say("Where is my order? My postcode is 28013")
    assert SAID in chat.said
    run("change", number, "--say", "es", "Algo nuevo.")
    assert Incident.objects.get().said == {"en": SAID, "es": "Algo nuevo."}
    assert "1 conversations" in run("over", number)
    assert number in run("list")
    with pytest.raises(CannotDo, match="no incident"):
        run("over", "I99-1")
