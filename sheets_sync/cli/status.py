"""`sheets-sync status`: what the last run left, without changing anything."""

from datetime import date

import click

from sheets_sync.cli.invocation import current
from sheets_sync.cli.options import as_of_option, json_option

NIGHT = "nightly"


@click.command("status", short_help="Что оставил последний запуск и сколько осталось дней.")
@as_of_option
@json_option
@click.pass_context
def command(ctx: click.Context, as_of: date | None, as_json: bool) -> None:
    """Показать, когда был последний запуск, что не завершено и что скоро. Ничего не меняет."""
    invocation = current(ctx)
    with invocation.school() as school:
        report = school.status(as_of or invocation.today(school.settings.job(NIGHT).time_zone))
    if as_json:
        invocation.screen.json(report.to_json())
        return
    invocation.screen.lines(report.lines())
