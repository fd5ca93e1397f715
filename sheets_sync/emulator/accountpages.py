"""What Google tells about a token and its account: tokeninfo, userinfo, revoke.

Source: Google's guides "Using OAuth 2.0 for Web Server Applications" (revoking a token) and "OpenID Connect"
(userinfo, tokeninfo), the discovery document of oauth2 v2 (userinfo.get, userinfo.v2.me.get); the text for a
token that is not known is assumed.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs

from sheets_sync.emulator import accounts
from sheets_sync.emulator.calls import Settings
from sheets_sync.emulator.filetable import permission_id
from sheets_sync.emulator.wire import ApiError, Request, Response

_INFO = frozenset({"/tokeninfo", "/oauth2/v1/tokeninfo", "/oauth2/v3/tokeninfo"})
_ACCOUNT = frozenset({"/oauth2/v1/userinfo", "/oauth2/v2/userinfo", "/userinfo/v2/me"})
_USER = frozenset({"/oauth2/v3/userinfo", "/v1/userinfo"}) | _ACCOUNT
_REVOKE = frozenset({"/revoke", "/o/oauth2/revoke"})
PATHS = _INFO | _USER | _REVOKE


def answer(request: Request, tx: sqlite3.Connection, settings: Settings, now: datetime) -> Response:
    """Answer one of PATHS; raises ApiError 400 or 401 in the shape {error, error_description}."""
    token = _token(request)
    if request.path in _REVOKE:
        if not accounts.revoke(tx, token) and settings.auth != "off":
            raise ApiError(400, "Token expired or revoked", reason="invalid_token")
        return Response.of_json({})
    held = accounts.access_of_token(tx, token, now)
    if held is None and (settings.auth != "off" or request.path in _INFO):
        code = 401 if request.path in _USER else 400
        raise ApiError(code, "Invalid Value", reason="invalid_token")
    email = held[0].email if held else settings.owner
    number = permission_id("user", email)
    if request.path in _ACCOUNT:
        return Response.of_json({"id": number, "email": email, "verified_email": True})
    if request.path in _USER:
        return Response.of_json({"sub": number, "email": email, "email_verified": True})
    return Response.of_json(_info(held, number, email, now))


def _info(held: tuple[Any, datetime] | None, number: str, email: str, now: datetime) -> dict[str, str]:
    if held is None:
        return {}
    principal, expires = held
    return {
        "azp": number,
        "aud": number,
        "scope": " ".join(sorted(principal.scopes)),
        "exp": str(int(expires.timestamp())),
        "expires_in": str(int((expires - now).total_seconds())),
        "email": email,
        "email_verified": "true",
        "access_type": "online",
    }


def _token(request: Request) -> str:
    scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return bearer.strip()
    given = {**parse_qs(request.query), **parse_qs(request.body.decode("utf-8", "replace"))}
    for name in ("access_token", "token"):
        if name in given:
            return given[name][0]
    return ""
