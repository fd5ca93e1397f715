"""The fields of a file that a client writes: which ones, what they must be, and how they are kept.

Source: discovery (schema File: fields marked "Output only" cannot be written).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.drive import content, olderrevisions, rights
from sheets_sync.emulator.drive.refusals import forbidden, insufficient, required
from sheets_sync.emulator.filetable import FOLDER, INHERITS_NOT, FileRow, get_file, rfc3339
from sheets_sync.emulator.wire import ApiError

_READ_ONLY = frozenset(
    {
        *("hasThumbnail", "thumbnailLink", "thumbnailVersion", "fileExtension", "fullFileExtension"),
        *("imageMediaMetadata", "videoMediaMetadata", "sharingUser", "sharedWithMeTime", "trashingUser"),
        *("sha1Checksum", "sha256Checksum", "isAppAuthorized", "modifiedByMe", "hasAugmentedPermissions"),
        *("teamDriveId", "resourceKey", "labelInfo", "linkShareMetadata", "modifiedByMeTime", "spaces"),
        *("owners", "permissions", "permissionIds", "size", "version", "md5Checksum", "capabilities"),
        *("ownedByMe", "lastModifyingUser", "webViewLink", "webContentLink", "iconLink", "headRevisionId"),
        *("quotaBytesUsed", "exportLinks", "driveId", "trashedTime", "explicitlyTrashed", "viewedByMe"),
        *("shared",),
    }
)
"""Output only by the discovery document; of sharedWithMeTime and modifiedByMeTime it is assumed."""
_FREE = ("description", "starred", "copyRequiresWriterPermission", "writersCanShare", "originalFilename")
COLOURS = (
    *("#ac725e", "#d06b64", "#f83a22", "#fa573c", "#ff7537", "#ffad46", "#fad165", "#fbe983", "#b3dc6c"),
    *("#7bd148", "#16a765", "#42d692", "#92e1c0", "#9fe1e7", "#9fc6e7", "#4986e7", "#9a9cff", "#b99aff"),
    *("#8f8f8f", "#cabdbf", "#cca6ac", "#f691b2", "#cd74e6", "#a47ae2"),
)
"""The colours that a folder may have, as about.get lists them; which ones these are is assumed."""
VIEWED = "viewed"
"""The further field of a file that tells who saw it when."""
_PROPERTY_LIMIT = 124


def require_writable(body: dict[str, Any]) -> None:
    """Refuse a body that sets what Drive alone sets."""
    if _READ_ONLY & set(body):
        raise not_writable()


def not_writable() -> ApiError:
    """Give the refusal of a body that sets what cannot be set."""
    return forbidden("The resource body includes fields which are not directly writable.", "fieldNotWritable")


def set_fields(call: Call, row: FileRow, body: dict[str, Any]) -> None:
    """Keep the fields that a body gives; null clears. Raises ApiError for values that a field cannot have."""
    changes: dict[str, Any] = {key: body[key] for key in _FREE if key in body}
    if "viewersCanCopyContent" in body:
        changes.setdefault("copyRequiresWriterPermission", not body["viewersCanCopyContent"])
    hints = body.get("contentHints") or {}
    changes |= {key: hints[key] for key in ("indexableText", "thumbnail") if key in hints}
    changes |= {key: read(call, row, body[key]) for key, read in _READ.items() if key in body}
    if body.get("viewedByMeTime"):
        changes[VIEWED] = {**row.extra.get(VIEWED, {}), call.principal.email: _moment(body["viewedByMeTime"])}
    if call.params.get("keepRevisionForever") and call.media is not None and row.mime_type not in call.kinds:
        olderrevisions.require_room(call, row)
        changes[olderrevisions.SETTINGS] = {"keepForever": True}
    if changes:
        content.merge_extra(call, row.id, changes)
    for key, column, held in (
        ("appProperties", "app_properties", row.app_properties),
        ("properties", "properties", row.properties),
    ):
        if key in body:
            _keep_properties(call, row.id, column, {**held, **(body[key] or {})})
    for key, column in (("createdTime", "created"), ("modifiedTime", "modified")):
        if body.get(key):
            call.tx.execute(f"UPDATE file SET {column} = ? WHERE id = ?", (_moment(body[key]), row.id))


def _moment(text: str) -> str:
    return rfc3339(datetime.fromisoformat(text))


def _keep_properties(call: Call, file_id: str, column: str, merged: dict[str, Any]) -> None:
    """Keep custom properties: 124 bytes of key and value. Source: Drive's guide on custom properties."""
    kept = {name: str(value) for name, value in merged.items() if value is not None}
    for name, value in kept.items():
        if len((name + value).encode()) > _PROPERTY_LIMIT:
            raise forbidden(
                f"Properties and app properties are limited to {_PROPERTY_LIMIT} bytes, "
                "UTF-8 encoded, key and value combined.",
                "propertyTooLarge",
            )
    call.tx.execute(f"UPDATE file SET {column} = ? WHERE id = ?", (json.dumps(kept), file_id))


