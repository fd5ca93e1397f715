"""For every request of a night, one after another: what goes wrong there is healed by the next night."""

import pytest

from tests.faults.conftest import Copy, Prepared
from tests.faults.disturbing import (
    COPY,
    FILL,
    FIRST_COMMIT,
    LAST_COMMIT,
    MOVE,
    RENAME,
    REQUESTS,
    STAMP,
    Break,
    Killed,
    disturbed,
    everywhere,
    heals,
    kill_after,
    kill_before,
    late,
    lose_reply,
    refuse,
    truncate,
    very_late,
)

WRITES = (COPY, FILL, RENAME, STAMP, FIRST_COMMIT, MOVE, LAST_COMMIT)


def test_the_night_takes_answers_drafts_an_order_and_stamps_an_act_in_the_requests_counted_here(
    prepared: Prepared,
) -> None:
    assert len(prepared.requests) == REQUESTS
    assert [
        number for number, method in enumerate(prepared.requests, 1) if not method.endswith((".get", ".list"))
    ] == list(WRITES)
    assert len(prepared.expected["документы"]) == 2
    assert len(prepared.expected["Ответы: анкета участника"]) == 1 + 19 + 2


@pytest.mark.parametrize("k", everywhere())
@pytest.mark.parametrize("spoil", [lose_reply, refuse, kill_after])
def test_f03_the_next_night_ends_as_an_undisturbed_one(
    spoil: Break, k: int, prepared: Prepared, copy: Copy
) -> None:
    school = copy()
    school.emulator.faults.count = 0
    spoil(school.emulator.faults, k)
    stopped = disturbed(school)
    assert isinstance(stopped, Killed) == (spoil is kill_after)
    assert spoil is not refuse or stopped is None
    heals(school, prepared.expected)


@pytest.mark.campaign
@pytest.mark.parametrize("k", range(2, REQUESTS + 1))
def test_f03_killed_before_a_request_is_killed_after_the_one_before(
    k: int, prepared: Prepared, copy: Copy
) -> None:
    """What stands then is the same; the loop above has it already."""
    school = copy()
    school.emulator.faults.count = 0
    kill_before(school.emulator.faults, k)
    assert isinstance(disturbed(school), Killed)
    heals(school, prepared.expected)


@pytest.mark.parametrize(
    ("spoil", "k"),
    [
        *((truncate, k) for k in (1, 2, 9, *WRITES)),
        *((late, k) for k in WRITES),
        *((very_late, k) for k in (COPY, FILL, STAMP, FIRST_COMMIT)),
    ],
)
def test_f03_half_an_answer_or_a_request_applied_late_changes_nothing_in_the_end(
    spoil: Break, k: int, prepared: Prepared, copy: Copy
) -> None:
    school = copy()
    school.emulator.faults.count = 0
    spoil(school.emulator.faults, k)
    disturbed(school)
    heals(school, prepared.expected)
