from datetime import date
from typing import Any

from sheets_sync.domain.intake.hand_forms import hand_forms
from sheets_sync.domain.intake.settings import read_settings
from sheets_sync.domain.names import name_key
from sheets_sync.domain.russian import Case, Declension, Posts
from sheets_sync.files.name_rules import PetrovichRules
from tests.builders.people import SCHOOL, TODAY, rows


def given(
    registry: list[dict[str, Any]], settings: list[dict[str, Any]], on: date = TODAY
) -> tuple[dict[tuple[str, Case], str], list[str]]:
    found, findings = hand_forms(
        rows("registry", *registry)["registry"].rows, rows("settings", *settings)["settings"].rows, on
    )
    return found, [finding.text for finding in findings]


def test_f40_forms_of_the_registry_are_read_case_by_case() -> None:
    found, asked = given(
        [{"name": "Гребень Пётр Ильич", "name_genitive": "Гребеня  Петра ильича", "name_dative": ""}], []
    )
    assert asked == []
    assert found == {(name_key("Гребень Пётр Ильич"), Case.GENITIVE): "Гребеня Петра Ильича"}


def test_f40_a_form_given_by_hand_goes_before_library_and_rules() -> None:
    found, _ = given([{"name": "Лебедева Ольга Николаевна", "name_dative": "Лебедева Ольге Николаевне"}], [])
    names = Declension(PetrovichRules(), found)
    dative = names.decline("Лебедева Ольга Николаевна", Case.DATIVE)
    assert (dative.text, dative.confirmed) == ("Лебедева Ольге Николаевне", True)
    assert (
        names.surname_initials("Лебедева Ольга Николаевна", Case.DATIVE).text
        == "Лебедева\N{NO-BREAK SPACE}О.Н."
    )
    accusative = names.decline("Лебедева Ольга Николаевна", Case.ACCUSATIVE)
    assert (accusative.text, accusative.confirmed) == ("Лебедеву Ольгу Николаевну", False)


def test_f40_forms_of_officials_and_posts_stand_in_settings_with_their_dates() -> None:
    setting = {"name": "Падеж: Дзюба Женя, дат.", "value": "Дзюбе Жене", "valid_from": date(2022, 10, 1)}
    post = {"name": "Падеж: Директор, творительный", "value": "Директором"}
    assert given([], [setting, post], date(2022, 9, 30))[0] == {
        (name_key("директор"), Case.INSTRUMENTAL): "Директором"
    }
    found, asked = given([], [setting, post], date(2022, 10, 1))
    assert asked == []
    assert found[name_key("Женя Дзюба"), Case.DATIVE] == "Дзюбе Жене"
    assert Posts({}, found).decline("Директор", Case.INSTRUMENTAL).confirmed


def test_forms_that_cannot_belong_to_the_name_are_asked_about_and_not_taken() -> None:
    found, asked = given(
        [
            {"name": "Лебедева Ольга Николаевна", "name_genitive": "Лебедевой Ольги"},
            {"name": "Ким Инна", "name_genitive": "Иванов Инны", "name_dative": "Kим Инне"},
        ],
        [
            {"name": "Падеж: Ким Инна", "value": "Ким Инне"},
            {"name": "Падеж: Ким Инна, звательный", "value": "х"},
        ],
    )
    assert found == {(name_key("Ким Инна"), Case.DATIVE): "Ким Инне"}
    assert [text.split(":")[0] for text in asked] == [
        *("родительный падеж", "родительный падеж"),
        *("«Падеж", "«Падеж"),
    ]


def test_the_other_reader_of_settings_leaves_these_rows_alone() -> None:
    row = {"name": "Падеж: Ким Инна, дательный", "value": "Ким Инне"}
    assert read_settings(rows("settings", row)["settings"].rows, SCHOOL, TODAY) == (SCHOOL, ())
