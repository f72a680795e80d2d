"""Writes a small ONNX model without the onnx package: the few protobuf messages that a graph of ours needs.

Field numbers are those of onnx.proto3 (IR version 8).
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

_TYPES = {"float32": 1, "int8": 3, "int32": 6, "int64": 7}
_IR_VERSION = 8
_OPSETS = (("", 17), ("com.microsoft", 1))


def _varint(number: int) -> bytes:
    number &= (1 << 64) - 1
    written = bytearray()
    while number > 0x7F:
        written.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes(written) + bytes([number])


def _whole(place: int, number: int) -> bytes:
    return _varint(place << 3) + _varint(number)


def _bytes(place: int, content: bytes | str) -> bytes:
    raw = content.encode() if isinstance(content, str) else content
    return _varint(place << 3 | 2) + _varint(len(raw)) + raw


def _attribute(name: str, value: float | int | Sequence[int]) -> bytes:
    if isinstance(value, float):
        return _bytes(1, name) + _varint(2 << 3 | 5) + struct.pack("<f", value) + _whole(20, 1)
    if isinstance(value, int):
        return _bytes(1, name) + _whole(3, value) + _whole(20, 2)
    return _bytes(1, name) + b"".join(_whole(8, one) for one in value) + _whole(20, 7)


def _tensor(name: str, array: NDArray[Any]) -> bytes:
    dims = b"".join(_whole(1, size) for size in array.shape)
    raw = np.ascontiguousarray(array).tobytes()
    return dims + _whole(2, _TYPES[array.dtype.name]) + _bytes(8, name) + _bytes(9, raw)


def _port(name: str, shape: Sequence[int | str]) -> bytes:
    dims = b"".join(_bytes(1, _whole(1, size) if isinstance(size, int) else _bytes(2, size)) for size in shape)
    return _bytes(1, name) + _bytes(2, _bytes(1, _whole(1, _TYPES["float32"]) + _bytes(2, dims)))


@dataclass(slots=True)
class Graph:
    """Collects nodes and constants; ``written`` is the model file. Inputs and outputs are float32."""

    nodes: list[bytes] = field(default_factory=list)
    constants: list[bytes] = field(default_factory=list)
    count: int = 0

    def constant(self, array: NDArray[Any]) -> str:
        self.count += 1
        name = f"c{self.count}"
        self.constants.append(_tensor(name, array))
        return name

    def node(
        self,
        kind: str,
        inputs: Sequence[str],
        *,
        outputs: int = 1,
        domain: str = "",
        attributes: Mapping[str, float | int | Sequence[int]] | None = None,
    ) -> list[str]:
        """Adds a node; the names of its outputs."""
        self.count += 1
        names = [f"n{self.count}.{place}" for place in range(outputs)]
        written = b"".join(_bytes(1, name) for name in inputs) + b"".join(_bytes(2, name) for name in names)
        written += _bytes(3, f"n{self.count}") + _bytes(4, kind)
        written += b"".join(_bytes(5, _attribute(key, value)) for key, value in (attributes or {}).items())
        self.nodes.append(written + (_bytes(7, domain) if domain else b""))
        return names

    def written(
        self, inputs: Mapping[str, Sequence[int | str]], outputs: Mapping[str, Sequence[int | str]], producer: str
    ) -> bytes:
        graph = b"".join(_bytes(1, node) for node in self.nodes) + _bytes(2, "encoder")
        graph += b"".join(_bytes(5, constant) for constant in self.constants)
        graph += b"".join(_bytes(11, _port(name, shape)) for name, shape in inputs.items())
        graph += b"".join(_bytes(12, _port(name, shape)) for name, shape in outputs.items())
        opsets = b"".join(_bytes(8, _bytes(1, domain) + _whole(2, version)) for domain, version in _OPSETS)
        return _whole(1, _IR_VERSION) + _bytes(2, producer) + _bytes(7, graph) + opsets
