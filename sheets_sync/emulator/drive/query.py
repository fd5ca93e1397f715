"""The query language of files.list, read into a test of one file."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol, TypeAlias

from sheets_sync.emulator.filetable import FileRow
from sheets_sync.emulator.wire import ApiError

_TOKEN = re.compile(
    r"""\s*(?:(?P<text>'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")|(?P<op><=|>=|!=|=|<|>)|(?P<sign>[(){}])"""
    r"""|(?P<word>[A-Za-z_][A-Za-z0-9_.]*)|(?P<number>\d+))""",
    re.DOTALL,
)
_TIMES = frozenset({"modifiedTime", "createdTime", "viewedByMeTime", "sharedWithMeTime"})
_FLAGS = frozenset({"trashed", "starred", "sharedWithMe"})
_OF_VERSION_2 = {
    "title": "name",
    "modifiedDate": "modifiedTime",
    "createdDate": "createdTime",
    "lastViewedByMeDate": "viewedByMeTime",
    "sharedWithMeDate": "sharedWithMeTime",
}
"""Names of Drive v2's query language. Source: Drive's guide "Search query terms" (v2)."""
_COUNTS = frozenset({"memberCount", "organizerCount"})
_MEMBERS = frozenset({"parents", "owners", "writers", "readers"})


class Facts(Protocol):
    """What a query may ask about a file beyond its own row."""

    def trashed(self, row: FileRow) -> bool:
        """Tell whether the file or a folder above it is in the trash."""

    def shared_with_me(self, row: FileRow) -> bool:
        """Tell whether another account's file is shared with the caller."""

    def members(self, row: FileRow, collection: str) -> frozenset[str]:
        """Give the e-mail addresses of owners, writers or readers, or the ids of the parents."""

    def visibility(self, row: FileRow) -> str:
        """Give "anyoneWithLink", "limited" and so on."""

    def full_text(self, row: FileRow) -> str:
        """Give the text that `fullText contains` searches."""

    def time(self, row: FileRow, name: str) -> str | None:
        """Give one of a file's times, None when it has none."""


Test: TypeAlias = Callable[[FileRow, Facts], bool]


@dataclass
class _Reader:
    tokens: Sequence[tuple[str, str]]
    drives: bool = False
    position: int = 0

    def peek(self) -> tuple[str, str]:
        return self.tokens[self.position] if self.position < len(self.tokens) else ("end", "")

    def take(self, kind: str, value: str | None = None) -> str:
        found, text = self.peek()
        if found != kind or (value is not None and text.lower() != value):
            raise invalid_query()
        self.position += 1
        return text

    def accept(self, kind: str, value: str) -> bool:
        found, text = self.peek()
        if found == kind and text.lower() == value:
            self.position += 1
            return True
        return False


def invalid_query() -> ApiError:
    """Refuse a query that cannot be read: 400 invalid. Source: Google's error for a bad `q`, assumed text."""
    return ApiError(400, "Invalid Value", reason="invalid", location_type="parameter", location="q")


def parse_query(text: str, *, drives: bool = False) -> Test:
    """Read a query, e.g. `name contains 'a' and trashed = false`; of `drives`, e.g. `organizerCount = 0`.

    A shared drive is handed to the test as a row whose `extra` holds hidden, memberCount and organizerCount.
    Raises ApiError 400. Source: Drive's guide "Search query terms and operators".
    """
    tokens = []
    position = 0
    stripped = text.rstrip()
    while position < len(stripped):
        match = _TOKEN.match(stripped, position)
        if match is None:
            raise invalid_query()
        kind = match.lastgroup or ""
        value = match.group(kind)
        tokens.append((kind, re.sub(r"\\(.)", r"\1", value[1:-1]) if kind == "text" else value))
        position = match.end()
    reader = _Reader(tokens, drives)
    test = _either(reader)
    if reader.peek()[0] != "end":
        raise invalid_query()
    return test


def _either(reader: _Reader) -> Test:
    test = _both(reader)
    while reader.accept("word", "or"):
        test = _or(test, _both(reader))
    return test


def _both(reader: _Reader) -> Test:
    test = _one(reader)
    while reader.accept("word", "and"):
        test = _and(test, _one(reader))
    return test


def _or(left: Test, right: Test) -> Test:
    return lambda row, facts: left(row, facts) or right(row, facts)


def _and(left: Test, right: Test) -> Test:
    return lambda row, facts: left(row, facts) and right(row, facts)


def _one(reader: _Reader) -> Test:
    if reader.accept("word", "not"):
        inner = _one(reader)
        return lambda row, facts: not inner(row, facts)
    if reader.accept("sign", "("):
        test = _either(reader)
        reader.take("sign", ")")
        return test
    if reader.peek()[0] == "text":
        return _membership(reader)
    name = reader.take("word")
    return _term(reader, _OF_VERSION_2.get(name, name))


def _membership(reader: _Reader) -> Test:
    value = reader.take("text")
    reader.take("word", "in")
    collection = reader.take("word")
    if collection not in _MEMBERS:
        raise invalid_query()
    wanted = value if collection == "parents" else value.lower()
    return lambda row, facts: wanted in facts.members(row, collection)


def _term(reader: _Reader, name: str) -> Test:
    if reader.drives:
        return _drive_term(reader, name)
    if name in ("properties", "appProperties"):
        return _property(reader, name)
    if name in _FLAGS:
        return _flag(reader, name)
    if name in _TIMES:
        return _time(reader, name)
    if name == "name":
        return _text(reader, lambda row, facts: row.name, _word_prefix)
    if name == "mimeType":
        return _text(reader, lambda row, facts: row.mime_type, lambda held, asked: held.startswith(asked))
    if name == "visibility":
        return _text(reader, lambda row, facts: facts.visibility(row), None)
    if name == "fullText":
        return _full_text(reader)
    if name == "shortcutDetails.targetId":
        return _text(reader, lambda row, facts: str(row.extra.get("shortcutTarget", "")), None)
    raise invalid_query()


def _full_text(reader: _Reader) -> Test:
    """Read `fullText contains 'a b'`: every word is there; of "a b" in double quotes, one after another.

    Source: Drive's guide "Search query terms and operators" (whole words alone; an exact phrase in quotes).
    """
    reader.take("word", "contains")
    asked = reader.take("text")
    phrase = asked.strip()
    exact = len(phrase) > 1 and phrase[0] == phrase[-1] == '"'
    wanted = _words(asked)

    def test(row: FileRow, facts: Facts) -> bool:
        held = _words(facts.full_text(row))
        if not exact:
            return set(wanted) <= set(held)
        size = len(wanted)
        return any(held[first : first + size] == wanted for first in range(len(held) - size + 1))

    return test


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _drive_term(reader: _Reader, name: str) -> Test:
    if name in _COUNTS:
        compare = _ORDER[reader.take("op")]
        count = int(reader.take("number"))
        return lambda row, facts: compare(row.extra[name], count)
    if name == "hidden":
        return _flag(reader, name)
    if name == "createdTime":
        return _time(reader, name)
    if name == "name":
        return _text(reader, lambda row, facts: row.name, _word_prefix)
    raise invalid_query()


def _property(reader: _Reader, name: str) -> Test:
    reader.take("word", "has")
    reader.take("sign", "{")
    reader.take("word", "key")
    reader.take("op", "=")
    key = reader.take("text")
    reader.take("word", "and")
    reader.take("word", "value")
    reader.take("op", "=")
    value = reader.take("text")
    reader.take("sign", "}")
    if name == "appProperties":
        return lambda row, facts: row.app_properties.get(key) == value
    return lambda row, facts: row.properties.get(key) == value


def _flag(reader: _Reader, name: str) -> Test:
    found, operator = reader.peek()
    if found != "op":
        asked = True
    else:
        reader.position += 1
        asked = (reader.take("word").lower() == "true") == (operator == "=")
        if operator not in ("=", "!="):
            raise invalid_query()
    if name == "trashed":
        return lambda row, facts: facts.trashed(row) == asked
    if name in ("starred", "hidden"):
        return lambda row, facts: bool(row.extra.get(name)) == asked
    return lambda row, facts: facts.shared_with_me(row) == asked


def _time(reader: _Reader, name: str) -> Test:
    compare = _ORDER[reader.take("op")]
    try:
        asked = datetime.fromisoformat(reader.take("text").replace("Z", "+00:00"))
    except ValueError:
        raise invalid_query() from None
    asked = asked if asked.tzinfo is not None else asked.replace(tzinfo=UTC)

    def test(row: FileRow, facts: Facts) -> bool:
        held = facts.time(row, name)
        return held is not None and compare(datetime.fromisoformat(held), asked)

    return test


_ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}


def _text(
    reader: _Reader,
    held: Callable[[FileRow, Facts], str],
    contains: Callable[[str, str], bool] | None,
) -> Test:
    if reader.accept("word", "contains"):
        if contains is None:
            raise invalid_query()
        asked = reader.take("text")
        return lambda row, facts: contains(held(row, facts), asked)
    operator = reader.take("op")
    asked = reader.take("text")
    if operator == "=":
        return lambda row, facts: held(row, facts) == asked
    if operator == "!=":
        return lambda row, facts: held(row, facts) != asked
    raise invalid_query()


def _word_prefix(held: str, asked: str) -> bool:
    """Match a name as Drive does: the text asked for must begin a word of the name.

    Source: Drive's guide ("HelloWorld" is found by 'Hello', not by 'World').
    """
    return re.search(r"(?<!\w)" + re.escape(asked.lower()), held.lower()) is not None
