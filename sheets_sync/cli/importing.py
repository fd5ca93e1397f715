"""`sheets-sync import`: the school's list of people, or answers gathered on paper or on another form host."""

from datetime import date
from pathlib import Path

import click

from sheets_sync.cli.invocation import current
from sheets_sync.cli.options import as_of_option, json_option

ROSTER = "roster"


@click.command("import", short_help="Загрузить списки школы или ответы из файла (XLSX, CSV).")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--as",
    "kind",
    required=True,
    metavar="roster|ФОРМА",
    help="roster — списки школы; иначе имя формы: application, networking, meeting, diagnostic, event.",
)
@click.option(
    "--skip-bad-rows", is_flag=True, help="Списки: принять остальное, а нечитаемые строки пропустить."
)
@click.option(
    "--accept-losses", is_flag=True, help="Списки: согласиться, что многих людей в новом файле нет."
)
@as_of_option
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    file: Path,
    kind: str,
    skip_bad_rows: bool,
    accept_losses: bool,
    as_of: date | None,
    as_json: bool,
) -> None:
    """Загрузить списки школы из электронного журнала или ответы, собранные на бумаге или другим сервисом.

    Списки остаются в папке настроек на этом компьютере. Ответы идут тем же путём, что и ответы форм: одну
    строку программа примет один раз, непонятое будет ждать в «Вопросах к данным».
    """
    invocation = current(ctx)
    with invocation.school() as school:
        day = as_of or invocation.today(school.settings.school.time_zone)
        if kind == ROSTER:
            found = school.import_list(file, day, skip_bad=skip_bad_rows, accept_losses=accept_losses)
        else:
            found = school.import_answers(file, kind, day)
    invocation.screen.tell(found, as_json=as_json)
