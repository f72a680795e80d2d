"""What a proposal would change in the pack's folder: one page, as it stands and as it would stand."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from courtesy.pack.model import Pack
from courtesy.pack.pages import lessons
from courtesy.pack.starting import folder_name
from courtesy.pack.writing import quoted, with_item, without_item
from courtesy.training.models import Proposal

ANSWERS = "answers"  # the folder of articles that were proposed


@dataclass(frozen=True, slots=True)
class Change:
    """``page`` is a path inside the pack's folder; ``before`` is None where there is no such page, ``after`` where it
    goes."""

    page: str
    before: str | None
    after: str | None

    def lines(self) -> list[str]:
        """The difference, a line each with its sign: " ", "+" or "-"; "@" for what is left out between."""
        before, after = (self.before or "").splitlines(), (self.after or "").splitlines()
        made = list(difflib.unified_diff(before, after, lineterm="", n=3))[2:]
        return [line if line[:1] in "+- " else "@" for line in made[1 if not before or not after else 0 :]]


def change_of(proposal: Proposal, pack: Pack, folder: Path, on: date) -> Change:
    """The change of the page in ``folder``. Raises UnwritableError where a page's form does not allow it."""
    if proposal.kind == Proposal.Kind.ARTICLE:
        page = proposal.page or _free_page(proposal, folder)
        return Change(page, _read(folder / page), _article(proposal, pack, on))
    page = f"lessons/{proposal.language}.yaml"
    before = _read(folder / page)
    begun = before if before is not None else _begun(proposal.language)
    return Change(page, before, with_item(begun, _place(proposal), proposal.text, _remark(proposal, on)))


def change_back(proposal: Proposal, folder: Path) -> Change:
    """What takes it out again. ValueError when it does not stand there any more as it was written."""
    before = _read(folder / proposal.page)
    if before is None:
        raise ValueError(f"there is no {proposal.page} any more")
    if proposal.kind != Proposal.Kind.ARTICLE:
        return Change(proposal.page, before, without_item(before, _place(proposal), proposal.text))
    if _bare(before) != _bare(proposal.report.get("written", "")):
        raise ValueError(f"{proposal.page} was changed by hand since: take it out by hand, and publish")
    return Change(proposal.page, before, None)


def apply(change: Change, folder: Path) -> None:
    """Write the page. OSError when the folder is not writeable."""
    page = folder / change.page
    if change.after is None:
        page.unlink()
        return
    page.parent.mkdir(parents=True, exist_ok=True)
    beside = page.with_name(f".{page.name}.new")
    beside.write_text(change.after, encoding="utf-8")
    beside.replace(page)


def _read(page: Path) -> str | None:
    return page.read_text(encoding="utf-8-sig") if page.is_file() else None


def _bare(written: str) -> str:
    return "\n".join(written.split())


def _begun(language: str) -> str:
    return (
        "# What people taught: sentences of customers, and what they were about.\n"
        "# Lines may be moved to the procedure or article they belong to, or taken out, like those of any other page.\n"
        f"lessons: {language}\n"
    )


def _place(proposal: Proposal) -> Sequence[str]:
    if proposal.about == Proposal.About.ARTICLE:
        answered = proposal.kind == Proposal.Kind.EXAMPLE
        return (lessons.ASK if answered else lessons.NOT_ANSWERED, proposal.target)
    return (lessons.SAY, proposal.target) if proposal.target else (lessons.NOTHING,)


def _remark(proposal: Proposal, on: date) -> str:
    return f"proposal {proposal.pk}, {on.isoformat()}" if proposal.pk else on.isoformat()


def _free_page(proposal: Proposal, folder: Path) -> str:
    name = folder_name(proposal.title)
    if name == folder_name(""):  # nothing of it can be a file's name
        name = f"answer-{proposal.pk}"
    page = f"articles/{proposal.language}/{ANSWERS}/{name}.md"
    taken = (folder / page).is_file()
    return f"articles/{proposal.language}/{ANSWERS}/{name}-{proposal.pk}.md" if taken else page


def _article(proposal: Proposal, pack: Pack, on: date) -> str:
    head = [
        f"title: {quoted(proposal.title)}",
        f"owner: {quoted(pack.company.teams[0])}",
        f"valid from: {on.isoformat()}",
    ]
    if proposal.questions:
        head += ["questions:", *(f"  - {quoted(one)}" for one in proposal.questions)]
    return "\n".join(["---", *head, "---", proposal.text.strip(), ""])
