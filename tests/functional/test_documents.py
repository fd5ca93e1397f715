"""Documents from draft to signed, as the school's Drive shows them: through Docs and Drive, not our code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from sheets_sync.errors import TemplateError
from tests.functional.conftest import LATER
from tests.small_school import SmallSchool

PAIRS_TEMPLATE = "Шаблон. Приказ о закреплении пар"
ORDER = "О закреплении наставнических пар и групп"
NEXT = date(2022, 10, 21)
BLANK_NUMBER, BLANK_DATE = "№\u00a0______", "«__»\u00a0__________\u00a02022\u00a0г."


def files(school: SmallSchool) -> dict[str, str]:
    """Return every document of the school by name, templates and the bot's folder included."""
    query = "mimeType='application/vnd.google-apps.document' and trashed=false"
    found = school.drive().list(q=query, pageSize=1000, fields="files(id,name)").execute()["files"]
    return {one["name"]: one["id"] for one in found}


def edit(school: SmallSchool, document: str, *requests: Mapping[str, Any]) -> None:
    school.docs().batchUpdate(documentId=document, body={"requests": list(requests)}).execute()


def register(school: SmallSchool, number: str, day: str, row: int = 2) -> None:
    sheet = school.book().worksheet("Документы")
    sheet.update_cell(row, school.column(sheet, "№"), f"'{number}" if number else "")
    sheet.update_cell(row, school.column(sheet, "Дата"), day)


def replaced(school: SmallSchool, document: str, old: str, new: str) -> None:
    match = {"containsText": {"text": old, "matchCase": True}, "replaceText": new}
    edit(school, document, {"replaceAllText": match})


def order_of(school: SmallSchool) -> tuple[str, str]:
    """Return name and id of the only order on pairs."""
    ((name, number),) = [(n, i) for n, i in school.document_ids().items() if n.startswith(ORDER)]
    return name, number


def test_f42_registration_puts_number_and_date_into_the_text_exactly_once(school: SmallSchool) -> None:
    school.approve_pairs()
    school.night(LATER)
    draft = school.text_of(order_of(school)[1])
    assert draft.count(BLANK_NUMBER) == draft.count(BLANK_DATE) == 3

    register(school, "45/2-р", "20.10.2022")
    report = school.night(NEXT)

    name, document = order_of(school)
    signed = school.text_of(document)
    assert signed.count("№\u00a045/2-р") == signed.count("20\u00a0октября 2022\u00a0г.") == 3
    assert "__" not in signed
    assert signed == draft.replace(BLANK_NUMBER, "№\u00a045/2-р").replace(
        BLANK_DATE, "20\u00a0октября 2022\u00a0г."
    )
    assert name == f"{ORDER}, №\u00a045/2-р от 20.10.2022"
    assert report.documents.created == 0
    revision = school.docs().get(documentId=document).execute()["revisionId"]
    assert school.night(NEXT).writes == 0
    for day in range(22, 32):
        school.night(date(2022, 10, day))
    assert order_of(school) == (name, document)
    assert school.docs().get(documentId=document).execute()["revisionId"] == revision


def test_f42_what_a_person_wrote_into_a_blank_stays(school: SmallSchool) -> None:
    school.approve_pairs()
    school.night(LATER)
    document = order_of(school)[1]
    replaced(school, document, BLANK_NUMBER, "№ 45/2-р (дубликат)")

    register(school, "45/2-р", "20.10.2022")
    school.night(NEXT)

    text = school.text_of(document)
    assert text.count("№ 45/2-р (дубликат)") == 3
    assert text.count("20\u00a0октября 2022\u00a0г.") == 3


