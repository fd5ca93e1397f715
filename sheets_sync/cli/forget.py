"""`sheets-sync forget`: where a participant's data are, and their destruction."""

from datetime import date

import click

from sheets_sync.cli.invocation import current
from sheets_sync.cli.options import Day, as_of_option, json_option
from sheets_sync.domain.codes import CodeKind, read_code
from sheets_sync.domain.forgetting.grounds import GROUNDS
from sheets_sync.errors import UnknownNameError


@click.command("forget", short_help="Уничтожить данные участника: список, затем --yes.")
@click.argument("person", metavar="КОД")
@click.option("--yes", "write", is_flag=True, help="Уничтожить; без этого только показать, где что есть.")
@click.option("--dry-run", is_flag=True, help="Только показать (и без этого ключа то же).")
@click.option(
    "--ground",
    type=click.Choice(list(GROUNDS)),
    default="отзыв",
    show_default=True,
    help="Причина для акта: отзыв согласия, требование прекратить обработку, цель достигнута.",
)
@click.option(
    "--asked-on",
    type=Day(),
    default=None,
    help="Когда получено заявление (иначе «Отозвано» из «Согласий»): от него считается срок.",
)
@as_of_option
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    person: str,
    write: bool,
    dry_run: bool,
    ground: str,
    asked_on: date | None,
    as_of: date | None,
    as_json: bool,
) -> None:
    """Показать, где есть данные участника с КОДОМ, а с --yes — уничтожить их и составить акт.

    Имя здесь не пишут: строка остаётся в истории команд. Код стоит в листе «Реестр». Имён программа не
    печатает. Что стирать нельзя и что может убрать только человек, она перечислит.
    """
    if write and dry_run:
        raise click.UsageError("--yes и --dry-run исключают друг друга")
    reading = read_code(person, CodeKind.PERSON)
    if not reading.code:
        said = "Код написан с ошибкой" if reading.looks_like else "Нужен код участника, а не имя"
        raise UnknownNameError(
            said, hint="Код стоит в листе «Реестр». Имя осталось бы в истории команд — сотрите его и там"
        )
    invocation = current(ctx)
    with invocation.school() as school:
        day = as_of or invocation.today(school.settings.school.time_zone)
        found = school.forget(reading.code, day, ground=GROUNDS[ground], asked_on=asked_on, write=write)
    invocation.screen.tell(found, as_json=as_json)
