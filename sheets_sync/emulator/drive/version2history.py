"""What Drive v2 tells of an account and of what became of its files: about, changes, revisions.

Source: discovery document of Drive v2; every method asks its v3 counterpart.
"""

from __future__ import annotations

from typing import Any

from sheets_sync.emulator.calls import Call, Method
from sheets_sync.emulator.drive import about, changes, files, revisions
from sheets_sync.emulator.drive.version2shape import asked, base_url, file_of, user_of
from sheets_sync.emulator.filetable import get_file, root_id
from sheets_sync.emulator.wire import Response

Json = dict[str, Any]
_SETTINGS = {
    "pinned": "keepForever",
    "published": "published",
    "publishAuto": "publishAuto",
    "publishedOutsideDomain": "publishedOutsideDomain",
}
"""What of a revision can be set, and its name in v3."""


def tell_about(call: Call) -> Json:
    """Tell about the caller and the workspace."""
    found = about.get(asked(call))
    quota = found["storageQuota"]
    person = user_of(found["user"])
    shared = (
        "folderColorPalette",
        "canCreateDrives",
        "canCreateTeamDrives",
        "driveThemes",
        "teamDriveThemes",
    )
    lists = {
        name: [{"source": source, "targets": targets} for source, targets in found[name].items()]
        for name in ("importFormats", "exportFormats")
    }
    return {
        "kind": "drive#about",
        "selfLink": f"{base_url(call)}/about",
        "name": person["displayName"],
        "user": person,
        "permissionId": person["permissionId"],
        "rootFolderId": root_id(call.principal.email),
        "quotaBytesTotal": quota["limit"],
        "quotaBytesUsed": quota["usage"],
        "quotaBytesUsedAggregate": quota["usage"],
        "quotaBytesUsedInTrash": quota["usageInDriveTrash"],
        "quotaType": "LIMITED",
        "largestChangeId": str(int(changes.start_page_token(call)["startPageToken"]) - 1),
        "isCurrentAppInstalled": found["appInstalled"],
        "languageCode": "ru",
        **{name: found[name] for name in shared},
        **lists,
    }


def list_changes(call: Call) -> Json:
    """List changes from a token on, or from the beginning."""
    token = call.params.get("pageToken") or call.params.get("startChangeId") or "1"
    removed = call.params.get("includeDeleted", True)
    found = changes.list_changes(
        asked(call, pageToken=str(token), pageSize=call.params.get("maxResults"), includeRemoved=removed)
    )
    last = str(int(changes.start_page_token(call)["startPageToken"]) - 1)
    answer: Json = {"kind": "drive#changeList", "selfLink": f"{base_url(call)}/changes"}
    answer |= {"largestChangeId": last, "items": [_change(call, one) for one in found["changes"]]}
    answer |= {name: found[name] for name in ("nextPageToken", "newStartPageToken") if name in found}
    return answer


def _change(call: Call, found: Json) -> Json:
    shown: Json = {
        "kind": "drive#change",
        "type": "file",
        "changeType": "file",
        "fileId": found["fileId"],
        "deleted": found["removed"],
        "modificationDate": found["time"],
    }
    row = get_file(call.tx, found["fileId"])
    if row is not None:
        shown["file"] = file_of(call, row)
    return shown


def list_revisions(call: Call) -> Json:
    """List a file's revisions."""
    row = files.find(call, call.params["fileId"])
    found = revisions.list_revisions(asked(call, pageSize=call.params.get("maxResults")))
    link = f"{base_url(call)}/files/{row.id}/revisions"
    answer: Json = {"kind": "drive#revisionList", "selfLink": link}
    if "nextPageToken" in found:
        answer["nextPageToken"] = found["nextPageToken"]
    return {**answer, "items": [_revision(link, one) for one in found["revisions"]]}


def get_revision(call: Call) -> Json | Response:
    """Give one revision."""
    found = revisions.get(asked(call))
    if isinstance(found, Response):
        return found
    return _revision(f"{base_url(call)}/files/{call.params['fileId']}/revisions", found)


def update_revision(call: Call) -> Json:
    """Pin a revision of an uploaded file, or publish an editor's."""
    given = {new: call.body[old] for old, new in _SETTINGS.items() if call.body.get(old) is not None}
    found = revisions.update(asked(call, given))
    return _revision(f"{base_url(call)}/files/{call.params['fileId']}/revisions", found)


def _revision(link: str, found: Json) -> Json:
    person = user_of(found["lastModifyingUser"])
    shown: Json = {
        "kind": "drive#revision",
        "selfLink": f"{link}/{found['id']}",
        "modifiedDate": found["modifiedTime"],
        "lastModifyingUser": person,
        "lastModifyingUserName": person["displayName"],
        "pinned": found["keepForever"],
    }
    same = ("id", "mimeType", "md5Checksum", "originalFilename", "exportLinks", *_SETTINGS)
    shown |= {name: found[name] for name in same if name in found}
    shown["etag"] = f'"{found["id"]}"'
    if "size" in found:
        shown["fileSize"] = found["size"]
    return shown


METHODS: dict[str, Method] = {
    "drive.v2.about.get": tell_about,
    "drive.v2.changes.getStartPageToken": changes.start_page_token,
    "drive.v2.changes.list": list_changes,
    "drive.v2.revisions.delete": revisions.delete,
    "drive.v2.revisions.get": get_revision,
    "drive.v2.revisions.patch": update_revision,
    "drive.v2.revisions.update": update_revision,
    "drive.v2.revisions.list": list_revisions,
}
