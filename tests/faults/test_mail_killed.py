"""The process that takes mail in is killed at random moments: what it acknowledged is there afterwards, once."""

from __future__ import annotations

import os
import random
import signal
import smtplib
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_PROGRAM = """
import sys, time
import django
django.setup()
from django.core.management import call_command
call_command("migrate", run_syncdb=True, interactive=False, verbosity=0)
from django.conf import settings
from courtesy.channels.email import doors
from courtesy.foundation import jobs
jobs.release_leases()
doors.open_doors()
print("open", flush=True)
while True:
    for job in jobs.Job.objects.filter(kind="read mail", state="waiting").order_by("pk")[:20]:  # no turns
        jobs.run(job.pk)
    time.sleep(0.02)
"""


def start(folder: Path, port: int) -> subprocess.Popen[str]:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "courtesy.config.settings",
        "COURTESY_DATA": str(folder),
        "COURTESY_SMTP_PORT": str(port),
        "COURTESY_DATABASE_URL": "",
        "COURTESY_SECRET_KEY": "only for this test",
        "COURTESY_MAIL_IN": "",
    }
    process = subprocess.Popen(
        [sys.executable, "-c", _PROGRAM], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "open"
    return process


class Sender(threading.Thread):
    """A mail server that keeps each mail until it is acknowledged, as all of them do."""

    def __init__(self, port: int, number: int, mails: int) -> None:
        super().__init__(daemon=True)
        self.port, self.number, self.mails = port, number, mails
        self.acknowledged: list[str] = []
        self.tries = 0

    def run(self) -> None:
        for place in range(self.mails):
            identity = f"<{self.number}.{place}@example.com>"
            answers = f"In-Reply-To: <{self.number}.{place - 1}@example.com>\r\n" if place % 3 else ""
            raw = (
                f"From: c{self.number}@example.com\r\nTo: service@tarnfell.example\r\nMessage-ID: {identity}\r\n"
                f"{answers}Subject: s\r\n\r\nWords {place}\r\n"
            )
            while not self._sent(raw):
                time.sleep(0.05)
            self.acknowledged.append(identity)

    def _sent(self, raw: str) -> bool:
        self.tries += 1
        try:
            with smtplib.SMTP("127.0.0.1", self.port, local_hostname="x.example", timeout=10) as client:
                client.sendmail("c@example.com", ["service@tarnfell.example"], raw.encode())
        except (OSError, smtplib.SMTPException):
            return False
        return True


@pytest.mark.slow
def test_no_acknowledged_mail_is_lost_or_doubled_by_kills(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    dice = random.Random(7)
    process = start(tmp_path, port)
    senders = [Sender(port, number, 30) for number in range(4)]
    for sender in senders:
        sender.start()
    try:
        for stage in range(4):
            while sum(len(sender.acknowledged) for sender in senders) < stage * 25 + dice.randint(1, 20):
                time.sleep(0.005)
            process.send_signal(signal.SIGKILL)
            process.wait()
            process = start(tmp_path, port)
        for sender in senders:
            sender.join(120)
        books = sqlite3.connect(tmp_path / "courtesy.sqlite3", timeout=20)
        for _ in range(600):
            (left,) = books.execute("SELECT count(*) FROM channels_received WHERE status = 'stored'").fetchone()
            if not left:
                break
            time.sleep(0.1)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)
    assert left == 0
    acknowledged = sorted(identity for sender in senders for identity in sender.acknowledged)
    assert len(acknowledged) == 120
    assert sum(sender.tries for sender in senders) > 120  # the kills hit mails under way
    said = books.execute("SELECT provider_id FROM conversations_message WHERE author = 'customer'").fetchall()
    assert sorted(identity for (identity,) in said) == acknowledged
    (owed,) = books.execute("SELECT count(*) FROM foundation_job WHERE kind = 'take turn'").fetchone()
    assert owed == 120
    (talks,) = books.execute("SELECT count(*) FROM conversations_conversation").fetchone()
    assert talks == 40  # every third mail began a new matter; the others answered the one before
    assert books.execute("PRAGMA integrity_check").fetchone() == ("ok",)
