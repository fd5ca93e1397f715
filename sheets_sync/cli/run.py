"""`sheets-sync run JOB`: one night, or what it would do."""

from datetime import date
from zoneinfo import ZoneInfo

import click

from sheets_sync.cli.invocation import Invocation, NightPlan, School, current
from sheets_sync.cli.options import as_of_option, json_option
from sheets_sync.cli.recording import Recording
from sheets_sync.cli.render import Screen
from sheets_sync.cli.summary import summary
from sheets_sync.cli.words import count
from sheets_sync.domain.run_report import RunReport
from sheets_sync.domain.schedules.due import is_due
from sheets_sync.domain.schedules.health import Health
from sheets_sync.settings import find_config, load_settings


@click.command("run", short_help="Выполнить задание из jobs/, например nightly.")
@click.argument("job")
@click.option("--dry-run", is_flag=True, help="Показать, что изменилось бы, и ничего не записать.")
@click.option("--if-due", is_flag=True, help="Только если подошёл срок по jobs/ (так запускает cron).")
@click.option("--accept-losses", is_flag=True, help="Согласиться, что много строк пропало разом.")
@as_of_option
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    job: str,
    dry_run: bool,
    if_due: bool,
    accept_losses: bool,
    as_of: date | None,
    as_json: bool,
) -> None:
    """Выполнить задание из jobs/: прочитать ответы, пересчитать всё и записать одним разом."""
    invocation = current(ctx)
    screen = invocation.screen
    recording = Recording(invocation, job, by_clock=as_of is None)
    if if_due and not _is_due(invocation, recording.health, job):
        return
    if dry_run:
        with invocation.school() as school:
            declared = school.settings.job(job)
            day = as_of or invocation.today(declared.time_zone)
            _show_plan(screen, school, school.plan(job, day, before=recording.before(declared)), as_json)
        return
    with recording, invocation.school() as school:
        declared = school.settings.job(job)
        recording.jobs, recording.heartbeat = school.settings.jobs, school.settings.school.heartbeat
        day = as_of or invocation.today(declared.time_zone)
        report = school.run(job, day, accept_losses=accept_losses, before=recording.before(declared))
        recording.looked_only = report.generation is None
        recording.ended_well(report)
        _show_report(screen, school, report, as_json)


def _is_due(invocation: Invocation, health: Health, name: str) -> bool:
    settings = load_settings(find_config(invocation.config, invocation.here), invocation.environ)
    job = settings.job(name)
    known = health.jobs.get(name)
    return is_due(job.schedule, ZoneInfo(job.time_zone), known.last if known else None, invocation.now())


def _show_plan(screen: Screen, school: School, plan: NightPlan, as_json: bool) -> None:
    lines = plan.lines()
    if as_json:
        screen.json(plan.report.to_json() | {"plan": {"digest": plan.digest, "changes": lines}})
        return
    screen.title(f"План на {plan.report.as_of:%d.%m.%Y} (ничего не записано)")
    screen.lines(f"  {line}" for line in lines)
    found = count(len(lines), "изменение", "изменения", "изменений")
    screen.lines([f"Всего {found}; отпечаток плана {plan.digest}" if lines else "Новостей нет"])
    screen.lines(summary(plan.report, _titles(school)))


def _show_report(screen: Screen, school: School, report: RunReport, as_json: bool) -> None:
    if as_json:
        screen.json(report.to_json())
        return
    if report.generation is None:
        screen.lines(["Просьбы обновить нет: ничего не сделано"])
        return
    screen.title(f"Готово: {report.as_of:%d.%m.%Y}")
    screen.lines(summary(report, _titles(school)))
    if school.settings.spreadsheet_id:
        screen.lines(["Смотреть: «Сводка», «Дорожная карта», «Вопросы к данным» в таблице школы"])


def _titles(school: School) -> dict[str, str]:
    return {name: form.title for name, form in school.settings.forms.items()}
