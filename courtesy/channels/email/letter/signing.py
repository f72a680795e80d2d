"""Where a letter is signed: the closing words with the name and whatever follows, in the languages mail comes in."""

from __future__ import annotations

import re

from courtesy.channels.email.letter.attributions import ADDRESS, SIGNATURE

_CLOSINGS = (
    r"(?:many |kind |best |warm |kindest |warmest |with (?:kind|best) )*(?:regards|wishes)|best|all the best|cheers|"
    r"thanks(?: (?:again|a lot|so much|in advance|and regards))?|thank you(?: (?:very much|so much|in advance|again))?|"
    r"(?:yours )?(?:sincerely|faithfully|truly)(?: yours)?|yours|respectfully|"
    r"(?:muchas |mil )?gracias(?: (?:de antemano|por todo|y un saludo))?|(?:un |muchos )?(?:cordial(?:es)? "
    r")?saludos?(?: cordial(?:es)?)?|"
    r"atentamente|atte|un abrazo|(?:mit )?(?:freundlichen|besten|herzlichen|vielen|lieben) gr(?:ü|ue)(?:ß|ss)en|"
    r"(?:viele|liebe|beste|herzliche|schöne) gr(?:ü|ue)(?:ß|ss)e|gru(?:ß|ss)|mfg|lg|vg|danke(?: (?:schön|im "
    r"voraus))?|vielen dank|"
    r"(?:bien )?cordialement|salutations|bien à vous|merci(?: (?:beaucoup|d'avance))?|"
    r"(?:cordiali |distinti )?saluti|grazie(?: mille)?|(?:met )?vriendelijke groet(?:en)?|groet(?:en|jes)?|mvg|"
    r"atenciosamente|cumprimentos|obrigad[oa]|abraços|med vänliga hälsningar|vänliga hälsningar|mvh|hilsen|venlig "
    r"hilsen|"
    r"med vennlig hilsen|pozdrawiam|z poważaniem|с уважением|спасибо|з повагою|дякую|saygılarımla|teşekkürler|"
    r"此致|敬礼|祝好|谢谢|谢谢您|多谢|顺颂商祺|よろしくお願いします|敬具|감사합니다"
)
_CLOSING = re.compile(rf"^\s*(?:{_CLOSINGS})\s*[,.!，。！:\-–]*\s*$", re.IGNORECASE)
_NAME = re.compile(r"^\s*(?:[A-ZÀ-ÖØ-Þ][\w'’.-]{1,20}\s+){1,3}[A-ZÀ-ÖØ-Þ][\w'’.-]{1,24}\s*$")
_ONE_NAME = re.compile(
    r"^\s*[A-ZÀ-ÖØ-Þ][\w'’-]{1,24}(?:\s+[A-ZÀ-ÖØ-Þ][\w'’.-]{1,24}){0,3}\s*$|^\s*[\u4e00-\u9fff]{2,4}\s*$"
)
_REACH = re.compile(
    r"https?://|\bwww\.|\b(?:via|from) (?:my )?(?:mobile|phone|iphone|android)\b|(?:\+|\(|\b)\d[\d ()./-]{6,18}\d\b",
    re.IGNORECASE,
)
_MOST_LINES = 14  # of a signature
_LONGEST = 70  # characters of its lines


def signed(text: str) -> tuple[str, str]:
    """(the words, the signature): the signature is "" where there is none, the words are never empty."""
    lines = text.rstrip().split("\n")
    start = _start(lines)
    if start is None or not any(line.strip() for line in lines[:start]):
        return text, ""
    return "\n".join(lines[:start]).rstrip(), "\n".join(lines[start:]).strip()


def name_in(signature: str) -> str:
    """The name that a signature gives, "" where none is plain."""
    for line in signature.split("\n")[:4]:
        if _ONE_NAME.match(line) and not _CLOSING.match(line):
            return line.strip()
    return ""


def _start(lines: list[str]) -> int | None:
    filled = [number for number, line in enumerate(lines) if line.strip()]
    tail = filled[-_MOST_LINES:]
    for number in tail[1:] if tail and tail[0] == filled[0] else tail:
        rest = [lines[place] for place in filled if place > number]
        if SIGNATURE.match(lines[number]) and rest:
            return number
        if _CLOSING.match(lines[number]) and all(len(line) <= _LONGEST for line in rest) and len(rest) <= 8:
            return number
    blank = next((number for number in range(len(lines) - 1, 0, -1) if not lines[number].strip()), None)
    if blank is None or not 1 <= len(lines) - blank - 1 <= 6:
        return None
    block = lines[blank + 1 :]
    reachable = any(_REACH.search(line) or ADDRESS.search(line) for line in block[1:])
    return blank + 1 if _NAME.match(block[0]) and reachable and max(map(len, block)) <= _LONGEST else None
