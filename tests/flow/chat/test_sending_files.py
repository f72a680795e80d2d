"""Files in the chat: what comes in, what is refused and why, and who may read it again."""

from __future__ import annotations

import pytest
from chat_server import Server, Visitor, ask

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360f8cfc0f01f00050001ff5c0bd4b70000000049454e44ae426082"
)
NOTE = b"The zip is torn."


def sent(visitor: Visitor, *files: tuple[str, bytes]) -> str:
    answer = visitor.send(*files, client_id="files", text="see here")
    assert answer.status == 202, answer.body
    return str(answer.json["message"]["id"])


def filed(visitor: Visitor) -> list[dict[str, object]]:
    return [document for message in visitor.messages() for document in message["documents"]]


def test_files_are_filed_with_the_message_and_come_back_byte_for_byte(visitor: Visitor) -> None:
    sent(visitor, ("tent.png", PNG), ("note.txt", NOTE))
    documents = filed(visitor)
    assert {(one["name"], one["media_type"]) for one in documents} == {
        ("tent.png", "image/png"),
        ("note.txt", "text/plain"),
    }
    kept = {
        one["name"]: ask("GET", f"{visitor.address}/documents/{one['id']}", headers=visitor.key) for one in documents
    }
    assert (kept["tent.png"].body, kept["note.txt"].body) == (PNG, NOTE)
    for answer in kept.values():
        assert answer.headers["Content-Disposition"].startswith("attachment;")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_files_sent_again_under_the_same_id_are_filed_once(visitor: Visitor) -> None:
    first = sent(visitor, ("note.txt", NOTE))
    again = visitor.send(("note.txt", NOTE), client_id="files", text="see here")
    assert (again.status, again.json["message"]["id"]) == (200, first)
    assert len(filed(visitor)) == 1


def test_a_file_is_read_only_in_its_own_conversation(server: Server, visitor: Visitor) -> None:
    sent(visitor, ("note.txt", NOTE))
    document = filed(visitor)[0]["id"]
    other = Visitor(server).open(visitor=visitor.token)
    assert ask("GET", f"{other.address}/documents/{document}", headers=other.key).status == 404
    assert ask("GET", f"{visitor.address}/documents/{document}", headers=other.key).status == 404
    assert ask("GET", f"{visitor.address}/documents/{document}").status == 404


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("picture.png", b"MZ\x90\x00 a program"),
        ("page.html", b"<html><script>alert(1)</script></html>"),
        ("drawing.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'),
        ("run.txt", b"#!/bin/sh\nrm -rf /\n"),
        ("empty.txt", b""),
    ],
)
def test_what_may_not_be_sent_is_told_by_its_content(visitor: Visitor, name: str, content: bytes) -> None:
    answer = visitor.send((name, content), client_id="files")
    assert answer.status == 415
    assert answer.json["detail"].endswith(".")
    assert visitor.messages() == []


def test_too_large_and_too_many_files_are_refused_as_a_whole(visitor: Visitor) -> None:
    large = visitor.send(("note.txt", NOTE), ("large.txt", b"x" * (1024 * 1024 + 1)), client_id="large")
    assert (large.status, large.json["detail"]) == (413, "A file may have at most 1 MB.")
    many = visitor.send(*[(f"{number}.txt", NOTE) for number in range(6)], client_id="many")
    assert (many.status, many.json["detail"]) == (413, "Send at most 5 files at once.")
    assert visitor.messages() == []


def test_folders_in_a_file_name_lead_nowhere(visitor: Visitor) -> None:
    sent(visitor, ("../../etc/cron.d/x.txt", NOTE))
    assert [one["name"] for one in filed(visitor)] == ["x.txt"]
