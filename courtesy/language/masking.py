"""Masking: payment card and bank account numbers and passwords leave a text before it is stored."""

from __future__ import annotations

import re

_CARD = re.compile(r"(?<![\w.])\d(?:[ \-]?\d){12,18}(?![\w])")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b")
_SECRET = re.compile(r"(?i)\b(password|passwort|contraseña|clave|cvv|cvc|密码)(\s*(?:is|es|:|=|：|是)\s*)(\S{3,64})")


def luhn(digits: str) -> bool:
    """Whether the digits pass the check of ISO/IEC 7812, as payment card numbers do."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def iban_valid(written: str) -> bool:
    """The check of ISO 13616: the number moved around and read in base 36 leaves 1 when divided by 97."""
    bare = written.replace(" ", "").upper()
    if not 15 <= len(bare) <= 34:
        return False
    return int("".join(str(int(letter, 36)) for letter in bare[4:] + bare[:4])) % 97 == 1


def mask(text: str) -> str:
    """The text without card numbers (their last four digits stay), bank account numbers and passwords."""
    text = _CARD.sub(_card, text)
    text = _IBAN.sub(lambda found: f"[account …{found[0][-4:]}]" if iban_valid(found[0]) else found[0], text)
    return _SECRET.sub(lambda found: f"{found[1]}{found[2]}[removed]", text)


def _card(found: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", found[0])
    return f"[card …{digits[-4:]}]" if luhn(digits) and len(set(digits)) > 1 else found[0]
