from collections.abc import Mapping
from pathlib import Path

import pytest

from sheets_sync.domain.workbook import (
    ColumnOwner,
    ColumnSpec,
    SheetKind,
    WorkbookSpec,
    with_answers,
    workbook_from_config,
)

KEY = {"id": "key", "title": "Код", "by": "key"}
NAME = {"id": "name", "title": "Имя", "by": "program", "width": 240}


def workbook(*sheets: Mapping[str, object]) -> tuple[WorkbookSpec, list[str]]:
    spec, problems = workbook_from_config({"title": "Школа", "sheets": list(sheets)})
    return spec, [text for _, text in problems]


def sheet(*columns: Mapping[str, object], kind: str = "computed", **more: object) -> dict[str, object]:
    return {"id": "registry", "title": "Реестр", "kind": kind, "columns": list(columns), **more}


def test_a_sheet_knows_its_key_and_whose_each_column_is() -> None:
    spec, problems = workbook(
        sheet(KEY, NAME, {"id": "note", "title": "Помета", "by": "staff"}, kind="decisions")
    )
    registry = spec.sheet("registry")
    assert problems == []
    assert registry.key_column == "key"
    assert [column.id for column in registry.owned_by(ColumnOwner.STAFF)] == ["note"]
    assert registry.column("name").width == 240
    assert spec.titles == {"registry": "Реестр"}


def test_all_problems_come_at_once_each_with_its_place() -> None:
    _, problems = workbook_from_config(
        {
            "title": "Школа",
            "colour": "red",
            "sheets": [sheet(KEY, {"id": "x", "title": 7, "by": "nobody", "width": "wide"})],
        }
    )
    assert [path for path, _ in problems] == [
        ("colour",),
        ("sheets", 0, "columns", 1, "width"),
        ("sheets", 0, "columns", 1, "title"),
        ("sheets", 0, "columns", 1, "by"),
    ]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (sheet(NAME), "ровно одна колонка должна быть by: key"),
        (sheet(KEY, {"id": "note", "title": "Помета", "by": "staff"}), "не бывает колонок by: staff"),
        (sheet(KEY, NAME, {**NAME, "title": "Имя 2"}), "id колонки не повторяется"),
        (sheet(KEY, NAME, {**NAME, "id": "name2"}), "title колонки не повторяется"),
        (sheet(kind="answers"), "нет значения «form»"),
        (sheet(KEY, form="application"), "форма бывает только у листа вида answers"),
        (sheet(), "нет колонок"),
    ],
)
def test_a_sheet_that_cannot_work_is_refused(wrong: Mapping[str, object], said: str) -> None:
    assert any(said in text for text in workbook(wrong)[1])


def test_answers_sheets_take_the_columns_of_their_form() -> None:
    spec, _ = workbook({"id": "answers", "title": "Ответы", "kind": "answers", "form": "meeting"})
    column = ColumnSpec("pair", "Пара", ColumnOwner.PROGRAM)
    assert with_answers(spec, {"meeting": [column]}).answers_of("meeting").columns == (column,)
    assert with_answers(spec, {}).answers_of("meeting").columns == ()


def test_the_schools_own_workbook_has_the_sheets_of_the_design() -> None:
    from sheets_sync.settings.yaml_text import read_yaml

    file = read_yaml(Path(__file__).parents[3] / "config" / "workbook.yaml", "workbook.yaml")
    spec, problems = workbook_from_config(file.data or {})
    assert problems == []
    assert {each.title for each in spec.sheets} >= {
        "Сводка", "Дорожная карта", "Показатели", "Без пары", "Запросы и ресурсы", "Диагностика",
        "Расхождения", "Журнал", "Состояние", "_sync", "Реестр", "Согласия", "Пары", "Планы", "Явка",
        "Вопросы к данным",
        "Настройки", "Контингент", "Мероприятия", "Партнёры", "Материалы и ссылки", "Участие в событиях",
        "Документы", "Отметки",
    }  # fmt: skip
    assert sum(each.kind is SheetKind.ANSWERS for each in spec.sheets) == 5
