"""The parts of a mail: headers and bodies split by their boundaries, in time linear in its size. Never raises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from courtesy.channels.email.letter.decoding import (
    base64,
    decode,
    extended_value,
    header_text,
    quoted_printable,
    uudecoded,
)

DEEPEST = 12
MOST_PARTS = 400
LONGEST_HEADER = 20_000
MOST_HEADERS = 1_000
_FIELD = re.compile(rb"^([!-9;-~]{1,100})[ \t]*:[ \t]?(.*)$", re.DOTALL)
_PARAMETER = re.compile(r';\s*([^\s=;"]{1,80})\s*=\s*("(?:[^"\\]|\\.){0,4000}"?|[^;]{0,4000})', re.DOTALL)


@dataclass(slots=True)
class Part:
    """One part: ``fields`` are (lower-case name, raw value) in order; ``raw`` is the body as sent."""

    fields: list[tuple[str, bytes]]
    raw: bytes
    whole: bytes = b""  # headers and body, for nested mails
    kind: str = "text/plain"
    parameters: dict[str, str] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)

    def field(self, name: str) -> bytes:
        return next((value for known, value in self.fields if known == name), b"")

    def fields_of(self, name: str) -> list[bytes]:
        return [value for known, value in self.fields if known == name]

    @property
    def disposition(self) -> str:
        return decode(self.field("content-disposition")[:200]).split(";")[0].strip().lower()

    @property
    def file_name(self) -> str:
        """The name the sender gave the file, without any path; "" when there is none."""
        named = parameters_of(self.field("content-disposition")).get("filename") or self.parameters.get("name", "")
        return re.split(r"[/\\]", header_text(named))[-1].strip()[:200]

    def content(self) -> bytes:
        """The body with its transfer encoding undone."""
        how = decode(self.field("content-transfer-encoding")[:60]).split(";")[0].strip().strip('"').lower()
        if how == "base64":
            return base64(self.raw)
        if how in {"quoted-printable", "quopri", "quoted printable"}:
            return quoted_printable(self.raw)
        if how in {"x-uuencode", "uuencode", "x-uue", "uue"}:
            return uudecoded(self.raw)
        return self.raw

    def text(self) -> str:
        return decode(self.content(), self.parameters.get("charset", "")).replace("\r\n", "\n").replace("\r", "\n")

    def walk(self) -> Iterator[Part]:
        """This part and all within it, but not the parts of attached mails."""
        yield self
        for part in self.parts:
            yield from part.walk()


def parameters_of(raw: bytes) -> dict[str, str]:
    """Parameters of a structured header, RFC 2231 pieces joined and decoded; names in lower case."""
    found: dict[str, str] = {}
    pieces: dict[str, list[tuple[int, bool, str]]] = {}
    for match in _PARAMETER.finditer(decode(raw[:LONGEST_HEADER])):
        name, value = match[1].lower(), match[2].strip()
        if value.startswith('"'):
            value = re.sub(r"\\(.)", r"\1", value[1:].removesuffix('"'))
        name, star, number = name.partition("*")
        if star:
            extended = number.endswith("*") or number == ""
            order = int(number.rstrip("*")) if number.rstrip("*").isdigit() else 0
            pieces.setdefault(name, []).append((order, extended, value))
        else:
            found.setdefault(name, value)
    for name, several in pieces.items():
        several.sort(key=lambda piece: piece[0])
        joined = "".join(value for _, _, value in several)
        found[name] = extended_value(joined) if any(extended for _, extended, _ in several) else joined
    return found


def split_header(raw: bytes) -> tuple[list[tuple[str, bytes]], bytes]:
    """Headers and the body below them. A line that is no header ends the headers, as readers do."""
    fields: list[tuple[str, bytes]] = []
    position = 0
    if raw.startswith((b"From ", b">From ")):  # an mbox separator
        position = raw.find(b"\n") + 1 or len(raw)
    while position < len(raw):
        end = raw.find(b"\n", position)
        following = len(raw) if end < 0 else end + 1
        line = raw[position:following]
        bare = line.rstrip(b"\r\n")
        if not bare:
            return fields, raw[following:]
        if bare[:1] in b" \t" and fields:
            name, value = fields[-1]
            if len(value) < LONGEST_HEADER:
                fields[-1] = (name, value + b"\n" + bare)
        elif (match := _FIELD.match(bare)) is not None:
            if len(fields) < MOST_HEADERS:
                fields.append((match[1].decode("ascii").lower(), match[2][:LONGEST_HEADER].rstrip()))
        elif bare.strip() and bare[:1] not in b" \t" and not bare.startswith(b"From "):
            return fields, raw[position:]
        position = following
    return fields, b""


class _Budget:
    def __init__(self) -> None:
        self.parts = MOST_PARTS


def parse(raw: bytes) -> Part:
    """The whole mail as a tree of parts."""
    return _parse(raw, 0, _Budget(), "text/plain")


def _parse(raw: bytes, depth: int, budget: _Budget, usual: str) -> Part:
    fields, body = split_header(raw)
    part = Part(fields, body, raw)
    declared = part.field("content-type")
    kind = decode(declared[:300]).split(";")[0].strip().strip('"').lower()
    part.parameters = parameters_of(declared) if declared else {}
    part.kind = kind if re.fullmatch(r"[\w.+-]+/[\w.+-]+", kind) else ("text/plain" if declared else usual)
    budget.parts -= 1
    if part.kind.startswith("multipart/") and depth < DEEPEST:
        boundary = part.parameters.get("boundary", "").rstrip()
        inner = "message/rfc822" if part.kind == "multipart/digest" else "text/plain"
        for piece in _split(body, boundary.encode("utf-8", "replace")) if boundary else ():
            if budget.parts <= 0:
                break
            part.parts.append(_parse(piece, depth + 1, budget, inner))
    if part.kind.startswith("multipart/") and not part.parts:
        part.kind = "text/plain"  # no boundary, or none found: what stands there is text
    return part


def _split(body: bytes, boundary: bytes) -> Iterator[bytes]:
    """The pieces between delimiter lines; a missing end delimiter is forgiven."""
    delimiter = b"--" + boundary
    start = -1
    position = 0
    while (at := body.find(delimiter, position)) >= 0:
        position = at + len(delimiter)
        if at and body[at - 1 : at] not in b"\n\r":
            continue
        line_end = body.find(b"\n", position)
        rest = body[position : len(body) if line_end < 0 else line_end].strip()
        if rest not in {b"", b"--"}:  # another boundary that only begins like this one
            continue
        if start >= 0:
            piece = body[start:at]
            yield piece[:-2] if piece.endswith(b"\r\n") else piece[:-1] if piece.endswith((b"\n", b"\r")) else piece
        start = len(body) if line_end < 0 else line_end + 1
        position = start
        if rest == b"--":
            return
    if 0 <= start < len(body):
        yield body[start:]
