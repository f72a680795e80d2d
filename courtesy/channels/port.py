"""What the doors speak: ``Incoming`` from any medium, and the ``Channel`` that writes replies back to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any, Protocol, runtime_checkable

from courtesy.conversations.models import Message, SideMessage


class ChannelError(Exception):
    """A message could not be sent. ``permanent`` says whether another try can help."""

    def __init__(self, message: str, *, permanent: bool) -> None:
        super().__init__(message)
        self.permanent = permanent


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that came with a message; its name and type are the sender's claim, the type is checked by content."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message from a customer, whatever the medium.

    ``thread``: id of the conversation it belongs to when the medium proves it, else "" (a new one is opened).
    ``sender`` is the address in normal form ("" for an anonymous visitor), ``sender_kind`` as ``ContactPoint.Kind``.
    """

    channel: str
    line: str
    provider_id: str
    sender_kind: str
    sender: str
    text: str
    at: datetime
    thread: str = ""
    sender_name: str = ""
    subject: str = ""
    quoted: str = ""
    html: str = ""
    language: str = ""  # the medium's hint (browser language), not proof
    attachments: tuple[Attached, ...] = ()
    chosen: Any = None  # value of a choice button, when one was pressed
    sender_verified: bool = False  # the medium itself proved the sender (signed-in visitor), never true for plain mail
    more: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Abilities:
    """What a medium can do; wording and delivery ask here instead of asking which channel it is."""

    buttons: bool
    live: bool  # the customer is there now; silence is noticed within minutes
    salutation: bool  # replies open and close like a letter
    attachments: bool
    longest: int  # characters in one message
    in_house: bool = False  # delivering only writes to our own books, and so belongs to what the reply is stored with


class Channel(Protocol):
    kind: str
    abilities: Abilities

    def deliver(self, message: Message) -> None:
        """Bring an outgoing message to the customer. Idempotent for the same message. Raises ChannelError."""
        ...


@runtime_checkable
class CarriesNotes(Protocol):
    """A channel that can bring a note of ours to a colleague, outside of any conversation."""

    def send_note(self, address: str, subject: str, text: str, language: str) -> None:
        """Send it at once; no book keeps it. Raises ChannelError."""
        ...


@runtime_checkable
class CarriesQuestions(Protocol):
    """A channel that can bring a question to a department, and its answer back."""

    def send_question(self, message: SideMessage) -> None:
        """Bring it once. Raises ChannelError."""
        ...


@runtime_checkable
class CarriesCodes(Protocol):
    """A channel that can bring a one-time code to an address, outside of any conversation."""

    def send_code(self, address: str, code: str, language: str) -> None:
        """Send it at once; no book keeps it. Raises ChannelError."""
        ...
