"""``courtesy measure pages``: every page of both houses with its figures."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.slow


def test_pages_are_measured_in_a_small_and_a_larger_house(courtesy: Callable[..., Any]) -> None:
    done = courtesy("measure", "pages", "--cases", "60,120", "--asked", "1", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    small, large = told["houses"]
    assert (small["messages"], large["cases"]) == (600, 120)
    assert {"inbox", "conversation", "search, rare word", "search, common word", "customer"} <= set(small["pages"])
    assert all(one["cpu_ms"] > 0 and one["p95_ms"] > 0 for one in large["pages"].values())
    assert set(told["ratio"]) == set(small["pages"])
