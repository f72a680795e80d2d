"""The company's own book behind the port: no other server is asked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from courtesy.connections.book.changing import change
from courtesy.connections.book.finding import find
from courtesy.connections.models import Record
from courtesy.connections.port import Told
from courtesy.pack.connections import Connection, Operation


class OwnBook:
    """``port.System`` over our own database."""

    def ask(
        self, connection: Connection, operation: Operation, values: Mapping[str, Any], key: str, at: datetime
    ) -> Told:
        if operation.changes:
            return change(connection, operation, values, key, at)
        answer = find(connection, operation, values, at)
        return Told(json.dumps(answer), found=bool(answer))

    def look_around(self, connection: Connection) -> tuple[str, ...]:
        """How many records of each kind there are."""
        return tuple(f"{Record.objects.filter(kind=kind).count()} × {kind}" for kind in connection.book.kinds)
