"""What the commands of one call share: the global options, the screen, the school they open."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

import click

from sheets_sync.cli.render import Screen, Told
from sheets_sync.domain.checkup import Check
from sheets_sync.domain.documents.notices import Letter
from sheets_sync.domain.exports import FileFormat, ListedDocument
from sheets_sync.domain.indicators.explanation import Explanation
from sheets_sync.domain.public_report import PublicReport
from sheets_sync.domain.run_report import RunReport
from sheets_sync.domain.schedules.due import NOTHING_BEFORE, RunsBefore
from sheets_sync.domain.standing import Standing
from sheets_sync.settings import Settings

if TYPE_CHECKING:
    from sheets_sync.workflows.public import FederalTables


class PairQuestions(Protocol):
    """Answers about the pairs of a night."""

    def explain(self, typed: str, instead: str = "") -> Told:
        """Say why a pair is what it is."""
        ...

    def with_capacity(self, typed: str, more: int) -> Told:
        """Say what changes when a mentor takes more or fewer."""
        ...

    def without(self, typed: str) -> Told:
        """Say what changes when a mentor leaves."""
        ...

    def forbidden(self, one: str, other: str) -> Told:
        """Say what changes when two people must not be paired."""
        ...

    def paired(self, one: str, other: str) -> Told:
        """Say what changes when two people are fixed."""
        ...

    def since_last_night(self) -> Told:
        """Say what changed since the last night."""
        ...


class Status(Protocol):
    """How things stand."""

    @property
    def standing(self) -> Standing:
        """What is told to a person."""
        ...

    def to_json(self) -> dict[str, object]:
        """Return it with the numbers of the run as JSON values."""
        ...


class NightPlan(Protocol):
    """What a run would do."""

    @property
    def report(self) -> RunReport:
        """The numbers as they would stand after the run."""
        ...

    @property
    def digest(self) -> str:
        """A fingerprint: equal plans, equal digests."""
        ...

    def lines(self) -> list[str]:
        """Return every change in Russian, one a line."""
        ...


class School(Protocol):
    """One school with its way to the services, opened for one command."""

    @property
    def settings(self) -> Settings:
        """The settings it was opened with."""
        ...

    def initialise(self) -> Told:
        """Create what is missing: forms, spreadsheet, templates, folders."""
        ...

    def plan(self, job: str, as_of: date, *, before: RunsBefore = NOTHING_BEFORE) -> NightPlan:
        """Read and decide, and change nothing."""
        ...

    def run(
        self, job: str, as_of: date, *, accept_losses: bool = False, before: RunsBefore = NOTHING_BEFORE
    ) -> RunReport:
        """Read, decide and carry out; `before` is what went wrong with the runs since the last good one."""
        ...

    def import_list(
        self, file: Path, day: date, *, skip_bad: bool = False, accept_losses: bool = False
    ) -> Told:
        """Keep the school's list of a file."""
        ...

    def write_register(self, file: Path, as_of: date) -> Told:
        """Write the register of personalised accounting."""
        ...

    def print_badges(self, file: Path, as_of: date) -> Told:
        """Write badges and slips as a page to print."""
        ...

    def import_answers(self, file: Path, form: str, day: date) -> Told:
        """Take the answers of a file."""
        ...

    def checks(self, account: str = "") -> Iterator[Check]:
        """Return what can be looked at without changing anything."""
        ...

    def status(self, as_of: date) -> Status:
        """Look at what the last run left."""
        ...

    def register_roadmap(self, year: int, file: str, as_of: date) -> bool:
        """Add a drafted roadmap to the register of documents."""
        ...

    def pairs(self, as_of: date) -> PairQuestions:
        """Decide the pairs of a date and answer about them, without writing."""
        ...

    def notices(self, as_of: date, folder: Path | None = None) -> tuple[Letter, ...]:
        """Draft the letters to the people of the pairs; a folder takes them as files."""
        ...

    def explain(self, name: str, as_of: date) -> Explanation:
        """Tell what stands behind an indicator or a measure."""
        ...

    def public_report(self, as_of: date) -> PublicReport:
        """Gather what may be shown to people without access."""
        ...

    def federal(self, as_of: date) -> "FederalTables":
        """Fill the statistical form."""
        ...

    def documents(self) -> tuple[ListedDocument, ...]:
        """Return the register of documents."""
        ...

    def export_document(
        self,
        document: ListedDocument,
        target: Path,
        file_format: FileFormat,
        *,
        replace: bool,
        named_on: date | None = None,
    ) -> Told:
        """Write one document to a file or into a folder, with names in place of codes when told so."""
        ...

    def export_documents(
        self,
        documents: Sequence[ListedDocument],
        folder: Path,
        file_format: FileFormat,
        *,
        replace: bool,
        named_on: date | None = None,
        progress: Callable[[str, int, int], None],
    ) -> Told:
        """Write documents into a folder."""
        ...


class OpenSchool(Protocol):
    """Opens a school for one command."""

    def __call__(
        self,
        config: Path | None,
        workspace: str | None,
        credentials: Path | None,
        *,
        environ: Mapping[str, str],
        making: bool,
    ) -> AbstractContextManager[School]:
        """Open it; `making` asks for the right to create forms."""
        ...


def _from_bootstrap(
    config: Path | None,
    workspace: str | None,
    credentials: Path | None,
    *,
    environ: Mapping[str, str],
    making: bool,
) -> AbstractContextManager[School]:
    from sheets_sync.bootstrap import (
        open_school,
    )  # brings the Google libraries with it: not before it is needed

    return open_school(config, workspace, credentials, environ=environ, making=making)


@dataclass(frozen=True)
class Invocation:
    """One call of the program.

    Shape: `now` gives the moment in UTC; `environ` is the process's environment; both are arguments so that
    everything below is told the time and never asks for it.
    """

    config: Path | None = None
    workspace: str | None = None
    credentials: Path | None = None
    verbose: bool = False
    quiet: bool = False
    no_color: bool = False
    environ: Mapping[str, str] = field(default_factory=dict)
    here: Path = field(default_factory=Path)
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    opener: OpenSchool = _from_bootstrap

    def school(self, *, making: bool = False) -> AbstractContextManager[School]:
        """Open the school that the options name; `making` asks for the right to create forms."""
        return self.opener(self.config, self.workspace, self.credentials, environ=self.environ, making=making)

    def today(self, time_zone: str) -> date:
        """Return the date that the clock shows in a time zone."""
        return self.now().astimezone(ZoneInfo(time_zone)).date()

    @property
    def screen(self) -> Screen:
        """Return where this call tells its result."""
        return Screen(quiet=self.quiet, color=not (self.no_color or self.environ.get("NO_COLOR")))


def current(ctx: click.Context) -> Invocation:
    """Return the invocation of a context, a plain one where nobody made any."""
    root = ctx.find_root()
    if not isinstance(root.obj, Invocation):
        root.obj = Invocation()
    return root.obj


def change(ctx: click.Context, **options: object) -> None:
    """Set global options of the invocation."""
    ctx.find_root().obj = replace(current(ctx), **options)  # type: ignore[arg-type]  # names come from options
