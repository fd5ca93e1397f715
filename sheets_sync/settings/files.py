"""Gather what the files of config/ and jobs/ declare, and every problem they have."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import TypeVar

from sheets_sync.domain.declaration import KeyPath
from sheets_sync.domain.forms import Problem as FormProblem
from sheets_sync.domain.rules_config import ConfigProblem
from sheets_sync.settings.yaml_text import YamlFile, read_yaml

Value = TypeVar("Value")
AnyProblem = tuple[KeyPath | str, str] | FormProblem | ConfigProblem
"""Readers name a key by its path, or by one text like «measures[3].deadline»."""

Reader = Callable[[Mapping[str, object]], tuple[Value, Iterable[AnyProblem]]]
"""A pure function of the domain: a file's mapping to a value and problems with their key paths."""

NamedReader = Callable[[str, Mapping[str, object]], tuple[Value, Iterable[AnyProblem]]]
"""The same for one file of a folder; it is also given the file's name without the ending."""


class Gathering:
    """Reads file after file and keeps the problems of all of them.

    Shape: `problems` are `file:line: text`; files are named relative to `top`.
    """

    def __init__(self, top: Path) -> None:
        self._top = top
        self.problems: list[str] = []

    def name(self, path: Path) -> str:
        """Return a file's name as messages show it."""
        return path.relative_to(self._top).as_posix() if path.is_relative_to(self._top) else path.as_posix()

    def read(self, path: Path) -> YamlFile:
        """Read one file; a missing one is a problem like any other."""
        if not path.is_file():
            self.problems.append(f"{self.name(path)}:1: файла нет")
            return YamlFile(self.name(path), None)
        file = read_yaml(path, self.name(path))
        self.problems += [f"{file.name}:{line}: {text}" for line, text in file.problems]
        return file

    def complain(self, file: YamlFile, path: KeyPath, text: str) -> None:
        """Add a problem at a key of a file that was read."""
        self.problems.append(file.say(path, text))

    def value(self, path: Path, reader: Reader[Value]) -> tuple[Value | None, YamlFile]:
        """Read one file into a value, None when the file cannot be read at all."""
        file = self.read(path)
        if file.data is None:
            return None, file
        value, problems = reader(file.data)
        for problem in problems:
            place, text = problem if isinstance(problem, tuple) else (problem.path, problem.text)
            self.complain(file, _key_path(place), text)
        return value, file

    def folder(
        self, folder: Path, reader: NamedReader[Value]
    ) -> tuple[dict[str, Value], dict[str, YamlFile]]:
        """Read every .yaml of a folder, by file name without the ending; an empty folder is a problem."""
        paths = sorted(folder.glob("*.yaml"))
        if not paths:
            self.problems.append(f"{self.name(folder)}/:1: в папке нет ни одного файла .yaml")
        values: dict[str, Value] = {}
        files: dict[str, YamlFile] = {}
        for path in paths:
            value, file = self.value(path, partial(reader, path.stem))
            files[path.stem] = file
            if value is not None:
                values[path.stem] = value
        return values, files


def _key_path(place: KeyPath | str) -> KeyPath:
    """Return the path of keys; in a text the name of the file itself may stand first."""
    if not isinstance(place, str):
        return place
    pieces = re.findall(r"\[(\d+)\]|([^.\[\]]+)", re.sub(r"^\w+\.yaml\b", "", place))
    return tuple(int(number) if number else name for number, name in pieces)
