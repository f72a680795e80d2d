"""Writes the made pages of docs/reference from the code itself; --check only says which are out of date."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import get_args

import django
import pack_words as words

from courtesy.config.commandline import parser
from courtesy.config.environment import SETTINGS
from courtesy.language.understanding import MoveKind
from courtesy.pack import vocabulary
from courtesy.pack.connections import FIELD_KINDS
from courtesy.pack.pages import (
    authority,
    care,
    company,
    complaints,
    conditions,
    connections,
    guides,
    lessons,
    policies,
    procedures,
    records,
    rehearsals,
    synonyms,
)  # fmt: skip
from courtesy.pack.pages import words as prose
from courtesy.pack.records import RECORD_FIELD_KINDS
from courtesy.policy.rights.reading import shipped

ROOT = Path(__file__).resolve().parents[1]
MADE = "<!-- Made by tools/write-reference from the code; change it there. -->"
FOR_DEVELOPERS = {
    "COURTESY_PYTHON": "Python that `bin/setup` makes the environment with.",
    "COURTESY_CHROMIUM": "Chromium for the browser tests; empty: `/usr/bin/chromium`.",
    "COURTESY_KITS": "Folder of public test material for measures and some tests.",
    "COURTESY_TEST_DATABASE_URL": "PostgreSQL server for tests; empty: `bin/test` starts one of its own.",
    "COURTESY_TEST_REDIS_URL": "Redis server for tests; empty: `bin/test` starts one of its own.",
    "COURTESY_PICTURES": "Folder into which browser tests put the documents' pictures; empty: none are taken.",
    "COURTESY_COUNTS": "File to which a test run adds its counts; `bin/test` sets it.",
    "COURTESY_ADVERSARY_TURNS": "Turns that the adversary takes in its test; `bench/adversary.sh` sets it.",
    "COURTESY_ADVERSARY_SEED": "Seed of the adversary and of its customers.",
    "COURTESY_ADVERSARY_FIGURES": "File to which the adversary's test writes its figures.",
    "COURTESY_CI_INSTALL": "`no`: `.ci/run` installs nothing and names what is missing.",
}
PLUG_INS = {
    "COURTESY_CHANNELS": "Kind of channel → the class that brings replies to it.",
    "COURTESY_SHOP": "The class that stands for the shop.",
    "COURTESY_LANGUAGE_PROVIDER": "The class that asks a language model.",
}


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"
    yield ""


def settings_page() -> str:
    def default(written: str) -> str:
        return f"`{written}`" if written else ""

    lines = [
        "# Settings",
        MADE,
        "",
        "Every setting is an environment variable. `<NAME>_FILE` names a file that holds the value instead, for",
        "secrets that should not stand in the environment. A path without a slash in front begins in the project's",
        "folder.",
        "",
        *table(
            ("setting", "default", "meaning"),
            (
                (f"`{one.name}`", default(one.default), one.says + (" *Secret.*" if one.secret else ""))
                for one in SETTINGS.values()
            ),
        ),
        "## Plug-in points",
        "Lines of `courtesy/config/settings.py`, for developers:",
        "",
        *table(("setting", "meaning"), ((f"`{name}`", says) for name, says in PLUG_INS.items())),
        "## For tests and development",
        "",
        *table(("variable", "meaning"), ((f"`{name}`", says) for name, says in FOR_DEVELOPERS.items())),
    ]
    return "\n".join(lines)


def commands_page() -> str:
    lines = [
        "# Commands",
        MADE,
        "",
        "`.venv/bin/courtesy`, or `.venv/bin/python -m courtesy`. Exit codes: 0 done; 1 done, and the answer is no",
        "(a check failed); 2 could not be done; 130 interrupted. `bin/serve` makes the environment where it is",
        "missing, and serves.",
        "",
    ]
    for parsed in _parsers(parser()):
        depth = "##" if parsed.prog.count(" ") <= 1 else "###"
        lines += [f"{depth} {parsed.prog}", "", "```text", parsed.format_help().rstrip(), "```", ""]
    return "\n".join(lines)


def _parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """This parser and all below it, each once, in the order they were added."""
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in dict.fromkeys(action.choices.values()):
                yield from _parsers(below)


def pack_page() -> str:
    return "\n".join([*_pages_of_a_pack(), *_vocabulary(), *_moves()])


def _pages_of_a_pack() -> Iterator[str]:
    yield from ("# The pack", MADE, "")
    yield from ("What may stand in a pack's pages. `courtesy pack check` names file and line of what is wrong;",)
    yield from ("`courtesy pack schemas` writes schemas, for completion in editors.", "")
    yield from _form("company.yaml", company.KEYS, words.COMPANY)
    yield from _form("procedures/*.yaml", procedures.KEYS, words.PROCEDURE)
    yield from ("### Steps", "")
    steps = (
        (
            f"`{verb}`",
            meaning(words.STEPS, verb),
            "; ".join(f"`{key}`: {meaning(words.BESIDE, key)}" for key in beside),
        )
        for verb, beside in procedures.VERBS.items()
    )
    yield from table(("verb", "meaning", "beside it"), steps)
    yield from _form("guides/*.yaml", guides.KEYS, words.GUIDE)
    yield from _form("A step of a guide", guides.STEP_KEYS, words.GUIDE_STEP, depth="###")
    yield from _form("policies/*.yaml", policies.KEYS, words.POLICY)
    yield from _form("A rule", policies.RULE_KEYS, words.RULE, depth="###")
    known = ", ".join(f"`{one}`" for one in conditions.COMPARATORS)
    yield from (f"Comparators: {known}. A bare value means `is`. Several values are joined by `or`, several",)
    yield from ("comparisons by `and`: `over 30 and at most 100`. A fact that is not known permits nothing.", "")
    yield from _form("connections/*.yaml", connections.KEYS, words.CONNECTION)
    yield from _form("A look-up or act of a connection", (*connections.ACT_KEYS, "find"), words.OPERATION, depth="###")
    yield from (*table(("kind of field", "meaning"), [(f"`{kind}`", says) for kind, says in FIELD_KINDS.items()]),)
    yield from _form("records/*.yaml", records.KEYS, words.RECORD)
    yield from _form("A field of a record", records.FIELD_KEYS, words.RECORD_FIELD, depth="###")
    kinds = [(f"`{kind}`", says) for kind, says in RECORD_FIELD_KINDS.items()]
    yield from table(("kind of field in a record", "meaning"), kinds)
    yield from _form("`find` of a look-up in the book", records.FIND_KEYS, words.FIND, depth="###")
    yield from _form("An effect of an act in the book", records.EFFECT_KEYS, words.EFFECT, depth="###")
    yield from _form("articles/LANGUAGE/*.md, front matter", prose.ARTICLE_KEYS, words.ARTICLE)
    yield from _form("rehearsals/*.yaml", rehearsals.KEYS, words.REHEARSAL)
    yield from _form("An expectation", rehearsals.EXPECTATIONS, words.EXPECTATIONS, depth="###")
    yield from _form("complaints/*.yaml", complaints.KEYS, words.COMPLAINTS)
    yield from _form("A clock", complaints.CLOCK_KEYS, words.CLOCK, depth="###")
    yield from _form("A category", complaints.CATEGORY_KEYS, words.CATEGORY, depth="###")
    yield from _form("A recourse", complaints.RECOURSE_KEYS, words.RECOURSE, depth="###")
    yield from _form("escalation/*.yaml", care.LADDER_KEYS, words.LADDER)
    yield from _form("A step of an escalation", care.RUNG_KEYS, words.RUNG, depth="###")
    yield from _form("protocols/*.yaml", care.PROTOCOL_KEYS, words.PROTOCOL)
    yield from _form("authority/*.yaml", authority.KEYS, words.AUTHORITY)
    yield from _form("The limits of one line", authority.LIMIT_KEYS, words.LIMITS, depth="###")
    yield from _form("lessons/*.yaml", lessons.KEYS, words.LESSONS)
    yield from _form("synonyms/*.yaml", synonyms.KEYS, words.SYNONYMS)
    yield from ("## phrases/LANGUAGE/*.md", "", "`## name`, and the wording below it with its `{fields}`.")
    yield from ("Bullets that end a phrase are other ways in which customers say it.", "")
    yield from ("## tables/*.csv", "", "The first line names the columns; every cell stays text.", "")


def _form(title: str, keys: Iterable[str], says: Mapping[str, str], *, depth: str = "##") -> Iterator[str]:
    yield from (f"{depth} {title}", "")
    yield from table(("key", "meaning"), ((f"`{key}`", meaning(says, key)) for key in keys))


def meaning(says: Mapping[str, str], word: str) -> str:
    """The line for a word; a new word of the code ends this program until it has one."""
    if word not in says:
        raise SystemExit(f"'{word}' has no line in tools/pack_words.py; write one that says what it means")
    return says[word]


def _vocabulary() -> Iterator[str]:
    yield from ("## Acts", "", "What `do` may do, and what `governs` may govern.", "")
    acts = (
        (f"`{act.name}`", act.says, ", ".join(act.needs), ", ".join(act.takes), "yes" if act.changes else "no")
        for act in vocabulary.ACTS.values()
    )
    yield from table(("act", "meaning", "needs", "takes too", "after a confirm"), acts)
    yield from ("## Facts", "", "What rules may ask about.", "")
    facts = (
        (f"`{fact.name}`" + (" (claim)" if fact.name in vocabulary.CLAIMED_FACTS else ""), fact.kind, fact.says,
         ", ".join(fact.values))
        for fact in vocabulary.FACTS.values()
    )  # fmt: skip
    yield from table(("fact", "kind", "meaning", "values"), facts)
    yield from ("A claim is only the customer's word: it selects rules, may make verdicts stricter; no proof.", "")
    for title, known in (
        ("Look-ups", vocabulary.LOOK_UPS),
        ("Kinds of answer", vocabulary.SLOT_KINDS),
        ("Sources of choices", vocabulary.SOURCES),
        ("Signs of a person in difficulty", vocabulary.SIGNS),
        ("What a protocol may stop", vocabulary.STOPS),
    ):
        yield from (f"## {title}", "")
        yield from table(("name", "meaning"), ((f"`{name}`", says) for name, says in known.items()))
    yield from ("## Grades", "", ", ".join(f"`{grade}`" for grade in vocabulary.GRADES) + ", lowest first.", "")
    yield from ("## Phrases that the engine says", "")
    yield from ("Every shipped language has them; a pack may word them anew.", "")
    phrases = (
        (f"`{name}`", ", ".join(f"`{{{field}}}`" for field in fields))
        for name, fields in vocabulary.ENGINE_PHRASES.items()
    )
    yield from table(("phrase", "fields"), phrases)


def _moves() -> Iterator[str]:
    yield from ("## Moves", "", "What understanding may find in a message; it decides nothing.", "")
    yield from table(("move", "meaning"), ((f"`{move}`", meaning(words.MOVES, move)) for move in get_args(MoveKind)))


def rights_page() -> str:
    lines = [
        "# Rights and terms of the law",
        MADE,
        "",
        "What customers have by the law of their country, as the guard and `courtesy pack check` know it. Each line",
        "has worked examples on its page, which run as tests. [How to add a country](../how-to/rights-by-law.md).",
        "This is not legal advice.",
        "",
    ]
    for law in shipped():
        lines += [f"## {law.name}", f"`courtesy/policy/rights/{law.place.file}`; {', '.join(law.countries)}."]
        lines += [f"Builds on {law.builds_on}." if law.builds_on else "", law.note.get("en", ""), ""]
        lines += table(
            ("right", "kind", "article", "in force from", "acts it protects"),
            ((r.name, r.kind, r.article, str(r.in_force_from), ", ".join(r.protects)) for r in law.rights),
        )
        lines += table(
            ("term", "kind", "article", "in force from", "length", "counted from"),
            (
                (t.name, t.kind, t.article, str(t.in_force_from), f"{t.length} {t.unit}", t.counted_from)
                for t in law.terms
            ),
        )
    return "\n".join(lines)


PAGES = {
    "settings.md": settings_page,
    "commands.md": commands_page,
    "pack.md": pack_page,
    "rights.md": rights_page,
}


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "courtesy.config.settings")
    os.environ["COURTESY_DATA"] = str(Path(tempfile.gettempdir()) / "courtesy-reference")  # nothing is written there
    os.environ |= {"COLUMNS": "100", "NO_COLOR": "1"}  # how the parser breaks its help
    django.setup()
    check = sys.argv[1:] == ["--check"]
    folder = ROOT / "docs" / "reference"
    stale = 0
    for name, make in PAGES.items():
        path, made = folder / name, make().rstrip() + "\n"
        if path.exists() and path.read_text(encoding="utf-8") == made:
            continue
        stale += 1
        if check:
            print(f"docs/reference/{name} is out of date; run tools/write-reference")
        else:
            path.write_text(made, encoding="utf-8")
            print(f"docs/reference/{name} written")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
