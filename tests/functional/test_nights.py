"""Nights of a small school, seen as people see them: through forms, sheets and documents."""

from __future__ import annotations

from datetime import date, timedelta

import gspread
import pytest
from gspread.utils import ValueRenderOption

from sheets_sync.errors import PastDateError, TooManyLossesError
from tests.functional.conftest import LATER, OCTOBER, SEPTEMBER
from tests.small_school import PUPILS, QUESTIONNAIRE, TEACHERS, SmallSchool

PAIRS = 10
"""Nine pupils and two teachers ask for a mentor; nobody offers what one of them asks for."""


def table(sheet: gspread.Worksheet) -> dict[str, dict[str, str]]:
    """Read a sheet as a person reads it: rows by their first column, cells by header."""
    header, *rows = sheet.get_all_values()
    return {row[0]: dict(zip(header, row, strict=False)) for row in rows if row and row[0]}


def pairs_of(school: SmallSchool) -> dict[str, dict[str, str]]:
    header, *rows = school.book().worksheet("Пары").get_all_values()
    key = header.index("Пара")
    return {row[key]: dict(zip(header, row, strict=False)) for row in rows if row[key]}


def test_f48_a_night_without_news_writes_nothing_and_asks_once_for_each_form_and_once_for_the_sheet(
    school: SmallSchool,
) -> None:
    before = school.emulator.last_request()

    report = school.night(OCTOBER)

    asked = school.emulator.requests(since=before)
    assert report.writes == 0
    assert dict(asked) == {"forms.forms.responses.list": 5, "sheets.spreadsheets.get": 1}


def test_f48_deleting_everything_local_but_the_settings_changes_nothing(school: SmallSchool) -> None:
    for file in school.directory.rglob("*"):
        if file.is_file() and file.suffix != ".yaml" and not file.name.startswith("workspace.sqlite3"):
            file.unlink()

    assert school.night(OCTOBER).writes == 0


def test_f45_sorting_inserting_adding_moving_and_renaming_leave_staffs_cells_where_staff_put_them(
    school: SmallSchool,
) -> None:
    sheet = school.book().worksheet("Пары")
    sheet.update_cell(2, school.column(sheet, "Причина"), "обсудить с родителями")
    first = sheet.cell(2, 1).value
    sheet.sort((school.column(sheet, "Наставник"), "des"), range="A2:S40")
    sheet.insert_row(["", "своя строка сотрудника"], 3)
    sheet.insert_cols([["Телефон", *[f"тел. {n}" for n in range(2, 9)]]], col=3)
    school.book().worksheet("Явка").update_title("Явка 2022")
    before = sheet.get_all_values()

    school.approve_pairs_by_key()
    typed = sheet.get_all_values()
    report = school.night(LATER)
    after = sheet.get_all_values()

    assert report.pairs.approved == PAIRS
    header = after[0]
    assert header == before[0]
    theirs = [header.index(title) for title in ("Телефон", "Решение", "Причина", "Дата", "Уведомлены (дата)")]
    assert [[row[place] for place in theirs] for row in after] == [
        [row[place] for place in theirs] for row in typed
    ]
    assert [row[0] for row in after] == [row[0] for row in before]
    kept = next(row for row in after if row[0] == first)
    assert kept[header.index("Причина")] == "обсудить с родителями"
    assert all(row[header.index("Состояние")] == "утверждена" for row in after[1:] if row[0])
    assert next(row for row in after if not row[0])[1] == "своя строка сотрудника"


