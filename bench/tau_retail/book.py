"""Puts the shop's book together in the data folder: the pack of this bench on the base pack, with amounts in dollars.

A base pack's amounts are written in euros and a pack is read in one currency only, so the base is copied with its
amounts in the shop's currency; the figures stay as they are.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from courtesy.pack.reading import SHIPPED

HERE = Path(__file__).resolve().parent
BASE = "retail"
_EUROS = re.compile(r"(?<=\d )EUR\b")


def put_together(folder: Path, pack: Path = HERE / "pack") -> Path:
    """Write base and pack beside each other below ``folder`` and return the pack's folder."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(SHIPPED / BASE, folder / BASE)
    shutil.copytree(pack, folder / "shop")
    for page in (folder / BASE / "policies").glob("*.yaml"):
        page.write_text(_EUROS.sub("USD", page.read_text(encoding="utf-8")), encoding="utf-8")
    return folder / "shop"
