"""Two runs at once: the whole of the second falls into every gap of the first."""

import pytest

from sheets_sync.domain.run_report import RunReport
from sheets_sync.errors import AnotherRunError
from tests.faults.conftest import Copy, Prepared, run, witness
from tests.faults.disturbing import (
    FIRST_COMMIT,
    LAST_COMMIT,
    MOVE,
    disturbed,
    everywhere,
    heals,
    once_before,
)


@pytest.mark.parametrize("k", everywhere())
def test_f52_overlapping_runs_write_every_generation_once(k: int, prepared: Prepared, copy: Copy) -> None:
    school = copy()
    before = witness(school).markers()
    ended: list[RunReport] = []
    once_before(school.emulator.faults, k, lambda: ended.append(run(school)))
    stopped = disturbed(school)
    assert len(ended) == 1
    assert isinstance(stopped, AnotherRunError) == (2 <= k <= FIRST_COMMIT or k == LAST_COMMIT)
    after = witness(school).markers()
    made = [mark["run"] for generation, mark in after.items() if generation not in before]
    assert len(made) == {MOVE: 4, MOVE + 1: 4, LAST_COMMIT: 3}.get(k, 2)
    assert len(set(made)) == (1 if k <= FIRST_COMMIT else 2)
    heals(school, prepared.expected)
