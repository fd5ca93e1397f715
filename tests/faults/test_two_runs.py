"""Two runs at once: the whole of the second falls into every gap of the first."""

import pytest

from sheets_sync.errors import AnotherRunError
from tests.faults.conftest import Copy, Prepared, run, witness
from tests.faults.disturbing import FIRST_COMMIT, REQUESTS, disturbed, heals, once_before


@pytest.mark.parametrize("k", range(1, REQUESTS + 1))
def test_f52_overlapping_runs_write_every_generation_once(k: int, prepared: Prepared, copy: Copy) -> None:
    school = copy()
    before = len(witness(school).markers())
    once_before(school.emulator.faults, k, lambda: None if run(school) else None)
    stopped = disturbed(school)
    assert isinstance(stopped, AnotherRunError) == (2 <= k <= FIRST_COMMIT)
    made = witness(school).markers()[before:]
    assert 2 <= len(made) <= 3
    assert len({mark["run"] for mark in made}) == (1 if k <= FIRST_COMMIT else 2)
    heals(school, prepared.expected)
