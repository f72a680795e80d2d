"""Learning: the intent model of a pack, trained from its example sentences, once for each edition.

The trained model is kept in the data folder, so that the next start does not learn again. Its name tells the edition
and the engine that made it; a file that cannot be read is made anew.
"""

from __future__ import annotations

import hashlib
import logging
import os
from functools import lru_cache
from importlib import resources
from pathlib import Path
from threading import Lock

from django.conf import settings

from courtesy.language.encoders.choosing import Choice, chosen
from courtesy.language.intents import NONE, IntentModel, train
from courtesy.pack.model import Pack

log = logging.getLogger(__name__)

_models: dict[str, IntentModel] = {}
_MOST = 4
_learning = Lock()


def model_of(pack: Pack) -> IntentModel:
    """The model for this edition: from memory, from the data folder, or trained now."""
    known = _models.get(pack.edition)
    if known is not None:
        return known
    with _learning:
        if pack.edition not in _models:
            if len(_models) >= _MOST:
                _models.pop(next(iter(_models)))
            _models[pack.edition] = _kept(pack)
        return _models[pack.edition]


def _kept(pack: Pack) -> IntentModel:
    encoders = chosen(settings.COURTESY_ENCODER)
    path = Path(settings.COURTESY_DATA) / "models" / f"{pack.edition[:32]}-{_engine(encoders.id())}.npz"
    if path.is_file():
        try:
            return IntentModel.load(path, encoders)
        except (OSError, ValueError, KeyError):
            log.warning("a kept model could not be read and is made anew")
    model = _train(pack, encoders)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.stem}.{os.getpid()}.part")
        model.save(part)
        part.replace(path)
    except OSError:
        log.warning("the trained model could not be kept; the next start trains again")
    return model


def _train(pack: Pack, encoders: Choice) -> IntentModel:
    examples: dict[str, list[tuple[str, str]]] = {}
    for procedure in pack.procedures.values():
        for language, sentences in procedure.examples.items():
            examples.setdefault(language, []).extend((sentence, procedure.name) for sentence in sentences)
    for language, sentences in pack.off_topic.items():
        if language in examples:
            examples[language].extend((sentence, NONE) for sentence in sentences)
    return train(examples, encoders=encoders)


_CODE = ("features", "fitting", "gate", "intents", "keeping", "kernel", "language_model", "solver", "text")


@lru_cache(maxsize=4)
def _engine(encoders: str) -> str:
    """A hash of what the training rests on beside the pack: encoders, the engine's code and off-topic sentences."""
    digest = hashlib.sha256(encoders.encode())
    room = resources.files("courtesy.language")
    files = [room / f"{name}.py" for name in _CODE]
    files += sorted((page for page in (room / "lexicons").iterdir() if page.name.startswith("background.")), key=str)
    for page in files:
        digest.update(page.read_bytes())
    return digest.hexdigest()[:12]
