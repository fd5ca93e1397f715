"""Drive's own refusals, each with the reason that clients look at.

Source: recorded 404 (gargle, gspread); the other reasons from Drive's guide "Resolve errors"; texts that no
recording shows are assumed.
"""

from __future__ import annotations

from sheets_sync.emulator.filetable import FileRow
from sheets_sync.emulator.wire import ApiError


def bad_parameter(name: str, message: str = "Invalid Value", reason: str = "invalid") -> ApiError:
    """Refuse a query parameter: 400."""
    return ApiError(400, message, reason=reason, location_type="parameter", location=name)


def forbidden(message: str, reason: str) -> ApiError:
    """Refuse an action: 403."""
    return ApiError(403, message, reason=reason)


def required(message: str, reason: str = "required") -> ApiError:
    """Refuse a body in which something is missing: 400."""
    return ApiError(400, message, reason=reason)


def fields_required() -> ApiError:
    """Refuse a call of a method that answers nothing without `fields`."""
    return bad_parameter("fields", "The 'fields' parameter is required for this method.", "required")


def missing(what: str, name: str, parameter: str) -> ApiError:
    """Refuse an id that is not there: 404 notFound."""
    return ApiError(
        404, f"{what} not found: {name}.", reason="notFound", location_type="parameter", location=parameter
    )


def insufficient(row: FileRow) -> ApiError:
    """Refuse what the caller's role does not allow: 403. Source: Drive's guide "Resolve errors"."""
    return forbidden(
        f"The user does not have sufficient permissions for file {row.id}.", "insufficientFilePermissions"
    )
