"""Options that several commands share."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from sheets_sync.cli.invocation import change


class Day(click.ParamType[date]):
    """A date, ГГГГ-ММ-ДД or ДД.ММ.ГГГГ."""

    name = "ДАТА"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the date, or refuse the value as a usage error."""
        if isinstance(value, date):
            return value
        text = str(value)
        if found := re.fullmatch(r"(\d\d)\.(\d\d)\.(\d{4})", text):
            text = "-".join(reversed(found.groups()))
        try:
            return date.fromisoformat(text)
        except ValueError:
            return self.fail(f"«{value}» — не дата; пример: 2022-10-25", param, ctx)


class Workplace(click.ParamType[str]):
    """A local workspace: the folder of its database, or the address at which it is served."""

    name = "DIR|URL"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the value, or refuse a file as a usage error."""
        text = str(value)
        if not text.startswith(("http://", "https://")) and Path(text).is_file():
            self.fail(f"«{text}» — файл; нужна папка, в которой лежит база", param, ctx)
        return text


def _set(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    # Given again after the command, an option overrides the one before it; not given, it changes nothing.
    if value not in (None, False) and param.name:
        change(ctx, **{param.name: value})


def global_options(*, hidden: bool) -> list[click.Option]:
    """Return the options that every command takes; after a command they are accepted but not listed again."""

    def option(*names: str, **attrs: Any) -> click.Option:
        return click.Option(list(names), expose_value=False, callback=_set, hidden=hidden, **attrs)

    folder = click.Path(path_type=Path, file_okay=False)
    return [
        option(
            "--config",
            type=folder,
            metavar="DIR",
            envvar=None if hidden else "SHEETS_SYNC_CONFIG",
            help="Папка настроек (иначе ./config, а без неё — настройки по умолчанию).",
        ),
        option(
            "--workspace",
            type=Workplace(),
            metavar="DIR|URL",
            envvar=None if hidden else "SHEETS_SYNC_WORKSPACE",
            help="Локальное рабочее место: папка с базой или адрес (с ключом Google не нужно).",
        ),
        option(
            "--credentials",
            type=click.Path(path_type=Path, dir_okay=False),
            metavar="FILE",
            envvar=None if hidden else ["SHEETS_SYNC_CREDENTIALS", "GOOGLE_APPLICATION_CREDENTIALS"],
            help="Ключ сервисного аккаунта или вход пользователя Google.",
        ),
        option("--verbose", "-v", is_flag=True, help="При ошибке программы показать, где она случилась."),
        option("--quiet", "-q", is_flag=True, help="Только ошибки."),
        option("--no-color", is_flag=True, help="Без цвета (как и переменная NO_COLOR)."),
    ]


def as_of_option(function: Callable[..., None]) -> Callable[..., None]:
    """Add `--as-of`: the date on which everything is judged."""
    return click.option("--as-of", type=Day(), default=None, help="На какую дату считать (иначе сегодня).")(
        function
    )


def json_option(function: Callable[..., None]) -> Callable[..., None]:
    """Add `--json`: one object on standard output."""
    return click.option("--json", "as_json", is_flag=True, help="Один объект JSON на стандартный вывод.")(
        function
    )


def file_to_write(metavar: str, *endings: str, holds: str) -> Callable[..., Callable[..., None]]:
    """Add `--to`: the file that a command writes, with one of these endings; `holds` says what it is for."""

    def checked(ctx: click.Context, param: click.Parameter, value: Path) -> Path:
        if value.suffix.casefold() not in endings:
            raise click.BadParameter(f"имя файла должно кончаться на {' или '.join(endings)}", ctx, param)
        return value

    return click.option(
        "--to",
        "file",
        required=True,
        type=click.Path(path_type=Path, dir_okay=False),
        metavar=metavar,
        callback=checked,
        help=holds,
    )
