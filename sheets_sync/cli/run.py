"""`sheets-sync run JOB`: one night, or what it would do."""

from datetime import date

import click

from sheets_sync.cli.invocation import NightPlan, School, current
from sheets_sync.cli.options import as_of_option, json_option
from sheets_sync.cli.render import Screen
from sheets_sync.cli.summary import summary
from sheets_sync.cli.words import count
from sheets_sync.domain.run_report import RunReport


@click.command("run", short_help="Выполнить задание из jobs/, например nightly.")
@click.argument("job")
@click.option("--dry-run", is_flag=True, help="Показать, что изменилось бы, и ничего не записать.")
@click.option("--accept-losses", is_flag=True, help="Согласиться, что много строк пропало разом.")
@as_of_option
@json_option
@click.pass_context
def command(
    ctx: click.Context, job: str, dry_run: bool, accept_losses: bool, as_of: date | None, as_json: bool
) -> None:
    """Выполнить задание из jobs/: прочитать ответы, пересчитать всё и записать одним разом."""
    invocation = current(ctx)
    screen = invocation.screen
    with invocation.school() as school:
        day = as_of or invocation.today(school.settings.job(job).time_zone)
        if dry_run:
            _show_plan(screen, school, school.plan(job, day), as_json)
        else:
            report = school.run(job, day, accept_losses=accept_losses)
            _show_report(screen, school, report, as_json)


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
    screen.title(f"Готово: {report.as_of:%d.%m.%Y}")
    screen.lines(summary(report, _titles(school)))
    if school.settings.spreadsheet_id:
        screen.lines(["Смотреть: «Сводка», «Дорожная карта», «Вопросы к данным» в таблице школы"])


def _titles(school: School) -> dict[str, str]:
    return {name: form.title for name, form in school.settings.forms.items()}
