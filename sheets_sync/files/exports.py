"""Documents as files: read from the service one by one, written whole or not at all."""

import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sheets_sync.domain.exports import FileFormat, ListedDocument, file_names
from sheets_sync.errors import ExportFileError, FileStandsError
from sheets_sync.ports.read import DocumentExporter


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was exported.

    Shape: `written` maps a document's code to its file; `stood` likewise for files that stood there already
    and were left alone; `without_file` are the codes (or kinds) of documents without a file or no longer
    needed.
    """

    written: Mapping[str, Path]
    stood: Mapping[str, Path]
    without_file: tuple[str, ...] = ()

    def lines(self) -> list[str]:
        """Tell the result in Russian, one file a line."""
        found = [f"{key}: {path}" for key, path in self.written.items()]
        found += [f"{key}: {path.name} уже есть и не тронут" for key, path in self.stood.items()]
        if self.without_file:
            found.append(
                f"Не выгружены (бумажные, удалённые, больше не нужные): {', '.join(self.without_file)}"
            )
        if self.stood:
            found.append("Заменить то, что уже есть: повторите с --replace")
        return found

    def to_json(self) -> dict[str, object]:
        """Return the same as JSON values."""
        return {
            "written": {key: str(path) for key, path in self.written.items()},
            "stood": {key: str(path) for key, path in self.stood.items()},
            "without_file": list(self.without_file),
        }


def export_one(
    document: ListedDocument,
    target: Path,
    file_format: FileFormat,
    exporter: DocumentExporter,
    *,
    replace: bool,
) -> ExportReport:
    """Write one document to a file, or into a folder under its own name.

    Raises:
        FileStandsError: a file of that name stands there and `replace` was not asked for.
        ExportFileError: the file cannot be written.
    """
    path = target / file_names([document], file_format)[document.key] if target.is_dir() else target
    if path.exists() and not replace:
        raise FileStandsError(f"Файл {path.name} уже есть")
    _write(path, exporter.export(document.document, file_format.mime_type))
    return ExportReport({document.key: path}, {})


def export_all(
    documents: Sequence[ListedDocument],
    folder: Path,
    file_format: FileFormat,
    exporter: DocumentExporter,
    *,
    replace: bool,
    progress: Callable[[str, int, int], None],
) -> ExportReport:
    """Write documents into a folder; a file that stands there already is left alone unless `replace`.

    Raises:
        ExportFileError: the folder or a file cannot be written.
    """
    present = [one for one in documents if one.is_wanted]
    names = file_names(present, file_format)
    written, stood = {}, {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportFileError(f"Папка {folder.name} не создана: {error.strerror}") from error
    for number, document in enumerate(present, 1):
        path = folder / names[document.key]
        progress(path.name, number, len(present))
        if path.exists() and not replace:
            stood[document.key] = path
            continue
        _write(path, exporter.export(document.document, file_format.mime_type))
        written[document.key] = path
    absent = tuple(one.key or one.kind for one in documents if not one.is_wanted)
    return ExportReport(written, stood, absent)


def _write(path: Path, data: bytes) -> None:
    # Written beside and put in place at once: whoever opens the file sees all of it or the one before.
    beside = ""
    try:
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".export-")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(beside).replace(path)
    except OSError as error:
        with suppress(OSError):
            Path(beside).unlink()
        raise ExportFileError(f"Файл {path.name} не записан: {error.strerror}") from error
