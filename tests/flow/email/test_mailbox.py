"""A real IMAP mailbox is read: each mail once, from where the last look ended, whatever breaks in between."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from imap_server import PROGRAM, Mailbox, serving

from courtesy.channels.email.arriving.keeping import Keeper
from courtesy.channels.email.arriving.mailbox import Reader
from courtesy.channels.email.arriving.mailboxes import read_address, sign_in
from courtesy.channels.models import MailboxPosition, Received
from courtesy.conversations.models import Message

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def box(transactional_db: None, company: Any) -> Iterator[Mailbox]:
    if not PROGRAM:
        pytest.skip("no Dovecot on this machine")
    with serving() as server:
        yield server


@pytest.fixture
def keeper(box: Any) -> Iterator[Keeper]:
    keeper = Keeper()
    keeper.start()
    yield keeper
    keeper.stop()


@pytest.fixture
def look(box: Mailbox, keeper: Keeper) -> Callable[..., int]:
    """One look into the mailbox by a reader that has just started; returns how many new mails it stored."""

    def once(query: str = "") -> int:
        reader = Reader(read_address(box.url + query), keeper)
        opened = sign_in(reader.address)
        try:
            return reader.look(opened)
        finally:
            opened.logout()

    return once


def raw(number: int, **headers: str) -> bytes:
    more = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return (
        f"From: c{number}@example.com\r\nTo: service@tarnfell.example\r\nMessage-ID: <m{number}@example.com>\r\n"
        f"Subject: Mail {number}\r\n{more}\r\nWords of mail {number}\r\n"
    ).encode()


def test_new_mail_is_stored_once_and_marked_as_read(box: Mailbox, look: Any, run: Any) -> None:
    look()
    for number in range(3):
        box.append(raw(number))
    assert look() == 3
    assert look() == 0
    run()
    assert Message.objects.filter(author="customer").count() == 3
    assert bytes(Received.objects.get(provider_id="<m0@example.com>").raw) == raw(0)
    assert box.search("INBOX", "UNSEEN") == 0


def test_at_the_first_look_only_unread_mail_is_taken(box: Mailbox, look: Any) -> None:
    box.append(raw(1), seen=True)
    box.append(raw(2))
    look()
    look()
    assert list(Received.objects.values_list("provider_id", flat=True)) == ["<m2@example.com>"]


def test_mail_that_somebody_opened_before_us_is_still_taken(box: Mailbox, look: Any) -> None:
    look()
    box.append(raw(1), seen=True)
    look()
    assert Received.objects.count() == 1


def test_a_crash_between_storing_and_noting_the_place_doubles_nothing(box: Mailbox, look: Any) -> None:
    look()
    box.append(raw(1))
    box.append(raw(2))
    look()
    MailboxPosition.objects.update(uid=0)
    look()
    assert Received.objects.count() == 2


def test_a_server_that_numbers_its_mails_anew_loses_and_doubles_nothing(box: Mailbox, look: Any) -> None:
    look()
    box.append(raw(1))
    look()
    before = MailboxPosition.objects.get().validity
    box.append(raw(2), seen=True)
    time.sleep(1.1)  # the new UIDVALIDITY is the time in seconds
    box.renumber()
    look()
    assert MailboxPosition.objects.get().validity != before
    assert sorted(Received.objects.values_list("provider_id", flat=True)) == ["<m1@example.com>", "<m2@example.com>"]


def test_stored_mails_are_moved_where_the_address_says(box: Mailbox, look: Any) -> None:
    look("?move=Done")
    box.append(raw(1))
    look("?move=Done")
    assert (box.search("INBOX", "ALL"), box.search("Done", "ALL")) == (0, 1)


def test_a_mail_over_the_limit_is_shown_to_a_person_and_the_next_is_read(
    box: Mailbox, look: Any, settings: Any
) -> None:
    settings.COURTESY_MAX_MAIL = 20_000
    look()
    box.append(raw(1) + b"x" * 30_000 + b"\r\n")
    box.append(raw(2))
    look()
    rows = {row.provider_id: row for row in Received.objects.all()}
    assert rows["<m1@example.com>"].status == "quarantined"
    assert "too large" in rows["<m1@example.com>"].reason
    assert rows["<m2@example.com>"].status == "stored"


def test_what_the_server_gave_out_late_is_found_by_the_daily_comparison(box: Mailbox, look: Any) -> None:
    look()
    box.append(raw(1))
    box.append(raw(2))
    look()
    Received.objects.filter(provider_id="<m1@example.com>").delete()  # as if the look had not seen it
    yesterday = timezone.now() - timedelta(days=2)
    MailboxPosition.objects.update(reconciled_at=yesterday)
    assert look() == 1
    assert Received.objects.count() == 2
    assert MailboxPosition.objects.get().reconciled_at > yesterday


def test_the_same_mail_by_mailbox_and_by_smtp_is_one(box: Mailbox, look: Any, door: Any) -> None:
    look()
    door.send(raw(1))
    box.append(b"Received: by the mailbox\r\n" + raw(1))
    look()
    assert Received.objects.count() == 1


def wait_for(condition: Callable[[], bool]) -> bool:
    for _ in range(150):
        if condition():
            return True
        time.sleep(0.1)
    return False


def test_a_running_reader_hears_of_new_mail_and_comes_back_after_a_cut(
    box: Mailbox, keeper: Keeper, monkeypatch: Any
) -> None:
    from courtesy.channels.email.arriving import mailbox

    opened: list[Any] = []

    def watched(address: Any) -> Any:
        opened.append(sign_in(address))
        return opened[-1]

    monkeypatch.setattr(mailbox.mailboxes, "sign_in", watched)
    reader = Reader(read_address(box.url), keeper)
    reader.start()
    try:
        assert wait_for(lambda: reader.trouble == "")
        box.append(raw(1))
        assert wait_for(lambda: Received.objects.count() == 1)
        opened[0].client.sock.shutdown(2)
        box.append(raw(2))
        assert wait_for(lambda: Received.objects.count() == 2)
        assert len(opened) == 2
    finally:
        reader.stop()
    assert not reader._thread.is_alive()


def test_a_wrong_password_is_told_without_the_password(box: Mailbox, keeper: Keeper, caplog: Any) -> None:
    address = read_address(box.url.replace("s3cret%2Fword", "wr0ng-word"))
    reader = Reader(address, keeper)
    reader.start()
    assert wait_for(lambda: "not read yet" not in reader.trouble)
    reader.stop()
    assert "MailboxLoginError" in reader.trouble
    assert "wr0ng-word" not in reader.trouble + caplog.text + repr(address)
