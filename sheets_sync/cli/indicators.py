"""`sheets-sync indicators explain ID`: how one number comes about, and who stands behind it."""

from datetime import date

import click

from sheets_sync.cli.invocation import current
from sheets_sync.cli.options import as_of_option, json_option
from sheets_sync.cli.status import NIGHT
from sheets_sync.domain.indicators.explanation import HEADERS


@click.group("indicators", short_help="Показатели: откуда взялось число.")
def command() -> None:
    """Показатели дорожной карты."""


@command.command("explain", short_help="Объяснить показатель (M01.pupils) или весь пункт (M01, 1).")
@click.argument("name", metavar="ID")
@as_of_option
@json_option
@click.pass_context
def explain(ctx: click.Context, name: str, as_of: date | None, as_json: bool) -> None:
    """Объяснить показатель или пункт: что считаем, из чего, сколько нужно, кто посчитан. Ничего не меняет.

    Имена печатаются только у тех, чьё согласие действует; остальные названы кодами, как и всё в --json.
    """
    invocation = current(ctx)
    with invocation.school() as school:
        day = as_of or invocation.today(school.settings.job(NIGHT).time_zone)
        told = school.explain(name, day)
    if as_json:
        invocation.screen.json(told.to_json())
        return
    invocation.screen.title(told.title())
    if told.whole:
        invocation.screen.table(HEADERS, told.table())
    invocation.screen.lines(f"  {line}" for line in told.lines())
