"""Tokens: the endpoint that issues them and the check before every call.

Source: Google's guide "Using OAuth 2.0 for server to server applications" (JWT claims, errors), recorded
401 and 403 bodies; texts that neither shows are assumed.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from sheets_sync.emulator import accounts
from sheets_sync.emulator.calls import IdSource, Principal, Settings
from sheets_sync.emulator.naming import rpc_name
from sheets_sync.emulator.routes import Route
from sheets_sync.emulator.wire import ApiError, Request, Response

TOKEN_PATHS = frozenset({"/token", "/oauth2/v4/token", "/o/oauth2/token"})
LIFETIME = timedelta(seconds=3599)
SKEW = timedelta(minutes=5)
_OWN_FILES = frozenset(
    {"https://www.googleapis.com/auth/drive.file", "https://www.googleapis.com/auth/drive.appdata"}
)
"""Scopes that open only the files that the program made. Source: Drive's guide "Choose scopes"."""
JWT_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_AUDIENCES = frozenset(
    {
        "https://oauth2.googleapis.com/token",
        "https://www.googleapis.com/oauth2/v4/token",
        "https://accounts.google.com/o/oauth2/token",
    }
)
_SHORT_SCOPES = frozenset({"openid", "email", "profile"})
_SCOPE = re.compile(r"https?://[^\s/]+/")
_EXPECTED = (
    "Expected OAuth 2 access token, login cookie or other valid authentication credential. "
    "See https://developers.google.com/identity/sign-in/web/devconsole-project."
)


def token_answer(
    request: Request, tx: sqlite3.Connection, settings: Settings, ids: IdSource, now: datetime
) -> Response:
    """Exchange a signed JWT or a refresh token for an access token.

    With auth "off" nothing is verified. Raises ApiError in the shape {error, error_description}.
    """
    form = {key: values[0] for key, values in parse_qs(request.body.decode("utf-8", "replace")).items()}
    grant = form.get("grant_type", "")
    if grant == JWT_GRANT:
        principal = _principal_of_assertion(form.get("assertion", ""), request, tx, settings, now)
    elif grant == "refresh_token":
        principal = _principal_of_refresh(form, tx, settings)
    else:
        raise _oauth("unsupported_grant_type", f"Invalid grant_type: {grant}")
    token = "ya29." + ids.token(120)
    accounts.keep_access_token(tx, token, principal, now + LIFETIME)
    answer = {"access_token": token, "expires_in": int(LIFETIME.total_seconds()), "token_type": "Bearer"}
    if grant == "refresh_token":
        answer["scope"] = " ".join(sorted(principal.scopes))
    return Response.of_json(answer)


def _oauth(reason: str, message: str, code: int = 400) -> ApiError:
    return ApiError(code, message, reason=reason)


def _principal_of_refresh(form: Mapping[str, str], tx: sqlite3.Connection, settings: Settings) -> Principal:
    row = tx.execute(
        "SELECT client_id, client_secret_hash, email, scopes FROM refresh_token WHERE hash = ?",
        (accounts.digest(form.get("refresh_token", "")),),
    ).fetchone()
    if row is None and settings.auth == "off":
        return Principal(settings.owner, frozenset(form.get("scope", "").split()))
    if row is None:
        revoked = accounts.was_revoked(tx, form.get("refresh_token", ""))
        raise _oauth("invalid_grant", "Token has been expired or revoked." if revoked else "Bad Request")
    if row[0] != form.get("client_id"):
        known = tx.execute(
            "SELECT 1 FROM refresh_token WHERE client_id = ?", (form.get("client_id", ""),)
        ).fetchone()
        if known is None:
            raise _oauth("invalid_client", "The OAuth client was not found.", 401)
        raise _oauth("unauthorized_client", "Unauthorized", 401)
    if row[1] != accounts.digest(form.get("client_secret", "")):
        raise _oauth("invalid_client", "The provided client secret is invalid.", 401)
    granted = frozenset(row[3].split())
    asked = frozenset(form.get("scope", "").split()) or granted
    if not asked <= granted:
        raise _oauth("invalid_scope", "Some requested scopes were invalid.")
    return Principal(row[2], asked, client=row[0])


def _principal_of_assertion(
    assertion: str, request: Request, tx: sqlite3.Connection, settings: Settings, now: datetime
) -> Principal:
    header, claims, signed, signature = _decoded(assertion)
    if settings.auth == "off":
        return Principal(settings.owner, frozenset(str(claims.get("scope", "")).split()))
    email = str(claims.get("iss", ""))
    delegated = _verified(tx, email, header, signed, signature)
    _check_times(claims, now)
    own = {f"{base}{path}" for base in (settings.base_url, request.origin) for path in TOKEN_PATHS}
    if claims.get("aud") not in _AUDIENCES | own:
        raise _oauth("invalid_grant", "Invalid JWT: Failed audience check.")
    scopes = frozenset(str(claims.get("scope", "")).split())
    if not scopes or not all(scope in _SHORT_SCOPES or _SCOPE.match(scope) for scope in scopes):
        raise _oauth("invalid_scope", "Invalid OAuth scope or ID token audience provided.")
    subject = claims.get("sub", email)
    if subject != email:
        if not delegated:
            raise _oauth(
                "unauthorized_client",
                "Client is unauthorized to retrieve access tokens using this method, "
                "or client not authorized for any of the scopes requested.",
                401,
            )
        return Principal(str(subject), scopes, client=email)
    return Principal(email, scopes, "service_account", client=email)


