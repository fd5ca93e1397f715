"""A consent keeps the edition of the text it was signed on and stays valid; a new edition is shown."""

from __future__ import annotations

from datetime import date

from tests.functional.test_imports import table
from tests.small_school import PUPILS, SmallSchool

LATER, NEXT, AFTER = date(2022, 10, 20), date(2022, 10, 24), date(2022, 10, 25)
FIRST, SECOND = "1 от 01.09.2022", "2 от 23.10.2022"


def new_edition(school: SmallSchool) -> None:
    """The administrator writes a new text for representatives and names its edition."""
    file = school.directory / "config" / "documents" / "consent_representative.yaml"
    file.write_text(file.read_text("utf-8").replace(FIRST, SECOND), "utf-8")


def of_representatives(school: SmallSchool) -> dict[str, dict[str, str]]:
    found = table(school.book().worksheet("Согласия"))
    return {key: row for key, row in found.items() if key.endswith("/обработка/законный представитель")}


def notes(school: SmallSchool) -> list[str]:
    sheet = school.book().worksheet("Вопросы к данным")
    return [row["Что не так"] for row in table(sheet).values() if "в редакции" in row["Что не так"]]


def test_f14_a_signature_keeps_the_edition_of_its_text_and_stays_valid_under_a_new_one(
    school: SmallSchool,
) -> None:
    sheet = school.book().worksheet("Согласия")
    name = PUPILS[0][0]
    mine = [n for n, text in enumerate(sheet.col_values(3), 1) if text == name]
    school.type_down("Согласия", "Подписано (дата)", "", mine)
    school.night(LATER)
    before = of_representatives(school)
    assert {row["Редакция текста"] for row in before.values()} == {FIRST}
    assert notes(school) == []
    pairs = table(school.book().worksheet("Пары"))

    new_edition(school)
    school.night(NEXT)

    after = of_representatives(school)
    signed = {key for key, row in before.items() if row["Подписано (дата)"]}
    assert {after[key]["Редакция текста"] for key in signed} == {FIRST}, "what was signed is what was signed"
    assert {after[key]["Состояние"] for key in signed} == {"действует"}
    (unsigned,) = set(after) - signed
    assert after[unsigned]["Редакция текста"] == SECOND, "the text that will be signed"
    (note,) = notes(school)
    assert f"«{SECOND}»" in note and f"«{FIRST}», подписано согласий — {len(signed)}" in note
    states = {key: row["Состояние"] for key, row in pairs.items()}
    assert {k: r["Состояние"] for k, r in table(school.book().worksheet("Пары")).items()} == states

    school.type_down("Согласия", "Подписано (дата)", "24.10.2022", mine)
    school.night(AFTER)
    now = of_representatives(school)
    assert now[unsigned]["Редакция текста"] == SECOND and now[unsigned]["Состояние"] == "действует"
    assert {now[key]["Редакция текста"] for key in signed} == {FIRST}
    assert school.night(AFTER).writes == 0


def test_f14_the_blank_bears_its_edition(school: SmallSchool) -> None:
    papers = school.directory / "config" / "papers.yaml"
    text = papers.read_text("utf-8")
    papers.write_text(text.replace("drafts:\n", "drafts:\n  - согласие\n"), "utf-8")
    school.book().worksheet("Настройки").append_row(["Документы: бланки согласий", "да"])
    name = PUPILS[0][0]
    sheet = school.book().worksheet("Согласия")
    mine = [n for n, text in enumerate(sheet.col_values(3), 1) if text == name]
    school.type_down("Согласия", "Подписано (дата)", "", mine)
    school.night(LATER)
    blanks = [text for text in school.visible_documents().values() if "СОГЛАСИЕ" in text]
    assert blanks and all(f"Редакция текста: {FIRST}" in text for text in blanks)
