"""Doors into a workspace of the same process, shaped as the HTTP layers of the real clients."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import httplib2
import requests
from requests.adapters import BaseAdapter, HTTPAdapter
from urllib3 import HTTPResponse

from sheets_sync.emulator.core import Emulator
from sheets_sync.emulator.wire import Request, Response


def _request(method: str, url: str, headers: Mapping[str, Any], body: Any) -> Request:
    parts = urlsplit(url)
    if hasattr(body, "read"):
        body = body.read()
    if body is not None and not isinstance(body, bytes | str):
        body = b"".join(part.encode() if isinstance(part, str) else part for part in body)
    data = body.encode("utf-8") if isinstance(body, str) else body or b""
    lowered = {_text(key).lower(): _text(value) for key, value in headers.items()}
    lowered.setdefault("host", parts.netloc)
    origin = f"{parts.scheme}://{parts.netloc}"
    return Request(method.upper(), parts.path or "/", parts.query, lowered, data, origin)


def _text(value: Any) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


class EmulatorAdapter(BaseAdapter):
    """A transport of `requests`: mount it on "https://" of the session that gspread uses.

    Lost connections arrive as requests.ConnectionError, stalls as requests.ReadTimeout.
    """

    def __init__(self, emulator: Emulator) -> None:
        super().__init__()
        self._emulator = emulator
        self._builder = HTTPAdapter()

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: Any = None,
        verify: Any = True,
        cert: Any = None,
        proxies: Any = None,
    ) -> requests.Response:
        """Answer one prepared request."""
        asked = _request(request.method or "GET", request.url or "", request.headers, request.body)
        try:
            answer = self._emulator.handle(asked)
        except TimeoutError as error:
            raise requests.ReadTimeout(str(error), request=request) from error
        except ConnectionError as error:
            raise requests.ConnectionError(str(error), request=request) from error
        raw = HTTPResponse(
            body=io.BytesIO(answer.body),
            headers=answer.headers,
            status=answer.status,
            preload_content=False,
            decode_content=False,
        )
        return self._builder.build_response(request, raw)

    def close(self) -> None:
        """Keep the workspace open: it belongs to whoever made it."""


class EmulatorHttp:
    """An object shaped as httplib2.Http, for googleapiclient's `build(..., http=…)`.

    Lost connections arrive as ConnectionResetError and stalls as TimeoutError, as from httplib2 itself.
    """

    redirect_codes = frozenset({300, 301, 302, 303, 307})
    timeout = None

    def __init__(self, emulator: Emulator) -> None:
        self._emulator = emulator

    def request(
        self,
        uri: str,
        method: str = "GET",
        body: Any = None,
        headers: Mapping[str, Any] | None = None,
        redirections: int = 5,
        connection_type: Any = None,
    ) -> tuple[httplib2.Response, bytes]:
        """Answer one request."""
        answer = self._emulator.handle(_request(method, uri, headers or {}, body))
        return httplib2.Response({**answer.headers, "status": str(answer.status)}), answer.body

    def close(self) -> None:
        """Keep the workspace open: it belongs to whoever made it."""


class AuthAnswer:
    """An answer shaped as google.auth.transport.Response."""

    def __init__(self, answer: Response) -> None:
        self.status = answer.status
        self.headers: Mapping[str, str] = answer.headers
        self.data = answer.body


class EmulatorAuthRequest:
    """A callable shaped as google.auth.transport.Request, for `credentials.refresh(…)`."""

    def __init__(self, emulator: Emulator) -> None:
        self._emulator = emulator

    def __call__(
        self,
        url: str,
        method: str = "GET",
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
        **kwargs: Any,
    ) -> AuthAnswer:
        """Answer one request of google-auth."""
        return AuthAnswer(self._emulator.handle(_request(method, url, headers or {}, body)))
