"""Charts of a school that stands follow their declaration; what is staff's stays as it is (F35, F45)."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.functional.conftest import LATER, OCTOBER
from tests.small_school import SmallSchool

pytestmark = [pytest.mark.feature("F35"), pytest.mark.feature("F45")]

ROADMAP = Path("config") / "roadmap.yaml"


def _charts(school: SmallSchool, sheet: str = "Сводка") -> dict[str, Any]:
    sheets = school.book().fetch_sheet_metadata()["sheets"]
    found = next(one for one in sheets if one["properties"]["title"] == sheet)
    return {chart["spec"]["title"]: chart for chart in found.get("charts", [])}


def _labels(school: SmallSchool, title: str) -> list[str]:
    """Return the texts that a chart of «Сводка» puts beside its bars, read from the ranges it names."""
    spec = _charts(school)[title]["spec"]["basicChart"]
    [domain] = spec["domains"]
    rows = school.book().worksheet("Сводка").get_all_values()
    found = []
    for area in domain["domain"]["sourceRange"]["sources"]:
        for row in rows[area["startRowIndex"] : area["endRowIndex"]]:
            found.append(row[area["startColumnIndex"]])
    return found[spec.get("headerCount", 0) :]


def _without_partners(school: SmallSchool) -> None:
    """Take the fifth target group out of the school's roadmap, as an adopted document may."""
    file = school.directory / ROADMAP
    text = file.read_text("utf-8").replace(", M01.partners]", "]")
    start = text.index("      - id: M01.partners\n")
    file.write_text(text[:start] + text[text.index("\n  - id: M02", start) + 1 :], "utf-8")


def test_a_changed_declaration_changes_the_chart_and_nothing_of_staffs(school: SmallSchool) -> None:
    book = school.book()
    states = _charts(school)["Охват и порог"]
    own = {"title": "График завуча", "basicChart": {"chartType": "COLUMN"}}
    anchor = states["position"]["overlayPosition"]["anchorCell"]
    moved = {"overlayPosition": {"anchorCell": {**anchor, "rowIndex": 30}, "widthPixels": 700}}
    book.batch_update(
        {
            "requests": [
                {"addChart": {"chart": {"spec": own, "position": moved}}},
                {
                    "updateEmbeddedObjectPosition": {
                        "objectId": states["chartId"],
                        "newPosition": moved,
                        "fields": "anchorCell,widthPixels",
                    }
                },
            ]
        }
    )
    before = _charts(school)
    _without_partners(school)
    school.night(OCTOBER)

    after = _charts(school)
    assert _labels(school, "Охват и порог") == ["Обучающиеся", "Педагоги", "Родители", "Выпускники"]
    assert len(_labels(school, "Пункты по состоянию")) == 8
    assert after["График завуча"] == before["График завуча"]
    assert {name: chart["position"] for name, chart in after.items()} == {
        name: chart["position"] for name, chart in before.items()
    }
    assert school.night(OCTOBER).writes == 0
    left = {row[0]: row for row in book.worksheet("Сводка").get_all_values()}
    assert not any(left["M01.partners"][1:])
    told = {row[0]: row for row in book.worksheet("Показатели").get_all_values()}
    assert told["M01.partners"][8] == "больше нет в дорожной карте"


def test_a_chart_that_staff_took_away_stays_away(school: SmallSchool) -> None:
    number = _charts(school)["Охват и порог"]["chartId"]
    school.book().batch_update({"requests": [{"deleteEmbeddedObject": {"objectId": number}}]})
    _without_partners(school)
    school.night(OCTOBER)
    school.initialise()
    school.night(LATER)
    assert sorted(_charts(school)) == ["Пункты по датам", "Пункты по состоянию"]


def test_a_school_made_before_charts_were_recorded_gets_no_second_ones(
    proposed: Path, tmp_path: Path
) -> None:
    """The charts have numbers of the service's own, one of them is missing, and nothing is recorded."""
    shutil.copytree(proposed, tmp_path / "school")
    school = SmallSchool(tmp_path / "school", datetime(2022, 10, 13, 9, 0, tzinfo=UTC))
    hidden = school.book().worksheet("_sync")
    rows = [place for place, row in enumerate(hidden.get_all_values(), 1) if row[0] == "chart"]
    hidden.batch_clear([f"A{row}:D{row}" for row in rows])
    drawn = _charts(school)
    requests: list[dict[str, Any]] = [
        {"deleteEmbeddedObject": {"objectId": chart["chartId"]}} for chart in drawn.values()
    ]
    requests += [
        {"addChart": {"chart": {key: value for key, value in drawn[title].items() if key != "chartId"}}}
        for title in ("Охват и порог", "Пункты по датам")
    ]
    school.book().batch_update({"requests": requests})
    before = {title: chart["chartId"] for title, chart in _charts(school).items()}

    assert school.open().initialise().made == tuple(
        f"диаграмма «{title}»"
        for title in (
            "Охват и порог",
            "Пункты по состоянию",
            "Пункты по датам",
            "Запросы и места наставников",
        )
    )

    after = {title: chart["chartId"] for title, chart in _charts(school).items()}
    assert after == before | {"Пункты по состоянию": after["Пункты по состоянию"]}
    assert len(rows) == 4
    assert school.open().initialise().made == ()
    school.close()


def test_the_printed_plan_names_the_chart(school: SmallSchool) -> None:
    _without_partners(school)
    lines = school.open().plan("nightly", OCTOBER).night.plan.lines()
    told = [line for line in lines if re.search("диаграмма", line)]
    assert told == [
        "«Сводка»: диаграмма «Охват и порог», обновить",
        "«Сводка»: диаграмма «Пункты по состоянию», обновить",
    ]
