"""The page: whole in itself, escaped everywhere, the same for the same report."""

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction
from html.parser import HTMLParser

import pytest

from sheets_sync.domain.monitoring.comparison import change_of
from sheets_sync.domain.public_report import (
    ChangeLine,
    Line,
    MeasureLine,
    PublicReport,
    Section,
    TrendPoint,
)
from sheets_sync.domain.roadmap_status import Status
from sheets_sync.errors import BrowserMissingError
from sheets_sync.files.pdf import print_page
from sheets_sync.files.report_page import report_page

HOSTILE = "<script>alert(1)</script>\"'&{{ 7*7 }}"
REPORT = PublicReport(
    school="Школа № 1",
    place="с. Примерное",
    as_of=date(2022, 12, 5),
    start=date(2022, 9, 1),
    end=date(2022, 12, 31),
    states=tuple((state, number) for number, state in enumerate(Status)),
    coverage=(Line("Обучающиеся", "75 из 600 (12,5\u00a0%)", Fraction(1, 8), Fraction(1, 10), True),),
    totals=(("Пар", "48"),),
    figures=(("Показатели", (Line("Доля", "7 из 68", Fraction(7, 68), Fraction(1, 10), True, "правило"),)),),
    changes=(
        ChangeLine(0, "IV кв. 2022", "все", "Знаю цель", change_of([(4, 7)] * 6), (6, 0, 0), ""),
        ChangeLine(1, "IV кв. 2022", "наставник", "Знаю цель", None, None, "меньше 5 человек"),
    ),
    sections=(Section("Раздел", (MeasureLine(1, "База", "до 09.09.2022", Status.DONE, date(2022, 9, 8)),)),),
    trend=(TrendPoint(date(2022, 10, 1), 3, 1, 2), TrendPoint(date(2022, 12, 5), 9, 0, 1)),
)


class Tags(HTMLParser):
    """Gathers tags and attributes, and sees that what is opened is closed."""

    VOID = frozenset(("meta", "br"))

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.seen: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.stack: list[str] = []
        self.words = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.attributes += attrs
        if tag not in self.VOID:
            self.stack.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop() == tag
        self.words += " " if tag in {"td", "th"} else ""

    def handle_data(self, data: str) -> None:
        self.words += data


def test_f56_the_page_fetches_nothing_and_runs_nothing() -> None:
    page = Tags(report_page(REPORT))

    assert page.stack == []
    assert {"script", "link", "img", "iframe", "object"} & set(page.seen) == set()
    assert [
        name for name, _ in page.attributes if name in {"src", "href", "xlink:href"} or name.startswith("on")
    ] == []
    assert page.seen.count("svg") == 3


def test_f56_whatever_stands_in_the_settings_is_shown_and_never_obeyed() -> None:
    hostile = replace(
        REPORT,
        school=HOSTILE,
        place=HOSTILE,
        coverage=(replace(REPORT.coverage[0], title=HOSTILE, shown=HOSTILE),),
        figures=((HOSTILE, (Line(HOSTILE, HOSTILE, note=HOSTILE),)),),
        sections=(Section(HOSTILE, (MeasureLine(1, HOSTILE, HOSTILE, Status.DONE, None),)),),
    )
    page = Tags(report_page(hostile))

    assert "script" not in page.seen
    assert page.words.count(HOSTILE) >= 9
    assert "{{ 7*7 }}" in page.words


def test_f56_the_same_report_is_the_same_text() -> None:
    assert report_page(REPORT) == report_page(REPORT)


def test_f56_dates_shares_and_numbers_read_as_russian() -> None:
    words = " ".join(Tags(report_page(REPORT)).words.split())

    assert "Отчёт на 5 декабря 2022 года. Период программы: с 1 сентября 2022 года" in words
    assert "не меньше 10 %" in words
    assert "6 4 7 4 7 6 0 0" in words
    assert re.search(r"наставник\s+меньше 5 человек", words)
    assert "08.09.2022" in words


def test_f56_without_shares_and_nights_the_page_still_stands() -> None:
    bare = replace(
        REPORT, coverage=(Line("Родители", "нет данных"),), changes=(), trend=REPORT.trend[:1], figures=()
    )

    assert Tags(report_page(bare)).seen.count("svg") == 1


def test_f56_without_a_browser_the_next_step_is_named() -> None:
    with pytest.raises(BrowserMissingError, match="Браузера «no-such-browser» нет") as stopped:
        print_page("<p>", "no-such-browser")
    assert "--html" in stopped.value.next_step


def test_f56_a_browser_that_prints_nothing_is_named() -> None:
    with pytest.raises(BrowserMissingError, match="не напечатал отчёт"):
        print_page("<p>", "true")


@pytest.mark.feature("F56")
@pytest.mark.parametrize(
    ("number", "said"), [(1, "1 пункт просрочено"), (4, "4 пункта просрочено"), (11, "11 пунктов просрочено")]
)
def test_the_number_of_overdue_measures_has_its_ending(number: int, said: str) -> None:
    late = replace(REPORT, states=((Status.OVERDUE, number),))
    card = re.search(r"<b>(\d+)</b><span>(\w+ просрочено)</span>", report_page(late))
    assert card is not None
    assert " ".join(card.groups()) == said


@pytest.mark.feature("F56")
def test_on_a_phone_every_cell_of_a_stacked_table_has_its_name_beside_it() -> None:
    """There the heads of the tables are not shown: only a row's own title goes without a name."""
    page = report_page(REPORT)
    tables = re.findall(r'<table class="stacked">.*?</table>', page, re.DOTALL)
    assert len(tables) == 3
    for table in tables:
        heads = [text for _, text in re.findall(r"<th( [^>]*)?>(.*?)</th>", table)]
        for row in re.findall(r"<tr><td.*?</tr>", table, re.DOTALL):
            cells = re.findall(r"<td([^>]*)>", row)
            named = [found[1] if (found := re.search('data-name="(.*?)"', cell)) else "" for cell in cells]
            assert [name or head for name, head in zip(named, heads, strict=True)] == heads
            assert named.count("") == 1
