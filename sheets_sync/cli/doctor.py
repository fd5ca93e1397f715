"""`sheets-sync doctor`: check things in the order in which they are needed, and name the one next step."""

import stat
from collections.abc import Iterator
from pathlib import Path

import click

from sheets_sync.cli.invocation import Invocation, current
from sheets_sync.cli.options import json_option
from sheets_sync.cli.status import NIGHT
from sheets_sync.cli.words import count
from sheets_sync.errors import CredentialsError, NotInitialisedError, SheetsSyncError
from sheets_sync.settings import find_config, load_settings


@click.command("doctor", short_help="Проверить всё по порядку и назвать следующий шаг.")
@json_option
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """Проверить настройки, вход, таблицу и доступ до первой помехи и сказать, что делать."""
    invocation = current(ctx)
    screen = invocation.screen
    passed: list[str] = []
    stopped: SheetsSyncError | None = None
    try:
        for text in _checks(invocation):
            passed.append(text)
            if not as_json:
                screen.good(f"хорошо: {text}")
    except SheetsSyncError as error:
        stopped = error
    if as_json:
        screen.json(
            {
                "ok": stopped is None,
                "passed": passed,
                "problem": stopped.message if stopped else None,
                "next": stopped.next_step if stopped else None,
            }
        )
        ctx.exit(stopped.exit_code if stopped else 0)
    if stopped:
        raise stopped
    screen.lines(["Всё готово: sheets-sync run nightly"])


def _checks(invocation: Invocation) -> Iterator[str]:
    directory = find_config(invocation.config, invocation.here)
    settings = load_settings(directory, invocation.environ)
    forms = count(len(settings.forms), "форма", "формы", "форм")
    measures = count(len(settings.roadmap.measures), "пункт", "пункта", "пунктов")
    yield f"настройки читаются: {directory.as_posix()} ({forms}, {measures} дорожной карты)"
    yield _sign_in(invocation.credentials)
    if settings.spreadsheet_id is None:
        raise NotInitialisedError("Форм и таблицы школы ещё нет")
    yield "таблица школы записана в config/ids.yaml"
    with invocation.school() as school:
        school.status(invocation.today(settings.job(NIGHT).time_zone))
        yield "таблица открывается, листы и колонки на месте"


def _sign_in(key: Path | None) -> str:
    if key is None:
        return "ключа Google нет — работаем на локальном рабочем месте"
    if not key.is_file():
        raise CredentialsError(f"Нет файла ключа {key.name}")
    if key.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise CredentialsError(
            f"Файл ключа {key.name} открыт другим пользователям", hint=f"Закройте его: chmod 600 {key.name}"
        )
    return f"ключ {key.name} на месте и закрыт от других"
