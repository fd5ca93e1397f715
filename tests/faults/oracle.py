"""What a stranger sees of a school: plain answers of the services, and what must hold of them.

Nothing of the product is used here. A dump leaves out what may differ between two runs that did the same:
ids and addresses of documents, their revisions, the number of the commit before, digests of cells that hold
an address, and when a registered text was last looked at and found unchanged.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import gspread

DOCUMENT_TYPE = "application/vnd.google-apps.document"
FORM_TYPE = "application/vnd.google-apps.form"
BOTS_FOLDER = "Служебная папка"
TEMPLATE = "Шаблон"
ANSWERS = "Ответы: "
KEYLESS = {"Мероприятия", "Партнёры", "Материалы и ссылки", "Участие в событиях", "Отметки"}
MARKER = "sheets_sync.commit"
EARLIER = "Номер прошлой записи"
_FIELDS = (
    "sheets(properties(title),data(rowData(values(userEnteredValue,effectiveValue)))),"
    "developerMetadata(metadataId,metadataKey,metadataValue)"
)
_ADDRESS = re.compile(r"https?://[^\s\"]+/d/[^\s\"]+")
_DIGEST = re.compile(r"\bdraft=\w+")
_CODE = re.compile(r"[ДП]-\d{3,}")

Grid = list[list[str]]
Dump = dict[str, Any]


class Witness:
    """Looks at one school through a spreadsheet of plain gspread and services of googleapiclient."""

    def __init__(self, book: gspread.Spreadsheet, drive: Any, docs: Any, forms: Any) -> None:
        self._book, self._drive, self._docs, self._forms = book, drive, docs, forms

    def _answer(self) -> Any:
        return self._book.client.fetch_sheet_metadata(self._book.id, {"fields": _FIELDS})

    def sheets(self) -> dict[str, Grid]:
        """Return every sheet, hidden ones too, as typed: formulas as formulas."""
        return {
            sheet["properties"]["title"]: list(_grid(sheet.get("data", [{}])[0].get("rowData", ())))
            for sheet in self._answer()["sheets"]
        }

    def markers(self) -> dict[int, dict[str, str]]:
        """Return the marks that commits left, by generation."""
        found = [one for one in self._answer()["developerMetadata"] if one["metadataKey"] == MARKER]
        return {one["metadataId"]: json.loads(one["metadataValue"]) for one in found}

    def look(self) -> tuple[Dump, list[str]]:
        """Return the dump and what is wrong, from one look."""
        sheets, documents = self.sheets(), self.documents()
        return _dump(sheets, documents), _faults(sheets, documents, self.submitted())

    def files(self, query: str) -> list[dict[str, Any]]:
        return list(self._drive.list(q=query, fields="files(id,name,parents)").execute()["files"])

    def documents(self) -> list[tuple[str, str]]:
        """Return name and text of every document that people see, templates left out."""
        hidden = {one["id"] for one in self.files(f"name contains '{BOTS_FOLDER}' and trashed=false")}
        return sorted(
            (one["name"], self.text_of(one["id"]))
            for one in self.files(f"mimeType='{DOCUMENT_TYPE}' and trashed=false")
            if not hidden & set(one.get("parents", ())) and not one["name"].startswith(TEMPLATE)
        )

    def text_of(self, document: str) -> str:
        """Return all text of a document, cells of tables included."""
        return "".join(_texts(self._docs.get(documentId=document).execute()["body"]["content"]))

    def submitted(self) -> list[str]:
        """Return the ids of all answers that the forms hold."""
        found = []
        for form in self.files(f"mimeType='{FORM_TYPE}' and trashed=false"):
            answers = self._forms.responses().list(formId=form["id"]).execute().get("responses", ())
            found += [one["responseId"] for one in answers]
        return sorted(found)


def difference(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    """Return the places at which two dumps differ: sheet, row, both contents."""
    found = [f"«{title}» есть только в одном" for title in sorted(set(one) ^ set(other))]
    for title in sorted(set(one) & set(other)):
        left, right = one[title], other[title]
        for row in range(max(len(left), len(right))):
            a, b = (grid[row] if row < len(grid) else None for grid in (left, right))
            if a != b:
                found.append(f"«{title}», строка {row + 1}: {a} ≠ {b}")
    return found


def _dump(sheets: Mapping[str, Grid], documents: Sequence[tuple[str, str]]) -> Dump:
    masked = {
        title: [_masked(row) for row in grid if EARLIER not in row[:2]] for title, grid in sheets.items()
    }
    masked["_sync"].sort()
    return {**masked, "документы": [list(each) for each in documents]}


def _faults(
    sheets: Mapping[str, Grid], documents: Sequence[tuple[str, str]], submitted: Sequence[str]
) -> list[str]:
    return [
        *_answers_once(sheets, submitted),
        *_keys_once(sheets),
        *_documents_once(documents, sheets["Документы"]),
        *_whole(sheets["Состояние"]),
    ]


def _grid(rows: Sequence[Mapping[str, Any]]) -> Iterator[list[str]]:
    grid = [[_cell(cell) for cell in row.get("values", ())] for row in rows]
    for row in grid:
        while row and not row[-1]:
            row.pop()
    while grid and not grid[-1]:
        grid.pop()
    yield from grid


def _cell(cell: Mapping[str, Any]) -> str:
    return "".join(str(value) for value in cell.get("userEnteredValue", {}).values())


def _masked(row: Sequence[str]) -> list[str]:
    return [_DIGEST.sub("draft=…", _remembered(_ADDRESS.sub("…", cell))) for cell in row]


def _remembered(cell: str) -> str:
    if not cell.startswith("{"):
        return cell
    memory = json.loads(cell)
    if isinstance(memory.get("document"), dict):
        memory["document"] = sorted(memory["document"])
    if isinstance(memory.get("stamped"), dict):
        memory["stamped"] = {**memory["stamped"], "revision": "…"}
    looked = memory.get("text")
    if isinstance(looked, dict) and looked["then"] == looked["now"]:
        del memory["text"]
    return json.dumps(memory, ensure_ascii=False, sort_keys=True)


def _texts(content: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for element in content:
        for run in element.get("paragraph", {}).get("elements", ()):
            yield run.get("textRun", {}).get("content", "")
        for row in element.get("table", {}).get("tableRows", ()):
            for cell in row["tableCells"]:
                yield from _texts(cell["content"])


def _answers_once(sheets: Mapping[str, Grid], submitted: Sequence[str]) -> Iterator[str]:
    stood = Counter(
        row[0] for title, grid in sheets.items() if title.startswith(ANSWERS) for row in grid[1:] if row
    )
    for answer in submitted:
        if stood[answer] != 1:
            yield f"ответ {answer[:8]}… стоит в листах ответов раз: {stood[answer]}"
    for answer in stood.keys() - set(submitted):
        yield f"ответ {answer[:8]}… никто не отправлял"


def _keys_once(sheets: Mapping[str, Grid]) -> Iterator[str]:
    for title, grid in sheets.items():
        if title in KEYLESS:
            continue
        width = 2 if title == "_sync" else 1
        first = grid[0].index("Пара") if title.startswith("Пары") else 0
        keys = Counter(tuple(row[first : first + width]) for row in grid[1:] if any(row[first : first + 1]))
        for key, times in keys.items():
            if times > 1:
                yield f"«{title}»: ключ {'/'.join(key)} стоит раз: {times}"


def _documents_once(documents: Sequence[tuple[str, str]], register: Grid) -> Iterator[str]:
    codes = Counter(code for name, _ in documents for code in _CODE.findall(name))
    for code, times in codes.items():
        if times > 1:
            yield f"документов с кодом {code}: {times}"
    number = register[0].index("№")
    signed = [row[number] for row in register[1:] if len(row) > number and row[1] and row[number]]
    for given in signed:
        bearing = [text for name, text in documents if name.count(f"№\u00a0{given} от ")]
        if len(bearing) != 1 or f"№\u00a0{given}" not in bearing[0]:
            yield f"документов под номером {given}: {len(bearing)}"
    unsigned = (
        row for row in register[1:] if len(row) > 1 and row[1] and not "".join(row[number : number + 1])
    )
    listed = {row[0] for row in unsigned}
    for code in codes.keys() ^ listed:
        yield f"документ {code} виден и не записан или записан и не виден"
    for name, text in documents:
        if "{{" in text:
            yield f"документ «{name}» не заполнен"


def _whole(state: Grid) -> Iterator[str]:
    said = {row[0]: row[1] for row in state[1:] if len(row) > 1}
    if said.get("Данные посчитаны") != "полностью":
        yield f"«Состояние» говорит «{said.get('Данные посчитаны')}»"