def _decoded(assertion: str) -> tuple[dict[str, Any], dict[str, Any], bytes, bytes]:
    parts = assertion.split(".")
    try:
        if len(parts) != 3:
            raise ValueError
        header, claims, signature = (
            base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)) for part in parts
        )
        read = json.loads(header), json.loads(claims)
        if not all(isinstance(part, dict) for part in read):
            raise ValueError
    except (ValueError, binascii.Error):
        raise _oauth("invalid_grant", "Invalid JWT: malformed assertion.") from None
    return read[0], read[1], ".".join(parts[:2]).encode(), signature


def _verified(
    tx: sqlite3.Connection, email: str, header: Mapping[str, Any], signed: bytes, signature: bytes
) -> bool:
    """Verify an RS256 signature by the account's registered keys; tell whether it may act for others."""
    keys = accounts.keys_of(tx, email)
    if not keys:
        raise _oauth("invalid_grant", "Invalid grant: account not found")
    if header.get("alg") == "RS256":
        for key_id, public, delegated in keys:
            if header.get("kid") in (None, key_id) and _signs(public, signed, signature):
                return delegated
    raise _oauth("invalid_grant", "Invalid JWT Signature.")


def _signs(public: str, signed: bytes, signature: bytes) -> bool:
    try:
        key = serialization.load_pem_public_key(public.encode())
        if not isinstance(key, rsa.RSAPublicKey):
            return False
        key.verify(signature, signed, padding.PKCS1v15(), hashes.SHA256())
    except (InvalidSignature, UnsupportedAlgorithm, ValueError):
        return False
    return True


def _check_times(claims: Mapping[str, Any], now: datetime) -> None:
    try:
        issued = datetime.fromtimestamp(float(claims["iat"]), now.tzinfo)
        expires = datetime.fromtimestamp(float(claims["exp"]), now.tzinfo)
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        raise _oauth("invalid_grant", "Invalid JWT: missing or wrong iat or exp.") from None
    short = expires - issued <= timedelta(hours=1) + SKEW
    if not short or issued > now + SKEW or expires < now:
        raise _oauth(
            "invalid_grant",
            "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. "
            "Check your iat and exp values in the JWT claim.",
        )


def authorise(
    route: Route, request: Request, tx: sqlite3.Connection, settings: Settings, now: datetime
) -> Principal:
    """Tell who calls, after the token's expiry and scopes have been checked for this method.

    Raises ApiError 401 (no token, unknown or expired token) or 403 ACCESS_TOKEN_SCOPE_INSUFFICIENT.
    """
    token = _bearer(request)
    if settings.auth == "off":
        known = accounts.principal_of_token(tx, token, now) if token.startswith("ya29.") else None
        kind = "service_account" if settings.storage_rule else "user"
        return known or Principal(settings.owner, kind=kind)
    if not token:
        raise _unauthenticated(
            route,
            f"Request is missing required authentication credential. {_EXPECTED}",
            "CREDENTIALS_MISSING",
        )
    principal = accounts.principal_of_token(tx, token, now)
    if principal is None:
        raise _unauthenticated(
            route, f"Request had invalid authentication credentials. {_EXPECTED}", "ACCESS_TOKEN_EXPIRED"
        )
    if route.scopes and not route.scopes & principal.scopes:
        raise ApiError(
            403,
            "Request had insufficient authentication scopes.",
            "PERMISSION_DENIED",
            details=[_error_info(route, "ACCESS_TOKEN_SCOPE_INSUFFICIENT")],
            reason="insufficientPermissions",
            headers=_challenge("insufficient_scope", sorted(route.scopes)),
        )
    return replace(principal, limited=bool(route.scopes) and route.scopes & principal.scopes <= _OWN_FILES)


def _bearer(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return token.strip()
    return parse_qs(request.query).get("access_token", [""])[0]


def _unauthenticated(route: Route, message: str, reason: str) -> ApiError:
    return ApiError(
        401,
        message,
        "UNAUTHENTICATED",
        details=[_error_info(route, reason)],
        reason="required" if reason == "CREDENTIALS_MISSING" else "authError",
        headers=_challenge("" if reason == "CREDENTIALS_MISSING" else "invalid_token"),
    )


def _challenge(error: str, scopes: Sequence[str] = ()) -> dict[str, str]:
    """Write the header that tells what is wrong with a token, and which scopes would do.

    Source: answers of Google's that are quoted in public.
    """
    parts = ['Bearer realm="https://accounts.google.com/"']
    parts += [f'error="{error}"'] if error else []
    parts += [f'scope="{" ".join(scopes)}"'] if scopes else []
    return {"www-authenticate": ", ".join(parts)}


def _error_info(route: Route, reason: str) -> dict[str, Any]:
    return {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": reason,
        "domain": "googleapis.com",
        "metadata": {"service": f"{route.service}.googleapis.com", "method": rpc_name(route.method_id)},
    }
