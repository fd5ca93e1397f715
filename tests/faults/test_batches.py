"""An intake of several commits, stopped between them."""

import pytest

from tests.faults.conftest import EVENING, THE_NIGHT, Copy, Prepared, witness
from tests.faults.disturbing import Killed, killed
from tests.faults.oracle import difference
from tests.small_school import SmallSchool

SMALL = 2_000
"""Bytes: less than two answers with their ledger."""


def in_small_batches(school: SmallSchool) -> list[str]:
    school.now = EVENING
    opened = school.open()
    opened.batch_bytes = SMALL
    sent: list[str] = []
    faults = school.emulator.faults
    count = faults.on_request

    def note(number: int, method: str) -> None:
        sent.append(method)
        if count is not None:
            count(number, method)

    faults.on_request = note
    opened.run("nightly", THE_NIGHT)
    return sent


def commits(sent: list[str]) -> int:
    return sent.count("sheets.spreadsheets.batchUpdate")


def test_f03_several_commits_end_as_one_would(prepared: Prepared, copy: Copy) -> None:
    school = copy()
    assert commits(in_small_batches(school)) >= 4
    seen, wrong = witness(school).look()
    assert wrong == []
    assert [line for line in difference(seen, prepared.expected) if "_sync" not in line] == []


@pytest.mark.parametrize("after", [1, 2, 3])
def test_f47_a_night_killed_between_commits_says_so_and_the_next_one_finishes(
    after: int, prepared: Prepared, copy: Copy
) -> None:
    school = copy()
    left = [after]

    def count_down(_: int, method: str) -> None:
        left[0] -= method == "sheets.spreadsheets.batchUpdate"
        killed(left[0] == 0)

    school.emulator.faults.on_applied = count_down
    with pytest.raises(Killed):
        in_small_batches(school)
    school.emulator.faults.clear()
    _, wrong = witness(school).look()
    assert any("неполно" in line for line in wrong)
    in_small_batches(school)
    seen, wrong = witness(school).look()
    assert wrong == []
    told = {"Журнал", "_sync"}
    kept = {name: grid for name, grid in seen.items() if name not in told}
    assert difference(kept, {n: g for n, g in prepared.expected.items() if n not in told}) == []
    assert commits(in_small_batches(school)) == 0
