"""`sheets-sync report`: the year told to people without access to the spreadsheet."""

from datetime import date
from pathlib import Path

import click

from sheets_sync.cli.invocation import School, current
from sheets_sync.cli.options import as_of_option, json_option
from sheets_sync.cli.status import NIGHT

BROWSER_VARIABLE = "SHEETS_SYNC_BROWSER"
_FILE = click.Path(path_type=Path, dir_okay=False)
_ENDINGS = (".csv", ".xlsx")


@click.command("report", short_help="Отчёт без имён для тех, у кого нет доступа к таблице.")
@click.option("--html", type=_FILE, metavar="FILE", help="Записать одну страницу HTML с графиками.")
@click.option("--pdf", type=_FILE, metavar="FILE", help="Напечатать её в PDF (нужен Chromium или Chrome).")
@click.option(
    "--federal", type=_FILE, metavar="FILE", help="Форма ФСН и сводная таблица: FILE.csv или FILE.xlsx."
)
@as_of_option
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    html: Path | None,
    pdf: Path | None,
    federal: Path | None,
    as_of: date | None,
    as_json: bool,
) -> None:
    """Собрать отчёт: охват, дорожная карта, показатели, «до и после». Имён и малых групп в нём нет.

    Форма ФСН и сводная таблица — для отправки в региональный центр: имён нет, но числа полные.
    В таблице школы ничего не меняется.
    """
    invocation = current(ctx)
    if html is None and pdf is None and federal is None:
        raise click.UsageError("Назовите файл: --html FILE, --pdf FILE или --federal FILE")
    if federal is not None and federal.suffix not in _ENDINGS:
        raise click.UsageError(f"--federal пишет {' или '.join(_ENDINGS)}, а не «{federal.name}»")
    with invocation.school() as school:
        day = as_of or invocation.today(school.settings.job(NIGHT).time_zone)
        made = _made(school, day, html, pdf, federal, invocation.environ.get(BROWSER_VARIABLE))
    # What can fail is done by now: the files are written all or none.
    for target, content in made.items():
        _replace(target, content)
    if as_json:
        invocation.screen.json({"as_of": day.isoformat(), "files": [path.as_posix() for path in made]})
        return
    invocation.screen.lines(f"Записано: {path}" for path in made)


def _made(
    school: School, day: date, html: Path | None, pdf: Path | None, federal: Path | None, browser: str | None
) -> dict[Path, bytes]:
    made: dict[Path, bytes] = {}
    if html is not None or pdf is not None:
        from sheets_sync.files.report_page import report_page

        page = report_page(school.public_report(day))
        if html is not None:
            made[html] = page.encode()
        if pdf is not None:
            from sheets_sync.files.pdf import print_page

            made[pdf] = print_page(page, browser)
    if federal is not None:
        from sheets_sync.files.federal_tables import form_csv, form_xlsx

        write = form_csv if federal.suffix == ".csv" else form_xlsx
        counted = school.federal(day)
        made[federal] = write(counted.rows, counted.crossings)
    return made


def _replace(target: Path, content: bytes) -> None:
    draft = target.with_name(f".{target.name}.new")
    draft.write_bytes(content)
    draft.replace(target)
