from pathlib import Path

import pytest

from sheets_sync.domain.exports import FileFormat, ListedDocument
from sheets_sync.errors import ExportFileError, ExportTooLargeError, FileStandsError
from sheets_sync.files.exports import ExportReport, export_all, export_one

ORDER = ListedDocument("Д-081", "приказ о закреплении пар", number="45/2-р", document="a")
PLAN = ListedDocument("Д-092", "индивидуальный план", document="b")
PAPER = ListedDocument("", "протокол педсовета", number="3")


class Service:
    """A service whose files are what was asked for."""

    def __init__(self, breaks_at: str = "") -> None:
        self.breaks_at = breaks_at

    def export(self, document: str, mime_type: str) -> bytes:
        if document == self.breaks_at:
            raise ExportTooLargeError("drive: документ больше 10 МБ")
        return f"{document} {mime_type}".encode()


def whole(folder: Path, *, replace: bool = False, service: Service | None = None) -> ExportReport:
    return export_all(
        [ORDER, PLAN, PAPER],
        folder,
        FileFormat.PDF,
        service or Service(),
        replace=replace,
        progress=lambda *said: None,
    )


def test_f44_a_document_goes_into_the_file_or_the_folder_named(tmp_path: Path) -> None:
    export_one(ORDER, tmp_path / "мой.docx", FileFormat.DOCX, Service(), replace=False)
    export_one(ORDER, tmp_path, FileFormat.PDF, Service(), replace=False)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "Приказ_45-2-р_о_закреплении_пар.pdf",
        "мой.docx",
    ]
    assert (tmp_path / "мой.docx").read_bytes().startswith(b"a application/vnd.openxmlformats")


def test_f44_a_file_that_somebody_may_have_edited_is_not_replaced_unasked(tmp_path: Path) -> None:
    file = tmp_path / "мой.docx"
    file.write_text("правки директора", "utf-8")
    with pytest.raises(FileStandsError):
        export_one(ORDER, file, FileFormat.DOCX, Service(), replace=False)
    assert file.read_text("utf-8") == "правки директора"
    export_one(ORDER, file, FileFormat.DOCX, Service(), replace=True)
    assert file.read_bytes().startswith(b"a ")


def test_f44_a_year_goes_into_a_folder_and_what_stands_there_stays(tmp_path: Path) -> None:
    first = whole(tmp_path / "новая" / "папка")
    assert set(first.written) == {"Д-081", "Д-092"}
    assert first.without_file == ("протокол педсовета",)
    again = whole(tmp_path / "новая" / "папка")
    assert (set(again.written), set(again.stood)) == (set(), {"Д-081", "Д-092"})
    assert set(whole(tmp_path / "новая" / "папка", replace=True).written) == {"Д-081", "Д-092"}


def test_f44_what_the_service_refuses_leaves_no_half_a_file(tmp_path: Path) -> None:
    with pytest.raises(ExportTooLargeError):
        whole(tmp_path, service=Service(breaks_at="b"))
    assert [path.name for path in tmp_path.iterdir()] == ["Приказ_45-2-р_о_закреплении_пар.pdf"]


def test_f44_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "занято").write_text("", "utf-8")
    with pytest.raises(ExportFileError, match="занято"):
        whole(tmp_path / "занято")
    with pytest.raises(ExportFileError, match=r"нет\.docx"):
        export_one(ORDER, tmp_path / "нет папки" / "нет.docx", FileFormat.DOCX, Service(), replace=False)
