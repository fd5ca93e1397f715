"""What changed in a document, in words that staff read in «Документы».

People are told by their codes, as «Реестр» has them: a name written here would outlive its consent.
"""

from collections.abc import Mapping, Sequence

from sheets_sync.domain.documents.content import Content
from sheets_sync.domain.documents.wording import counted

_NAMED = 4
"""How many rows a description of a change names before it only counts them."""

_FIELDS = {
    "дата изменяемого": "дата изменяемого приказа",
    "должность подписанта": "должность того, кто подписывает",
    "заголовок изменяемого": "заголовок изменяемого приказа",
    "заместителя": "ответственный за материально-техническое обеспечение",
    "куратор подпись": "куратор",
    "куратора": "куратор",
    "наставляемый кто": "класс или должность наставляемого",
    "наставляемый подпись": "наставляемый",
    "наставник кто": "класс или должность наставника",
    "наставник подпись": "наставник",
    "номер изменяемого": "номер изменяемого приказа",
    "организация кратко": "краткое название школы",
    "подписант": "кто подписывает",
    "подписант полностью": "кто подписывает",
    "подписант фамилия": "кто подписывает",
    "представитель строка": "законный представитель",
}
"""Names of fields that are not words for people yet; the case at the end of a name is taken off before."""

_CASES = (" вин", " дат", " род", " твор")
_TABLES = {
    "ознакомление": "лист ознакомления",
    "оценка": "сильные и слабые стороны",
    "выбор": "состав данных",
    "формы": "пары по формам",
}


def difference(before: object, now: Content) -> str:
    """Say in Russian what changed since the parts that a draft remembers, "" when that is not known."""
    if not isinstance(before, Mapping):
        return ""
    parts = now.parts
    told = []
    changed = [name for names in _changed(before.get("fields"), parts["fields"]) for name in names]
    if changed:
        told.append(f"изменено: {_some([field_in_words(name) for name in changed])}")
    altered, added, gone = _changed(before.get("rows"), parts["rows"])
    for word, keys in (("исправлено", altered), ("добавлено", added), ("убрано", gone)):
        told += [f"{word}{place}: {_some(rows)}" for place, rows in _by_table(keys).items()]
    return "; ".join(told) or "изменён порядок строк"


def field_in_words(name: str) -> str:
    """Return the name of a template's field as people read it: «куратор» for «куратора вин»."""
    for case in _CASES:
        name = name.removesuffix(case)
    return _FIELDS.get(name, name)


def _by_table(keys: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key in keys:
        table, _, row = key.partition("/") if "/" in key else ("", "", key)
        found.setdefault(f", {_TABLES.get(table, table)}" if table else "", []).append(row)
    return found


def _changed(before: object, now: object) -> tuple[list[str], list[str], list[str]]:
    old = {str(key): str(value) for key, value in before.items()} if isinstance(before, Mapping) else {}
    new = {str(key): str(value) for key, value in now.items()} if isinstance(now, Mapping) else {}
    altered = [key for key, digest in new.items() if key in old and old[key] != digest]
    return altered, [key for key in new if key not in old], [key for key in old if key not in new]


def _some(names: Sequence[str]) -> str:
    once = list(dict.fromkeys(names))
    if len(once) <= _NAMED + 1:
        return ", ".join(once)
    rest = counted(len(once) - _NAMED, "место", "места", "мест")
    return f"{', '.join(once[:_NAMED])} и ещё {rest}"
