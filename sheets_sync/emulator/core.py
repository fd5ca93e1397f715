"""The workspace itself: a request in, Google's answer out, one transaction per call."""

from __future__ import annotations

import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sheets_sync.emulator import accountpages, accounts, auth, requestlog, services
from sheets_sync.emulator.addresses import export_request, plain_request
from sheets_sync.emulator.batch import answer_batch
from sheets_sync.emulator.bugs import bugs_named
from sheets_sync.emulator.calls import Call, IdSource, Principal, Settings
from sheets_sync.emulator.catalogue import answer_discovery
from sheets_sync.emulator.drive.uploads import uploading
from sheets_sync.emulator.faults import Faults
from sheets_sync.emulator.masks import Mask, MaskSyntaxError, parse_mask, unknown_paths
from sheets_sync.emulator.payload import parse_body
from sheets_sync.emulator.quota import Quota
from sheets_sync.emulator.refusals import refusal, unknown_url
from sheets_sync.emulator.routes import API_PREFIXES, Route, find_route, query_pairs, typed_parameters
from sheets_sync.emulator.store import Store
from sheets_sync.emulator.wire import ApiError, Request, Response, bad_request, field_violation, unimplemented

TOKEN_METHOD = "token"


def system_clock() -> datetime:
    """Tell the present time, aware, in UTC."""
    return datetime.now(UTC)


class Emulator:
    """A local workspace that answers Google's REST for Sheets, Docs, Forms and Drive.

    `database` is a file or ":memory:". Raises WorkspaceLockedError when another program holds the file.
    """

    def __init__(
        self,
        database: Path | str = ":memory:",
        *,
        clock: Callable[[], datetime] = system_clock,
        ids: IdSource | None = None,
        auth: str = "off",
        base_url: str = "http://127.0.0.1:8080",
        owner: str = "curator@school.example",
        storage_rule: bool = False,
        strangers: Iterable[str] = (),
        quota: Quota | None = None,
        token_clock: Callable[[], datetime] | None = None,
        lock_wait: float = 5.0,
    ) -> None:
        self.settings = Settings(base_url.rstrip("/"), auth, owner, storage_rule, frozenset(strangers))
        self.clock = clock
        self.token_clock = token_clock or clock
        self.quota = quota
        self.ids = ids or IdSource()
        self.faults = Faults()
        self.store = Store(database, services.SCHEMA, lock_wait=lock_wait)
        self._lock = threading.RLock()

    def handle(self, request: Request) -> Response:
        """Answer one request; requests of several threads are answered one after another.

        Raises WorkspaceBugError for an error of the workspace's own, ConnectionLost and ReplyStalled for
        faults.
        """
        with self._lock:
            return self._answer(request)

    def _answer(self, request: Request) -> Response:
        try:
            request = plain_request(request, self.settings.max_body)
        except ApiError as error:
            return refusal("drive", error)
        request = export_request(request) or request
        if request.path in auth.TOKEN_PATHS and request.method == "POST":
            return self.faults.around(request, TOKEN_METHOD, lambda: self._token(request), "token")
        if request.path in accountpages.PATHS:
            return self._account(request)
        if request.path.startswith("/batch") and request.method == "POST":
            return answer_batch(request, self._answer)
        if request.path.startswith(("/$discovery/", "/discovery/")):
            return answer_discovery(request, self.settings.base_url)
        found = find_route(request.method, request.path)
        if found is None:
            if request.path.startswith(API_PREFIXES):
                return unknown_url(request.path)
            return self._page(request)
        route, path = found
        return self.faults.around(
            request, route.method_id, lambda: self._call(request, route, path), route.service
        )

    def _token(self, request: Request) -> Response:
        now = self.token_clock()
        try:
            with bugs_named(TOKEN_METHOD, "token"), self.store.transaction(writes=True) as tx:
                response = auth.token_answer(request, tx, self.settings, self.ids, now)
                requestlog.record(tx, self.clock(), TOKEN_METHOD, response.status)
        except ApiError as error:
            response = refusal("token", error)
            self._record(TOKEN_METHOD, response)
        return response

    def _account(self, request: Request) -> Response:
        try:
            with bugs_named("account", "token"), self.store.transaction(writes=True) as tx:
                return accountpages.answer(request, tx, self.settings, self.token_clock())
        except ApiError as error:
            return refusal("token", error)

    def _record(self, method_id: str, response: Response) -> None:
        now = self.clock()
        self.store.defer(lambda tx: requestlog.record(tx, now, method_id, response.status))

    def _call(self, request: Request, route: Route, path: dict[str, str]) -> Response:
        with bugs_named(route.method_id, route.service):
            return self._called(request, route, path)

    def _called(self, request: Request, route: Route, path: dict[str, str]) -> Response:
        now = self.clock()
        try:
            principal = self._admitted(request, route, now)
            call = self._read(request, route, path, now, principal)
            method = services.METHODS.get(route.method_id)
            if method is None:
                raise unimplemented(route.method_id)
            if route.upload:
                method = uploading(method, lambda metadata: parse_body(route, metadata))
            with self.store.transaction(writes=route.writes) as tx:
                call.tx = tx
                response = _rendered(method(call), call.mask)
                if route.writes:
                    requestlog.record(tx, now, route.method_id, response.status)
        except ApiError as error:
            response = refusal(route.service, error)
        else:
            if route.writes:
                return response
        self._record(route.method_id, response)
        return response

    def _admitted(self, request: Request, route: Route, now: datetime) -> Principal:
        with self.store.transaction(writes=False) as tx:
            principal = auth.authorise(route, request, tx, self.settings, self.token_clock())
        if self.quota is not None:
            self.quota.spend(route, principal.email, now)
        return principal

    def _read(
        self, request: Request, route: Route, path: dict[str, str], now: datetime, principal: Principal
    ) -> Call:
        pairs = query_pairs(request.query)
        return Call(
            method=route.method_id,
            params=typed_parameters(route, path, pairs),
            body=parse_body(route, request.body) if route.request and not route.upload else {},
            raw=request,
            tx=None,  # type: ignore[arg-type]
            now=now,
            ids=self.ids,
            principal=principal,
            workspace=self.settings,
            kinds=services.KINDS,
            methods=services.METHODS,
            mask=_mask(route, dict(pairs), request.headers.get("x-goog-fieldmask", "")),
            writes=route.writes,
        )

    def _page(self, request: Request) -> Response:
        now = self.clock()
        writes = request.method not in ("GET", "HEAD")
        method = f"pages.{request.method.lower()}"
        with bugs_named(method, ""), self.store.transaction(writes=writes) as tx:
            call = Call(
                method=method,
                params={},
                body={},
                raw=request,
                tx=tx,
                now=now,
                ids=self.ids,
                principal=Principal(self.settings.owner, kind="page"),
                workspace=self.settings,
                kinds=services.KINDS,
                methods=services.METHODS,
                writes=writes,
            )
            response = services.page(request, call)
        return response if response is not None else unknown_url(request.path)

    def requests(self, since: int = 0) -> Counter[str]:
        """Count the requests answered after number `since`, by discovery method id."""
        with self._lock, self.store.transaction(writes=False) as tx:
            return requestlog.counts(tx, since)

    def last_request(self) -> int:
        """Give the number of the latest request answered, for `requests(since=…)`."""
        with self._lock, self.store.transaction(writes=False) as tx:
            return requestlog.last(tx)

    def register_service_account(
        self, email: str, key_id: str, public_key: str, *, delegated: bool = False
    ) -> None:
        """Let a service account's key ask for tokens."""
        self._write(
            lambda tx: accounts.register_service_account(tx, email, key_id, public_key, delegated=delegated)
        )

    def register_refresh_token(
        self, token: str, *, client_id: str, client_secret: str, email: str, scopes: Iterable[str]
    ) -> None:
        """Let a person's refresh token be exchanged for access tokens by one client."""
        self._write(
            lambda tx: accounts.register_refresh_token(
                tx, token, client_id=client_id, client_secret=client_secret, email=email, scopes=scopes
            )
        )

    def _write(self, function: Callable[[sqlite3.Connection], None]) -> None:
        with self._lock:
            self.store.defer(function)

    def close(self) -> None:
        """Close the database."""
        with self._lock:
            self.store.close()


