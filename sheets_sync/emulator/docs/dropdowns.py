"""Drop-downs in a document's text: what may be chosen is defined once in a tab, and chips choose from it.

Source: discovery docs.v1 (DropdownDefinition, DropdownOption, DropdownProperties and the five requests). A
chip whose option is renamed keeps what it shows (DropdownProperties.displayValue); the texts of refusals are
assumed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sheets_sync.emulator.docs.masked import mask_paths, masked_update, normalised
from sheets_sync.emulator.docs.model import Document, Json, Tab, restyled
from sheets_sync.emulator.docs.places import Applied, Kind, NewId, place_of
from sheets_sync.emulator.docs.textedit import insert_object, style_at
from sheets_sync.emulator.docs.units import OBJECT, Refused, Unit

_DEFINITION_ID = re.compile(r"kix\.[a-zA-Z0-9_-]{2,14}")
_OPTION_ID = re.compile(r"dropdownItem\.[a-zA-Z0-9_-]{2,14}")
_FEWEST, _MOST = 2, 50
_STYLES = frozenset(("foregroundColor", "backgroundColor"))


def _options(given: list[Json], new_id: NewId) -> list[Json]:
    if not _FEWEST <= len(given) <= _MOST:
        raise Refused(f"A dropdown definition must have between {_FEWEST} and {_MOST} options.")
    options: list[Json] = []
    seen: set[str] = set()
    for option in given:
        option_id = option.get("optionId") or new_id("dropdownItem.")
        if not _OPTION_ID.fullmatch(option_id) or option_id in seen:
            raise Refused(f"The dropdown option ID {option_id} is invalid or not unique.")
        seen.add(option_id)
        style = normalised(option.get("textStyle", {}))
        if not style.keys() <= _STYLES:
            raise Refused("Only the foreground and background color of a dropdown option can be set.")
        made: Json = {"optionId": option_id, "displayValue": option.get("displayValue", "")}
        options.append({**made, "textStyle": style} if style else made)
    return options


def _create(document: Document, asked: Json, new_id: NewId) -> Applied:
    tab = document.tab(asked.get("tabId"))
    given = asked.get("dropdownDefinition", {})
    definition_id = given.get("dropdownDefinitionId") or new_id("kix.")
    if not _DEFINITION_ID.fullmatch(definition_id) or definition_id in _ids(tab):
        raise Refused(f"The dropdown definition ID {definition_id} is invalid or not unique.")
    properties = given.get("dropdownDefinitionProperties", {})
    held: Json = {"title": properties["title"]} if properties.get("title") else {}
    held["options"] = _options(properties.get("options", []), new_id)
    made = {"dropdownDefinitionId": definition_id, "dropdownDefinitionProperties": held}
    changed = replace(tab, dropdowns={**tab.dropdowns, definition_id: made})
    return document.with_tab(changed), {"createDropdownDefinition": {"dropdownDefinition": made}}


def _ids(tab: Tab) -> set[str]:
    ranges = {named.range_id for named in (*tab.named_ranges, *tab.anchors)}
    chips = {chip["dropdownId"] for _, _, chip in _chips(tab)}
    return {*tab.dropdowns, *tab.lists, *tab.inline_objects, *tab.segments, *ranges, *chips}


def _chips(tab: Tab) -> Iterator[tuple[str, int, Json]]:
    """Yield the chips of a tab: segment, index and the Dropdown without its text style."""
    for segment, units in tab.segments.items():
        for index, unit in enumerate(units):
            if unit.char == OBJECT and unit.mark is not None and "dropdown" in unit.mark:
                yield segment, index, unit.mark["dropdown"]


def _with_chip(tab: Tab, segment: str, index: int, chip: Json) -> Tab:
    unit = tab.segments[segment][index]
    return restyled(tab, segment, index, (Unit(OBJECT, unit.style, {"dropdown": chip}),))


def _definition(tab: Tab, definition_id: str) -> Json:
    if definition_id not in tab.dropdowns:
        raise Refused(f"Dropdown definition with ID {definition_id} was not found.")
    found: Json = tab.dropdowns[definition_id]
    return found


def _choosing(definition: Json, option_id: str | None) -> Json:
    """Give the DropdownProperties that choose an option, by default the first; an unknown one is refused."""
    options = definition["dropdownDefinitionProperties"]["options"]
    chosen = next((one for one in options if one["optionId"] == (option_id or options[0]["optionId"])), None)
    if chosen is None:
        raise Refused(f"The dropdown option ID {option_id} does not reference a valid option.")
    return {
        "dropdownDefinitionId": definition["dropdownDefinitionId"],
        "selectedOptionId": chosen["optionId"],
        "displayValue": chosen["displayValue"],
    }


def _delete(document: Document, asked: Json, new_id: NewId) -> Applied:
    tab = document.tab(asked.get("tabId"))
    definition_id = asked.get("dropdownDefinitionId", "")
    _definition(tab, definition_id)
    if any(chip["dropdownProperties"]["dropdownDefinitionId"] == definition_id for *_, chip in _chips(tab)):
        raise Refused(f"Dropdown definition with ID {definition_id} is used by a dropdown.")
    left = {name: one for name, one in tab.dropdowns.items() if name != definition_id}
    return document.with_tab(replace(tab, dropdowns=left)), {}


def _insert(document: Document, asked: Json, new_id: NewId) -> Applied:
    tab, segment, index = place_of(document, asked)
    definition = _definition(tab, asked.get("dropdownDefinitionId", ""))
    properties = _choosing(definition, asked.get("selectedOptionId"))
    chip = {"dropdownId": new_id("kix."), "dropdownProperties": properties}
    changed = insert_object(tab, segment, index, "dropdown", chip)
    shown = {**chip, "textStyle": dict(style_at(tab.segments[segment], index))}
    return document.with_tab(changed), {"insertDropdown": {"dropdown": shown}}


def _update_definition(document: Document, asked: Json, new_id: NewId) -> Applied:
    tab = document.tab(asked.get("tabId"))
    definition = _definition(tab, asked.get("dropdownDefinitionId", ""))
    given = asked.get("dropdownDefinitionProperties", {})
    names = {path[0] for path in mask_paths(asked.get("fields"), "DropdownDefinitionProperties")}
    held = masked_update(definition["dropdownDefinitionProperties"], given, [[n] for n in names & {"title"}])
    if "options" in names:
        held["options"] = _options(given.get("options", []), new_id)
    updated = {**definition, "dropdownDefinitionProperties": held}
    tab = replace(tab, dropdowns={**tab.dropdowns, definition["dropdownDefinitionId"]: updated})
    return document.with_tab(_reassigned(tab, updated, asked.get("selectedOptionIdReplacements", {}))), {}


def _reassigned(tab: Tab, definition: Json, replacements: dict[str, Any]) -> Tab:
    """Move the chips whose option is gone to its replacement; raises Refused where none is given."""
    left = {option["optionId"] for option in definition["dropdownDefinitionProperties"]["options"]}
    for segment, index, chip in list(_chips(tab)):
        properties = chip["dropdownProperties"]
        selected = properties["selectedOptionId"]
        if properties["dropdownDefinitionId"] != definition["dropdownDefinitionId"] or selected in left:
            continue
        if not replacements.get(selected):
            raise Refused(f"The selected dropdown option ID {selected} needs a replacement.")
        chosen = _choosing(definition, replacements[selected])
        tab = _with_chip(tab, segment, index, {**chip, "dropdownProperties": chosen})
    return tab


def _update(document: Document, asked: Json, new_id: NewId) -> Applied:
    tab = document.tab(asked.get("tabId"))
    dropdown_id = asked.get("dropdownId", "")
    found = next((one for one in _chips(tab) if one[2]["dropdownId"] == dropdown_id), None)
    if found is None:
        raise Refused(f"Dropdown with ID {dropdown_id} was not found.")
    names = {path[0] for path in mask_paths(asked.get("fields"), "DropdownProperties")}
    if "displayValue" in names and asked.get("fields") != "*":
        raise Refused("Field displayValue is read-only.")
    segment, index, chip = found
    given = asked.get("dropdownProperties", {})
    wanted = masked_update(chip["dropdownProperties"], given, [[n] for n in names - {"displayValue"}])
    definition = _definition(tab, wanted.get("dropdownDefinitionId", ""))
    properties = _choosing(definition, wanted.get("selectedOptionId"))
    return document.with_tab(_with_chip(tab, segment, index, {**chip, "dropdownProperties": properties})), {}


KINDS: dict[str, Kind] = {
    "createDropdownDefinition": _create,
    "deleteDropdownDefinition": _delete,
    "insertDropdown": _insert,
    "updateDropdownDefinitionProperties": _update_definition,
    "updateDropdownProperties": _update,
}
