"""The vocabulary that one pack may use: what is built in, and what its connections declare on top."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from courtesy.pack.vocabulary.acts import Act
from courtesy.pack.vocabulary.built_in import ACTS, FACTS, LOOK_UPS, SOURCES
from courtesy.pack.vocabulary.facts import FactKind

NONE: Mapping[str, tuple[str, ...]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words by kind. ``needs`` and ``fields`` belong to declared look-ups and acts: what must be known before, and
    what phrases may show after."""

    acts: Mapping[str, Act] = field(default_factory=lambda: MappingProxyType(ACTS))
    look_ups: Mapping[str, str] = field(default_factory=lambda: MappingProxyType(LOOK_UPS))
    facts: Mapping[str, FactKind] = field(default_factory=lambda: MappingProxyType(FACTS))
    sources: Mapping[str, str] = field(default_factory=lambda: MappingProxyType(SOURCES))
    needs: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: NONE)  # declared look-up → what it is found by
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: NONE)  # declared look-up or act → its fields

    @property
    def declared_fields(self) -> frozenset[str]:
        return frozenset(name for names in self.fields.values() for name in names)


BUILT_IN = Vocabulary()
