"""`sheets-sync registry`: the register of personalised accounting as of a date, as a file."""

from datetime import date
from pathlib import Path

import click

from sheets_sync.cli.invocation import current
from sheets_sync.cli.options import as_of_option, file_to_write, json_option


@click.command("registry", short_help="Реестр персонифицированного учёта на дату, файлом.")
@file_to_write("ФАЙЛ.xlsx", ".xlsx", ".csv", holds="Куда положить таблицу: .xlsx или .csv.")
@as_of_option
@json_option
@click.pass_context
def command(ctx: click.Context, file: Path, as_of: date | None, as_json: bool) -> None:
    """Записать реестр персонифицированного учёта (пункт 21): кто вошёл приказом, когда и почему вышел.

    С --as-of — каким он был на ту дату. Без действующего согласия человек стоит в реестре только кодом.
    """
    invocation = current(ctx)
    with invocation.school() as school:
        told = school.write_register(file, as_of or invocation.today(school.settings.school.time_zone))
    invocation.screen.tell(told, as_json=as_json)
