"""Protocols that look and never change anything."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sheets_sync.domain.form_changes import StandingQuestion
from sheets_sync.domain.responses import Response
from sheets_sync.domain.tables import Workbook


@dataclass(frozen=True, slots=True)
class FormAddress:
    """Where a form lives and which of its questions feeds which field.

    Shape: `questions` maps the service's question ids to field ids.
    """

    form: str
    form_id: str
    questions: Mapping[str, str]
    uri: str = ""


class WorkbookReader(Protocol):
    """Reads the master spreadsheet."""

    def read(self) -> Workbook:
        """Read everything the rules need in one consistent look.

        Raises:
            HeaderMissingError, HeaderDuplicateError, SheetMissingError: staff changed the layout.
            RemoteError, TryLaterError: the service did not answer.
        """
        ...


class FormReader(Protocol):
    """Reads responses."""

    def read_responses(self, address: FormAddress, since: datetime | None) -> Sequence[Response]:
        """Read the responses submitted at `since` or later (all when None), every page."""
        ...

    def read_questions(self, address: FormAddress) -> Sequence[StandingQuestion]:
        """Read the questions of the form as it stands, in their order."""
        ...


class DocumentReader(Protocol):
    """Looks at documents."""

    def revision(self, document: str) -> str | None:
        """Return the document's revision, None when it is gone or in the bin."""
        ...

    def changed(self) -> Mapping[str, str]:
        """Return when every document of the program last changed, by its id, those in the bin left out.

        Shape: the service's own words for the moment, only to be compared with earlier ones.
        """
        ...

    def text(self, document: str) -> str | None:
        """Return a digest of all text of a document, None when it is gone."""
        ...


@dataclass(frozen=True, slots=True)
class PlacedText:
    """A text somewhere in the spreadsheet.

    Shape: `place` says in Russian where it stands; `sheet`, `key` and `column` are the declared sheet, the
    key of the row and the declared column, "" where there is none; `note` tells a cell's note from its value.
    """

    place: str
    text: str
    sheet: str = ""
    key: str = ""
    column: str = ""
    note: bool = False


@dataclass(frozen=True, slots=True)
class PlacedDocument:
    """A document with all its text; `binned` says that it lies in the bin, `staged` in the bot's folder."""

    document: str
    title: str
    text: str
    binned: bool = False
    staged: bool = False
    address: str = ""


class TraceReader(Protocol):
    """Reads every text that the school's files at the service hold; slow, for whoever looks for a person."""

    def texts(self) -> Sequence[PlacedText]:
        """Return every cell and note of the spreadsheet, and every name, filter, rule and mark in it."""
        ...

    def papers(self) -> Sequence[PlacedDocument]:
        """Return every document that the account sees, those in the bin too."""
        ...


class DocumentExporter(Protocol):
    """Renders documents as files."""

    def export(self, document: str, mime_type: str) -> bytes:
        """Return a document in another format.

        Raises:
            ExportTooLargeError: the service refuses files of this size.
            UnsupportedError: it does not make this format here.
        """
        ...
