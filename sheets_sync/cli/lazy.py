"""A group of commands whose modules are imported only when one of them is called."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module

import click


@dataclass(frozen=True, slots=True)
class Place:
    """Where a command lives; `summary` is its line in the list, the same as in its own help."""

    module: str
    summary: str


class LazyGroup(click.Group):
    """A group that knows its commands by name and place; the module's `command` is loaded on call."""

    def __init__(self, *args: object, places: Mapping[str, Place] | None = None, **attrs: object) -> None:
        super().__init__(*args, **attrs)  # type: ignore[arg-type]  # click declares each of them by name
        self._places = dict(places or {})

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the table, which is the order of a school's work."""
        return [*self._places, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, importing its module."""
        place = self._places.get(cmd_name)
        if place is None:
            return super().get_command(ctx, cmd_name)
        command = import_module(place.module).command
        if not isinstance(command, click.Command):
            raise TypeError(f"{place.module}.command is not a click command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing any of them."""
        rows = [(name, place.summary) for name, place in self._places.items()]
        with formatter.section("Команды"):
            formatter.write_dl(rows)
