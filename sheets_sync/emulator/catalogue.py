"""Discovery documents served to clients that ask for them, pointing back at this workspace."""

from __future__ import annotations

import re
from urllib.parse import parse_qs

from sheets_sync.emulator import discovery
from sheets_sync.emulator.refusals import unknown_url
from sheets_sync.emulator.wire import Request, Response

_BY_NAME = re.compile(r"/discovery/v1/apis/([a-z]+)/(v\d+)/rest")
_OWN_HOST = re.compile(r"(sheets|docs|forms|drive)\.googleapis\.com")
_OF_VERSION = {"v4": "sheets", "v1": "forms", "v3": "drive"}


def answer_discovery(request: Request, base_url: str) -> Response:
    """Answer /discovery/v1/apis/{api}/{version}/rest and /$discovery/rest?version=….

    The second form names no API: the host does (docs.googleapis.com); on another host v4 is Sheets, v3 Drive
    and v1 Forms. Asked under a name of Google's, a document is as Google gives it; else its addresses are
    the workspace's. Source: Google's Forms samples ask so (static_discovery=False).
    """
    if request.path.rstrip("/") == "/discovery/v1/apis":
        return Response.of_json(_directory(request, request.origin or base_url))
    found = _BY_NAME.fullmatch(request.path)
    if found is not None:
        name, version = found.groups()
    else:
        version = parse_qs(request.query).get("version", ["v1"])[0]
        host = _OWN_HOST.match(request.headers.get("host", ""))
        name = host.group(1) if host is not None else _OF_VERSION.get(version, "")
    if f"{name}.{version}" not in discovery.DOCUMENTS:
        return unknown_url(request.path)
    document = dict(discovery.document(f"{name}.{version}"))
    if request.origin.endswith(".googleapis.com"):
        return Response.of_json(document)
    root = f"{request.origin or base_url}/"
    document |= {"rootUrl": root, "mtlsRootUrl": root, "baseUrl": root + document["servicePath"]}
    return Response.of_json(document)


def _directory(request: Request, root: str) -> dict[str, object]:
    """List the documents that are served, by name and preference. Source: discovery API, apis.list."""
    asked = {key: values[0] for key, values in parse_qs(request.query).items()}
    items = []
    for full in discovery.DOCUMENTS:
        name, version = full.split(".")
        preferred = full != "drive.v2"
        if asked.get("name", name) != name or (asked.get("preferred") == "true" and not preferred):
            continue
        document = discovery.document(full)
        items.append(
            {
                "kind": "discovery#directoryItem",
                "id": f"{name}:{version}",
                "name": name,
                "version": version,
                "title": document["title"],
                "description": document["description"],
                "discoveryRestUrl": f"{root}/discovery/v1/apis/{name}/{version}/rest",
                "documentationLink": document["documentationLink"],
                "preferred": preferred,
            }
        )
    return {"kind": "discovery#directoryList", "discoveryVersion": "v1", "items": items}
