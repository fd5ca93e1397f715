"""`sheets-sync check`: read every file of config/ and jobs/ and say what is wrong, without any network."""

import click

from sheets_sync.cli.invocation import current
from sheets_sync.cli.options import json_option
from sheets_sync.cli.words import count
from sheets_sync.settings import find_config, load_settings


@click.command("check", short_help="Проверить все файлы config/ и jobs/ разом.")
@json_option
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """Проверить все файлы config/ и jobs/ разом: каждая ошибка с файлом и строкой. Ничего не меняет."""
    invocation = current(ctx)
    directory = find_config(invocation.config, invocation.here)
    settings = load_settings(directory, invocation.environ)
    screen = invocation.screen
    if as_json:
        screen.json(
            {
                "config": directory.as_posix(),
                "forms": list(settings.forms),
                "sheets": len(settings.workbook.sheets),
                "jobs": list(settings.jobs),
                "initialised": settings.spreadsheet_id is not None,
            }
        )
        return
    screen.good(f"Настройки в порядке: {directory.as_posix()}")
    screen.lines(
        [
            f"  формы: {', '.join(form.title for form in settings.forms.values())}",
            f"  таблица: {count(len(settings.workbook.sheets), 'лист', 'листа', 'листов')}",
            f"  задания: {', '.join(settings.jobs)}",
        ]
    )
