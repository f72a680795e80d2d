"""``courtesy measure intake``: mails per second from SMTP to stored and threaded, beside what is possible.

Everything happens in a folder that is thrown away: a fresh database, a real listener on a free port, and senders in
processes of their own. The references are measured in the same run with the same mails: a listener that only says
"250", and single inserts into SQLite that are forced to the disk.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import smtplib
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from random import Random
from typing import Any

from aiosmtpd.controller import Controller
from django.conf import settings
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from courtesy.channels.email import addresses
from courtesy.channels.email.arriving.keeping import READ, Keeper
from courtesy.channels.email.arriving.listening import Listener
from courtesy.channels.models import Received
from courtesy.config.measuring.counting import at_least_one
from courtesy.config.measuring.machine import free_port, machine, now
from courtesy.config.measuring.own_installation import own_installation
from courtesy.conversations.models import Conversation, Message
from courtesy.foundation.engine import Engine, queue_for
from courtesy.foundation.models import Job

MAILS = 1_000
SENDERS = 8
READERS = 2


def add_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("--mails", type=at_least_one, default=MAILS, help="how many mails are sent (%(default)s)")


def run(arguments: argparse.Namespace) -> int:
    """0 when every mail was stored once, 1 when one was lost or doubled."""
    mails = written_mails(arguments.mails)
    quiet = bool(arguments.json)
    with tempfile.TemporaryDirectory(prefix="courtesy-measure-") as folder, own_installation(Path(folder)):
        progress = Progress(console=Console(stderr=True), disable=quiet or not sys.stderr.isatty())
        figures = measure(mails, Path(folder), progress)
    print(json.dumps(figures)) if quiet else show(figures)
    return 0 if figures["lost"] == 0 and figures["doubled"] == 0 else 1


def written_mails(number: int) -> list[bytes]:
    """Mails as customers write them: a third answers an earlier one, some in HTML, some with a file. Ever the same."""
    dice = Random(20260101)
    written: list[bytes] = []
    for index in range(number):
        mail = EmailMessage(policy=SMTP)
        customer = dice.randrange(max(1, number // 4))
        mail["From"] = f"Customer {customer} <customer{customer}@example.com>"
        mail["To"] = addresses.our_address()
        mail["Subject"] = dice.choice(["Where is my parcel?", "Return", "Question about an order", "Re: Return"])
        mail["Message-ID"] = f"<{index}.{dice.randrange(10**9)}@mail.example.com>"
        mail["Date"] = "Fri, 20 Nov 2026 09:59:00 +0100"
        words = "Hello,\n\n" + " ".join(
            dice.choices(["when", "will", "my", "order", "arrive", "it", "is", "late", "and", "too", "small"], k=60)
        )
        quoted = "\n".join(f"> line {line} of what was said before" for line in range(20))
        mail.set_content(
            f"{words}\n\nOn Thu, Nov 19, 2026 at 10:00 Robin <{addresses.our_address()}> wrote:\n{quoted}\n"
        )
        if index % 2:
            mail.add_alternative(f"<p>{words}</p><blockquote>{quoted}</blockquote>", subtype="html")
        if index % 10 == 0:
            mail.add_attachment(dice.randbytes(20_000), maintype="image", subtype="jpeg", filename="photo.jpg")
        if index % 3 == 2:
            earlier = written[index - 1]
            mail.replace_header("From", _field(earlier, "From"))
            mail["In-Reply-To"] = mail["References"] = _field(earlier, "Message-ID")
        written.append(mail.as_bytes())
    return written


def _field(mail: bytes, name: str) -> str:
    start = mail.index(f"{name}: ".encode()) + len(name) + 2
    return mail[start : mail.index(b"\r\n", start)].decode()


def measure(mails: list[bytes], folder: Path, progress: Progress) -> dict[str, Any]:
    """All figures of one run."""
    described, port = machine(), free_port()
    context = multiprocessing.get_context("fork")
    go, told = context.Event(), context.Queue()
    shares = [[mail for place, mail in enumerate(mails) if place // 3 % SENDERS == sender] for sender in range(SENDERS)]
    senders = [context.Process(target=_send, args=(port, share, go, told), daemon=True) for share in shares]
    bare_go, bare_port = context.Event(), free_port()
    bare = [context.Process(target=_send, args=(bare_port, share, bare_go, told), daemon=True) for share in shares]
    for process in [*senders, *bare]:  # before any thread starts
        process.start()
    with progress:
        ours = _through_the_house(port, go, told, senders, len(mails), progress)
    accepted_bare = _bare_listener(bare_port, bare_go, told, bare, len(mails))
    inserts = _forced_inserts(folder, mails[: min(len(mails), 500)])
    return {
        "measured_at": now(),
        "mails": len(mails),
        "senders": SENDERS,
        "readers": READERS,
        **ours,
        "reference_bare_listener_per_second": round(accepted_bare, 1),
        "reference_forced_inserts_per_second": round(inserts, 1),
        "share_of_bare_listener": round(ours["stored_per_second"] / accepted_bare, 3),
        "machine": described,
    }


def _through_the_house(
    port: int, go: Any, told: Any, senders: Sequence[Any], number: int, progress: Progress
) -> dict[str, Any]:
    """Listener, keeper and readers as in a serving process; the turns that follow are not taken."""
    keeper = Keeper()
    listener = Listener(keeper, "127.0.0.1", smtp=port)
    engine = _Reading(queue_for(Path(settings.COURTESY_DATA), ""), workers=READERS)
    stored_bar = progress.add_task("stored", total=number)
    threaded_bar = progress.add_task("stored and threaded", total=number)

    engine.start()
    keeper.start()
    listener.start()
    cpu, started = time.process_time(), time.monotonic()
    go.set()
    stored_at = 0.0
    while True:
        stored = Received.objects.count()
        left = Received.objects.filter(status=Received.Status.STORED).count()
        progress.update(stored_bar, completed=stored)
        progress.update(threaded_bar, completed=stored - left)
        if stored >= number and not stored_at:
            stored_at = time.monotonic() - started
        if (stored >= number and not left) or not (stored or any(sender.is_alive() for sender in senders)):
            break
        time.sleep(0.1)
    ended, cpu = time.monotonic() - started, time.process_time() - cpu
    waits = [wait for _ in senders for wait in told.get(timeout=60)]
    listener.stop()
    keeper.stop()
    engine.stop()
    return {**_counted(number), **_timed(number, stored_at, ended, cpu, waits)}


def _counted(number: int) -> dict[str, Any]:
    said = Message.objects.filter(author=Message.Author.CUSTOMER).count()
    return {
        "conversations": Conversation.objects.count(),
        "lost": max(0, number - said),
        "doubled": max(0, said - number),
        "turns_owed": Job.objects.filter(kind="take turn").count(),
        "reads_failed": Job.objects.filter(kind=READ, state=Job.State.FAILED).count(),
    }


def _timed(number: int, stored: float, ended: float, cpu: float, waits: list[float]) -> dict[str, Any]:
    ordered = sorted(waits)
    return {
        "stored_per_second": round(number / stored, 1) if stored else 0.0,
        "threaded_per_second": round(number / ended, 1),
        "seconds": round(ended, 2),
        "cpu_milliseconds_per_mail": round(cpu / number * 1000, 2),
        "acknowledged_p50_ms": round(statistics.median(ordered) * 1000, 1),
        "acknowledged_p95_ms": round(ordered[int(len(ordered) * 0.95)] * 1000, 1),
    }


class _Reading(Engine):
    """The engine of a serving process, with its queue, but for the turns that follow: they are left."""

    def wake(self, job_id: int, at_once: bool, due_at: datetime) -> None:
        if not at_once:  # turns are; reading mail is not
            super().wake(job_id, at_once, due_at)


def _send(port: int, share: list[bytes], go: Any, told: Any) -> None:
    """One sending server: its mails one after another over one connection. Tells the seconds until each "250"."""
    go.wait()
    waits: list[float] = []
    client = _connected(port)
    for mail in share:
        started = time.monotonic()
        client.sendmail("customer@example.com", [addresses.our_address()], mail)
        waits.append(time.monotonic() - started)
    client.quit()
    told.put(waits)


def _connected(port: int) -> smtplib.SMTP:
    for _ in range(100):
        try:
            return smtplib.SMTP("127.0.0.1", port, local_hostname="senders.example", timeout=60)
        except OSError:
            time.sleep(0.05)
    raise ConnectionError(f"nobody listens on port {port}")


class _OnlyYes:
    async def handle_DATA(self, _server: Any, _session: Any, _envelope: Any) -> str:  # noqa: N802 (the library's name)
        return "250 OK"


def _bare_listener(port: int, go: Any, told: Any, senders: Sequence[Any], number: int) -> float:
    """Mails per second that the library alone takes from the same senders."""
    controller = Controller(_OnlyYes(), hostname="127.0.0.1", port=port, server_hostname="localhost")
    controller.start()
    started = time.monotonic()
    go.set()
    for _ in senders:
        told.get(timeout=300)
    seconds = time.monotonic() - started
    controller.stop()
    return number / seconds


def _forced_inserts(folder: Path, mails: list[bytes]) -> float:
    """Single inserts per second, each with a commit that is forced to the disk."""
    database = sqlite3.connect(folder / "reference.sqlite3", isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE mail (id INTEGER PRIMARY KEY, raw BLOB)")
    seconds = _seconds_of(lambda: [database.execute("INSERT INTO mail (raw) VALUES (?)", (mail,)) for mail in mails])
    database.close()
    return len(mails) / seconds


def _seconds_of(act: Callable[[], object]) -> float:
    started = time.monotonic()
    act()
    return max(time.monotonic() - started, 1e-9)


def show(figures: dict[str, Any]) -> None:
    """The figures as a table for people."""
    table = Table(title=f"Intake of {figures['mails']} mails from {figures['senders']} senders")
    table.add_column("figure")
    table.add_column("value", justify="right")
    for name, says in (
        ("stored_per_second", "mails a second, SMTP to stored"),
        ("threaded_per_second", "mails a second, SMTP to stored and threaded"),
        ("cpu_milliseconds_per_mail", "processor milliseconds for each mail"),
        ("acknowledged_p50_ms", "milliseconds until the sender is acknowledged, p50"),
        ("acknowledged_p95_ms", "… p95"),
        ("conversations", "conversations"),
        ("lost", "lost"),
        ("doubled", "doubled"),
        ("reference_bare_listener_per_second", "reference: a listener that stores nothing, mails a second"),
        ("reference_forced_inserts_per_second", "reference: SQLite inserts forced to the disk, a second"),
    ):
        table.add_row(says, str(figures[name]))
    Console().print(table)