def request_of(
    method: str, url: str, headers: dict[str, str] | None = None, body: bytes | str | None = None
) -> Request:
    """Make a Request of a whole URL, e.g. for tests."""
    parts = urlsplit(url)
    data = body.encode() if isinstance(body, str) else body or b""
    lowered = {key.lower(): value for key, value in (headers or {}).items()}
    origin = f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
    return Request(method.upper(), parts.path or "/", parts.query, lowered, data, origin)


def _mask(route: Route, query: dict[str, str], header: str) -> Mask | None:
    """Read the `fields` parameter, or the header X-Goog-FieldMask, against the answer's schema.

    Source: recorded 400 for a bad mask (gargle); Google's guide "System parameters" for the header; Drive's
    answers quoted in public programs name the field alone ("Invalid field selection etag" of files(etag)).
    """
    text = query.get("fields") or query.get("$fields") or header
    if not text:
        return None
    try:
        mask = parse_mask(text)
        unknown = unknown_paths(mask, route.schemas, route.response) if route.response else []
    except MaskSyntaxError:
        unknown = [text]
    if not unknown:
        return mask
    if route.service == "drive":
        raise ApiError(
            400,
            f"Invalid field selection {unknown[0].rpartition('.')[2]}",
            reason="invalidParameter",
            location_type="parameter",
            location="fields",
        )
    told = "Error expanding 'fields' parameter. Cannot find matching fields for path '{}'."
    violations = [field_violation(path, told.format(path)) for path in unknown]
    raise bad_request("Request contains an invalid argument.", violations)


def _rendered(answer: dict[str, Any] | Response, mask: Mask | None) -> Response:
    if isinstance(answer, Response):
        return answer
    return Response.of_json(mask.apply(answer) if mask is not None else answer)
