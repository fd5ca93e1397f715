"""JSON bodies checked against the discovery schemas, with Google's words for what is wrong.

Source: recorded refusals (gspread cassettes: "Invalid value at 'data.values' …ListValue") and texts quoted in
public issues; snake_case spelling and both field spellings are those of proto3 JSON.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sheets_sync.emulator.naming import camel, enum_type, message_type, snake
from sheets_sync.emulator.routes import Route
from sheets_sync.emulator.wire import ApiError, bad_request, field_violation

BODY_FIELDS: Mapping[str, str] = {
    "sheets.spreadsheets.create": "spreadsheet",
    "sheets.spreadsheets.values.update": "data",
    "sheets.spreadsheets.values.append": "data",
    "docs.documents.create": "document",
    "forms.forms.create": "form",
}
_INTEGERS = {"int32": (-(2**31), 2**31 - 1), "uint32": (0, 2**32 - 1), "int64": (-(2**63), 2**63 - 1)}
_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")
_DROP = object()


def parse_body(route: Route, body: bytes) -> dict[str, Any]:
    """Read and check the JSON body of a call; {} when it is empty.

    Raises ApiError 400. Drive's bodies are read leniently: unknown fields are ignored and nulls kept, because
    in a patch null clears a field. The metadata of an upload is called `payload` in refusals.
    Source: an answer quoted in the history of googledrive for R (a list for a name, March 2023).
    """
    if not body.strip():
        return {}
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        raise _parse_error(route, body) from None
    if _SURROGATE.search(body):
        value = _mended(value)
    if route.service == "drive":
        return _drive_body(route, value)
    reader = _Reader(route)
    root = BODY_FIELDS.get(route.method_id, "")
    if not isinstance(value, dict):
        reader.wrong(root, message_type(route.document, route.request or ""), value)
        cleaned: Any = {}
    elif route.request is None:
        cleaned = {}
    else:
        cleaned = reader.message(value, route.request, root)
    if reader.problems:
        raise bad_request(
            "\n".join(text for _, text in reader.problems),
            [field_violation(path, text) for path, text in reader.problems],
        )
    result: dict[str, Any] = cleaned
    return result


def _drive_body(route: Route, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ApiError(400, "Parse Error", reason="parseError")
    if route.request is None:
        return {}
    reader = _Reader(route, lenient=True)
    cleaned: dict[str, Any] = reader.message(value, route.request, "payload" if route.upload else "")
    if reader.problems:
        raise ApiError(400, reader.problems[0][1], reason="invalid")
    return cleaned


def _paths(value: Any) -> str | None:
    """Read a field mask that is given as a message; None when it is none.

    Source: Google's sample sheets_filter_views sends `"fields": {"paths": ["criteria", "title"]}`.
    """
    if not isinstance(value, dict) or set(value) != {"paths"} or not isinstance(value["paths"], list):
        return None
    return ",".join(map(str, value["paths"]))


def _unnested(value: list[Any], items: Mapping[str, Any]) -> list[Any]:
    """Take the items of lists inside a repeated field for items of the field itself.

    Source: the JSON reader of protobuf (an unnamed list inside a repeated field continues that field); two
    clients send requests so (pygsheets, gspread-formatting).
    """
    if items.get("type") == "any" or not any(isinstance(item, list) for item in value):
        return value
    flat: list[Any] = []
    for item in value:
        flat.extend(_unnested(item, items) if isinstance(item, list) else [item])
    return flat


def _is_time(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _mended(value: Any) -> Any:
    """Put U+FFFD in the place of lone surrogates, which no UTF-8 text can hold."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_mended(item) for item in value]
    if isinstance(value, dict):
        return {_mended(key): _mended(item) for key, item in value.items()}
    return value


def _parse_error(route: Route, body: bytes) -> ApiError:
    if route.service == "drive":
        return ApiError(400, "Parse Error", reason="parseError")
    snippet = body[:40].decode("utf-8", "replace").split("\n")[0]
    text = f"Invalid JSON payload received. Unexpected token.\n{snippet}\n^"
    return bad_request(text, [field_violation("", text)])


def _is_plain_text(spec: Mapping[str, Any]) -> bool:
    """Tell whether any string will do: no enumeration, no format. Most values of most bodies are such."""
    return spec.get("type") == "string" and "enum" not in spec and "format" not in spec


