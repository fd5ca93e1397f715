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


class DocumentExporter(Protocol):
    """Renders documents as files."""

    def export(self, document: str, mime_type: str) -> bytes:
        """Return a document in another format.

        Raises:
            ExportTooLargeError: the service refuses files of this size.
            UnsupportedError: it does not make this format here.
        """
        ...
