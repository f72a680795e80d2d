"""The doors of a process open as the settings say, tell how they are, and finish what is in hand when they close."""

from __future__ import annotations

import smtplib
import ssl
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from imap_server import free_port

from courtesy.channels.email import doors
from courtesy.channels.email.arriving import filing
from courtesy.channels.models import Received

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ports(settings: Any, company: Any) -> Any:
    settings.COURTESY_SMTP_HOST = "127.0.0.1"
    settings.COURTESY_SMTP_PORT, settings.COURTESY_LMTP_PORT = free_port(), free_port()
    settings.COURTESY_MAIL_IN = []
    settings.COURTESY_SMTP_CERTIFICATE = ""
    return settings


def test_open_doors_take_mail_and_closed_ones_do_not(ports: Any, mail: Any) -> None:
    opened = doors.open_doors()
    try:
        assert str(ports.COURTESY_SMTP_PORT) in opened.look()
        with smtplib.SMTP("127.0.0.1", ports.COURTESY_SMTP_PORT) as client:
            client.send_message(mail("Hello"), to_addrs=["service@tarnfell.example"])
    finally:
        opened.close()
    assert Received.objects.count() == 1
    with pytest.raises(doors.NotOpen):
        opened.look()
    with pytest.raises(OSError):  # noqa: PT011 (refused or reset, as the system says it)
        smtplib.SMTP("127.0.0.1", ports.COURTESY_SMTP_PORT, timeout=2)


def test_a_mailbox_that_cannot_be_reached_is_said_and_mail_still_comes_in(ports: Any, mail: Any) -> None:
    ports.COURTESY_MAIL_IN = [f"imap://me:secret@127.0.0.1:{free_port()}/INBOX"]
    opened = doors.open_doors()
    try:
        opened._readers[0].looked_at = timezone.now() - timedelta(hours=1)
        with pytest.raises(doors.NotOpen, match="cannot be read") as told:
            opened.look()
        assert "secret" not in str(told.value)
        with smtplib.SMTP("127.0.0.1", ports.COURTESY_SMTP_PORT) as client:
            client.send_message(mail("Hello"), to_addrs=["service@tarnfell.example"])
    finally:
        opened.close()
    assert Received.objects.count() == 1


@pytest.mark.parametrize("written", ["http://me@host/", "imaps://host/INBOX", "nonsense"])
def test_a_wrong_mailbox_address_is_said_at_the_start(ports: Any, written: str) -> None:
    ports.COURTESY_MAIL_IN = [written]
    for act in (doors.check, doors.open_doors):
        with pytest.raises(ValueError, match="COURTESY_MAIL_IN is written"):
            act()


def test_with_a_certificate_mail_comes_in_encrypted(ports: Any, mail: Any, tmp_path: Path) -> None:
    pem = tmp_path / "mail.pem"
    made = subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-keyout", str(pem), "-out", str(tmp_path / "certificate.pem")], capture_output=True, check=False,
    )  # fmt: skip
    if made.returncode:
        pytest.skip("no openssl on this machine")
    pem.write_bytes(pem.read_bytes() + (tmp_path / "certificate.pem").read_bytes())
    ports.COURTESY_SMTP_CERTIFICATE = str(pem)
    opened = doors.open_doors()
    try:
        context = ssl.create_default_context(cafile=str(tmp_path / "certificate.pem"))
        context.check_hostname = False
        with smtplib.SMTP("127.0.0.1", ports.COURTESY_SMTP_PORT) as client:
            client.starttls(context=context)
            client.send_message(mail("Sealed on the way"), to_addrs=["service@tarnfell.example"])
    finally:
        opened.close()
    assert Received.objects.count() == 1


def test_mail_that_could_not_be_read_for_hours_comes_before_a_person(company: Any, at: Any) -> None:
    row = Received.objects.create(line="mail:x", provider_id="<a@b>", raw=b"x", at=at)
    assert filing.set_leftovers_apart(at + timedelta(hours=1)) == 0
    row.refresh_from_db()
    assert row.status == "stored"
    filing.set_leftovers_apart(at + timedelta(hours=7))
    row.refresh_from_db()
    assert row.status == "quarantined"
