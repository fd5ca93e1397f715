"""The one module that prints: results for people on standard error, JSON on standard output."""

import json
import sys
import traceback
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Protocol

import click

if TYPE_CHECKING:
    from rich.console import Console


@dataclass(frozen=True, slots=True)
class Bar:
    """A share against its goal: `told` says all in words, `shown` is the number alone."""

    title: str
    told: str
    shown: str
    share: Fraction | None
    goal: Fraction | None
    met: bool | None

    def drawn(self, width: int = 30) -> str:
        """Return the bar: two thirds of the width are the goal, marked «│»; an unknown share is dotted."""
        mark = width * 2 // 3
        if self.share is None or not self.goal:
            return "·" * width
        filled = min(width, int(self.share / self.goal * mark))
        cells = "█" * filled + "░" * (width - filled)
        return f"{cells[:mark]}│{cells[mark:]}"


class Told(Protocol):
    """A result that can be told to a person and to a program."""

    def lines(self) -> list[str]:
        """Return the result in Russian, one thought a line."""
        ...

    def to_json(self) -> dict[str, object]:
        """Return the result as JSON values."""
        ...


@dataclass(frozen=True, slots=True)
class Screen:
    """Tells results: on a terminal with colour and bars, under cron in plain lines."""

    quiet: bool = False
    color: bool = True

    def json(self, value: object) -> None:
        """Print one JSON object, the only thing on standard output: on one line, unless a person looks on."""
        click.echo(json.dumps(value, ensure_ascii=False, indent=2 if sys.stdout.isatty() else None))

    def data(self, line: str) -> None:
        """Print a line that is meant to be piped into another program."""
        click.echo(line)

    def tell(self, told: Told, *, as_json: bool) -> None:
        """Print what a command has to say in the way that was asked for."""
        if as_json:
            self.json(told.to_json())
        else:
            self.lines(told.lines())

    def title(self, text: str) -> None:
        """Print a heading."""
        if not self.quiet:
            self._say(text, bold=True)

    def lines(self, lines: Iterable[str]) -> None:
        """Print lines for a person."""
        if not self.quiet:
            for line in lines:
                self._say(line)

    def good(self, text: str) -> None:
        """Print a line that says that all is well."""
        if not self.quiet:
            self._say(text, fg="green")

    def coloured(self, text: str, colour: str) -> None:
        """Print a line in a colour that repeats what its first word says."""
        if not self.quiet:
            self._say(text, fg=colour)

    def advice(self, text: str) -> None:
        """Print the one next step; this is said even when asked to be quiet."""
        self._say(f"Что делать:  {text}", fg="yellow")

    def table(self, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Print a table: ruled on a terminal, cells between bars elsewhere."""
        if self.quiet:
            return
        if not self._on_terminal:
            for row in (headers, *rows):
                self._say(" | ".join(row))
            return
        from rich.table import Table

        table = Table(*headers, show_lines=False)
        for row in rows:
            table.add_row(*row)
        self._console().print(table)

    def bars(self, bars: Sequence["Bar"]) -> None:
        """Print shares against their goals: drawn on a terminal, in words elsewhere."""
        if self.quiet:
            return
        if not self._on_terminal:
            self.lines(f"  {bar.told}" for bar in bars)
            return
        from rich.table import Table
        from rich.text import Text

        grid = Table.grid(padding=(0, 2))
        for bar in bars:
            colour = {True: "green", False: "red", None: "bright_black"}[bar.met]
            grid.add_row(f"  {bar.title}", Text(bar.drawn(), style=colour), bar.shown)
        self._console().print(grid)

    def problem(self, message: str, hint: str) -> None:
        """Print what stopped the program and the next step; this is said even when asked to be quiet."""
        for number, line in enumerate(message.splitlines() or [""]):
            self._say(f"Остановлено: {line}" if number == 0 else f"             {line}", fg="red")
        if hint:
            self._say(f"Что делать:  {hint}", fg="yellow")

    def bug(self, error: BaseException, *, verbose: bool) -> None:
        """Print where an error of the program happened, never the values it happened with."""
        frames = traceback.extract_tb(error.__traceback__)
        if verbose:
            for frame in frames:
                self._say(f"  {frame.filename}:{frame.lineno} {frame.name}: {frame.line}")
        place = f" ({_short(frames[-1].filename)}:{frames[-1].lineno})" if frames else ""
        self.problem(
            f"Ошибка программы: {type(error).__name__}{place}",
            "Сообщите нам эту строку" if verbose else "Повторите с --verbose и сообщите нам, что напечатано",
        )

    @contextmanager
    def progress(self, title: str) -> Iterator["Progress"]:
        """Show how far a long work is: a bar on a terminal, a line per stage elsewhere."""
        if self.quiet or not self._on_terminal:
            yield Progress(self, None)
            return
        from rich.progress import BarColumn, TextColumn
        from rich.progress import Progress as Bar

        with Bar(
            TextColumn("{task.description}"), BarColumn(), console=self._console(), transient=True
        ) as bar:
            yield Progress(self, (bar, bar.add_task(title, total=None)))

    def _say(self, text: str, **style: object) -> None:
        click.secho(text, err=True, color=None if self.color else False, **style)  # type: ignore[arg-type]

    @property
    def _on_terminal(self) -> bool:
        return sys.stderr.isatty()

    def _console(self) -> "Console":
        from rich.console import Console

        return Console(stderr=True, no_color=not self.color, highlight=False)


class Progress:
    """Receives stages of a long work; shaped as the function `(text, done, total)`."""

    def __init__(self, screen: Screen, bar: "tuple[object, object] | None") -> None:
        self._screen = screen
        self._bar = bar
        self._last = ""

    def __call__(self, text: str, done: int | None = None, total: int | None = None) -> None:
        """Say that a stage has been reached."""
        if self._bar is not None:
            bar, task = self._bar
            bar.update(task, description=text, completed=done, total=total)  # type: ignore[attr-defined]
        elif text != self._last:
            self._screen.lines([text])
        self._last = text


def _short(filename: str) -> str:
    return "/".join(filename.replace("\\", "/").split("/")[-2:])
