"""The service refuses for long: a named end, nothing half-written, and the next night heals."""

import pytest

from sheets_sync.emulator.faults import Fault
from sheets_sync.errors import SheetsSyncError
from tests.faults.conftest import Copy, Prepared, run, witness
from tests.faults.disturbing import FIRST_COMMIT, RENAME, disturbed, everywhere, heals, once_before
from tests.faults.oracle import difference


@pytest.mark.parametrize("k", everywhere())
def test_f58_a_service_that_falls_silent_ends_the_night_by_name_with_nothing_half_written(
    k: int, prepared: Prepared, copy: Copy
) -> None:
    school = copy()
    before, _ = witness(school).look()
    faults = school.emulator.faults
    once_before(faults, k, lambda: faults.always(Fault("refuse", 503)))
    stopped = disturbed(school)
    assert isinstance(stopped, SheetsSyncError)
    assert stopped.exit_code in (7, 8)
    assert stopped.next_step
    faults.clear()
    seen, _ = witness(school).look()
    if k <= RENAME:
        assert difference(seen, before) == []
    elif k <= FIRST_COMMIT:
        # The act that the secretary registered bears its number already; no sheet has changed.
        assert {each for each in before if seen[each] != before[each]} == {"документы"}
    else:
        changed = {each for each in prepared.expected if seen[each] != prepared.expected[each]}
        assert changed <= {"Документы", "_sync", "документы"}
    heals(school, prepared.expected)


@pytest.mark.parametrize("k", [1, 2, 7, FIRST_COMMIT])
def test_f03_a_used_up_quota_is_waited_for_as_long_as_the_service_asks(
    k: int, prepared: Prepared, copy: Copy
) -> None:
    school = copy()
    school.emulator.faults.count = 0
    school.emulator.faults.at(k, Fault("refuse", 429, retry_after=37))
    run(school)
    assert school.slept == [37.0]
    seen, wrong = witness(school).look()
    assert (difference(seen, prepared.expected), wrong) == ([], [])
