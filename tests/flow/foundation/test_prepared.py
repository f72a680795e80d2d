"""A prepared statement gives what its queryset gives, for whatever values it is asked with."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from courtesy.conversations.models import Conversation, Message
from courtesy.customers.models import Customer
from courtesy.foundation.models import Job
from courtesy.foundation.prepared import Change, Question, insert

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def conversation(**more: Any) -> Conversation:
    customer = Customer.objects.create(name="Ana", language="es")
    given = {"channel": "chat", "line": "chat", "customer": customer, "opened_at": AT, "moved_at": AT} | more
    return Conversation.objects.create(**given)


def columns(row: Any) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_a_question_gives_the_objects_that_the_queryset_gives(db: None) -> None:
    kept = conversation(dialogue={"tasks": [{"id": "a"}], "misses": 2}, urgent=True, due_at=AT + timedelta(hours=3))
    asked = Question[Conversation](
        lambda id: Conversation.objects.select_related("customer", "holder").filter(pk=id), id=""
    )
    for _ in range(2):
        found = asked.first(id=kept.pk)
        assert found is not None
        usual = Conversation.objects.get(pk=kept.pk)
        assert columns(found) == columns(usual)
        assert found.dialogue == {"tasks": [{"id": "a"}], "misses": 2}
        with CaptureQueriesContext(connection) as queries:
            assert columns(found.customer) == columns(usual.customer)
            assert found.holder is None
        assert len(queries) == 1  # the usual one asked for its customer; the prepared one brought it along
    assert asked.first(id="cnv_unknown") is None


def test_values_go_to_their_own_places_and_are_stored_as_the_fields_store_them(db: None) -> None:
    for number in range(4):
        Job.objects.create(kind="a", key=str(number), arguments={}, due_at=AT + timedelta(days=number))
    asked = Question[tuple[str, datetime]](
        lambda kind, until, state: (
            Job.objects.filter(state=state, kind=kind, due_at__lte=until)
            .order_by("-due_at")
            .values_list("key", "due_at")
        ),
        kind="x",
        until=AT,
        state="x",
    )
    assert asked.all(kind="a", until=AT + timedelta(days=2), state="waiting") == [
        (str(number), AT + timedelta(days=number)) for number in (2, 1, 0)
    ]
    assert asked.all(kind="b", until=AT + timedelta(days=2), state="waiting") == []


def test_a_change_changes_what_it_names_and_counts_it(db: None) -> None:
    one, other = conversation(), conversation()
    change = Change(
        lambda id, at, dialogue: (
            Conversation.objects.filter(pk=id),
            {"version": F("version") + 1, "moved_at": at, "dialogue": dialogue, "closed_at": None},
        ),
        id="",
        at=AT,
        dialogue={},
    )
    later = AT + timedelta(hours=1)
    assert change.make(id=one.pk, at=later, dialogue={"a": ["ñ", 1]}) == 1
    assert change.make(id="cnv_unknown", at=later, dialogue={}) == 0
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.version, one.moved_at, one.dialogue) == (1, later, {"a": ["ñ", 1]})
    assert (other.version, other.moved_at, other.dialogue) == (0, AT, {})


def test_a_value_that_is_no_parameter_is_refused_at_once(db: None) -> None:
    asked = Question[Message](lambda limit: Message.objects.all()[:limit], limit=1)
    with pytest.raises(ValueError, match="limit"):
        asked.all(limit=3)


def test_an_inserted_row_is_as_a_saved_one(db: None) -> None:
    row = Job(kind="a", key="1", arguments={"text": "ñ"}, due_at=AT)
    assert insert(row)
    found = Job.objects.get(pk=row.pk)
    assert columns(found) == columns(row)
    assert found.created_at is not None
    row.last_error = "later"
    row.save(update_fields=["last_error"])
    assert Job.objects.get().last_error == "later"


def test_the_same_row_again_is_an_error_or_is_left_out_as_asked(db: None) -> None:
    insert(Job(kind="a", key="1", arguments={"first": True}, due_at=AT))
    assert not insert(Job(kind="a", key="1", arguments={}, due_at=AT), unless_there=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(Job(kind="a", key="1", arguments={}, due_at=AT))
    assert [job.arguments for job in Job.objects.all()] == [{"first": True}]
