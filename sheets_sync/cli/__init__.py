"""The command line: its commands, loaded on call, and the one place where errors become exit codes."""

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from sheets_sync import __version__
from sheets_sync.cli.invocation import Invocation, current
from sheets_sync.cli.lazy import LazyGroup, Place
from sheets_sync.cli.options import global_options
from sheets_sync.errors import SheetsSyncError

INTERRUPTED = 130
"""What a shell expects of a program stopped from the keyboard."""

COMMANDS = {
    "demo": Place("sheets_sync.cli.demo", "Сыграть год выдуманной школы — без Google."),
    "init": Place("sheets_sync.cli.init", "Создать формы, таблицу, шаблоны и папки школы."),
    "doctor": Place("sheets_sync.cli.doctor", "Проверить всё по порядку и назвать следующий шаг."),
    "check": Place("sheets_sync.cli.check", "Проверить все файлы config/ и jobs/ разом."),
    "run": Place("sheets_sync.cli.run", "Выполнить задание из jobs/, например nightly."),
    "status": Place("sheets_sync.cli.status", "Что оставил последний запуск и сколько осталось дней."),
    "report": Place("sheets_sync.cli.report", "Отчёт без имён для тех, у кого нет доступа к таблице."),
    "indicators": Place("sheets_sync.cli.indicators", "Показатели: откуда взялось число."),
    "documents": Place("sheets_sync.cli.documents", "Документы: перечень, выгрузка в DOCX и PDF."),
    "pairs": Place("sheets_sync.cli.pairs", "Пары: почему такая, что будет, если, что изменилось."),
    "serve": Place("sheets_sync.cli.serve", "Открыть локальное рабочее место в браузере."),
    "workspace": Place("sheets_sync.cli.workspace", "Сохранить рабочее место в один файл или восстановить."),
    "roadmap": Place("sheets_sync.cli.roadmap", "Дорожная карта: прочитать документ школы, показать пункты."),
    "badges": Place("sheets_sync.cli.badges", "Бейджи участников и листочки пар, страница для печати."),
    "registry": Place("sheets_sync.cli.registry", "Реестр персонифицированного учёта на дату, файлом."),
    "import": Place("sheets_sync.cli.importing", "Загрузить списки школы или ответы из файла (XLSX, CSV)."),
    "schedule": Place("sheets_sync.cli.schedule", "Расписание заданий: cron, systemd, Windows."),
}


class Program(LazyGroup):
    """The top group: gives every command the global options and turns errors into exit codes."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command that also takes the global options after its name."""
        command = super().get_command(ctx, cmd_name)
        if command is not None:
            _take_global_options(command)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an error ends with its message, its next step and its exit code."""
        try:
            return super().invoke(ctx)
        except (click.exceptions.Exit, click.ClickException, click.Abort):
            raise
        except KeyboardInterrupt:
            current(ctx).screen.problem("Прервано с клавиатуры", "Записанное осталось; запустите ещё раз")
            ctx.exit(INTERRUPTED)
        except SheetsSyncError as error:
            invocation = current(ctx)
            if invocation.verbose and error.__cause__ is not None:
                invocation.screen.lines([f"Причина: {type(error.__cause__).__name__}"])
            invocation.screen.problem(error.message, error.next_step)
            ctx.exit(error.exit_code)
        except Exception as error:  # noqa: BLE001  # the last line of defence: anything else is a bug, exit 1
            invocation = current(ctx)
            invocation.screen.bug(error, verbose=invocation.verbose)
            ctx.exit(SheetsSyncError.exit_code)


def make_program(places: Mapping[str, Place]) -> Program:
    """Make the program with these commands."""

    def start(ctx: click.Context) -> None:
        started = current(ctx)
        ctx.obj = replace(started, environ=started.environ or dict(os.environ), here=started.here or Path())

    program = Program(
        name="sheets-sync",
        callback=click.pass_context(start),
        places=places,
        params=[*global_options(hidden=False)],
        help="Программа наставничества школы: от ответов в формах до проектов приказов, каждую ночь.",
        epilog="Коды завершения: 0 хорошо, 1 ошибка программы, 2 неверный вызов, 3 настройки, 4 данные, "
        "5 отказ нарочно, 6 отказал Google, 7 повторить позже, 8 исход неизвестен.",
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
        no_args_is_help=True,
    )
    version = click.version_option(
        __version__, prog_name="sheets-sync", message="%(prog)s %(version)s", help="Показать версию."
    )
    version(program)
    return program


def _take_global_options(command: click.Command) -> None:
    taken = {param.name for param in command.params}
    command.params += [option for option in global_options(hidden=True) if option.name not in taken]
    if isinstance(command, click.Group):
        for child in command.commands.values():
            _take_global_options(child)


cli = make_program(COMMANDS)

__all__ = ["COMMANDS", "INTERRUPTED", "Invocation", "Program", "cli", "make_program"]
