"""Protocols that change something; only the modules named in DESIGN may import this one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from sheets_sync.domain.documents.templates import TemplateSpec
from sheets_sync.domain.forms import FormSpec
from sheets_sync.domain.plan import CreateDocument, MoveDocument, SheetChange, StampDocument
from sheets_sync.ports.read import FormAddress, WorkbookReader


@dataclass(frozen=True, slots=True)
class CreatedDocument:
    """A document that was just made."""

    document: str
    url: str
    revision: str


@dataclass(frozen=True, slots=True)
class MadeTemplate:
    """A template that was just made; `numbered` says whether its pages bear their numbers."""

    document: str
    numbered: bool


@dataclass(frozen=True, slots=True)
class StampedDocument:
    """A registered document that bears its number; `text` is the digest of its text, "" when it is gone."""

    revision: str
    text: str


@dataclass(frozen=True, slots=True)
class StagedDocument:
    """A document in the bot's folder; `made` is aware."""

    document: str
    made: datetime


class WorkbookWriter(WorkbookReader, Protocol):
    """Commits changes to the master spreadsheet."""

    def commit(self, changes: Sequence[SheetChange], *, as_of: date) -> int:
        """Apply all changes at once or none; return the new generation.

        The changes address rows as the last `read` saw them; cells that fell on a row which staff moved in
        between are put right before this returns.

        Raises:
            AnotherRunError: another run committed since the last read; nothing of ours was applied.
            UnknownOutcomeError: the service stopped answering and it could not be found out.
            RemoteError, TryLaterError: nothing was applied.
        """
        ...


class DocumentWriter(Protocol):
    """Makes documents."""

    def check(self, orders: Sequence[CreateDocument]) -> None:
        """Look at every template that the orders need, before anything is copied.

        Raises:
            TemplateError: a template is missing, lacks a field or a table, or has a field nobody fills.
        """
        ...

    def create(self, order: CreateDocument) -> CreatedDocument:
        """Copy the template into the bot's folder and fill it.

        Raises:
            TemplateError: the template changed since it was looked at.
        """
        ...

    def stamp(self, order: StampDocument) -> StampedDocument:
        """Fill the blanks of a registered document and say how it stands then.

        What a person wrote into a blank stays, so doing it twice changes nothing.
        """
        ...

    def move(self, order: MoveDocument) -> None:
        """Bring a document to the school's folder; doing it twice changes nothing."""
        ...

    def discard(self, document: str) -> None:
        """Put a draft into the bin; doing it twice changes nothing."""
        ...

    def destroy(self, document: str) -> None:
        """Remove a document for good; doing it twice changes nothing.

        Where the account may not, it goes into the bin.
        """
        ...

    def staged(self) -> Sequence[StagedDocument]:
        """List what lies in the bot's folder."""
        ...


class FormWriter(Protocol):
    """Makes forms."""

    def create(self, spec: FormSpec) -> FormAddress:
        """Make a form, publish it and let it accept responses."""
        ...


class FolderWriter(Protocol):
    """Makes folders and puts files into them."""

    def create_folder(self, name: str, parent: str | None) -> str:
        """Make a folder and return its id."""
        ...

    def put(self, document: str, folder: str) -> None:
        """Put a file that lies nowhere else into a folder; it may lie there already."""
        ...


class TemplateWriter(Protocol):
    """Makes document templates."""

    def create_template(self, spec: TemplateSpec) -> MadeTemplate:
        """Make a template document."""
        ...

    def is_numbered(self, document: str) -> bool:
        """Whether the pages of a document bear their numbers."""
        ...