def test_f43_what_people_typed_stays_letter_for_letter_even_when_it_looks_like_a_field_or_a_blank(
    school: SmallSchool,
) -> None:
    school.draft_only(("соглашение с партнёром",))
    odd = "ООО «$1 \\1 {{номер документа}} № ______ __»"
    sheet = school.book().worksheet("Партнёры")
    titles = ("Организация", "Состояние", "Соглашение №", "от")
    columns = {title: school.column(sheet, title) for title in titles}
    sheet.update_cell(2, columns["Организация"], odd)
    sheet.update_cell(2, columns["Состояние"], "переговоры")
    school.night(LATER)
    (document,) = school.document_ids().values()
    assert school.text_of(document).count(odd) == 2
    assert "в лице директора Соколовой Елены Викторовны" in school.text_of(document)

    sheet.update_cell(2, columns["Состояние"], "подписано")
    sheet.update_cell(2, columns["Соглашение №"], "С-8")
    sheet.update_cell(2, columns["от"], "20.10.2022")
    school.night(NEXT)

    text = school.text_of(document)
    assert text.count(odd) == 2
    assert text.startswith("СОГЛАШЕНИЕ №\u00a0С-8\n")
    assert school.night(NEXT).writes == 0


def staged(school: SmallSchool) -> list[str]:
    folders = school.drive().list(q="name contains 'Служебная папка'", fields="files(id)").execute()["files"]
    inside = f"'{folders[0]['id']}' in parents"
    found = school.drive().list(q=inside, fields="files(name)").execute()["files"]
    return [one["name"] for one in found]


def refused(school: SmallSchool) -> str:
    with pytest.raises(TemplateError) as stopped:
        school.night(LATER)
    assert staged(school) == []
    assert school.visible_documents() == {}
    return stopped.value.message


def test_f43_a_template_without_a_field_is_refused_by_name_before_anything_is_copied(
    school: SmallSchool,
) -> None:
    school.approve_pairs()
    replaced(school, files(school)[PAIRS_TEMPLATE], "{{подписант}}", "Соколова")

    assert refused(school) == f"В шаблоне «{PAIRS_TEMPLATE}» нет поля «{{{{подписант}}}}»"


def test_f43_a_template_without_its_table_is_refused(school: SmallSchool) -> None:
    school.approve_pairs()
    replaced(school, files(school)[PAIRS_TEMPLATE], "Наставляемый", "Ученик")

    assert "нет таблицы с заголовками: №, Пара, Наставник" in refused(school)


@pytest.mark.parametrize("place", ["body", "cell", "header", "footer", "footnote"])
def test_f43_a_field_that_nobody_fills_is_found_wherever_it_stands(school: SmallSchool, place: str) -> None:
    school.approve_pairs()
    document = files(school)[PAIRS_TEMPLATE]
    where: dict[str, Any] = {"index": 1}
    content = school.docs().get(documentId=document).execute()
    if place == "cell":
        table = next(one for one in content["body"]["content"] if "table" in one)
        where = {"index": table["table"]["tableRows"][0]["tableCells"][0]["content"][0]["startIndex"]}
    elif place == "header":
        where = {"index": 0, "segmentId": content["documentStyle"]["defaultHeaderId"]}
    elif place in {"footer", "footnote"}:
        made = {
            "footer": {"createFooter": {"type": "DEFAULT"}},
            "footnote": {"createFootnote": {"location": {"index": 1}}},
        }[place]
        answer = school.docs().batchUpdate(documentId=document, body={"requests": [made]}).execute()
        (reply,) = answer["replies"][0].values()
        where = {"index": 0, "segmentId": reply[f"{place}Id"]}

    edit(school, document, {"insertText": {"location": where, "text": "{{Подписант}}"}})

    assert refused(school).endswith("которого программа не знает: «{{Подписант}}»")


