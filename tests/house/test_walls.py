"""The walls of the house: floors, sizes, packages, and no import that hides a circle."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST_FILE, LONGEST_FUNCTION = 400, 50


def modules(*folders: str) -> Iterator[Path]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts and "__pycache__" not in path.parts:
                yield path


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of the body after its docstring; the signature and what it says are not counted."""
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_a_room_imports_only_rooms_below_it() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    looked = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert looked.returncode == 0, looked.stdout[-3000:] + looked.stderr[-1000:]
    assert "0 broken" in looked.stdout


def test_no_file_has_more_than_four_hundred_lines() -> None:
    sizes = {named(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules("courtesy", "tests")}
    longest = sorted(sizes.items(), key=lambda pair: -pair[1])[:10]
    print("\nthe ten longest files:", *(f"{lines:5} {name}" for name, lines in longest), sep="\n")
    assert len(sizes) > 200
    assert [pair for pair in longest if pair[1] > LONGEST_FILE] == []


def test_no_function_has_more_than_fifty_lines() -> None:
    sizes = {
        f"{named(path)}:{node.lineno} {node.name}": length(node)
        for path in modules("courtesy")
        for node in functions(parsed(path))
    }
    longest = sorted(sizes.items(), key=lambda pair: -pair[1])[:10]
    print("\nthe ten longest functions:", *(f"{lines:5} {name}" for name, lines in longest), sep="\n")
    assert len(sizes) > 1000
    assert [pair for pair in longest if pair[1] > LONGEST_FUNCTION] == []


def is_ours(node: ast.AST) -> bool:
    """Whether it imports from the house; another's optional package may be imported where it is needed."""
    if isinstance(node, ast.ImportFrom):
        return node.level > 0 or (node.module or "").split(".")[0] == "courtesy"
    return isinstance(node, ast.Import) and any(name.name.split(".")[0] == "courtesy" for name in node.names)


def test_no_import_stands_inside_a_function_to_hide_a_circle() -> None:
    hidden = [
        f"{named(path)}:{inner.lineno}"
        for path in modules("courtesy")
        for node in functions(parsed(path))
        for inner in ast.walk(node)
        if is_ours(inner)
    ]
    assert hidden == []


def test_every_folder_of_code_is_a_package_that_says_its_job() -> None:
    folders = {path.parent for path in modules("courtesy")}
    silent = [
        named(folder)
        for folder in sorted(folders)
        if not (folder / "__init__.py").is_file() or not ast.get_docstring(parsed(folder / "__init__.py"))
    ]
    assert silent == []


def test_every_file_opens_with_what_it_is_for() -> None:
    written = [path for path in modules("courtesy", "tests", "tools") if path.stat().st_size]
    silent = [named(path) for path in written if not ast.get_docstring(parsed(path))]
    assert silent == []


NAMED_BY_DJANGO = {"courtesy/foundation/sqlite/base.py"}  # a database backend is looked for under this name


@pytest.mark.parametrize("word", ["utils", "helpers", "common", "base", "manager", "process", "handle", "data", "info"])
def test_no_file_has_a_name_that_says_nothing(word: str) -> None:
    found = {named(path) for path in modules("courtesy") if path.stem == word or path.parent.name == word}
    assert found - NAMED_BY_DJANGO == set()
