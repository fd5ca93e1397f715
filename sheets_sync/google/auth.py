"""Signing in: a service account's key or a user's token, with the least scopes that a command needs."""

import json
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import google.auth.exceptions
from google.auth.credentials import Credentials
from google.oauth2 import credentials as user_credentials
from google.oauth2 import service_account

from sheets_sync.errors import CredentialsError

_ROOT = "https://www.googleapis.com/auth/"
RUN_SCOPES = tuple(
    _ROOT + name
    for name in ("spreadsheets", "forms.responses.readonly", "forms.body.readonly", "documents", "drive.file")
)
"""What a night needs; `drive` itself is never asked for. Source: the scopes of each method in discovery."""

INIT_SCOPES = (*RUN_SCOPES, _ROOT + "forms.body")
"""What making forms needs besides."""


def load_credentials(path: Path, scopes: Sequence[str]) -> Credentials:
    """Read a key file of a service account or an authorized user.

    Raises:
        CredentialsError: the file is missing, readable by others, or not a key.
    """
    try:
        mode = path.stat().st_mode
        found = json.loads(path.read_text("utf-8"))
    except FileNotFoundError as exc:
        raise CredentialsError(f"Нет файла ключа {path.name}") from exc
    except (OSError, json.JSONDecodeError, UnicodeDecodeError) as exc:
        raise CredentialsError(f"Файл ключа {path.name} не читается") from exc
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise CredentialsError(
            f"Файл ключа {path.name} открыт другим пользователям", hint=f"Закройте его: chmod 600 {path.name}"
        )
    kind = found.get("type") if isinstance(found, dict) else None
    try:
        if kind == "service_account":
            make: Any = service_account.Credentials.from_service_account_info
            made: Credentials = make(found, scopes=list(scopes))
            return made
        if kind == "authorized_user":
            sign_in: Any = user_credentials.Credentials.from_authorized_user_info
            user: Credentials = sign_in(found, list(scopes))
            return user
    except (ValueError, google.auth.exceptions.GoogleAuthError) as exc:
        raise CredentialsError(f"Файл ключа {path.name} повреждён") from exc
    raise CredentialsError(f"Файл {path.name} — не ключ сервисного аккаунта и не вход пользователя")
