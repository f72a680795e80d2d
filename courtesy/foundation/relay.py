"""Carries live events between processes by Redis publish/subscribe; without Redis nothing here is used."""

from __future__ import annotations

import json
import logging
import threading

from courtesy.foundation import live

log = logging.getLogger(__name__)

CHANNEL = "courtesy:live"


class Relay:
    """One listening thread for each process. Lost events are harmless: streams read the database with ``since=``."""

    def __init__(self, redis_url: str) -> None:
        import redis  # an extra: only installations with several processes have it

        self._redis = redis.Redis.from_url(redis_url, socket_timeout=10, socket_keepalive=True)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._listen_until_stopped, name="live-relay", daemon=True)

    def start(self) -> None:
        self._thread.start()
        live.set_relay(self.send)

    def stop(self) -> None:
        live.set_relay(None)
        self._stopping.set()
        self._thread.join(3)
        self._redis.close()

    def send(self, written: str) -> None:
        self._redis.publish(CHANNEL, written)

    def _listen_until_stopped(self) -> None:
        while not self._stopping.is_set():
            try:
                self._listen()
            except Exception:
                log.exception("the live relay lost its connection and will try again")
                self._stopping.wait(2)

    def _listen(self) -> None:
        with self._redis.pubsub(ignore_subscribe_messages=True) as heard:  # type: ignore[no-untyped-call]
            heard.subscribe(CHANNEL)
            while not self._stopping.is_set():
                message = heard.get_message(timeout=1.0)
                if message is None:
                    continue
                told = json.loads(message["data"])
                live.deliver(told["topic"], told["event"])
