"""A document with names in place of codes, made on this machine from what Drive holds with codes only."""

import io
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from sheets_sync.domain.codes import CodeKind
from sheets_sync.ports.read import DocumentExporter

if TYPE_CHECKING:
    from docx.table import Table
    from docx.text.paragraph import Paragraph

_CODE = re.compile(rf"(?<!\w){CodeKind.PERSON}-\d{{3,}}(?!\d)")


class NamedCopies:
    """Exports documents as another exporter does and writes names into the copies; what it read from stays.

    Shape: `names` are full names by code; only DOCX can be written into. A cell that holds nothing but a code
    becomes the name; inside a sentence the name follows in brackets, so that no case is guessed.
    """

    def __init__(self, exporter: DocumentExporter, names: Mapping[str, str]) -> None:
        self._exporter = exporter
        self._names = names

    def export(self, document: str, mime_type: str) -> bytes:
        """Return the document with names."""
        return with_names(self._exporter.export(document, mime_type), self._names)


def with_names(data: bytes, names: Mapping[str, str]) -> bytes:
    """Return a DOCX in which these people's codes became names: in the body, tables, headers, footers."""
    import docx  # only this export needs it, and it is dear to load

    document = docx.Document(io.BytesIO(data))
    for paragraph in _paragraphs(document):
        _write_names(paragraph, names)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _paragraphs(document: Any) -> Iterator["Paragraph"]:
    yield from _of_container(document)
    for section in document.sections:
        for part in (section.header, section.footer, section.first_page_header, section.first_page_footer):
            if not part.is_linked_to_previous:
                yield from _of_container(part)


def _of_container(container: Any) -> Iterator["Paragraph"]:
    yield from container.paragraphs
    for table in container.tables:
        yield from _of_table(table)


def _of_table(table: "Table") -> Iterator["Paragraph"]:
    seen = set()
    for row in table.rows:
        for cell in row.cells:
            if cell._tc not in seen:  # a merged cell comes once for each column it spans
                seen.add(cell._tc)
                yield from _of_container(cell)


def _write_names(paragraph: "Paragraph", names: Mapping[str, str]) -> None:
    """Put names into the runs where codes begin; a code may be cut into several runs of one look."""
    text = "".join(run.text for run in paragraph.runs)
    found = [one for one in _CODE.finditer(text) if one.group() in names]
    for one in reversed(found):
        alone = text.strip() == one.group()
        told = names[one.group()] if alone else f"{one.group()} ({names[one.group()]})"
        start = 0
        for run in paragraph.runs:
            end = start + len(run.text)
            if start < one.end() and end > one.start():
                before = run.text[: max(0, one.start() - start)]
                after = run.text[max(0, one.end() - start) :]
                run.text = before + (told if start <= one.start() else "") + after
            start = end
