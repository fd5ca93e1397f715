"""Staff at work in «Пары» while the night runs: in every gap, and what they did stands."""

from collections.abc import Callable

import pytest

from tests.faults.conftest import Copy, Prepared, run, witness
from tests.faults.disturbing import FIRST_COMMIT, disturbed, everywhere, once_before
from tests.faults.oracle import Dump, Grid, difference
from tests.small_school import SmallSchool

KEY, COMPUTED, DECISION = "Пара", "Баллы", "Причина"
TYPED, SAID, OWN = 999, "так решил педсовет", "заметка завуча"
RENAMED = "Пары 2022"
TOUCHED = {"Расхождения", "Журнал", "Состояние", "Сводка", "_sync"}


def pairs_sheet(school: SmallSchool):  # type: ignore[no-untyped-def]
    book = school.book()
    return next(sheet for sheet in book.worksheets() if sheet.title.startswith("Пары"))


def sort_pairs(school: SmallSchool) -> None:
    sheet = pairs_sheet(school)
    last = len(sheet.get_all_values())
    sheet.sort((school.column(sheet, "Наставляемый"), "des"), range=f"A2:Z{last}")


def insert_a_row(school: SmallSchool) -> None:
    pairs_sheet(school).insert_row([], 3)


def add_a_column(school: SmallSchool) -> None:
    sheet = pairs_sheet(school)
    rows = len(sheet.get_all_values())
    sheet.insert_cols([["Своё", *[OWN] * (rows - 1)]])


def rename(school: SmallSchool) -> None:
    pairs_sheet(school).update_title(RENAMED)


def decide(school: SmallSchool) -> None:
    type_beside_the_first_pair(school, DECISION, SAID)


def type_over(school: SmallSchool) -> None:
    type_beside_the_first_pair(school, COMPUTED, TYPED)


def type_beside_the_first_pair(school: SmallSchool, title: str, value: str | int) -> None:
    sheet = pairs_sheet(school)
    row = sheet.col_values(school.column(sheet, KEY)).index("П-010") + 1
    sheet.update_cell(row, school.column(sheet, title), value)


Edit = Callable[[SmallSchool], None]
EDITS: tuple[Edit, ...] = (sort_pairs, insert_a_row, add_a_column, rename, decide, type_over)


def all_of_them(school: SmallSchool) -> None:
    for edit in EDITS:
        edit(school)


def by_key(grid: Grid) -> dict[str, dict[str, str]]:
    header = grid[0]
    rows = [dict(zip(header, [*row, *[""] * len(header)], strict=False)) for row in grid[1:] if row]
    return {row[KEY]: row for row in rows if row.get(KEY)}


def the_edits_stand(seen: Dump, expected: Dump, edit: Edit) -> None:
    """Compare «Пары» by key with an undisturbed night: only what staff did is different."""
    done = EDITS if edit is all_of_them else (edit,)
    title = RENAMED if rename in done else "Пары"
    pairs, due = by_key(seen[title]), by_key(expected["Пары"])
    if add_a_column in done:
        assert seen[title][0][0] == "Своё"
        assert {row.pop("Своё") for row in pairs.values()} == {OWN}
    if decide in done:
        due["П-010"][DECISION] = SAID
    if type_over in done:
        due["П-010"][COMPUTED] = str(TYPED)
        assert any(str(TYPED) in cell for row in seen["Расхождения"] for cell in row)
    assert pairs == due
    if insert_a_row in done:
        assert len(seen[title]) == len(expected["Пары"]) + 1
        assert seen[title][2] in ([], [OWN])
    if sort_pairs in done:
        names = [row["Наставляемый"] for row in pairs.values()]
        assert names == sorted(names, reverse=True)
    left = {name: grid for name, grid in seen.items() if name not in TOUCHED | {title}}
    assert difference(left, {n: g for n, g in expected.items() if n not in TOUCHED | {"Пары"}}) == []


@pytest.mark.parametrize("k", everywhere())
def test_f45_what_staff_do_while_the_night_runs_stands(k: int, prepared: Prepared, copy: Copy) -> None:
    beside_the_night(all_of_them, k, prepared, copy)


@pytest.mark.parametrize("edit", EDITS)
def test_f45_one_thing_that_staff_do_right_before_the_commit_stands(
    edit: Edit, prepared: Prepared, copy: Copy
) -> None:
    beside_the_night(edit, FIRST_COMMIT, prepared, copy)


def beside_the_night(edit: Edit, k: int, prepared: Prepared, copy: Copy) -> None:
    school = copy()
    once_before(school.emulator.faults, k, lambda: edit(school))
    disturbed(school)
    run(school)
    seen, wrong = witness(school).look()
    assert wrong == []
    the_edits_stand(seen, prepared.expected, edit)
    assert run(school).writes == 0
