"""Refusals in the JSON shape of the service that was called.

Source: real_errors recordings: Sheets, Docs and Forms answer {code, message, status, details?}; Drive answers
{errors: […], code, message}, and adds status and details where Google's front end speaks (401, scopes, 429).
"""

from __future__ import annotations

from typing import Any

from sheets_sync.emulator.wire import ApiError, Response

_FRONT_END = {
    "required": ("Login Required.", {"location": "Authorization", "locationType": "header"}),
    "authError": ("Invalid Credentials", {"location": "Authorization", "locationType": "header"}),
    "insufficientPermissions": ("Insufficient Permission", {}),
}


def refusal(service: str, error: ApiError) -> Response:
    """Render a refusal for "sheets", "docs", "forms", "drive" or "token"."""
    if service == "token":
        body: dict[str, Any] = {"error": error.reason, "error_description": error.message}
    elif service == "drive":
        body = {"error": _drive_shape(error)}
    else:
        body = {"error": _plain_shape(error)}
    response = Response.of_json(body, error.code)
    response.headers.update(error.headers)
    return response


def _plain_shape(error: ApiError) -> dict[str, Any]:
    shape: dict[str, Any] = {"code": error.code, "message": error.message, "status": error.status}
    if error.details:
        shape["details"] = error.details
    return shape


def _drive_shape(error: ApiError) -> dict[str, Any]:
    front = error.reason in _FRONT_END and error.code != 400
    short, place = _FRONT_END[error.reason] if front else (error.message, {})
    item: dict[str, Any] = {"domain": error.domain, "reason": error.reason or "badRequest", "message": short}
    item.update(place)
    if error.location_type:
        item["locationType"] = error.location_type
        item["location"] = error.location
    shape: dict[str, Any] = {"errors": [item], "code": error.code, "message": error.message}
    if front or error.details:
        shape["status"] = error.status
    if error.details:
        shape["details"] = error.details
    return shape


def unknown_url(path: str) -> Response:
    """Answer a path that no API has: an HTML page with 404. Source: assumed, after Google's own page."""
    page = "<!DOCTYPE html><html lang=en><title>Error 404 (Not Found)</title><p>404. Not found.</html>"
    return Response(404, {"content-type": "text/html; charset=UTF-8"}, page.encode())
