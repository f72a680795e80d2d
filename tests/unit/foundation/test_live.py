"""Live events reach the streams of their topic, and only those."""

from __future__ import annotations

import asyncio
import threading

from courtesy.foundation import live


def heard_by(subscription: live.Subscription) -> list[live.Event]:
    return [subscription.queue.get_nowait() for _ in range(subscription.queue.qsize())]


def test_an_event_published_in_another_thread_reaches_the_streams_of_its_topic() -> None:
    async def scene() -> tuple[list[live.Event], list[live.Event], int]:
        mine, other = live.subscribe("conversation:1", "inbox"), live.subscribe("conversation:2")
        threading.Thread(target=live.publish, args=("conversation:1", {"event": 7})).start()
        event = await asyncio.wait_for(mine.queue.get(), 5)
        live.publish("inbox", {"event": 8})
        await asyncio.sleep(0)
        open_streams = live.stream_count()
        rest, others = heard_by(mine), heard_by(other)
        live.unsubscribe(mine)
        live.unsubscribe(other)
        return [event, *rest], others, open_streams

    mine, other, open_streams = asyncio.run(scene())
    assert mine == [{"event": 7}, {"event": 8}]
    assert other == []
    assert open_streams == 2
    assert live.stream_count() == 0


def test_a_reader_that_does_not_read_loses_events_but_holds_nobody_up() -> None:
    async def scene() -> int:
        slow = live.subscribe("inbox")
        for number in range(1500):
            live.publish("inbox", {"event": number})
        await asyncio.sleep(0)
        kept = slow.queue.qsize()
        live.unsubscribe(slow)
        return kept

    assert asyncio.run(scene()) == 1000


def test_a_stream_whose_loop_has_closed_harms_nobody() -> None:
    async def leave_open() -> live.Subscription:
        return live.subscribe("inbox")

    gone = asyncio.run(leave_open())
    live.publish("inbox", {"event": 1})
    live.unsubscribe(gone)
    assert live.stream_count() == 0


def test_a_relay_that_fails_still_leaves_this_process_informed() -> None:
    async def scene() -> list[live.Event]:
        mine = live.subscribe("inbox")

        def broken(_written: str) -> None:
            raise ConnectionError("no relay")

        live.set_relay(broken)
        try:
            live.publish("inbox", {"event": 1})
        finally:
            live.set_relay(None)
        await asyncio.sleep(0)
        live.unsubscribe(mine)
        return heard_by(mine)

    assert asyncio.run(scene()) == [{"event": 1}]
