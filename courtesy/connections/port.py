"""The port to a company's system: one request out, one answer in, and one small tree of what can go wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from courtesy.pack.connections import Connection, Operation


class SystemAway(Exception):
    """The system could not be asked. ``permanent``: another try cannot help; ``sent``: it may have been done."""

    def __init__(self, message: str, *, permanent: bool, sent: bool) -> None:
        super().__init__(message)
        self.permanent = permanent
        self.sent = sent


@dataclass(frozen=True, slots=True)
class Told:
    """What the system said. ``content`` is JSON text. ``refused``: its own words or code for a no; "" for a yes."""

    content: str
    refused: str = ""
    found: bool = True


class System(Protocol):
    """One kind of system. ``values`` are typed for JSON and named as the system calls them."""

    def ask(
        self, connection: Connection, operation: Operation, values: Mapping[str, Any], key: str, at: datetime
    ) -> Told:
        """Send one request. Raises SystemAway."""
        ...

    def look_around(self, connection: Connection) -> tuple[str, ...]:
        """What can be seen without asking or changing anything: reached, tools by name. Raises SystemAway."""
        ...
