"""A command with a bug in it."""

import click


@click.command("break", short_help="Ломается.")
def command() -> None:
    """Ломается."""
    people: dict[str, int] = {}
    name = "".join(("Ива", "нова"))
    people[name]
