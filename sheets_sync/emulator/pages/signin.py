"""Staff's sign-in to the pages: one password of the school, sessions in cookies, a pause for guessers."""

from __future__ import annotations

import hashlib
import hmac
import sqlite3
from datetime import datetime, timedelta
from urllib.parse import quote

from sheets_sync.emulator.calls import Call, IdSource
from sheets_sync.emulator.pages.csrf import COOKIE, session_of
from sheets_sync.emulator.pages.fields import Fields
from sheets_sync.emulator.pages.rendering import html, notice, redirect
from sheets_sync.emulator.store import Store
from sheets_sync.emulator.wire import Response

SCHEMA = (
    "CREATE TABLE IF NOT EXISTS staff_password (salt TEXT NOT NULL, hash TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS staff_session (hash TEXT PRIMARY KEY, until TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS staff_failure (time TEXT NOT NULL)",
)
ADDRESS = "/signin"
LASTS = timedelta(hours=12)
PAUSE = timedelta(minutes=10)
MOST_FAILURES = 10
_LONGEST = 200


def first_password(store: Store, ids: IdSource) -> str | None:
    """Make the staff's password when there is none yet and return it; only its hash is kept."""
    with store.transaction(writes=True) as tx:
        if tx.execute("SELECT 1 FROM staff_password").fetchone():
            return None
        return _renew(tx, ids)


def new_password(store: Store, ids: IdSource) -> str:
    """Replace the staff's password, end every session, and return the new one."""
    with store.transaction(writes=True) as tx:
        tx.execute("DELETE FROM staff_password")
        tx.execute("DELETE FROM staff_session")
        return _renew(tx, ids)


def is_signed_in(call: Call) -> bool:
    """Tell whether the request may use staff's pages; without `auth` everybody on this machine may."""
    if call.workspace.auth != "on":
        return True
    found = call.tx.execute(
        "SELECT until FROM staff_session WHERE hash = ?", (_digest(session_of(call.raw)),)
    )
    row: tuple[str] | None = found.fetchone()
    return row is not None and datetime.fromisoformat(row[0]) > call.now


def show(call: Call, name: str, query: Fields) -> Response:
    """Show the page that asks for the password; `next` is where to go then."""
    return _page(call, _local(query), 200, "")


def enter(call: Call, name: str, fields: Fields) -> Response:
    """Start a session for the right `password`; 403 for a wrong one, 429 after ten in ten minutes."""
    wanted = _local(fields)
    tx, since = call.tx, (call.now - PAUSE).isoformat()
    tx.execute("DELETE FROM staff_failure WHERE time < ?", (since,))
    failures: tuple[int] = tx.execute("SELECT count(*) FROM staff_failure").fetchone()
    if failures[0] >= MOST_FAILURES:
        return _page(call, wanted, 429, "Слишком много попыток. Подождите десять минут.")
    stored: tuple[str, str] | None = tx.execute("SELECT salt, hash FROM staff_password").fetchone()
    given = "".join(fields.get("password", ())[:1]).strip()[:_LONGEST]
    if stored is None or not hmac.compare_digest(_slow_hash(given, stored[0]), stored[1]):
        tx.execute("INSERT INTO staff_failure (time) VALUES (?)", (call.now.isoformat(),))
        return _page(call, wanted, 403, "Пароль не подошёл.")
    secret = call.ids.token(43)
    until = (call.now + LASTS).isoformat()
    tx.execute("DELETE FROM staff_session WHERE until < ?", (call.now.isoformat(),))
    tx.execute("INSERT INTO staff_session (hash, until) VALUES (?, ?)", (_digest(secret), until))
    return _with_cookie(call, redirect(wanted), secret, int(LASTS.total_seconds()))


def leave(call: Call, name: str, fields: Fields) -> Response:
    """End the session."""
    call.tx.execute("DELETE FROM staff_session WHERE hash = ?", (_digest(session_of(call.raw)),))
    return _with_cookie(call, redirect(ADDRESS), "", 0)


def refuse(call: Call) -> Response:
    """Send a reader to the sign-in page and refuse a change."""
    if call.raw.method in ("GET", "HEAD"):
        wanted = f"{call.raw.path}?{call.raw.query}" if call.raw.query else call.raw.path
        return redirect(f"{ADDRESS}?next={quote(wanted, safe='/')}")
    return notice(call, 403, "Нужен вход", "Войдите и повторите.", (ADDRESS, "Войти"))


def _page(call: Call, wanted: str, status: int, problem: str) -> Response:
    return html(call, "signin.html", status, wanted=wanted, problem=problem)


def _local(fields: Fields) -> str:
    """Return the address to go on to if it is a path of this workspace, else the list of files."""
    wanted = "".join(fields.get("next", ())[:1])
    outside = wanted.startswith(("//", "/\\")) or any(
        ord(letter) < 33 or ord(letter) > 126 for letter in wanted
    )
    return wanted if wanted.startswith("/") and not outside else "/"


def _with_cookie(call: Call, answer: Response, secret: str, seconds: int) -> Response:
    safe = "; Secure" if call.workspace.base_url.startswith("https:") else ""
    cookie = f"{COOKIE}={secret}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{safe}"
    return Response(answer.status, {**answer.headers, "set-cookie": cookie}, answer.body)


def _renew(tx: sqlite3.Connection, ids: IdSource) -> str:
    password = "-".join(ids.alnum(5) for _ in range(4))
    salt = ids.hex(32)
    tx.execute("INSERT INTO staff_password (salt, hash) VALUES (?, ?)", (salt, _slow_hash(password, salt)))
    return password


def _slow_hash(password: str, salt: str) -> str:
    return hashlib.scrypt(
        password.encode("utf-8", "replace"), salt=bytes.fromhex(salt), n=2**14, r=8, p=1, maxmem=2**26
    ).hex()


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
