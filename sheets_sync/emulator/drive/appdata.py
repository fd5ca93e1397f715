"""The application data folder: a hidden folder that each program has in each account.

Source: Drive's guide "Store application-specific data" (who reaches it, what is refused and with which
reason; the English text about the trash is assumed); a public issue quotes the refusal of a token without the
scope.
"""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from dataclasses import replace

from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.drive.refusals import bad_parameter, forbidden
from sheets_sync.emulator.drive.shape import root_resource_row
from sheets_sync.emulator.filetable import APP_DATA, APP_DATA_SCOPE, FileRow
from sheets_sync.emulator.wire import ApiError

SPACE = "appDataFolder"
_SPACES = frozenset({"drive", SPACE})


def folder_id(call: Call) -> str:
    """Give the id of the calling program's folder in the caller's account; it always exists."""
    owner = f"{SPACE}\n{call.principal.email}\n{call.principal.client}"
    return "1" + urlsafe_b64encode(hashlib.sha256(owner.encode()).digest()).decode()[:32]


def is_folder(call: Call, file_id: str) -> bool:
    """Tell whether an id, or the name that stands for it, is the caller's application data folder."""
    return file_id in (SPACE, folder_id(call))


def folder(call: Call) -> FileRow:
    """Give the folder itself. Raises ApiError 403 insufficientScopes. Its name is assumed."""
    _require_scope(call, "The granted scopes do not allow use of the Application Data folder.", "fileId")
    extra = {APP_DATA: call.principal.client}
    return replace(root_resource_row(call), id=folder_id(call), name=SPACE, extra=extra)


def inside(row: FileRow | None) -> bool:
    """Tell whether a file lies in an application data folder."""
    return row is not None and APP_DATA in row.extra


def spaces_of(call: Call) -> frozenset[str]:
    """Read the parameter `spaces`.

    Raises ApiError 400 for an unknown space, 403 insufficientScopes for one that the token does not open.
    """
    asked = frozenset(name.strip() for name in call.params.get("spaces", "").split(",") if name.strip())
    if not asked <= _SPACES:
        raise bad_parameter("spaces")
    told = "The granted scopes do not give access to all of the requested spaces."
    if SPACE in asked:
        _require_scope(call, told, "spaces")
    elif call.workspace.auth != "off" and call.principal.scopes == {APP_DATA_SCOPE}:
        raise _insufficient(told, "spaces")
    return asked or frozenset({"drive"})


def holds(spaces: frozenset[str], row: FileRow) -> bool:
    """Tell whether a file lies in one of the spaces."""
    return (SPACE if inside(row) else "drive") in spaces


def refuse(row: FileRow | None) -> None:
    """Refuse what cannot be done with application data: sharing it, moving it in or out."""
    if inside(row):
        raise not_supported()


def not_supported(
    message: str = "Method not supported for files within the Application Data folder.",
) -> ApiError:
    """Give the refusal for a file in an application data folder."""
    return forbidden(message, "notSupportedForAppDataFolderFiles")


def _require_scope(call: Call, message: str, location: str) -> None:
    if call.workspace.auth != "off" and APP_DATA_SCOPE not in call.principal.scopes:
        raise _insufficient(message, location)


def _insufficient(message: str, location: str) -> ApiError:
    return ApiError(403, message, reason="insufficientScopes", location_type="parameter", location=location)
