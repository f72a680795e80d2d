"""Carriers report, the records follow, and customers hear of trouble first: once, and only while it is true."""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from email import message_from_bytes, policy
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from courtesy.channels.models import Dispatch
from courtesy.channels.parcels import telling
from courtesy.commerce.models import DeliveryNotice, Order, ParcelEvent, Shipment
from courtesy.commerce.parcels import events, owing
from courtesy.config.commandline import parser
from courtesy.conversations.models import Conversation, JournalEntry, Message
from courtesy.foundation import jobs

ANAS = "TF-10002"  # Ana Ruiz, Spanish: one parcel in transit, expected in two days
LI_NAS = "TF-10011"
DAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def shop(sample_shop: Any, time_machine: Any, at: datetime) -> Any:
    time_machine.move_to(at)
    Shipment.objects.filter(order=ANAS).update(tracking="PK100", carrier="Correos Express")
    return sample_shop


def event(id_: str = "e1", status: str = "delayed", *, expected: str = "2026-11-26", hour: int = 9, **more: str) -> Any:
    moment = f"2026-11-20T{hour:02}:00:00+01:00"
    return {"id": id_, "tracking": "PK100", "status": status, "at": moment, "expected": expected, **more}


def take(*reported: Any) -> dict[str, int]:
    return events.take_in(json.dumps(list(reported)).encode(), "correos", {}, timezone.now())


def look() -> int:
    told = telling.look(timezone.now())
    jobs.run_due()
    return told


def mails() -> list[Any]:
    return [message_from_bytes(bytes(one.raw), policy=policy.default) for one in Dispatch.objects.order_by("pk")]


def text_of(mail: Any) -> str:
    return mail.get_body(("plain",)).get_content()


def test_the_customer_is_told_of_a_delay_first_by_mail_in_their_language_and_once() -> None:
    assert take(event()) == {"applied": 1}
    parcel = Shipment.objects.get(order=ANAS)
    assert (parcel.status, parcel.expected) == ("delayed", date(2026, 11, 26))
    assert look() == 1
    (mail,) = mails()
    assert mail["To"] == "ana.ruiz@example.com"
    assert mail["Subject"] == f"Novedades de tu pedido {ANAS}"
    assert mail["Auto-Submitted"] == "auto-generated"
    text = text_of(mail)
    for words in ("se retrasa", "22 de noviembre de 2026", "26 de noviembre de 2026", "PK100", "Gorbea 30"):
        assert words in text
    assert take(event()) == {"known": 1}
    assert take(event("e2", hour=11)) == {"applied": 1}  # the same news once more
    assert look() == 0
    assert len(mails()) == 1
    talk = Conversation.objects.get(pk=DeliveryNotice.objects.get().conversation)
    assert (talk.status, talk.speaker) == ("waiting", "representative")
    entry = JournalEntry.objects.get(kind="delivery news")
    assert (entry.conversation, entry.content["kind"], entry.content["outcome"]) == (talk.pk, "delayed", "told")


def test_another_new_day_is_another_piece_of_news_and_of_two_at_once_the_last_is_told() -> None:
    take(event())
    look()
    take(event("e2", expected="2026-11-28", hour=10), event("e3", expected="2026-11-30", hour=11))
    assert look() == 1
    assert "30 de noviembre" in text_of(mails()[-1])
    assert len(mails()) == 2
    assert set(DeliveryNotice.objects.values_list("outcome", flat=True)) == {"told", "overtaken"}


def test_events_are_applied_in_the_order_in_which_they_happened() -> None:
    take(event("late", "out for delivery", expected="", hour=15))
    assert take(event("early", "delayed", hour=9)) == {"outdated": 1}
    assert Shipment.objects.get(order=ANAS).status == "out for delivery"
    assert look() == 0


def test_nobody_is_told_when_it_arrived_meanwhile() -> None:
    take(event())
    take(event("e2", "delivered", expected="", hour=12))
    assert look() == 0
    assert not mails()
    assert DeliveryNotice.objects.get().outcome == "no longer true"
    order = Order.objects.get(pk=ANAS)
    assert order.status == "delivered"
    assert order.shipments.get().delivered_at == datetime.fromisoformat("2026-11-20T12:00:00+01:00")
    assert take(event("e3", "in transit", expected="2026-11-29", hour=13)) == {"outdated": 1}


def test_it_is_said_in_the_open_talk_about_the_order(talk: Callable[..., Any]) -> None:
    chat = talk(language="en")
    chat.say(f"Where is my order {ANAS}? My e-mail is ana.ruiz@example.com")
    assert ANAS in chat.said
    take(event())
    assert look() == 1
    assert not mails()
    last = Message.objects.filter(conversation=chat.id).order_by("sequence").last()
    assert f"Your order {ANAS} is delayed" in last.text
    assert "November 26, 2026" in last.text


