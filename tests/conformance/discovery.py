"""Judge of the workspace's answers: every key and type must be one that Google's discovery document has.

Written apart from the workspace: it reads the documents by itself and shares no code with the emulator.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any

from sheets_sync.emulator.core import Emulator
from sheets_sync.emulator.wire import Request, Response

DOCUMENTS = {
    "sheets": "sheets.v4",
    "forms": "forms.v1",
    "docs": "docs.v1",
    "drive": "drive.v3",
    "drive2": "drive.v2",
}
LIMITS = {
    "int32": (-(2**31), 2**31 - 1),
    "uint32": (0, 2**32 - 1),
    "int64": (-(2**63), 2**63 - 1),
    "uint64": (0, 2**64 - 1),
}
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)")


@cache
def document(service: str) -> dict[str, Any]:
    """Read a service's discovery document."""
    files = resources.files("googleapiclient") / "discovery_cache" / "documents"
    found: dict[str, Any] = json.loads((files / f"{DOCUMENTS[service]}.json").read_text("utf-8"))
    return found


def check(answer: Any, service: str, schema: str) -> None:
    """Fail when an answer has an unknown key or a wrong type, naming the places."""
    wrong = list(problems(answer, service, {"$ref": schema}, schema))
    assert not wrong, "\n".join(wrong[:20])


def problems(value: Any, service: str, spec: dict[str, Any], path: str) -> Iterator[str]:
    """List what the discovery schema does not allow in a value."""
    if "$ref" in spec:
        spec = document(service)["schemas"][spec["$ref"]]
    kind = spec.get("type", "any")
    if kind == "any":
        return
    if value is None:
        yield f"{path}: null"
    elif kind == "object":
        yield from _object_problems(value, service, spec, path)
    elif kind == "array":
        if not isinstance(value, list):
            yield f"{path}: not a list"
            return
        for index, item in enumerate(value):
            yield from problems(item, service, spec["items"], f"{path}[{index}]")
    else:
        yield from _scalar_problems(value, spec, kind, path)


def _object_problems(value: Any, service: str, spec: dict[str, Any], path: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{path}: not an object"
        return
    properties = spec.get("properties", {})
    extra = spec.get("additionalProperties")
    for key, item in value.items():
        inner = properties.get(key, extra)
        if inner is None:
            yield f"{path}.{key}: unknown key"
        else:
            yield from problems(item, service, inner, f"{path}.{key}")


def _scalar_problems(value: Any, spec: dict[str, Any], kind: str, path: str) -> Iterator[str]:
    form = spec.get("format", "")
    if kind == "boolean" and not isinstance(value, bool):
        yield f"{path}: not a boolean"
    elif kind in ("integer", "number"):
        if isinstance(value, bool) or not isinstance(value, int | float):
            yield f"{path}: not a number"
        elif kind == "integer" and not _whole(value, form):
            yield f"{path}: {value} is not an {form or 'integer'}"
    elif kind == "string":
        yield from _string_problems(value, spec, form, path)


def _whole(value: float, form: str) -> bool:
    low, high = LIMITS.get(form, LIMITS["int64"])
    return isinstance(value, int) and low <= value <= high


def _string_problems(value: Any, spec: dict[str, Any], form: str, path: str) -> Iterator[str]:
    if not isinstance(value, str):
        yield f"{path}: not a string"
    elif "enum" in spec and value not in spec["enum"]:
        yield f"{path}: {value!r} is not one of the enumeration"
    elif form in ("int64", "uint64") and not re.fullmatch(r"-?\d+", value):
        yield f"{path}: {value!r} is not a number in a string"
    elif form in ("google-datetime", "date-time") and not TIME.fullmatch(value):
        yield f"{path}: {value!r} is not a time"


@cache
def operations() -> list[tuple[str, re.Pattern[str], str, str | None]]:
    """List (HTTP method, path pattern, service, answer schema) of every method, the most literal first."""
    found = []
    for service in DOCUMENTS:
        base = "/" + document(service)["servicePath"]
        for method in _methods(document(service)):
            paths = [base + method["path"]]
            paths += [one["path"] for one in method.get("mediaUpload", {}).get("protocols", {}).values()]
            for path in paths:
                parts = re.split(r"\{\+?[^}]+\}", path)
                pattern = "(.+)".join(re.escape(part) for part in parts)
                literal = sum(map(len, parts))
                schema = method.get("response", {}).get("$ref")
                found.append((-literal, method["httpMethod"], re.compile(pattern), service, schema))
    return [entry[1:] for entry in sorted(found, key=lambda entry: entry[0])]


def _methods(resource: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from resource.get("methods", {}).values()
    for inner in resource.get("resources", {}).values():
        yield from _methods(inner)


def check_exchange(request: Request, response: Response) -> None:
    """Fail when a JSON answer to an API request is not of the schema that the discovery document promises."""
    if "json" not in response.headers.get("content-type", "") or not response.body:
        return
    answer = json.loads(response.body)
    method = request.headers.get("x-http-method-override", request.method).upper()
    for verb, pattern, service, schema in operations():
        if verb == method and pattern.fullmatch(request.path.replace("%3A", ":")):
            if response.status == 200 and schema is not None:
                check(answer, service, schema)
            elif response.status >= 400:
                _check_refusal(answer, response.status)
            return


def _check_refusal(answer: Any, status: int) -> None:
    error = answer["error"]
    assert error["code"] == status
    assert isinstance(error["message"], str) and error["message"]
    assert "status" in error or "errors" in error


class CheckedEmulator(Emulator):
    """A workspace whose every answer passes through the discovery document before a test sees it."""

    def handle(self, request: Request) -> Response:
        """Answer one request and judge the answer."""
        response = super().handle(request)
        check_exchange(request, response)
        return response
