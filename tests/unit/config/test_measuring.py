"""What the measures are counted with: shares of waits, figures of a step, kits cut into two, the plain reference."""

from __future__ import annotations

import csv
import os
import time
from pathlib import Path

import pytest

from bench.understanding import kits, reference
from courtesy.config.commands.measure_turns import step_of
from courtesy.config.measuring.customers import TALKS, Driven
from courtesy.config.measuring.machine import share
from courtesy.config.measuring.own_server import Served
from courtesy.language.measuring import Row


@pytest.mark.parametrize(
    ("part", "value"), [(0.5, 50.0), (0.95, 95.0), (0.99, 99.0), (1.0, 100.0), (0.0, 1.0), (0.001, 1.0)]
)
def test_a_share_of_a_hundred_waits_is_the_nearest_rank(part: float, value: float) -> None:
    assert share([float(number) for number in range(1, 101)], part) == value


def test_a_share_of_one_wait_and_of_none() -> None:
    assert share([7.0], 0.99) == 7.0
    assert share([], 0.5) == 0.0


def test_a_turn_without_a_reply_is_lost_and_a_second_reply_is_doubled() -> None:
    driven = Driven(asked=4, seconds=2.0, waits=[0.1, 0.2, 0.3], replies=[3, 1], handed_over=[True, False])
    step = step_of(2, driven, Driven(asked=2, seconds=1.0, waits=[0.01, 0.01]), loop=10.0)
    assert (step["turns"], step["lost"], step["doubled"], step["handed_over"]) == (3, 1, 1, 1)
    assert (step["p50_ms"], step["p99_ms"], step["turns_per_second"]) == (200.0, 300.0, 1.5)
    assert (step["p50_in_healthz"], step["p50_in_loops"]) == (20.0, 20.0)


def test_processor_time_is_shared_out_to_the_turns_that_were_answered() -> None:
    driven = Driven(asked=4, seconds=2.0, waits=[0.1, 0.2], replies=[2], handed_over=[False])
    smallest = Driven(asked=1, seconds=1.0, waits=[0.01])
    assert step_of(1, driven, smallest, loop=10.0, cpu=0.05)["cpu_ms_per_turn"] == 25.0
    assert step_of(1, driven, smallest, loop=10.0)["cpu_ms_per_turn"] is None


def test_the_processor_time_of_a_process_grows_with_its_work() -> None:
    mine = Served(port=0, process=os.getpid())
    before = mine.cpu_seconds()
    if before is None:
        pytest.skip("this system does not tell")

    ends = time.process_time() + 0.1
    while time.process_time() < ends:
        pass
    after = mine.cpu_seconds()
    assert after is not None
    assert 0.05 <= after - before < 60
    assert Served(port=0, process=2**22 + 1).cpu_seconds() is None


def test_all_talks_are_equally_long() -> None:
    assert len({len(talk) for talk in TALKS}) == 1


# --- kits ---------------------------------------------------------------------------------------


def kit(folder: Path, name: str, half: str, rows: list[dict[str, str]]) -> None:
    (folder / name).mkdir(exist_ok=True)
    with (folder / name / half).open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def test_without_a_test_half_no_text_is_both_learned_and_scored(tmp_path: Path) -> None:
    every = [{"text": f"Sentence number {n % 200}{'!' * (n // 200)}", "label": f"l{n % 4}"} for n in range(600)]
    kit(tmp_path, "bitext", "dev.csv", every)
    (task,) = kits.tasks(tmp_path)
    sides: dict[str, set[str]] = {}
    for row in task.rows:
        sides.setdefault(row["text"].rstrip("!"), set()).add(row["split"])
    assert len(task.rows) == 600
    assert all(len(side) == 1 for side in sides.values())
    assert {split for side in sides.values() for split in side} == {"train", "test"}
    assert task.scored_on == kits.FIFTH


def test_a_test_half_that_is_there_is_what_is_scored(tmp_path: Path) -> None:
    kit(tmp_path, "bitext", "dev.csv", [{"text": "a", "label": "x"}])
    kit(tmp_path, "bitext", "held.csv", [{"text": "b", "label": "NO_NODES_DETECTED"}])
    (task,) = kits.tasks(tmp_path)
    assert task.scored_on == kits.TEST_HALF
    assert [(row["text"], row["label"], row["split"]) for row in task.rows] == [
        ("a", "x", "train"),
        ("b", "oos", "test"),
    ]


def test_the_few_examples_are_never_scored_however_they_are_written(tmp_path: Path) -> None:
    every = [{"text": f"Where is card {n}?", "label": "card"} for n in range(300)]
    kit(tmp_path, "banking77", "dev.csv", every)
    kit(
        tmp_path, "banking77", "fewshot_10.csv", [{"text": row["text"].lower(), "label": "card"} for row in every[:150]]
    )
    whole, few = kits.tasks(tmp_path)
    scored = {row["text"].lower() for row in few.rows if row["split"] == "test"}
    assert scored
    assert scored < {row["text"].lower() for row in whole.rows if row["split"] == "test"}
    assert not scored & {row["text"] for row in few.rows if row["split"] == "train"}


def test_no_kits_give_no_tasks(tmp_path: Path) -> None:
    assert list(kits.tasks(tmp_path)) == []


def test_the_reference_takes_the_nearest_words_and_else_the_commonest_label() -> None:
    learned = [Row("lost my card", "card", "en", True), Row("card broken", "card", "en", True)]
    learned += [Row("退款", "refund", "zh", True)]
    centroids = reference.Centroids(learned)
    assert centroids.read("the card") == "card"
    assert centroids.read("我要退款") == "refund"
    assert centroids.read("zebra") == "card"
