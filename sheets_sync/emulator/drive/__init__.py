"""Drive v3 and v2 of the local workspace."""

from __future__ import annotations

from sheets_sync.emulator import commenttable
from sheets_sync.emulator.calls import FileKind, Method
from sheets_sync.emulator.drive import (
    about,
    changes,
    comments,
    content,
    drives,
    files,
    listing,
    permissions,
    revisions,
    teamdrives,
    unserved,
    uploads,
    version2,
)

_VERSION_3: dict[str, Method] = {
    "drive.about.get": about.get,
    "drive.changes.getStartPageToken": changes.start_page_token,
    "drive.changes.list": changes.list_changes,
    "drive.comments.create": comments.create,
    "drive.comments.delete": comments.delete,
    "drive.comments.get": comments.get,
    "drive.comments.list": comments.list_comments,
    "drive.comments.update": comments.update,
    "drive.drives.create": drives.create,
    "drive.drives.delete": drives.delete,
    "drive.drives.get": drives.get,
    "drive.drives.hide": drives.hide,
    "drive.drives.list": drives.list_drives,
    "drive.drives.unhide": drives.unhide,
    "drive.drives.update": drives.update,
    "drive.files.copy": comments.copy,
    "drive.files.create": files.create,
    "drive.files.delete": files.delete,
    "drive.files.emptyTrash": files.empty_trash,
    "drive.files.export": files.export,
    "drive.files.generateIds": files.generate_ids,
    "drive.files.get": files.get,
    "drive.files.list": listing.list_files,
    "drive.files.update": files.update,
    "drive.permissions.create": permissions.create,
    "drive.permissions.delete": permissions.delete,
    "drive.permissions.get": permissions.get,
    "drive.permissions.list": permissions.list_permissions,
    "drive.permissions.update": permissions.update,
    "drive.revisions.delete": revisions.delete,
    "drive.revisions.get": revisions.get,
    "drive.revisions.list": revisions.list_revisions,
    "drive.revisions.update": revisions.update,
    "drive.replies.create": comments.create_reply,
    "drive.replies.delete": comments.delete_reply,
    "drive.replies.get": comments.get_reply,
    "drive.replies.list": comments.list_replies,
    "drive.replies.update": comments.update_reply,
}
METHODS: dict[str, Method] = {
    **{name: unserved.guarded(name, method) for name, method in _VERSION_3.items()},
    **version2.METHODS,
    **teamdrives.METHODS,
}
SCHEMA: tuple[str, ...] = (*content.SCHEMA, *uploads.SCHEMA, *drives.SCHEMA, *commenttable.SCHEMA)
KIND: FileKind | None = None
