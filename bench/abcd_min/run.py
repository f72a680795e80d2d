"""Runs the contact centre exam: the procedures as a pack, their action lists, and what comes next in real dialogues.

Usage: python -m bench.abcd_min.run [--write FILE]. The material is read from ``COURTESY_KITS``.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
TRANSFER = "notify-team"  # what a hand-over is among the exam's actions

Dialogue = Mapping[str, Any]


def main() -> int:
    parser = argparse.ArgumentParser(description="the contact centre exam")
    parser.add_argument("--write", type=Path)
    arguments = parser.parse_args()
    kit = Path(os.environ.get("COURTESY_KITS", ROOT.parent / "shared" / "kits")) / "abcd_min"
    if not (kit / "guidelines.json").is_file():
        print(f"the exam's material is not in {kit}; set COURTESY_KITS")
        return 2
    with tempfile.TemporaryDirectory(prefix="courtesy-exam-") as folder:
        figures = _run(kit, Path(folder))
    print(json.dumps(figures, indent=2))
    if arguments.write:
        arguments.write.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return 0


def _run(folder: Path, made: Path) -> dict[str, Any]:
    from bench.tau_retail.run import _start

    _start(made)
    from bench.abcd_min import pages
    from courtesy.commerce.refusals import REFUSALS
    from courtesy.pack.checking import check
    from courtesy.pack.model import Do
    from courtesy.pack.reading import read
    from courtesy.policy.guard import run_examples

    kit = pages.read_kit(folder)
    pack = read(pages.put_together(kit, made / "packs"))
    findings = check(pack.folder, run_examples, said_by_the_shop=REFUSALS)
    for finding in findings:
        if finding.severity == "error":
            print(finding)
    lists = {}
    for flow, name in pages.matters(kit):
        steps = pack.procedures[pages.procedure_name(flow, name)].steps
        lists[name] = [step.act for step in steps if isinstance(step, Do)]
    written = {name: pages.written_acts(kit, pages.written_page(kit, flow, name)) for flow, name in pages.matters(kit)}
    lines = (folder / "dialogues_sample.jsonl").read_text(encoding="utf-8").splitlines()
    dialogues = [json.loads(line) for line in lines]
    return {
        "what": "contact centre exam: written procedures as a pack, and the next action in the sample dialogues",
        "procedures": len(lists),
        "procedures in the pack whose acts are the exam's list, order included": sum(
            acts == kit["lists"][name] for name, acts in lists.items()
        ),
        "written pages whose buttons alone give the exam's list, order included": sum(
            written[name] == kit["lists"][name] for name in lists
        ),
        "pages that say otherwise": [name for name in lists if written[name] != kit["lists"][name]],
        "errors of the checker": sum(one.severity == "error" for one in findings),
        "warnings of the checker": sum(one.severity != "error" for one in findings),
        "dialogues": _scores(dialogues, lists, _understood(dialogues, pack, kit)),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
    }


# --- the dialogues ---------------------------------------------------------------------------------


def acts_of(dialogue: Dialogue) -> list[str]:
    return [turn["action"] for turn in dialogue["turns"] if turn["s"] == "action" and turn["action"]]


def subflow_of(dialogue: Dialogue, lists: Mapping[str, list[str]]) -> str:
    """The procedure of a dialogue; a question of a kind ("timing_4") belongs to the procedure of that kind."""
    named = [name for name in lists if f"{dialogue['subflow']}_".startswith(f"{name}_")]
    return max(named, key=len)


def opening_of(dialogue: Dialogue) -> str:
    """What the customer said before the first action."""
    said = []
    for turn in dialogue["turns"]:
        if turn["s"] == "action":
            break
        said += [turn["t"]] if turn["s"] == "customer" else []
    return " ".join(said)


def next_acts(done: Sequence[str], steps: Sequence[str]) -> str:
    """What the procedure does next after what was done: the first of its acts that is still to come."""
    left = [act for act in steps if act not in done]
    return left[0] if left else ""


def _right(acts: Sequence[str], steps: Sequence[str]) -> int:
    return sum(next_acts(acts[:place], steps) == act for place, act in enumerate(acts))


def _scores(dialogues: Sequence[Dialogue], lists: Mapping[str, list[str]], understood: Sequence[str]) -> dict[str, Any]:
    acts = [acts_of(one) for one in dialogues]
    right = [subflow_of(one, lists) for one in dialogues]
    known = [lists[name] for name in right]
    heard = [lists.get(name, []) for name in understood]
    total = sum(map(len, acts))
    return {
        "dialogues": len(dialogues),
        "actions in all": total,
        "procedure understood from what was said before the first action": sum(map(str.__eq__, understood, right)),
        "next action right, procedure given": sum(map(_right, acts, known)),
        "next action right, procedure understood": sum(map(_right, acts, heard)),
        "whole list of actions right, procedure given": sum(map(list.__eq__, acts, known)),
        "whole list of actions right, procedure understood": sum(map(list.__eq__, acts, heard)),
        "next action right by doing nothing": sum(_right(one, []) for one in acts),
        "next action right by a transfer at once": sum(_right(one, [TRANSFER]) for one in acts),
        "whole list right by doing nothing": sum(one == [] for one in acts),
        "whole list right by a transfer at once": sum(one == [TRANSFER] for one in acts),
        "as they went": [
            {"procedure": one, "understood": name or "(none)", "right": _right(done, steps), "actions": len(done)}
            for one, name, done, steps in zip(right, understood, acts, known, strict=True)
        ],
    }


def _understood(dialogues: Sequence[Dialogue], pack: Any, kit: Mapping[str, Any]) -> list[str]:
    """The subflow that the customer's first words are taken for; "" when none or unsure."""
    from bench.abcd_min import pages
    from courtesy.language.reading import understand
    from courtesy.language.understanding import Context
    from courtesy.representative.learning import model_of

    names = {pages.procedure_name(flow, name): name for flow, name in pages.matters(kit)}
    model = model_of(pack)
    context = Context(languages=("en",), country="US")
    found = []
    for one in dialogues:
        heard = understand(opening_of(one), context, model)
        wanted = heard.first("wants")
        likely = wanted.target if wanted else next((move.target for move in heard.alternatives), "")
        found.append(names.get(likely, ""))
    return found


if __name__ == "__main__":
    raise SystemExit(main())
