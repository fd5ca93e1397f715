"""A row that staff type, read cell by cell: what does not fit becomes a finding with its place."""

import math
from collections.abc import Sequence
from datetime import date

from sheets_sync.domain.dates import parse_date, printed
from sheets_sync.domain.findings import Finding, Severity
from sheets_sync.domain.intake.decisions import mark
from sheets_sync.domain.tables import ReadRow
from sheets_sync.domain.textforms import cleaned

TITLES = {
    "registry": "Реестр",
    "consents": "Согласия",
    "plans": "Планы",
    "attendance": "Явка",
    "questions": "Вопросы к данным",
    "settings": "Настройки",
    "contingent": "Контингент",
    "events": "Мероприятия",
    "partners": "Партнёры",
    "materials": "Материалы и ссылки",
    "participation": "Участие в событиях",
    "documents": "Документы",
    "marks": "Отметки",
}
"""Titles of the sheets as config/workbook.yaml gives them, for the places of findings."""


class Cells:
    """Reads one row of a sheet; complaints go to the list of findings given."""

    def __init__(self, sheet: str, row: ReadRow, findings: list[Finding]) -> None:
        self.sheet = sheet
        self.row = row
        self.findings = findings

    @property
    def place(self) -> str:
        """Return the title of the sheet with the row's number as the sheet shows it."""
        return f"«{TITLES[self.sheet]}», строка {self.row.index + 1}"

    @property
    def is_blank(self) -> bool:
        """Whether nothing but unticked boxes stands in the row."""
        return not any(value not in (None, "", False) for value in self.row.cells.values())

    def text(self, column: str) -> str:
        """Return the text of a cell, "" when it is empty."""
        return self.row.text(column)

    def day(self, column: str, title: str = "дата") -> date | None:
        """Return a date; one typed as text is taken when it cannot be misread, and noted."""
        typed = self.row.cells.get(column)
        if typed is None or typed == "" or isinstance(typed, date):
            return typed if isinstance(typed, date) else None
        found = parse_date(self.row.text(column))
        if found is None:
            self.complain(column, f"{title}: «{self.row.text(column)}» — не дата; впишите ДД.ММ.ГГГГ")
        else:
            self.complain(
                column, f"{title} {printed(found)} записана текстом: поняли, но лучше датой", Severity.NOTE
            )
        return found

    def number(self, column: str, title: str = "число") -> int | None:
        """Return a whole number from zero; one typed as text is taken when it is only digits, and noted."""
        typed = self.row.cells.get(column)
        if typed is None or typed == "":
            return None
        found = _whole(typed)
        if found is not None and found >= 0:
            if isinstance(typed, str):
                self.complain(
                    column,
                    f"{title}: «{self.row.text(column)}» записано текстом: поняли, но лучше числом",
                    Severity.NOTE,
                )
            return found
        self.complain(column, f"{title}: «{self.row.text(column)}» — не целое число от нуля")
        return None

    def flag(self, column: str) -> bool:
        """Return whether a box is ticked; «да», «нет» and their like typed instead are understood."""
        typed = self.row.cells.get(column)
        if isinstance(typed, bool) or typed is None or typed == "":
            return typed is True
        said = self.row.text(column).casefold()
        if said in {"да", "+", "1", "истина", "true", "v", "х", "x"}:
            return True
        if said not in {"нет", "-", "0", "ложь", "false"}:
            self.complain(column, f"здесь ставят галочку, а стоит «{self.row.text(column)}»")
        return False

    def choice(self, column: str, choices: Sequence[str], title: str = "значение") -> str:
        """Return the listed value that the cell means, "" for an empty or unknown one."""
        typed = cleaned(self.row.text(column))
        if not typed:
            return ""
        for known in choices:
            if _alike(known) == _alike(typed):
                return known
        self.complain(column, f"{title} «{typed}» нет в списке: {', '.join(choices)}")
        return ""

    def complain(self, column: str, text: str, severity: Severity = Severity.QUESTION) -> None:
        """Put a finding about a cell; its key follows the content of the row, not its place."""
        # A parameter may have several rows, each with its own dates: there a name is not a row's own.
        row_mark = ("" if self.sheet == "settings" else self.row.key) or mark(
            *(f"{name}={self.row.text(name)}" for name in sorted(self.row.cells))
        )
        finding = Finding(
            key=f"{TITLES[self.sheet]}/{column}/{row_mark}",
            place=self.place,
            text=text,
            severity=severity,
            subject="" if self.sheet == "settings" else self.row.key,
        )
        if finding not in self.findings:
            self.findings.append(finding)


def _whole(value: object) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        digits = value.replace("\N{NO-BREAK SPACE}", "").replace(" ", "")
        return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else None
    if isinstance(value, int):
        return value
    if isinstance(value, float) and math.isfinite(value) and value.is_integer():
        return int(value)
    return None


def _alike(text: str) -> str:
    return cleaned(text).casefold().replace("ё", "е").replace("-", "–")
