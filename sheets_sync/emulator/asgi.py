"""The workspace over HTTP: a Starlette application with one door, guarded before anything is routed."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect
from starlette.requests import Request as HttpRequest
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from sheets_sync.emulator import pages
from sheets_sync.emulator.bugs import WorkspaceBugError
from sheets_sync.emulator.core import Emulator
from sheets_sync.emulator.faults import ConnectionLost, ReplyStalled
from sheets_sync.emulator.refusals import refusal
from sheets_sync.emulator.routes import API_PREFIXES
from sheets_sync.emulator.store import WorkspaceLockedError
from sheets_sync.emulator.wire import ApiError, Request, Response

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_GOOGLE = (".googleapis.com", ".google.com")
"""Google's own names, under which a program that is led here by a proxy still asks for Google's APIs.

Nobody but Google can point them elsewhere, so that no page reaches the workspace by them; pages of the
workspace do not answer to them all the same. Clients speak to them over TLS only, which the proxy has ended.
"""
_BROKEN = "Ошибка рабочего места. Повторите; если не поможет, сообщите администратору."
_TOLD = {
    403: ("Отказано", "Запрос пришёл с чужой страницы."),
    413: ("Слишком много данных", "Столько за один раз рабочее место не принимает. Отправьте меньше."),
    421: ("Адрес не тот", "По этому имени рабочее место не отвечает. Спросите адрес у администратора."),
    500: ("Ошибка рабочего места", "Повторите; если не поможет, сообщите администратору."),
    503: ("Рабочее место занято", "Его база открыта другой программой. Подождите минуту и повторите."),
}
"""What a person in a browser reads instead of the English line that programs get."""
_HOST = re.compile(r"(?:\[(?P<six>[0-9a-f:.]+)\]|(?P<name>[^:\[\]/?#@\s]+))(?::\d{1,5})?")
_log = logging.getLogger(__name__)


def create_app(
    emulator: Emulator, *, allowed_hosts: Collection[str] = LOOPBACK, stall_seconds: float = 30.0
) -> Starlette:
    """Make the application that serves a whole workspace: API, token endpoint, batches and pages.

    `allowed_hosts` are host names without port, "*.example.org" for all below one; a request for any other
    name is refused before routing, so that a rebound DNS name cannot reach a workspace on this machine.
    """
    door = _Door(emulator, frozenset(_as_sent(name) for name in allowed_hosts), stall_seconds)
    return Starlette(routes=[Route("/{path:path}", door)])


def _broken(bug: WorkspaceBugError) -> Response:
    """Tell a client or a person that the workspace has a bug; the server's log has the rest.

    Source: Google's guide "Resolve errors" (500 backendError, INTERNAL).
    """
    if not bug.service:
        return _text(500, _BROKEN)
    return refusal(bug.service, ApiError(500, "Internal error encountered.", reason="internalError"))


class _Door:
    """Turns HTTP requests into calls of Emulator.handle in a worker thread."""

    def __init__(self, emulator: Emulator, allowed_hosts: frozenset[str], stall_seconds: float) -> None:
        self._emulator = emulator
        self._allowed_hosts = allowed_hosts
        self._stall_seconds = stall_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = HttpRequest(scope, receive)
        refused = self._refusal(request)
        if refused is not None:
            await _send(send, _readable(request, refused))
            return
        try:
            body = await self._body(request)
        except ClientDisconnect:
            return
        if body is None:
            await _send(send, _readable(request, _text(413, "Request body is too large.")))
            return
        await self._answer(request, _asked(request, body), send)

    def _refusal(self, request: HttpRequest) -> Response | None:
        host = _host_name(request.headers.get("host", ""))
        google = host.endswith(_GOOGLE) and request.url.path.startswith(API_PREFIXES)
        if host not in self._allowed_hosts and not self._below_allowed(host) and not google:
            return _text(421, "This workspace does not answer to that host name (see serve --answer-to).")
        origin = request.headers.get("origin")
        if origin and request.method not in ("GET", "HEAD"):
            own = urlsplit(origin).netloc.lower() == request.headers.get("host", "").lower()
            if not own:
                return _text(403, "Requests from pages of another origin are refused.")
        return None

    def _below_allowed(self, host: str) -> bool:
        return f"*.{host.partition('.')[2]}" in self._allowed_hosts

    async def _body(self, request: HttpRequest) -> bytes | None:
        limit = self._emulator.settings.max_body
        declared = request.headers.get("content-length", "0")
        if not declared.isdecimal() or int(declared) > limit:
            return None
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > limit:
                return None
        return bytes(body)

    async def _answer(self, request: HttpRequest, asked: Request, send: Send) -> None:
        try:
            response = await run_in_threadpool(self._emulator.handle, asked)
        except ReplyStalled:
            await asyncio.sleep(self._stall_seconds)
            await _cut(send)
        except ConnectionLost:
            await _cut(send)
        except WorkspaceLockedError:
            locked = _text(503, "The workspace's database is used by another program.")
            await _send(send, _readable(request, locked))
        except WorkspaceBugError as bug:
            _log.error("%s", bug.told())
            told = _broken(bug)
            await _send(send, told if bug.service else _readable(request, told))
        else:
            await _send(send, response)


def _as_sent(name: str) -> str:
    """Give a host name as a browser sends it: «пример.рф» comes as xn--e1afmkfd.xn--p1ai; RFC 3492."""
    lowered = name.lower()
    return lowered if lowered.isascii() else lowered.encode("idna").decode("ascii")


def _host_name(header: str) -> str:
    """Give the name of a Host header without its port, IPv6 without brackets; empty for any other text."""
    found = _HOST.fullmatch(header.strip().lower())
    return (found["six"] or found["name"]) if found else ""


def _asked(request: HttpRequest, body: bytes) -> Request:
    scope = request.scope
    raw_path: bytes = scope.get("raw_path") or request.url.path.encode()
    headers: dict[str, str] = {}
    for name, value in request.headers.items():
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    host = request.headers.get("host", "")
    scheme = "https" if _host_name(host).endswith(_GOOGLE) else scope.get("scheme", "http")
    return Request(
        method=request.method,
        path=raw_path.decode("latin-1").partition("?")[0],
        query=scope.get("query_string", b"").decode("latin-1"),
        headers=headers,
        body=body,
        origin=f"{scheme}://{host}",
    )


def _text(status: int, message: str) -> Response:
    headers = {"content-type": "text/plain; charset=UTF-8", "x-content-type-options": "nosniff"}
    return Response(status, headers, f"{message}\n".encode())


def _readable(request: HttpRequest, refused: Response) -> Response:
    """Tell a person in a browser the same as a page; others get the line as it is."""
    if not pages.reads_pages(request.headers.get("accept", "")):
        return refused
    return pages.notice_alone(refused.status, *_TOLD[refused.status])


async def _send(send: Send, response: Response) -> None:
    headers = {**response.headers}
    if response.status != 204:
        headers["content-length"] = str(len(response.body))
    pairs = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": response.status, "headers": pairs})
    await send({"type": "http.response.body", "body": response.body})


async def _cut(send: Send) -> None:
    """Promise a body that never comes: the server closes the connection and the client sees it broken."""
    headers = [(b"content-length", b"1000000"), (b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
