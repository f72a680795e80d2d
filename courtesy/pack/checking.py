"""Checks a pack: everything that reading notes, and everything that only shows when its pages are seen together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType

from courtesy.pack.checks.articles import check_articles
from courtesy.pack.checks.authority import check_authority
from courtesy.pack.checks.company import check_company
from courtesy.pack.checks.connections import check_connections
from courtesy.pack.checks.diary import check_diary
from courtesy.pack.checks.guides import check_guides
from courtesy.pack.checks.matters import check_matters
from courtesy.pack.checks.phrases import check_phrases
from courtesy.pack.checks.policies import Judge, check_policies
from courtesy.pack.checks.procedures import check_procedures
from courtesy.pack.checks.range import check_range
from courtesy.pack.checks.records import check_records
from courtesy.pack.checks.rehearsals import check_rehearsals
from courtesy.pack.checks.steps import check_steps
from courtesy.pack.checks.synonyms import check_synonyms
from courtesy.pack.checks.tables import check_tables
from courtesy.pack.mistakes import Finding, Mistakes
from courtesy.pack.model import Policy
from courtesy.pack.reading import is_base, lineage_of, read_with

NOTHING: Mapping[str, tuple[str, ...]] = MappingProxyType({})


def check(
    folder: Path,
    judge: Judge | None = None,
    *,
    said_by_the_shop: Mapping[str, tuple[str, ...]] = NOTHING,
    on: date | None = None,
) -> list[Finding]:
    """Everything wrong with the pack in ``folder``, errors first, each with its file and line.

    ``judge`` runs the policies' examples and proves that no law is undercut (``policy.guard.run_examples``);
    ``said_by_the_shop`` names the phrases that a shop may say and their fields (``commerce.refusals.REFUSALS``);
    ``on`` is the day for which pages must be in force. A policy that the base pack's was replaced by is held to the
    law that stood there."""
    mistakes = Mistakes()
    pack = read_with(folder, mistakes)
    if pack is None:
        return list(mistakes.sorted())
    check_company(pack, mistakes)
    check_connections(pack, mistakes)
    check_records(pack, mistakes)
    check_steps(pack, mistakes)
    check_procedures(pack, mistakes, base=is_base(folder))
    check_guides(pack, mistakes)
    check_phrases(pack, said_by_the_shop, mistakes, base=is_base(folder))
    check_policies(pack, _base_policies(folder), judge, on, mistakes)
    check_matters(pack, mistakes)
    check_authority(pack, mistakes)
    check_articles(pack, on, mistakes)
    check_synonyms(pack, mistakes)
    check_tables(pack, mistakes, base=is_base(folder))
    check_range(pack, mistakes)
    check_diary(pack, mistakes, base=is_base(folder))
    check_rehearsals(pack, mistakes)
    return list(mistakes.sorted())


def _base_policies(folder: Path) -> list[Policy]:
    """The policies of the packs below, as they stand there; their own mistakes were noted with the whole."""
    found: list[Policy] = []
    for layer in lineage_of(folder)[:-1]:
        base = read_with(layer, Mistakes())
        found += base.policies.values() if base is not None else ()
    return found
