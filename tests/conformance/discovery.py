"""Judge of the workspace's answers: every key and type must be one that Google's discovery document has.

Written apart from the workspace: it reads the documents by itself and shares no code with the emulator.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any, TypeAlias

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
    wrong = problems(answer, service, {"$ref": schema}, schema)
    assert not wrong, "\n".join(wrong[:20])


def problems(value: Any, service: str, spec: dict[str, Any], path: str) -> list[str]:
    """List what the discovery schema does not allow in a value."""
    wrong: list[str] = []
    _judge(value, document(service)["schemas"], spec, (None, path), wrong)
    return wrong


Path: TypeAlias = tuple[Any, str]
"""Where a value stands: the path of what holds it, and its own part; written out only where it is wrong."""


def _named(path: Path) -> str:
    parts: list[str] = []
    at: Any = path
    while at is not None:
        at, part = at
        parts.append(part)
    return "".join(reversed(parts))


def _judge(value: Any, schemas: dict[str, Any], spec: dict[str, Any], path: Path, wrong: list[str]) -> None:
    if "$ref" in spec:
        spec = schemas[spec["$ref"]]
    kind = spec.get("type", "any")
    if kind == "any":
        return
    if value is None:
        wrong.append(f"{_named(path)}: null")
    elif kind == "object":
        _judge_object(value, schemas, spec, path, wrong)
    elif kind == "array":
        if not isinstance(value, list):
            wrong.append(f"{_named(path)}: not a list")
            return
        for index, item in enumerate(value):
            _judge(item, schemas, spec["items"], (path, f"[{index}]"), wrong)
    else:
        told = _of_scalar(value, spec, kind)
        if told:
            wrong.append(f"{_named(path)}: {told}")


def _judge_object(
    value: Any, schemas: dict[str, Any], spec: dict[str, Any], path: Path, wrong: list[str]
) -> None:
    if not isinstance(value, dict):
        wrong.append(f"{_named(path)}: not an object")
        return
    properties = spec.get("properties", {})
    extra = spec.get("additionalProperties")
    for key, item in value.items():
        inner = properties.get(key, extra)
        if inner is None:
            wrong.append(f"{_named(path)}.{key}: unknown key")
        else:
            _judge(item, schemas, inner, (path, f".{key}"), wrong)


def _of_scalar(value: Any, spec: dict[str, Any], kind: str) -> str:
    """Say what is wrong with a value that holds no others; nothing where it may stand."""
    form = spec.get("format", "")
    if kind == "boolean":
        return "" if isinstance(value, bool) else "not a boolean"
    if kind in ("integer", "number"):
        if isinstance(value, bool) or not isinstance(value, int | float):
            return "not a number"
        if kind == "integer" and not _whole(value, form):
            return f"{value} is not an {form or 'integer'}"
    elif kind == "string":
        return _of_string(value, spec, form)
    return ""


def _whole(value: float, form: str) -> bool:
    low, high = LIMITS.get(form, LIMITS["int64"])
    return isinstance(value, int) and low <= value <= high


def _of_string(value: Any, spec: dict[str, Any], form: str) -> str:
    if not isinstance(value, str):
        return "not a string"
    if "enum" in spec and value not in spec["enum"]:
        return f"{value!r} is not one of the enumeration"
    if form in ("int64", "uint64") and not re.fullmatch(r"-?\d+", value):
        return f"{value!r} is not a number in a string"
    if form in ("google-datetime", "date-time") and not TIME.fullmatch(value):
        return f"{value!r} is not a time"
    return ""


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
    method = request.headers.get("x-http-method-override", request.method).upper()
    for verb, pattern, service, schema in operations():
        if verb == method and pattern.fullmatch(request.path.replace("%3A", ":")):
            if response.status == 200 and schema is not None:
                _check_once(response.body, service, schema)
                return
            answer = json.loads(response.body)
            if response.status >= 400:
                _check_refusal(answer, response.status)
            return


_right: set[bytes] = set()
"""Digests of the answers that were found right: the same nights give the same answers many times."""


def _check_once(body: bytes, service: str, schema: str) -> None:
    digest = hashlib.sha256(f"{service} {schema} ".encode() + body).digest()
    if digest not in _right:
        check(json.loads(body), service, schema)
        _right.add(digest)


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
