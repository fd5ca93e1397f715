"""Whatever a client sends, the workspace answers with a refusal or a result, never with a crash."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote

from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_sync.emulator import discovery
from sheets_sync.emulator.calls import IdSource
from sheets_sync.emulator.core import request_of
from tests.conformance.discovery import CheckedEmulator

TEXT = st.text(max_size=8)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
LIKELY: dict[str, st.SearchStrategy[Any]] = {
    "type": st.sampled_from(["user", "anyone", "domain"]),
    "role": st.sampled_from(["reader", "writer", "owner"]),
    "emailAddress": st.just("teacher@school.example"),
    "mimeType": st.sampled_from(["application/vnd.google-apps.folder", "text/plain"]),
    "name": TEXT,
    "content": TEXT,
    "pageToken": st.sampled_from(["", "1", "~!!~cGFnZTox"]),
    "q": st.sampled_from(["name contains 'a'", "trashed", "'me' in owners", "starred = true or not trashed"]),
    "orderBy": st.sampled_from(["name", "folder,name_natural desc", "recency"]),
    "fields": st.sampled_from(["*", "id", "kind,name"]),
    "alt": st.sampled_from(["media", "json"]),
    "requestId": TEXT,
}
METHODS = [one for one in discovery.methods("drive.v3") if "teamdrive" not in one["path"]]


@st.composite
def calls(draw: st.DrawFn) -> tuple[str, str, str]:
    method = draw(st.sampled_from(METHODS))
    names = draw(st.lists(st.sampled_from([*method.get("parameters", {}), "fields", "alt"]), max_size=3))
    query = "&".join(f"{name}={quote(draw(LIKELY.get(name, TEXT)), safe='')}" for name in names)
    schemas = discovery.document("drive.v3")["schemas"]
    known = list(schemas[method["request"]["$ref"]]["properties"]) if "request" in method else ["x"]
    keys = draw(st.lists(st.sampled_from(known), max_size=4))
    body: Any = {key: draw(LIKELY[key] if key in LIKELY and draw(st.booleans()) else JSON) for key in keys}
    fill = {"fileId": draw(st.sampled_from(["FOLDER", "BLOB", "root", "missing"])), "permissionId": "OWNER"}
    path = re.sub(r"\{\+?(\w+)\}", lambda match: fill.get(match.group(1), "1"), method["path"])
    return method["httpMethod"], f"/drive/v3/{path}?{query}", json.dumps(body)


@settings(max_examples=120, deadline=None, derandomize=True)
@given(asked=st.lists(calls(), min_size=1, max_size=4))
def test_f64_drive_answers_anything_with_a_result_or_a_refusal(asked: list[tuple[str, str, str]]) -> None:
    emulator = CheckedEmulator(ids=IdSource(seed=1))
    folder = _made(emulator, {"name": "a", "mimeType": "application/vnd.google-apps.folder"})
    blob = _made(emulator, {"name": "b", "mimeType": "text/plain", "parents": [folder["id"]]})
    owner = folder["permissionIds"][0]
    for method, url, body in asked:
        here = url.replace("FOLDER", folder["id"]).replace("BLOB", blob["id"]).replace("OWNER", owner)
        answer = emulator.handle(request_of(method, here, {}, body))
        assert answer.status in {200, 204, 400, 403, 404, 409, 416, 501}, (method, url, body)
    emulator.close()


def _made(emulator: CheckedEmulator, body: dict[str, Any]) -> dict[str, Any]:
    answer = emulator.handle(request_of("POST", "/drive/v3/files?fields=*", {}, json.dumps(body)))
    found: dict[str, Any] = json.loads(answer.body)
    return found