def _nearest(call: Call, row: FileRow, asked: str | None) -> str | None:
    """Give the colour of the palette that is closest to the one asked for. Source: discovery."""
    if not asked:
        return None
    wanted = _rgb(asked)
    if wanted is None:
        raise ApiError(400, "Invalid value for folderColorRgb.", reason="invalid")

    def far(name: str) -> int:
        return sum((one - two) ** 2 for one, two in zip(_rgb(name) or (), wanted, strict=False))

    return min(COLOURS, key=far)


def _rgb(text: str) -> tuple[int, int, int] | None:
    digits = text.removeprefix("#")
    if len(digits) != 6 or not all(one in "0123456789abcdefABCDEF" for one in digits):
        return None
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


def _restrictions(
    call: Call, row: FileRow, given: list[dict[str, Any]] | None
) -> list[dict[str, Any]] | None:
    """Read content restrictions: one at most, and its reason only where it makes the file read-only.

    Source: discovery (ContentRestriction), Drive's guide "Protect file content"; the refusals are assumed.
    """
    asked = given or []
    if len(asked) > 1:
        raise required("At most one content restriction can be set on a file.", "invalid")
    held = (row.extra.get("contentRestrictions") or [{}])[0]
    if held.get("ownerRestricted") and not rights.owns(call, row):
        raise forbidden("Only the owner can modify this content restriction.", "cannotModifyRestriction")
    if not asked or not asked[0].get("readOnly"):
        if asked and asked[0].get("reason"):
            raise required("A reason can only be set together with readOnly.", "invalid")
        return None
    if asked[0].get("ownerRestricted") and not rights.owns(call, row):
        raise forbidden("Only the owner can set an owner restriction.", "cannotModifyRestriction")
    kept = {key: asked[0][key] for key in ("readOnly", "reason", "ownerRestricted") if asked[0].get(key)}
    return [{**kept, "restrictingUser": call.principal.email, "restrictionTime": rfc3339(call.now)}]


def _download_restriction(call: Call, row: FileRow, asked: dict[str, Any] | None) -> dict[str, Any] | None:
    if not rights.owns(call, row):
        raise insufficient(row)
    return (asked or {}).get("itemDownloadRestriction") or None


def _inherits_not(call: Call, row: FileRow, asked: bool | None) -> bool | None:
    """Read whether a folder keeps out those who come by its parents.

    Source: Drive's guide "Manage folders with limited and expansive access" (folders alone; the owner, the
    organizer, a writer where writers may share); the words are assumed.
    """
    if row.mime_type != FOLDER:
        raise forbidden("Limited access is only supported for folders.", "limitedAccessNotSupported")
    shares = row.drive_id is None and row.extra.get("writersCanShare", True)
    if not rights.owns(call, row) and not shares:
        raise insufficient(row)
    return asked or None


_READ: Mapping[str, Callable[[Call, FileRow, Any], Any]] = {
    "folderColorRgb": _nearest,
    "contentRestrictions": _restrictions,
    rights.RESTRICTIONS: _download_restriction,
    INHERITS_NOT: _inherits_not,
}


def find_again(call: Call, file_id: str) -> FileRow:
    """Read a row that this call has just written."""
    row = get_file(call.tx, file_id)
    if row is None:
        raise ApiError(404, f"File not found: {file_id}.", reason="notFound")
    return row
