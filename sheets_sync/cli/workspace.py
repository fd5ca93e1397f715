"""`sheets-sync workspace`: the whole local workspace as one file, out and in."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sheets_sync.cli.invocation import Invocation, current
from sheets_sync.cli.words import count
from sheets_sync.errors import WorkspaceFileError, WorkspaceLockedError, WorkspaceNotEmptyError
from sheets_sync.settings import WORKSPACE_FILE, find_config

if TYPE_CHECKING:
    from sheets_sync.emulator.archive import Carried
    from sheets_sync.emulator.core import Emulator

_KINDS = {
    "application/vnd.google-apps.spreadsheet": ("таблица", "таблицы", "таблиц"),
    "application/vnd.google-apps.form": ("форма", "формы", "форм"),
    "application/vnd.google-apps.document": ("документ", "документа", "документов"),
    "application/vnd.google-apps.folder": ("папка", "папки", "папок"),
}
_OTHERS = ("другой файл", "других файла", "других файлов")


@click.group("workspace", short_help="Сохранить рабочее место в один файл или восстановить.")
def command() -> None:
    """Локальное рабочее место целиком: таблицы, формы с ответами, документы, папки."""


@command.command("export", short_help="Сохранить рабочее место в один файл.")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--dir", "directory", type=click.Path(path_type=Path, file_okay=False), help="Папка с базой.")
@click.pass_context
def export(ctx: click.Context, file: Path, directory: Path | None) -> None:
    """Сохранить рабочее место в FILE — с номерами, ответами и корзиной. Останавливать его не нужно.

    В файле персональные данные: храните его как сам журнал. Папку config/ скопируйте рядом.
    """
    from sheets_sync.emulator.archive import export_workspace

    invocation = current(ctx)
    database = _database(invocation, directory)
    if not database.exists():
        raise WorkspaceFileError(f"Нет базы {database.name}", hint="Укажите папку с базой: --dir ПАПКА")
    try:
        with opened(database) as emulator:
            carried = export_workspace(emulator.store, file, invocation.now())
    except FileExistsError as error:
        raise WorkspaceNotEmptyError(
            f"Файл {file.name} уже есть", hint="Назовите файл иначе или уберите прежний"
        ) from error
    except OSError as error:
        raise WorkspaceFileError(
            f"Файл {file.name} не записан: {_reason(error)}", hint="Проверьте папку, права и место на диске"
        ) from error
    invocation.screen.lines([f"Сохранено в {file}: {_told(carried)}"])


@command.command("import", short_help="Восстановить рабочее место из файла.")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--dir", "directory", type=click.Path(path_type=Path, file_okay=False), help="Папка с базой.")
@click.option("--replace", is_flag=True, help="Заменить всё, что есть на рабочем месте.")
@click.pass_context
def import_file(ctx: click.Context, file: Path, directory: Path | None, replace: bool) -> None:
    """Восстановить рабочее место из FILE, целиком или никак. Непустое заменяется только с --replace."""
    from sheets_sync.emulator import services
    from sheets_sync.emulator.archive import WorkspaceNotEmptyError as NotEmpty
    from sheets_sync.emulator.archive import import_workspace

    invocation = current(ctx)
    database = _database(invocation, directory)
    database.parent.mkdir(parents=True, exist_ok=True)
    try:
        with opened(database) as emulator, named(file):
            carried = import_workspace(emulator.store, file, services.SCHEMA, replace=replace)
    except NotEmpty as error:
        raise WorkspaceNotEmptyError("На рабочем месте уже есть файлы") from error
    invocation.screen.lines([f"Восстановлено из {file} от {carried.made:%d.%m.%Y}: {_told(carried)}"])


@contextmanager
def opened(database: Path, **options: Any) -> "Iterator[Emulator]":
    """Open a workspace's database for one command; what goes wrong with it is said as an error of ours.

    Raises:
        WorkspaceLockedError: another program holds the database.
        WorkspaceFileError: the database is foreign, damaged or from a newer program.
    """
    from sheets_sync.emulator.core import Emulator

    with named(database):
        emulator = Emulator(database, **options)
    try:
        with named(database):
            yield emulator
    finally:
        emulator.close()


@contextmanager
def named(file: Path) -> Iterator[None]:
    """Say what the workspace says of a file in the program's own errors."""
    from sheets_sync.emulator.store import WorkspaceDamagedError, WorkspaceVersionError
    from sheets_sync.emulator.store import WorkspaceLockedError as DatabaseLocked

    try:
        yield
    except DatabaseLocked as error:
        raise WorkspaceLockedError(f"База {file.name} занята другой программой") from error
    except WorkspaceVersionError as error:
        raise WorkspaceFileError(
            f"{file.name}: создано более новой программой", hint="Обновите программу и повторите"
        ) from error
    except WorkspaceDamagedError as error:
        raise WorkspaceFileError(f"{file.name}: это не рабочее место, или файл повреждён") from error


def _database(invocation: Invocation, directory: Path | None) -> Path:
    asked = invocation.workspace
    if directory is None and asked is not None:
        if asked.startswith(("http://", "https://")):
            raise click.UsageError("Рабочее место по сети не переносится: укажите папку с базой, --dir ПАПКА")
        return Path(asked) / WORKSPACE_FILE if Path(asked).is_dir() else Path(asked)
    place = directory or find_config(invocation.config, invocation.here).resolve().parent
    return place / WORKSPACE_FILE


def _told(carried: "Carried") -> str:
    others = sum(number for kind, number in carried.files.items() if kind not in _KINDS)
    told = [count(carried.files[kind], *words) for kind, words in _KINDS.items() if kind in carried.files]
    told += [count(others, *_OTHERS)] if others else []
    return ", ".join([*told, count(carried.responses, "ответ", "ответа", "ответов")])


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__
