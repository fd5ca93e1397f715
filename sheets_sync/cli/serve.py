"""`sheets-sync serve`: the local workspace on a port, under Google's own paths, for programs and browsers."""

import socket
from contextlib import suppress
from pathlib import Path

import click

from sheets_sync.cli.invocation import current
from sheets_sync.errors import ConfigError, PortInUseError, UnsafeHostError, WorkspaceLockedError
from sheets_sync.settings import WORKSPACE_FILE, find_config

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@click.command("serve", short_help="Открыть локальное рабочее место в браузере.")
@click.option("--dir", "directory", type=click.Path(path_type=Path, file_okay=False), help="Папка с базой.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Адрес, на котором слушать.")
@click.option(
    "--port", default=8080, show_default=True, type=click.IntRange(0, 65535), help="Порт; 0 — любой."
)
@click.option(
    "--auth",
    type=click.Choice(["on", "off"]),
    help="Требовать вход; off — любой ключ, только для этого компьютера (там это по умолчанию).",
)
@click.pass_context
def command(ctx: click.Context, directory: Path | None, host: str, port: int, auth: str | None) -> None:
    """Открыть локальное рабочее место: таблицу, формы и документы школы в браузере и для других программ."""
    invocation = current(ctx)
    signing = auth or ("off" if host in LOOPBACK else "on")
    if signing == "off" and host not in LOOPBACK:
        raise UnsafeHostError(f"Без входа рабочее место не открывается на адресе {host}")
    place = directory or find_config(invocation.config, invocation.here).resolve().parent
    listening = listen(host, port)
    address = f"http://{f'[{host}]' if ':' in host else host}:{listening.getsockname()[1]}"
    with listening:
        invocation.screen.lines([f"Рабочее место: {address} (остановить: Ctrl+C)"])
        serve(place / WORKSPACE_FILE, listening, address, signing)


def serve(database: Path, listening: socket.socket, address: str, auth: str) -> None:
    """Serve a workspace's database until interrupted.

    Raises:
        WorkspaceLockedError: another program holds the database.
        ConfigError: the database was written by a newer program.
    """
    import uvicorn

    from sheets_sync.emulator.asgi import create_app
    from sheets_sync.emulator.core import Emulator
    from sheets_sync.emulator.store import WorkspaceLockedError as DatabaseLocked
    from sheets_sync.emulator.store import WorkspaceVersionError

    database.parent.mkdir(parents=True, exist_ok=True)
    try:
        emulator = Emulator(database, auth=auth, base_url=address)
    except DatabaseLocked as error:
        raise WorkspaceLockedError(f"База {database.name} занята другой программой") from error
    except WorkspaceVersionError as error:
        raise ConfigError(
            f"База {database.name} создана более новой программой", hint="Обновите программу"
        ) from error
    try:
        host = listening.getsockname()[0]
        app = create_app(emulator, allowed_hosts=LOOPBACK | {host})
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
        with suppress(KeyboardInterrupt):  # Ctrl+C is the way to stop it
            server.run(sockets=[listening])
    finally:
        emulator.close()


def listen(host: str, port: int) -> socket.socket:
    """Take a port before anything else is opened.

    Raises:
        PortInUseError: the address is taken or not ours.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen()
    except OSError as error:
        listening.close()
        raise PortInUseError(f"Порт {port} на {host} занят или недоступен") from error
    return listening
