"""``courtesy learn``: what people would teach the representative: list, show, test, take, refuse and undo proposals."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from courtesy.config import samples, starting
from courtesy.config.trouble import Trouble
from courtesy.pack import editions
from courtesy.pack.opening_hours import is_open, next_opening
from courtesy.pack.reading import read
from courtesy.training import deciding, testing
from courtesy.training.models import Proposal
from courtesy.training.trying import Trial
from courtesy.workforce.models import Colleague
from courtesy.workforce.teams import sync_teams

WHY_NOT = {
    "grade": "only a team lead or manager may decide what is learned",
    "decided": "it was decided already. 'courtesy learn list --all' shows how",
    "untested": "it was not tested. 'courtesy learn test NUMBER' tests it",
    "worsens": "its test found something against it. 'courtesy learn show NUMBER' says what",
    "stale": "the pack has changed since it was tested. Test it again",
    "unpublished": "the pack's folder holds changes that are not in force. 'courtesy pack publish' first",
    "folder": "the pack's folder cannot be written. Give this user write access, or change the page by hand",
    "form": "the page cannot be changed",
    "changed": "it cannot be taken out as it was put in",
}


def add(subparsers: Any) -> None:
    command = subparsers.add_parser("learn", help="what people would teach the representative: test it, take it")
    acts = command.add_subparsers(metavar="ACT", required=True)
    listing = acts.add_parser("list", help="proposals that wait for a decision")
    listing.add_argument("--all", action="store_true", help="decided ones too")
    listing.set_defaults(run=run_list)
    for name, says, run in (
        ("show", "what it would change in the pack, and what its test found", run_show),
        ("test", "train with it, and play every rehearsal", run_test),
        ("take", "write it into the pack and put the new edition in force", run_take),
        ("refuse", "say no to it", run_refuse),
        ("undo", "take it out of the pack again", run_undo),
    ):
        act = acts.add_parser(name, help=says)
        act.add_argument("number", type=int, help="of the proposal, as 'list' shows it")
        if name in ("take", "refuse", "undo"):
            act.add_argument("--by", required=True, metavar="E-MAIL", help="the team lead or manager who decides")
        if name == "refuse":
            act.add_argument("--because", default="", metavar="WORDS", help="why")
        act.set_defaults(run=run)
    trying = acts.add_parser("try", help=argparse.SUPPRESS)  # the process that a test runs in, thrown away after
    trying.add_argument("changed", type=Path)
    trying.add_argument("--before", type=Path, required=True)
    trying.add_argument("--text", default="")
    trying.add_argument("--language", default="en")
    trying.set_defaults(run=run_try)


def _find(arguments: argparse.Namespace) -> Proposal:
    starting.require_database()
    try:
        return Proposal.objects.get(pk=arguments.number)
    except Proposal.DoesNotExist as error:
        raise Trouble(f"there is no proposal {arguments.number}. 'courtesy learn list' shows them.") from error


def _decider(arguments: argparse.Namespace) -> Colleague:
    try:
        return Colleague.objects.get(email=arguments.by.lower(), is_active=True)
    except Colleague.DoesNotExist as error:
        raise Trouble(f"nobody here has the address {arguments.by}. See --by.") from error


def run_list(arguments: argparse.Namespace) -> int:
    starting.require_database()
    rows = Proposal.objects.select_related("proposed_by").order_by("proposed_at", "pk")
    if not arguments.all:
        rows = rows.filter(state__in=(Proposal.State.PROPOSED, Proposal.State.TESTING, Proposal.State.TESTED))
    for row in rows:
        print(_line(row))
    if not rows:
        print("Nothing waits for a decision.")
    return 0


def _line(proposal: Proposal) -> str:
    by = proposal.proposed_by.name if proposal.proposed_by else "somebody"
    words = proposal.title or proposal.text
    teaches = proposal.target or (proposal.page if proposal.kind == Proposal.Kind.ARTICLE else "none of these")
    about = f" → {teaches}" if teaches else ""
    when = timezone.localtime(proposal.proposed_at).date().isoformat()
    return (
        f"{proposal.pk:>5}  {proposal.state:<8}  {proposal.kind} ({proposal.language}): {words!r}{about}  {by}, {when}"
    )


def run_show(arguments: argparse.Namespace) -> int:
    proposal = _find(arguments)
    print(_line(proposal))
    if proposal.is_open:
        change = deciding.proposed_change(proposal)
        print(f"  {change.page}")
        for line in change.lines():
            print(f"    {line}")
    _print_report(proposal)
    return 0


def _print_report(proposal: Proposal) -> None:
    report = proposal.report
    if not report:
        print("  Not tested yet.")
        return
    for problem in [*report.get("errors", ()), *filter(None, [report.get("trouble")])]:
        print(f"  problem: {problem}")
    if taught := report.get("taught"):
        for when in ("before", "after"):
            wish = taught[when]["procedure"]
            print(f"  {when}: {wish['label']} {wish['percent']} %, article: {taught[when]['article'] or 'none'}")
    if readings := report.get("readings"):
        changed = len(readings["changed"]) + readings["more"]
        print(f"  {changed} of {readings['total']} example sentences are read otherwise.")
        for one in readings["changed"]:
            language, before, after = one["language"], one["before"] or "none", one["after"] or "none"
            print(f"    {one['text']!r} ({language}): {before} → {after}")
    failed = report.get("failed", ())
    print(f"  {report.get('passed', 0)} rehearsals passed, {len(failed)} failed.")
    for one in failed:
        too = "" if one["passed before"] else " (fails today too)"
        print(f"    {one['name']}: {'; '.join(one['failures'])}{too}")


def run_test(arguments: argparse.Namespace) -> int:
    proposal = _find(arguments)
    if not testing.ask_for_test(proposal, timezone.now()) and proposal.state != Proposal.State.TESTING:
        raise Trouble(WHY_NOT["decided"] + ".")
    proposal = testing.test(proposal, timezone.now())
    _print_report(proposal)
    return 0 if proposal.may_be_taken else 1


def run_take(arguments: argparse.Namespace) -> int:
    proposal, by = _find(arguments), _decider(arguments)
    try:
        taken = deciding.take(proposal.pk, by, timezone.now())
    except deciding.NotNowError as error:
        raise Trouble(_no(error)) from error
    print(f"Proposal {taken.pk} stands in {taken.page}; edition {taken.taken_as[:12]} is in force.")
    return 0


def run_refuse(arguments: argparse.Namespace) -> int:
    proposal, by = _find(arguments), _decider(arguments)
    try:
        deciding.refuse(proposal.pk, by, arguments.because, timezone.now())
    except deciding.NotNowError as error:
        raise Trouble(_no(error)) from error
    print(f"Proposal {proposal.pk} is refused.")
    return 0


def run_undo(arguments: argparse.Namespace) -> int:
    proposal, by = _find(arguments), _decider(arguments)
    try:
        undone = deciding.undo(proposal.pk, by, timezone.now())
    except deciding.NotNowError as error:
        raise Trouble(_no(error)) from error
    print(f"Proposal {undone.pk} is out of {undone.page} again.")
    return 0


def _no(error: deciding.NotNowError) -> str:
    return WHY_NOT[error.why] + (f" ({error.details})." if error.details else ".")


def run_try(arguments: argparse.Namespace) -> int:
    """Try a changed pack in the database and shop of this process; prints a line of JSON for each finding."""
    pack = read(arguments.before)
    now = timezone.now()
    at = now if is_open(pack.company, now) else next_opening(pack.company, now)
    starting.make_folders(Path(settings.COURTESY_DATA))
    starting.make_database(lambda _: None)
    samples.load_any(pack, at)
    editions.configure(arguments.changed)
    sync_teams(pack.company.teams)
    for found in Trial(arguments.changed, arguments.before, arguments.text, arguments.language).run(at):
        print(json.dumps(found, ensure_ascii=False), flush=True)
    return 0
