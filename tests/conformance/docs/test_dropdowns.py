"""Drop-downs: definitions and the chips that choose from them. Expected values: discovery docs.v1."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conformance.docs.conftest import Doc, insert, text_of

Json = dict[str, Any]
GREEN = {"color": {"rgbColor": {"green": 0.5}}}


def options(*names: str) -> list[Json]:
    return [{"optionId": f"dropdownItem.{name}", "displayValue": name.upper()} for name in names]


def definition(*names: str, **more: Any) -> Json:
    properties = {"title": "Состояние", "options": options(*names)}
    return {
        "createDropdownDefinition": {
            "dropdownDefinition": {"dropdownDefinitionProperties": properties, **more}
        }
    }


def made(doc: Doc, *names: str, **more: Any) -> str:
    reply = doc.batch(definition(*names, **more))["replies"][0]["createDropdownDefinition"]
    name: str = reply["dropdownDefinition"]["dropdownDefinitionId"]
    return name


def chip(doc: Doc, of: str, **more: Any) -> Json:
    asked = {"dropdownDefinitionId": of, "location": {"index": 1}, **more}
    found: Json = doc.batch({"insertDropdown": asked})["replies"][0]["insertDropdown"]["dropdown"]
    return found


def shown(doc: Doc) -> Json:
    """The first chip of the text."""
    elements = doc.content()[1]["paragraph"]["elements"]
    found: Json = next(element for element in elements if "dropdown" in element)
    return found


def test_f60_a_definition_is_kept_in_its_tab_and_a_chip_takes_one_index(doc: Doc) -> None:
    doc.batch(insert("аб"))
    name = made(doc, "yes", "no")
    found = chip(doc, name)
    assert found["dropdownProperties"] == {
        "dropdownDefinitionId": name,
        "selectedOptionId": "dropdownItem.yes",
        "displayValue": "YES",
    }
    element = shown(doc)
    assert (element["startIndex"], element["endIndex"]) == (1, 2)
    assert element["dropdown"] == found
    tab = doc.get(includeTabsContent=True)["tabs"][0]["documentTab"]
    held = {"title": "Состояние", "options": options("yes", "no")}
    wanted = {"dropdownDefinitionId": name, "dropdownDefinitionProperties": held}
    assert tab["dropdownDefinitions"] == {name: wanted}
    assert text_of(doc.content()) == "аб\n"


def test_f60_ids_are_given_or_made(doc: Doc) -> None:
    assert made(doc, "yes", "no", dropdownDefinitionId="kix.own") == "kix.own"
    name = made(doc, "yes", "no")
    assert name.startswith("kix.") and 6 <= len(name) <= 18
    plain = [{"displayValue": "раз", "textStyle": {"foregroundColor": GREEN}}, {"displayValue": "два"}]
    properties = {"dropdownDefinition": {"dropdownDefinitionProperties": {"options": plain}}}
    reply = doc.batch({"createDropdownDefinition": properties})["replies"][0]["createDropdownDefinition"]
    held = reply["dropdownDefinition"]["dropdownDefinitionProperties"]["options"]
    assert held[0]["textStyle"] == {"foregroundColor": GREEN}
    lengths = {len(option["optionId"]) for option in held}
    assert all(option["optionId"].startswith("dropdownItem.") for option in held)
    assert all(15 <= length <= 27 for length in lengths)


@pytest.mark.parametrize(
    "wrong",
    [
        definition("one"),
        definition(*(f"o{number}" for number in range(51))),
        definition("same", "same"),
        definition("x", "yes"),  # an id needs two characters at least
        definition("yes", "no", dropdownDefinitionId="own"),
        definition("yes", "no", dropdownDefinitionId="kix.taken"),
        {"deleteDropdownDefinition": {"dropdownDefinitionId": "kix.none"}},
        {"insertDropdown": {"dropdownDefinitionId": "kix.none", "location": {"index": 1}}},
        {
            "insertDropdown": {
                "dropdownDefinitionId": "kix.taken",
                "selectedOptionId": "dropdownItem.none",
                "location": {"index": 1},
            }
        },
        {"updateDropdownProperties": {"dropdownId": "kix.none", "fields": "*"}},
    ],
)
def test_f60_what_the_discovery_document_rules_out_is_refused(doc: Doc, wrong: Json) -> None:
    made(doc, "yes", "no", dropdownDefinitionId="kix.taken")
    assert doc.refused(wrong)[0] == 400


def test_f60_of_an_options_style_only_its_colours_can_be_set(doc: Doc) -> None:
    request = definition("yes", "no")
    held = request["createDropdownDefinition"]["dropdownDefinition"]["dropdownDefinitionProperties"]
    held["options"][0]["textStyle"] = {"bold": True}
    assert doc.refused(request)[0] == 400


def test_f60_a_definition_in_use_cannot_be_deleted(doc: Doc) -> None:
    name = made(doc, "yes", "no")
    found = chip(doc, name)
    gone = {"deleteDropdownDefinition": {"dropdownDefinitionId": name}}
    assert doc.refused(gone)[0] == 400
    index = shown(doc)["startIndex"]
    span = {"startIndex": index, "endIndex": index + 1}
    doc.batch({"deleteContentRange": {"range": span}}, gone)
    tab = doc.get(includeTabsContent=True)["tabs"][0]["documentTab"]
    assert "dropdownDefinitions" not in tab
    assert found["dropdownId"] not in str(tab)


def test_f60_a_chip_whose_option_goes_needs_a_replacement(doc: Doc) -> None:
    name = made(doc, "yes", "no", "maybe")
    chip(doc, name, selectedOptionId="dropdownItem.no")
    change = {
        "dropdownDefinitionId": name,
        "dropdownDefinitionProperties": {"options": options("yes", "maybe")},
        "fields": "options",
    }
    kind = "updateDropdownDefinitionProperties"
    assert doc.refused({kind: change})[0] == 400
    gone = {"dropdownItem.no": "dropdownItem.gone"}
    assert doc.refused({kind: {**change, "selectedOptionIdReplacements": gone}})[0] == 400
    replacement = {"dropdownItem.no": "dropdownItem.maybe"}
    doc.batch({kind: {**change, "selectedOptionIdReplacements": replacement}})
    assert shown(doc)["dropdown"]["dropdownProperties"]["displayValue"] == "MAYBE"


def test_f60_a_renamed_option_leaves_what_a_chip_shows(doc: Doc) -> None:
    """Source: DropdownProperties.displayValue ("may differ … if the underlying option … was modified")."""
    name = made(doc, "yes", "no")
    chip(doc, name)
    renamed = [{**options("yes")[0], "displayValue": "ДА"}, *options("no")]
    change = {"dropdownDefinitionProperties": {"options": renamed}, "fields": "options"}
    doc.batch({"updateDropdownDefinitionProperties": {"dropdownDefinitionId": name, **change}})
    assert shown(doc)["dropdown"]["dropdownProperties"]["displayValue"] == "YES"


def test_f60_a_chip_chooses_another_option(doc: Doc) -> None:
    name = made(doc, "yes", "no")
    found = chip(doc, name)
    change = {
        "dropdownId": found["dropdownId"],
        "dropdownProperties": {"selectedOptionId": "dropdownItem.no"},
    }
    doc.batch({"updateDropdownProperties": {**change, "fields": "selectedOptionId"}})
    assert shown(doc)["dropdown"]["dropdownProperties"]["displayValue"] == "NO"
    assert doc.refused({"updateDropdownProperties": {**change, "fields": "displayValue"}})[0] == 400


def test_f60_a_reader_of_the_file_sees_what_is_chosen(doc: Doc, drive: Any) -> None:
    doc.batch(insert("Состояние: "))
    chip(doc, made(doc, "yes", "no"))
    plain = drive.files().export(fileId=doc.id, mimeType="text/plain").execute().decode("utf-8-sig")
    assert plain.strip() == "YESСостояние:"
