"""Live events: tells open streams that something new can be read.

At most once and in memory: the truth is in the database, a stream that missed an event reads it with ``since=``.
``publish`` may be called from any thread; it never blocks and never raises. Where there are several processes the
event also goes out by Redis publish/subscribe (see ``connect_redis``).
"""

from __future__ import annotations

import asyncio
import json
import logging
import threading
from collections import defaultdict
from collections.abc import Callable
from typing import Any

log = logging.getLogger(__name__)

Event = dict[str, Any]


class Subscription:
    """A queue of events for one open stream, on that stream's own event loop."""

    def __init__(self, topics: tuple[str, ...], loop: asyncio.AbstractEventLoop) -> None:
        self.topics = topics
        self.loop = loop
        self.queue: asyncio.Queue[Event] = asyncio.Queue(maxsize=1000)

    def offer(self, event: Event) -> None:
        """Runs on the loop. A full queue drops the event: the reader will catch up from the database."""
        if not self.queue.full():
            self.queue.put_nowait(event)


_lock = threading.Lock()
_subscriptions: dict[str, set[Subscription]] = defaultdict(set)
_relay: Callable[[str], None] | None = None


def subscribe(*topics: str) -> Subscription:
    """Open a subscription; call on the event loop that will read it, and ``unsubscribe`` when done."""
    subscription = Subscription(topics, asyncio.get_running_loop())
    with _lock:
        for topic in topics:
            _subscriptions[topic].add(subscription)
    return subscription


def unsubscribe(subscription: Subscription) -> None:
    with _lock:
        for topic in subscription.topics:
            _subscriptions[topic].discard(subscription)
            if not _subscriptions[topic]:
                del _subscriptions[topic]


def publish(topic: str, event: Event) -> None:
    """Tell every open stream of ``topic``, here and in the other processes."""
    if _relay is None:
        deliver(topic, event)
        return
    try:
        _relay(json.dumps({"topic": topic, "event": event}))
    except Exception:
        log.exception("live relay failed; delivering in this process only")
        deliver(topic, event)


def deliver(topic: str, event: Event) -> None:
    """Hand an event to this process's own streams."""
    with _lock:
        subscriptions = tuple(_subscriptions.get(topic, ()))
    for subscription in subscriptions:
        try:
            subscription.loop.call_soon_threadsafe(subscription.offer, event)
        except RuntimeError:  # the loop has closed; the stream is gone
            continue


def set_relay(relay: Callable[[str], None] | None) -> None:
    """Use ``relay`` to send events to all processes (this one included); None for a single process."""
    global _relay
    _relay = relay


def stream_count() -> int:
    with _lock:
        return len({id(s) for group in _subscriptions.values() for s in group})
