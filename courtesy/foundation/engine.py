"""The engine: carries owed jobs to threads that do them, here or in another process.

The rows of ``jobs`` are the truth; everything in this file may be lost at any moment and a sweep makes it good.
Kinds marked ``at_once`` go to a pool of threads in the process that stored them. Others go through huey: a file in
the data folder for one process, Redis for several.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import structlog
from django.db import close_old_connections, connections
from django.utils import timezone
from huey import Huey, RedisHuey, SqliteHuey

from courtesy.foundation import jobs

log = logging.getLogger(__name__)

CARRIED_FOR = 30.0  # seconds until a job that was handed on, and not yet taken, is handed on again
SWEEP_EVERY = 2.0  # seconds; also how late a job may be that was stored for a later time


def queue_for(folder: Path, redis_url: str) -> Huey:
    """The queue of this installation. Results are not kept: the row holds the outcome."""
    if redis_url:
        return RedisHuey("courtesy", url=redis_url, results=False, immediate=False)
    return SqliteHuey("courtesy", filename=str(folder / "queue.sqlite3"), results=False, immediate=False, fsync=False)


class Engine:
    """Threads that do jobs, a queue between processes, and a clock that sweeps and keeps the timers."""

    def __init__(self, queue: Huey, *, workers: int) -> None:
        self.queue = queue
        self.workers = max(1, workers)
        self._carried: dict[int, float] = {}
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(self.workers, thread_name_prefix="at-once")
        self._open: set[Future[None]] = set()
        self._stopping = threading.Event()
        self._timers: list[tuple[str, timedelta, Callable[[datetime], object]]] = []
        self._clock = threading.Thread(target=self._tick_until_stopped, name="clock", daemon=True)
        self._carry_by_queue = queue.task(name="courtesy-job")(self.do)
        self._consumer: Any = None

    def every(self, name: str, period: timedelta, act: Callable[[datetime], object]) -> None:
        """Call ``act(now)`` once in each period, in one process only. For checks, not for promises: those are jobs."""
        self._timers.append((name, period, act))

    def start(self) -> None:
        """Begin to work; from here on new jobs are taken as they are stored."""
        self._consumer = self.queue.create_consumer(
            workers=self.workers, periodic=False, initial_delay=0.05, max_delay=0.5, check_worker_health=False
        )
        self._consumer._set_signal_handlers = lambda: None  # the server owns the signals
        logging.getLogger("huey").setLevel(logging.WARNING)
        self._consumer.start()
        jobs.set_engine(self.wake)
        self._clock.start()

    def stop(self, *, within: float = 20.0) -> bool:
        """Take no more work and let what is in hand finish. False: some did not; their leases run out."""
        ends = time.monotonic() + within
        jobs.set_engine(None)
        self._stopping.set()
        self._pool.shutdown(wait=False, cancel_futures=True)
        _, unfinished = wait(self._open, timeout=within)
        if self._consumer is not None:
            self._consumer.stop_flag.set()
            for _, thread in self._consumer.worker_threads:
                thread.join(max(0.1, ends - time.monotonic()))
            unfinished |= {thread for _, thread in self._consumer.worker_threads if thread.is_alive()}
        self._clock.join(max(0.1, ends - time.monotonic()))
        return not unfinished

    def wake(self, job_id: int, at_once: bool, due_at: datetime) -> None:
        """Hand a job on unless it is for later (the sweep finds it then) or was handed on a moment ago."""
        if self._stopping.is_set() or due_at > timezone.now() or not self._note_carried(job_id):
            return
        if at_once:
            self._take_at_once(job_id)
            return
        try:
            self._carry_by_queue(job_id)
        except Exception:
            log.exception("the queue did not take a job; this process does it", extra={"job": job_id})
            self._take_at_once(job_id)

    def _note_carried(self, job_id: int) -> bool:
        now = time.monotonic()
        with self._lock:
            if now - self._carried.get(job_id, -CARRIED_FOR) < CARRIED_FOR:
                return False
            self._carried[job_id] = now
            return True

    def _take_at_once(self, job_id: int) -> None:
        try:
            future = self._pool.submit(self.do, job_id)
        except RuntimeError:  # the pool is shutting down; the row waits for the next start
            return
        self._open.add(future)
        future.add_done_callback(self._open.discard)

    def do(self, job_id: int) -> None:
        """Do one job in this thread, with its own database connection kept open between jobs."""
        if self._stopping.is_set():
            return
        with self._lock:
            self._carried.pop(job_id, None)
        structlog.contextvars.bind_contextvars(job=job_id)
        close_old_connections()
        try:
            jobs.run(job_id)
        except Exception:
            log.exception("a job could not be claimed or recorded; the sweep will find it", extra={"job": job_id})
        finally:
            close_old_connections()
            structlog.contextvars.clear_contextvars()

    def depth(self) -> int:
        """How many jobs wait in the queue; raises when the queue cannot be asked."""
        return int(self.queue.storage.queue_size())

    def _tick_until_stopped(self) -> None:
        while not self._stopping.is_set():
            started = time.monotonic()
            self._tick()
            self._stopping.wait(max(0.1, SWEEP_EVERY - (time.monotonic() - started)))
        connections.close_all()

    def _tick(self) -> None:
        """One look: first what is owed, then the timers. A failure is logged and the next look comes all the same."""
        try:
            close_old_connections()
            jobs.sweep()
            for name, period, act in self._timers:
                self._keep_timer(name, period, act)
        except Exception:
            log.exception("the sweep failed and will be tried again")
            connections.close_all()

    def _keep_timer(self, name: str, period: timedelta, act: Callable[[datetime], object]) -> None:
        """Run a timer once in its period, whichever process comes first; a clock set back runs it again at worst."""
        now = timezone.now()
        slot = int(now.timestamp() // period.total_seconds())
        if not self.queue.storage.put_if_empty(f"timer:{name}:{slot}", b"1"):
            return
        self.queue.storage.pop_data(f"timer:{name}:{slot - 2}")
        try:
            act(now)
        except Exception:
            log.exception("a timer failed", extra={"timer": name})
