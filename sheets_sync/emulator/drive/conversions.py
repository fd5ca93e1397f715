"""Which uploads become which Workspace files, and the name that such a file gets."""

from __future__ import annotations

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