def test_a_talk_with_somebody_who_was_not_proven_hears_nothing(talk: Callable[..., Any]) -> None:
    chat = talk(language="en")
    chat.say(f"Where is my order {ANAS}?")
    before = Message.objects.filter(conversation=chat.id).count()
    take(event())
    assert look() == 1
    assert Message.objects.filter(conversation=chat.id).count() == before
    assert [mail["To"] for mail in mails()] == ["ana.ruiz@example.com"]


def test_a_chat_that_was_left_is_not_where_it_is_said(talk: Callable[..., Any], time_machine: Any) -> None:
    chat = talk(language="en")
    chat.say(f"Where is my order {ANAS}? My e-mail is ana.ruiz@example.com")
    time_machine.shift(timedelta(hours=1))
    take(event())
    assert look() == 1
    assert len(mails()) == 1


def test_a_colleague_who_speaks_is_given_the_words(talk: Callable[..., Any], colleague: Any) -> None:
    from courtesy.conversations import holding

    chat = talk(language="en")
    chat.say(f"Where is my order {ANAS}? My e-mail is ana.ruiz@example.com")
    holding.take_over(chat.conversation, colleague, timezone.now())
    take(event())
    assert look() == 1
    last = Message.objects.filter(conversation=chat.id).order_by("sequence").last()
    assert last.internal
    assert "is delayed" in last.text
    assert chat.conversation.holder == colleague
    assert not mails()


def test_an_answer_to_the_mail_goes_on_with_that_order(talk: Callable[..., Any]) -> None:
    take(event("e1", "lost", expected=""))
    look()
    (mail,) = mails()
    assert "ha perdido" in text_of(mail)
    assert "Dime si prefieres" in text_of(mail)
    assert "€" not in text_of(mail)  # no rule of this company lets the representative pay it back
    about = DeliveryNotice.objects.get().conversation
    answer = talk(sender="ana.ruiz@example.com", channel="email", language="es")
    answer.id = about
    answer.say("Quiero que me devuelvan el dinero del paquete perdido")
    assert answer.id == about
    assert "Gorbea" in answer.said  # nobody asks for the number that we wrote about
    assert "número de pedido" not in answer.said


def test_a_promised_day_that_passed_is_found_and_told_once(time_machine: Any) -> None:
    time_machine.shift(timedelta(days=2))
    telling.look_for_late(timezone.now())
    assert not DeliveryNotice.objects.filter(order=ANAS).exists()  # it is the day itself
    time_machine.shift(timedelta(days=1))
    telling.look_for_late(timezone.now())
    assert DeliveryNotice.objects.get(order=ANAS).kind == "late"
    look()
    mine = [mail for mail in mails() if mail["To"] == "ana.ruiz@example.com"]
    assert len(mine) == 1
    assert "debía llegar como tarde el 22 de noviembre" in text_of(mine[0])
    assert "RDL 1/2007, Art. 66 bis" in text_of(mine[0])
    telling.look_for_late(timezone.now())
    time_machine.shift(timedelta(days=1))
    telling.look_for_late(timezone.now())
    look()
    assert len([mail for mail in mails() if mail["To"] == "ana.ruiz@example.com"]) == 1


def test_what_is_late_and_not_sent_may_be_called_off(time_machine: Any) -> None:
    Order.objects.filter(pk=LI_NAS).update(status="paid", expected=DAY)
    Shipment.objects.filter(order=LI_NAS).delete()
    time_machine.shift(timedelta(days=1))
    telling.look_for_late(timezone.now())
    look()
    (mail,) = [mail for mail in mails() if mail["To"] == "li.na@example.com"]
    assert "货物还没有发出" in text_of(mail)


def test_nobody_is_written_to_about_days_long_past(time_machine: Any) -> None:
    time_machine.shift(timedelta(days=30))
    telling.look_for_late(timezone.now())
    assert not DeliveryNotice.objects.filter(order=ANAS).exists()


def test_where_the_company_says_so_nobody_is_told(company: Any) -> None:
    from dataclasses import replace

    quiet = replace(company.company, delivery_notices=replace(company.company.delivery_notices, about=("lost",)))
    take(event())
    (notice,) = owing.owed(timezone.now())
    assert telling.tell(notice, replace(company, company=quiet), timezone.now()) == "not told of"
    assert not Message.objects.exists()


