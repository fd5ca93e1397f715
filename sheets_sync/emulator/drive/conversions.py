"""Which uploads become which Workspace files, and the name that such a file gets."""

from __future__ import annotations

from collections.abc import Mapping

from sheets_sync.emulator.filetable import DOCUMENT, SPREADSHEET

_OOXML = "application/vnd.openxmlformats-officedocument."
TARGETS = {
    "text/csv": SPREADSHEET,
    "text/tab-separated-values": SPREADSHEET,
    f"{_OOXML}spreadsheetml.sheet": SPREADSHEET,
    "text/plain": DOCUMENT,
    "text/html": DOCUMENT,
    f"{_OOXML}wordprocessingml.document": DOCUMENT,
}
"""What an upload of a type becomes when nothing else is asked."""
_ENDINGS = {
    "text/csv": (".csv",),
    "text/tab-separated-values": (".tsv", ".tab"),
    f"{_OOXML}spreadsheetml.sheet": (".xlsx",),
    "text/plain": (".txt", ".csv"),
    "text/html": (".html", ".htm"),
    f"{_OOXML}wordprocessingml.document": (".docx",),
}


def converted_name(name: str, media_type: str) -> str:
    """Give the name of a Workspace file made of an upload: without the ending that told the upload's type.

    Source: ezsheets' live tests ("my_spreadsheet.xlsx" becomes the spreadsheet "my_spreadsheet"); that it is
    so for every type is assumed.
    """
    for ending in _ENDINGS.get(media_type.partition(";")[0].strip().lower(), ()):
        if name.lower().endswith(ending) and len(name) > len(ending):
            return name[: -len(ending)]
    return name


def import_formats() -> dict[str, list[str]]:
    """List what an upload of a type may become, as about.get shows it."""
    found = {source: [target] for source, target in TARGETS.items()}
    found["text/plain"] = [DOCUMENT, SPREADSHEET]
    return found


_ODF = "application/vnd.oasis.opendocument."
ALIASES = {f"{_ODF}spreadsheet": "application/x-vnd.oasis.opendocument.spreadsheet"}
"""Another name of an export format: the guide's table has one, about.get another."""
UNSERVED_EXPORTS: Mapping[str, frozenset[str]] = {
    DOCUMENT: frozenset({f"{_ODF}text", "application/rtf", "application/epub+zip", "text/markdown"}),
    SPREADSHEET: frozenset({f"{_ODF}spreadsheet"}),
}
"""Formats of Drive's table of export formats, of which a service here may make some."""
UNSERVED_IMPORTS: Mapping[str, frozenset[str]] = {
    DOCUMENT: frozenset(
        {
            *(f"{_ODF}text", "application/rtf", "text/rtf", "text/markdown", "application/msword"),
            *("application/pdf", "image/jpeg", "image/png", "image/gif", "image/bmp"),
        }
    ),
    SPREADSHEET: frozenset(
        {
            *(f"{_ODF}spreadsheet", "application/x-vnd.oasis.opendocument.spreadsheet"),
            "application/vnd.ms-excel",
        }
    ),
}
"""Formats that Google imports (about.get: importFormats), of which a service here may read some."""


def unserved(mime_type: str, media_type: str, named: Mapping[str, frozenset[str]]) -> bool:
    """Tell whether Google converts between a Workspace type and another type, e.g. by UNSERVED_EXPORTS."""
    return media_type.partition(";")[0].strip().lower() in named.get(mime_type, frozenset())
