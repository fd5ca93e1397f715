"""`sheets-sync status`: what the last run left, without changing anything."""

from datetime import date

import click

from sheets_sync.cli.invocation import current
from sheets_sync.cli.options import as_of_option, json_option
from sheets_sync.cli.render import Bar, Screen
from sheets_sync.cli.words import count
from sheets_sync.domain.standing import Standing

NIGHT = "nightly"


@click.command("status", short_help="Что оставил последний запуск и сколько осталось дней.")
@as_of_option
@json_option
@click.pass_context
def command(ctx: click.Context, as_of: date | None, as_json: bool) -> None:
    """Показать охват, состояния пунктов, просроченное, ближайшие сроки и чего не хватает, без записи."""
    invocation = current(ctx)
    with invocation.school() as school:
        report = school.status(as_of or invocation.today(school.settings.job(NIGHT).time_zone))
    if as_json:
        invocation.screen.json(report.to_json())
        return
    _show(invocation.screen, report.standing)


def _show(screen: Screen, standing: Standing) -> None:
    screen.lines([standing.last_line])
    screen.title(f"Охват на {standing.as_of:%d.%m.%Y}")
    screen.bars(
        [Bar(one.group, one.line(), one.shown, one.share, one.goal, one.met) for one in standing.coverage]
    )
    total = sum(len(numbers) for _, numbers in standing.states)
    screen.title(f"Дорожная карта, {count(total, 'пункт', 'пункта', 'пунктов')}: {standing.state_line()}")
    if standing.overdue:
        screen.title("Просрочено")
        screen.lines(f"  {one.line()}" for one in standing.overdue)
    if standing.coming:
        screen.title("Ближайшие сроки")
        screen.lines(f"  {one.line()}" for one in standing.coming)
    screen.lines(standing.closing_lines())
