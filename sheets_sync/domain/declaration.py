"""Read declared data (a file of config/ or jobs/) field by field, gathering every problem with its place."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TypeVar

KeyPath = tuple[str | int, ...]
"""Where in a file: keys and list positions from the top, for instance («sheets», 3, «columns», 0, «by»)."""

Problem = tuple[KeyPath, str]
"""A place and what is wrong there, in Russian."""

Choice = TypeVar("Choice", bound=str)


class Fields:
    """One mapping of a file; reading a field that is absent or of the wrong kind adds a problem.

    Shape: `problems` is one list shared with every mapping and list below it.
    """

    def __init__(self, data: Mapping[str, object], path: KeyPath, problems: list[Problem]) -> None:
        self._data = data
        self._path = path
        self._problems = problems

    def complain(self, key: str, text: str) -> None:
        """Add a problem at a key of this mapping."""
        self._problems.append(((*self._path, key), text))

    def refuse_unknown(self, known: Iterable[str]) -> None:
        """Add a problem for every key that is not one of the known."""
        names = tuple(known)
        for key in self._data:
            if key not in names:
                self.complain(str(key), f"неизвестный ключ «{key}»; здесь бывают: {', '.join(names)}")

    def has(self, key: str) -> bool:
        """Whether the key is there with a value."""
        return self._data.get(key) is not None

    def raw(self, key: str) -> object:
        """Return the value as it stands, None when there is none."""
        return self._data.get(key)

    def names(self) -> tuple[str, ...]:
        """Return the keys that are there, in order."""
        return tuple(str(key) for key in self._data)

    def inner(self, key: str) -> "Fields":
        """Return the mapping under a key, an empty one when there is none."""
        value = self._data.get(key)
        if value is not None and not isinstance(value, Mapping):
            self.complain(key, f"под «{key}» должны стоять ключи со значениями, а стоит {said(value)}")
            value = None
        return Fields(value or {}, (*self._path, key), self._problems)

    def all_texts(self) -> dict[str, str]:
        """Return every key with its text."""
        return {key: self.text(key) for key in self.names()}

    def day(self, key: str) -> date | None:
        """Return a date; an absent or unreadable one is a problem."""
        value = self._data.get(key)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        self.complain(key, f"«{key}» — дата вида 2022-09-01, а стоит {said(value)}")
        return None

    def days(self, key: str) -> tuple[date, ...]:
        """Return a list of dates, empty when the key is absent."""
        found = []
        for place, item in self._items(key):
            if isinstance(item, date) and not isinstance(item, datetime):
                found.append(item)
            else:
                self._problems.append((place, f"нужна дата вида 2022-09-01, а стоит {said(item)}"))
        return tuple(found)

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text; without a default an absent or empty one is a problem."""
        value = self._data.get(key)
        if value is None or value == "":
            if default is None:
                self.complain(key, f"нет значения «{key}»")
            return default or ""
        if not isinstance(value, str):
            self.complain(key, f"«{key}» должен быть текстом, а стоит {said(value)}: возьмите в кавычки")
            return default or ""
        return value.strip()

    def choice(self, key: str, options: Sequence[Choice], default: Choice) -> Choice:
        """Return one of the options; anything else is a problem."""
        value = self.text(key, str(default))
        for option in options:
            if value == option:
                return option
        self.complain(key, f"«{key}» не бывает «{value}»; бывает: {', '.join(options)}")
        return default

    def whole(self, key: str, default: int) -> int:
        """Return a whole number."""
        value = self._data.get(key, default)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        self.complain(key, f"«{key}» должен быть целым числом, а стоит {said(value)}")
        return default

    def flag(self, key: str, default: bool = False) -> bool:
        """Return true or false."""
        value = self._data.get(key, default)
        if isinstance(value, bool):
            return value
        self.complain(key, f"«{key}» должен быть true или false, а стоит {said(value)}")
        return default

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, empty when the key is absent."""
        found = []
        for place, item in self._items(key):
            if isinstance(item, str) and item.strip():
                found.append(item.strip())
            else:
                self._problems.append((place, f"нужен текст, а стоит {said(item)}: возьмите в кавычки"))
        return tuple(found)

    def mappings(self, key: str) -> Iterator["Fields"]:
        """Yield every mapping of a list; anything else in it is a problem."""
        for place, item in self._items(key):
            if isinstance(item, Mapping):
                yield Fields(item, place, self._problems)
            else:
                self._problems.append((place, f"нужны ключи со значениями, а стоит {said(item)}"))

    def _items(self, key: str) -> Iterator[tuple[KeyPath, object]]:
        value = self._data.get(key)
        if value is None:
            return
        if isinstance(value, str) or not isinstance(value, Sequence):
            self.complain(key, f"«{key}» должен быть списком, а стоит {said(value)}")
            return
        for number, item in enumerate(value):
            yield (*self._path, key, number), item


def said(value: object) -> str:
    """Return a wrong value as a message shows it, cut to one short line."""
    if value is None:
        return "пусто"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "набор ключей"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "список"
    text = str(value)
    return f"«{text[:37]}…»" if len(text) > 40 else f"«{text}»"
