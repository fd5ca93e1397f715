"""`sheets-sync schedule`: when the jobs run by themselves."""

import shlex
import sys
from pathlib import Path

import click

from sheets_sync.cli.invocation import current
from sheets_sync.domain.jobs import Job
from sheets_sync.settings import find_config, load_settings


@click.group("schedule", short_help="Строка для cron.")
def command() -> None:
    """Расписание заданий из jobs/."""


@command.command("show", short_help="Показать строки для crontab.")
@click.argument("job", required=False)
@click.pass_context
def show(ctx: click.Context, job: str | None) -> None:
    """Показать строки для crontab, одного задания или всех: sheets-sync schedule show nightly | crontab -."""
    invocation = current(ctx)
    settings = load_settings(find_config(invocation.config, invocation.here), invocation.environ)
    jobs = [settings.job(job)] if job else list(settings.jobs.values())
    screen = invocation.screen
    for zone in dict.fromkeys(item.time_zone for item in jobs):
        screen.data(f"CRON_TZ={zone}")
        for item in jobs:
            if item.time_zone == zone:
                screen.data(crontab_line(item, settings.school_directory, _program()))
    screen.lines(
        [
            "Время — по часовому поясу из jobs/. cron из Debian и Ubuntu строку CRON_TZ не понимает:",
            "там проверьте, что пояс компьютера тот же (timedatectl).",
        ]
    )


def crontab_line(job: Job, school: Path, program: str) -> str:
    """Return the line of crontab that runs a job in the school's folder and keeps its report and its words.

    Source: crontab(5): «%» ends the command unless a backslash stands before it.
    """
    shell = (
        f"cd {shlex.quote(str(school))} && {program} run {shlex.quote(job.id)} --json >>run.jsonl 2>>run.log"
    )
    return f"{job.schedule} {shell.replace('%', chr(92) + '%')}"


def _program() -> str:
    beside = Path(sys.executable).with_name("sheets-sync")
    if beside.exists():
        return shlex.quote(str(beside))
    return f"{shlex.quote(sys.executable)} -m sheets_sync"
