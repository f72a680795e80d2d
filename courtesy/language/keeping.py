"""Writes and reads what was learned: one compressed file, arrays and a JSON head, nothing that can run."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from courtesy.language.features import Rows, Vocabulary
from courtesy.language.gate import Gate
from courtesy.language.language_model import LanguageModel, Meaning, Postings

Pairs = Sequence[tuple[str, str]]
_Arrays = dict[str, NDArray[Any]]


def write(path: Path, models: Mapping[str, LanguageModel], lessons: Mapping[str, Pairs]) -> None:
    arrays: _Arrays = {}
    heads: dict[str, Any] = {}
    for language, model in models.items():
        heads[language] = {
            "labels": model.labels,
            "words": model.vocabulary.word_list,
            "letters": model.vocabulary.letter_list,
            "temperature": model.temperature,
            "gate": model.gate.as_list(),
            "pairs": list(lessons[language]),
            "encoder": model.meaning.encoder if model.meaning else "",
        }
        arrays |= {f"{language}.{name}": array for name, array in _arrays(model).items()}
    head = np.frombuffer(json.dumps(heads).encode(), np.uint8)
    with path.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, head=head, **arrays)


def _arrays(model: LanguageModel) -> _Arrays:
    rows = model.postings.rows
    arrays: _Arrays = {"idf": model.vocabulary.weights, "weights": model.weights, "bias": model.bias}
    arrays |= {"starts": rows.starts, "indices": rows.indices, "values": rows.values}
    arrays |= {"chances": model.chances, "right": model.right}
    if model.meaning is not None:
        arrays["vectors"] = model.meaning.vectors.astype(np.float16)
        if model.meaning.dual is not None:
            arrays["dual"] = model.meaning.dual
        if model.meaning.linear is not None:
            arrays["linear"] = model.meaning.linear
    return arrays


def read(path: Path) -> tuple[dict[str, LanguageModel], dict[str, Pairs]]:
    """Raises ValueError or KeyError when the file is not one that ``write`` wrote."""
    models: dict[str, LanguageModel] = {}
    lessons: dict[str, Pairs] = {}
    with np.load(path, allow_pickle=False) as stored:
        for language, head in json.loads(stored["head"].tobytes()).items():
            prefix = f"{language}."
            arrays = {name[len(prefix) :]: stored[name] for name in stored.files if name.startswith(prefix)}
            models[language] = _model(head, arrays)
            lessons[language] = [(text, label) for text, label in head["pairs"]]
    return models, lessons


def _model(head: Mapping[str, Any], arrays: _Arrays) -> LanguageModel:
    vocabulary = Vocabulary(head["words"], head["letters"], arrays["idf"])
    rows = Rows(arrays["starts"], arrays["indices"], arrays["values"], len(vocabulary))
    meaning = None
    if head["encoder"]:
        vectors = arrays["vectors"].astype(np.float32)
        meaning = Meaning(head["encoder"], vectors, arrays.get("dual"), arrays.get("linear"))
    return LanguageModel(
        tuple(head["labels"]),
        vocabulary,
        arrays["weights"],
        arrays["bias"],
        head["temperature"],
        Gate.from_list(head["gate"]),
        Postings(rows),
        arrays["chances"],
        arrays["right"],
        meaning,
    )
