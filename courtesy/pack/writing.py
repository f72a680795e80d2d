"""Writing into a pack's page: one line is put in or taken out, everything else stays as it was written."""

from __future__ import annotations

import json
from collections.abc import Sequence

import yaml

INDENT = 2


class UnwritableError(Exception):
    """The page cannot be changed line by line; the message says what a person should do."""


def with_item(written: str, path: Sequence[str], text: str, remark: str = "") -> str:
    """The page with ``text`` as the last entry of the list under the keys of ``path``, which are made where they are
    missing. ``remark`` stands behind it as a comment. A list that holds the text already is left alone."""
    lines = written.splitlines()
    top = _top(written)
    found, rest = _descend(top, path)
    if isinstance(found, yaml.SequenceNode) and not rest:
        if any(isinstance(one, yaml.ScalarNode) and one.value.strip() == text for one in found.value):
            return written
        if found.flow_style:
            return _into_flow(written, found, text)
        column = found.start_mark.column
        _insert(lines, _last_line(found), [" " * column + _entry(text, remark)])
        return _joined(lines)
    if isinstance(found, yaml.MappingNode) and not found.flow_style:
        column = found.start_mark.column if found.value else 0
        _insert(lines, _last_line(found), _block(rest, column, text, remark))
        return _joined(lines)
    if isinstance(found, yaml.ScalarNode) and found.value == "" and len(path) - len(rest) >= 1:
        column = (len(path) - len(rest)) * INDENT
        _insert(lines, found.start_mark.line, _block(rest, column, text, remark))
        return _joined(lines)
    if found is None:
        return _joined([*lines, *_block(path, 0, text, remark)])
    where = " › ".join(path)
    raise UnwritableError(f"'{where}' is not a list over several lines. Write it as one, each entry after '- '.")


def without_item(written: str, path: Sequence[str], text: str) -> str:
    """The page without that entry; a list that is empty then goes with its keys. ValueError when it is not there."""
    lines = written.splitlines()
    found, rest = _descend(_top(written), path)
    if rest or not isinstance(found, yaml.SequenceNode):
        raise ValueError(f"there is no list under {' › '.join(path)}")
    entry = next((one for one in found.value if isinstance(one, yaml.ScalarNode) and one.value.strip() == text), None)
    if entry is None:
        raise ValueError(f"'{text}' does not stand there")
    if found.flow_style:
        raise UnwritableError(f"'{text}' stands in a list on one line. Take it out by hand.")
    del lines[entry.start_mark.line : entry.end_mark.line + 1]
    shorter = _joined(lines)
    return shorter if len(found.value) > 1 else _without_key(shorter, path)


def _top(written: str) -> yaml.Node | None:
    try:
        return yaml.compose(written, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise UnwritableError(f"the page is not readable YAML: {error}") from error


def _descend(node: yaml.Node | None, path: Sequence[str]) -> tuple[yaml.Node | None, list[str]]:
    """The deepest node that is there under the keys, and the keys that are missing below it."""
    for number, key in enumerate(path):
        if not isinstance(node, yaml.MappingNode):
            return node, list(path[number:])
        value = next((value for name, value in node.value if " ".join(str(name.value).split()) == key), None)
        if value is None:
            return node, list(path[number:])
        node = value
    return node, []


def _last_line(node: yaml.Node) -> int:
    """The line on which a node really ends; what the parser calls its end may lie after blank lines and comments."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    mark = node.end_mark
    block = isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")
    return int(mark.line) - (1 if block and mark.column == 0 else 0)


def _insert(lines: list[str], after: int, new: Sequence[str]) -> None:
    lines[after + 1 : after + 1] = new


def _block(keys: Sequence[str], column: int, text: str, remark: str) -> list[str]:
    """The lines of the missing keys, each deeper than the one before, and the entry below them."""
    made = [" " * (column + number * INDENT) + _key(key) + ":" for number, key in enumerate(keys)]
    return [*made, " " * (column + len(keys) * INDENT) + _entry(text, remark)]


def _key(key: str) -> str:
    plain = key.replace(" ", "").replace("-", "").replace("/", "").isalnum() and key[:1].isalpha()
    return key if plain and key.casefold() not in ("yes", "no", "on", "off", "true", "false", "null") else quoted(key)


def _entry(text: str, remark: str) -> str:
    return f"- {quoted(text)}" + (f"  # {' '.join(remark.split())}" if remark else "")


def quoted(text: str) -> str:
    """A text as one YAML scalar on one line, whatever is in it."""
    return json.dumps(text, ensure_ascii=False)


def _into_flow(written: str, node: yaml.Node, text: str) -> str:
    """Before the closing bracket of ``[a, b]``."""
    end = node.end_mark.index - 1
    before = written[:end].rstrip()
    comma = "" if before.endswith(("[", ",")) else ","
    return before + comma + (" " if not before.endswith("[") else "") + quoted(text) + written[end:]


def _without_key(written: str, path: Sequence[str]) -> str:
    """Takes out the lines of keys below which nothing stands any more, the deepest first."""
    for depth in range(len(path), 0, -1):
        top = _top(written)
        parent, rest = _descend(top, path[: depth - 1])
        if rest or not isinstance(parent, yaml.MappingNode):
            return written
        key, value = next(pair for pair in parent.value if " ".join(str(pair[0].value).split()) == path[depth - 1])
        if not isinstance(value, yaml.ScalarNode) or value.value:
            return written
        lines = written.splitlines()
        del lines[key.start_mark.line]
        written = _joined(lines)
    return written


def _joined(lines: Sequence[str]) -> str:
    return "\n".join(lines) + "\n"
