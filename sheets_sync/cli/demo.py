"""`sheets-sync demo`: an invented school plays its year, with no Google account."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

import click

from sheets_sync.cli.invocation import current
from sheets_sync.cli.options import as_of_option, json_option
from sheets_sync.cli.render import Progress
from sheets_sync.cli.summary import summary
from sheets_sync.domain.run_report import RunReport
from sheets_sync.errors import ConfigError
from sheets_sync.settings import WORKSPACE_FILE, Settings, copy_defaults, load_settings

LAST_NIGHT = date(2022, 12, 24)


class DemoReport(Protocol):
    """What the play left."""

    @property
    def report(self) -> RunReport:
        """The last night's report; `writes` and `requests` are sums over all nights."""
        ...

    def lines(self) -> list[str]:
        """Return what happened, for a person, one thought a line."""
        ...


Play = Callable[[Settings, Path, date, int, int, Progress], DemoReport]
"""Shape: (settings, the school's folder, the date up to which to play, people, seed, progress)."""


@click.command("demo", short_help="Сыграть год выдуманной школы — без Google.")
@as_of_option
@click.option(
    "--people", type=click.IntRange(min=10), default=600, show_default=True, help="Сколько учеников."
)
@click.option("--seed", type=int, default=1, show_default=True, help="Зерно: одно зерно — одна школа.")
@click.option(
    "--keep", type=click.Path(path_type=Path, file_okay=False), help="Оставить школу в этой (пустой) папке."
)
@click.option(
    "--serve/--no-serve", default=False, help="В конце открыть таблицы, формы и приказы в браузере."
)
@click.option(
    "--port", default=8080, show_default=True, type=click.IntRange(0, 65535), help="Порт для --serve."
)
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    as_of: date | None,
    people: int,
    seed: int,
    keep: Path | None,
    serve: bool,
    port: int,
    as_json: bool,
) -> None:
    """Сыграть год выдуманной школы: анкеты, решения куратора, ночные запуски, приказы."""
    screen = current(ctx).screen
    play = cast(Play, import_module("sheets_sync.bootstrap").play_demo)
    with _folder(keep) as folder:
        copy_defaults(folder)
        settings = load_settings(folder / "config")
        with screen.progress("Школа") as progress:
            played = play(settings, folder, as_of or LAST_NIGHT, people, seed, progress)
        if as_json:
            screen.json(played.report.to_json())
        else:
            screen.title(f"Выдуманная школа, {played.report.as_of:%d.%m.%Y}")
            screen.lines(played.lines())
            titles = {name: form.title for name, form in settings.forms.items()}
            screen.lines(summary(played.report, titles))
        if serve:
            _serve(ctx, folder, port)
        elif keep:
            screen.lines([f"Посмотреть в браузере: cd {keep} && sheets-sync serve"])
        else:
            screen.lines(["Оставить школу и посмотреть её: sheets-sync demo --keep demo-school --serve"])


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    if keep is None:
        with tempfile.TemporaryDirectory(prefix="sheets-sync-") as folder:
            yield Path(folder)
        return
    if keep.exists() and any(keep.iterdir()):
        raise ConfigError(
            f"Папка {keep} не пуста", hint="Назовите новую папку: sheets-sync demo --keep demo-school-2"
        )
    keep.mkdir(parents=True, exist_ok=True)
    yield keep


def _serve(ctx: click.Context, folder: Path, port: int) -> None:
    from sheets_sync.cli.serve import listen, serve

    listening = listen("127.0.0.1", port)
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    with listening:
        current(ctx).screen.lines([f"Смотреть: {address} (остановить: Ctrl+C)"])
        serve(folder / WORKSPACE_FILE, listening, address, "off")
