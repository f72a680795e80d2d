"""Articles cut into passages: a section with its heading, as plain text that can be quoted to a customer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from courtesy.pack.model import Article

LONGEST = 900  # characters of one passage; a longer section is quoted up to the paragraph that still fits


@dataclass(frozen=True, slots=True)
class Section:
    """One part of an article. ``number`` 0 is what stands before the first heading; ``text`` is plain, whole."""

    article: Article
    number: int
    heading: str
    text: str

    @property
    def quote(self) -> str:
        """What is said to a customer: the text, up to the last paragraph that fits."""
        return shortened(self.text)


@cache
def markdown() -> MarkdownIt:
    """The Markdown that articles are written in: CommonMark with tables and strikethrough, raw HTML shown as text."""
    return MarkdownIt("commonmark", {"html": False, "linkify": False}).enable(["table", "strikethrough"])


def sections(article: Article) -> tuple[Section, ...]:
    """The article's parts that hold text, in order."""
    return tuple(
        Section(article, number, heading, text)
        for number, heading, text in _parts(markdown().parse(article.body))
        if text
    )


def shortened(text: str, longest: int = LONGEST) -> str:
    """The text's whole paragraphs within ``longest`` characters; of a first one that is longer, its whole sentences."""
    if len(text) <= longest:
        return text
    end = text.rfind("\n", 0, longest + 1)
    if end <= 0:
        ends = (text.rfind(mark, 0, longest - 1) + len(mark) for mark in (". ", "! ", "? ", "。", "！", "？"))
        end = max(ends)
    return text[:end].strip() if end > 3 else text[:longest].rstrip() + "…"


def _parts(tokens: Sequence[Token]) -> Iterator[tuple[int, str, str]]:
    number, heading = 0, ""
    lines: list[str] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        if token.type == "heading_open" and token.level == 0:
            yield number, heading, "\n\n".join(lines)
            number, heading, lines = number + 1, plain(tokens[place + 1]), []
            place += 3
            continue
        end = _end(tokens, place)
        if block := _block(tokens[place : end + 1]):
            lines.append(block)
        place = end + 1
    yield number, heading, "\n\n".join(lines)


def _end(tokens: Sequence[Token], start: int) -> int:
    """Where the block that opens at ``start`` is closed."""
    depth = 0
    for place in range(start, len(tokens)):
        depth += tokens[place].nesting
        if depth <= 0:
            return place
    return len(tokens) - 1


def _block(tokens: Sequence[Token]) -> str:
    """A paragraph, list or table as plain lines."""
    kind = tokens[0].type
    if kind in ("fence", "code_block"):
        return tokens[0].content.strip()
    if kind == "table_open":
        return "\n".join(_rows(tokens))
    if kind in ("bullet_list_open", "ordered_list_open"):
        return "\n".join(_items(tokens))
    return "\n".join(plain(token) for token in tokens if token.type == "inline")


def _rows(tokens: Sequence[Token]) -> Iterator[str]:
    cells: list[str] = []
    for token in tokens:
        if token.type == "inline":
            cells.append(plain(token))
        elif token.type == "tr_close":
            yield " | ".join(cells)
            cells = []


def _items(tokens: Sequence[Token]) -> Iterator[str]:
    numbers: list[int] = []  # of each list that is open; 0 = bullets
    begun = False
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            numbers.append(int(token.attrGet("start") or 1) if token.type == "ordered_list_open" else 0)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            numbers.pop()
        elif token.type == "list_item_open":
            begun = True
        elif token.type == "inline":
            mark = f"{numbers[-1]}. " if numbers[-1] else "• "
            yield "  " * (len(numbers) - 1) + (mark if begun else "  ") + plain(token)
            if begun and numbers[-1]:
                numbers[-1] += 1
            begun = False


def plain(token: Token) -> str:
    """Inline Markdown as the words a reader sees."""
    words: list[str] = []
    for child in token.children or ():
        if child.type in ("text", "code_inline"):
            words.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            words.append("\n" if child.type == "hardbreak" else " ")
    return "".join(words).strip()
