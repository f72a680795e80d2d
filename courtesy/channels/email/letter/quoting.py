"""What is new in a mail, apart from what is quoted and signed, in many languages; in time linear in its size.

Interleaved answers are kept. The result is never empty where there is text: the customer's only words may look like a
quotation to us.
"""

from __future__ import annotations

from dataclasses import dataclass

from courtesy.channels.email.letter.attributions import (
    ADDRESS,
    BRACKETED,
    DATE,
    DATE_FIRST,
    DIVIDER,
    FORWARD,
    HEADER_ANY,
    HEADER_FROM,
    MOBILE,
    OPENER,
    QUOTED,
    SIGNATURE,
    SYMBOLS,
    VERB,
    ZONED,
)
from courtesy.channels.email.letter.signing import signed

LONGEST_LINE = 300  # of a line, so much is looked at
_MARKS = dict.fromkeys(
    (0x200B, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0xFEFF, 0x2066, 0x2067, 0x2068, 0x2069)
)
LONGEST = 60_000  # of a text, so much is looked at; what follows counts as quoted


@dataclass(frozen=True, slots=True)
class Split:
    """``words``: the new words alone. ``visible``: with the quoted lines they answer. ``rest``: what was set apart.

    ``signature``: how the letter is signed; it stands in the words too, unless a line divides it from them."""

    words: str
    visible: str
    rest: str
    signature: str = ""


@dataclass(slots=True)
class _Line:
    text: str  # as written
    look: str  # as looked at: short, without trailing blanks
    quoted: bool

    @property
    def blank(self) -> bool:
        return not self.look.strip()


def split(body: str) -> Split:
    """Part a mail's plain text into what is new and what is not."""
    body = body.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    head, over = body[:LONGEST], body[LONGEST:]
    lines = [_line(text) for text in head.split("\n")]
    kept, cut = _walk(lines)
    visible = _joined(kept)
    words = _joined([line for line in kept if not line.quoted]) or visible
    if not words:
        words = visible = _last_resort(lines) or over.strip()
    rest = "" if visible == head.strip() and not over else _joined(cut) + over
    if words != visible:  # answers stand between quoted lines: keep the whole, in its order
        rest = body.strip()
    return Split(words, visible, rest.strip("\n"), signed(words)[1] or _divided(words, cut))


def _divided(words: str, cut: list[_Line]) -> str:
    """A signature that a line of dashes, or of the device's, divides from the words, up to what is quoted below it."""
    if cut and MOBILE.match(cut[0].look):
        return signed(f"{words}\n{cut[0].text}")[1]
    if not cut or not SIGNATURE.match(cut[0].look):
        return ""
    own: list[_Line] = []
    for number, line in enumerate(cut):
        if line.quoted or DIVIDER.match(line.look) or FORWARD.match(line.look) or _attribution(cut, number):
            break
        own.append(line)
    return _joined(own) if len(own) > 1 else ""


def visible(body: str) -> str:
    """The new words with the quoted lines that they answer."""
    return split(body).visible


def _line(text: str) -> _Line:
    look = text[:LONGEST_LINE].translate(_MARKS).rstrip()
    return _Line(text.rstrip(), look, bool(QUOTED.match(look)))


def _walk(lines: list[_Line]) -> tuple[list[_Line], list[_Line]]:
    """Go down the lines once: (lines kept, lines set apart)."""
    kept: list[_Line] = []
    cut: list[_Line] = []
    said = False  # whether words of the writer were met
    position = 0
    while position < len(lines):
        line = lines[position]
        if not line.blank:
            if not said and (announced := _forwarding(lines, position)):
                cut += lines[position : position + announced]
                position += announced
                continue
            if _ends_here(lines, position, said):
                return _without_tail(kept, cut), cut + lines[position:]
            length = _attribution(lines, position)
            if length:
                after = _next(lines, position + length)
                if (
                    after is None
                    or not lines[after].quoted
                    or (line.quoted and said and not _deeper(line, lines[after]))
                ):
                    if said or after is None:
                        return _without_tail(kept, cut), cut + lines[position:]
                    cut += lines[position : position + length]
                    position += length
                    continue
                cut += lines[position : position + length]
                position += length
                if not said:  # quoted on top: what follows answers all of it
                    position = _skip_quoted(lines, position, cut)
                continue
            said = said or not line.quoted
        kept.append(line)
        position += 1
    return _without_tail(kept, cut), cut


