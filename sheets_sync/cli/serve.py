"""`sheets-sync serve`: the local workspace on a port, under Google's own paths, for programs and browsers."""

import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import click

from sheets_sync.cli.invocation import current
from sheets_sync.errors import PortInUseError, UnsafeHostError
from sheets_sync.settings import WORKSPACE_FILE, find_config

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
IDLE_SECONDS = 610
"""How long an idle connection stays open: clients that pause must not find it closed as they write.

Source: Google's guide "Backend service settings" of Cloud Load Balancing, client HTTP keepalive timeout.
"""


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
@click.option("--public", metavar="АДРЕС", help="Адрес снаружи, если перед программой стоит прокси с TLS.")
@click.option(
    "--answer-to",
    "names",
    metavar="ИМЯ",
    multiple=True,
    help="Отзываться и на это имя, например '*.googleapis.com' за TLS-прокси (можно повторять).",
)
@click.option(
    "--storage-rule",
    is_flag=True,
    help="Как у Google: сервисному аккаунту негде хранить файлы, вне общих дисков он их не создаёт.",
)
@click.option(
    "--stranger",
    "strangers",
    metavar="ID",
    multiple=True,
    help="Чужой закрытый файл: он есть, но никому здесь не открыт (можно повторять).",
)
@click.option("--new-password", is_flag=True, help="Сменить пароль сотрудников и закрыть все сеансы.")
@click.pass_context
def command(
    ctx: click.Context,
    directory: Path | None,
    host: str,
    port: int,
    auth: str | None,
    public: str | None,
    names: tuple[str, ...],
    storage_rule: bool,
    strangers: tuple[str, ...],
    new_password: bool,
) -> None:
    """Открыть локальное рабочее место: таблицу, формы и документы школы в браузере и для других программ."""
    invocation = current(ctx)
    outside = host not in LOOPBACK or public is not None
    signing = auth or ("on" if outside else "off")
    if signing == "off" and outside:
        raise UnsafeHostError(f"Без входа рабочее место не открывается на адресе {public or host}")
    place = directory or find_config(invocation.config, invocation.here).resolve().parent
    listening = listen(host, port)
    address = f"http://{f'[{host}]' if ':' in host else host}:{listening.getsockname()[1]}"
    with listening:
        invocation.screen.lines([f"Рабочее место: {address} (остановить: Ctrl+C)"])
        serve(
            place / WORKSPACE_FILE,
            listening,
            (public or address).rstrip("/"),
            signing,
            tell=lambda line: invocation.screen.lines([line]),
            names=names,
            storage_rule=storage_rule,
            strangers=strangers,
            new_password=new_password,
        )


def serve(
    database: Path,
    listening: socket.socket,
    address: str,
    auth: str,
    *,
    tell: Callable[[str], None] = print,
    names: Sequence[str] = (),
    storage_rule: bool = False,
    strangers: Sequence[str] = (),
    new_password: bool = False,
) -> None:
    """Serve a workspace's database until interrupted.

    With `auth` on, the staff's password is made and told once, at the first start or when a new one is asked.
    `names` are host names to answer to beside the address's own, "*.example.org" for all below one.

    Raises:
        WorkspaceLockedError: another program holds the database.
        WorkspaceFileError: the database is foreign, damaged or from a newer program.
    """
    import uvicorn

    from sheets_sync.cli.workspace import opened
    from sheets_sync.emulator.asgi import create_app
    from sheets_sync.emulator.pages import signin

    database.parent.mkdir(parents=True, exist_ok=True)
    with opened(
        database, auth=auth, base_url=address, storage_rule=storage_rule, strangers=strangers
    ) as emulator:
        if auth == "on":
            renew = signin.new_password if new_password else signin.first_password
            password = renew(emulator.store, emulator.ids)
            if password:
                tell(f"Пароль сотрудников (показан один раз, запишите): {password}")
        own = {listening.getsockname()[0], urlsplit(address).hostname or ""} - {""}
        app = create_app(emulator, allowed_hosts=LOOPBACK | own | set(names))
        config = uvicorn.Config(app, log_level="warning", lifespan="off", timeout_keep_alive=IDLE_SECONDS)
        server = uvicorn.Server(config)
        with suppress(KeyboardInterrupt):  # Ctrl+C is the way to stop it
            server.run(sockets=[listening])


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
