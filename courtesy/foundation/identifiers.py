"""Identifiers: text, unguessable, and in order of their making."""

from __future__ import annotations

import secrets
import time

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford base 32: no i, l, o, u


def _base32(number: int, length: int) -> str:
    digits = []
    for _ in range(length):
        number, rest = divmod(number, 32)
        digits.append(_ALPHABET[rest])
    return "".join(reversed(digits))


def new_id(prefix: str) -> str:
    """Return e.g. ``"cnv_01k9w…"``: 48 bits of milliseconds, then 80 random bits; sorts by time."""
    return f"{prefix}_{_base32(time.time_ns() // 1_000_000, 10)}{_base32(secrets.randbits(80), 16)}"


def new_secret() -> str:
    """Return a URL-safe secret of 192 bits, for tokens that open something."""
    return secrets.token_urlsafe(24)
