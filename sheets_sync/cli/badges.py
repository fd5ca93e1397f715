"""`sheets-sync badges`: badges of the participants and slips of the pairs, as a page to print."""

from datetime import date
from pathlib import Path

import click

from sheets_sync.cli.invocation import current
from sheets_sync.cli.options import as_of_option, file_to_write, json_option


@click.command("badges", short_help="Бейджи участников и листочки пар, страница для печати.")
@file_to_write(
    "ФАЙЛ.html",
    ".html",
    ".htm",
    holds="Куда положить страницу; она открывается в браузере и печатается на A4.",
)
@as_of_option
@json_option
@click.pass_context
def command(ctx: click.Context, file: Path, as_of: date | None, as_json: bool) -> None:
    """Сделать страницу для печати: бейдж каждому участнику, листочек каждой паре, с кодом и QR своей анкеты.

    Имя печатается только при действующем согласии; у остальных на бейдже код и строка, чтобы вписать имя.
    """
    invocation = current(ctx)
    with invocation.school() as school:
        told = school.print_badges(file, as_of or invocation.today(school.settings.school.time_zone))
    invocation.screen.tell(told, as_json=as_json)