def test_f39_restyling_a_template_survives_in_the_documents_made_from_it(school: SmallSchool) -> None:
    document = files(school)[PAIRS_TEMPLATE]
    content = school.docs().get(documentId=document).execute()
    header = content["documentStyle"]["defaultHeaderId"]
    tables = [one for one in content["body"]["content"] if "table" in one]
    table = next(one for one in tables if len(one["table"]["tableRows"]) == 2)
    row = table["table"]["tableRows"][1]["tableCells"]
    italic = {"textStyle": {"italic": True, "bold": True}, "fields": "italic,bold"}
    span = {"startIndex": row[0]["content"][0]["startIndex"], "endIndex": row[-1]["content"][-1]["endIndex"]}
    place = next(
        run["startIndex"]
        for element in content["body"]["content"]
        for run in element.get("paragraph", {}).get("elements", ())
        if "{{место издания}}" in run.get("textRun", {}).get("content", "")
    )
    field = {"startIndex": place, "endIndex": place + 8}
    edit(
        school,
        document,
        {"updateTextStyle": {"range": span, **italic}},
        # Half of a field in another look: the service now holds it in two runs.
        {"updateTextStyle": {"range": field, "textStyle": {"underline": True}, "fields": "underline"}},
        {"insertText": {"location": {"index": 0, "segmentId": header}, "text": "{{организация кратко}} "}},
    )
    school.approve_pairs()

    school.night(LATER)

    made = school.docs().get(documentId=order_of(school)[1]).execute()
    tables = [one for one in made["body"]["content"] if "table" in one]
    pairs = next(one for one in tables if len(one["table"]["tableRows"]) == 11)
    cell = pairs["table"]["tableRows"][3]["tableCells"][2]["content"][0]["paragraph"]["elements"][0][
        "textRun"
    ]
    assert (cell["textStyle"].get("italic"), cell["textStyle"].get("bold")) == (True, True)
    assert len(pairs["table"]["tableRows"]) == 11
    runs = made["headers"][made["documentStyle"]["defaultHeaderId"]]["content"][0]["paragraph"]["elements"]
    assert "МБОУ «СОШ № 12»" in "".join(run.get("textRun", {}).get("content", "") for run in runs)
    assert any("autoText" in run for run in runs)
    town = next(
        run["textRun"]
        for element in made["body"]["content"]
        for run in element.get("paragraph", {}).get("elements", ())
        if "Светлогорск-на-Каме" in run.get("textRun", {}).get("content", "")
        and "textRun" in run
        and run["textRun"]["content"].startswith("г.")
    )
    assert town["textStyle"]["underline"] is True


def test_f40_a_draft_marks_the_cases_that_nobody_confirmed_and_registration_takes_the_marks_off(
    school: SmallSchool,
) -> None:
    school.draft_only(("приказ о внедрении",))
    school.night(LATER)
    (document,) = school.document_ids().values()
    assert marked(school, document) == ["Лебедеву О.Н.", "Морозова А.П."]

    register(school, "1-р", "20.10.2022")
    school.night(NEXT)

    assert marked(school, document) == []
    assert "Назначить Лебедеву\u00a0О.Н. куратором" in school.text_of(document)


def marked(school: SmallSchool, document: str) -> list[str]:
    found = []
    for element in school.docs().get(documentId=document).execute()["body"]["content"]:
        for run in element.get("paragraph", {}).get("elements", ()):
            if run.get("textRun", {}).get("textStyle", {}).get("backgroundColor"):
                found.append(run["textRun"]["content"].replace("\u00a0", " "))
    return found


def test_f40_pages_are_numbered_from_the_second_on_a4_with_the_margins_of_an_order(
    school: SmallSchool,
) -> None:
    """ГОСТ Р 7.0.97: left 20 mm, right 10, top and bottom 20; 1 mm = 72/25.4 points."""
    school.approve_pairs()
    school.night(LATER)

    made = school.docs().get(documentId=order_of(school)[1]).execute()

    style = made["documentStyle"]
    size = style["pageSize"]
    assert [round(size[side]["magnitude"] * 25.4 / 72) for side in ("width", "height")] == [210, 297]
    margins = [style[f"margin{side}"]["magnitude"] for side in ("Left", "Right", "Top", "Bottom", "Header")]
    assert [round(each * 25.4 / 72) for each in margins] == [20, 10, 20, 20, 10]
    assert style["useFirstPageHeaderFooter"] is True
    (number,) = made["headers"][style["defaultHeaderId"]]["content"]
    assert number["paragraph"]["paragraphStyle"]["alignment"] == "CENTER"
    end = made["body"]["content"][-1]["paragraph"]["elements"][0]["textRun"]
    # As high as a line, the empty paragraph after a table that fills its page would print a page of its own.
    assert (end["content"], end["textStyle"]["fontSize"]["magnitude"]) == ("\n", 4)
    assert {"type": "PAGE_NUMBER"}.items() <= number["paragraph"]["elements"][0]["autoText"].items()


