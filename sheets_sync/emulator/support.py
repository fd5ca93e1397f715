"""What the workspace does of Google's four APIs, as a page: `python -m sheets_sync.emulator.support`.

Whether a method or a request kind is there is read from the code; what is missing inside one, and where its
behaviour comes from, is kept in `supportnotes`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sheets_sync.emulator import discovery, services
from sheets_sync.emulator.docs.batch import KINDS as DOCS_KINDS
from sheets_sync.emulator.forms.editing import CHANGES as FORMS_KINDS
from sheets_sync.emulator.sheets.batch import KINDS as SHEETS_KINDS
from sheets_sync.emulator.supportnotes import ASSUMED, GUIDES, LACKS, RECORDED

APIS = {"sheets.v4": "Sheets v4", "docs.v1": "Docs v1", "forms.v1": "Forms v1", "drive.v3": "Drive v3"}
_KINDS: Mapping[str, tuple[str, frozenset[str]]] = {
    "sheets.v4": ("sheets", frozenset(SHEETS_KINDS)),
    "docs.v1": ("docs", frozenset(DOCS_KINDS)),
    "forms.v1": ("forms", frozenset(FORMS_KINDS)),
}
_INTRODUCTION = """# What the local workspace does of Google's APIs

Made by `python -m sheets_sync.emulator.support > docs/emulator-support.md`; a test fails when it is stale.

*yes*: done as Google documents it. *partly*: done, but for what the last column names; what is missing is
refused with 501 by its name wherever the column does not say otherwise. *no*: 501 naming the method or the
kind; nothing is accepted silently. Every answer in `tests/conformance` is checked against these documents.

Sources: *discovery*: names, shapes and descriptions of the discovery documents that ship with
google-api-python-client; *recording*: an answer of Google that was recorded (gspread's own, MIT, and gargle's
error bodies); *guide*: a page of developers.google.com; *assumed*: no source was found for what is named.
"""
_OUTRO = """## Beside the four APIs

| what | state | source |
|---|---|---|
| Drive v2: all but apps, labels, changes.get and encryption tokens, which are 501 | partly | discovery |
| scope `drive.file`: the files that the program made | yes | guide |
| scope `drive.appdata`, the space `appDataFolder` | yes | guide, assumed: the text about the trash |
| `POST /batch/drive/v3` (multipart/mixed) | yes | guide |
| `POST /token` (JWT bearer, refresh token) | yes | guide, recording |
| `GET /$discovery/rest`, `/discovery/v1/apis`, `/discovery/v1/apis/…/rest` | yes | discovery |
| `GET /spreadsheets/d/{id}/export?format=csv&gid=0`, `/document/d/{id}/export` | yes | guide |
| `/tokeninfo`, `/oauth2/v3/userinfo`, `/userinfo/v2/me`, `/revoke` | yes | guide, assumed: unknown tokens |
| gzip bodies, `X-HTTP-Method-Override`, `X-Goog-FieldMask` | yes | guide |
| `GET …?alt=media`, resumable, multipart and simple upload | yes | guide |

## What no local server can repeat

One recorded test reads a spreadsheet of a stranger by its real id and gets 403. Here an id that was never
made is unknown, which Google answers with 404, recorded too. `serve --stranger ID` tells the workspace that
such a file exists and is closed: then it answers as recorded. A file that exists and is not shared with the
caller is refused with 403 and the recorded text under `serve --auth on`; with `--auth off` all are owners.
"""


@dataclass(frozen=True)
class Support:
    """One method or request kind; `state` is "yes", "partly" or "no"."""

    name: str
    state: str
    source: str
    lacks: str


def supported(name: str, key: str, *, done: bool) -> Support:
    """Tell what is known of one method or request kind; `key` is its name in the notes."""
    if not done:
        return Support(name, "no", "", "501")
    sources = ["discovery"]
    sources += ["recording"] if key in RECORDED else []
    sources += ["guide"] if key in GUIDES else []
    sources += [f"assumed: {ASSUMED[key]}"] if key in ASSUMED else []
    lacks = LACKS.get(key, "")
    return Support(name, "partly" if lacks else "yes", ", ".join(sources), lacks)


def methods(api: str) -> Iterator[Support]:
    """List an API's methods, e.g. of "sheets.v4"."""
    for method in discovery.methods(api):
        name = str(method["id"])
        yield supported(name, name, done=name in services.METHODS)


def request_kinds(api: str) -> Iterator[Support]:
    """List the request kinds of an API's batchUpdate; none for Drive."""
    if api in _KINDS:
        short, done = _KINDS[api]
        for kind in sorted(discovery.document(api)["schemas"]["Request"]["properties"]):
            yield supported(kind, f"{short}:{kind}", done=kind in done)


def page() -> str:
    """Write the whole page as Markdown."""
    read = ", ".join(f"{api} of {discovery.document(api)['revision']}" for api in APIS)
    parts = [_INTRODUCTION, f"Discovery documents read: {read}.\n"]
    for api, title in APIS.items():
        parts.append(_table(f"{title}: methods", "method", methods(api)))
        if kinds := list(request_kinds(api)):
            parts.append(_table(f"{title}: kinds of batchUpdate requests", "kind", kinds))
    return "\n".join([*parts, _OUTRO])


def _table(title: str, what: str, rows: Iterable[Support]) -> str:
    listed = list(rows)
    tally = ", ".join(
        f"{state} {count}"
        for state in ("yes", "partly", "no")
        if (count := sum(row.state == state for row in listed))
    )
    lines = [
        f"## {title} ({tally})",
        "",
        f"| {what} | state | source | what is missing |",
        "|---|---|---|---|",
    ]
    lines += [f"| `{row.name}` | {row.state} | {row.source} | {row.lacks} |" for row in listed]
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    sys.stdout.write(page())
