"""`sheets-sync badges`: badges of the participants and slips of the pairs, as a page to print."""

from datetime import date
from pathlib import Path

import click

from sheets_sync.cli.invocation import current
from sheets_sync.cli.options import as_of_option, json_option


@click.command("badges", short_help="Бейджи участников и листочки пар, страница для печати.")
@click.option(
    "--to",
    "file",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="ФАЙЛ.html",
    help="Куда положить страницу; она открывается в браузере и печатается на A4.",
)
@as_of_option
@json_option
@click.pass_context
def command(ctx: click.Context, file: Path, as_of: date | None, as_json: bool) -> None:
    """Сделать страницу для печати: бейдж каждому участнику, листочек каждой паре, с кодом и QR своей анкеты.

    Имя печатается только при действующем согласии; у остальных на бейдже код и строка, чтобы вписать имя.
    """
    if file.suffix.casefold() not in {".html", ".htm"}:
        raise click.BadParameter("имя файла должно кончаться на .html", ctx, param_hint="--to")
    invocation = current(ctx)
    with invocation.school() as school:
        day = as_of or invocation.today(school.settings.school.time_zone)
        told = school.print_badges(file, day)
    if as_json:
        invocation.screen.json(told.to_json())
        return
    invocation.screen.lines(told.lines())
