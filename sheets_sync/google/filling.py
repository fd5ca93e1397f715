"""The requests that fill a copy of a template, and those that put number and date into a registered document.

Placeholders are replaced where they stand, not by a search: a value with braces in it stays as typed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sheets_sync.domain.documents.templates import STAMPED, DataTable, TemplateSpec
from sheets_sync.domain.plan import CreateDocument, StampDocument
from sheets_sync.errors import TemplateError
from sheets_sync.google.cells import Json
from sheets_sync.google.doctext import (
    Place,
    Segment,
    braces,
    cell_text,
    insertable,
    named_places,
    placeholders,
    segments,
    tables,
    text_between,
    text_style,
    units,
)

UNSURE = "падеж не подтверждён"
"""The mark of a name or post whose case nobody has confirmed; registering a document takes it off."""

_YELLOW: Json = {"color": {"rgbColor": {"red": 1.0, "green": 0.95, "blue": 0.6}}}
_BLANK = "__"
_LOOK = ("bold", "italic", "fontSize", "weightedFontFamily", "foregroundColor")
_NAME = "sheets_sync: "

Edit = tuple[Json, int, list[Json]]


def check_template(content: Json, spec: TemplateSpec, known: Iterable[str] | None) -> None:
    """Look whether a template has what its declaration needs and nothing that would stay unfilled.

    Shape: `known` are the fields that will be filled, None where no document is meant yet.

    Raises:
        TemplateError: a field or a table is missing, or a field stands there that nobody fills.
    """
    found = {place.name for segment in segments(content) for place in placeholders(segment)}
    if missing := spec.fields - found:
        raise TemplateError(f"В шаблоне «{spec.name}» нет поля {_listed(missing)}")
    allowed = {f"{{{{{name}}}}}" for name in known or ()}
    if known is not None and (
        unknown := sorted({text for segment in segments(content) for text in braces(segment)} - allowed)
    ):
        raise TemplateError(f"В шаблоне «{spec.name}» есть поле, которого программа не знает: «{unknown[0]}»")
    _tables_of(content, spec)


def fill_requests(content: Json, spec: TemplateSpec, order: CreateDocument) -> Iterator[Json]:
    """Yield the requests that fill a copy, from the end of each segment to its start so that no index shifts
    under another.

    Raises:
        TemplateError: the copy lacks a field or a table, or would keep a field that nobody fills.
    """
    check_template(content, spec, order.fields)
    edits: list[Edit] = []
    for segment in segments(content):
        for place in placeholders(segment):
            edits.append((segment.where, place.start, list(_filled(place, order))))
    for declared, where, element in _tables_of(content, spec):
        rows = order.tables.get(declared.name, ())
        edits.append((where, element["startIndex"], list(_table_rows(element, rows, where, declared.size))))
    yield from _from_the_end(edits)


def stamp_requests(content: Json, order: StampDocument) -> list[Json]:
    """Return the requests that fill a registered document's blanks, none when a person has filled them."""
    edits: list[Edit] = []
    for segment in segments(content):
        for place in named_places(segment):
            if place.name == _NAME + UNSURE:
                edits.append(
                    (segment.where, place.start, [_background(place.range(place.start, place.end), {})])
                )
            text = order.fields.get(place.name.removeprefix(_NAME))
            blank = text_between(segment, place.start, place.end)
            if text is not None and _BLANK in blank:
                edits.append((segment.where, place.start, list(_replacement(place, insertable(text)))))
    return list(_from_the_end(edits))


def _from_the_end(edits: list[Edit]) -> Iterator[Json]:
    for _, _, requests in sorted(edits, key=lambda edit: edit[1], reverse=True):
        yield from requests


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(f"«{{{{{name}}}}}»" for name in names))


def _filled(place: Place, order: CreateDocument) -> Iterator[Json]:
    text = insertable(order.fields[place.name])
    yield from _replacement(place, text)
    end = place.start + units(text)
    if place.name in STAMPED and text:
        yield {"createNamedRange": {"name": f"{_NAME}{place.name}", "range": place.range(place.start, end)}}
    if place.name in order.unsure and text:
        yield {"createNamedRange": {"name": _NAME + UNSURE, "range": place.range(place.start, end)}}
        yield _background(place.range(place.start, end), _YELLOW)


