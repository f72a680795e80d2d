"""What is running in this process and how to ask each part whether it is well; ``/readyz`` reads it."""

from __future__ import annotations

from collections.abc import Callable

Check = Callable[[], str]
"""Returns a sentence about how it is; raises when the part is not fit for work."""

_checks: dict[str, Check] = {}


class Unfit(Exception):
    """The part is not fit for work; the message says why."""


def watch(part: str, check: Check) -> None:
    _checks[part] = check


def forget_all() -> None:
    _checks.clear()


def look() -> tuple[bool, dict[str, dict[str, str | bool]]]:
    """Ask every part. Returns whether all are fit, and for each what it says."""
    report: dict[str, dict[str, str | bool]] = {}
    for part, check in _checks.items():
        try:
            report[part] = {"fit": True, "says": check()}
        except Exception as error:
            report[part] = {"fit": False, "says": f"{type(error).__name__}: {error}"[:300]}
    return all(bool(part["fit"]) for part in report.values()), report
