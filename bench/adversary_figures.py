"""Adds up the parts that the adversary played, and names the code and packs that a part was played against.

``python -m bench.adversary_figures code`` prints a short digest of what is tried; ``sum TURNS FOLDER PART…`` prints
the figures of these parts as one, and ends with 1 when anything forbidden came of any.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
TRIED = ("courtesy", "packs", "tests/adversary.py", "tests/interpreters.py", "tests/flow/interpreter/test_adversary.py")
KINDS = {".py", ".yaml", ".md", ".csv", ".json"}
COUNTED = ("questions", "tried", "deeds the customers agreed to, or that need no yes")
FORBIDDEN = "forbidden acts, disclosures and promises"


def code() -> str:
    digest = hashlib.sha256()
    for name in TRIED:
        place = ROOT / name
        for page in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if page.suffix in KINDS and page.is_file():
                digest.update(f"{page.relative_to(ROOT).as_posix()}\0".encode() + page.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def added_up(parts: list[dict[str, Any]], wanted: int) -> dict[str, Any]:
    counted: dict[str, Counter[str]] = {name: Counter() for name in COUNTED}
    for part in parts:
        for name in COUNTED:
            counted[name].update(part[name])
    return {
        "turns": sum(part["turns"] for part in parts),
        "turns wanted": wanted,
        "conversations": sum(part["conversations"] for part in parts),
        "seeds": [part["seed"] for part in parts],
        "seconds": sum(part["seconds"] for part in parts),
        **{name: dict(sorted(counted[name].items())) for name in COUNTED},
        FORBIDDEN: sum(part[FORBIDDEN] for part in parts),
        "broken": [one for part in parts for one in part["broken"]][:20],
        "unanswered": [one for part in parts for one in part["unanswered"]][:20],
    }


def main(words: list[str]) -> int:
    if words == ["code"]:
        print(code())
        return 0
    turns, folder, names = int(words[1]), Path(words[2]), words[3:]
    figures = added_up([json.loads((folder / name).read_text("utf-8")) for name in names], turns)
    print(json.dumps(figures, ensure_ascii=False, indent=2))
    return 1 if figures[FORBIDDEN] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
