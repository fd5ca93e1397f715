"""`sheets-sync init`: create everything a school needs, once."""

from dataclasses import replace
from pathlib import Path

import click

from sheets_sync.cli.invocation import Invocation, current
from sheets_sync.cli.options import json_option
from sheets_sync.settings import copy_defaults


@click.command("init", short_help="Создать формы, таблицу, шаблоны и папки школы.")
@json_option
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """Создать формы, таблицу, шаблоны документов и папки по config/. Второй раз ничего не меняет.

    Если своей папки config/ ещё нет, сначала кладёт сюда config/ и jobs/ по умолчанию.
    """
    invocation = current(ctx)
    screen = invocation.screen
    config, made = _own_config(invocation)
    if made:
        screen.lines(
            [f"Положены настройки по умолчанию: {config.as_posix()}/ и jobs/ — впишите в них свою школу"]
        )
    with replace(invocation, config=config).school(making=True) as school:
        report = school.initialise()
    if as_json:
        screen.json(report.to_json())
        return
    screen.lines(report.lines())


def _own_config(invocation: Invocation) -> tuple[Path, bool]:
    """Return the school's own config/, with whether it has just been made of the defaults."""
    config = invocation.config or invocation.here / "config"
    if config.is_dir() or config.name != "config":
        return config, False
    copy_defaults(config.parent)
    return config, True
