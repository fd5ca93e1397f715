"""A school in which one pupil has left traces everywhere, and the eyes that look for them afterwards."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import gspread
from gspread.utils import ValueInputOption

from tests.functional.test_imports import HEADER, write_xlsx
from tests.functional.test_nights import pairs_of
from tests.small_school import ORDERS, PUPILS, TEACHERS, SmallSchool

NAME, BORN = "Ветров Глеб Ильич", "2010-04-12"
MOTHER = "Ветров Анна Петровна"
PHONE, MAIL = "+7 912 345-67-89", "mama.vetrova@pochta.example"
SEPTEMBER, OCTOBER, APPROVED = date(2022, 9, 20), date(2022, 10, 12), date(2022, 10, 20)
SIGNED, MET, THE_DAY = date(2022, 10, 22), date(2022, 10, 27), date(2022, 11, 3)
REPORT, DIAGNOSTIC, NETWORKING = "Отчёт о встрече", "Диагностика и отзыв", "После общей встречи"
FIELDS = (
    "properties(title),namedRanges,developerMetadata,sheets(properties(title),charts,conditionalFormats,"
    "filterViews,basicFilter,protectedRanges,developerMetadata,"
    "data(rowData(values(userEnteredValue,formattedValue,note))))"
)
ITEMS = "Пункты плана: каждый с новой строки, в конце срок ДД.ММ (до 10 пунктов)"
DOCUMENT = "application/vnd.google-apps.document"
HINTS = (
    r"ветров\w*\W+(?:\w+\W+)?глеб",
    r"глеб\w*\W+(?:\w+\W+)?ветров",
    r"ветров\w*\W+г\W",
    r"г\W+и\W+ветров",
    r"ветров\w* анн",
    r"маме, анне петровне",
    "mama.vetrova",
    r"912\D*345\D*67\D*89",
    r"12\.0?4\.2010",
    r"2010-0?4-12",
    "40280",
)
"""What gives the boy or his mother away, in any case; 40280 is his birthday as a spreadsheet counts days."""

_FINDER = re.compile("|".join(HINTS), re.IGNORECASE)


def tells(text: str) -> bool:
    """Whether a text names the boy or his mother, or holds their telephone, address or his birthday."""
    return _FINDER.search(text.replace("ё", "е").replace("\u00a0", " ")) is not None


def the_list(file: Path) -> Path:
    """The school's list as the electronic journal gives it."""
    people = [("", name, cls, date.fromisoformat(born), "", "", "") for name, born, cls, *_ in PUPILS]
    return write_xlsx(file, [HEADER, *people])


def make(folder: Path) -> None:
    """Play the school up to the eve of the day."""
    school = SmallSchool(folder, drafts=(*ORDERS, "реестр участников", "приказ о прекращении пары"))
    school.initialise()
    for name, born, school_class, role, direction in PUPILS:
        contact = f"{PHONE}, {MAIL}" if name == NAME else "+7 900 000-00-00"
        school.apply(
            name, born=born, school_class=school_class, role=role, direction=direction, contact=contact
        )
    for name, experience, role in TEACHERS:
        school.apply(name, role=role, direction="методика урока, работа с классом", experience=experience)
    school.open().import_list(the_list(folder / "списки.xlsx"), date(2022, 9, 1))
    (folder / "списки.xlsx").unlink()
    school.night(SEPTEMBER)
    school.everybody_consents()
    school.type_down("Согласия", "Подписал", f"{MOTHER}", rows=[_row(school, "Согласия", 3, NAME)])
    school.night(OCTOBER)
    school.approve_pairs()
    school.night(APPROVED)
    sheet = school.book().worksheet("Документы")
    place = sheet.col_values(school.column(sheet, "Вид")).index(ORDERS[0]) + 1
    for title, value in (("№", "7-о"), ("Дата", "21.10.2022"), ("Состояние", "зарегистрирован")):
        sheet.update_cell(place, school.column(sheet, title), value)
    school.night(SIGNED)
    _answers(school)
    _staff(school)
    school.night(MET)
    school.close()


def code_of(school: SmallSchool, name: str = NAME) -> str:
    """Return a person's code as «Реестр» shows it."""
    sheet = school.book().worksheet("Реестр")
    return str(sheet.cell(_row(school, "Реестр", 2, name), 1).value)


