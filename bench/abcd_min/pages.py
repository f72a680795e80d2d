"""Makes the contact centre's pack in a temporary folder from its written procedures, which are read where they lie.

Each procedure's acts stand in the order of the exam's action lists; what an act is given is asked before it, and an act
that changes something is confirmed first. Nothing of the material is kept in the project.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from courtesy.pack.reading import SHIPPED

HERE = Path(__file__).resolve().parent
BASE = "retail"
ADDRESS = "https://contact-centre.example/acts"
TEAMS = {"manager": "Management", "website team": "Website", "purchasing department": "Purchasing"}
# Buttons of the written pages whose names differ from those of the action lists.
BUTTONS = {
    "membership privileges": "membership",
    "notify internal team": "notify-team",
    "log out/in": "log-out-in",
    "enter detail": "enter-details",
    "select answer": "select-faq",
    "boots": "search-boots",
    "shirt": "search-shirt",
    "jeans": "search-jeans",
    "jacket": "search-jacket",
    "pricing": "search-pricing",
    "membership": "search-membership",
    "timing": "search-timing",
    "policy": "search-policy",
}
NOT_AN_ACT = ("n/a", "end conversation")
_PRESSED = re.compile(r"\[([A-Z][A-Za-z/ ]+)\]")

Kit = Mapping[str, Any]


def read_kit(folder: Path) -> dict[str, Any]:
    """Written pages, ontology and action lists."""
    names = {"pages": "guidelines.json", "ontology": "ontology.json", "lists": "kb.json"}
    return {key: json.loads((folder / name).read_text(encoding="utf-8")) for key, name in names.items()}


def matters(kit: Kit) -> Iterator[tuple[str, str]]:
    """Flow and subflow of every procedure."""
    for flow, names in kit["ontology"]["intents"]["subflows"].items():
        yield from ((flow, name) for name in names)


def procedure_name(flow: str, name: str) -> str:
    return f"{flow} {name}".replace("_", " ").capitalize()


# --- the written pages -----------------------------------------------------------------------------


def written_page(kit: Kit, flow: str, name: str) -> Mapping[str, Any]:
    """The page of a procedure: pages and ontology name the same flows; inside one they stand in the order that most
    of their words agree on."""
    title = flow.replace("_", " ")
    section = next(one for key, one in kit["pages"].items() if key.replace("-", " ").casefold() == title)
    names = list(kit["ontology"]["intents"]["subflows"][flow])
    page: Mapping[str, Any] = list(section["subflows"].values())[names.index(name)]
    return page


def act_of(button: str) -> str:
    """The action that a button stands for; "" for none."""
    said = button.strip().casefold()
    if said in NOT_AN_ACT:
        return ""
    return BUTTONS.get(said) or said.replace(" ", "-")


def written_acts(kit: Kit, page: Mapping[str, Any]) -> list[str]:
    """The acts in the order of the written page: each step's button, and buttons that its text has pressed."""
    found = []
    for step in page["actions"]:
        text = " ".join((step["text"], *step["subtext"]))
        pressed = [act_of(one) for one in _PRESSED.findall(text)]
        for act in (act_of(step["button"]), *pressed):
            if act in acts(kit) and act not in found:
                found.append(act)
    return found


# --- the pack --------------------------------------------------------------------------------------


