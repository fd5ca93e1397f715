"""How Google's refusals spell fields and types: snake_case paths and protocol buffer type names."""

from __future__ import annotations

import re
from functools import cache

_PACKAGES = {
    "sheets.v4": "google.apps.sheets.v4",
    "forms.v1": "google.apps.forms.v1",
    "docs.v1": "google.apps.docs.v1",
    "drive.v3": "google.apps.drive.v3",
    "drive.v2": "google.apps.drive.v2",
}
_BOUNDARY = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@cache
def snake(name: str) -> str:
    """Spell a JSON name as the protocol buffer field: userEnteredValue -> user_entered_value."""
    return _BOUNDARY.sub("_", name).lower()


@cache
def camel(name: str) -> str:
    """Spell a protocol buffer field as a JSON name: user_entered_value -> userEnteredValue."""
    head, *rest = name.split("_")
    return head + "".join(part[:1].upper() + part[1:] for part in rest)


def enum_type(document: str, owner: str, field: str) -> str:
    """Name the type of an enumeration as Google's messages do.

    Source: assumed from public issues; discovery documents do not hold the enumeration's own name.
    """
    middle = f".{owner}" if owner else ""
    return f"type.googleapis.com/{_PACKAGES[document]}{middle}.{field[:1].upper()}{field[1:]}"


def message_type(document: str, schema: str) -> str:
    """Name the type of a message as Google's messages do."""
    return f"type.googleapis.com/{_PACKAGES[document]}.{schema}"


_SERVICES = {
    "sheets": "google.apps.sheets.v4.SpreadsheetsService",
    "docs": "google.apps.docs.v1.DocumentsService",
    "forms": "google.apps.forms.v1.FormsService",
}
_NOUNS = {
    "spreadsheets": "Spreadsheet",
    "values": "Values",
    "developerMetadata": "DeveloperMetadata",
    "documents": "Document",
    "forms": "Form",
    "responses": "FormResponse",
    "watches": "Watch",
}
_CALLS = {
    "sheets.spreadsheets.sheets.copyTo": "CopySheetTo",
    "forms.forms.setPublishSettings": "SetPublishSettings",
    "forms.forms.responses.list": "ListFormResponses",
    "forms.forms.watches.list": "ListWatches",
}
_BY_FILTER = "ByDataFilter"


def rpc_name(method_id: str) -> str:
    """Name a method as the details of a refusal do: google.apps.drive.v3.DriveFiles.List.

    Source: refusals quoted in public (GetSpreadsheet, BatchGetValues, DriveFiles.List, DriveAbout.Get) and
    the links of the Forms reference (GetForm, RenewWatch); the others are made alike.
    """
    service, *path, verb = method_id.split(".")
    if service == "drive":
        version = path.pop(0) if path[0] == "v2" else "v3"
        return f"google.apps.drive.{version}.Drive{_capital(path[0])}.{_capital(verb)}"
    call = _CALLS.get(method_id)
    if call is None:
        bare = verb.removesuffix(_BY_FILTER)
        call = _capital(bare) + _NOUNS[path[-1]] + verb[len(bare) :]
    return f"{_SERVICES[service]}.{call}"


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
