"""`sheets-sync documents notices`: letters to the people of the pairs, as files to send or print."""

from datetime import date
from pathlib import Path

import click

from sheets_sync.cli.invocation import current
from sheets_sync.cli.options import as_of_option, json_option
from sheets_sync.cli.status import NIGHT
from sheets_sync.cli.words import count


@click.command("notices", short_help="Письма людям пар: составить и сохранить, не отправляя.")
@click.option(
    "--to", "folder", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="Папка для писем."
)
@as_of_option
@json_option
@click.pass_context
def notices(ctx: click.Context, folder: Path | None, as_of: date | None, as_json: bool) -> None:
    """Составить письма наставникам, наставляемым и родителям тех пар, которых ещё не уведомили.

    Письма получают только те, чьё согласие действует. Ничего не отправляется и не записывается в таблицу:
    отправив письма, впишите дату в «Пары», колонка «Уведомлены (дата)».
    """
    invocation = current(ctx)
    with invocation.school() as school:
        day = as_of or invocation.today(school.settings.job(NIGHT).time_zone)
        found = school.notices(day, folder)
    if as_json:
        invocation.screen.json({"notices": [letter.to_json() for letter in found]})
        return
    pairs = len({letter.pair for letter in found})
    told = f"Писем: {len(found)}, пар: {pairs}"
    mailless = sum(not letter.to for letter in found)
    lines = [told + (f"; без адреса почты: {mailless}" if mailless else "")]
    if folder is not None and found:
        lines.append(f"Сохранено в {folder}: {count(len(found), 'файл', 'файла', 'файлов')}")
    elif found:
        lines.append("Сохранить письма: sheets-sync documents notices --to ПАПКА")
    invocation.screen.lines(lines)