def test_f46_a_value_typed_over_a_computed_one_stays_is_listed_with_both_values_and_can_be_released(
    school: SmallSchool,
) -> None:
    sheet = school.book().worksheet("Пары")
    place = school.column(sheet, "Баллы")
    code, computed = sheet.cell(2, 1).value, sheet.cell(2, place).value
    sheet.update_cell(2, place, "999")

    school.night(OCTOBER)

    assert sheet.cell(2, place).value == "999"
    listed = table(school.book().worksheet("Расхождения"))[f"pairs/{code}/score"]
    assert (listed["Лист"], listed["Строка"], listed["Колонка"]) == ("Пары", code, "Баллы")
    assert (listed["Стоит в ячейке"], listed["По расчёту программы"]) == ("999", computed)
    assert listed["Состояние"] == "действует"
    assert f"По расчёту программы: {computed}" in (sheet.get_note(sheet.cell(2, place).address) or "")
    assert school.night(OCTOBER).writes == 0

    sheet.update_cell(2, place, "")
    school.night(OCTOBER)

    assert sheet.cell(2, place).value == computed
    assert table(school.book().worksheet("Расхождения"))[f"pairs/{code}/score"]["Состояние"] == "снято"
    assert not sheet.get_note(sheet.cell(2, place).address)


AS_TYPED = ["007", "+7 900 123-45-67", "5-6", "1e5", "=СУММ(A1)", "'=1", "31.12.2025", "🦊 é", "\u202eтекст"]


def test_f09_answers_stand_in_the_sheet_letter_for_letter_and_none_becomes_a_formula(
    school: SmallSchool,
) -> None:
    for number, contact in enumerate(AS_TYPED):
        name = "АБВГДЕЖИК"[number] + "шина Мария Ивановна"
        school.apply(name, born="2010-01-01", school_class="7 «А»", contact=contact)

    school.night(LATER)

    sheet = school.book().worksheet("Ответы: анкета участника")
    place = school.column(sheet, "Связь")
    shown = sheet.col_values(place)[1:]
    formulas = [
        row[place - 1]
        for row in sheet.get_all_values(value_render_option=ValueRenderOption.formula)[1:]
        if len(row) >= place
    ]
    assert shown[-len(AS_TYPED) :] == AS_TYPED
    assert formulas[-len(AS_TYPED) :] == AS_TYPED


def test_f03_every_submitted_answer_stands_in_the_sheet_exactly_once(school: SmallSchool) -> None:
    submitted = [
        response["responseId"] for form in school.form_ids().values() for response in school.responses(form)
    ]

    stored = [
        str(code)
        for sheet in school.book().worksheets()
        if sheet.title.startswith("Ответы")
        for code in sheet.col_values(1)[1:]
    ]

    assert len(submitted) == len(PUPILS) + len(TEACHERS)
    assert sorted(stored) == sorted(submitted)


def test_f15_nobody_without_a_valid_consent_is_named_in_a_pair_or_in_an_order(school: SmallSchool) -> None:
    school.approve_pairs()
    consents = school.book().worksheet("Согласия")
    names = consents.col_values(school.column(consents, "Фамилия, имя, отчество"))
    row = names.index("Ветров Глеб Ильич") + 1
    consents.update_cell(row, school.column(consents, "Отозвано (дата)"), "15.10.2022")

    school.night(LATER)

    documents = school.visible_documents()
    assert len(documents) == 1
    assert all("Ветров" not in text for text in documents.values())
    assert all("Ветров" not in " ".join(pair.values()) for pair in pairs_of(school).values())
    assert any(pair["Состояние"] == "приостановлена" for pair in pairs_of(school).values())


def number_the_order(school: SmallSchool, number: str = "45/2-р", day: str = "20.10.2022") -> None:
    sheet = school.book().worksheet("Документы")
    sheet.update_cell(2, school.column(sheet, "№"), f"'{number}")
    sheet.update_cell(2, school.column(sheet, "Дата"), day)


def test_f21_a_pair_goes_from_approval_over_the_signed_order_into_force_and_can_be_ended(
    school: SmallSchool,
) -> None:
    school.approve_pairs()
    school.night(LATER)
    assert {pair["Приказ"] for pair in pairs_of(school).values()} == {"проект Д-019"}

    number_the_order(school)
    school.night(date(2022, 10, 21))

    assert {pair["Состояние"] for pair in pairs_of(school).values()} == {"действует"}
    assert {pair["Приказ"] for pair in pairs_of(school).values()} == {"№ 45/2-р от 20.10.2022"}

    sheet = school.book().worksheet("Пары")
    code = sheet.cell(2, 1).value
    sheet.update_cell(2, school.column(sheet, "Решение"), "прекратить")
    sheet.update_cell(2, school.column(sheet, "Дата"), "25.10.2022")
    school.night(date(2022, 10, 26))

    assert pairs_of(school)[str(code)]["Состояние"] == "прекращена"


