"""No measure has a case of its own in the code that counts and judges: rules are data (F32)."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from sheets_sync.domain import federal, indicators, monitoring

DOMAIN = Path(indicators.__file__).parents[1]
COUNTING = [
    *sorted(Path(indicators.__file__).parent.glob("*.py")),
    *sorted(Path(monitoring.__file__).parent.glob("*.py")),
    *sorted(Path(federal.__file__).parent.glob("*.py")),
    *(DOMAIN / name for name in ("roadmap.py", "roadmap_status.py", "history.py", "standing.py")),
    *sorted((DOMAIN / "views").glob("*.py")),
]
MEASURE = re.compile(r"^M\d\d(\.|$)")


@pytest.mark.feature("F32")
def test_the_code_that_counts_names_no_measure() -> None:
    assert len(COUNTING) > 25
    named = [
        f"{file.name}:{node.lineno}: {node.value}"
        for file in COUNTING
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and MEASURE.match(node.value)
    ]
    assert named == []


@pytest.mark.feature("F32")
def test_the_code_that_counts_compares_no_measure_s_number() -> None:
    compared = [
        f"{file.name}:{node.lineno}"
        for file in COUNTING
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Compare)
        and any(isinstance(side, ast.Attribute) and side.attr == "number" for side in ast.walk(node.left))
        and any(isinstance(side, ast.Constant) and side.value not in (None, 0) for side in node.comparators)
    ]
    assert compared == []


@pytest.mark.feature("F32")
def test_nothing_of_the_settings_is_run_as_code() -> None:
    """Rules come as plain YAML values, and the product has no call that would run a text."""
    runs = [
        f"{file.name}:{node.lineno}"
        for file in (DOMAIN.parent).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"eval", "exec", "compile", "__import__"}
    ]
    assert runs == []
    rules = YAML(typ="safe").load(DOMAIN.parents[1] / "config" / "roadmap.yaml")
    assert {type(leaf) for leaf in _leaves(rules)} <= {str, int, bool}


def _leaves(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner)
    else:
        yield value
