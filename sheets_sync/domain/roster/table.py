"""The list as a table: read as the electronic journal gives it, kept as one that a person can open."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sheets_sync.domain.classes import class_of_school
from sheets_sync.domain.codes import CodeKind, read_code
from sheets_sync.domain.dates import parse_date, printed
from sheets_sync.domain.names import shown_name, wrong_name
from sheets_sync.domain.roster.people import Listed
from sheets_sync.domain.school import Group
from sheets_sync.domain.textforms import cleaned, folded

HEADER = ("Код", "ФИО", "Класс", "Дата рождения", "Группа", "Прибыл", "Выбыл", "Прежние классы")
"""Columns of the kept list; the last one holds «7 «А» по 14.09.2022», several parted by semicolons."""

NAMELESS = "данные уничтожены"
"""What the kept list writes for the name of a forgotten person."""

_NAMES: dict[str, tuple[str, ...]] = {
    "code": ("код", "код участника"),
    "name": ("фио", "ф и о", "фамилия имя отчество", "фамилия имя и отчество", "ученик", "сотрудник"),
    "surname": ("фамилия",),
    "given": ("имя",),
    "patronymic": ("отчество",),
    "school_class": ("класс",),
    "birth_date": ("дата рождения", "д р", "день рождения"),
    "group": ("группа", "категория"),
    "arrived": ("прибыл", "дата прибытия", "дата зачисления", "зачислен"),
    "left": ("выбыл", "дата выбытия", "дата отчисления", "отчислен"),
    "earlier": ("прежние классы",),
}
_GROUPS = {
    "ученик": Group.PUPIL, "учащийся": Group.PUPIL, "обучающийся": Group.PUPIL, "учитель": Group.TEACHER,
    "педагог": Group.TEACHER, "сотрудник": Group.TEACHER, "родитель": Group.PARENT,
    "выпускник": Group.GRADUATE,
}  # fmt: skip
_HEADER_ROWS = 15


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with a row of the file; `row` is its number as a person sees it."""

    row: int
    text: str

    def __str__(self) -> str:
        """Return «строка 5: …»."""
        return f"строка {self.row}: {self.text}"


@dataclass(frozen=True, slots=True)
class ReadList:
    """People of the file in order, what could not be read, and the columns that say nothing to us."""

    people: tuple[Listed, ...]
    troubles: tuple[Trouble, ...]
    unknown: tuple[str, ...] = ()
    understood: bool = True


def read_list(lines: Sequence[Sequence[str]], classes: Sequence[str]) -> ReadList:
    """Read the lines of a file; `understood` is False when no line names the columns.

    Shape: `lines` hold the cells' texts; dates are ДД.ММ.ГГГГ or ГГГГ-ММ-ДД.
    """
    place, columns, unknown = _header(lines)
    if place < 0:
        return ReadList((), (), understood=False)
    people: list[Listed] = []
    troubles: list[Trouble] = []
    seen: dict[tuple[object, ...], int] = {}
    for number, line in enumerate(lines[place + 1 :], place + 2):
        cells = {name: cleaned(line[index]) for name, index in columns.items() if index < len(line)}
        if not any(cells.values()):
            continue
        found, wrong = _person(cells, classes)
        if found is not None and not wrong:
            wrong = _repeats(found, number, seen)
        troubles += [Trouble(number, text) for text in wrong]
        if found is not None and not wrong:
            people.append(found)
    return ReadList(tuple(people), tuple(troubles), unknown)


def lines_of(people: Iterable[Listed]) -> list[tuple[str, ...]]:
    """Return the kept list: a header and a line for each person."""
    return [HEADER, *(_line(one) for one in people)]


