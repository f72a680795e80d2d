"""``courtesy pack``: start a pack, check it, play its rehearsals, put it in force, and schemas for editors."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from courtesy.commerce.refusals import REFUSALS
from courtesy.config import starting
from courtesy.config.commands import pack_rehearse
from courtesy.config.commands.pack_folder import folder_of
from courtesy.config.trouble import Trouble
from courtesy.knowledge.conflicts import findings as contradicting
from courtesy.pack import editions
from courtesy.pack.checking import check
from courtesy.pack.mistakes import Finding, PackError
from courtesy.pack.reading import is_base, read
from courtesy.pack.schema import schemas
from courtesy.pack.starting import folder_name, new
from courtesy.policy.guard import run_examples
from courtesy.policy.proving import undercuts


def add(subparsers: Any) -> None:
    command = subparsers.add_parser("pack", help="the company's book: start, check, rehearse, publish")
    acts = command.add_subparsers(metavar="ACT", required=True)
    _add_new(acts)
    checking = acts.add_parser("check", help="say what is wrong with a pack, with file and line")
    checking.add_argument("pack", nargs="?", help="folder or name; the company's own when not given")
    checking.add_argument("--json", action="store_true", help="print one JSON list")
    checking.add_argument("--strict", action="store_true", help="warnings count as errors")
    checking.set_defaults(run=run_check)
    pack_rehearse.add(acts)
    publishing = acts.add_parser("publish", help="check a pack and put it in force")
    publishing.add_argument("--note", default="", help="why, for the book of editions")
    publishing.set_defaults(run=run_publish)
    writing = acts.add_parser("schemas", help="write JSON Schemas, for completion in an editor")
    writing.add_argument("folder", nargs="?", type=Path, help="where to write them; printed when not given")
    writing.set_defaults(run=run_schemas)


def _add_new(acts: Any) -> None:
    starting_one = acts.add_parser("new", help="start a pack of your own on top of a base pack")
    starting_one.add_argument("name", help="the company's name")
    starting_one.add_argument("--folder", type=Path, help="where to write it; packs/<name> when not given")
    starting_one.add_argument("--languages", default="en", help="codes with commas, the first is the default: en,es")
    starting_one.add_argument("--country", default="ES", help="two letters, for example ES")
    starting_one.add_argument("--currency", default="", help="three letters, for example EUR")
    starting_one.add_argument("--time-zone", default="", help="for example Europe/Madrid")
    starting_one.add_argument("--mail", default="", help="the address that customers write to")
    starting_one.add_argument("--base", default="retail", help="the base pack to build on")
    starting_one.set_defaults(run=run_new)


# --- new ------------------------------------------------------------------------------------------


def run_new(arguments: argparse.Namespace) -> int:
    folder = (arguments.folder or Path("packs") / folder_name(arguments.name)).resolve()
    languages = [code.strip() for code in arguments.languages.split(",") if code.strip()]
    try:
        made = new(
            folder,
            arguments.name,
            languages=languages or ["en"],
            country=arguments.country.upper(),
            time_zone=arguments.time_zone,
            currency=arguments.currency.upper(),
            mail_address=arguments.mail,
            base=arguments.base,
        )
    except (FileExistsError, LookupError, OSError) as error:
        raise Trouble(str(error)) from error
    print(f"A pack for {arguments.name} is in {made}.")
    findings = _findings(made)
    for finding in findings:
        print(finding)
    print(f"Look at {made / 'company.yaml'} first. 'courtesy pack check {made}' checks it;")
    print(f"'COURTESY_PACK={made} courtesy serve' starts with it.")
    return 1 if any(finding.severity == "error" for finding in findings) else 0


# --- check ----------------------------------------------------------------------------------------


def _findings(folder: Path) -> list[Finding]:
    on = timezone.localdate()
    findings = check(folder, run_examples, said_by_the_shop=REFUSALS, on=on)
    if is_base(folder):  # in no country; the companies that build on it are
        return findings
    try:
        pack = read(folder)
        return [*undercuts(pack, on), *findings, *contradicting(pack, on)]
    except PackError:  # cannot be read: what is found above says why
        return findings


def run_check(arguments: argparse.Namespace) -> int:
    folder = folder_of(arguments.pack)
    findings = _findings(folder)
    errors = sum(finding.severity == "error" for finding in findings)
    if arguments.json:
        print(json.dumps([_as_json(finding) for finding in findings], indent=2, ensure_ascii=False))
    else:
        _print_findings(folder, findings, errors)
    return 1 if errors or (arguments.strict and findings) else 0


def _print_findings(folder: Path, findings: Sequence[Finding], errors: int) -> None:
    for finding in findings:
        print(finding)
    warnings = len(findings) - errors
    if not findings:
        pack = read(folder)
        print(
            f"{pack.company.name}: nothing wrong in {len(pack.procedures)} procedures, {len(pack.policies)} policies, "
            f"{len(pack.phrases)} phrases, {len(pack.articles)} articles and {len(pack.rehearsals)} rehearsals."
        )
        return
    print(f"{folder.name}: {_counted(errors, 'error')}, {_counted(warnings, 'warning')}.")


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")


def _as_json(finding: Finding) -> dict[str, Any]:
    return {
        "file": finding.place.file,
        "line": finding.place.line,
        "severity": finding.severity,
        "problem": finding.problem,
        "remedy": finding.remedy,
    }


# --- publish, schemas -------------------------------------------------------------------------------


def run_publish(arguments: argparse.Namespace) -> int:
    starting.require_database()
    folder = folder_of(None)
    errors = [finding for finding in _findings(folder) if finding.severity == "error"]
    for finding in errors:
        print(finding, file=sys.stderr)
    if errors:
        print(f"Not published: {_counted(len(errors), 'error')}.", file=sys.stderr)
        return 1
    if not editions.changed_since_published(folder, settings.COURTESY_DATA):
        print(f"{folder.name} is in force as it stands; nothing to publish.")
        return 0
    pack = editions.publish(folder, settings.COURTESY_DATA, timezone.now(), note=arguments.note)
    print(f"{pack.company.name}: edition {pack.edition[:12]} is in force.")
    return 0


def run_schemas(arguments: argparse.Namespace) -> int:
    made = schemas()
    if arguments.folder is None:
        print(json.dumps(made, indent=2, ensure_ascii=False))
        return 0
    try:
        arguments.folder.mkdir(parents=True, exist_ok=True)
        for kind, schema in made.items():
            path = arguments.folder / f"{kind}.schema.json"
            path.write_text(json.dumps(schema, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError as error:
        raise Trouble(f"{arguments.folder} cannot be written: {error.strerror}") from error
    print(f"{len(made)} schemas are in {arguments.folder}. In an editor with a YAML language server, begin a page with")
    print(f"# yaml-language-server: $schema={arguments.folder / 'procedure.schema.json'}")
    return 0
