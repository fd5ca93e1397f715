"""docs/ say what is there: promises, commands, decisions."""

import re
from pathlib import Path

import click
import pytest

from sheets_sync.cli import COMMANDS, cli

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"^\| (F\d\d) \| (.+?) \| (done|part|open) \| (.+?) \|$", re.MULTILINE)
ROWS = ROW.findall((ROOT / "docs" / "features.md").read_text("utf-8"))
TESTS = "\n".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("*.py"))


def shown(promise: str) -> bool:
    named = re.search(rf"def test_{promise.lower()}_\w+", TESTS)
    return bool(named or re.search(rf"feature\(\"{promise}\"\)", TESTS))


def test_every_promise_stands_in_the_table_once() -> None:
    ids = [row[0] for row in ROWS]
    promised = [*range(1, 59), *range(60, 65), *range(70, 73)]
    assert ids == [f"F{number:02d}" for number in promised]


def test_a_promise_called_done_has_a_test_of_its_id() -> None:
    assert [row[0] for row in ROWS if row[2] == "done" and not shown(row[0])] == []


def test_files_named_beside_a_promise_exist() -> None:
    named = {name for row in ROWS for name in re.findall(r"`([\w/.]+\.(?:py|yaml))`", row[3])}
    lost = [
        name
        for name in named
        if not any((ROOT / top / name).exists() for top in ("", "sheets_sync", "tests"))
    ]
    assert lost == []


@pytest.mark.parametrize("name", COMMANDS)
def test_the_readme_lists_every_command(name: str) -> None:
    context = click.Context(cli)
    command = cli.get_command(context, name)
    readme = (ROOT / "README.md").read_text("utf-8")
    assert command is not None
    inner = command.commands if isinstance(command, click.Group) else {}
    for words in [f"{name} {child}" for child in inner] or [name]:
        assert f"`{words}" in readme


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_says_what_each_says_of_itself(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    assert command.short_help == COMMANDS[name].summary
    assert command.help


def test_the_readme_stays_short_and_its_guides_exist() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    links = re.findall(r"(?<!!)\[[^\]]+\]\(([^)]+)\)", readme)
    assert len(readme.splitlines()) <= 150
    assert [link for link in links if not (ROOT / link).exists()] == []
