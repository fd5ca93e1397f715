"""Which method a request calls, and with which typed parameters; all taken from the discovery documents."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, unquote

from sheets_sync.emulator import discovery
from sheets_sync.emulator.naming import enum_type, snake
from sheets_sync.emulator.wire import ApiError, bad_request, field_violation

API_PREFIXES = (
    "/v4/",
    "/v1/",
    "/drive/v2/",
    "/drive/v3/",
    "/upload/drive/",
    "/resumable/upload/drive/",
    "/batch",
    "/token",
    "/$discovery",
    "/discovery/",
)
STANDARD_PARAMETERS = frozenset(
    {
        *("$.xgafv", "access_token", "alt", "callback", "fields", "key", "oauth_token", "prettyPrint"),
        *("quotaUser", "uploadType", "upload_protocol", "upload_id", "userIp"),
        *("$alt", "$fields", "$key", "$prettyPrint", "$callback"),
    }
)
READING_POSTS = frozenset(
    {
        "sheets.spreadsheets.getByDataFilter",
        "sheets.spreadsheets.values.batchGetByDataFilter",
        "sheets.spreadsheets.developerMetadata.search",
    }
)
_LONE_VERB = re.compile(r"/(?::|%3[Aa])(?=[A-Za-z]+$)")
_VARIABLE = re.compile(r"\{(\+?)([^}]+)\}")


@dataclass(frozen=True)
class Route:
    """One method as the discovery document describes it."""

    method_id: str
    service: str
    document: str
    http_method: str
    pattern: re.Pattern[str]
    parameters: Mapping[str, Mapping[str, Any]]
    request: str | None
    response: str | None
    scopes: frozenset[str]
    upload: bool
    downloads: bool
    weight: tuple[int, int]

    @property
    def writes(self) -> bool:
        """Tell whether the method may change the workspace."""
        return self.http_method != "GET" and self.method_id not in READING_POSTS

    @property
    def schemas(self) -> Mapping[str, Any]:
        """Give the schemas of the method's document."""
        schemas: Mapping[str, Any] = discovery.document(self.document)["schemas"]
        return schemas


@cache
def routes() -> tuple[Route, ...]:
    """List every route, the most specific first."""
    found: list[Route] = []
    for name in discovery.DOCUMENTS:
        base = "/" + discovery.document(name)["servicePath"]
        for method in discovery.methods(name):
            paths = [(base + method["path"], False)]
            protocols = method.get("mediaUpload", {}).get("protocols", {})
            paths += [(protocol["path"], True) for protocol in protocols.values()]
            found += [_route(name, method, path, upload) for path, upload in paths]
    return tuple(sorted(found, key=lambda route: route.weight))


def _route(name: str, method: Mapping[str, Any], path: str, upload: bool) -> Route:
    service = name.split(".")[0]
    method_id: str = method["id"]
    if name == "drive.v2":
        method_id = method_id.replace("drive.", "drive.v2.", 1)
    parameters = method.get("parameters", {})
    return Route(
        method_id=method_id,
        service=service,
        document=name,
        http_method=method["httpMethod"],
        pattern=re.compile(_pattern(path)),
        parameters=parameters,
        request=method.get("request", {}).get("$ref"),
        response=method.get("response", {}).get("$ref"),
        scopes=frozenset(method.get("scopes", ())),
        upload=upload,
        downloads=bool(method.get("supportsMediaDownload")),
        weight=(0 if ":" in path.rsplit("/", 1)[-1] else 1, path.count("{")),
    )


def _pattern(path: str) -> str:
    """Turn "v4/x/{id}:verb" into a regular expression over raw paths; a verb's colon may be encoded."""
    out, position = [], 0
    for match in _VARIABLE.finditer(path):
        out.append(_literal(path[position : match.start()]))
        anything = "[^/]+" if match.group(2) == "range" else "[^/:]+"
        out.append(f"(?P<{match.group(2)}>{'.+' if match.group(1) else anything})")
        position = match.end()
    out.append(_literal(path[position:]))
    return "".join(out)


def _literal(text: str) -> str:
    return re.escape(text).replace(":", "(?::|%3[Aa])")


def find_route(method: str, path: str) -> tuple[Route, dict[str, str]] | None:
    """Find the method for an HTTP method and a raw path, with the decoded path parameters.

    A slash before a verb (`…/ID/:batchUpdate`) is passed over: google-spreadsheet 5 for Node sends it so.
    """
    path = path.rstrip("/") if len(path) > 1 else path
    path = _LONE_VERB.sub(":", path)
    for route in routes():
        if _same_verb(route, method):
            match = route.pattern.fullmatch(path)
            if match is not None:
                return route, {key: unquote(value) for key, value in match.groupdict().items()}
    return None


