"""docs/emulator-support.md says what the workspace really does."""

import json
from pathlib import Path
from typing import Any

import googleapiclient
import pytest

from sheets_sync.emulator import support
from sheets_sync.emulator.core import Emulator, request_of
from sheets_sync.emulator.supportnotes import ASSUMED, GUIDES, LACKS, RECORDED

ROOT = Path(__file__).parents[2]
DOCUMENTS = Path(str(googleapiclient.__file__)).parent / "discovery_cache" / "documents"
PAGE = ROOT / "docs" / "emulator-support.md"
BATCHES = {
    "sheets.v4": ("/v4/spreadsheets", "/v4/spreadsheets/{}:batchUpdate", "spreadsheetId"),
    "docs.v1": ("/v1/documents", "/v1/documents/{}:batchUpdate", "documentId"),
    "forms.v1": ("/v1/forms", "/v1/forms/{}:batchUpdate", "formId"),
}


def document(api: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((DOCUMENTS / f"{api}.json").read_text("utf-8"))
    return found


def methods_of(resource: dict[str, Any]) -> list[dict[str, Any]]:
    found = list(resource.get("methods", {}).values())
    for inner in resource.get("resources", {}).values():
        found += methods_of(inner)
    return found


def revision_line() -> str:
    read = ", ".join(f"{api} of {document(api)['revision']}" for api in support.APIS)
    return f"Discovery documents read: {read}."


def test_the_page_is_what_the_code_says() -> None:
    """With other discovery documents than the page was made of, what both know must agree."""
    told = "stale: python -m sheets_sync.emulator.support > docs/emulator-support.md"
    written, made = PAGE.read_text("utf-8"), support.page()
    if revision_line() in written:
        assert written == made, told
    rows = {line.split("|")[1]: line for line in made.splitlines() if line.startswith("| `")}
    known = [line for line in written.splitlines() if line.startswith("| `") and line.split("|")[1] in rows]
    assert len(known) > 200
    assert [line for line in known if line not in made] == [], told


@pytest.mark.parametrize("api", support.APIS)
def test_the_page_lists_every_method_and_kind_that_google_has(api: str) -> None:
    text = support.page()
    kinds = document(api)["schemas"]["Request"]["properties"] if api in BATCHES else {}
    names = [method["id"] for method in methods_of(document(api))] + list(kinds)
    assert [name for name in names if f"| `{name}` |" not in text] == []


def test_every_note_is_about_something_that_is_there() -> None:
    there = {row.name for api in support.APIS for row in support.methods(api) if row.state != "no"}
    for api in BATCHES:
        short = api.split(".")[0]
        there |= {f"{short}:{row.name}" for row in support.request_kinds(api) if row.state != "no"}
    assert {*RECORDED, *GUIDES, *ASSUMED, *LACKS} - there == set()


@pytest.mark.parametrize("api", BATCHES)
def test_a_kind_marked_no_is_refused_by_its_name(api: str) -> None:
    create, batch, key = BATCHES[api]
    emulator = Emulator()
    body = {"info": {"title": "t"}} if api == "forms.v1" else {}
    host = f"https://{api.split('.')[0]}.googleapis.com"
    made = json.loads(emulator.handle(request_of("POST", host + create, {}, json.dumps(body))).body)
    try:
        for row in support.request_kinds(api):
            if row.state == "no":
                asked = json.dumps({"requests": [{row.name: {}}]})
                answer = emulator.handle(request_of("POST", host + batch.format(made[key]), {}, asked))
                error = json.loads(answer.body)["error"]
                assert (answer.status, error["status"]) == (501, "UNIMPLEMENTED")
                assert row.name in error["message"]
    finally:
        emulator.close()


def test_a_method_marked_no_is_refused_by_its_name() -> None:
    emulator = Emulator()
    try:
        for method in methods_of(document("drive.v3")):
            if method["id"] in {row.name for row in support.methods("drive.v3") if row.state == "no"}:
                path = method["path"]
                for name, described in method.get("parameters", {}).items():
                    path = path.replace(f"{{{name}}}", "x")
                    if described.get("required") and described["location"] == "query":
                        path += f"{'&' if '?' in path else '?'}{name}=x"
                asked = request_of(method["httpMethod"], f"https://www.googleapis.com/drive/v3/{path}")
                answer = emulator.handle(asked)
                assert (answer.status, method["id"] in answer.body.decode()) == (501, True), method["id"]
    finally:
        emulator.close()
