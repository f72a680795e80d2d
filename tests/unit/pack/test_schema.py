"""The JSON Schemas accept what the reader accepts and refuse what it refuses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from courtesy.pack.pages import company, policies, procedures, rehearsals, words
from courtesy.pack.schema import schemas
from courtesy.pack.vocabulary import ACTS, FACTS

PACKS = Path(__file__).resolve().parents[3] / "packs"
KINDS = {"procedures": "procedure", "policies": "policy", "rehearsals": "rehearsal"}


class _Editor(yaml.SafeLoader):
    """Reads YAML as editors do: dates stay text."""


_Editor.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:timestamp"]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _pages() -> list[tuple[str, Path]]:
    pages = [("company", page) for page in sorted(PACKS.glob("*/company.yaml"))]
    for folder, kind in KINDS.items():
        pages += [(kind, page) for page in sorted(PACKS.glob(f"*/{folder}/*.yaml"))]
    return pages + [("article", page) for page in sorted(PACKS.glob("*/articles/**/*.md"))]


def _problems(kind: str, written: str) -> list[str]:
    page: Any = yaml.load(written, Loader=_Editor)
    return [error.message for error in Draft202012Validator(schemas()[kind]).iter_errors(page)]


def test_the_schemas_themselves_are_valid() -> None:
    for schema in schemas().values():
        Draft202012Validator.check_schema(schema)


def test_the_shipped_packs_fit_their_schemas() -> None:
    pages = _pages()
    assert {kind for kind, _ in pages} >= {"company", "procedure", "policy"}
    declares = {folder.parent.parent for folder in PACKS.glob("*/connections/*.yaml")}
    for kind, page in pages:
        if kind in ("procedure", "policy") and page.parents[1] in declares:
            continue  # its connections declare words of its own, which no schema made for all packs can list
        written = page.read_text(encoding="utf-8")
        front = written.split("---")[1] if kind == "article" else written
        assert _problems(kind, front) == [], page


def test_every_key_and_word_of_the_reader_is_in_the_schemas() -> None:
    made = schemas()
    assert tuple(made["company"]["properties"]) == company.KEYS
    assert tuple(made["procedure"]["properties"]) == procedures.KEYS
    assert tuple(made["policy"]["properties"]) == policies.KEYS
    assert tuple(made["rehearsal"]["properties"]) == rehearsals.KEYS
    assert tuple(made["article"]["properties"]) == words.ARTICLE_KEYS
    steps = made["procedure"]["$defs"]
    assert {f"step: {verb}" for verb in procedures.VERBS} <= set(steps)
    assert {one["const"] for one in steps["step: do"]["properties"]["do"]["oneOf"]} == set(ACTS)
    rule = made["policy"]["properties"]["rules"]["items"]
    assert set(rule["properties"]["when"]["properties"]) == set(FACTS)


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        ("company", "name: A\nhours: {moonday: 09:00-18:00}"),
        ("company", "name: A\nidentity: {e-mail: signed in}"),
        ("company", "nam: A"),
        ("procedure", "procedure: A\nsteps: [{do: open retrun}]"),
        ("procedure", "procedure: A\nsteps: [{if: {a: b}, then: [{if: {c: d}, then: []}]}]"),
        ("procedure", "procedure: A\nsteps: [{promise: a, within: soon}]"),
        ("procedure", "procedure: A\nsteps: [{tell: a, ask: b}]"),
        ("policy", "policy: A\ngoverns: [refund]\notherwise: allow"),
        ("policy", "policy: A\ngoverns: [refnd]\notherwise: ask"),
        ("policy", "policy: A\ngoverns: [refund]\notherwise: ask\nrules: [{name: a, when: {amuont: 1}, then: allow}]"),
        ("policy", "policy: A\ngoverns: [refund]\notherwise: ask\nrules: [{name: a, then: perhaps}]"),
        ("rehearsal", "rehearsal: A\ncustomer says: [a]"),
        ("rehearsal", "rehearsal: A\ncustomer says: [a]\nmust: [{ded: refund}]"),
        ("article", "title: A\naudience: everybody"),
    ],
)
def test_what_the_reader_refuses_the_schema_refuses_too(kind: str, written: str) -> None:
    assert _problems(kind, written)
