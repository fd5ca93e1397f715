"""`sheets-sync status`: what the last run left, without changing anything."""

from datetime import date
from zoneinfo import ZoneInfo

import click

from sheets_sync.cli.invocation import Invocation, current
from sheets_sync.cli.options import as_of_option, json_option
from sheets_sync.cli.recording import health_words
from sheets_sync.cli.render import Bar, Screen
from sheets_sync.cli.words import count
from sheets_sync.domain.schedules.due import overdue
from sheets_sync.domain.standing import Standing
from sheets_sync.errors import ConfigError
from sheets_sync.machine.record import read_health
from sheets_sync.settings import find_config, load_settings

NIGHT = "nightly"


@click.command("status", short_help="Что оставил последний запуск и сколько осталось дней.")
@click.option("--health", is_flag=True, help="Только строка здоровья для наблюдения, без сети.")
@as_of_option
@json_option
@click.pass_context
def command(ctx: click.Context, health: bool, as_of: date | None, as_json: bool) -> None:
    """Показать охват, состояния пунктов, просроченное, ближайшие сроки и чего не хватает, без записи."""
    invocation = current(ctx)
    if health:
        ctx.exit(_tell_health(invocation, as_json))
    with invocation.school() as school:
        report = school.status(as_of or invocation.today(school.settings.job(NIGHT).time_zone))
    if as_json:
        invocation.screen.json(report.to_json())
        return
    _show(invocation.screen, report.standing)


def _tell_health(invocation: Invocation, as_json: bool) -> int:
    """Tell how the last run ended and return who has to act: its exit code, or 3 when a night is overdue."""
    settings = load_settings(find_config(invocation.config, invocation.here), invocation.environ)
    found = read_health(settings.school_directory)
    if as_json:
        invocation.screen.data(found.line())
    else:
        invocation.screen.lines([health_words(found)])
    if found.last is None or found.last.exit_code:
        return found.last.exit_code if found.last else ConfigError.exit_code
    night, known = settings.job(NIGHT), found.jobs.get(NIGHT)
    late = overdue(night.schedule, ZoneInfo(night.time_zone), known.last if known else None, invocation.now())
    return ConfigError.exit_code if late and known else 0


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
