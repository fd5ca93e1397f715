"""Every parameter and every body field of Drive v3's methods makes a difference, or is refused.

Methods, parameters and fields are those of the discovery document; an answer, or the state of the whole
account behind it, must differ with a parameter from what it is without.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any
from urllib.parse import quote, urlencode

import pytest

from sheets_sync.emulator import discovery, services
from sheets_sync.emulator.calls import IdSource
from sheets_sync.emulator.core import Emulator, request_of

Json = dict[str, Any]
AUTH = "https://www.googleapis.com/auth/"
WORKSPACE = "application/vnd.google-apps."
METHODS: dict[str, Json] = {
    one["id"].removeprefix("drive."): dict(one)
    for one in discovery.methods("drive.v3")
    if one["id"] in services.METHODS
}
SCHEMAS: Json = discovery.document("drive.v3")["schemas"]
LATER = "2022-12-31T00:00:00.000Z"
CHANNEL = {"id": "c1", "type": "web_hook", "address": "https://school.example/told"}
EXAMPLES: dict[str, tuple[Json, Json | None]] = {
    "about.get": ({}, None),
    "apps.get": ({"appId": "1"}, None),
    "apps.list": ({}, None),
    "changes.getStartPageToken": ({}, None),
    "changes.list": ({"pageToken": "1"}, None),
    "changes.watch": ({"pageToken": "1"}, CHANNEL),
    "channels.stop": ({}, {"id": "open", "resourceId": "{open}"}),
    "comments.create": ({"fileId": "{text}"}, {"content": "новое"}),
    "comments.delete": ({"fileId": "{text}", "commentId": "{comment}"}, None),
    "comments.get": ({"fileId": "{text}", "commentId": "{comment}"}, None),
    "comments.list": ({"fileId": "{text}"}, None),
    "comments.update": ({"fileId": "{text}", "commentId": "{comment}"}, {"content": "иначе"}),
    "drives.create": ({"requestId": "r3"}, {"name": "Новый"}),
    "drives.delete": ({"driveId": "{drive}"}, None),
    "drives.get": ({"driveId": "{drive}"}, None),
    "drives.hide": ({"driveId": "{drive}"}, None),
    "drives.list": ({}, None),
    "drives.unhide": ({"driveId": "{drive}"}, None),
    "drives.update": ({"driveId": "{drive}"}, {"name": "Иначе"}),
    "files.copy": ({"fileId": "{text}"}, {"name": "копия"}),
    "files.create": ({}, {"name": "новый"}),
    "files.delete": ({"fileId": "{text}"}, None),
    "files.download": ({"fileId": "{sheet}"}, None),
    "files.emptyTrash": ({}, None),
    "files.export": ({"fileId": "{sheet}", "mimeType": "text/csv"}, None),
    "files.generateIds": ({}, None),
    "files.get": ({"fileId": "{text}"}, None),
    "files.list": ({}, None),
    "files.update": ({"fileId": "{text}"}, {"name": "иначе"}),
    "files.watch": ({"fileId": "{text}"}, CHANNEL),
    "operations.get": ({"name": "{operation}"}, None),
    "permissions.create": (
        {"fileId": "{text}"},
        {"type": "user", "role": "writer", "emailAddress": "c@school.example"},
    ),
    "permissions.delete": ({"fileId": "{text}", "permissionId": "{grant}"}, None),
    "permissions.get": ({"fileId": "{text}", "permissionId": "{grant}"}, None),
    "permissions.list": ({"fileId": "{text}"}, None),
    "permissions.update": ({"fileId": "{text}", "permissionId": "{grant}"}, {"role": "writer"}),
    "replies.create": ({"fileId": "{text}", "commentId": "{comment}"}, {"content": "ответ"}),
    "replies.delete": ({"fileId": "{text}", "commentId": "{comment}", "replyId": "{reply}"}, None),
    "replies.get": ({"fileId": "{text}", "commentId": "{comment}", "replyId": "{reply}"}, None),
    "replies.list": ({"fileId": "{text}", "commentId": "{comment}"}, None),
    "replies.update": (
        {"fileId": "{text}", "commentId": "{comment}", "replyId": "{reply}"},
        {"content": "иначе"},
    ),
    "revisions.delete": ({"fileId": "{text}", "revisionId": "{first}"}, None),
    "revisions.get": ({"fileId": "{text}", "revisionId": "{first}"}, None),
    "revisions.list": ({"fileId": "{text}"}, None),
    "revisions.update": ({"fileId": "{text}", "revisionId": "{first}"}, {}),
    "teamdrives.create": ({"requestId": "r3"}, {"name": "Новый"}),
    "teamdrives.delete": ({"teamDriveId": "{empty}"}, None),
    "teamdrives.get": ({"teamDriveId": "{drive}"}, None),
    "teamdrives.list": ({}, None),
    "teamdrives.update": ({"teamDriveId": "{drive}"}, {"name": "Иначе"}),
}
VALUES: dict[str, list[Any]] = {
    "fileId": ["{sheet}", "{folder}"],
    "driveId": ["{drive}", "{strange}"],
    "teamDriveId": ["{drive}", "{strange}"],
    "commentId": ["{settled}"],
    "replyId": ["none"],
    "revisionId": ["{second}", "head", "none"],
    "permissionId": ["anyoneWithLink"],
    "appId": ["2"],
    "name": ["Другой"],
    "requestId": ["r1"],
    "pageToken": ["4", "~!!~cGFnZTox"],
    "pageSize": [1],
    "count": [3],
    "q": ["name = 'a.txt'", "name contains 'Ш'"],
    "orderBy": ["name"],
    "spaces": ["appDataFolder", "photos"],
    "space": ["appDataFolder"],
    "type": ["shortcuts", "anyone", "web"],
    "corpora": ["drive", "allDrives", "x"],
    "corpus": ["x"],
    "mimeType": ["text/tab-separated-values", "text/plain"],
    "startModifiedTime": [LATER],
    "includePermissionsForView": ["published", "x"],
    "addParents": ["{other}"],
    "removeParents": ["{folder}"],
    "role": ["reader", "owner"],
    "emailAddress": ["d@school.example"],
    "expirationTime": ["2022-12-30T00:00:00.000Z"],
    "view": ["published"],
    "domain": ["school.example"],
    "id": ["{generated}", "other"],
    "resourceId": ["x"],
    "address": ["https://other.example/", "http://x.example/"],
    "expiration": ["1671840000000"],
    "createdTime": ["2020-01-01T00:00:00Z"],
    "modifiedTime": ["2020-01-01T00:00:00Z"],
    "viewedByMeTime": ["2020-01-01T00:00:00Z"],
    "parents": [["{other}"]],
    "properties": [{"a": "b"}],
    "appProperties": [{"a": "b"}],
    "folderColorRgb": ["#ac725e"],
    "colorRgb": ["#ac725e"],
    "themeId": ["abacus"],
    "action": ["resolve"],
    "contentHints": [{"indexableText": "слово"}],
    "shortcutDetails": [{"targetId": "{text}"}],
    "downloadRestrictions": [{"itemDownloadRestriction": {"restrictedForReaders": True}}],
    "contentRestrictions": [[{"readOnly": True, "reason": "подписано"}]],
    "restrictions": [{"domainUsersOnly": True}, {"teamMembersOnly": True}],
    "backgroundImageFile": [{"id": "{text}"}],
    "clientEncryptionDetails": [{"encryptionState": "encrypted"}],
    "quotedFileContent": [{"value": "один", "mimeType": "text/plain"}],
    "capabilities": [{"canEdit": False}],
    "labelInfo": [{"labels": []}],
    "linkShareMetadata": [{"securityUpdateEnabled": False}],
    "owners": [[{"emailAddress": "b@school.example"}]],
    "size": ["1"],
}
TOGETHER: dict[str, Json] = {
    "files.create keepRevisionForever": {"media": "text/plain"},
    "files.update keepRevisionForever": {"media": "text/plain"},
    "files.create useContentAsIndexableText": {"media": "image/svg+xml"},
    "files.update useContentAsIndexableText": {"media": "image/svg+xml", "fileId": "{picture}"},
    "files.copy includePermissionsForView": {"fileId": "{form}"},
    "files.update includePermissionsForView": {"fileId": "{form}"},
    "files.get includePermissionsForView": {"fileId": "{form}"},
    "permissions.list includePermissionsForView": {"fileId": "{form}"},
    "files.list driveId": {"corpora": "drive", "includeItemsFromAllDrives": True, "supportsAllDrives": True},
    "files.create folderColorRgb": {"body": {"mimeType": f"{WORKSPACE}folder"}},
    "files.create shortcutDetails": {"body": {"mimeType": f"{WORKSPACE}shortcut"}},
    "files.create inheritedPermissionsDisabled": {"body": {"mimeType": f"{WORKSPACE}folder"}},
    "files.update inheritedPermissionsDisabled": {"fileId": "{other}"},
    "permissions.create transferOwnership": {"body": {"role": "owner"}},
    "permissions.update transferOwnership": {"body": {"role": "owner"}},
    "permissions.create moveToNewOwnersRoot": {"transferOwnership": True, "body": {"role": "owner"}},
    "permissions.create sendNotificationEmail": {"transferOwnership": True, "body": {"role": "owner"}},
    "permissions.create domain": {"body": {"type": "domain"}},
    "permissions.create allowFileDiscovery": {"body": {"type": "anyone", "role": "reader"}},
    "permissions.update allowFileDiscovery": {"permissionId": "anyoneWithLink"},
    "permissions.create view": {"body": {"role": "reader"}},
    "drives.delete allowItemDeletion": {"useDomainAdminAccess": True},
    "changes.getStartPageToken supportsAllDrives": {"driveId": "{drive}"},
    "changes.getStartPageToken supportsTeamDrives": {"driveId": "{drive}"},
    "changes.getStartPageToken driveId": {"supportsAllDrives": True},
    "comments.get includeDeleted": {"commentId": "{deleted}"},
    "replies.get includeDeleted": {"replyId": "{taken}"},
    **{
        f"{method} useDomainAdminAccess": {"driveId": "{strange}"}
        for method in ("drives.get", "drives.update", "drives.delete")
    },
    **{f"teamdrives.{verb} useDomainAdminAccess": {"teamDriveId": "{strange}"} for verb in ("get", "update")},
    **{
        f"{method} {name}": {"fileId": "{shared}"}
        for method, described in METHODS.items()
        for name in ("supportsAllDrives", "supportsTeamDrives")
        if "fileId" in described.get("parameters", {})
    },
    **{
        f"files.create {name}": {"body": {"parents": ["{drive}"]}}
        for name in ("supportsAllDrives", "supportsTeamDrives")
    },
    "revisions.update published": {"fileId": "{sheet}", "revisionId": "head"},
    "revisions.update publishAuto": {"fileId": "{sheet}", "revisionId": "head"},
    "revisions.update publishedOutsideDomain": {"fileId": "{sheet}", "revisionId": "head"},
    "changes.list includeItemsFromAllDrives": {"supportsAllDrives": True},
    "changes.list includeTeamDriveItems": {"supportsAllDrives": True},
    "changes.list driveId": {"supportsAllDrives": True, "includeItemsFromAllDrives": True},
    "changes.list teamDriveId": {"supportsAllDrives": True, "includeItemsFromAllDrives": True},
    "changes.list includePermissionsForView": {"pageSize": 1000},
}
"""What must be said too for a parameter to mean anything; its value alone is what then differs."""
NONE_TOLD = "no notification is sent (docs/emulator-support.md)"
SERVERS = "the server sets it"
SAME_ANYWAY = {
    "enforceSingleParent": "Deprecated: Adding files to multiple folders is no longer supported",
    "enforceExpansiveAccess": "Deprecated: All requests use the expansive access rules",
    "acknowledgeAbuse": "no file here is known malware",
    "ocrLanguage": "a language hint for OCR; no picture is read",
    "ignoreDefaultVisibility": "the domain's default visibility is private already",
    "emailMessage": "no mail is sent (docs/emulator-support.md)",
    "includeCorpusRemovals": "what is removed from a list here is deleted, and no longer accessible",
    "languageCode": "no program is installed whose name could be told in it",
    "appFilterExtensions": "no program is installed",
    "appFilterMimeTypes": "no program is installed",
    "kind": "the fixed string of the resource",
    "payload": NONE_TOLD,
    "params": NONE_TOLD,
    "files.list supportsAllDrives": "includeItemsFromAllDrives says it too (assumed)",
    "files.list supportsTeamDrives": "includeItemsFromAllDrives says it too (assumed)",
    "changes.list supportsAllDrives": "includeItemsFromAllDrives says it too (assumed)",
    "changes.list supportsTeamDrives": "includeItemsFromAllDrives says it too (assumed)",
    **{
        f"changes.watch {name}": NONE_TOLD
        for name in METHODS["changes.watch"]["parameters"]
        if name not in ("pageToken", "driveId", "teamDriveId")
    },
    **{f"files.watch {name}": NONE_TOLD for name in ("includeLabels", "includePermissionsForView")},
    **{
        f"{method} {name}": SERVERS
        for method in ("changes.watch", "files.watch")
        for name in ("resourceId", "resourceUri")
    },
    **{
        f"channels.stop {name}": "a channel is known by id and resourceId (guide)"
        for name in ("address", "expiration", "resourceUri", "type", "token")
    },
    **{
        f"teamdrives.{verb} {name}": SERVERS
        for verb in ("create", "update")
        for name in ("backgroundImageLink", "capabilities", "orgUnitId")
    },
    **{
        f"{kind}.{verb} {name}": SERVERS
        for kind in ("comments", "replies", "drives", "teamdrives", "revisions")
        for verb in ("create", "update")
        for name in ("createdTime", "modifiedTime", "id")
    },
}
"""Why a parameter makes no difference; "Output only" fields of bodies but those of files need no other."""


class Account:
    """An account with a little of everything, and what it can be asked."""

    def __init__(self, other: Account | None = None) -> None:
        self.emulator = Emulator(
            clock=lambda: datetime(2022, 12, 23, 21, 30, tzinfo=UTC),
            ids=IdSource(seed=8 if other else 7),
            auth="on",
            owner="a@school.example",
        )
        self.names: dict[str, str] = {}
        if other is None:
            self.tokens = {name: self._token(name) for name in "ab"}
            self._fill()
        else:
            self.tokens, self.names = other.tokens, dict(other.names)

    def _token(self, name: str) -> str:
        self.emulator.register_refresh_token(
            name,
            client_id=name,
            client_secret="s",
            email=f"{name}@school.example",
            scopes=[f"{AUTH}drive", f"{AUTH}drive.appdata", f"{AUTH}drive.apps.readonly"],
        )
        form = f"grant_type=refresh_token&refresh_token={name}&client_id={name}&client_secret=s"
        answer = self.emulator.handle(request_of("POST", "/token", {}, form))
        token: str = json.loads(answer.body)["access_token"]
        return token

    def ask(self, method: str, path: str, body: Any = None, who: str = "a", **headers: str) -> Any:
        """Give (status, answer) of one request; the answer is read where it is JSON."""
        sent = body if body is None or isinstance(body, str) else json.dumps(body)
        given = {"authorization": f"Bearer {self.tokens[who]}", "content-type": "application/json", **headers}
        answer = self.emulator.handle(request_of(method, path, given, sent))
        text = answer.body.decode("utf-8", "replace")
        return answer.status, json.loads(text) if "json" in answer.headers.get("content-type", "") else text

    def make(self, name: str, body: Json, who: str = "a", query: str = "") -> str:
        status, answer = self.ask("POST", f"/drive/v3/files?supportsAllDrives=true{query}", body, who)
        assert status == 200, answer
        self.names[name] = str(answer["id"])
        return self.names[name]

    def write(self, name: str, content: str) -> None:
        path = f"/upload/drive/v3/files/{self.names[name]}?uploadType=media"
        assert self.ask("PATCH", path, content, **{"content-type": "text/plain"})[0] == 200

    def _fill(self) -> None:
        for name, title in (("folder", "Папка"), ("other", "Другая")):
            self.make(name, {"name": title, "mimeType": f"{WORKSPACE}folder"})
        self.make("text", {"name": "a.txt", "mimeType": "text/plain", "parents": [self.names["folder"]]})
        for content in ("один", "два"):
            self.write("text", content)
        self.make("sheet", {"name": "Шкала", "mimeType": f"{WORKSPACE}spreadsheet"})
        self.make("form", {"name": "Ход", "mimeType": f"{WORKSPACE}form"})
        self.make("binned", {"name": "b", "mimeType": "text/plain"})
        self.ask("PATCH", f"/drive/v3/files/{self.names['binned']}", {"trashed": True})
        self.make("picture", {"name": "p", "mimeType": "image/svg+xml"})
        gone = self.make("gone", {"name": "c", "mimeType": "text/plain"})
        self.ask("DELETE", f"/drive/v3/files/{gone}")
        self.make("private", {"name": "d", "mimeType": "text/plain", "parents": ["appDataFolder"]})
        theirs = self.make("theirs", {"name": "e", "mimeType": "text/plain"}, "b")
        grant = {"type": "user", "role": "writer", "emailAddress": "a@school.example"}
        self.ask("POST", f"/drive/v3/files/{theirs}/permissions", grant, "b")
        for name, who in (("drive", "a"), ("empty", "a"), ("strange", "b")):
            query = f"requestId={'r1' if name == 'drive' else name}"
            self.names[name] = self.ask("POST", f"/drive/v3/drives?{query}", {"name": name}, who)[1]["id"]
        self.make("shared", {"name": "f", "mimeType": "text/plain", "parents": [self.names["drive"]]})
        self.make("binned2", {"name": "g", "mimeType": "text/plain", "parents": [self.names["drive"]]})
        path = f"/drive/v3/files/{self.names['binned2']}?supportsAllDrives=true"
        self.ask("PATCH", path, {"trashed": True})
        self._talk()

    def _talk(self) -> None:
        base = f"/drive/v3/files/{self.names['text']}"
        for name in ("comment", "settled", "deleted"):
            self.names[name] = self.ask("POST", f"{base}/comments?fields=*", {"content": name})[1]["id"]
        talk = f"{base}/comments/{self.names['comment']}/replies"
        for name in ("reply", "taken", "more"):
            self.names[name] = self.ask("POST", f"{talk}?fields=*", {"content": name})[1]["id"]
        self.ask("DELETE", f"{talk}/{self.names['taken']}")
        self.ask("DELETE", f"{base}/comments/{self.names['deleted']}")
        path = f"{base}/comments/{self.names['settled']}/replies?fields=*"
        self.ask("POST", path, {"content": "ok", "action": "resolve"})
        anyone = {"type": "anyone", "role": "reader"}
        self.ask("POST", f"{base}/permissions", anyone)
        person = {
            "type": "user",
            "role": "reader",
            "emailAddress": "b@school.example",
            "expirationTime": LATER,
        }
        self.names["grant"] = self.ask("POST", f"{base}/permissions", person)[1]["id"]
        form = f"/drive/v3/files/{self.names['form']}/permissions"
        self.ask("POST", form, {**anyone, "view": "published"})
        _, listed = self.ask("GET", f"{base}/revisions")
        self.names["first"], self.names["second"] = (one["id"] for one in listed["revisions"][-2:])
        opened = {**CHANNEL, "id": "open"}
        self.names["open"] = self.ask("POST", f"{base}/watch", opened)[1]["resourceId"]
        begun = self.ask("POST", f"{base}/download")[1]
        self.names["operation"] = begun["name"]
        self.names["generated"] = self.ask("GET", "/drive/v3/files/generateIds?count=1")[1]["ids"][0]

    def named(self, value: Any) -> Any:
        """Put ids into the place of "{names}"."""
        text = json.dumps(value)
        for name, one in self.names.items():
            text = text.replace("{" + name + "}", one)
        return json.loads(text)

    def state(self) -> Iterator[Any]:
        """Give what the account holds."""
        everything = "fields=*&includeItemsFromAllDrives=true&supportsAllDrives=true"
        for space in ("drive", "appDataFolder"):
            _, listed = self.ask("GET", f"/drive/v3/files?{everything}&spaces={space}")
            yield listed
            for one in listed["files"]:
                path = f"/drive/v3/files/{one['id']}"
                for part in ("permissions", "comments", "revisions"):
                    more = "&includePermissionsForView=published" if part == "permissions" else ""
                    yield self.ask("GET", f"{path}/{part}?fields=*&supportsAllDrives=true{more}")
        for who in "ab":
            yield self.ask("GET", "/drive/v3/drives?fields=*", None, who)
        yield self.ask("GET", "/drive/v3/files?q=fullText+contains+'слово'")
        closed = {"id": "open", "resourceId": self.names["open"]}
        yield self.ask("POST", "/drive/v3/channels/stop", closed)


@cache
def filled() -> tuple[Account, Path]:
    """Give the account that every call starts from, and a copy of its database."""
    account = Account()
    copy = Path(mkdtemp()) / "account.db"
    account.emulator.store.copy_to(copy)
    return account, copy


@pytest.fixture(scope="module", autouse=True)
def tidied() -> Iterator[None]:
    yield
    account, copy = filled()
    account.emulator.close()
    rmtree(copy.parent)
    filled.cache_clear()
    _outcome.cache_clear()


def outcome(method: str, given: Json, body: Json | None, media: str = "") -> str:
    """The status, the answer and the account after a call."""
    return _outcome(method, json.dumps(given), json.dumps(body), media)


@cache
def _outcome(method: str, given_text: str, body_text: str, media: str) -> str:
    given, body = json.loads(given_text), json.loads(body_text)
    first, copy = filled()
    account = Account(first)
    account.emulator.store.take_from(copy)
    described = METHODS[method]
    path, query = described["path"], account.named(given)
    for name, spec in described.get("parameters", {}).items():
        if spec["location"] == "path" and name in query:
            path = path.replace("{" + name + "}", quote(str(query.pop(name)), safe=""))
    flat = {name: str(v).lower() if isinstance(v, bool) else v for name, v in query.items()}
    flat.setdefault("fields", "*")
    sent: Any = None if body is None else account.named(body)
    address, headers = f"/drive/v3/{path}", {}
    if media:
        address, flat = f"/upload{address}", {**flat, "uploadType": "multipart"}
        parts = [("application/json", json.dumps(sent)), (media, "слово")]
        sent = "".join(f"--x\r\nContent-Type: {kind}\r\n\r\n{text}\r\n" for kind, text in parts) + "--x--"
        headers = {"content-type": "multipart/related; boundary=x"}
    if method in ("files.export", "files.download", "files.generateIds", "files.delete"):
        flat.pop("fields")
    seen = account.ask(described["httpMethod"], f"{address}?{urlencode(flat)}", sent, **headers)
    after = list(account.state())
    account.emulator.close()
    return json.dumps([seen, after], sort_keys=True, ensure_ascii=False)


def choices(name: str, spec: Json) -> list[Any]:
    if name in VALUES:
        return VALUES[name]
    plain: dict[str, list[Any]] = {
        "boolean": [True, False],
        "integer": [1],
        "array": [[{"id": "x"}], ["x"]],
        "object": [{"x": "x"}],
    }
    if "$ref" in spec:
        return [{"displayName": "x"}]
    return plain.get(spec.get("type", ""), ["x"])


def differs(method: str, name: str, spec: Json, *, in_body: bool) -> bool:
    given, body = deepcopy(EXAMPLES[method])
    more = deepcopy(TOGETHER.get(f"{method} {name}", {}))
    media = more.pop("media", "")
    body = {**(body or {}), **more.pop("body", {})} if body is not None or "body" in more else None
    given |= more
    plain = outcome(method, given, body, media)
    for value in choices(name, spec):
        changed = {**(body or {}), name: value} if in_body else body
        if outcome(method, given if in_body else {**given, name: value}, changed, media) != plain:
            return True
    return False


def excused(method: str, name: str, spec: Json, *, in_body: bool) -> bool:
    """Tell whether a parameter may make no difference."""
    if name in SAME_ANYWAY or f"{method} {name}" in SAME_ANYWAY:
        return True
    said = spec.get("description", "").removeprefix("Deprecated: ")
    given_out = said.startswith("Output only") or spec.get("readOnly", False)
    return in_body and given_out and METHODS[method]["request"]["$ref"] not in ("File", "Permission")


def asked_of(method: str) -> Iterator[tuple[str, Json, bool]]:
    described = METHODS[method]
    for name, spec in described.get("parameters", {}).items():
        yield name, spec, False
    schema = described.get("request", {}).get("$ref")
    for name, spec in SCHEMAS[schema]["properties"].items() if schema else ():
        yield name, spec, True


@pytest.mark.feature("F60")
@pytest.mark.parametrize("method", EXAMPLES)
def test_every_parameter_is_done_or_refused(method: str) -> None:
    ignored = [
        name
        for name, spec, in_body in asked_of(method)
        if not excused(method, name, spec, in_body=in_body)
        and not differs(method, name, spec, in_body=in_body)
    ]
    assert ignored == []


def test_the_examples_are_of_all_methods_that_are_there() -> None:
    assert set(EXAMPLES) == set(METHODS)
