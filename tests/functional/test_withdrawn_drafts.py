"""Drafts that name somebody whose consent was withdrawn, as Drive and the sheets show them afterwards."""

from __future__ import annotations

from datetime import date

import pytest

from sheets_sync.emulator.faults import Fault
from sheets_sync.errors import SheetsSyncError
from tests.functional.conftest import LATER
from tests.functional.test_documents import NEXT, edit, register
from tests.functional.test_nights import table
from tests.small_school import SmallSchool

AFTER = date(2022, 10, 22)
BINNED = "больше не нужен, в корзине"


@pytest.fixture
def drafted(school: SmallSchool) -> str:
    """An order on one pair is drafted; returns its document."""
    school.type_down("Пары", "Решение", "утвердить", rows=[2])
    school.night(LATER)
    (document,) = school.document_ids().values()
    return document


def withdraw(school: SmallSchool) -> str:
    """Withdraw the consent of the pair's mentee and return the name."""
    name = str(school.book().worksheet("Пары").cell(2, 6).value)
    consents = school.book().worksheet("Согласия")
    names = consents.col_values(school.column(consents, "Фамилия, имя, отчество"))
    consents.update_cell(
        names.index(name) + 1, school.column(consents, "Отозвано (дата)"), f"{NEXT:%d.%m.%Y}"
    )
    return name


def is_binned(school: SmallSchool, document: str) -> bool:
    return bool(school.drive().get(fileId=document, fields="trashed").execute()["trashed"])


def state(school: SmallSchool) -> str:
    (row,) = table(school.book().worksheet("Документы")).values()
    return row["Состояние черновика"]


@pytest.mark.feature("F15")
def test_f15_a_draft_that_nobody_needs_goes_into_the_bin_once_consent_is_withdrawn(
    school: SmallSchool, drafted: str
) -> None:
    name = withdraw(school)

    report = school.night(NEXT)

    assert (is_binned(school, drafted), state(school)) == (True, BINNED)
    assert name in school.text_of(drafted), "the bin gives the draft back"
    told = [row["Что изменилось"] for row in table(school.book().worksheet("Журнал")).values()]
    assert [line for line in told if line.startswith("В корзину Диска убран проект") and "Д-019" in line]
    assert not [line for line in told if name in line]
    assert (report.requests.drive, report.requests.docs) == (2, 1)  # is it there and as it was; the removal
    assert school.night(NEXT).writes == 0


@pytest.mark.feature("F15")
def test_f15_a_draft_that_a_person_edited_is_theirs_to_remove(school: SmallSchool, drafted: str) -> None:
    edit(school, drafted, {"insertText": {"location": {"index": 1}, "text": "Правка секретаря. "}})
    withdraw(school)

    school.night(NEXT)

    def asked() -> dict[str, str]:
        questions = table(school.book().worksheet("Вопросы к данным"))
        wrong = {key: row for key, row in questions.items() if "изменён вручную" in row["Что не так"]}
        return {key: row["Состояние"] for key, row in wrong.items()}

    assert (is_binned(school, drafted), state(school)) == (False, "больше не нужен")
    assert asked() == {"documents/Д-019/consent": "открыт"}
    assert school.night(NEXT).writes == 0
    exported = [one for one in school.open().documents() if one.key == "Д-019"]
    assert [one.is_wanted for one in exported] == [False]

    school.drive().update(fileId=drafted, body={"trashed": True}).execute()
    school.night(AFTER)

    assert state(school) == BINNED
    assert asked() == {"documents/Д-019/consent": "решён"}


@pytest.mark.feature("F15")
def test_f15_a_night_cut_short_before_the_bin_is_finished_by_the_next(
    school: SmallSchool, drafted: str
) -> None:
    withdraw(school)
    faults = school.emulator.faults
    seen: list[str] = []

    def silent_at_the_bin(_: int, method: str) -> None:
        seen.append(method)
        if method == "drive.files.update":
            faults.always(Fault("refuse", 503))

    faults.on_request = silent_at_the_bin
    with pytest.raises(SheetsSyncError):
        school.night(NEXT)
    faults.clear()
    assert "drive.files.update" in seen
    assert (is_binned(school, drafted), state(school)) == (False, "убрать в корзину")

    school.night(AFTER)

    assert (is_binned(school, drafted), state(school)) == (True, BINNED)


@pytest.mark.feature("F15")
def test_f15_a_signed_order_keeps_its_names_when_consent_is_withdrawn_later(
    school: SmallSchool, drafted: str
) -> None:
    register(school, "45/2-р", "20.10.2022")
    school.night(NEXT)
    withdraw(school)

    school.night(AFTER)

    assert (is_binned(school, drafted), state(school)) == (False, "зарегистрирован")
