"""How reliably a pack's rehearsals end: played several times, each must pass every time, and in the same way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from courtesy.policy.permitted import Acts
from courtesy.representative.rehearsing import Rehearsed

KINDS = ("done", "asked", "refused", "unpermitted")


@dataclass(frozen=True, slots=True)
class Repeated:
    """One rehearsal over its playings. ``differs`` names what was not the same every time."""

    name: str
    playings: int
    passed: int
    differs: tuple[str, ...]
    failures: tuple[str, ...]

    @property
    def reliable(self) -> bool:
        return self.passed == self.playings and not self.differs


@dataclass(frozen=True, slots=True)
class Reliability:
    """What came of a pack's rehearsals. ``acts`` counts kind → act (or act and rule) → how often, over all playings."""

    rehearsals: tuple[Repeated, ...]
    acts: Mapping[str, Mapping[str, int]]

    @property
    def passed_once(self) -> float:
        """passed^1: the share of playings that passed."""
        return _share(sum(one.passed for one in self.rehearsals), sum(one.playings for one in self.rehearsals))

    @property
    def passed_always(self) -> float:
        """passed^N: the share of rehearsals that passed every time and in the same way."""
        return _share(sum(one.reliable for one in self.rehearsals), len(self.rehearsals))

    @property
    def faultless(self) -> bool:
        return all(one.reliable for one in self.rehearsals) and not self.acts["unpermitted"]

    def as_json(self) -> dict[str, Any]:
        playings = max((one.playings for one in self.rehearsals), default=0)
        return {
            "rehearsals": len(self.rehearsals),
            "playings of each": playings,
            "passed^1": round(self.passed_once, 4),
            f"passed^{playings}": round(self.passed_always, 4),
            "acts": {kind: dict(sorted(self.acts[kind].items())) for kind in KINDS},
            "not reliable": [
                {"name": one.name, "passed": one.passed, "differs": one.differs, "failures": one.failures}
                for one in self.rehearsals
                if not one.reliable
            ],
        }


def reliability_of(playings: Iterable[Rehearsed]) -> Reliability:
    """``playings`` in any order; those of one rehearsal bear its name."""
    named: dict[str, list[Rehearsed]] = {}
    acts: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    for one in playings:
        named.setdefault(one.name, []).append(one)
        for kind in KINDS:
            acts[kind].update(getattr(one.acts, kind))
    return Reliability(tuple(_repeated(name, several) for name, several in named.items()), acts)


def _repeated(name: str, several: Sequence[Rehearsed]) -> Repeated:
    ways: dict[str, list[Any]] = {
        "outcome": [(one.passed, one.failures) for one in several],
        "replies": [one.replies for one in several],
        "acts": [one.acts for one in several],
    }
    differs = tuple(what for what, found in ways.items() if any(one != found[0] for one in found))
    failures = dict.fromkeys(failure for one in several for failure in one.failures)
    return Repeated(name, len(several), sum(one.passed for one in several), differs, tuple(failures))


def _share(some: int, whole: int) -> float:
    return some / whole if whole else 0.0


# --- from one process to another ------------------------------------------------------------------


def written(one: Rehearsed) -> dict[str, Any]:
    """A playing as JSON keeps it; ``read`` takes it back."""
    acts = {kind: list(getattr(one.acts, kind)) for kind in KINDS}
    transcript = [list(line) for line in one.transcript]
    return {
        "name": one.name,
        "passed": one.passed,
        "failures": list(one.failures),
        "transcript": transcript,
        "acts": acts,
        "references": list(one.references),
    }


def read(line: Mapping[str, Any]) -> Rehearsed:
    acts = Acts(**{kind: tuple(line["acts"][kind]) for kind in KINDS})
    transcript = tuple((who, text) for who, text in line["transcript"])
    return Rehearsed(line["name"], line["passed"], tuple(line["failures"]), transcript, acts, tuple(line["references"]))
