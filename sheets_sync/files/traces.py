"""Files of the school's folder in which a person may be named, as texts."""

import re
from collections.abc import Iterator
from pathlib import Path
from zipfile import BadZipFile, ZipFile

_PLAIN = frozenset({".csv", ".eml", ".htm", ".html", ".json", ".md", ".tsv", ".txt", ".yaml", ".yml"})
_ZIPPED = frozenset({".docx", ".xlsx", ".xlsm"})
_UNREAD = frozenset({".pdf", ".doc", ".xls", ".odt", ".ods", ".zip", ".jpg", ".jpeg", ".png"})
_LARGEST = 20_000_000
_ENDS = re.compile(r"</(?:w:p|a:p|si|t|is)>")
_TAG = re.compile(r"<[^>]*>")


def texts_of_folder(folder: Path, known: Path) -> Iterator[tuple[str, str]]:
    """Yield name and text of every readable file below a folder, `known` and hidden ones left out.

    Shape: names are relative to the folder; of DOCX and XLSX the words alone.
    """
    for path in _files(folder, known):
        ending = path.suffix.casefold()
        if ending in _PLAIN:
            yield _name(path, folder), path.read_bytes().decode("utf-8", "replace")
        elif ending in _ZIPPED:
            yield _name(path, folder), _words(path)


def unread_of_folder(folder: Path, known: Path) -> list[str]:
    """Return the names of the files that may hold words and cannot be searched."""
    return [_name(path, folder) for path in _files(folder, known) if path.suffix.casefold() in _UNREAD]


def _files(folder: Path, known: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden and path != known and path.stat().st_size <= _LARGEST:
            yield path


def _name(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()


def _words(path: Path) -> str:
    try:
        with ZipFile(path) as archive:
            parts = [
                archive.read(name).decode("utf-8", "replace")
                for name in archive.namelist()
                if name.endswith(".xml")
            ]
    except (BadZipFile, OSError):
        return ""
    return "\n".join(_TAG.sub("", _ENDS.sub("\n", part)) for part in parts)
