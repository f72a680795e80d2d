"""Reads a pack: its own pages over those of the packs it builds on, as one value."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from courtesy.pack.authority import Authority
from courtesy.pack.connections import Connection, Connections, vocabulary_of
from courtesy.pack.including import include
from courtesy.pack.matters import ComplaintRules, Ladder, Protocol
from courtesy.pack.mistakes import Mistakes, PackError
from courtesy.pack.model import Article, Company, Pack, Phrase, Place, Policy, Procedure, Rehearsal, Synonyms
from courtesy.pack.pages.authority import read_authority
from courtesy.pack.pages.care import read_ladder, read_protocol
from courtesy.pack.pages.company import overlay, read_company
from courtesy.pack.pages.complaints import read_complaints
from courtesy.pack.pages.connections import ConnectionReader
from courtesy.pack.pages.forms import Form, Reader, compose
from courtesy.pack.pages.guides import phrases_of, read_guide
from courtesy.pack.pages.lessons import Lessons, nobodys_business, read_lessons, taught_articles, taught_procedures
from courtesy.pack.pages.policies import PolicyReader
from courtesy.pack.pages.procedures import read_procedure
from courtesy.pack.pages.records import read_record
from courtesy.pack.pages.rehearsals import read_rehearsal
from courtesy.pack.pages.synonyms import by_language, read_synonyms
from courtesy.pack.pages.tables import read_table
from courtesy.pack.pages.words import read_article, read_phrases
from courtesy.pack.records import Book, RecordKind
from courtesy.pack.vocabulary import BUILT_IN

PAGES = (".yaml", ".md", ".csv")
FOLDERS = (
    "connections", "policies", "procedures", "phrases", "articles", "guides", "tables", "scorecards", "rehearsals",
    "lessons", "synonyms", "complaints", "escalation", "protocols", "records", "authority",
)  # fmt: skip
SHIPPED = Path(__file__).resolve().parents[2] / "packs"  # base packs are found here when no sibling has the name

Named = TypeVar(
    "Named", Connection, Procedure, Policy, Rehearsal, ComplaintRules, Ladder, Protocol, RecordKind, Authority
)


def read(folder: Path) -> Pack:
    """The pack in ``folder``, its base packs merged in. Raises PackError with every mistake that was found."""
    mistakes = Mistakes()
    pack = read_with(folder, mistakes)
    errors = mistakes.errors()
    if pack is None or errors:
        raise PackError(errors)
    return pack


def read_with(folder: Path, mistakes: Mistakes) -> Pack | None:
    """Like ``read``, but notes mistakes and returns what could be read; None when there is no company page."""
    folder = folder.resolve()
    lineage = lineage_of(folder, mistakes)
    forms = [form for layer in lineage if (form := _company_form(layer, mistakes)) is not None]
    merged = overlay(forms)
    if merged is None:
        return None
    company = read_company(merged, mistakes)
    layers = [_Layer(layer, company, mistakes) for layer in lineage]
    book = Book(_merge(layer.records() for layer in layers), company.currency)
    connections = Connections(_merge(layer.connections(book) for layer in layers))
    vocabulary = vocabulary_of(connections.operations)
    for layer in layers:
        layer.vocabulary = vocabulary
    lessons = [page for layer in layers for page in layer.lessons()]
    return Pack(
        name=folder.name,
        folder=folder,
        edition=edition_of(lineage),
        company=company,
        procedures=taught_procedures(include(_merge(layer.ways() for layer in layers), mistakes), lessons, mistakes),
        policies=_merge(layer.policies() for layer in layers),
        phrases=_merge(layer.phrases() for layer in layers),
        articles=taught_articles(_merge(layer.articles() for layer in layers), lessons, mistakes),
        tables=_merge(layer.tables() for layer in layers),
        rehearsals=tuple(_merge(layer.rehearsals() for layer in layers).values()),
        connections=connections,
        book=book,
        vocabulary=vocabulary,
        complaints=_merge(layer.complaints() for layer in layers),
        ladders=_merge(layer.ladders() for layer in layers),
        protocols=_merge(layer.protocols() for layer in layers),
        authority=_merge(layer.authority() for layer in layers),
        off_topic=nobodys_business(lessons),
        synonyms=by_language(line for layer in layers for line in layer.synonyms()),
    )


def lineage_of(folder: Path, mistakes: Mistakes | None = None) -> tuple[Path, ...]:
    """The folders a pack is made of, the most basic first and its own last."""
    mistakes = mistakes or Mistakes()
    found: list[Path] = []
    _descend(folder.resolve(), found, (), mistakes)
    return tuple(found)


def is_base(folder: Path) -> bool:
    """Whether the pack only serves others to build on (``base: yes``)."""
    form = _company_form(folder.resolve(), Mistakes())
    return form is not None and Reader(form, Mistakes()).yes("base")


def _descend(folder: Path, found: list[Path], above: tuple[Path, ...], mistakes: Mistakes) -> None:
    top = Place(_relative(folder / "company.yaml", folder), 1)
    if folder in above:
        mistakes.error(top, f"'{folder.name}' builds on itself", "Remove the circle from 'builds on'.")
        return
    if not folder.is_dir():
        mistakes.error(top, f"there is no folder '{folder}'", "Check the name of the pack.")
        return
    form = _company_form(folder, Mistakes())
    if form is not None:
        for base in Reader(form, Mistakes()).scalars("builds on"):
            target = _base_folder(folder, base.text)
            if target is None:
                mistakes.error(
                    base.place, f"there is no pack '{base.text}' to build on", f"Put it beside '{folder.name}'."
                )
                continue
            _descend(target, found, (*above, folder), mistakes)
    elif not above:
        mistakes.error(top, "the pack has no readable company.yaml", "Write one; 'courtesy pack new' makes a start.")
    if folder not in found:
        found.append(folder)


def _base_folder(folder: Path, name: str) -> Path | None:
    if not name or "/" in name or "\\" in name or name.startswith("."):
        return None
    candidates = (folder.parent / name, SHIPPED / name)
    return next((candidate.resolve() for candidate in candidates if candidate.is_dir()), None)


def _company_form(folder: Path, mistakes: Mistakes) -> Form | None:
    page = folder / "company.yaml"
    if not page.is_file():
        return None
    written = _written(page, folder, mistakes)
    return compose(written, _relative(page, folder), mistakes) if written is not None else None


def _relative(page: Path, folder: Path) -> str:
    return page.relative_to(folder.parent).as_posix()


def _written(page: Path, folder: Path, mistakes: Mistakes) -> str | None:
    try:
        return page.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = page.read_bytes()[: error.start].count(b"\n") + 1
        mistakes.error(Place(_relative(page, folder), line), "the page is not UTF-8 text", "Save it as UTF-8.")
    except OSError as error:
        mistakes.error(Place(_relative(page, folder), 1), f"the page cannot be read: {error.strerror}", "")
    return None


def pages_of(folder: Path) -> Iterator[Path]:
    """Every page of one pack folder in a fixed order; hidden files and links that lead out of it are left alone."""
    for page in sorted(folder.rglob("*")):
        inside = page.relative_to(folder)
        if any(part.startswith(".") for part in inside.parts) or page.suffix not in PAGES or not page.is_file():
            continue
        if not page.resolve().is_relative_to(folder.resolve()):
            continue
        if inside.as_posix() == "company.yaml" or inside.parts[0] in FOLDERS:
            yield page


def edition_of(lineage: tuple[Path, ...]) -> str:
    """SHA-256 over the names and bytes of all pages, base packs first."""
    digest = hashlib.sha256()
    for folder in lineage:
        for page in pages_of(folder):
            content = page.read_bytes()
            digest.update(f"{_relative(page, folder)}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()


Key = TypeVar("Key")
Page = TypeVar("Page")


def _merge(layers: Iterator[Mapping[Key, Page]]) -> Mapping[Key, Page]:
    merged: dict[Key, Page] = {}
    for layer in layers:
        merged.update(layer)
    return MappingProxyType(merged)


class _Layer:
    """The pages of one folder of the lineage."""

    def __init__(self, folder: Path, company: Company, mistakes: Mistakes) -> None:
        self.folder = folder
        self.company = company
        self.mistakes = mistakes
        self.vocabulary = BUILT_IN  # until the connections of all layers are read
        self.pages = tuple(pages_of(folder))

    def _in(self, kind: str, ending: str) -> Iterator[tuple[Path, str, str]]:
        """Pages of one kind: path inside the kind's folder, path for people, text."""
        for page in self.pages:
            inside = page.relative_to(self.folder)
            if inside.parts[0] != kind or page.suffix != ending:
                continue
            written = _written(page, self.folder, self.mistakes)
            if written is not None:
                yield Path(*inside.parts[1:]), _relative(page, self.folder), written

    def _named(self, kind: str, read_page: Callable[[Form], Named | None]) -> dict[str, Named]:
        found: dict[str, Named] = {}
        for _inside, file, written in self._in(kind, ".yaml"):
            form = compose(written, file, self.mistakes)
            page = read_page(form) if form is not None else None
            if page is None:
                continue
            if page.name in found:
                other = found[page.name].place.file
                self.mistakes.error(
                    page.place, f"'{page.name}' is also declared in {other}", "Give one of them another name."
                )
                continue
            found[page.name] = page
        return found

    def procedures(self) -> dict[str, Procedure]:
        default = self.company.languages[0]
        return self._named("procedures", lambda form: read_procedure(form, default, self.mistakes, self.vocabulary))

    def records(self) -> dict[str, RecordKind]:
        default = self.company.languages[0]
        return self._named("records", lambda form: read_record(form, default, self.mistakes))

    def connections(self, book: Book) -> dict[str, Connection]:
        reader = ConnectionReader(self.company.languages[0], self.mistakes, book)
        return self._named("connections", reader.connection)

    @cached_property
    def guides(self) -> dict[str, Procedure]:
        """Read once, when the vocabulary is whole: its texts stand among the phrases too."""
        default = self.company.languages[0]
        return self._named("guides", lambda form: read_guide(form, default, self.mistakes, self.vocabulary))

    def ways(self) -> dict[str, Procedure]:
        """Procedures and guides; a name stands for one of them."""
        procedures, guides = self.procedures(), self.guides
        for name in procedures.keys() & guides.keys():
            problem = f"'{name}' is also declared in {procedures[name].place.file}"
            self.mistakes.error(guides[name].place, problem, "Give one of them another name.")
        return procedures | guides

    def policies(self) -> dict[str, Policy]:
        company = self.company
        reader = PolicyReader(company.currency, company.languages[0], company.teams, self.mistakes, self.vocabulary)
        return self._named("policies", reader.policy)

    def rehearsals(self) -> dict[str, Rehearsal]:
        return self._named("rehearsals", lambda form: read_rehearsal(form, self.mistakes))

    def complaints(self) -> dict[str, ComplaintRules]:
        default = self.company.languages[0]
        return self._named("complaints", lambda form: read_complaints(form, default, self.mistakes))

    def ladders(self) -> dict[str, Ladder]:
        return self._named("escalation", lambda form: read_ladder(form, self.mistakes))

    def protocols(self) -> dict[str, Protocol]:
        default = self.company.languages[0]
        return self._named("protocols", lambda form: read_protocol(form, default, self.mistakes))

    def authority(self) -> dict[str, Authority]:
        company = self.company
        return self._named(
            "authority", lambda form: read_authority(form, company.currency, company.languages[0], self.mistakes)
        )

    def lessons(self) -> list[Lessons]:
        found = []
        for _inside, file, written in self._in("lessons", ".yaml"):
            form = compose(written, file, self.mistakes)
            page = read_lessons(form, self.mistakes) if form is not None else None
            found += [page] if page is not None else []
        return found

    def synonyms(self) -> Iterator[Synonyms]:
        for _inside, file, written in self._in("synonyms", ".yaml"):
            form = compose(written, file, self.mistakes)
            yield from read_synonyms(form, self.mistakes) if form is not None else ()

    def phrases(self) -> dict[tuple[str, str], Phrase]:
        found: dict[tuple[str, str], Phrase] = {}
        for guide in self.guides.values():
            found |= {(phrase.language, phrase.name): phrase for phrase in phrases_of(guide)}
        for inside, file, written in self._in("phrases", ".md"):
            if len(inside.parts) < 2:
                self.mistakes.error(
                    Place(file, 1),
                    "phrases stand in a folder for their language",
                    "Move it to phrases/en/ or the like.",
                )
                continue
            for phrase in read_phrases(written, file, inside.parts[0], self.mistakes):
                key = (phrase.language, phrase.name)
                if key in found:
                    other = found[key].place
                    self.mistakes.error(
                        phrase.place,
                        f"the phrase '{phrase.name}' is also in {other.file}, line {other.line}",
                        "Keep one of them.",
                    )
                    continue
                found[key] = phrase
        return found

    def articles(self) -> dict[tuple[str, str], Article]:
        found: dict[tuple[str, str], Article] = {}
        for inside, file, written in self._in("articles", ".md"):
            if len(inside.parts) < 2:
                self.mistakes.error(
                    Place(file, 1),
                    "articles stand in a folder for their language",
                    "Move it to articles/en/ or the like.",
                )
                continue
            language, id = inside.parts[0], Path(*inside.parts[1:]).with_suffix("").as_posix()
            article = read_article(written, file, language, id, self.mistakes)
            if article is not None:
                found[(language, id)] = article
        return found

    def tables(self) -> dict[str, tuple[Mapping[str, str], ...]]:
        return {
            inside.with_suffix("").as_posix(): read_table(written, file, self.mistakes)
            for inside, file, written in self._in("tables", ".csv")
        }
