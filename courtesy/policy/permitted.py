"""What a record says was done, asked of a person and refused, and what was done though nothing permitted it.

Judged from the journal alone, after the fact: each deed needs a verdict of its own before it that allows it by a named
rule, or one that asks and a person's yes. A verdict or a yes is good for one deed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from courtesy.conversations.models import JournalEntry


@dataclass(frozen=True, slots=True)
class Acts:
    """Acts in the order of the record. ``asked`` and ``refused`` hold an act once for each wish of the customer;
    ``refused`` names the rule or the shop's reason: "refund: Return period is over"."""

    done: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    unpermitted: tuple[str, ...] = ()


NO_ACTS = Acts()


@dataclass(slots=True)
class _Permits:
    """The verdicts and approvals that no deed has used yet."""

    verdicts: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)  # (task, act) → the last
    asked: dict[str, tuple[str, str]] = field(default_factory=dict)  # approval → (task, act)
    granted: set[tuple[str, str]] = field(default_factory=set)

    def use(self, key: tuple[str, str]) -> bool:
        verdict = self.verdicts.pop(key, None)
        yes = key in self.granted
        self.granted.discard(key)
        if verdict is None or verdict["decision"] == "refuse":
            return False
        if verdict["decision"] == "allow":
            return bool(verdict.get("policy") and verdict.get("rule"))
        return yes


def acts_of(entries: Iterable[JournalEntry]) -> Acts:
    """The acts of one conversation, from its entries in order."""
    done: list[str] = []
    unpermitted: list[str] = []
    asked: dict[tuple[str, str], None] = {}
    refused: dict[tuple[str, str, str], None] = {}
    permits = _Permits()
    for entry in entries:
        content = entry.content
        task, act = str(content.get("task", "")), str(content.get("act", ""))
        if entry.kind == "verdict":
            permits.verdicts[task, act] = content
            if content["decision"] == "ask":
                asked[task, act] = None
            elif content["decision"] == "refuse":
                refused[task, act, str(content.get("rule") or content.get("policy"))] = None
        elif entry.kind == "approval asked":
            permits.asked[content["approval"]] = str((content.get("verdict") or {}).get("task", "")), act
        elif entry.kind == "approval granted" and content["approval"] in permits.asked:
            permits.granted.add(permits.asked[content["approval"]])
        elif entry.kind == "shop refused":
            refused[task, act, str(content["why"])] = None
        elif entry.kind == "deed":
            done.append(act)
            if not permits.use((task, act)):
                unpermitted.append(act)
    said = tuple(f"{act}: {why}" for _, act, why in refused)
    return Acts(tuple(done), tuple(act for _, act in asked), said, tuple(unpermitted))