def test_f21_an_approval_taken_back_makes_the_pair_a_proposal_again(school: SmallSchool) -> None:
    school.approve_pairs()
    school.night(LATER)
    school.type_down("Пары", "Решение", "")

    school.night(date(2022, 10, 21))

    assert {pair["Состояние"] for pair in pairs_of(school).values()} == {"предложена"}
    papers = table(school.book().worksheet("Документы"))
    assert [paper["Состояние черновика"] for paper in papers.values()] == ["больше не нужен"]


def test_f21_a_rejected_pair_is_not_proposed_again(school: SmallSchool) -> None:
    sheet = school.book().worksheet("Пары")
    code = str(sheet.cell(2, 1).value)
    sheet.update_cell(2, school.column(sheet, "Решение"), "отклонить")
    rejected = pairs_of(school)[code]

    school.night(LATER)

    after = pairs_of(school)
    assert after[code]["Состояние"] == "отклонена"
    again = [
        pair
        for key, pair in after.items()
        if key != code
        and (pair["Код наставника"], pair["Код наставляемого"])
        == (rejected["Код наставника"], rejected["Код наставляемого"])
    ]
    assert again == []


def test_f41_an_order_is_made_once_and_a_changed_draft_is_replaced(school: SmallSchool) -> None:
    school.approve_pairs()
    school.night(LATER)
    first = school.visible_documents()
    assert school.night(LATER).writes == 0

    sheet = school.book().worksheet("Пары")
    sheet.update_cell(2, school.column(sheet, "Решение"), "отклонить")
    report = school.night(date(2022, 10, 21))

    second = school.visible_documents()
    assert report.documents.created == 1
    assert list(first) == list(second) == ["О закреплении наставнических пар и групп (проект Д-019)"]
    assert "(10\u00a0строк)" in next(iter(first.values()))
    assert "(9\u00a0строк)" in next(iter(second.values()))


def test_f41_a_draft_that_a_person_edited_is_kept_and_the_new_version_lies_beside_it(
    school: SmallSchool,
) -> None:
    school.approve_pairs()
    school.night(LATER)
    document = school.document_ids()["О закреплении наставнических пар и групп (проект Д-019)"]
    edit = {"insertText": {"location": {"index": 1}, "text": "Правка секретаря. "}}
    school.docs().batchUpdate(documentId=document, body={"requests": [edit]}).execute()

    sheet = school.book().worksheet("Пары")
    sheet.update_cell(2, school.column(sheet, "Решение"), "отклонить")
    school.night(date(2022, 10, 21))

    texts = school.visible_documents()
    assert len(texts) == 2
    assert any(text.startswith("Правка секретаря.") for text in texts.values())
    papers = table(school.book().worksheet("Документы"))
    assert papers["Д-019"]["Состояние черновика"] == (
        "изменён вручную, новая версия рядом; изменено: число пар; убрано: П-010; "
        "убрано, лист ознакомления: У-147"
    )


def test_f41_a_signed_order_is_never_touched_and_new_pairs_get_an_order_of_their_own(
    school: SmallSchool,
) -> None:
    sheet = school.book().worksheet("Пары")
    school.type_down("Пары", "Решение", "утвердить", rows=[2, 3])
    school.night(LATER)
    number_the_order(school)
    school.night(date(2022, 10, 21))
    signed = school.visible_documents()

    school.type_down("Пары", "Решение", "утвердить", rows=[4])
    school.night(date(2022, 10, 22))

    now = school.visible_documents()
    assert {name: now[name] for name in signed} == signed
    assert len(now) == 2
    assert "(1\u00a0строка)" in next(text for name, text in now.items() if name not in signed)
    assert sheet.row_count > 0


