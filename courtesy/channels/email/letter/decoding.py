"""Bytes to words: charsets as mailers really label them, encoded words, transfer encodings. Never raises."""

from __future__ import annotations

import binascii
import codecs
import re
from functools import cache
from urllib.parse import unquote_to_bytes

# What mailers write → what they mean. GB2312 and Latin-1 are nearly always their supersets.
_MEANT = {
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "gb_2312-80": "gb18030", "gb-18030": "gb18030",
    "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252",
    "ks_c_5601-1987": "cp949", "ks_c_5601": "cp949", "euc-kr": "cp949", "x-windows-949": "cp949",
    "shift_jis": "cp932", "x-sjis": "cp932", "sjis": "cp932", "windows-31j": "cp932",
    "x-mac-roman": "mac-roman", "macintosh": "mac-roman", "unicode-1-1-utf-7": "utf-7", "utf8mb4": "utf-8",
    "unicode": "utf-16", "big5": "big5hkscs", "x-x-big5": "big5hkscs", "iso-8859-8-i": "iso-8859-8",
    "iso-8859-11": "cp874", "tis-620": "cp874", "windows-874": "cp874", "cp-850": "cp850", "ansi": "cp1252",
}  # fmt: skip
_REFUSED = {"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "rot13", "base64", "hex", "zlib"}
_WORD = re.compile(r"=\?([^?\s]{1,40})\?([bBqQ])\?([^?\r\n]{0,4000})\?=")
_BETWEEN = re.compile(r"(\?=)[ \t\r\n]+(?==\?[^?\s]{1,40}\?[bBqQ]\?)")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")  # and halves of letters, which UTF-7 can leave


@cache
def _codec(name: str) -> str:
    """The codec that a label means, "" when there is none."""
    name = name.strip().strip("\"'").lower().split("*")[0]
    name = _MEANT.get(name, name)
    try:
        found = codecs.lookup(name).name if name else ""
    except (LookupError, ValueError):
        return ""
    return "" if found.replace("-", "_") in _REFUSED or not _is_text(found) else found


def _is_text(name: str) -> bool:
    try:
        return isinstance(b"".decode(name), str)
    except (LookupError, UnicodeError, TypeError, AssertionError, ValueError):
        return False


def decode(raw: bytes, label: str = "") -> str:
    """Text of bytes: as labelled; else UTF-8; else Chinese where it reads as Chinese; else Western."""
    named = _codec(label[:60]) if label else ""
    for codec in (named, "utf-8"):
        if codec and codec != "ascii":
            try:
                return _CONTROLS.sub("", raw.decode(codec))
            except (UnicodeError, ValueError):
                continue
    if named in {"", "ascii"} and (chinese := _as_chinese(raw)):
        return _CONTROLS.sub("", chinese)
    codec = named if named not in {"", "ascii", "utf-8"} else "cp1252"
    try:
        return _CONTROLS.sub("", raw.decode(codec, "replace"))
    except (UnicodeError, ValueError):
        return _CONTROLS.sub("", raw.decode("latin-1"))


def _as_chinese(raw: bytes) -> str:
    """Unlabelled high bytes are Chinese when they decode and nearly all become common ideographs."""
    try:
        text = raw[:200_000].decode("gb18030")
    except UnicodeError:
        return ""
    high = [letter for letter in text if ord(letter) > 127]
    chinese = sum("\u4e00" <= letter <= "\u9fa5" or letter in "，。？！、：；（）《》“”" for letter in high)
    return raw.decode("gb18030", "replace") if high and chinese / len(high) > 0.9 and chinese > 3 else ""


def base64(raw: bytes) -> bytes:
    """Lenient base64: ignores foreign bytes, mends missing padding, keeps what was whole."""
    try:
        return binascii.a2b_base64(raw)
    except (binascii.Error, ValueError):
        kept = re.sub(rb"[^A-Za-z0-9+/]", b"", raw)
        if len(kept) % 4 == 1:
            kept = kept[:-1]
        return binascii.a2b_base64(kept + b"=" * (-len(kept) % 4))


def quoted_printable(raw: bytes) -> bytes:
    return binascii.a2b_qp(raw)


def uudecoded(raw: bytes) -> bytes:
    """The content between ``begin`` and ``end``; lines that cannot be read are passed over."""
    out = []
    started = False
    for line in raw.splitlines():
        if not started:
            started = line.startswith(b"begin ")
        elif line.strip() == b"end":
            break
        else:
            try:
                out.append(binascii.a2b_uu(line))
            except binascii.Error:
                continue
    return b"".join(out) if started else raw


def header_text(raw: bytes | str) -> str:
    """A header's value as people read it: encoded words joined and decoded, folds and blanks made single."""
    text = raw if isinstance(raw, str) else decode(raw)
    if "=?" in text:
        text = _decode_words(_BETWEEN.sub(r"\1", text))
    return re.sub(r"\s+", " ", text).strip()


def _decode_words(text: str) -> str:
    """Neighbouring words of one charset are decoded together: some mailers split a letter between two."""
    out: list[str] = []
    held, charset, end = b"", "", 0
    for found in _WORD.finditer(text):
        label, how, content = found[1], found[2].lower(), found[3]
        raw = content.encode("utf-8", "replace")
        raw = base64(raw) if how == "b" else binascii.a2b_qp(raw, header=True)
        if found.start() > end or label.lower() != charset:
            out.append(decode(held, charset) if held else "")
            held = b""
            out.append(text[end : found.start()])
        held, charset, end = held + raw, label.lower(), found.end()
    out.append(decode(held, charset) if held else "")
    out.append(text[end:])
    return "".join(out)


def extended_value(text: str) -> str:
    """An RFC 2231 value such as ``utf-8''na%C3%AFve.pdf``."""
    charset, quote, rest = text.partition("'")
    if not quote or "'" not in rest:
        return decode(unquote_to_bytes(text))
    return decode(unquote_to_bytes(rest.split("'", 1)[1]), charset)
