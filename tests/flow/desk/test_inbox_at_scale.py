"""The inbox: what breaks first stands first, pages by cursor, saved views, several at once and all of it undone."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from courtesy.conversations import holding, messages, promises, snoozing
from courtesy.conversations.models import Conversation
from courtesy.conversations.opening import open_conversation
from courtesy.customers.identifying import identify
from courtesy.desk import inbox
from courtesy.desk.models import BulkAct, SavedView
from courtesy.desk.views import VIEWS
from courtesy.foundation import jobs

HOUR = timedelta(hours=1)


@pytest.fixture
def waiting(talk: Any, at: datetime) -> Any:
    """``waiting("Care", due=…)``: a conversation that waits for a team."""

    def make(team: str = "Customer care", due: datetime | None = None, moved: datetime | None = None) -> Conversation:
        moment = moved or at
        number = Conversation.objects.count()
        opened = open_conversation(channel="chat", line="chat", customer=identify("chat", f"v{number}"), at=moment)
        messages.receive(opened, text="hello", at=moment, line="chat", provider_id=f"p{number}")
        holding.hand_over(opened, team=team, summary="", because="asked", at=moment, due_at=due)
        return opened

    return make


def ids(view: str, colleague: Any, **more: Any) -> list[str]:
    page = inbox.page(VIEWS[view], colleague.colleague, timezone.now(), **more)
    return [row.conversation.pk for row in page.rows]


def test_what_breaks_first_stands_first_and_what_owes_nothing_stands_last(
    waiting: Any, desk: Any, at: datetime
) -> None:
    mei = desk("Mei", teams=("Customer care",))
    idle, late, later = waiting(), waiting(due=at - HOUR), waiting(due=at + 3 * HOUR)
    promised = waiting()
    promises.promise(promised, what="call", team="Customer care", due_at=at + HOUR, key="k", at=at)
    expected = [late.pk, promised.pk, later.pk, idle.pk]
    assert ids("unassigned", mei) == expected == ids("team", mei)
    assert ids("overdue", mei) == [late.pk]
    assert ids("promises", mei) == [promised.pk]
    promises.keep(promised.promises.get(), mei.colleague.pk, at)
    assert Conversation.objects.get(pk=promised.pk).breaks_at is None


def test_an_answer_ends_what_was_due_and_a_promise_stays_owed(waiting: Any, at: datetime, desk: Any) -> None:
    talk = waiting(due=at + HOUR)
    promises.promise(talk, what="call", team="Customer care", due_at=at + 5 * HOUR, key="k", at=at)
    assert Conversation.objects.get(pk=talk.pk).breaks_at == at + HOUR
    messages.say(talk, author="colleague", text="Here you are", at=at)
    assert Conversation.objects.get(pk=talk.pk).breaks_at == at + 5 * HOUR


@pytest.mark.parametrize("sort", ["breaks", "newest", "oldest"])
def test_pages_by_cursor_show_everything_once_in_one_order(waiting: Any, desk: Any, at: datetime, sort: str) -> None:
    for number in range(12):
        waiting(due=at + number * HOUR if number % 3 == 0 else None, moved=at - (number // 2) * HOUR)
    mei = desk("Mei", teams=("Customer care", "Returns"))
    whole = ids("all", mei, sort=sort)
    seen: list[str] = []
    after = ""
    while True:
        page = inbox.page(VIEWS["all"], mei.colleague, timezone.now(), sort=sort, after=after, limit=5)
        seen += [row.conversation.pk for row in page.rows]
        after = page.after
        if not after:
            break
    assert seen == whole
    assert len(set(seen)) == 12


def test_a_representative_sees_only_their_own_in_every_view(waiting: Any, desk: Any, at: datetime) -> None:
    hidden, mine = waiting("Returns", due=at - HOUR), waiting("Workshop", due=at - HOUR)
    promises.promise(hidden, what="call", team="Returns", due_at=at, key="k", at=at)
    snoozing.snooze(hidden, at + 9 * HOUR, "system", at)
    otis = desk("Otis", teams=("Workshop",))
    for view in VIEWS:
        assert hidden.pk not in ids(view, otis), view
        assert hidden.pk not in otis.page("", view=view).content.decode()
    assert mine.pk in ids("overdue", otis)


def test_what_is_snoozed_leaves_the_lists_and_comes_back_by_time_or_by_the_customer(
    waiting: Any, desk: Any, at: datetime, time_machine: Any
) -> None:
    mei = desk("Mei", teams=("Customer care",))
    one, two = waiting(), waiting()
    for talk in (one, two):
        mei.do(f"c/{talk.pk}/snooze/", until="hour", **mei.seen(talk))
    assert ids("unassigned", mei) == []
    assert set(ids("snoozed", mei)) == {one.pk, two.pk}
    messages.receive(two, text="still there?", at=timezone.now(), line="chat", provider_id="again")
    assert ids("unassigned", mei) == [two.pk]
    time_machine.move_to(at + 2 * HOUR)
    jobs.run_due()
    assert ids("unassigned", mei)[0] == one.pk
    assert Conversation.objects.get(pk=one.pk).snoozed_until is None


def test_a_saved_view_keeps_filters_and_order_for_its_colleague_alone(waiting: Any, desk: Any) -> None:
    mei, ola = desk("Mei", teams=("Customer care",)), desk("Ola", teams=("Customer care",))
    answer = mei.browser.post(
        "/desk/views/", {"name": "My chats", "view": "all", "q": "channel:chat", "sort": "oldest"}
    )
    kept = SavedView.objects.get()
    assert answer.headers["Location"].endswith(f"?saved={kept.pk}")
    shown = mei.page("", saved=kept.pk)
    assert (shown.context["search"], shown.context["sort"]) == ("channel:chat", "oldest")
    assert "My chats" in shown.content.decode()
    assert "My chats" not in ola.page("", saved=kept.pk).content.decode()
    assert ola.do(f"views/{kept.pk}/drop/").status_code == 404
    mei.do(f"views/{kept.pk}/drop/")
    assert not SavedView.objects.exists()


def test_several_are_closed_at_once_and_undone_but_for_what_moved_on(waiting: Any, desk: Any, at: datetime) -> None:
    mei, noor = desk("Mei", teams=("Customer care",)), desk("Noor", teams=("Customer care",))
    mine, free, hers, hidden = waiting(due=at + HOUR), waiting(), waiting(), waiting("Returns")
    holding.take_over(mine, mei.colleague, at)
    holding.take_over(hers, noor.colleague, at)
    answer = mei.do("bulk/", act="close", id=[mine.pk, free.pk, hers.pk, hidden.pk])
    toast = json.loads(answer.headers["HX-Trigger"])["toast"]
    assert toast["text"] == "2 conversations closed. 2 were left as they are."
    closed = set(Conversation.objects.filter(status="closed").values_list("pk", flat=True))
    assert closed == {mine.pk, free.pk}
    messages.receive(free, text="not yet", at=at, line="chat", provider_id="again")
    assert noor.browser.post(toast["undo"]).status_code == 404
    told = json.loads(mei.browser.post(toast["undo"], headers={"HX-Request": "true"}).headers["HX-Trigger"])["toast"]
    assert told == "1 conversation put back. 1 has moved on since."
    back = Conversation.objects.get(pk=mine.pk)
    assert (back.status, back.holder, back.due_at) == ("open", mei.colleague, at + HOUR)
    assert BulkAct.objects.get().undone_at is not None


@pytest.mark.parametrize(
    ("fields", "before", "after"),
    [
        ({"act": "assign", "colleague": "mei"}, ("colleague", None, 0, False), ("colleague", "Mei", 0, False)),
        ({"act": "tag", "tag": "Big Order"}, ("colleague", None, 0, False), ("colleague", None, 1, False)),
        ({"act": "snooze", "until": "tomorrow"}, ("colleague", None, 0, False), ("colleague", None, 0, True)),
    ],
)
def test_every_act_on_several_can_be_undone(waiting: Any, desk: Any, fields: Any, before: Any, after: Any) -> None:
    mei = desk("Mei", grade="team lead")
    talk = waiting()

    def stands() -> tuple[Any, ...]:
        row = Conversation.objects.get(pk=talk.pk)
        return (row.speaker, row.holder.name if row.holder else None, row.tags.count(), row.snoozed_until is not None)

    if fields.get("colleague"):
        fields = {**fields, "colleague": mei.colleague.pk}
    assert stands() == before
    answer = mei.do("bulk/", id=[talk.pk], **fields)
    assert stands() == after
    mei.browser.post(json.loads(answer.headers["HX-Trigger"])["toast"]["undo"])
    assert stands() == before


def test_what_the_customer_has_woken_is_not_put_aside_again_by_undoing(waiting: Any, desk: Any, at: datetime) -> None:
    mei, talk = desk("Mei", grade="team lead"), waiting()
    snoozing.snooze(talk, timezone.now() + HOUR, mei.colleague.pk, timezone.now())
    answer = mei.do("bulk/", act="snooze", until="tomorrow", id=[talk.pk])
    messages.receive(talk, text="are you there?", at=at, line="chat", provider_id="again")
    mei.browser.post(json.loads(answer.headers["HX-Trigger"])["toast"]["undo"])
    assert Conversation.objects.get(pk=talk.pk).snoozed_until is None


def test_nothing_is_given_to_somebody_who_may_not_see_it(waiting: Any, desk: Any) -> None:
    lea, otis = desk("Lea", grade="team lead"), desk("Otis", teams=("Workshop",))
    talk = waiting("Returns")
    lea.do("bulk/", act="assign", id=[talk.pk], colleague=otis.colleague.pk)
    assert Conversation.objects.get(pk=talk.pk).holder is None


def test_tags_are_put_on_and_taken_off_beside_the_conversation(waiting: Any, desk: Any) -> None:
    mei = desk("Mei", teams=("Customer care",))
    talk = waiting()
    assert "big-order" in mei.do(f"c/{talk.pk}/tags/", tag="Big Order").content.decode()
    assert mei.do(f"c/{talk.pk}/tags/", tag="big order").status_code == 409
    assert "no tag" not in mei.do(f"c/{talk.pk}/tags/", off="big-order").content.decode()
    assert not Conversation.objects.get(pk=talk.pk).tags.exists()


def test_the_customers_page_shows_what_may_be_seen(waiting: Any, desk: Any) -> None:
    mei = desk("Mei", teams=("Customer care",))
    talk = waiting()
    shown = mei.page(f"customers/{talk.customer_id}/")
    assert talk.pk in shown.content.decode()
    assert desk("Otis", teams=("Workshop",)).page(f"customers/{talk.customer_id}/").status_code == 404


def test_who_is_named_in_a_note_finds_it_among_the_mentions_until_they_look(waiting: Any, desk: Any) -> None:
    mei, ola = desk("Mei", teams=("Customer care",)), desk("Ola Berg", teams=("Customer care",))
    otis = desk("Otis", teams=("Workshop",))
    talk = waiting()
    mei.do(f"c/{talk.pk}/reply/", text="@Ola can you look? @Otis, @Meinhard too", internal="yes", **mei.seen(talk))
    assert (ids("mentions", ola), ids("mentions", otis), ids("mentions", mei)) == ([talk.pk], [], [])
    ola.page(f"c/{talk.pk}/")
    assert ids("mentions", ola) == []