def test_what_cannot_be_read_waits_for_a_person_and_an_unknown_parcel_for_its_order(
    capsys: pytest.CaptureFixture[str],
) -> None:
    raw = b'{"id": "a", "tracking": "PK777", "status": "lost", "at": "2026-11-20T09:00:00Z"}\nnot an event\n'
    assert events.take_in(raw, "correos", {}, timezone.now()) == {"quarantined": 2}
    assert b"\n".join(bytes(row.raw) for row in ParcelEvent.objects.order_by("pk")) == raw.strip()
    chosen = parser("shop").parse_args(["shop", "events"])
    assert chosen.run(chosen) == 1
    assert "no parcel with the tracking number 'PK777'" in capsys.readouterr().out
    Shipment.objects.filter(order=ANAS).update(tracking="PK777")
    assert telling.look_for_late(timezone.now())["applied"] == 1
    assert Shipment.objects.get(order=ANAS).status == "lost"
    assert ParcelEvent.objects.filter(outcome="quarantined").count() == 1


def test_an_id_that_is_used_for_another_event_is_kept_and_not_applied() -> None:
    take(event())
    assert take(event(status="lost", expected="")) == {}
    odd = ParcelEvent.objects.get(outcome="quarantined")
    assert "was used for another" in odd.reason
    assert events.try_again({}, timezone.now()) == 0
    assert Shipment.objects.get(order=ANAS).status == "delayed"


def test_a_file_of_events_is_taken_in_by_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "events.csv"
    path.write_text("id,tracking,status,at,expected\n9,PK100,delayed,2026-11-20T09:00:00+01:00,2026-11-26\n")
    for says in ("1 applied", "1 known"):
        chosen = parser("shop").parse_args(["shop", "events", str(path), "--carrier", "correos"])
        assert chosen.run(chosen) == 0
        assert says in capsys.readouterr().out


def test_a_carrier_reports_by_the_web_with_its_own_signature(settings: Any) -> None:
    settings.COURTESY_CARRIER_KEYS = {"correos": "a key", "seur": "another"}
    raw = json.dumps(event()).encode()
    signed = "sha256=" + hmac.new(b"a key", raw, sha256).hexdigest()

    def post(carrier: str, signature: str, body: bytes = raw) -> Any:
        headers = {"X-Courtesy-Signature": signature}
        return Client().post(f"/hooks/parcels/{carrier}/", body, "application/json", headers=headers)

    for carrier, signature, body in (
        ("seur", signed, raw),
        ("nobody", signed, raw),
        ("nobody", "sha256=" + hmac.new(b"", raw, sha256).hexdigest(), raw),
        ("correos", "", raw),
        ("correos", signed, raw + b" "),
    ):
        assert post(carrier, signature, body).status_code == 403
    assert not ParcelEvent.objects.exists()
    assert post("correos", signed).json() == {"events": {"applied": 1}}
    assert post("correos", signed).json() == {"events": {"known": 1}}
    assert bytes(ParcelEvent.objects.get().raw) == raw


def test_an_older_file_of_the_shop_does_not_bring_back_a_parcel_that_arrived(tmp_path: Path) -> None:
    from courtesy.commerce.exchange.exporting import export_books
    from courtesy.commerce.exchange.importing import import_books

    export_books(tmp_path)
    take(event("e1", "delivered", expected="", hour=12))
    import_books(tmp_path)
    assert Shipment.objects.get(order=ANAS).status == "delivered"


def test_what_cannot_be_read_is_seen_safely_at_the_desk_and_dismissed(colleague: Any) -> None:
    raw = b'{"id": "x1", "status": "<script>", "tracking": "PK100", "at": "2026-11-20T09:00:00Z"}'
    events.take_in(raw, "correos", {}, timezone.now())
    held = ParcelEvent.objects.get()
    desk = Client()
    desk.force_login(colleague)
    page = desk.get("/desk/quarantine/").content.decode()
    assert "correos: x1" in page
    assert "&lt;script&gt;" in page
    assert "&lt;script&gt;" in desk.get(f"/desk/quarantine/parcels/{held.pk}/safe/").content.decode()
    assert desk.post(f"/desk/quarantine/parcels/{held.pk}/").status_code == 302
    held.refresh_from_db()
    assert (held.outcome, bytes(held.raw)) == ("dismissed", raw)
    assert JournalEntry.objects.get(kind="parcel event dismissed").actor == str(colleague.pk)
    assert "correos: x1" not in desk.get("/desk/quarantine/").content.decode()
    assert desk.post(f"/desk/quarantine/parcels/{held.pk}/").status_code == 404
    assert events.try_again({}, timezone.now()) == 0
