"""Accounts that may ask for tokens: service accounts by their keys, people by refresh tokens."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from sheets_sync.emulator.calls import Principal

SCHEMA = (
    """CREATE TABLE service_account (
        email TEXT NOT NULL, key_id TEXT NOT NULL, public_key TEXT NOT NULL,
        delegated INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (email, key_id))""",
    """CREATE TABLE refresh_token (
        hash TEXT PRIMARY KEY, client_id TEXT NOT NULL, client_secret_hash TEXT NOT NULL,
        email TEXT NOT NULL, scopes TEXT NOT NULL)""",
    """CREATE TABLE access_token (
        hash TEXT PRIMARY KEY, email TEXT NOT NULL, kind TEXT NOT NULL, scopes TEXT NOT NULL,
        expires TEXT NOT NULL)""",
    "CREATE TABLE IF NOT EXISTS token_client (hash TEXT PRIMARY KEY, client TEXT NOT NULL)",
    "CREATE TABLE revoked_token (hash TEXT PRIMARY KEY)",
)


_TOKENS = ("access_token", "refresh_token", "token_client")


def digest(secret: str) -> str:
    """Hash a secret; only hashes are kept."""
    return hashlib.sha256(secret.encode()).hexdigest()


def new_key_pair() -> tuple[str, str]:
    """Make an RSA key: (private PEM for the account's file, public PEM for `register_service_account`)."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return private.decode(), public.decode()


def service_account_file(email: str, key_id: str, private_key: str, token_uri: str) -> dict[str, Any]:
    """Make the content of a service account's key file, as Google's console gives it."""
    return {
        "type": "service_account",
        "project_id": "local-workspace",
        "private_key_id": key_id,
        "private_key": private_key,
        "client_email": email,
        "client_id": str(int(digest(email)[:16], 16)),
        "token_uri": token_uri,
    }


def register_service_account(
    tx: sqlite3.Connection, email: str, key_id: str, public_key: str, *, delegated: bool = False
) -> None:
    """Let a key of a service account ask for tokens; `delegated` lets it act for other people."""
    tx.execute(
        "INSERT OR REPLACE INTO service_account (email, key_id, public_key, delegated) VALUES (?, ?, ?, ?)",
        (email, key_id, public_key, delegated),
    )


def register_refresh_token(
    tx: sqlite3.Connection,
    token: str,
    *,
    client_id: str,
    client_secret: str,
    email: str,
    scopes: Iterable[str],
) -> None:
    """Let a person's refresh token be exchanged by one client."""
    tx.execute(
        "INSERT OR REPLACE INTO refresh_token (hash, client_id, client_secret_hash, email, scopes) "
        "VALUES (?, ?, ?, ?, ?)",
        (digest(token), client_id, digest(client_secret), email, " ".join(scopes)),
    )


def keys_of(tx: sqlite3.Connection, email: str) -> list[tuple[str, str, bool]]:
    """List (key id, public PEM, may act for others) of a service account."""
    rows = tx.execute("SELECT key_id, public_key, delegated FROM service_account WHERE email = ?", (email,))
    return [(key_id, public, bool(delegated)) for key_id, public, delegated in rows]


def keep_access_token(tx: sqlite3.Connection, token: str, principal: Principal, expires: datetime) -> None:
    """Remember an issued token by its hash."""
    tx.execute(
        "INSERT INTO access_token (hash, email, kind, scopes, expires) VALUES (?, ?, ?, ?, ?)",
        (
            digest(token),
            principal.email,
            principal.kind,
            " ".join(sorted(principal.scopes)),
            expires.isoformat(),
        ),
    )
    tx.execute("INSERT INTO token_client (hash, client) VALUES (?, ?)", (digest(token), principal.client))


def revoke(tx: sqlite3.Connection, token: str) -> bool:
    """Forget an access or a refresh token but for its having been; tell whether there was one."""
    found = [
        tx.execute(f"DELETE FROM {table} WHERE hash = ?", (digest(token),)).rowcount for table in _TOKENS
    ]
    if any(found):
        tx.execute("INSERT OR REPLACE INTO revoked_token VALUES (?)", (digest(token),))
    return any(found)


def was_revoked(tx: sqlite3.Connection, token: str) -> bool:
    """Tell whether a token was good once."""
    return tx.execute("SELECT 1 FROM revoked_token WHERE hash = ?", (digest(token),)).fetchone() is not None


def principal_of_token(tx: sqlite3.Connection, token: str, now: datetime) -> Principal | None:
    """Give whom an access token stands for, or None when it is unknown or has expired."""
    found = access_of_token(tx, token, now)
    return found[0] if found else None


def access_of_token(tx: sqlite3.Connection, token: str, now: datetime) -> tuple[Principal, datetime] | None:
    """Give (whom an access token stands for, until when), or None when it is unknown or has expired."""
    row = tx.execute(
        "SELECT email, kind, scopes, expires, coalesce(client, '') FROM access_token "
        "LEFT JOIN token_client USING (hash) WHERE hash = ?",
        (digest(token),),
    ).fetchone()
    if row is None or datetime.fromisoformat(row[3]) <= now:
        return None
    principal = Principal(row[0], frozenset(row[2].split()), row[1], row[4])
    return principal, datetime.fromisoformat(row[3])
