"""Work that touches only our own database is done and noted as done in one transaction: both or neither."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import timezone

from courtesy.conversations.models import JournalEntry
from courtesy.customers.models import Customer
from courtesy.foundation import jobs
from courtesy.foundation.models import Job


@pytest.fixture
def kind() -> Iterator[dict[str, bool]]:
    """A kind of work that adds a customer, and breaks while ``broken`` says so; ``seen``: was it noted by then."""
    told = {"broken": False, "seen": False}

    @jobs.job("add a customer", whole=True)
    def add(name: str) -> None:
        Customer.objects.create(name=name)
        told["seen"] = Job.objects.get(kind="add a customer").state == Job.State.DONE
        if told["broken"]:
            raise RuntimeError("broken")

    yield told
    jobs._kinds.pop("add a customer")


def test_what_breaks_leaves_nothing_behind_and_is_tried_again(transactional_db: None, kind: dict[str, bool]) -> None:
    kind["broken"] = True
    row = jobs.enqueue("add a customer", "1", name="Ana")
    assert not jobs.run(row.pk)
    row.refresh_from_db()
    assert (row.state, row.attempts, Customer.objects.count()) == (Job.State.WAITING, 1, 0)
    assert "broken" in row.last_error
    kind["broken"] = False
    Job.objects.update(due_at=timezone.now())
    assert jobs.run(row.pk)
    row.refresh_from_db()
    assert (row.state, row.attempts, Customer.objects.count()) == (Job.State.DONE, 2, 1)
    assert not jobs.run(row.pk)
    assert Customer.objects.count() == 1


def test_the_same_key_is_owed_once(transactional_db: None, kind: dict[str, bool]) -> None:
    first = jobs.enqueue("add a customer", "1", name="Ana")
    again = jobs.enqueue("add a customer", "1", name="Ben")
    assert (again.pk, again.arguments) == (first.pk, {"name": "Ana"})
    assert Job.objects.count() == 1


def test_a_job_that_another_worker_took_is_left_to_it(transactional_db: None, kind: dict[str, bool]) -> None:
    row = jobs.enqueue("add a customer", "1", name="Ana")
    at = timezone.now()
    taken = jobs.claim(row.pk, at)
    assert taken is not None
    assert (taken.attempts, taken.leased_by) == (1, jobs.WORKER)
    stored = Job.objects.get(pk=row.pk)
    assert (stored.attempts, stored.leased_until) == (taken.attempts, taken.leased_until)
    assert jobs.claim(row.pk, at) is None
    assert jobs.claim(row.pk, at + jobs._kinds["add a customer"].lease) is not None


def test_a_chat_reply_needs_no_second_job(talk: object) -> None:
    chat = talk()  # type: ignore[operator]
    chat.say("What are your opening hours?")
    assert [reply.delivery for reply in chat.replies] == ["sent"]
    assert list(Job.objects.values_list("kind", "state")) == [("take turn", "done")]
    assert JournalEntry.objects.filter(kind="message sent", conversation=chat.id).count() == 1