def _background(span: Json, colour: Json) -> Json:
    return {
        "updateTextStyle": {
            "range": span,
            "textStyle": {"backgroundColor": colour} if colour else {},
            "fields": "backgroundColor",
        }
    }


def _replacement(place: Place, text: str) -> Iterator[Json]:
    # The text goes inside what it replaces, so that it takes on its look, and then that goes from around it.
    length = units(text)
    if text:
        yield {"insertText": {"location": place.location(1), "text": text}}
    yield {"deleteContentRange": {"range": place.range(place.start + 1 + length, place.end + length)}}
    yield {"deleteContentRange": {"range": place.range(place.start, place.start + 1)}}


def _tables_of(content: Json, spec: TemplateSpec) -> list[tuple[DataTable, Json, Json]]:
    standing: list[tuple[Segment, Json]] = [
        (segment, element) for segment in segments(content) for element in tables(segment)
    ]
    found = []
    for declared in spec.tables:
        titles = [column.title for column in declared.columns]
        place = next((n for n, (_, element) in enumerate(standing) if _header(element) == titles), None)
        if place is None:
            raise TemplateError(f"В шаблоне «{spec.name}» нет таблицы с заголовками: {', '.join(titles)}")
        segment, element = standing.pop(place)
        found.append((declared, segment.where, element))
    return found


def _header(element: Json) -> list[str]:
    return [cell_text(cell) for cell in element["table"]["tableRows"][0]["tableCells"]]


def _table_rows(
    element: Json, rows: Sequence[Sequence[str]], where: Mapping[str, str], size: float
) -> Iterator[Json]:
    table_rows = element["table"]["tableRows"]
    columns = len(table_rows[0]["tableCells"])
    looks = _looks(table_rows, columns, size)
    start = {**where, "index": element["startIndex"]}
    # New rows go below the template's empty one, whose look they take over, and then that one goes.
    model = min(1, len(table_rows) - 1)
    for number in range(len(table_rows) - 1, 1, -1):
        yield {"deleteTableRow": {"tableCellLocation": _cell_location(start, number)}}
    for _ in rows:
        yield {"insertTableRow": {"tableCellLocation": _cell_location(start, model), "insertBelow": True}}
    yield {
        "updateTableRowStyle": {
            "tableStartLocation": start,
            "tableRowStyle": {"preventOverflow": True},
            "fields": "preventOverflow",
        }
    }
    # An empty row takes one unit for itself and two for every cell (the cell and its newline).
    first = int(table_rows[model]["endIndex"])
    for number in range(len(rows) - 1, -1, -1):
        for column in range(columns - 1, -1, -1):
            index = first + number * (2 * columns + 1) + 2 + 2 * column
            text = insertable(rows[number][column])
            if text:
                yield {"insertText": {"location": {**where, "index": index}, "text": text}}
                yield _look(index, index + units(text), looks[column], where)
    if model:
        yield {"deleteTableRow": {"tableCellLocation": _cell_location(start, model)}}


def _looks(table_rows: Sequence[Json], columns: int, size: float) -> list[Json]:
    """Return the text style of each column: that of the template's empty row, as staff left it."""
    plain: Json = {"fontSize": {"magnitude": size, "unit": "PT"}}
    if len(table_rows) < 2:
        return [plain] * columns
    return [text_style(cell) for cell in table_rows[1]["tableCells"]]


def _look(start: int, end: int, style: Json, where: Mapping[str, str]) -> Json:
    return {
        "updateTextStyle": {
            "range": {**where, "startIndex": start, "endIndex": end},
            "textStyle": {name: style[name] for name in _LOOK if name in style},
            "fields": ",".join(_LOOK),
        }
    }


def _cell_location(start: Json, row: int) -> Json:
    return {"tableStartLocation": start, "rowIndex": row, "columnIndex": 0}