def _forwarding(lines: list[_Line], position: int) -> int:
    """How many lines from here announce a forwarded mail, where nothing of the writer's own came before; else 0."""
    look = lines[position].look
    if DIVIDER.match(look) or FORWARD.match(look):
        return 1
    if not _header_block(lines, position):
        return 0
    ends = (number for number in range(position, len(lines)) if lines[number].blank)
    return next(ends, len(lines)) - position


def _ends_here(lines: list[_Line], position: int, said: bool) -> bool:
    """Whether everything from this line on is signature, quotation or forwarded mail."""
    look = lines[position].look
    if DIVIDER.match(look) or FORWARD.match(look) or _header_block(lines, position):
        return said
    if not said:
        return False
    return bool(SIGNATURE.match(look) or (len(look) <= 120 and MOBILE.match(look)) or ZONED.match(look))


def _header_block(lines: list[_Line], position: int) -> bool:
    """From, Sent, To, Subject in any order and language, as Outlook writes them above what it quotes."""
    first = lines[position].look
    if not HEADER_ANY.match(first):
        return False
    named: set[str] = set()
    sender = False
    for line in lines[position : position + 9]:
        found = HEADER_ANY.match(line.look)
        if found:
            named.add(found[1].lower())
            sender = sender or bool(HEADER_FROM.match(line.look))
        elif line.blank and len(named) >= 2:
            break
    return sender and len(named) >= (2 if HEADER_FROM.match(first) else 3)


def _attribution(lines: list[_Line], position: int) -> int:
    """How many lines, from here, announce a quotation; 0 when they do not. Long announcements wrap."""
    joined = ""
    for count in range(1, 5):
        if position + count > len(lines) or lines[position + count - 1].blank:
            return 0
        piece = lines[position + count - 1].look
        joined = f"{joined} {piece.lstrip('> ')}".strip()
        if len(joined) > LONGEST_LINE:
            return 0
        if count == 1 and not _may_open(joined):
            return 0
        if _announces(joined):
            return count
    return 0


def _may_open(text: str) -> bool:
    return bool(
        OPENER.match(text) or DATE_FIRST.match(text) or (ADDRESS.search(text) and (VERB.search(text) or "<" in text))
    )


def _announces(text: str) -> bool:
    bare = text.strip(" *_")
    ends = bare.endswith((":", "："))
    verb = VERB.search(bare)
    dated = DATE.search(bare) is not None
    addressed = ADDRESS.search(bare) is not None
    if verb is not None:
        late = verb.end() >= len(bare) - 2
        return (ends or late) and (addressed or dated)
    if not addressed:
        return False
    if ends and dated and BRACKETED.search(bare):  # whatever the language: a day, an address in brackets, a colon
        return True
    return (ends or bare.endswith(">")) and bool(DATE_FIRST.match(bare))


def _next(lines: list[_Line], position: int) -> int | None:
    """The next line with words on it, quoted or not."""
    for number in range(position, min(position + 60, len(lines))):
        if lines[number].look.strip("> |\t"):
            return number
    return None


def _deeper(line: _Line, other: _Line) -> bool:
    return other.look.count(">") >= line.look.count(">")


def _skip_quoted(lines: list[_Line], position: int, cut: list[_Line]) -> int:
    """Set the quoted block that begins here apart, blank lines within it too; returns where it ends."""
    begin = end = position
    while position < len(lines):
        if lines[position].quoted:
            end = position + 1
        elif not lines[position].blank:
            break
        position += 1
    cut += lines[begin:end]
    return end


def _without_tail(kept: list[_Line], cut: list[_Line]) -> list[_Line]:
    """Drop blank, ornamental and quoted lines at the end, as long as words remain above them."""
    end = len(kept)
    while end and (kept[end - 1].blank or kept[end - 1].quoted or SYMBOLS.match(kept[end - 1].look)):
        end -= 1
    if end == 0:  # nothing but quotation: it is what there is
        return kept
    cut[:0] = [line for line in kept[end:] if not line.blank]
    return kept[:end]


def _joined(lines: list[_Line]) -> str:
    return "\n".join(line.text for line in lines).strip("\n").rstrip()


def _last_resort(lines: list[_Line]) -> str:
    """A mail that is only a forwarded or quoted one: its words, without the lines that announce them."""
    remaining = list(lines)
    words = [number for number, line in enumerate(remaining) if not line.blank]
    announced = [
        number
        for number in words[:12]
        if DIVIDER.match(remaining[number].look)
        or FORWARD.match(remaining[number].look)
        or HEADER_ANY.match(remaining[number].look)
    ]
    if announced:
        below = "\n".join(line.text for line in remaining[announced[-1] + 1 :]).strip()
        if below:
            return below
    return "\n".join(line.text for line in remaining).strip()