def test_f41_four_requests_make_a_document_and_one_commit_registers_all_of_them(school: SmallSchool) -> None:
    school.draft_only(("согласие",))
    sheet = school.book().worksheet("Настройки")
    for row, name in enumerate(sheet.col_values(1), 1):
        if name == "Документы: бланки на распространение":
            sheet.update_cell(row, 2, "да")
    before = school.emulator.last_request()

    report = school.night(LATER)

    asked = school.emulator.requests(since=before)
    # Two templates of consents to publication and one of the employees' consent.
    made, templates = report.documents.created or 0, 3
    assert made >= 20
    assert asked == Counter(
        {
            "forms.forms.responses.list": 5,
            "forms.forms.get": 5,  # questions are looked at before anything is written
            "sheets.spreadsheets.get": 2,
            "sheets.spreadsheets.batchUpdate": 2,
            "drive.files.get": templates,
            "drive.files.copy": made,
            "docs.documents.get": templates + made,
            "docs.documents.batchUpdate": made,
            "drive.files.update": made,
        }
    )
    folder = school.drive().list(q="name = 'Согласия'", fields="files(id)").execute()["files"][0]["id"]
    inside = school.drive().list(q=f"'{folder}' in parents", pageSize=1000, fields="files(name)").execute()
    names = [one["name"] for one in inside["files"]]
    assert len(names) == made
    assert not [name for name in names if "Ветров" in name or "Дубова" in name]


def test_f55_letters_go_only_to_pairs_that_nobody_told_and_whose_people_may_be_named(
    school: SmallSchool,
) -> None:
    school.approve_pairs()
    consents = school.book().worksheet("Согласия")
    names = consents.col_values(school.column(consents, "Фамилия, имя, отчество"))
    row = names.index("Ветров Глеб Ильич") + 1
    consents.update_cell(row, school.column(consents, "Отозвано (дата)"), "15.10.2022")
    pairs = school.book().worksheet("Пары")
    pairs.update_cell(3, school.column(pairs, "Уведомлены (дата)"), "19.10.2022")
    told = str(pairs.cell(3, 1).value)

    letters = school.open().notices(LATER)

    assert letters
    assert told not in {letter.pair for letter in letters}
    assert all("Ветров" not in letter.text and "{{" not in letter.text for letter in letters)
    readers = {letter.reader for letter in letters}
    assert readers == {"наставнику", "наставляемому", "представителю"}
    assert all(letter.file_name.isprintable() and " " not in letter.file_name for letter in letters)


def test_f41_another_curator_after_registration_drafts_an_order_that_cites_the_first(
    school: SmallSchool,
) -> None:
    school.draft_only(("приказ о внедрении", "приказ об изменении"))
    school.night(LATER)
    register(school, "1-р", "20.10.2022")
    school.night(NEXT)
    settings = school.book().worksheet("Настройки")
    settings.update_cell(settings.col_values(1).index("Куратор") + 1, 2, "Орлова Инна Павловна")

    school.night(NEXT)

    (name,) = [name for name in school.document_ids() if name.startswith("О внесении изменений")]
    text = school.text_of(school.document_ids()[name])
    assert "от 20\u00a0октября 2022\u00a0г. №\u00a01-р «О внедрении Целевой модели наставничества»" in text
    assert "Пункт 3, куратор программы" in text and "Орлова\u00a0И.П." in text
    assert "{{" not in text
    assert school.night(NEXT).writes == 0
