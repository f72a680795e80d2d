"""Work that is owed is done once, though workers die, clocks jump and queues forget."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from courtesy.foundation import jobs
from courtesy.foundation.engine import Engine, queue_for
from courtesy.foundation.models import Job


@pytest.fixture
def done() -> Iterator[list[Any]]:
    """What the work of kind "note it" noted; the kind exists for the length of the test."""
    noted: list[Any] = []
    jobs.job("note it", attempts=3, lease_seconds=60)(lambda what: noted.append(what))
    yield noted
    del jobs._kinds["note it"]


@pytest.fixture
def failing() -> Iterator[list[Exception]]:
    """Work that raises what is in the list, and is done when the list is empty."""
    raises: list[Exception] = []

    def work() -> None:
        if raises:
            raise raises.pop(0)

    jobs.job("fail", attempts=3)(work)
    yield raises
    del jobs._kinds["fail"]


@pytest.mark.django_db
def test_the_same_work_asked_for_twice_is_one_row_and_done_once(done: list[Any]) -> None:
    first = jobs.enqueue("note it", "k1", what="a")
    second = jobs.enqueue("note it", "k1", what="b")
    assert first.pk == second.pk
    assert jobs.run_due() == 1
    assert jobs.run_due() == 0
    assert done == ["a"]


@pytest.mark.django_db
def test_work_of_a_transaction_that_is_undone_is_never_owed(done: list[Any]) -> None:
    with transaction.atomic():
        jobs.enqueue("note it", "k1", what="a")
        transaction.set_rollback(True)
    assert Job.objects.count() == 0
    assert jobs.run_due() == 0
    assert done == []


@pytest.mark.django_db
def test_an_unknown_kind_of_work_is_refused_when_it_is_asked_for() -> None:
    with pytest.raises(LookupError, match="no job of kind 'unheard of'"):
        jobs.enqueue("unheard of", "k")
    assert Job.objects.count() == 0


@pytest.mark.django_db
def test_work_for_later_is_not_done_before_its_time(done: list[Any], time_machine: Any) -> None:
    time_machine.move_to("2026-11-20T09:00:00Z", tick=False)
    jobs.enqueue("note it", "k1", due_at=timezone.now() + timedelta(hours=1), what="a")
    assert jobs.run_due() == 0
    time_machine.move_to("2026-11-20T10:00:00Z", tick=False)
    assert jobs.run_due() == 1
    assert done == ["a"]


@pytest.mark.django_db
def test_the_lease_of_a_dead_worker_runs_out_and_another_takes_the_work(done: list[Any], time_machine: Any) -> None:
    time_machine.move_to("2026-11-20T09:00:00Z", tick=False)
    row = jobs.enqueue("note it", "k1", what="a")
    assert jobs.claim(row.pk, timezone.now()) is not None  # … and here the worker dies
    assert jobs.claim(row.pk, timezone.now()) is None
    assert jobs.run_due() == 0
    time_machine.move_to("2026-11-20T09:01:01Z", tick=False)
    assert jobs.run_due() == 1
    assert done == ["a"]
    row.refresh_from_db()
    assert (row.attempts, row.state) == (2, Job.State.DONE)


@pytest.mark.django_db
def test_the_only_process_of_an_installation_takes_up_at_once_what_it_left(done: list[Any]) -> None:
    row = jobs.enqueue("note it", "k1", what="a")
    jobs.claim(row.pk, timezone.now())
    assert jobs.release_leases() == 1
    assert jobs.run_due() == 1
    assert done == ["a"]


@pytest.mark.django_db
def test_a_clock_set_back_delays_work_but_neither_loses_nor_repeats_it(done: list[Any], time_machine: Any) -> None:
    time_machine.move_to("2026-11-20T09:00:00Z", tick=False)
    jobs.enqueue("note it", "k1", what="a")
    time_machine.move_to("2026-11-20T08:00:00Z", tick=False)
    assert jobs.run_due() == 0
    time_machine.move_to("2026-11-20T09:00:00Z", tick=False)
    assert jobs.run_due() == 1
    time_machine.move_to("2026-11-20T08:00:00Z", tick=False)
    assert jobs.run_due() == 0
    assert done == ["a"]


@pytest.mark.django_db
def test_work_that_fails_is_tried_again_later_each_time_after_a_longer_wait(failing: Any, time_machine: Any) -> None:
    time_machine.move_to("2026-11-20T09:00:00Z", tick=False)
    row = jobs.enqueue("fail", "k1")
    failing += [OSError("the line is down"), OSError("still down")]
    assert jobs.run(row.pk) is False
    row.refresh_from_db()
    assert row.state == Job.State.WAITING
    assert row.last_error == "OSError: the line is down"
    assert row.due_at == timezone.now() + timedelta(seconds=2)
    time_machine.move_to(row.due_at, tick=False)
    assert jobs.run(row.pk) is False
    row.refresh_from_db()
    assert row.due_at == timezone.now() + timedelta(seconds=4)
    time_machine.move_to(row.due_at, tick=False)
    assert jobs.run(row.pk) is True
    row.refresh_from_db()
    assert (row.state, row.attempts, row.last_error) == (Job.State.DONE, 3, "")


@pytest.mark.django_db
def test_work_is_given_up_after_its_last_try_and_the_reason_is_kept(failing: Any, time_machine: Any) -> None:
    time_machine.move_to("2026-11-20T09:00:00Z", tick=False)
    row = jobs.enqueue("fail", "k1")
    failing += [OSError(str(number)) for number in range(9)]
    for hour in range(10, 20):
        time_machine.move_to(f"2026-11-20T{hour}:00:00Z", tick=False)
        jobs.run_due()
    row.refresh_from_db()
    assert (row.state, row.attempts, row.last_error) == (Job.State.FAILED, 3, "OSError: 2")


@pytest.mark.django_db
def test_a_failure_that_no_try_can_mend_is_not_tried_again(failing: Any) -> None:
    row = jobs.enqueue("fail", "k1")
    failing.append(jobs.PermanentError("no such address"))
    assert jobs.run_due() == 0
    row.refresh_from_db()
    assert (row.state, row.attempts) == (Job.State.FAILED, 1)


@pytest.mark.django_db(transaction=True)
def test_of_many_threads_that_want_a_job_one_gets_it(done: list[Any]) -> None:
    rows = [jobs.enqueue("note it", f"k{number}", what=number) for number in range(20)]
    together = threading.Barrier(6)

    def want_all() -> None:
        from django.db import connection

        together.wait()
        for row in rows:
            jobs.run(row.pk)
        connection.close()

    threads = [threading.Thread(target=want_all) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == list(range(20))
    assert set(Job.objects.values_list("attempts", flat=True)) == {1}


# --- the engine ---------------------------------------------------------------------------------


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Callable[..., Engine]]:
    made: list[Engine] = []

    def make(redis_url: str = "") -> Engine:
        made.append(Engine(queue_for(tmp_path, redis_url), workers=2))
        return made[-1]

    yield make
    for one in made:
        one.stop(within=10)
    jobs.set_engine(None)


@pytest.fixture
def work() -> Iterator[Callable[[int], list[int]]]:
    """Two kinds of work, and a way to wait until so many were done; the value is what was done."""
    noted: list[int] = []
    grew = threading.Condition()

    def note(number: int) -> None:
        with grew:
            noted.append(number)
            grew.notify_all()

    def wait_for(number: int) -> list[int]:
        with grew:
            grew.wait_for(lambda: len(noted) >= number, timeout=30)
            return sorted(noted)

    jobs.job("now", at_once=True)(note)
    jobs.job("soon")(note)
    yield wait_for
    del jobs._kinds["now"], jobs._kinds["soon"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["now", "soon"])
def test_the_engine_does_stored_work_once(kind: str, engine: Any, work: Any) -> None:
    engine().start()
    for number in range(30):
        jobs.enqueue(kind, f"k{number}", number=number)
    assert work(30) == list(range(30))


@pytest.mark.django_db(transaction=True)
def test_work_stored_before_the_start_is_found_by_the_sweep(engine: Any, work: Any) -> None:
    for number in range(5):
        jobs.enqueue("now", f"k{number}", number=number)
        jobs.enqueue("soon", f"k{number}", number=10 + number)
    engine().start()
    assert work(10) == [*range(5), *range(10, 15)]


@pytest.mark.django_db(transaction=True)
def test_what_the_queue_forgot_is_done_all_the_same(engine: Any, work: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("courtesy.foundation.engine.CARRIED_FOR", 0.5)
    one = engine()
    forgets = threading.Event()
    monkeypatch.setattr(
        one, "_carry_by_queue", lambda job_id: forgets.set() if not forgets.is_set() else one.do(job_id)
    )
    one.start()
    jobs.enqueue("soon", "k1", number=1)
    assert work(1) == [1]
    assert forgets.is_set()


@pytest.mark.django_db(transaction=True)
def test_a_stop_lets_work_in_hand_finish_and_takes_no_more(engine: Any) -> None:
    began, may_end, ended = threading.Event(), threading.Event(), []

    def slow(number: int) -> None:
        began.set()
        may_end.wait(20)
        ended.append(number)

    jobs.job("slow", at_once=True)(slow)
    one = engine()
    one.start()
    first = jobs.enqueue("slow", "k1", number=1)
    assert began.wait(20)
    threading.Timer(0.3, may_end.set).start()
    assert one.stop(within=20) is True
    later = jobs.enqueue("slow", "k2", number=2)
    del jobs._kinds["slow"]
    first.refresh_from_db()
    later.refresh_from_db()
    assert ended == [1]
    assert (first.state, later.state, later.attempts) == (Job.State.DONE, Job.State.WAITING, 0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.redis
def test_two_engines_on_one_redis_share_the_work_and_do_each_once(engine: Any, work: Any, redis_url: str) -> None:
    pair = [engine(redis_url), engine(redis_url)]
    for one in pair:
        one.start()
    for number in range(40):
        jobs.enqueue("soon", f"k{number}", number=number)
    assert work(40) == list(range(40))


def test_a_timer_rings_once_in_its_period_whichever_process_comes_first(tmp_path: Path, time_machine: Any) -> None:
    rings: list[str] = []
    pair = [Engine(queue_for(tmp_path, ""), workers=1) for _ in range(2)]
    for minute in ("09:00:10", "09:00:40", "09:01:05"):
        time_machine.move_to(f"2026-11-20T{minute}Z", tick=False)
        for one in pair:
            one._keep_timer("late promises", timedelta(minutes=1), lambda at: rings.append(f"{at:%H:%M:%S}"))
    assert rings == ["09:00:10", "09:01:05"]
