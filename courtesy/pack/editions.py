"""Editions: a published copy of the pack that takes force at a time, and which one is in force."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp

from courtesy.pack.mistakes import Mistakes, PackError
from courtesy.pack.model import Pack, Place
from courtesy.pack.reading import lineage_of, pages_of, read

FOLDER = "editions"
BOOK = "editions.json"
KEPT_IN_MEMORY = 4


@dataclass(frozen=True, slots=True)
class Edition:
    """One line of the book of editions."""

    edition: str
    pack: str  # name of the pack's folder
    in_force_from: datetime
    published_at: datetime
    note: str = ""


_lock = threading.RLock()
_folder: Path | None = None
_state: Path | None = None
_packs: dict[str, Pack] = {}  # by edition, oldest first
_book: tuple[tuple[int, int], tuple[Edition, ...]] | None = None


def configure(folder: Path | None, state_folder: Path | None = None) -> None:
    """Say once at start where the company's pack is and where editions are kept.

    Without a state folder, or before anything was published, the pack in ``folder`` itself is in force."""
    global _folder, _state, _book
    with _lock:
        _folder, _state, _book = folder, state_folder, None
        _packs.clear()


def in_force(at: datetime | None = None) -> Pack:
    """The pack in force at ``at`` (now, when not given). Cheap to call for every turn.

    Raises LookupError when nothing was configured, PackError when the pack cannot be read."""
    if _folder is None:
        raise LookupError("no pack is configured; call courtesy.pack.editions.configure(folder, state_folder) at start")
    with _lock:
        edition = _current(at) if _state is not None else None
        if edition is None:
            return _kept("", _folder)
        assert _state is not None
        return _kept(edition.edition, _state / FOLDER / edition.edition / edition.pack)


def edition(sha: str) -> Pack:
    """A published edition by its SHA-256, for showing what an old verdict was judged by. LookupError when unknown."""
    with _lock:
        for line in editions():
            if line.edition == sha and _state is not None:
                return _kept(sha, _state / FOLDER / sha / line.pack)
        pack = in_force()
        if pack.edition == sha:
            return pack
    raise LookupError(f"there is no edition {sha}")


def editions() -> tuple[Edition, ...]:
    """The book of editions, in the order they were published."""
    if _state is None:
        return ()
    return _read_book(_state)


def publish(
    folder: Path, state_folder: Path, at: datetime, *, in_force_from: datetime | None = None, note: str = ""
) -> Pack:
    """Copy the pack with its base packs and enter it in the book; it takes force at ``in_force_from`` (at once, when
    not given). Publishing what is the last entry already changes nothing. Raises PackError for an unreadable pack."""
    pack = read(folder)
    starts = in_force_from or at
    with _writing(state_folder):
        lines = _read_book(state_folder)
        if lines and lines[-1].edition == pack.edition and lines[-1].in_force_from <= starts:
            return pack
        _copy(folder, state_folder, pack)
        _write_book(state_folder, (*lines, Edition(pack.edition, pack.name, starts, at, note)))
    return pack


def roll_back(state_folder: Path, at: datetime) -> Edition:
    """Put the edition that was in force before the present one into force again, from now on.

    Raises LookupError when there is none."""
    with _writing(state_folder):
        lines = _read_book(state_folder)
        past = [line for line in _by_force(lines) if line.in_force_from <= at]
        present = past[-1].edition if past else ""
        earlier = next((line for line in reversed(past) if line.edition != present), None)
        if earlier is None:
            raise LookupError("there is no earlier edition to go back to")
        again = Edition(earlier.edition, earlier.pack, at, at, f"rolled back from {present[:12]}")
        kept = tuple(line for line in lines if line.in_force_from <= at)  # what was to come is taken back too
        _write_book(state_folder, (*kept, again))
    return again


def changed_since_published(folder: Path, state_folder: Path) -> bool:
    """Whether the folder's pages differ from the last published edition."""
    lines = _read_book(state_folder)
    return not lines or read(folder).edition != lines[-1].edition


def _by_force(lines: tuple[Edition, ...]) -> list[Edition]:
    return sorted(lines, key=lambda line: line.in_force_from)  # stable: of two at one moment, the later published wins


def _current(at: datetime | None) -> Edition | None:
    moment = at or datetime.now(UTC)
    lines = _by_force(editions())
    past = [line for line in lines if line.in_force_from <= moment]
    # Before the first edition took force there is no other book than that first one.
    return past[-1] if past else (lines[0] if lines else None)


def _kept(key: str, folder: Path) -> Pack:
    pack = _packs.get(key)
    if pack is None:
        pack = read(folder)
        if key and pack.edition != key:
            place = Place(f"{folder.name}/company.yaml", 1)
            mistakes = Mistakes()
            mistakes.error(place, f"the pages of edition {key[:12]} were changed after publishing", "Publish again.")
            raise PackError(mistakes.errors())
        _packs[key] = pack
        while len(_packs) > KEPT_IN_MEMORY:
            del _packs[next(iter(_packs))]
    return pack


def _copy(folder: Path, state_folder: Path, pack: Pack) -> None:
    """Copy into a folder beside, then rename: a crash leaves either all or nothing."""
    shelf = state_folder / FOLDER
    target = shelf / pack.edition
    if target.exists():
        return
    beside = Path(mkdtemp(prefix=".new-", dir=shelf))
    for layer in lineage_of(folder):
        for page in pages_of(layer):
            copy = beside / layer.name / page.relative_to(layer)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(page, copy)
    try:
        beside.rename(target)
    except OSError:
        shutil.rmtree(beside, ignore_errors=True)
        if not target.exists():
            raise


@contextmanager
def _writing(state_folder: Path) -> Iterator[None]:
    """One publisher at a time, over all processes."""
    shelf = state_folder / FOLDER
    shelf.mkdir(parents=True, exist_ok=True)
    with _lock, (shelf / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _read_book(state_folder: Path) -> tuple[Edition, ...]:
    """The book, read again only when the file has changed."""
    global _book
    path = state_folder / FOLDER / BOOK
    try:
        seen = path.stat()
    except FileNotFoundError:
        return ()
    stamp = (seen.st_mtime_ns, seen.st_ino)
    if state_folder == _state and _book is not None and _book[0] == stamp:
        return _book[1]
    lines = tuple(
        Edition(
            edition=line["edition"],
            pack=line["pack"],
            in_force_from=datetime.fromisoformat(line["in force from"]),
            published_at=datetime.fromisoformat(line["published at"]),
            note=line.get("note", ""),
        )
        for line in json.loads(path.read_text(encoding="utf-8"))
    )
    if state_folder == _state:
        _book = (stamp, lines)
    return lines


def _write_book(state_folder: Path, lines: tuple[Edition, ...]) -> None:
    path = state_folder / FOLDER / BOOK
    beside = path.with_suffix(".new")
    content = [
        {
            "edition": line.edition,
            "pack": line.pack,
            "in force from": line.in_force_from.isoformat(),
            "published at": line.published_at.isoformat(),
            "note": line.note,
        }
        for line in lines
    ]
    with beside.open("w", encoding="utf-8") as file:
        json.dump(content, file, indent=2, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
