"""The layers hold in the tree, and each contract notices when they do not."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CHECK = """
import sys
from importlinter.cli import lint_imports
sys.exit(lint_imports(no_cache=True, no_logo=True))
"""

PLANTED = {
    "a rule reads the clock": ("domain/planted.py", "import time", "The rules touch"),
    "a rule opens a file": ("domain/findings.py", "import pathlib", "The rules touch"),
    "a rule draws lots": ("domain/planted.py", "import random", "The rules touch"),
    "a rule writes a log": ("domain/planted.py", "import logging", "The rules touch"),
    "a rule speaks Google": ("domain/planted.py", "import gspread", "The rules touch"),
    "a flow writes": ("workflows/planted.py", "import sheets_sync.ports.write", "Only the edges that change"),
    "a flow names an edge": (
        "workflows/planted.py",
        "import sheets_sync.google.sheets",
        "Only the composition",
    ),
    "a flow carries out its plan": (
        "workflows/planted.py",
        "import sheets_sync.apply",
        "Only the composition",
    ),
    "a flow sleeps": ("workflows/planted.py", "import time", "The flows of a night"),
    "a command writes": ("cli/check.py", "import sheets_sync.ports.write", "Only the edges that change"),
    "a command names an edge": ("cli/check.py", "import sheets_sync.google.auth", "Only the composition"),
    "a command reads documents": ("cli/check.py", "import sheets_sync.files", "Files are read by"),
    "a command opens the workspace": (
        "cli/check.py",
        "import sheets_sync.emulator.core",
        "The workspace is reached",
    ),
    "a command speaks Google": ("cli/check.py", "import gspread", "libraries stay at the edge"),
    "the workspace shares our rules": (
        "emulator/planted.py",
        "import sheets_sync.domain.tables",
        "The workspace imports",
    ),
    "one edge knows another": ("google/planted.py", "import sheets_sync.settings", "Each layer knows"),
    "a lower layer knows a higher": ("domain/planted.py", "import sheets_sync.workflows", "Each layer knows"),
    "a drawer for the unnamed": ("utils.py", "", "Each layer knows"),
    "an edge prints": ("google/planted.py", "import click", "Nothing but the command line"),
}


def lint(folder: Path) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-c", CHECK],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "300", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("layers")
    shutil.copytree(
        ROOT / "sheets_sync", folder / "sheets_sync", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def test_the_layers_hold(copy: Path) -> None:
    code, said = lint(copy)
    assert code == 0, said
    assert " 0 broken" in said


@pytest.mark.parametrize("planted", PLANTED, ids=str)
def test_a_planted_violation_is_noticed(copy: Path, planted: str) -> None:
    name, line, contract = PLANTED[planted]
    file = copy / "sheets_sync" / name
    before = file.read_text("utf-8") if file.exists() else None
    file.write_text(f"{before or ''}\n{line}\n", "utf-8")
    try:
        code, said = lint(copy)
    finally:
        if before is None:
            file.unlink()
        else:
            file.write_text(before, "utf-8")
    assert code == 1
    assert any(contract in row and row.rstrip().endswith("BROKEN") for row in said.splitlines()), said
