"""Charts and cells, laid out by functions without a workspace."""

from __future__ import annotations

from typing import Any

import pytest

from sheets_sync.emulator.pages.cellstyle import StyleBook, declarations
from sheets_sync.emulator.pages.charts import PALETTE, Chart, Series, draw, nice_top
from sheets_sync.emulator.pages.sheetcharts import range_name, read_charts
from sheets_sync.emulator.pages.sheetview import (
    cell_place,
    column_views,
    fingerprint,
    letters,
    row_views,
    typed_text,
)


@pytest.mark.parametrize(
    ("index", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (18277, "ZZZ")]
)
def test_columns_are_lettered_and_read_back(index: int, name: str) -> None:
    assert letters(index) == name
    assert cell_place(f"{name}7") == (6, index)


@pytest.mark.parametrize("wrong", ["", "A", "7", "a1", "A0", "AAAA1", "A1:B2", "Я1", "A-1"])
def test_what_is_no_address_of_a_cell_is_none(wrong: str) -> None:
    assert cell_place(wrong) is None


@pytest.mark.parametrize(
    ("largest", "top"), [(0, 1), (3, 5), (10, 10), (11, 20), (23, 25), (48, 50), (0.7, 1), (99, 100)]
)
def test_the_axis_ends_at_a_round_number(largest: float, top: float) -> None:
    assert nice_top(largest) == pytest.approx(top)


def test_columns_stand_in_proportion_to_their_numbers() -> None:
    drawing = draw(Chart("COLUMN", "", ("а", "б"), (Series("", (50.0, 25.0)),)))
    tall, half = (float(str(box["height"])) for box in drawing.rectangles)
    assert tall == pytest.approx(2 * half, abs=0.2)
    assert [box["hint"] for box in drawing.rectangles] == ["а: 50", "б: 25"]


def test_stacked_columns_stand_on_each_other() -> None:
    drawing = draw(Chart("COLUMN", "", ("а",), (Series("х", (10.0,)), Series("у", (10.0,))), stacked=True))
    lower, upper = drawing.rectangles
    assert float(str(upper["y"])) + float(str(upper["height"])) == pytest.approx(
        float(str(lower["y"])), abs=0.2
    )
    assert [name for name, _ in drawing.legend] == ["х", "у"]


def test_a_pie_has_a_slice_per_positive_number_and_says_its_share() -> None:
    drawing = draw(Chart("PIE", "", ("да", "нет", "нет ответа"), (Series("", (3.0, 1.0, 0.0)),)))
    assert [name for name, _ in drawing.legend] == ["да — 3 (75 %)", "нет — 1 (25 %)"]
    assert len(drawing.slices) == 2


def test_a_line_skips_cells_without_numbers() -> None:
    [line] = draw(Chart("LINE", "", ("а", "б", "в"), (Series("", (1.0, None, 3.0)),))).lines
    assert len(str(line["points"]).split()) == 2


def test_charts_are_read_from_their_source_ranges() -> None:
    def source(column: int) -> dict[str, object]:
        area = {
            "sheetId": 4,
            "startRowIndex": 0,
            "endRowIndex": 3,
            "startColumnIndex": column,
            "endColumnIndex": column + 1,
        }
        return {"sourceRange": {"sources": [area]}}

    cells: dict[str, list[list[Any]]] = {
        "'Лист ''1'''!A1:A3": [["класс"], ["5А"], ["5Б"]],
        "'Лист ''1'''!B1:B3": [["ответов"], [7], ["нет"]],
    }
    basic = {
        "chartType": "BAR",
        "headerCount": 1,
        "domains": [{"domain": source(0)}],
        "series": [{"series": source(1)}],
    }
    sheet = {"charts": [{"spec": {"title": "Ответы", "basicChart": basic}}, {"spec": {"histogramChart": {}}}]}
    [chart] = read_charts(sheet, {4: "Лист '1'"}, lambda name, formatted: cells[name])
    assert chart == Chart("BAR", "Ответы", ("5А", "5Б"), (Series("ответов", (7.0, None), ("7", "нет")),))


def test_a_chart_whose_sheet_is_gone_has_no_range() -> None:
    assert range_name({"sheetId": 9, "endRowIndex": 1, "endColumnIndex": 1}, {0: "А"}) is None


def test_a_cells_format_becomes_declarations_made_of_our_words_only() -> None:
    cell = {
        "effectiveValue": {"numberValue": 5},
        "effectiveFormat": {
            "backgroundColor": {"red": 1, "green": 0.8},
            "textFormat": {"bold": True, "strikethrough": True, "fontFamily": "x;}body{display:none"},
            "wrapStrategy": "WRAP",
            "borders": {"top": {"style": "SOLID", "color": {}}},
        },
    }
    assert declarations(cell) == (
        "background:#ffcc00;font-weight:600;text-decoration:line-through;text-align:right;vertical-align:bottom;"
        "white-space:pre-wrap;border-top:1px solid #000000"
    )


