"""`sheets-sync status` and «Сводка» say the same of the played year; colours follow the states (F34, F35)."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from tests.functional.played import Year

END = date(2022, 12, 24)
COLOURS = {
    "выполнено": "#d9ead3",
    "выполнено с опозданием": "#e2f0cb",
    "в работе": "#ddebf7",
    "под угрозой": "#fce5cd",
    "просрочено": "#f4cccc",
    "нет данных": "#e7e6e6",
    "требует решения": "#fff2cc",
    "не начато": "#f2f2f2",
}
"""Green for done, paler when late, blue under way, orange and red for worry, yellow for people to decide."""


@pytest.fixture(scope="module")
def dashboard(december: Year) -> dict[str, list[str]]:
    return {row[0]: row for row in december.school.book().worksheet("Сводка").get_all_values()[1:]}


@pytest.mark.feature("F34")
@pytest.mark.feature("F35")
def test_status_tells_the_same_figures_as_the_dashboard(
    december: Year, dashboard: dict[str, list[str]]
) -> None:
    status = december.school.open().status(END)
    standing = status.standing
    told: Any = json.loads(json.dumps(status.to_json(), ensure_ascii=False))

    assert len(standing.coverage) == 5
    for one in standing.coverage:
        row = dashboard[one.id]
        assert (row[1], row[2], row[6]) == (one.group, one.shown, one.missing)
        assert row[5] == {True: "да", False: "нет", None: "нет данных"}[one.met]
        assert f"{one.group}: {row[2]}, порог {row[4].replace(',0', '')}" in one.line()
    for state in COLOURS:
        numbers = told["states"].get(state, [])
        assert dashboard[state][2] == str(len(numbers))
        assert dashboard[state][6] == ("№\u00a0" + ", ".join(map(str, numbers)) if numbers else "")
    assert dashboard["предложено"][2] == str(told["waiting"]["pairs"])
    assert dashboard["молчат"][2] == str(told["waiting"]["quiet_pairs"])
    assert dashboard["вопросы"][2] == str(told["waiting"]["questions"])
    first = standing.coming[0]
    assert dashboard["срок"][7] == f"{first.due:%d.%m.%Y}"
    assert str(first.number) in dashboard["срок"][6]


@pytest.mark.feature("F35")
def test_every_state_of_the_roadmap_has_its_colour(december: Year) -> None:
    fields = "sheets(data(rowData(values(formattedValue,effectiveFormat(backgroundColor)))))"
    book = december.school.book()
    answer = book.fetch_sheet_metadata({"ranges": "'Дорожная карта'!E2:E33", "fields": fields})
    cells = [row["values"][0] for row in answer["sheets"][0]["data"][0]["rowData"]]

    shown = {(cell["formattedValue"], _hex(cell["effectiveFormat"]["backgroundColor"])) for cell in cells}
    assert shown == {(state, COLOURS[state]) for state, _ in shown}
    assert len(cells) == 32
    assert len(shown) >= 4


@pytest.mark.feature("F36")
def test_the_trend_has_a_point_for_every_night_with_news(december: Year) -> None:
    """The demo's nights of 20 September, 25 October and 24 December had news; a quiet night adds no row."""
    rows = december.school.book().worksheet("История показателей").get_all_values()
    days = [row[1] for row in rows[1:] if row[0]]
    assert {"20.09.2022", "25.10.2022", "24.12.2022"} <= set(days)
    assert len(days) == len(set(days))
    sheets = december.school.book().fetch_sheet_metadata()["sheets"]
    board = next(one for one in sheets if one["properties"]["title"] == "Сводка")
    trend = next(one for one in board["charts"] if one["spec"]["title"] == "Пункты по датам")
    basic = trend["spec"]["basicChart"]
    [area] = basic["domains"][0]["domain"]["sourceRange"]["sources"]
    assert (basic["chartType"], area["startRowIndex"]) == ("LINE", 0)
    assert area["endRowIndex"] > len(days)
    assert rows[0][area["startColumnIndex"]] == "На дату"


def _hex(colour: dict[str, float]) -> str:
    return "#" + "".join(f"{round(colour.get(name, 0) * 255):02x}" for name in ("red", "green", "blue"))
