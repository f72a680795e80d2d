"""One process that serves: web, background work, mail in and timers; started in order and stopped in reverse."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from socket import socket
from types import FrameType
from typing import Any

import uvicorn
from django.conf import settings
from django.db import connection, connections
from django.utils import timezone

from courtesy.channels import appointments, awaiting, complaining, news
from courtesy.channels.email import doors
from courtesy.channels.parcels import telling
from courtesy.config import announcing, asgi, ports, running, starting
from courtesy.config.environment import read, read_number
from courtesy.config.trouble import Trouble
from courtesy.conversations import promises
from courtesy.foundation import jobs
from courtesy.foundation.engine import Engine, queue_for
from courtesy.foundation.relay import Relay
from courtesy.interpreter import asking as interpreter
from courtesy.knowledge import links
from courtesy.language.encoders.choosing import chosen
from courtesy.pack import editions

log = logging.getLogger(__name__)

STOP_WITHIN = 20.0  # seconds that work in hand gets to finish after a stop signal


def serve(*, mail: bool = True) -> int:
    """Run until told to stop by SIGTERM or SIGINT. Returns 0 after a clean stop, 1 when work had to be cut off."""
    at = timezone.now()
    web_socket = ports.take(read("COURTESY_HOST"), read_number("COURTESY_PORT"), "COURTESY_PORT")
    if mail:
        for setting in ("COURTESY_SMTP_PORT", "COURTESY_LMTP_PORT"):
            ports.check_free(read("COURTESY_SMTP_HOST"), read_number(setting), setting)
        check_mail()
    with only_one(settings.COURTESY_DATA):
        first = starting.prepare(at, announcing.step)
        released = jobs.release_leases() if alone() else 0
        if released:
            log.info("work that a stopped process left is taken up again", extra={"jobs": released})
        return run(web_socket, mail=mail, first=first)


def alone() -> bool:
    """Whether this is the only process of the installation (no Redis to speak to others by)."""
    return not read("COURTESY_REDIS_URL")


@contextlib.contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Without Redis two processes on one data folder would take each other's work: the second is told so."""
    starting.make_folders(folder)
    with (folder / "serve.lock").open("w") as lock:
        if alone():
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Trouble(
                    f"another courtesy serves from {folder}. Stop it, or for several processes set COURTESY_REDIS_URL."
                ) from None
        yield


def run(web_socket: socket, *, mail: bool, first: starting.FirstSignIn | None) -> int:
    """Start every part, serve, and stop the parts in reverse order."""
    server = Web(uvicorn.Config(asgi.build(), **web_options()))
    engine = Engine(
        queue_for(settings.COURTESY_DATA, read("COURTESY_REDIS_URL")), workers=read_number("COURTESY_WORKERS")
    )
    clean = True
    watch_parts(engine)
    with contextlib.ExitStack() as parts, server.stops_on_signals():
        if not alone():
            relay = Relay(read("COURTESY_REDIS_URL"))
            relay.start()
            parts.callback(relay.stop)
        keep_time(engine)
        engine.start()
        if mail:
            parts.callback(open_mail())
        announcing.ready(first, mail=mail)
        asyncio.run(server.serve(sockets=[web_socket]))
        announcing.step("stopping: finishing the work in hand …")
        clean = engine.stop(within=STOP_WITHIN)
    running.forget_all()
    connections.close_all()
    announcing.step("stopped" if clean else "stopped; unfinished work is taken up at the next start")
    return 0 if clean else 1


def check_mail() -> None:
    try:
        doors.check()
    except (OSError, ValueError) as error:
        raise Trouble(
            f"mail cannot be taken in: {error}. See COURTESY_MAIL_IN and COURTESY_SMTP_CERTIFICATE."
        ) from error


def open_mail() -> Callable[[], None]:
    """Open the mail doors; returns what closes them."""
    opened = doors.open_doors()
    running.watch("mail in", opened.look)
    return opened.close