def _same_verb(route: Route, method: str) -> bool:
    """Compare verbs; the chunks of a resumable upload come by PUT or POST whatever began it."""
    if route.http_method == method:
        return True
    return method in ("PUT", "POST") and route.service == "drive" and route.upload


def query_pairs(query: str) -> list[tuple[str, str]]:
    """Split a query into decoded pairs; "+" and "%20" are both a space."""
    return parse_qsl(query, keep_blank_values=True)


def typed_parameters(route: Route, path: Mapping[str, str], pairs: list[tuple[str, str]]) -> dict[str, Any]:
    """Convert path and query parameters to the types of the discovery document.

    Raises ApiError 400 for unknown names (not Drive, which ignores them: recorded) and wrong values.
    Source: recorded Drive traffic; Google's texts for query binding as quoted in public issues.
    """
    values: dict[str, Any] = {}
    problems: list[tuple[str, str]] = []
    for name, text in [*path.items(), *pairs]:
        if name in STANDARD_PARAMETERS:
            continue
        key, spec = _parameter(route, name)
        if spec is None:
            if route.service != "drive":
                problems.append(("", _unbound(name)))
            continue
        try:
            value = _convert(spec, text)
        except ValueError:
            problems.append((snake(key), _bad_value(route, key, spec, text)))
            continue
        if spec.get("repeated"):
            values.setdefault(key, []).append(value)
        else:
            values[key] = value
    if problems:
        _refuse(route, problems)
    if route.service == "drive":
        _require(route, values)
    return values


def _require(route: Route, values: Mapping[str, Any]) -> None:
    """Refuse a call of Drive that lacks a query parameter. Source: discovery; words as quoted in public."""
    for name, spec in route.parameters.items():
        if spec.get("required") and spec["location"] == "query" and values.get(name, "") == "":
            raise ApiError(
                400,
                f"Required parameter: {name}",
                reason="required",
                location_type="parameter",
                location=name,
            )


def _parameter(route: Route, name: str) -> tuple[str, Mapping[str, Any] | None]:
    if name in route.parameters:
        return name, route.parameters[name]
    for known, spec in route.parameters.items():
        if snake(known) == name:
            return known, spec
    return name, None


def _convert(spec: Mapping[str, Any], text: str) -> Any:
    """Read one value; a number above its maximum is cut to it where the document says so (pageSize)."""
    kind = spec.get("type")
    if kind == "integer":
        value = int(text)
        bound = 2**63 if spec.get("format") == "int64" else 2**31
        most = int(spec.get("maximum", bound - 1))
        if value > most and "will be coerced" in spec.get("description", ""):
            return most
        if not int(spec.get("minimum", -bound)) <= value <= most:
            raise ValueError(text)
        return value
    if kind == "number":
        return float(text)
    if kind == "boolean":
        if text.lower() not in ("true", "false", "1", "0", ""):
            raise ValueError(text)
        return text.lower() in ("true", "1")
    if "enum" in spec and text not in spec["enum"]:
        raise ValueError(text)
    return text


def _unbound(name: str) -> str:
    return (
        f'Invalid JSON payload received. Unknown name "{name}": Cannot bind query parameter. '
        f"Field '{name}' could not be found in request message."
    )


def _bad_value(route: Route, name: str, spec: Mapping[str, Any], text: str) -> str:
    if route.service == "drive":
        if spec.get("minimum") is not None:
            return (
                f"Invalid value '{text}'. "
                f"Values must be within the range: [{spec['minimum']}, {spec.get('maximum', '')}]"
            )
        return f"Invalid value '{text}'."
    kind = {"integer": "TYPE_INT32", "boolean": "TYPE_BOOL", "number": "TYPE_DOUBLE"}.get(
        spec.get("type", "")
    )
    return f"Invalid value at '{snake(name)}' ({kind or enum_type(route.document, '', name)}), \"{text}\""


def _refuse(route: Route, problems: list[tuple[str, str]]) -> None:
    if route.service == "drive":
        name, message = problems[0]
        raise ApiError(
            400,
            message,
            reason="invalidParameter",
            location_type="parameter",
            location=next((key for key in route.parameters if snake(key) == name), name),
        )
    raise bad_request(
        "\n".join(message for _, message in problems),
        [field_violation(name, message) for name, message in problems],
    )
