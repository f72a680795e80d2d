"""Encoders: pieces of words, the model file, the choice by name, and the built-in one where it is set up."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnxruntime
import pytest

from courtesy.language.encoders import choosing
from courtesy.language.encoders.builtin import TABLE, Builtin
from courtesy.language.encoders.choosing import Choice
from courtesy.language.encoders.onnx_writing import Graph
from courtesy.language.encoders.wordpiece import WordPieces
from tests.unit.language.encoders import encoder_folder, needs_encoder

PIECES = WordPieces(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "re", "##fund", "##s", ",", "cafe", "中", "a"])


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("refunds, a", [2, 4, 5, 6, 7, 10, 3]),
        ("REFUND", [2, 4, 5, 3]),
        ("Café\u200b", [2, 8, 3]),
        ("中中", [2, 9, 9, 3]),
        ("xyz a", [2, 1, 10, 3]),
        ("", [2, 3]),
        ("\x00\ufffd \t\n", [2, 3]),
        ("a" * 101, [2, 1, 3]),
    ],
)
def test_words_fall_into_the_longest_known_pieces(text: str, numbers: list[int]) -> None:
    assert PIECES.numbers(text) == numbers


def test_a_long_text_is_cut() -> None:
    assert PIECES.numbers("a " * 1000, 10) == [2, *[10] * 8, 3]


def test_a_written_graph_runs() -> None:
    graph = Graph()
    product = graph.node("MatMul", ["given", graph.constant(np.eye(3, dtype=np.float32) * 2)])[0]
    total = graph.node("ReduceMean", [product], attributes={"axes": [0], "keepdims": 1})[0]
    written = graph.written({"given": ("rows", 3)}, {total: (1, 3)}, "test")
    session = onnxruntime.InferenceSession(written, providers=["CPUExecutionProvider"])
    assert session.run(None, {"given": np.array([[1, 2, 3], [3, 2, 1]], np.float32)})[0].tolist() == [[4, 4, 4]]


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("none", "words alone, no encoder"),
        ("gpt", "words alone, no encoder (gpt: no such encoder)"),
        ("onnx:/nowhere", "No such file"),
        ("model2vec:some/model", "ModuleNotFoundError"),
    ],
)
def test_what_cannot_be_loaded_is_said_and_the_words_serve(setting: str, said: str) -> None:
    choice = Choice(setting.split())
    assert choice("en") is None
    assert choice.id() == ""
    assert said in choice.says()


def test_an_encoder_that_was_not_made_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(choosing, "own_folder", lambda: tmp_path)
    assert Choice(["builtin"]).says() == "words alone, no encoder (builtin: not set up; run bin/setup with a network)"


@needs_encoder
def test_a_damaged_encoder_is_not_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = tmp_path / "encoder"
    shutil.copytree(encoder_folder(), folder)
    with (folder / TABLE).open("r+b") as file:
        file.seek(5_000)
        file.write(b"\x01\x02\x03\x04")
    monkeypatch.setattr(choosing, "own_folder", lambda: folder)
    choice = Choice(["builtin"])
    assert choice("en") is None
    assert "not as they were made" in choice.says()


@needs_encoder
def test_the_builtin_encoder_serves_english_and_knows_what_is_meant() -> None:
    choice = Choice(["builtin"])
    encoder = choice("en")
    assert encoder is not None
    assert choice("es") is None
    wanted, same, other = encoder.encode(["I want my money back", "please refund me", "the tent is green"], "query")
    assert np.linalg.norm(wanted) == pytest.approx(1, abs=1e-4)
    assert wanted @ same > wanted @ other + 0.2


@needs_encoder
def test_a_text_has_one_vector_whatever_is_encoded_beside_it_and_by_whichever_thread() -> None:
    texts = [f"where is my order {number}" for number in range(40)]
    alone = np.stack([Builtin(encoder_folder()).encode([text])[0] for text in texts[:3]])
    encoder = Builtin(encoder_folder())
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(lambda _: encoder.encode(texts), range(8)))
    assert all(np.array_equal(one, together[0]) for one in together)
    assert np.array_equal(alone, together[0][:3])


@needs_encoder
@pytest.mark.parametrize("text", ["", " ", "\x00", "🦊" * 3000, "a" * 100_000, "\u202e\u0300" * 50, "中" * 5000])
def test_no_text_breaks_the_encoder(text: str) -> None:
    assert np.isfinite(Builtin(encoder_folder()).encode([text])).all()
