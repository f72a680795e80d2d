"""Language models for tests, behind the port: one that says what it was told to."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from courtesy.language.providers.port import Answer, Endpoint, ProviderAway, Wish


@dataclass
class Told:
    """Answers each purpose with what ``says`` makes of the material; an exception there is raised to the asker."""

    says: dict[str, Callable[[Any], str]]
    wishes: list[Wish] = field(default_factory=list)

    def make_ready(self) -> None:
        return

    def ask(self, wish: Wish) -> Answer:
        self.wishes.append(wish)
        if wish.purpose not in self.says:
            raise ProviderAway("not told what to say")
        return Answer(self.says[wish.purpose](json.loads(wish.material)), 100, 20)


_now: list[Any] = []


def in_place(_endpoint: Endpoint) -> Any:
    """What the settings name in tests: the provider that stands in just now."""
    return _now[-1]


@contextmanager
def standing_in(
    provider: Any, settings: Any, uses: tuple[str, ...] = ("read", "word", "summarise", "draft")
) -> Iterator[Any]:
    """A provider in the place of the one that the settings name."""
    from courtesy.interpreter import asking

    settings.COURTESY_LLM, settings.COURTESY_LLM_USES = "openai:in-a-test", uses
    settings.COURTESY_LANGUAGE_PROVIDER = "interpreters.in_place"
    _now.append(provider)
    asking.forget()
    try:
        yield provider
    finally:
        _now.pop()
        asking.forget()