def keep_time(engine: Engine) -> None:
    engine.every("late promises", timedelta(minutes=1), flag_late)
    engine.every("appointments", timedelta(minutes=1), look_at_appointments)
    engine.every("complaints and escalations", timedelta(minutes=1), follow_complaints)
    engine.every("approvals", timedelta(minutes=1), follow_approvals)
    engine.every("incidents", timedelta(minutes=1), follow_incidents)
    engine.every("deliveries", timedelta(minutes=1), tell_of_deliveries)
    engine.every("late deliveries", timedelta(hours=1), look_for_late)
    engine.every("links in articles", timedelta(hours=1), look_at_links)


def look_at_links(at: datetime) -> None:
    """A page of links an hour; in a thread of its own, since a host may take its time."""
    threading.Thread(target=_ask_links, args=(at,), name="links in articles", daemon=True).start()


def _ask_links(at: datetime) -> None:
    try:
        links.look(editions.in_force(), at)
    except Exception:  # looked at again in an hour
        log.exception("links in articles could not be asked")
    finally:
        connections.close_all()


def flag_late(at: datetime) -> None:
    if late := promises.flag_late(at):
        log.warning("promises are late", extra={"promises": late})


def look_at_appointments(at: datetime) -> None:
    appointments.look(at)


def follow_complaints(at: datetime) -> None:
    done = {what: count for what, count in complaining.keep_time(at).items() if count}
    if done:
        log.info("complaints were followed", extra={"done": done})


def follow_approvals(at: datetime) -> None:
    done = {what: count for what, count in awaiting.look(at).items() if count}
    if done:
        log.info("approvals were followed", extra={"done": done})


def follow_incidents(at: datetime) -> None:
    done = {what: count for what, count in news.look(at).items() if count}
    if done:
        log.info("incidents were followed", extra={"done": done})


def tell_of_deliveries(at: datetime) -> None:
    if told := telling.look(at):
        log.info("customers were told of their deliveries", extra={"told": told})


def look_for_late(at: datetime) -> None:
    done = {what: count for what, count in telling.look_for_late(at).items() if count}
    if done:
        log.info("deliveries were looked at", extra={"done": done})


def web_options() -> dict[str, Any]:
    return {
        "log_config": None,
        "access_log": False,
        "server_header": False,
        "proxy_headers": True,  # believed only from this machine, where a proxy stands
        "timeout_graceful_shutdown": 5,
        "timeout_keep_alive": 30,
        "lifespan": "off",
        "ws": "none",
        "h11_max_incomplete_event_size": 64 * 1024,
    }


class Web(uvicorn.Server):
    """Uvicorn that leaves the signals to us, so that background work is finished too before the process ends."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    @contextlib.contextmanager
    def stops_on_signals(self) -> Iterator[None]:
        before = {number: signal.signal(number, self.stop_on) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            yield
        finally:
            for number, action in before.items():
                signal.signal(number, action)

    def stop_on(self, number: int, _frame: FrameType | None) -> None:
        if self.should_exit and number == signal.SIGINT:  # a second Ctrl+C: now
            print("cut off; unfinished work is taken up at the next start", file=sys.stderr)
            os._exit(1)
        self.should_exit = True


def watch_parts(engine: Engine) -> None:
    """What /readyz asks."""
    threading.Thread(target=interpreter.make_ready, name="language model", daemon=True).start()
    running.watch("database", look_at_database)
    running.watch("queue", lambda: f"{engine.depth()} waiting")
    running.watch("work owed", look_at_work)
    running.watch("understanding", lambda: chosen(settings.COURTESY_ENCODER).says())
    running.watch("language model", lambda: interpreter.says(timezone.now()))
    running.watch("pack", lambda: f"{editions.in_force().company.name}, edition {editions.in_force().edition[:12]}")


def look_at_database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return connection.vendor


def look_at_work() -> str:
    return f"{jobs.owed()} jobs owed"