def test_a_number_stands_right_and_an_error_in_the_middle_unless_a_person_chose() -> None:
    assert "text-align:right" in declarations({"effectiveValue": {"numberValue": 1}})
    assert "text-align:center" in declarations({"effectiveValue": {"errorValue": {}}})
    chosen = {"effectiveValue": {"numberValue": 1}, "userEnteredFormat": {"horizontalAlignment": "LEFT"}}
    assert "text-align:left" in declarations(chosen)


def test_hidden_rows_and_columns_are_left_out_and_merges_span() -> None:
    styles = StyleBook()
    sheet = {"properties": {"gridProperties": {"frozenColumnCount": 1}}}
    columns = column_views(sheet, [{"pixelSize": 50}, {"hiddenByUser": True}, {}], styles)
    assert [column.letters for column in columns] == ["A", "C"]
    data = {
        "rowMetadata": [{}, {"hiddenByFilter": True}, {}],
        "rowData": [
            {"values": [{"formattedValue": "итог"}]},
            {},
            {"values": [{}, {}, {"formattedValue": "в"}]},
        ],
    }
    merge = {"startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 3}
    first, last = row_views(data, columns, [merge], 1, styles)
    assert [(cell.text, cell.colspan) for cell in first.cells] == [("итог", 2)]
    assert first.frozen and (last.number, last.cells[1].text) == (3, "в")


@pytest.mark.parametrize(
    ("value", "typed"),
    [
        ({"stringValue": "=1+1"}, "'=1+1"),
        ({"stringValue": "+7 921"}, "'+7 921"),
        ({"formulaValue": "=A1"}, "=A1"),
        ({"numberValue": 12.5}, "12,5"),
        ({"numberValue": 7.0}, "7"),
        ({"boolValue": True}, "TRUE"),
        ({}, ""),
    ],
)
def test_the_edit_line_shows_what_would_be_typed(value: dict[str, object], typed: str) -> None:
    assert typed_text({"userEnteredValue": value}, "ru_RU") == typed


def test_a_date_is_typed_as_it_is_shown() -> None:
    cell = {
        "userEnteredValue": {"numberValue": 44824},
        "formattedValue": "20.09.2022",
        "effectiveFormat": {"numberFormat": {"type": "DATE"}},
    }
    assert typed_text(cell, "ru_RU") == "20.09.2022"


def test_a_rows_fingerprint_notices_a_change_but_not_empty_cells_at_its_end() -> None:
    row = [{"userEnteredValue": {"stringValue": "а"}}]
    assert fingerprint(row) == fingerprint([*row, {}, {"note": "заметка"}])
    assert fingerprint(row) != fingerprint([{"userEnteredValue": {"stringValue": "б"}}])


def test_dates_under_a_line_are_whole_and_as_many_as_there_is_room_for() -> None:
    days = tuple(f"{day:02}.09.2022" for day in range(1, 9))
    drawing = draw(Chart("LINE", "Пункты", days, (Series("", tuple(map(float, range(8)))),)))
    assert [text["text"] for text in drawing.texts if text["anchor"] == "middle"] == list(days[::2])


def test_a_series_has_the_colour_it_was_given_and_the_others_one_of_the_palette() -> None:
    """Source: discovery sheets.v4, BasicChartSeries.colorStyle."""
    source = {"sourceRange": {"sources": [{"endRowIndex": 2, "endColumnIndex": 1}]}}
    series = [{"series": source, "colorStyle": {"rgbColor": {"green": 1}}}, {"series": source}]
    stored = {"spec": {"basicChart": {"chartType": "LINE", "series": series}}}
    (chart,) = read_charts({"charts": [stored]}, {0: "Лист"}, lambda name, formatted: [[1], [25]])
    drawing = draw(chart)

    assert [line["colour"] for line in drawing.lines] == ["#00ff00", PALETTE[1]]
    assert [text["text"] for text in drawing.texts if text["anchor"] == "end"] == [
        "0",
        "5",
        "10",
        "15",
        "20",
        "25",
    ]


@pytest.mark.parametrize(
    ("look", "css"),
    [
        ({"textRotation": {"angle": 90}}, "writing-mode:sideways-lr"),
        ({"textRotation": {"vertical": True}}, "text-orientation:upright"),
        ({"textFormat": {"fontFamily": "Times New Roman"}}, "font-family:'Times New Roman'"),
    ],
)
def test_turned_letters_and_known_fonts_are_shown(look: dict[str, Any], css: str) -> None:
    """Source: discovery document, TextRotation and TextFormat.fontFamily."""
    assert css in declarations({"effectiveFormat": look})


@pytest.mark.parametrize("name", ["x;}</style><script>", "url(http://evil.example)", "'", "Arial\\"])
def test_a_font_that_nobody_knows_stays_out_of_the_style_block(name: str) -> None:
    shown = declarations({"effectiveFormat": {"textFormat": {"fontFamily": name}}})
    assert "font-family" not in shown and name not in shown
