"""`sheets-sync registry`: the register of personalised accounting as of a date, as a file."""

from datetime import date
from pathlib import Path

import click

from sheets_sync.cli.invocation import current
from sheets_sync.cli.options import as_of_option, json_option


@click.command("registry", short_help="Реестр персонифицированного учёта на дату, файлом.")
@click.option(
    "--to",
    "file",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="ФАЙЛ.xlsx",
    help="Куда положить таблицу: .xlsx или .csv.",
)
@as_of_option
@json_option
@click.pass_context
def command(ctx: click.Context, file: Path, as_of: date | None, as_json: bool) -> None:
    """Записать реестр персонифицированного учёта (пункт 21): кто вошёл приказом, когда и почему вышел.

    С --as-of — каким он был на ту дату. Без действующего согласия человек стоит в реестре только кодом.
    """
    if file.suffix.casefold() not in {".xlsx", ".csv"}:
        raise click.BadParameter("имя файла должно кончаться на .xlsx или .csv", ctx, param_hint="--to")
    invocation = current(ctx)
    with invocation.school() as school:
        day = as_of or invocation.today(school.settings.school.time_zone)
        told = school.write_register(file, day)
    if as_json:
        invocation.screen.json(told.to_json())
        return
    invocation.screen.lines(told.lines())
