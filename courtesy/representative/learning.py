"""Learning: the intent model of a pack, trained from its example sentences, once for each edition."""

from __future__ import annotations

from functools import lru_cache

from courtesy.language.intents import IntentModel, train
from courtesy.pack.model import Pack

_packs: dict[str, Pack] = {}


def model_of(pack: Pack) -> IntentModel:
    """The model for this edition; kept in memory."""
    _packs[pack.edition] = pack
    return _trained(pack.edition)


@lru_cache(maxsize=4)
def _trained(edition: str) -> IntentModel:
    pack = _packs.pop(edition)
    examples: dict[str, list[tuple[str, str]]] = {}
    for procedure in pack.procedures.values():
        for language, sentences in procedure.examples.items():
            examples.setdefault(language, []).extend((sentence, procedure.name) for sentence in sentences)
    return train(examples)
