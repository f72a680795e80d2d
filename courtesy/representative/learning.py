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
    return train(
        {
            procedure.name: {language: list(sentences) for language, sentences in procedure.examples.items()}
            for procedure in pack.procedures.values()
        }
    )