def _header(lines: Sequence[Sequence[str]]) -> tuple[int, dict[str, int], tuple[str, ...]]:
    known = {title: name for name, titles in _NAMES.items() for title in titles}
    for place, line in enumerate(lines[:_HEADER_ROWS]):
        titles = [folded(cell) for cell in line]
        columns = {
            known[title]: index for index, title in reversed(list(enumerate(titles))) if title in known
        }
        if "name" in columns or {"surname", "given"} <= columns.keys():
            unknown = tuple(
                cleaned(line[i]) for i, title in enumerate(titles) if title and title not in known
            )
            return place, columns, unknown
    return -1, {}, ()


def _person(cells: Mapping[str, str], classes: Sequence[str]) -> tuple[Listed | None, list[str]]:
    wrong: list[str] = []
    name = cells.get("name", "") or " ".join(
        part for key in ("surname", "given", "patronymic") if (part := cells.get(key, ""))
    )
    nameless = name == NAMELESS
    if not nameless and (problem := wrong_name(name)):
        wrong.append(f"{problem}: «{name}»" if name else problem)
    code = read_code(cells.get("code", ""), CodeKind.PERSON)
    if cells.get("code") and not code.code:
        wrong.append(f"код «{cells['code']}» не сходится: коды выдаёт программа, оставьте ячейку пустой")
    group = _group(cells, wrong)
    school_class = ""
    if group is Group.PUPIL:
        parsed = class_of_school(cells.get("school_class", ""), classes)
        if parsed is None:
            said = cells.get("school_class", "")
            wrong.append(f"такого класса в школе нет: «{said}»" if said else "не указан класс")
        else:
            school_class = str(parsed)
    birth, arrived, left = (
        _day(cells, name, title, wrong)
        for name, title in (("birth_date", "дата рождения"), ("arrived", "прибыл"), ("left", "выбыл"))
    )
    if arrived and left and left < arrived:
        wrong.append(f"выбыл ({printed(left)}) раньше, чем прибыл ({printed(arrived)})")
    earlier = _earlier(cells.get("earlier", ""))
    return (
        Listed(
            "" if nameless else shown_name(name),
            group,
            school_class,
            birth,
            code.code,
            arrived,
            left,
            earlier,
        ),
        wrong,
    )


def _group(cells: Mapping[str, str], wrong: list[str]) -> Group:
    said = folded(cells.get("group", ""))
    if not said:
        return Group.PUPIL if cells.get("school_class") else Group.TEACHER
    found = _GROUPS.get(said) or next((group for group in Group if group == said), None)
    if found is None:
        wrong.append(f"не понятна группа: «{cells['group']}»")
    return found or Group.OTHER


def _day(cells: Mapping[str, str], name: str, title: str, wrong: list[str]) -> date | None:
    text = cells.get(name, "")
    found = parse_date(text.removesuffix(" 00:00:00"))
    if text and found is None:
        wrong.append(f"{title}: «{text}» — не дата; впишите ДД.ММ.ГГГГ")
    return found


def _repeats(found: Listed, number: int, seen: dict[tuple[object, ...], int]) -> list[str]:
    if not found.name:
        return []
    keys: list[tuple[object, ...]] = [("code", found.code)] if found.code else []
    keys.append(
        (found.group, found.key, found.birth_date, found.school_class if not found.birth_date else "")
    )
    for key in keys:
        if key in seen:
            return [f"тот же человек или код, что в строке {seen[key]}"]
    seen.update(dict.fromkeys(keys, number))
    return []


def _earlier(text: str) -> tuple[tuple[date, str], ...]:
    found = []
    for piece in text.split(";"):
        school_class, _, last = cleaned(piece).partition(" по ")
        if day := parse_date(last):
            found.append((day, school_class))
    return tuple(sorted(found))


def _line(one: Listed) -> tuple[str, ...]:
    earlier = "; ".join(f"{name} по {printed(last)}" for last, name in one.earlier)
    days = [printed(day) if day else "" for day in (one.birth_date, one.arrived, one.left)]
    return (
        one.code,
        one.name or NAMELESS,
        one.school_class,
        days[0],
        one.group.value,
        days[1],
        days[2],
        earlier,
    )
