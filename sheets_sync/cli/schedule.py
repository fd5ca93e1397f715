"""`sheets-sync schedule`: when the jobs run by themselves."""

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from sheets_sync.cli.invocation import Invocation, current
from sheets_sync.domain.jobs import Job
from sheets_sync.domain.schedules.entry import RUN_LOG, RUN_REPORTS, Entry
from sheets_sync.errors import NotInitialisedError, SchedulerError
from sheets_sync.machine.choosing import KINDS, all_schedulers, scheduler, usual_kind
from sheets_sync.machine.schedulers import Scheduler
from sheets_sync.settings import Settings, find_config, load_settings

_LINGER = "Чтобы таймеры шли и без входа в систему, один раз выполните: loginctl enable-linger"


@click.group("schedule", short_help="Расписание заданий: cron, systemd, Windows.")
def command() -> None:
    """Расписание заданий из jobs/: показать, установить, убрать. Чужие строки и файлы не меняются."""


def _where(function: Callable[..., None]) -> Callable[..., None]:
    kind = click.option(
        "--with",
        "kind",
        type=click.Choice(KINDS),
        default=None,
        help="Чем запускать (иначе — тем, что есть на этом компьютере).",
    )
    user = click.option("--user", is_flag=True, help="Таймеры systemd своей учётной записи, без root.")
    return kind(user(function))


@command.command("show", short_help="Показать, что будет установлено.")
@click.argument("job", required=False)
@_where
@click.pass_context
def show(ctx: click.Context, job: str | None, kind: str | None, user: bool) -> None:
    """Показать строки для crontab, файлы systemd или задания Windows — одного задания или всех."""
    invocation = current(ctx)
    settings = _settings(invocation)
    jobs = [settings.job(job)] if job else list(settings.jobs.values())
    chosen = _chosen(invocation, settings, kind or "cron", user)
    pieces = chosen.wanted(entries(invocation, settings, jobs))
    for name, text in pieces.items():
        if len(pieces) > 1:
            invocation.screen.data(f"# {name}")
        invocation.screen.data(text.rstrip("\n"))
    invocation.screen.lines(["Установить: sheets-sync schedule install"])


@command.command("install", short_help="Установить расписание или обновить его.")
@_where
@click.pass_context
def install(ctx: click.Context, kind: str | None, user: bool) -> None:
    """Установить все задания из jobs/; повторный вызов ничего не меняет."""
    invocation = current(ctx)
    settings = _settings(invocation)
    if settings.spreadsheet_id is None:
        raise NotInitialisedError("Форм и таблицы школы ещё нет: запускать нечего")
    kind = kind or ("systemd" if user else usual_kind())
    chosen = _chosen(invocation, settings, kind, user)
    others = [
        one
        for one in all_schedulers(settings.school_directory, invocation.environ)
        if one.title != chosen.title and one.is_installed()
    ]
    told = [*chosen.install(entries(invocation, settings, list(settings.jobs.values())))]
    # Two schedulers would start every job twice.
    told += [f"{one.title}: {line}" for one in others for line in one.remove()]
    screen = invocation.screen
    screen.lines(told or [f"Расписание уже стоит ({chosen.title}); ничего не изменено"])
    if told:
        screen.lines(f"  {job.title}: {job.schedule}, {job.time_zone}" for job in settings.jobs.values())
        screen.lines([f"Журналы: {RUN_LOG} (слова) и {RUN_REPORTS} (отчёты) в {settings.school_directory}"])
        if kind == "systemd" and _is_own(user):
            screen.lines([_LINGER])


@command.command("remove", short_help="Убрать расписание этой школы.")
@click.pass_context
def remove(ctx: click.Context) -> None:
    """Убрать всё, что поставил schedule install для этой школы; чужое остаётся как было."""
    invocation = current(ctx)
    school = _settings(invocation).school_directory
    told = [line for one in all_schedulers(school, invocation.environ) for line in one.remove()]
    invocation.screen.lines(told or ["Расписания этой школы здесь нет; ничего не изменено"])


def entries(invocation: Invocation, settings: Settings, jobs: Sequence[Job]) -> list[Entry]:
    """Return what a scheduler has to know of these jobs; of a key only the path of its file."""
    if any(ord(letter) < 32 for letter in str(settings.school_directory)):
        raise SchedulerError("В пути к папке школы есть перевод строки", hint="Переименуйте папку")
    words = [*_program()]
    if settings.directory.name != "config":
        words += ["--config", str(settings.directory.resolve())]
    if invocation.workspace is not None:
        local = not invocation.workspace.startswith(("http://", "https://"))
        words += ["--workspace", str(Path(invocation.workspace).resolve()) if local else invocation.workspace]
    if invocation.credentials is not None:
        words += ["--credentials", str(invocation.credentials.resolve())]
    return [Entry(job, str(settings.school_directory), tuple(words)) for job in jobs]


def _settings(invocation: Invocation) -> Settings:
    return load_settings(find_config(invocation.config, invocation.here), invocation.environ)


def _chosen(invocation: Invocation, settings: Settings, kind: str, user: bool) -> Scheduler:
    return scheduler(kind, settings.school_directory, invocation.environ, user=_is_own(user))


def _is_own(user: bool) -> bool:
    return user or (hasattr(os, "geteuid") and os.geteuid() != 0)


def _program() -> tuple[str, ...]:
    beside = Path(sys.executable).with_name("sheets-sync")
    return (str(beside),) if beside.exists() else (sys.executable, "-m", "sheets_sync")
