"""Documents at the service: templates made once, documents copied from them and filled."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sheets_sync.domain.documents.templates import PLACEHOLDER, TemplateSpec
from sheets_sync.domain.plan import CreateDocument, MoveDocument
from sheets_sync.errors import InvalidRequestError, NotFoundError, TemplateError
from sheets_sync.google.cells import Json
from sheets_sync.google.channel import Channel
from sheets_sync.google.drive import Drive
from sheets_sync.ports.write import CreatedDocument, StagedDocument

TABLE_TEXT_PT = 11
"""Appendix tables are set smaller than the order's text, so that full names stay on one line."""


@dataclass
class Documents:
    """Makes documents and looks at them.

    Shape: `templates` maps a template's id to its document and its declaration; `staging` is the bot's own
    folder, `folder` the school's.
    """

    channel: Channel
    drive: Drive
    templates: Mapping[str, tuple[str, TemplateSpec]]
    staging: str
    folder: str

    def revision(self, document: str) -> str | None:
        """Return the document's revision, None when it is gone or in the bin."""
        if self.drive.is_gone(document):
            return None
        found = self.channel.call(
            "docs",
            "чтение документа",
            self._service().get(documentId=document, fields="revisionId").execute,
        )
        return str(found["revisionId"])

    def create(self, order: CreateDocument) -> CreatedDocument:
        """Copy the template into the bot's folder and fill it.

        A copy whose reply was lost stays in the bot's folder, where the weekly sweep finds it: Drive has no
        way to make the copy of a document only once (drive/api/guides/create-file, pre-generated ids).
        """
        try:
            return self._filled_copy(order)
        except InvalidRequestError:
            # A fill whose reply was lost is refused when it is sent again: the revision has moved on. Whether
            # it came whole nobody can tell for certain, so that copy is left to the sweep as well.
            return self._filled_copy(order)

    def _filled_copy(self, order: CreateDocument) -> CreatedDocument:
        document, spec = self._template(order.kind)
        # A file in the bin can still be copied: the order would come from a text that the school threw away.
        if self.drive.is_gone(document):
            raise TemplateError(f"Шаблон «{spec.name}» удалён или лежит в корзине")
        try:
            copied = self.drive.copy(document, order.title, self.staging)
        except NotFoundError as exc:
            raise TemplateError(f"Шаблон «{spec.name}» удалён") from exc
        content = self.channel.call(
            "docs", "чтение документа", self._service().get(documentId=copied.document).execute
        )
        requests = list(fill_requests(content, spec, order))
        body = {
            "requests": requests,
            "writeControl": {"requiredRevisionId": content["revisionId"]},
        }
        answer = self.channel.call(
            "docs",
            "заполнение документа",
            self._service().batchUpdate(documentId=copied.document, body=body).execute,
            write=True,
        )
        return CreatedDocument(
            copied.document, copied.url, str(answer.get("writeControl", {}).get("requiredRevisionId", ""))
        )

    def move(self, order: MoveDocument) -> None:
        """Bring a document from the bot's folder to the school's; doing it twice changes nothing."""
        self.drive.move(order.document, self.staging, self.folder)

    def discard(self, document: str) -> None:
        """Put a superseded draft into the bin."""
        self.drive.trash(document)

    def staged(self) -> list[StagedDocument]:
        """List what lies in the bot's folder."""
        return [StagedDocument(found.document, found.made) for found in self.drive.list_folder(self.staging)]

    def _service(self) -> Any:
        return self.channel.service("docs", "v1").documents()

    def _template(self, kind: str) -> tuple[str, TemplateSpec]:
        try:
            return self.templates[kind]
        except KeyError as exc:
            raise TemplateError(f"Нет шаблона «{kind}»") from exc