class _Reader:
    """Walks one body along its schema, collecting every problem before anything is refused."""

    def __init__(self, route: Route, *, lenient: bool = False) -> None:
        self.lenient = lenient
        self.document = route.document
        self.schemas = route.schemas
        self.problems: list[tuple[str, str]] = []

    def wrong(self, path: str, kind: str, value: Any) -> object:
        """Note a value of the wrong type."""
        shown = json.dumps(value, ensure_ascii=False) if not isinstance(value, dict | list) else ""
        at = f" at '{path}'" if path else ""
        self.problems.append((path, f"Invalid value{at} ({kind}), {shown}"))
        return _DROP

    def message(self, value: Any, name: str, path: str) -> Any:
        schema = self.schemas[name]
        if not isinstance(value, dict):
            if isinstance(value, list):
                return self._repeated_by_mistake(path)
            return self.wrong(path, message_type(self.document, name), value)
        properties = schema.get("properties", {})
        extra = schema.get("additionalProperties")
        result: dict[str, Any] = {}
        for key, item in value.items():
            spec = properties.get(key)
            if spec is not None and type(item) is str and _is_plain_text(spec):
                result[key] = item
                continue
            if spec is None and "_" in key:
                spec = properties.get(camel(key))
                key = camel(key) if spec is not None else key
            if spec is None and extra is None:
                if self.lenient:
                    continue
                at = f" at '{path}'" if path else ""
                text = f'Invalid JSON payload received. Unknown name "{key}"{at}: Cannot find field.'
                self.problems.append((path, text))
                continue
            if item is None and (spec or extra or {}).get("type") != "any":
                if self.lenient:
                    result[key] = None
                continue
            here = f"{path}.{snake(key)}" if path else snake(key)
            cleaned = self.field(item, spec if spec is not None else extra, here, name, key)
            if cleaned is not _DROP:
                result[key] = cleaned
        return result

    def field(self, value: Any, spec: Mapping[str, Any], path: str, owner: str, key: str) -> Any:
        """Check one value against its property and give it in the declared type."""
        kind = spec.get("type")
        if kind == "array":
            items = spec["items"]
            if items.get("type") == "array":
                return self._lists(value, items["items"], path)
            if not isinstance(value, list):
                return [one for one in [self.field(value, items, path, owner, key)] if one is not _DROP]
            cleaned = [
                self.field(item, items, f"{path}[{index}]", owner, key)
                for index, item in enumerate(_unnested(value, items))
                if item is not None or items.get("type") == "any"
            ]
            return [item for item in cleaned if item is not _DROP]
        if "$ref" in spec:
            return self.message(value, spec["$ref"], path)
        if kind == "any":
            return value
        if kind == "object":
            return self._map(value, spec, path, owner, key)
        if isinstance(value, list):
            return self._repeated_by_mistake(path)
        return self._scalar(value, spec, path, owner, key)

    def _lists(self, value: Any, items: Mapping[str, Any], path: str) -> Any:
        """Check ValueRange.values: a list of lists of anything, where null keeps a cell as it is."""
        if not isinstance(value, list):
            return self.wrong(path, "type.googleapis.com/google.protobuf.ListValue", value)
        for row, cells in enumerate(value):
            if not isinstance(cells, list):
                self.wrong(f"{path}[{row}]", "type.googleapis.com/google.protobuf.ListValue", cells)
                continue
            if items.get("type") == "any":
                continue
            for column, cell in enumerate(cells):
                if isinstance(cell, dict | list):
                    self.wrong(f"{path}[{row}][{column}]", "type.googleapis.com/google.protobuf.Value", cell)
        return value

    def _map(self, value: Any, spec: Mapping[str, Any], path: str, owner: str, key: str) -> Any:
        if not isinstance(value, dict):
            return self.wrong(path, message_type(self.document, owner), value)
        inner = spec.get("additionalProperties")
        if inner is None:
            return value
        cleaned = {
            name: None if item is None else self.field(item, inner, f"{path}[{name}]", owner, key)
            for name, item in value.items()
            if item is not None or self.lenient
        }
        return {name: item for name, item in cleaned.items() if item is not _DROP}

    def _repeated_by_mistake(self, path: str) -> object:
        parent, _, leaf = path.rpartition(".")
        at = f" at '{parent}'" if parent else ""
        text = (
            f'Invalid JSON payload received. Unknown name "{camel(leaf)}"{at}: '
            "Proto field is not repeating, cannot start list."
        )
        self.problems.append((parent, text))
        return _DROP

    def _scalar(self, value: Any, spec: Mapping[str, Any], path: str, owner: str, key: str) -> Any:
        kind = spec.get("type")
        if kind == "boolean":
            if isinstance(value, bool):
                return value
            if value in ("true", "false"):
                return value == "true"
            return self.wrong(path, "TYPE_BOOL", value)
        if kind == "integer" or spec.get("format") in _INTEGERS:
            return self._integer(value, spec, path)
        if kind == "number":
            return self._number(value, spec, path)
        if not isinstance(value, str):
            if spec.get("format") == "google-fieldmask" and (paths := _paths(value)) is not None:
                return paths
            if "enum" in spec and isinstance(value, int) and not isinstance(value, bool):
                choices: list[str] = spec["enum"]
                return choices[value] if 0 <= value < len(choices) else self.wrong(path, "TYPE_ENUM", value)
            return self.wrong(path, self._string_type(spec, owner, key), value)
        if "enum" in spec and value not in spec["enum"]:
            return self.wrong(path, enum_type(self.document, owner, key), value)
        if spec.get("format") in ("date-time", "google-datetime") and not _is_time(value):
            return self.wrong(path, "type.googleapis.com/google.protobuf.Timestamp", value)
        return value

    def _string_type(self, spec: Mapping[str, Any], owner: str, key: str) -> str:
        if "enum" in spec:
            return enum_type(self.document, owner, key)
        return "TYPE_BYTES" if spec.get("format") == "byte" else "TYPE_STRING"

    def _integer(self, value: Any, spec: Mapping[str, Any], path: str) -> Any:
        form = spec.get("format", "int32")
        low, high = _INTEGERS.get(form, _INTEGERS["int64"])
        name = f"TYPE_{form.upper()}"
        if isinstance(value, bool | dict):
            return self.wrong(path, name, value)
        try:
            number = float(value) if isinstance(value, float) else int(value)
        except (ValueError, OverflowError):
            return self.wrong(path, name, value)
        if number != int(number) or not low <= number <= high:
            return self.wrong(path, name, value)
        return str(int(number)) if spec.get("type") == "string" else int(number)

    def _number(self, value: Any, spec: Mapping[str, Any], path: str) -> Any:
        name = "TYPE_FLOAT" if spec.get("format") == "float" else "TYPE_DOUBLE"
        if isinstance(value, bool):
            return self.wrong(path, name, value)
        if isinstance(value, int):
            return value
        try:
            number = float(value)
        except (ValueError, TypeError):
            return self.wrong(path, name, value)
        return number if math.isfinite(number) else self.wrong(path, name, value)
