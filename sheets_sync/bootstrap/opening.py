"""Open a school where its files are: on Google, on a served workspace or on its own database."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sheets_sync import errors
from sheets_sync.bootstrap.school import School
from sheets_sync.demo import DemoReport, play
from sheets_sync.demo.stage import Clock as DemoClock
from sheets_sync.domain.run_report import RunReport
from sheets_sync.emulator.core import Emulator
from sheets_sync.emulator.inprocess import EmulatorAdapter, EmulatorHttp
from sheets_sync.emulator.store import WorkspaceDamagedError, WorkspaceLockedError, WorkspaceVersionError
from sheets_sync.google.auth import INIT_SCOPES, RUN_SCOPES, load_credentials
from sheets_sync.google.channel import Clock
from sheets_sync.google.connections import embedded, live, served
from sheets_sync.settings import (
    WORKSPACE_FILE,
    Settings,
    find_config,
    load_settings,
)


def utc_now() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC)


@contextmanager
def open_school(
    config: Path | None = None,
    workspace: str | None = None,
    credentials: Path | None = None,
    *,
    environ: Mapping[str, str] | None = None,
    making: bool = False,
    now: Callable[[], datetime] = utc_now,
    clock: Clock | None = None,
) -> Iterator[School]:
    """Open a school on Google (with credentials), on a served workspace (a URL) or on its own database.

    `workspace` is a URL or the folder that holds the database; `making` makes the folder.

    Raises:
        NotInitialisedError: the folder is not there.
        SettingsError: config/ or jobs/ have problems.
        CredentialsError: the key is unusable.
        WorkspaceLockedError: another program holds the database.
        WorkspaceFileError: the database is foreign, damaged or from a newer program.
    """
    settings = load_settings(find_config(config, Path()), environ)
    if credentials is not None:
        signed_in = load_credentials(credentials, INIT_SCOPES if making else RUN_SCOPES)
        with closing(live(signed_in, clock)) as channel:
            yield School(settings, channel, now)
        return
    if workspace is not None and workspace.startswith(("http://", "https://")):
        with closing(served(workspace, clock)) as channel:
            yield School(settings, channel, now, workspace.rstrip("/"))
        return
    folder = Path(workspace) if workspace else settings.school_directory
    if making:
        folder.mkdir(parents=True, exist_ok=True)
    elif not folder.is_dir():
        raise errors.NotInitialisedError(f"Папки рабочего места нет: {folder}")
    database = folder / WORKSPACE_FILE
    try:
        emulator = Emulator(database, clock=now)
    except WorkspaceLockedError as exc:
        raise errors.WorkspaceLockedError(f"База {database.name} занята другой программой") from exc
    except WorkspaceVersionError as exc:
        hint = "Обновите программу: pip install --upgrade sheets-sync"
        raise errors.WorkspaceFileError(
            f"База {database.name} создана более новой программой", hint=hint
        ) from exc
    except WorkspaceDamagedError as exc:
        raise errors.WorkspaceFileError(f"{database.name} — не база рабочего места или повреждена") from exc
    try:
        yield open_on(emulator, settings, now, clock)
    except WorkspaceLockedError as exc:
        raise errors.WorkspaceLockedError(f"База {database.name} занята другой программой") from exc
    finally:
        emulator.close()


@dataclass
class _PlayedProgram:
    """The product as the demo starts it: every run opens the school anew, on settings read once."""

    emulator: Emulator
    settings: Settings
    clock: DemoClock

    def initialise(self) -> str:
        """Create the school's files and return the spreadsheet's id."""
        school = open_on(self.emulator, self.settings, self.clock)
        made = school.initialise()
        self.settings = school.settings
        return made.spreadsheet

    def night(self, day: date) -> RunReport:
        """Run the nightly job for a date."""
        return open_on(self.emulator, self.settings, self.clock).run("nightly", day)


def play_demo(
    settings: Settings, directory: Path, as_of: date, people: int, seed: int, progress: Callable[..., None]
) -> DemoReport:
    """Play an invented school's year in a workspace of its own in `directory`."""
    clock = DemoClock()
    emulator = Emulator(directory / WORKSPACE_FILE, clock=clock)
    try:
        return play(
            _PlayedProgram(emulator, settings, clock),
            emulator,
            clock,
            classes=settings.school.defaults.classes,
            as_of=as_of,
            people=people,
            seed=seed,
            progress=progress,
        )
    finally:
        emulator.close()


class _Adapter(EmulatorAdapter):
    """The door for gspread; a database that another program holds is said as such and not asked again."""

    def send(self, *args: Any, **kwargs: Any) -> Any:
        """Answer one prepared request."""
        with _named_lock():
            return super().send(*args, **kwargs)


class _Http(EmulatorHttp):
    """The door for google-api-python-client, the same."""

    def request(self, *args: Any, **kwargs: Any) -> Any:
        """Answer one request."""
        with _named_lock():
            return super().request(*args, **kwargs)


@contextmanager
def _named_lock() -> Iterator[None]:
    try:
        yield
    except WorkspaceLockedError as exc:
        raise errors.WorkspaceLockedError(f"База {WORKSPACE_FILE} занята другой программой") from exc


def open_on(
    emulator: Emulator, settings: Settings, now: Callable[[], datetime], clock: Clock | None = None
) -> School:
    """Open a school on a workspace that stands in this process already."""
    channel = embedded(_Adapter(emulator), lambda: _Http(emulator), clock)
    return School(settings, channel, now, emulator.settings.base_url)