def test_f41_a_draft_that_staff_put_into_the_bin_is_not_made_again(school: SmallSchool) -> None:
    school.approve_pairs()
    school.night(LATER)
    document = next(iter(school.document_ids().values()))
    school.drive().update(fileId=document, body={"trashed": True}).execute()
    sheet = school.book().worksheet("Пары")
    sheet.update_cell(2, school.column(sheet, "Решение"), "отклонить")

    school.night(date(2022, 10, 21))

    assert school.visible_documents() == {}
    papers = table(school.book().worksheet("Документы"))
    assert papers["Д-019"]["Состояние черновика"] == "удалён сотрудником"


def test_f43_braces_that_a_respondent_typed_stay_letters_and_no_field_is_left_open(
    school: SmallSchool,
) -> None:
    school.apply(
        "Бровин {{подписант}} Ильич", born="2010-03-03", school_class="7 «А»", direction="математика"
    )
    school.night(LATER)
    school.everybody_consents()
    school.night(date(2022, 10, 21))
    school.approve_pairs()

    school.night(date(2022, 10, 22))

    text = next(iter(school.visible_documents().values()))
    assert "{{" not in text.replace("{{подписант}}", "")
    assert text.count("Е.В.\u00a0Соколова") == 1


def test_f51_the_printed_plan_is_what_the_next_run_applies(school: SmallSchool) -> None:
    school.approve_pairs()
    planned = school.open().plan("nightly", LATER)
    again = school.open().plan("nightly", LATER)
    before = pairs_of(school)

    school.night(LATER)

    assert planned.digest == again.digest
    changed = {
        (code, title)
        for code, pair in pairs_of(school).items()
        for title, value in pair.items()
        if before[code][title] != value
    }
    assert {(code, "Состояние") for code in before} <= changed
    for code, _ in changed:
        assert any(f"строка {code}:" in line for line in planned.lines())
    assert school.open().plan("nightly", LATER).lines() == []


def test_a_date_before_the_last_night_is_refused(school: SmallSchool) -> None:
    with pytest.raises(PastDateError) as refused:
        school.night(SEPTEMBER)

    assert refused.value.exit_code == 5
    assert school.open().plan("nightly", SEPTEMBER).lines()


def test_a_night_stops_when_far_too_many_rows_are_gone(school: SmallSchool) -> None:
    registry, consents = school.book().worksheet("Реестр"), school.book().worksheet("Согласия")
    registry.delete_rows(2, 19)
    consents.delete_rows(2, 25)

    with pytest.raises(TooManyLossesError) as refused:
        school.night(LATER)

    assert refused.value.exit_code == 5


def test_a_row_that_staff_deleted_does_not_come_back_and_is_listed(school: SmallSchool) -> None:
    sheet = school.book().worksheet("Пары")
    code = str(sheet.cell(2, 1).value)
    sheet.delete_rows(2)

    school.night(LATER)

    assert code not in pairs_of(school)
    listed = table(school.book().worksheet("Расхождения"))[f"pairs/{code}/строка"]
    assert listed["Стоит в ячейке"] == "строка удалена"
    assert school.night(LATER).writes == 0


def test_f04_an_edited_answer_changes_its_own_row_and_stands_in_the_journal(school: SmallSchool) -> None:
    school.allow_editing(QUESTIONNAIRE)
    link = school.apply("Ярцева Инна Олеговна", born="2010-10-10", school_class="7 «А»")
    school.night(LATER)
    sheet = school.book().worksheet("Ответы: анкета участника")
    place, before = school.column(sheet, "Класс"), sheet.col_values(1)

    school.now += timedelta(days=1)
    school.apply("Ярцева Инна Олеговна", born="2010-10-10", school_class="8 «А»", edit=link)
    report = school.night(date(2022, 10, 22))

    assert report.responses["application"].edited == 1
    assert sheet.col_values(1) == before
    assert sheet.cell(len(before), place).value == "8 «А»"
    told = [row["Что изменилось"] for row in table(school.book().worksheet("Журнал")).values()]
    assert any("«Класс»: «7 «А»» → «8 «А»»" in line for line in told)
