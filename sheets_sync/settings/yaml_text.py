"""Read a YAML file into plain values that remember the line of every key.

The scanner is libyaml: a pure Python one needs a second for the files of a school, more than a quiet night
takes for all the rest. The meaning of plain scalars is YAML 1.2's; PyYAML's own 1.1 is not loaded.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from yaml._yaml import CParser
from yaml.composer import Composer
from yaml.error import MarkedYAMLError, YAMLError
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.resolver import BaseResolver
from yaml.scanner import Scanner

from sheets_sync.domain.declaration import KeyPath


@dataclass(frozen=True, slots=True)
class YamlFile:
    """One file as read.

    Shape: `data` holds plain dict, list, str, int, float, bool, date and None; `lines` maps key paths to line
    numbers from 1; `problems` are (line, text) of the file itself; `data` is None when it is unreadable.
    """

    name: str
    data: Mapping[str, object] | None
    lines: Mapping[KeyPath, int] = field(default_factory=dict)
    problems: tuple[tuple[int, str], ...] = ()

    def line(self, path: KeyPath) -> int:
        """Return the line of a key, or of the nearest thing above it that is there."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return 1

    def say(self, path: KeyPath, text: str) -> str:
        """Return a problem as `file:line: text`."""
        return f"{self.name}:{self.line(path)}: {text}"


def read_yaml(path: Path, name: str) -> YamlFile:
    """Read a file whose top is a mapping; what is wrong with it becomes its problems, never an exception.

    A key given twice is a problem, and the first value counts.
    """
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError:
        return YamlFile(name, None, problems=((1, "файл не в кодировке UTF-8"),))
    except OSError as exc:
        return YamlFile(name, None, problems=((1, f"файл не открыть: {exc.strerror}"),))
    return parse_yaml(text, name)


def parse_yaml(text: str, name: str) -> YamlFile:
    """Read YAML 1.2 text as `read_yaml` does: «22:30», «да» and «on» stay text."""
    try:
        node = _compose(text)
    except MarkedYAMLError as exc:
        mark = exc.problem_mark or exc.context_mark
        return YamlFile(name, None, problems=((mark.line + 1 if mark else 1, _broken(exc)),))
    except RecursionError:
        return YamlFile(name, None, problems=((1, "слишком много вложенных скобок"),))
    except YAMLError:
        return YamlFile(name, None, problems=((1, "в файле есть недопустимый символ"),))
    if node is None:
        return YamlFile(name, None, problems=((1, "файл пуст"),))
    if not isinstance(node, MappingNode):
        return YamlFile(name, None, problems=((1, "наверху файла должны стоять ключи («ключ: значение»)"),))
    reading = _Reading()
    data = reading.mapping(node, ())
    return YamlFile(name, data, reading.lines, tuple(reading.problems))


class _Core(BaseResolver):
    """What a plain scalar means. Source: YAML 1.2.2, 10.3.2 (core schema), and dates and «<<» of YAML 1.1."""


_TAG = "tag:yaml.org,2002:"
for _name, _form, _first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    (
        "float",
        r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
        "-+.0123456789",
    ),
    ("timestamp", r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "0123456789"),
    ("merge", r"<<", "<"),
):
    _Core.add_implicit_resolver(f"{_TAG}{_name}", re.compile(rf"^(?:{_form})$"), list(_first))


def _whole(text: str) -> int:
    return int(text, 0) if text[:2] in {"0o", "0x"} else int(text)


_SCALARS: Mapping[str, Callable[[str], object]] = {
    f"{_TAG}str": str,
    f"{_TAG}bool": lambda text: text.lower() == "true",
    f"{_TAG}null": lambda text: None,
    f"{_TAG}int": _whole,
    f"{_TAG}float": lambda text: float(text.replace(".inf", "inf").replace(".nan", "nan")),
    f"{_TAG}timestamp": date.fromisoformat,
}


class _Quick(CParser, Composer, _Core):
    """Composes nodes by libyaml."""

    def __init__(self, stream: str) -> None:
        CParser.__init__(self, stream)
        Composer.__init__(self)
        _Core.__init__(self)


