"""Documents as they leave: which there are, which are meant, and what their files are called."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sheets_sync.domain.documents.register import BINNED, GONE, SHEET, document_of
from sheets_sync.domain.tables import Workbook
from sheets_sync.domain.textforms import cleaned, folded


class FileFormat(StrEnum):
    """Formats in which documents leave; the value is the file's ending."""

    DOCX = "docx"
    PDF = "pdf"

    @property
    def mime_type(self) -> str:
        """The type as Drive names it. Source: Drive's table of export formats for Google Docs."""
        return _MIME_TYPES[self]


_MIME_TYPES = {
    FileFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileFormat.PDF: "application/pdf",
}
_LONGEST = 96
"""Letters in a name without its ending: in UTF-8 below the 255 bytes that file systems allow."""

_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
"""Names that Windows keeps for devices, whatever their ending."""


@dataclass(frozen=True, slots=True)
class ListedDocument:
    """A row of «Документы».

    Shape: `key` is the program's code («Д-017») or "" for a paper typed in by staff; `document` is the id of
    the file, "" where there is none; `draft_state` is what the program says about its draft; `unwelcome` says
    that it names somebody without consent and waits for a person to remove it.
    """

    key: str
    kind: str
    title: str = ""
    state: str = ""
    draft_state: str = ""
    number: str = ""
    on: date | None = None
    document: str = ""
    link: str = ""
    unwelcome: bool = False

    @property
    def is_wanted(self) -> bool:
        """Whether it leaves with its year."""
        return self.has_file and not self.unwelcome

    @property
    def has_file(self) -> bool:
        """Whether there is a document to export."""
        return bool(self.document) and self.draft_state not in {GONE, BINNED}

    def to_json(self) -> dict[str, object]:
        """Return the row as JSON values."""
        return {
            "id": self.key,
            "kind": self.kind,
            "title": self.title,
            "state": self.state,
            "draft_state": self.draft_state,
            "number": self.number,
            "on": self.on.isoformat() if self.on else None,
            "link": self.link,
        }


def listed(workbook: Workbook) -> tuple[ListedDocument, ...]:
    """Return the register in the order of the sheet."""
    memories = workbook.remembered(SHEET)
    found = []
    for row in workbook.rows(SHEET):
        memory = memories.get(row.key, {}) if row.key else {}
        file = document_of(memory)
        kind = row.text("kind") or str(memory.get("kind", ""))
        if not (row.key or kind):
            continue
        found.append(
            ListedDocument(
                row.key,
                kind,
                row.text("title"),
                row.text("state"),
                row.text("draft_state"),
                row.text("number"),
                row.day("on"),
                str(file.get("id", "")),
                str(file.get("url", "")) or row.text("link"),
                "unwelcome" in memory,
            )
        )
    return tuple(found)


def find(documents: Iterable[ListedDocument], name: str) -> tuple[ListedDocument, ...]:
    """Return the documents that a code or a number means: one, none, or several with one number."""
    every, wanted = tuple(documents), folded(name)
    by_code = tuple(one for one in every if one.key and folded(one.key) == wanted)
    return by_code or tuple(one for one in every if one.number and cleaned(one.number) == cleaned(name))


def of_year(documents: Iterable[ListedDocument], year: int, roadmap_year: int) -> tuple[ListedDocument, ...]:
    """Return a year's documents: the registered by their date, drafts in the year of the roadmap."""
    return tuple(one for one in documents if (one.on.year if one.on else roadmap_year) == year)


def file_names(documents: Sequence[ListedDocument], file_format: FileFormat) -> Mapping[str, str]:
    """Return a file name for every document by code: «Приказ_45-2-р_о_закреплении_пар.docx».

    A name is made of kind and number, or the code until there is a number; never of people, and no two are
    alike even where capital letters do not count.
    """
    stems = {one.key: _stem(one) for one in documents}
    alike = [folded(stem) for stem in stems.values()]
    found = {}
    for key, stem in stems.items():
        tail = f"_{_safe(key)}" if alike.count(folded(stem)) > 1 else ""
        found[key] = f"{stem[: _LONGEST - len(tail)].rstrip('._-')}{tail}.{file_format}"
    return found


def _stem(document: ListedDocument) -> str:
    words = cleaned(document.kind).split(" ")
    # «итоговый сборник», «индивидуальный план»: the number stands after the noun, not inside the name.
    head = 2 if len(words) > 1 and words[0].casefold().endswith(("ый", "ий", "ая", "ое", "ой")) else 1
    number = document.number if document.number else f"проект {document.key}"
    pieces = [*words[:head], number, *words[head:]]
    stem = "_".join(piece for piece in map(_safe, pieces) if piece) or "Документ"
    stem = stem[:1].upper() + stem[1:]
    if stem.split(".")[0].casefold() in _RESERVED:
        stem = f"_{stem}"
    return stem[:_LONGEST].rstrip("._-")


def _safe(text: str) -> str:
    # Marks that turn the direction of writing hide an ending (docx.exe): control and format characters go.
    plain = unicodedata.normalize("NFC", text)
    seen = "".join(letter for letter in plain if not unicodedata.category(letter).startswith("C"))
    return re.sub(r"_+", "_", re.sub(r"-+", "-", re.sub(r"[^\w.\-]+", _joint, seen))).strip("._-")


def _joint(found: re.Match[str]) -> str:
    return "_" if found.group().isspace() else "-"
