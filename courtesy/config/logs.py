"""Structured logs: one JSON object a line (or colour on a terminal), with request, job and conversation id."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

Line = MutableMapping[str, Any]

_SECRET_NAME = re.compile(r"password|passwd|secret|token|authorization|cookie|api_?key|code$", re.IGNORECASE)
_SECRET_TEXT = re.compile(
    r"(?P<before>\w{2,16}://[^\s:/@]{0,80}:)[^\s@/]{1,200}@|(?P<query>[?&](?:secret|token|code)=)[^&\s\"']{1,200}"
)


def _hidden(match: re.Match[str]) -> str:
    return f"{match['before']}•••@" if match["before"] else f"{match['query']}•••"


def hide_secrets(_logger: Any, _method: str, line: Line) -> Line:
    """Replace what opens something: values under telling names, passwords in addresses, secrets in queries."""
    for name, value in line.items():
        if _SECRET_NAME.search(name):
            line[name] = "•••"
        elif isinstance(value, str) and ("://" in value or "=" in value):
            line[name] = _SECRET_TEXT.sub(_hidden, value)
    return line


def _before_writing() -> list[Any]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def configure(level: str, form: str) -> None:
    """Send every logger of the process to standard error. ``form``: json, console, or empty to choose by terminal."""
    if level.upper() not in logging.getLevelNamesMapping():
        raise SystemExit(f"COURTESY_LOG_LEVEL must be DEBUG, INFO, WARNING or ERROR, not {level!r}.")
    console = form == "console" or (not form and sys.stderr.isatty())
    last: list[Any] = (
        [structlog.dev.ConsoleRenderer(pad_event_to=0)]
        if console
        else [structlog.processors.format_exc_info, hide_secrets, structlog.processors.JSONRenderer(ensure_ascii=False)]
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_before_writing(),
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, hide_secrets, *last],
    )
    handler = logging.StreamHandler()
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for chatty in ("huey", "asyncio", "mail.log", "uvicorn.access", "fontTools", "fpdf"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    structlog.configure(
        processors=[*_before_writing(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