def put_together(kit: Kit, folder: Path) -> Path:
    """Write the pack and a base of phrases beside it below ``folder``; return the pack's folder."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / BASE).mkdir(parents=True)
    shutil.copy(SHIPPED / BASE / "company.yaml", folder / BASE / "company.yaml")
    shutil.copytree(SHIPPED / BASE / "phrases", folder / BASE / "phrases")
    pack = folder / "centre"
    sayings = yaml.safe_load((HERE / "sayings.yaml").read_text(encoding="utf-8"))
    _write(pack / "company.yaml", _company())
    _write(pack / "connections" / "centre.yaml", _connection(kit))
    _write(pack / "policies" / "acts.yaml", _policy(kit))
    for flow, name in matters(kit):
        page = _procedure(kit, flow, name, sayings[flow][name])
        _write(pack / "procedures" / f"{flow}-{name}.yaml".replace("_", "-"), page)
    words = pack / "phrases" / "en" / "centre.md"
    words.parent.mkdir(parents=True)
    words.write_text("\n".join(_phrases(kit)), encoding="utf-8")
    return pack


def _write(path: Path, page: Mapping[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(dict(page), sort_keys=False, allow_unicode=True), encoding="utf-8")


def _company() -> dict[str, Any]:
    return {
        "name": "Contact Centre Exam",
        "builds on": BASE,
        "about": "The contact centre of a clothes shop",
        "country": "US",
        "time zone": "America/New_York",
        "languages": ["en"],
        "currency": "USD",
        "hours": {"monday to sunday": "00:00-24:00"},
        "teams": ["Customer care", *TEAMS.values(), "Returns", "Delivery", "Complaints"],
        "order numbers": "##########",
    }


def acts(kit: Kit) -> dict[str, tuple[str, list[str]]]:
    """Act → its kind and the slots it takes."""
    return {
        name: (kind, list(slots)) for kind, all_ in kit["ontology"]["actions"].items() for name, slots in all_.items()
    }


def changes(kit: Kit, act: str) -> bool:
    """Acts of the kind "interaction" do something; queries and answers only look."""
    return acts(kit)[act][0] == "interaction" and act not in LOOKING


LOOKING = ("pull-up-account", "record-reason", "enter-details", "shipping-status", "notify-team")


def slot_name(slot: str) -> str:
    return slot.replace("_slotval", " choice").replace("_", " ").strip()


def argument_of(act: str, slot: str) -> str:
    """An amount or an order is a word of the pack already; here they are texts of this centre."""
    return (
        f"{act.replace('-', ' ')}: {slot_name(slot)}"
        if slot_name(slot) in ("order", "amount", "product")
        else (slot_name(slot))
    )


def _connection(kit: Kit) -> dict[str, Any]:
    declared = {}
    for act, (_, slots) in acts(kit).items():
        one: dict[str, Any] = {"says": f"Presses {act}.", "call": f"POST /{act}", "example": "{}"}
        given = {}
        for number, slot in enumerate(slots):
            given[argument_of(act, slot)] = {"as": slot, **({} if number == 0 else {"optional": "yes"})}
        if given:
            one["with"] = given
        one |= {"idempotency key": "Idempotency-Key"} if changes(kit, act) else {"confirm": "no"}
        declared[act] = one
    return {"connection": "Centre", "over": "http", "address": ADDRESS, "team": "Website", "acts": declared}


def _policy(kit: Kit) -> dict[str, Any]:
    return {
        "policy": "Acts of the centre",
        "governs": list(acts(kit)),
        "owner": "Head of the centre",
        "rules": [{"name": "By the written procedures", "when": {"channel": "chat"}, "then": "allow"}],
        "otherwise": "ask Customer care",
        "ordinary": {"channel": "chat"},
        "examples": [{"given": {}, "expect": "allow"}],
    }


def _procedure(kit: Kit, flow: str, name: str, says: list[str]) -> dict[str, Any]:
    steps: list[dict[str, Any]] = []
    asked: set[str] = set()
    for act in kit["lists"][name]:
        slots = acts(kit)[act][1]
        given = argument_of(act, slots[0]) if slots else ""
        if given and given not in asked:
            asked.add(given)
            choices = kit["ontology"]["values"]["enumerable"].get(slots[0])
            steps.append(
                {"ask": given} | ({"choices": choices} if choices and len(choices) <= 10 else {"kind": "text"})
            )
        if changes(kit, act):
            steps.append({"confirm": act})
        steps.append({"do": act} | ({"with": [given]} if given else {}))
    title = f"your {flow.replace('_', ' ')} matter ({name.replace('_', ' ')})"
    return {
        "procedure": procedure_name(flow, name),
        "title": {"en": title},
        "use when": f"{flow}: {name}",
        "customers say": {"en": says},
        "steps": steps,
    }


def _phrases(kit: Kit) -> Iterator[str]:
    """A plain wording for every question, choice and confirmation."""
    seen: set[str] = set()
    for act, (_, slots) in acts(kit).items():
        yield f"## confirm: {act}\nI would now do this: {act.replace('-', ' ')}. Shall I?\n"
        for slot in slots:
            name = argument_of(act, slot)
            if name not in seen:
                seen.add(name)
                yield f"## ask: {name}\nPlease tell me the {name.rpartition(': ')[2]}.\n"
            for choice in kit["ontology"]["values"]["enumerable"].get(slot, ()):
                if f"choice: {choice}" not in seen:
                    seen.add(f"choice: {choice}")
                    yield f"## choice: {choice}\n{choice}\n"
