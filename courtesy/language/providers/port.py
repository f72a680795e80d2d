"""The port to a language model: one question out, one text back, and one small tree of what can go wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

Purpose = Literal["read", "word", "summarise", "draft"]
PURPOSES: tuple[Purpose, ...] = ("read", "word", "summarise", "draft")


class ProviderAway(Exception):
    """No answer could be had. ``permanent``: asking again changes nothing until somebody changes a setting."""

    def __init__(self, message: str, *, permanent: bool = False) -> None:
        super().__init__(message)
        self.permanent = permanent


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked: instructions of ours, and material that is only ever data. ``seconds`` bound the whole answer."""

    purpose: Purpose
    instructions: str
    material: str
    most_tokens: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Answer:
    """The model's text as it came, unread, and what it cost in tokens as the provider counted them."""

    text: str
    tokens_in: int = 0
    tokens_out: int = 0


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a model is asked: ``kind`` is openai (any compatible server) or anthropic; no ``url``: the kind's own."""

    kind: str
    model: str
    url: str = ""
    key: str = ""

    def __repr__(self) -> str:
        """Without the key, so that no log and no trace can show it."""
        return f"Endpoint({self.kind}:{self.model})"


class Provider(Protocol):
    """One way of asking a model; made with an Endpoint. Raises ProviderAway where that cannot be used."""

    def make_ready(self) -> None:
        """Do now what would make the first question late. May raise ProviderAway."""
        ...

    def ask(self, wish: Wish) -> Answer:
        """Raises ProviderAway, and nothing else."""
        ...
