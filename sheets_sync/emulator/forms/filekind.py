"""How Drive treats files that are forms."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.filetable import FORM
from sheets_sync.emulator.forms import tables
from sheets_sync.emulator.forms.editing import blank_form
from sheets_sync.emulator.wire import ApiError


class FormKind:
    """Drive's view of forms: made empty, copied without responses, never exported."""

    mime_type = FORM
    export_types: tuple[str, ...] = ()

    def create_blank(self, call: Call, file_id: str, name: str) -> None:
        """Make an empty, unpublished form whose title is still unset (assumed)."""
        tables.insert_form(call, file_id, blank_form("", name))

    def copy(self, call: Call, source_id: str, target_id: str, name: str) -> None:
        """Copy items, their ids and settings, but no responses; the copy is unpublished (assumed)."""
        body = deepcopy(tables.need_form(call, source_id).body)
        body["info"]["documentTitle"] = name
        tables.insert_form(call, target_id, body | {"published": False, "accepting": False})

    def delete(self, call: Call, file_id: str) -> None:
        """Remove the form with its responses."""
        tables.delete_form(call.tx, file_id)

    def renamed(self, call: Call, file_id: str, name: str) -> None:
        """Let the form's documentTitle follow the file's name. Source: discovery Info.documentTitle."""
        row = tables.need_form(call, file_id)
        row.body["info"]["documentTitle"] = name
        tables.save_content(call.tx, row)

    def export(self, call: Call, file_id: str, mime_type: str) -> bytes:
        """Refuse: forms have no export format. Source: Drive's guide to export MIME types."""
        raise ApiError(400, "The requested conversion is not supported.", reason="badRequest")

    def words(self, call: Call, file_id: str) -> str:
        """Give the titles, descriptions and options of a form."""
        return "\n".join(_texts(tables.need_form(call, file_id).body))

    def import_media(self, call: Call, file_id: str, data: bytes, mime_type: str, name: str) -> None:
        """Refuse: no format is imported as a form. Source: Drive's guide to import formats."""
        raise ApiError(400, "The requested conversion is not supported.", reason="badRequest")


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        for key, one in value.items():
            if isinstance(one, str) and key in ("title", "description", "value"):
                yield one
            yield from _texts(one)
