"""The school's own roadmap document, read as lines of cells: measures, sections, and what did not fit."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sheets_sync.domain.deadlines import Deadline, UnreadableDeadline, parse_deadline

Cells = tuple[str, ...]

_HEADER_WORDS = (("содержание", "мероприят"), ("срок",), ("результат",), ("показател",), ("ответствен",))
_HEADER_CELL = 60
"""A header's cell is a few words; a row of the table that happens to name them all is longer."""

_NUMBERING = re.compile(r"(?:№(?:\s*п/?п)?|\d{1,3}\.?)?")
_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>")


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One measure as the document has it.

    Shape: `indicator` is None where the row has no column for it and "" where the column is empty; `columns`
    counts the row's cells; `lines` are the document's lines (from 1) that the row was put together from;
    `markup` tells that tags were taken out of the text.
    """

    number: int
    section: str
    title: str
    written: str
    deadline: Deadline | UnreadableDeadline
    expected: str
    indicator: str | None
    owner: str
    columns: int
    lines: tuple[int, ...]
    markup: bool = False


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of the document that is not a measure, with its number from 1."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class SourceRoadmap:
    """The whole document.

    Shape: `preamble` are the lines above the table's header; `strangers` are lines below it that could not
    be read as anything and wait for a person.
    """

    preamble: tuple[SourceLine, ...]
    rows: tuple[SourceRow, ...]
    strangers: tuple[SourceLine, ...]
    header_line: int = 0


def cells_of_text(text: str) -> list[Cells]:
    """Cuts tab-separated text into lines of cells, in the order of the document."""
    return [tuple(line.split("\t")) for line in text.splitlines()]


def read_roadmap(lines: Sequence[Sequence[str]]) -> SourceRoadmap:
    """Puts the document's measures together; a row cut by a page break is joined, nothing is dropped.

    `lines` are the document's lines in order, each as its cells. The responsible is the last cell of a row;
    a row of four cells has no column for the indicator. A header may come again, on every page or above the
    table of every section; a line of plain text just above such a table is the section's name.
    """
    headers = [number for number, cells in enumerate(lines, start=1) if _is_header(cells)]
    header = headers[0] if headers else 0
    above = _sections_above(lines, headers)
    named = set(above.values())
    reading = _Reading(_tidy(" ".join(lines[above[header] - 1])) if header in above else "")
    for number, cells in enumerate(lines[header:], start=header + 1):
        if number in named:
            reading.section = _tidy(" ".join(cells))
        elif number not in headers:
            reading.take(number, tuple(cells))
    preamble = [
        SourceLine(n, _tidy(" ".join(cells)))
        for n, cells in enumerate(lines[: max(header - 1, 0)], 1)
        if n not in named
    ]
    return SourceRoadmap(
        preamble=tuple(line for line in preamble if line.text),
        rows=tuple(reading.rows),
        strangers=tuple(reading.strangers),
        header_line=header,
    )


def _is_header(cells: Sequence[str]) -> bool:
    text = " ".join(cells).casefold()
    named = sum(any(word in text for word in words) for words in _HEADER_WORDS)
    short = all(len(cell) < _HEADER_CELL for cell in cells)
    return named >= 4 and short and sum(bool(cell.strip()) for cell in cells) >= 4


def _sections_above(lines: Sequence[Sequence[str]], headers: Sequence[int]) -> dict[int, int]:
    """The line that names the section of each header, where every later table has a name of its own."""
    above: dict[int, int] = {}
    for header in headers:
        for number in range(header - 1, 0, -1):
            filled = [place for place, cell in enumerate(lines[number - 1]) if cell.strip()]
            if filled:
                if filled == [0] and _begins_anew(lines[number - 1][0]):
                    above[header] = number
                break
    return above if len(headers) > 1 and set(headers[1:]) <= set(above) else {}


class _Reading:
    """The table read so far."""

    def __init__(self, section: str) -> None:
        self.rows: list[SourceRow] = []
        self.strangers: list[SourceLine] = []
        self.section = section

    def take(self, line: int, raw: Cells) -> None:
        cells = _without_numbering(raw)
        filled = [place for place, cell in enumerate(cells) if cell.strip()]
        if not filled:
            return
        if len(cells) == 1:
            self.strangers.append(SourceLine(line, _tidy(cells[0])))
        elif filled == [0]:
            self._section_or_tail(line, cells)
        elif len(cells) >= 4 and not cells[1].strip() and self.rows and not _begins_anew(cells[0]):
            self.rows[-1] = _joined(self.rows[-1], cells, line)
        elif len(cells) in (4, 5) and cells[0].strip():
            self.rows.append(_row(len(self.rows) + 1, self.section, cells, line))
        else:
            self.strangers.append(SourceLine(line, _tidy(" ".join(cells))))

    def _section_or_tail(self, line: int, cells: Cells) -> None:
        if _begins_anew(cells[0]) or not self.rows:
            self.section = _tidy(cells[0])
        else:
            self.rows[-1] = _joined(self.rows[-1], cells, line)


def _without_numbering(cells: Cells) -> Cells:
    """Drops a leading column that only numbers the rows, as other schools' documents have."""
    if len(cells) >= 5 and cells[1].strip() and cells[0].strip() and _NUMBERING.fullmatch(cells[0].strip()):
        return cells[1:]
    return cells


def _begins_anew(cell: str) -> bool:
    text = _tidy(cell)
    return bool(text) and not text[0].islower()


def _tidy(cell: str) -> str:
    return " ".join(_MARKUP.sub(" ", cell).split())


def _row(number: int, section: str, cells: Cells, line: int) -> SourceRow:
    written = _tidy(cells[1])
    return SourceRow(
        number=number,
        section=section,
        title=_tidy(cells[0]),
        written=written,
        deadline=parse_deadline(written),
        expected=_tidy(cells[2]),
        indicator=_tidy(cells[3]) if len(cells) == 5 else None,
        owner=_tidy(cells[-1]),
        columns=len(cells),
        lines=(line,),
        markup=_has_markup(cells),
    )


def _joined(row: SourceRow, cells: Cells, line: int) -> SourceRow:
    """Adds the tail that a page break tore off, cell to cell."""
    padded = (*cells, *("",) * (row.columns - len(cells)))
    indicator = row.indicator
    if indicator is not None and row.columns == len(padded) == 5:
        indicator = _tidy(f"{indicator} {padded[3]}")
    return replace(
        row,
        title=_tidy(f"{row.title} {padded[0]}"),
        expected=_tidy(f"{row.expected} {padded[2]}"),
        indicator=indicator,
        owner=_tidy(f"{row.owner} {padded[-1]}"),
        lines=(*row.lines, line),
        markup=row.markup or _has_markup(cells),
    )


def _has_markup(cells: Cells) -> bool:
    return any(_MARKUP.search(cell) for cell in cells)