class _Explaining(Reader, Scanner, Parser, Composer, _Core):
    """Composes nodes in Python: slower, and it says of a broken file what is wrong and where."""

    def __init__(self, stream: str) -> None:
        Reader.__init__(self, stream)
        Scanner.__init__(self)
        Parser.__init__(self)
        Composer.__init__(self)
        _Core.__init__(self)


def _compose(text: str) -> Node | None:
    try:
        return _Quick(text).get_single_node()
    except YAMLError:
        return _Explaining(text).get_single_node()


class _Reading:
    """One walk over the nodes of a file."""

    def __init__(self) -> None:
        self.lines: dict[KeyPath, int] = {}
        self.problems: list[tuple[int, str]] = []
        self._above: list[int] = []

    def mapping(self, node: MappingNode, path: KeyPath) -> dict[str, object]:
        """Return a mapping; keys of a merged one («<<») come after its own and never replace them."""
        found: dict[str, object] = {}
        merged: list[Node] = []
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if str(key_node.tag).endswith(":merge"):
                merged += value_node.value if isinstance(value_node, SequenceNode) else [value_node]
                continue
            key = self._key(key_node, line)
            if key is None:
                continue
            if key in found:
                first = self.lines[(*path, key)]
                self.problems.append((line, f"ключ «{key}» стоит второй раз (впервые в строке {first})"))
                continue
            self.lines[(*path, key)] = line
            found[key] = self._value(value_node, (*path, key))
        for other in merged:
            self._merge(other, found, path)
        return found

    def _merge(self, node: Node, found: dict[str, object], path: KeyPath) -> None:
        if not isinstance(node, MappingNode):
            self.problems.append(
                (node.start_mark.line + 1, "после «<<» должна стоять ссылка на набор ключей")
            )
            return
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key not in found and not str(key_node.tag).endswith(":merge"):
                self.lines[(*path, key)] = key_node.start_mark.line + 1
                found[key] = self._value(value_node, (*path, key))

    def _key(self, node: Node, line: int) -> str | None:
        if isinstance(node, ScalarNode) and str(node.tag).endswith((":str", ":int", ":null", ":bool")):
            return str(node.value)
        self.problems.append((line, "ключ должен быть словом"))
        return None

    def _value(self, node: Node, path: KeyPath) -> object:
        if isinstance(node, ScalarNode):
            return self._scalar(node)
        if id(node) in self._above:
            self.problems.append((self.lines[path], "ссылка «*» ведёт внутрь самой себя"))
            return None
        self._above.append(id(node))
        try:
            if isinstance(node, MappingNode):
                return self.mapping(node, path)
            return list(self._items(node, path))
        finally:
            self._above.pop()

    def _scalar(self, node: ScalarNode) -> object:
        line = node.start_mark.line + 1
        read = _SCALARS.get(node.tag)
        if read is None:
            self.problems.append((line, f"значение с меткой «{node.tag}» не читается"))
            return None
        try:
            return read(node.value)
        except ValueError:
            self.problems.append((line, f"значение «{node.value}» не читается: возьмите в кавычки"))
            return None

    def _items(self, node: Node, path: KeyPath) -> Iterator[object]:
        for number, item in enumerate(node.value):
            self.lines[(*path, number)] = item.start_mark.line + 1
            yield self._value(item, (*path, number))


def _broken(error: MarkedYAMLError) -> str:
    """Say in Russian what most often breaks a file; the library's own words follow."""
    said = error.problem or ""
    if "\\t" in said:
        return "отступ сделан табуляцией: поставьте пробелы"
    if "mapping values are not allowed" in said:
        return "лишнее двоеточие: возьмите значение в кавычки или поправьте отступ"
    if "another document" in said:
        return "в файле два документа: уберите строку «---»"
    if "undefined alias" in said:
        return "ссылка со звёздочкой никуда не ведёт: возьмите значение в кавычки"
    if "found unexpected end of stream" in said or "<stream end>" in said or "quoted scalar" in said:
        return "кавычка или скобка не закрыта"
    return f"файл не читается как YAML: проверьте отступы, скобки и кавычки ({said})"
