"""Files lie in the composer before a reply is said: checked by their content, removable, gone with the reply."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from courtesy.channels.models import Enclosure
from courtesy.conversations.models import Document, Message

PNG = b"\x89PNG\r\n\x1a\n" + b"picture"


@pytest.fixture
def mei(handed_over: Any, desk: Any) -> Any:
    """Mei, who holds the conversation."""
    mei = desk("Mei", teams=("Customer care",))
    mei.do(f"c/{handed_over.id}/take-over/")
    return mei


def lay(mei: Any, talk: Any, name: str = "stove.png", content: bytes = PNG) -> Any:
    return mei.do(f"c/{talk.id}/files/", files=SimpleUploadedFile(name, content))


def test_a_file_lies_there_after_a_reload_and_goes_with_the_reply(mei: Any, handed_over: Any) -> None:
    assert "stove.png" in lay(mei, handed_over).content.decode()
    assert "stove.png" in mei.page(f"c/{handed_over.id}/").content.decode()
    assert not Document.objects.filter(name="stove.png").exists()
    mei.do(f"c/{handed_over.id}/reply/", text="", **mei.seen(handed_over.conversation))
    said = Message.objects.get(conversation=handed_over.id, author="colleague")
    assert [(one.name, one.media_type, one.ours) for one in said.documents.all()] == [("stove.png", "image/png", True)]
    assert not Enclosure.objects.exists()


def test_what_is_taken_out_is_not_sent(mei: Any, handed_over: Any) -> None:
    lay(mei, handed_over)
    left = mei.do(f"c/{handed_over.id}/files/{Enclosure.objects.get().pk}/take-out/")
    assert "stove.png" not in left.content.decode()
    mei.do(f"c/{handed_over.id}/reply/", text="No picture.", **mei.seen(handed_over.conversation))
    assert not Document.objects.filter(name="stove.png").exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [("run.exe", b"MZ\x90\x00" + bytes(range(256))), ("page.png", b"<script>alert(1)</script>"), ("none.txt", b"")],
)
def test_what_its_content_forbids_is_refused_whatever_its_name(
    mei: Any, handed_over: Any, name: str, content: bytes
) -> None:
    refused = lay(mei, handed_over, name, content)
    assert refused.status_code == 409
    assert name in refused.content.decode()
    assert not Enclosure.objects.exists()


def test_files_that_are_too_large_or_too_many_are_refused(mei: Any, handed_over: Any, settings: Any) -> None:
    settings.COURTESY_MAX_UPLOAD = 20
    assert lay(mei, handed_over, content=PNG + b"x" * 20).status_code == 409
    for number in range(10):
        assert lay(mei, handed_over, f"{number}.png").status_code == 200
    assert lay(mei, handed_over, "one more.png").status_code == 409
    assert Enclosure.objects.count() == 10


def test_nobody_lays_or_takes_files_in_anothers_composer(mei: Any, handed_over: Any, desk: Any) -> None:
    lay(mei, handed_over)
    ola = desk("Ola", teams=("Customer care",))
    assert lay(ola, handed_over, "ola.png").status_code == 409
    ola.do(f"c/{handed_over.id}/files/{Enclosure.objects.get().pk}/take-out/")
    assert Enclosure.objects.get().name == "stove.png"
    assert "stove.png" not in ola.page(f"c/{handed_over.id}/").content.decode()
