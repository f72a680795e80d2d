"""Trying a changed pack beside the one it was made from: what would be read otherwise, and which rehearsals pass."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from courtesy.commerce.refusals import REFUSALS
from courtesy.knowledge.finding import find
from courtesy.pack.checking import check
from courtesy.pack.model import Pack, Place
from courtesy.pack.reading import lineage_of, pages_of, read
from courtesy.policy.guard import run_examples
from courtesy.representative.learning import model_of
from courtesy.representative.rehearsing import rehearse

Found = dict[str, Any]
_LEARNED, _READ = 25, 40  # percent of the work that is done then
SHOWN = 100  # changed readings that are kept


def copied(folder: Path, beside: Path) -> Path:
    """A copy of the pack with the packs it builds on, in the folder ``beside``; where the pack itself stands there."""
    for layer in lineage_of(folder):
        for page in pages_of(layer):
            copy = beside / layer.name / page.relative_to(layer)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(page, copy)
    return beside / folder.resolve().name


@dataclass(frozen=True, slots=True)
class Trial:
    """A changed pack, the one before, and the sentence or question that is taught ("" for none)."""

    changed: Path
    before: Path
    text: str
    language: str

    def run(self, at: datetime) -> Iterator[Found]:
        """Each finding as it is made, with ``done`` in percent. A pack with errors is tried no further."""
        errors = [str(one) for one in check(self.changed, run_examples, said_by_the_shop=REFUSALS, on=at.date())
                  if one.severity == "error"]  # fmt: skip
        yield {"errors": errors, "done": 3}
        if errors:
            return
        new, old = read(self.changed), read(self.before)
        yield {"edition": new.edition, "before": old.edition, "done": 5}
        model_of(old)
        model_of(new)
        yield {"done": _LEARNED}
        yield {"taught": self._taught(old, new, at), "readings": compared(old, new, at), "done": _READ}
        yield from self._rehearsed(old, new, at)

    def _taught(self, old: Pack, new: Pack, at: datetime) -> Found:
        """How the sentence itself is read before and after."""
        if not self.text:
            return {}
        return {
            when: {
                "procedure": _wish(pack, self.text, self.language),
                "article": _answer(pack, self.text, self.language, at),
            }
            for when, pack in (("before", old), ("after", new))
        }

    def _rehearsed(self, old: Pack, new: Pack, at: datetime) -> Iterator[Found]:
        total = len(new.rehearsals)
        for number, one in enumerate(new.rehearsals, 1):
            played = rehearse(new, one, at)
            found: Found = {"name": one.name, "language": one.language, "passed": played.passed}
            if not played.passed:
                found |= {"failures": list(played.failures), "transcript": list(played.transcript)}
                found["passed before"] = rehearse(old, one, at).passed
            yield {"rehearsed": found, "done": _READ + (100 - _READ) * number // total}


def _wish(pack: Pack, text: str, language: str) -> Found:
    model = model_of(pack)
    ranked = model.read(text, language)
    label, share = ranked[0]
    return {"label": label, "percent": round(100 * share), "sure": share >= model.sure_from(language)}


def _answer(pack: Pack, text: str, language: str, at: datetime) -> str:
    passage = find(pack, text, language, at=at)
    return passage.article if passage else ""


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence that the pack gives, and the procedure or article that it belongs to."""

    kind: str
    belongs: str
    text: str
    language: str

    def read_by(self, pack: Pack, at: datetime) -> str:
        if self.kind == "article":
            return _answer(pack, self.text, self.language, at)
        return str(_wish(pack, self.text, self.language)["label"])


def examples_of(old: Pack, new: Pack) -> Iterator[Example]:
    """The example sentences of procedures and questions of articles, of ``old``, in the languages for which the two
    packs teach differently: elsewhere nothing can be read otherwise."""
    for language in _taught_otherwise(_lessons(old), _lessons(new)):
        for procedure in old.procedures.values():
            for text in procedure.examples.get(language, ()):
                yield Example("procedure", procedure.name, text, language)
    for language in _taught_otherwise(_articles(old), _articles(new)):
        for article in old.articles:
            for text in article.questions if article.language == language else ():
                yield Example("article", article.id, text, language)


Taught = dict[str, list[Any]]
_NOWHERE = Place("", 0)  # where a page stands is no part of what it says


def _taught_otherwise(old: Taught, new: Taught) -> list[str]:
    return sorted(language for language in set(old) | set(new) if old.get(language) != new.get(language))


def _lessons(pack: Pack) -> Taught:
    """Language → what the intents are learned from."""
    return {
        language: [pack.off_topic.get(language, ()), *(one.examples.get(language) for one in pack.procedures.values())]
        for language in pack.company.languages
    }


def _articles(pack: Pack) -> Taught:
    return {
        language: [replace(one, place=_NOWHERE) for one in pack.articles if one.language == language]
        for language in pack.company.languages
    }


def compared(old: Pack, new: Pack, at: datetime) -> Found:
    """Of the sentences that the pack gives as examples, those that would be read otherwise than now."""
    changed: list[Found] = []
    total = 0
    for one in examples_of(old, new):
        total += 1
        before, after = one.read_by(old, at), one.read_by(new, at)
        if before != after:
            right = after == one.belongs
            changed.append({**asdict(one), "before": before, "after": after, "right": right})
    return {"total": total, "changed": changed[:SHOWN], "more": max(0, len(changed) - SHOWN)}
