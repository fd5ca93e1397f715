"""Forms v1 of the local workspace."""

from __future__ import annotations

from sheets_sync.emulator.calls import FileKind, Method
from sheets_sync.emulator.forms import form_methods, response_methods, tables, watch_methods
from sheets_sync.emulator.forms.filekind import FormKind

METHODS: dict[str, Method] = {
    "forms.forms.create": form_methods.create,
    "forms.forms.get": form_methods.get,
    "forms.forms.batchUpdate": form_methods.batch_update,
    "forms.forms.setPublishSettings": form_methods.set_publish_settings,
    "forms.forms.responses.get": response_methods.get_response,
    "forms.forms.responses.list": response_methods.list_responses,
    "forms.forms.watches.create": watch_methods.create_watch,
    "forms.forms.watches.list": watch_methods.list_watches,
    "forms.forms.watches.renew": watch_methods.renew_watch,
    "forms.forms.watches.delete": watch_methods.delete_watch,
}
SCHEMA = tables.SCHEMA
KIND: FileKind = FormKind()
