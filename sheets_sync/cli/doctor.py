"""`sheets-sync doctor`: look at everything that a run needs, and name the one next step."""

import json
import os
import shutil
import stat
from collections.abc import Iterator
from datetime import datetime
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from sheets_sync.cli.invocation import Invocation, current
from sheets_sync.cli.options import json_option
from sheets_sync.cli.recording import own_folder
from sheets_sync.cli.schedule import entries
from sheets_sync.cli.status import NIGHT
from sheets_sync.cli.words import count
from sheets_sync.domain.checkup import Advice, Check, CheckLine, Checkup, Found, carried_out
from sheets_sync.domain.schedules.due import overdue
from sheets_sync.errors import (
    CredentialsError,
    NotInitialisedError,
    SchedulerError,
    SchoolFolderError,
    SheetsSyncError,
)
from sheets_sync.machine.choosing import all_schedulers
from sheets_sync.machine.lock import is_held
from sheets_sync.machine.record import read_health
from sheets_sync.settings import Settings, find_config, load_settings

ROOM = 200_000_000
"""Bytes of the disk that a workspace, its journal and the logs of a year need at most."""

SETTINGS, KEY, MADE, DISK = "настройки", "ключ Google", "формы и таблица созданы", "папка школы и диск"
SCHEDULE, LAST_RUN = "расписание", "последний запуск"
_COLOURS = {Found.GOOD: "green", Found.ADVISED: "yellow", Found.WRONG: "red", Found.UNKNOWN: "bright_black"}
_RENEW = "Обновите расписание: sheets-sync schedule install"
_INSTALL = "Установите расписание: sheets-sync schedule install"


@click.command("doctor", short_help="Проверить всё по порядку и назвать следующий шаг.")
@json_option
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """Проверить настройки, вход, таблицу, формы, шаблоны, расписание и сказать, что делать дальше."""
    invocation = current(ctx)
    screen = invocation.screen
    lines = []
    for line in _lines(_Examination(invocation)):
        lines.append(line)
        if not as_json:
            screen.coloured(line.line(), _COLOURS[line.found])
    found = Checkup(lines)
    if as_json:
        screen.json(found.to_json())
    elif found.exit_code:
        screen.advice(found.next_step)
    else:
        screen.lines([f"Следующий шаг: {found.next_step}"])
    ctx.exit(found.exit_code)


class _Examination:
    """The checks of this machine, and what they have read so far."""

    def __init__(self, invocation: Invocation) -> None:
        self.invocation = invocation
        self.account = ""

    @cached_property
    def settings(self) -> Settings:
        """The school's settings."""
        return load_settings(
            find_config(self.invocation.config, self.invocation.here), self.invocation.environ
        )

    def here(self) -> Iterator[Check]:
        """Return the checks that come before any service is asked."""
        yield Check(SETTINGS, self._settings)
        yield Check(KEY, self._key)
        yield Check(DISK, self._disk, (SETTINGS,))
        yield Check(MADE, self._made, (SETTINGS,))

    def after(self) -> Iterator[Check]:
        """Return those of the schedule and the runs."""
        yield Check(SCHEDULE, self._schedule)
        yield Check(LAST_RUN, self._last_run)

    def _settings(self) -> str:
        forms = count(len(self.settings.forms), "форма", "формы", "форм")
        measures = count(len(self.settings.roadmap.measures), "пункт", "пункта", "пунктов")
        return f"читаются: {self.settings.directory.as_posix()} ({forms}, {measures} дорожной карты)"

    def _key(self) -> str:
        key = self.invocation.credentials
        if key is None:
            return "не нужен: работаем на локальном рабочем месте"
        if not key.is_file():
            raise CredentialsError(f"Нет файла ключа {key.name}")
        if os.name != "nt" and key.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise CredentialsError(
                f"Файл ключа {key.name} открыт другим пользователям",
                hint=f"Закройте его: chmod 600 {key.name}",
            )
        return self._kind_of(key)

    def _kind_of(self, key: Path) -> str:
        try:
            found = json.loads(key.read_text("utf-8"))
        except (OSError, ValueError) as exc:
            raise CredentialsError(f"Файл ключа {key.name} не читается") from exc
        kind = found.get("type") if isinstance(found, dict) else None
        if kind == "service_account":
            self.account = str(found.get("client_email", ""))
            return f"{key.name}: сервисный аккаунт {self.account}"
        if kind == "authorized_user":
            return f"{key.name}: вход пользователя"
        raise CredentialsError(f"Файл {key.name} — не ключ сервисного аккаунта и не вход пользователя")

    def _disk(self) -> str:
        folder = self.settings.school_directory
        if not os.access(folder, os.W_OK):
            raise SchoolFolderError(f"Папка школы {folder.name} закрыта для записи")
        free = shutil.disk_usage(folder).free
        if free < ROOM:
            raise SchoolFolderError(
                f"На диске осталось {free // 1_000_000} МБ", hint="Освободите место на диске"
            )
        busy = own_folder(self.invocation) is not None and is_held(folder)
        return "место есть" + ("; сейчас идёт запуск" if busy else "")

    def _made(self) -> str:
        if self.settings.spreadsheet_id is None:
            raise NotInitialisedError("Форм и таблицы школы ещё нет")
        return "таблица записана в config/ids.yaml"

    def _schedule(self) -> str | Advice:
        jobs = entries(self.invocation, self.settings, list(self.settings.jobs.values()))
        for one in all_schedulers(self.settings.school_directory, self.invocation.environ):
            if one.is_installed():
                differs = one.differences(jobs)
                if differs:
                    return Advice(f"{one.title}: {'; '.join(differs)}", _RENEW)
                return f"{one.title}, {count(len(jobs), 'задание', 'задания', 'заданий')}"
        return Advice("не установлено: запуски сами не начнутся", _INSTALL)

    def _last_run(self) -> str | Advice:
        health = read_health(self.settings.school_directory)
        if health.last is None:
            return Advice("запусков ещё не было", f"Запустите первый раз: sheets-sync run {NIGHT}")
        job, known = self.settings.job(NIGHT), health.jobs.get(NIGHT)
        zone = ZoneInfo(job.time_zone)
        last = health.last
        when = f"{_at(last.ended, zone)}, {last.job}"
        if last.exit_code:
            return Advice(
                f"не удался: {when}, код {last.exit_code}: {last.message or last.kind}",
                f"Исправьте причину и запустите ещё раз: sheets-sync run {last.job}",
            )
        now = self.invocation.now()
        if known is not None and overdue(job.schedule, zone, known.last, now):
            days = (now - known.last.started).days
            raise SchedulerError(
                f"ночь пропущена: {when}, прошло {count(days, 'день', 'дня', 'дней')}",
                hint="Проверьте, что компьютер ночью включён, и расписание: sheets-sync schedule install",
            )
        return f"хорошо: {when}"


def _lines(seen: _Examination) -> Iterator[CheckLine]:
    wrong = False
    for line in carried_out(seen.here()):
        wrong = wrong or line.found in {Found.WRONG, Found.UNKNOWN}
        yield line
    if wrong:
        return
    try:
        with seen.invocation.school() as school:
            yield from carried_out([*school.checks(seen.account), *seen.after()])
    except SheetsSyncError as error:
        yield CheckLine("рабочее место", Found.WRONG, error.message, error.next_step, error.exit_code)


def _at(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%d.%m.%Y в %H:%M}"
