"""YAML as a form: every scalar stays text and knows its line; a doubled key is a mistake."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import yaml

from courtesy.pack.mistakes import Mistakes, suggest
from courtesy.pack.model import Place

LONGEST_PAGE = 1_000_000  # characters
DEEPEST = 20

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Scalar:
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Listing:
    items: tuple[Value, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Form:
    """A mapping as written. ``places`` are those of the keys."""

    entries: Mapping[str, Value]
    places: Mapping[str, Place]
    place: Place

    def __contains__(self, key: object) -> bool:
        return key in self.entries

    def __iter__(self) -> Iterator[str]:
        return iter(self.entries)

    def get(self, key: str) -> Value | None:
        return self.entries.get(key)

    def at(self, key: str) -> Place:
        """Where the key stands; the form itself when it is missing."""
        return self.places.get(key, self.place)


Value = Scalar | Listing | Form


def compose(written: str, file: str, mistakes: Mistakes, first_line: int = 1) -> Form | None:
    """Read one YAML page whose top is a form; None (with a mistake noted) when it cannot be read."""
    top = Place(file, first_line)
    if len(written) > LONGEST_PAGE:
        mistakes.error(top, f"the page has more than {LONGEST_PAGE:,} characters", "Split it into several pages.")
        return None
    try:
        if _nesting(written) > 200:  # the parser's own recursion must not be the limit
            raise RecursionError
        node = yaml.compose(written, Loader=_Loader)
        value = _Converter(file, mistakes, first_line).convert(node, 0) if node is not None else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark else 0)
        mistakes.error(
            Place(file, line), f"this is not readable YAML: {error.problem or error.context}", _yaml_remedy(error)
        )
        return None
    except (yaml.YAMLError, RecursionError) as error:
        mistakes.error(top, f"this is not readable YAML: {str(error) or 'nested too deeply'}", "")
        return None
    if not isinstance(value, Form):
        mistakes.error(top, "the page is empty or not a form", "Write 'key: value' lines.")
        return None
    return value


def _nesting(written: str) -> int:
    """How deep flow brackets go, at most; a cheap guard before parsing."""
    depth = deepest = 0
    for character in written:
        if character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "]}":
            depth = max(0, depth - 1)
    return deepest


def _yaml_remedy(error: yaml.MarkedYAMLError) -> str:
    problem = f"{error.context or ''} {error.problem or ''}"
    if "mapping values are not allowed" in problem:
        return "Put text that contains ': ' into quotation marks."
    if "flow" in problem:
        return "Put list entries that contain commas, colons or brackets into quotation marks."
    if "tab" in problem or "\\t" in problem:
        return "Indent with blanks, not tabs."
    return "Check indentation and quotation marks around this line."


class _Converter:
    def __init__(self, file: str, mistakes: Mistakes, first_line: int) -> None:
        self.file = file
        self.mistakes = mistakes
        self.first_line = first_line
        self.seen: set[int] = set()

    def place(self, node: yaml.Node) -> Place:
        return Place(self.file, node.start_mark.line + self.first_line)

    def convert(self, node: yaml.Node, depth: int) -> Value:
        place = self.place(node)
        if id(node) in self.seen and not isinstance(node, yaml.ScalarNode):
            self.mistakes.error(place, "an alias (*name) repeats another part of the page", "Write the part out.")
            return Scalar("", place)
        self.seen.add(id(node))
        if depth > DEEPEST:
            self.mistakes.error(place, "nested too deeply", "Make another page.")
            return Scalar("", place)
        if isinstance(node, yaml.ScalarNode):
            return Scalar(str(node.value).strip(), place)
        if isinstance(node, yaml.SequenceNode):
            return Listing(tuple(self.convert(item, depth + 1) for item in node.value), place)
        return self.form(node, depth)

    def form(self, node: yaml.Node, depth: int) -> Form:
        entries: dict[str, Value] = {}
        places: dict[str, Place] = {}
        for key_node, value_node in node.value:
            place = self.place(key_node)
            if not isinstance(key_node, yaml.ScalarNode):
                self.mistakes.error(place, "a key must be text", "Write 'key: value'.")
                continue
            key = " ".join(str(key_node.value).split())
            value = self.convert(value_node, depth + 1)
            if key in entries:
                first = places[key].line
                self.mistakes.error(place, f"'{key}' is written twice (first on line {first})", "Keep one of them.")
                continue
            entries[key], places[key] = value, place
        return Form(entries, places, self.place(node))


class Reader:
    """Takes typed values out of a form and notes what is wrong on the way."""

    def __init__(self, form: Form, mistakes: Mistakes) -> None:
        self.form = form
        self.mistakes = mistakes

    def only(self, known: Iterable[str], what: str) -> None:
        """Every key must be a known one."""
        known = tuple(known)
        for key in self.form:
            if key not in known:
                self.mistakes.error(self.form.at(key), f"'{key}' is not known in {what}", suggest(key, known))

    def text(self, key: str, default: str = "", *, needed: bool = False) -> str:
        value = self.form.get(key)
        if value is None:
            if needed:
                self.mistakes.error(self.form.place, f"'{key}' is missing", f"Add '{key}: …'.")
            return default
        if not isinstance(value, Scalar):
            self.mistakes.error(self.form.at(key), f"'{key}' must be one text", f"Write '{key}: …' on one line.")
            return default
        if needed and not value.text:
            self.mistakes.error(value.place, f"'{key}' is empty", f"Write a text after '{key}:'.")
        return value.text or default

    def choice(self, key: str, known: Iterable[str], default: str) -> str:
        written = self.text(key, default)
        if written not in tuple(known):
            self.mistakes.error(self.form.at(key), f"'{written}' is not a possible '{key}'", suggest(written, known))
            return default
        return written

    def yes(self, key: str) -> bool:
        written = self.text(key, "no").casefold()
        if written not in ("yes", "no", "true", "false"):
            self.mistakes.error(self.form.at(key), f"'{key}' must be yes or no, not '{written}'", "Write yes or no.")
        return written in ("yes", "true")

    def listing(self, key: str, *, needed: bool = False) -> tuple[Value, ...]:
        """The entries of a list; a single value counts as a list of one."""
        value = self.form.get(key)
        if value is None:
            if needed:
                self.mistakes.error(self.form.place, f"'{key}' is missing", f"Add '{key}: [ … ]'.")
            return ()
        if isinstance(value, Listing):
            return value.items
        if isinstance(value, Scalar) and not value.text:
            return ()
        return (value,)

    def scalars(self, key: str, *, needed: bool = False) -> tuple[Scalar, ...]:
        found = []
        for value in self.listing(key, needed=needed):
            if isinstance(value, Scalar) and value.text:
                found.append(value)
            else:
                self.mistakes.error(value.place, f"an entry of '{key}' must be a text", "Write '- text'.")
        return tuple(found)

    def texts(self, key: str, *, needed: bool = False) -> tuple[str, ...]:
        return tuple(scalar.text for scalar in self.scalars(key, needed=needed))

    def sub_form(self, key: str) -> Form | None:
        value = self.form.get(key)
        if value is None or (isinstance(value, Scalar) and not value.text):
            return None
        if not isinstance(value, Form):
            self.mistakes.error(self.form.at(key), f"'{key}' must hold 'key: value' pairs", f"Write '{key}: {{…: …}}'.")
            return None
        return value

    def mapping(self, key: str) -> dict[str, str]:
        """A form of plain texts."""
        form = self.sub_form(key)
        if form is None:
            return {}
        reader = Reader(form, self.mistakes)
        return {name: reader.text(name) for name in form}

    def wording(self, key: str, default_language: str) -> dict[str, str]:
        """A text, or a text in each language: ``{en: …, es: …}``."""
        value = self.form.get(key)
        if isinstance(value, Scalar):
            return {default_language: value.text} if value.text else {}
        return self.mapping(key)
