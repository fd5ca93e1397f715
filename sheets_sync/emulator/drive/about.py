"""Drive v3 about: the caller, the storage, the conversions."""

from __future__ import annotations

from typing import Any

from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.drive import drives
from sheets_sync.emulator.drive.conversions import import_formats
from sheets_sync.emulator.drive.metadata import COLOURS
from sheets_sync.emulator.drive.refusals import fields_required
from sheets_sync.emulator.drive.shape import user_resource
from sheets_sync.emulator.filetable import DOCUMENT, SPREADSHEET

_IMPORT_SIZES = {DOCUMENT: "10485760", SPREADSHEET: "104857600"}
"""In bytes; which they are is assumed."""


def get(call: Call) -> dict[str, Any]:
    """Tell about the caller and the workspace; `fields` is required. Source: discovery (about.get)."""
    if call.mask is None:
        raise fields_required()
    service_account = call.principal.kind == "service_account"
    used, binned = call.tx.execute(
        "SELECT coalesce(sum(size), 0), coalesce(sum(iif(trashed, size, 0)), 0) FROM "
        "(SELECT trashed, coalesce(json_extract(extra, '$.size'), 0) AS size FROM file WHERE owner = ?)",
        (call.principal.email,),
    ).fetchone()
    limit = 0 if service_account and call.workspace.storage_rule else 15 * 1024**3
    return {
        "kind": "drive#about",
        "user": user_resource(call, call.principal.email),
        "storageQuota": {
            "limit": str(limit),
            "usage": str(used),
            "usageInDrive": str(used),
            "usageInDriveTrash": str(binned),
        },
        "importFormats": import_formats(),
        "exportFormats": {
            name: list(kind.export_types) for name, kind in call.kinds.items() if kind.export_types
        },
        "maxImportSizes": _IMPORT_SIZES,
        "maxUploadSize": "5242880000000",
        "appInstalled": False,
        "folderColorPalette": list(COLOURS),
        "canCreateDrives": True,
        "canCreateTeamDrives": True,
        "driveThemes": drives.themes(call),
        "teamDriveThemes": drives.themes(call),
    }
