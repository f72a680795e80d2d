"""Masking: payment card and bank account numbers and passwords leave a text before it is stored, spoken ones too."""

from __future__ import annotations

import re

CARD = re.compile(r"(?<![\w.])\d(?:[ \-]?\d){12,18}(?![\w])")
IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b", re.IGNORECASE)
_SECRET = re.compile(
    r"(?i)\b(password|passwort|kennwort|contraseña|clave|pin|cvv|cvc|security code|c[oó]digo de seguridad|密码)"
    r"(\s*(?:is|es|ist|:|=|：|是)\s*)(\S{3,64})"
)
_SAFE_CODE = re.compile(r"(?i)\b(cvv2?|cvc2?|security code|c[oó]digo de seguridad|安全码)(\W{1,3})(\d{3,4})(?!\d)")
_WORDS = {
    word: str(value)
    for value, words in enumerate(
        (
            "zero oh o cero null 零 〇", "one uno eins 一 幺", "two dos zwei zwo 二 两", "three tres drei 三",
            "four cuatro vier 四", "five cinco fünf 五", "six seis sechs 六", "seven siete sieben 七",
            "eight ocho acht 八", "nine nueve neun 九",
        )
    )
    for word in words.split()
}  # fmt: skip
_SPOKEN_SIGN = "|".join(sorted(_WORDS, key=len, reverse=True))
_SPOKEN = re.compile(
    rf"(?i)(?<![^\W\d_])(?:(?:double |triple )?(?:{_SPOKEN_SIGN}|\d{{1,4}})(?:[ ,.\-]{{1,2}}|"
    rf"(?=[零〇一幺二两三四五六七八九])|$)){{8,24}}"
)
_TOKEN = re.compile(rf"(?i)(double |triple )?({_SPOKEN_SIGN}|\d{{1,4}})")


def luhn(digits: str) -> bool:
    """Whether the digits pass the check of ISO/IEC 7812, as payment card numbers do."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def is_card(written: str) -> bool:
    """Whether 13 to 19 written digits can be a payment card's number: its first is 2 to 6, and the check holds."""
    digits = re.sub(r"\D", "", written)
    return 13 <= len(digits) <= 19 and "2" <= digits[0] <= "6" and luhn(digits) and len(set(digits)) > 1


def iban_valid(written: str) -> bool:
    """The check of ISO 13616: the number moved around and read in base 36 leaves 1 when divided by 97."""
    bare = written.replace(" ", "").upper()
    if not 15 <= len(bare) <= 34 or not bare[:2].isalpha():
        return False
    return int("".join(str(int(letter, 36)) for letter in bare[4:] + bare[:4])) % 97 == 1


def mask(text: str) -> str:
    """The text without card numbers (their last four digits stay), bank account numbers and passwords."""
    text = CARD.sub(_card, text)
    text = IBAN.sub(lambda found: f"[account …{found[0][-4:]}]" if iban_valid(found[0]) else found[0], text)
    text = _SPOKEN.sub(_spoken, text)
    text = _SAFE_CODE.sub(lambda found: f"{found[1]}{found[2]}[removed]", text)
    return _SECRET.sub(lambda found: f"{found[1]}{found[2]}[removed]", text)


def _card(found: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", found[0])
    return f"[card …{digits[-4:]}]" if is_card(digits) else found[0]


def _spoken(found: re.Match[str]) -> str:
    """A card's number said digit by digit, if that is what the words come to."""
    digits = ""
    for token in _TOKEN.finditer(found[0]):
        sign = token[2].lower()
        times = {"double ": 2, "triple ": 3}.get((token[1] or "").lower(), 1)
        digits += (sign if sign.isdigit() else _WORDS[sign]) * times
    if not is_card(digits):
        return found[0]
    return f"[card …{digits[-4:]}]" + (" " if found[0].endswith(" ") else "")
