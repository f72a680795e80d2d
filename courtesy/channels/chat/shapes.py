"""What the chat API takes and gives, as the OpenAPI document shows it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from ninja import Field, Schema

CLIENT_ID = r"^[A-Za-z0-9_.:-]{1,80}$"
LANGUAGE = r"^([A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*)?$"
LONGEST_TEXT = 8000


class Problem(Schema):
    """Why something was not done, in a sentence."""

    detail: str


class Invalid(Schema):
    """Which fields do not fit, one entry each."""

    detail: list[dict[str, Any]]


class Opening(Schema):
    """All optional. ``visitor`` is the token that an earlier answer gave to this browser."""

    language: str = Field("", max_length=35, description="BCP 47, such as es or zh-CN; else Accept-Language is asked.")
    visitor: str = Field("", max_length=64)
    name: str = Field("", max_length=160)


class Opened(Schema):
    id: str
    secret: str = Field(description="Opens this conversation; told once. Keep it in the client, never in a link.")
    visitor: str = Field(description="Send it with the next opening so that the same person is recognised.")
    language: str
    company: str
    representative: str


class Said(Schema):
    client_id: str = Field(pattern=CLIENT_ID, description="Chosen by the client; the same id again changes nothing.")
    text: str = Field(max_length=LONGEST_TEXT, pattern=r"\S")
    chosen: Any = Field(None, description="Value of the offered choice that was pressed; a list where several may be.")
    language: str = Field("", pattern=LANGUAGE, description="Language of the client's own words, as a hint.")


class Filed(Schema):
    id: str
    name: str
    media_type: str
    size: int


class Shown(Schema):
    """A message as the visitor sees it."""

    id: str
    sequence: int
    author: Literal["customer", "representative", "colleague", "system"]
    name: str = Field(description="The colleague's name; empty for the others.")
    text: str
    language: str
    choices: list[dict[str, Any]] = Field(
        description="Offered answers: value, label, and several: true where more than one may be taken."
    )
    sources: list[dict[str, Any]] = Field(description="Where statements come from: title, url, date.")
    documents: list[Filed]
    at: datetime
    delivery: Literal["received", "queued", "sent", "delivered", "read", "failed"]
    client_id: str | None = Field(description="The visitor's own messages: the id they were sent under.")


class Accepted(Schema):
    message: Shown


class Happening(Schema):
    """One event. ``kind`` says which of the other fields are there: message, delivery, or state."""

    id: int
    kind: str
    at: datetime
    message: Shown | str | None = Field(None, description="message: the message; delivery: the id of the message.")
    delivery: str | None = None
    status: str | None = Field(None, description="state: open, waiting or closed.")
    speaker: str | None = Field(None, description="state: representative or colleague.")
    holder: str | None = Field(None, description="state: name of the colleague who holds the conversation.")


class Happenings(Schema):
    events: list[Happening]
    next: int = Field(description="Ask again with since= this number.")


class Seen(Schema):
    """How far the client has come, by message sequence. Both only ever grow."""

    delivered: int = Field(0, ge=0)
    read: int = Field(0, ge=0)


class PersonWanted(Schema):
    client_id: str = Field("", max_length=80, pattern=r"^[A-Za-z0-9_.:-]*$")
    language: str = Field("", pattern=LANGUAGE, description="Language of the client's own words, if it was changed.")


class Language(Schema):
    code: str
    name: str


class Welcome(Schema):
    """What a client needs before the first word."""

    company: str
    about: str
    representative: str
    language: str
    languages: list[Language]
    colours: dict[str, str]
    labels: dict[str, str]
    suggestions: list[str] = Field(description="Sentences a visitor may start with.")
    open: bool = Field(description="Whether colleagues are there now. The representative always is.")
    opens_at: datetime | None = Field(description="When colleagues are back, if they are not there.")
    max_upload: int = Field(description="Largest file, in bytes.")
    accepts: list[str] = Field(description="Media types that may be sent.")