def fill_requests(content: Json, spec: TemplateSpec, order: CreateDocument) -> Iterator[Json]:
    """Yield the requests that fill a copy, from its end to its start so that no index shifts under another.

    Placeholders are replaced where they stand, not by a search: a value with braces in it stays as typed.
    Indexes are UTF-16 code units. Source: discovery docs.v1, Location.index.

    Raises:
        TemplateError: a field of the declaration is not in the document.
    """
    places = list(_placeholders(content["body"]["content"]))
    missing = spec.fields - {name for name, _, _ in places}
    if missing:
        names = ", ".join(sorted(f"«{{{{{name}}}}}»" for name in missing))
        raise TemplateError(f"В шаблоне «{spec.name}» нет поля {names}")
    tables = [element for element in content["body"]["content"] if _is_data_table(element, spec)]
    edits: list[tuple[int, list[Json]]] = [
        (start, _replacement(start, end, order.fields[name]))
        for name, start, end in places
        if name in order.fields
    ]
    if spec.table is not None:
        if not tables:
            raise TemplateError(f"В шаблоне «{spec.name}» нет таблицы с её заголовками")
        edits.append((tables[0]["startIndex"], list(_table_rows(tables[0], order.rows))))
    for _, requests in sorted(edits, key=lambda edit: edit[0], reverse=True):
        yield from requests


def _replacement(start: int, end: int, text: str) -> list[Json]:
    # The text goes inside the placeholder, so that it takes on the placeholder's look, and then the
    # placeholder goes from around it.
    length = _units(text)
    tail = {"startIndex": start + 1 + length, "endIndex": end + length}
    requests: list[Json] = [{"deleteContentRange": {"range": tail}}]
    if text:
        requests.insert(0, {"insertText": {"location": {"index": start + 1}, "text": text}})
    requests.append({"deleteContentRange": {"range": {"startIndex": start, "endIndex": start + 1}}})
    return requests


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _placeholders(content: Sequence[Json]) -> Iterator[tuple[str, int, int]]:
    for element in content:
        if "paragraph" in element:
            for run in element["paragraph"].get("elements", ()):
                text = run.get("textRun", {}).get("content", "")
                for found in PLACEHOLDER.finditer(text):
                    start = int(run.get("startIndex", 0)) + _units(text[: found.start()])
                    yield found.group(1), start, start + _units(found.group(0))
        for row in element.get("table", {}).get("tableRows", ()):
            for cell in row.get("tableCells", ()):
                yield from _placeholders(cell.get("content", ()))


def _is_data_table(element: Json, spec: TemplateSpec) -> bool:
    if "table" not in element or spec.table is None:
        return False
    header = element["table"]["tableRows"][0]["tableCells"]
    return [_cell_text(cell) for cell in header] == [column.title for column in spec.table.columns]


def _cell_text(cell: Json) -> str:
    return "".join(
        run.get("textRun", {}).get("content", "")
        for element in cell.get("content", ())
        for run in element.get("paragraph", {}).get("elements", ())
    ).strip()


def _table_rows(element: Json, rows: Sequence[Sequence[str]]) -> Iterator[Json]:
    table_start = element["startIndex"]
    table_rows = element["table"]["tableRows"]
    columns = len(table_rows[0]["tableCells"])
    first = int(table_rows[0]["endIndex"])
    for number in range(len(table_rows) - 1, 0, -1):
        yield {"deleteTableRow": {"tableCellLocation": _cell_location(table_start, number)}}
    for _ in rows:
        yield {
            "insertTableRow": {
                "tableCellLocation": _cell_location(table_start, 0),
                "insertBelow": True,
            }
        }
    # An empty row takes one unit for itself and two for every cell (the cell and its newline).
    for number in range(len(rows) - 1, -1, -1):
        for column in range(columns - 1, -1, -1):
            index = first + number * (2 * columns + 1) + 2 + 2 * column
            text = rows[number][column]
            if text:
                yield {"insertText": {"location": {"index": index}, "text": text}}
                yield text_size(index, index + _units(text), TABLE_TEXT_PT)


def text_size(start: int, end: int, points: int) -> Json:
    """Return the request that sets the size of a stretch of text."""
    return {
        "updateTextStyle": {
            "range": {"startIndex": start, "endIndex": end},
            "textStyle": {"fontSize": {"magnitude": points, "unit": "PT"}},
            "fields": "fontSize",
        }
    }


def _cell_location(table_start: int, row: int) -> Json:
    return {"tableStartLocation": {"index": table_start}, "rowIndex": row, "columnIndex": 0}