def pair_of(school: SmallSchool, name: str = NAME) -> str:
    """Return the code of a mentee's pair."""
    return next(key for key, row in pairs_of(school).items() if row["Наставляемый"] == name)


def _row(school: SmallSchool, tab: str, column: int, text: str) -> int:
    return int(school.book().worksheet(tab).col_values(column).index(text)) + 1


def _answers(school: SmallSchool) -> None:
    code, pair = code_of(school), pair_of(school)
    school.now = datetime(2022, 10, 24, 12, 0, tzinfo=UTC)
    school.submit(
        NETWORKING,
        {
            "Номер с вашего бейджа": code,
            "Вы сегодня": "наставляемый",
            "Какую форму предпочитаете?": "один на один",
        },
    )
    school.submit(
        REPORT,
        {
            "Номер пары или группы": pair,
            "Дата встречи": "2022-10-23",
            "Как прошла?": "очно",
            "Все ли были?": "все",
            "Какая это встреча?": "планирование",
            "Цель, о которой договорились": "Глеб Ветров догонит класс",
            ITEMS: "решать с Глебом 01.12",
        },
    )
    school.submit(
        DIAGNOSTIC,
        {
            "Ваш номер": code,
            "Вы": "наставляемый",
            **dict.fromkeys(_scales(school), "7"),
            "Рады ли вы, что участвуете?": "да",
            "Что особенно ценно?": "наставник помогает",
        },
    )


def _scales(school: SmallSchool) -> list[str]:
    form = school.form(school.form_ids()[DIAGNOSTIC])
    asked = [item for item in form["items"] if "questionItem" in item]
    return [one["title"] for one in asked if "scaleQuestion" in one["questionItem"]["question"]]


def _staff(school: SmallSchool) -> None:
    book = school.book()
    registry = book.worksheet("Реестр")
    row = _row(school, "Реестр", 2, NAME)
    registry.update_cell(row, school.column(registry, "ФИО в дат. вручную"), "Ветрову Глебу Ильичу")
    registry.update_cell(row, school.column(registry, "Кто провёл"), "психолог")
    registry.insert_note(f"D{row}", "звонить маме, Анне Петровне")
    registry.update_cell(row, school.column(registry, "Законный представитель"), "Анна Петровна")
    events = book.worksheet("Мероприятия")
    events.append_rows(
        [["рабочая встреча", "", "2022-10-15", "", "Рассказ", "наставник и Глеб Ветров"]],
        value_input_option=ValueInputOption.raw,
    )
    book.worksheet("Участие в событиях").append_rows(
        [[NAME, "Олимпиада", "региональный", "конкурс", "2022-10-15", "призёр"]],
        value_input_option=ValueInputOption.raw,
    )


def everywhere(school: SmallSchool) -> Iterator[tuple[str, str]]:
    """Yield every place of the school with what it says: cells, notes, names, marks, documents, files.

    Documents in the bin too; signed orders are left out by name: the law keeps them.
    """
    book = school.book()
    answer = book.client.fetch_sheet_metadata(book.id, {"fields": FIELDS})
    for sheet in answer["sheets"]:
        title = sheet["properties"]["title"]
        for block in sheet.pop("data", ()):
            for down, row in enumerate(block.get("rowData", ())):
                for right, cell in enumerate(row.get("values", ())):
                    if not cell:
                        continue
                    place = gspread.utils.rowcol_to_a1(down + 1, right + 1)
                    yield f"«{title}» {place}", json.dumps(cell, ensure_ascii=False)
    yield "таблица без ячеек", json.dumps(answer, ensure_ascii=False)
    for one in _documents(school):
        if "№\u00a07-о" not in one["name"]:
            yield f"документ {one['name']}", f"{one['name']}\n{school.text_of(one['id'])}"
    for file in sorted(school.directory.rglob("*")):
        if file.is_file() and "sqlite" not in file.name:
            yield f"файл {file.name}", file.read_bytes().decode("utf-8", "replace")


def _documents(school: SmallSchool) -> list[dict[str, Any]]:
    found = school.drive().list(q=f"mimeType='{DOCUMENT}'", pageSize=1000, fields="files(id,name,trashed)")
    files: list[dict[str, Any]] = found.execute()["files"]
    return [one for one in files if not one["name"].startswith("Шаблон")]


def leaks(school: SmallSchool) -> list[str]:
    """Return every place that still tells of the boy."""
    return [place for place, text in everywhere(school) if tells(text)]
