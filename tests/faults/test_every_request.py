"""For every request of a night, one after another: what goes wrong there is healed by the next night."""

from collections.abc import Callable

import pytest

from sheets_sync.emulator.faults import Fault, Faults
from sheets_sync.errors import SheetsSyncError
from tests.faults.conftest import Copy, Prepared, run, witness
from tests.faults.oracle import Dump, difference
from tests.small_school import SmallSchool

REQUESTS = 13
"""Of the night: a look, five forms, copy, read and fill of the order, commit, move, look, commit."""


class Killed(BaseException):
    """The process ends here."""


Break = Callable[[Faults, int], None]


def lose_reply(faults: Faults, k: int) -> None:
    faults.at(k, Fault("lose_reply"))


def refuse(faults: Faults, k: int) -> None:
    faults.at(k, Fault("refuse", 503))


def kill_before(faults: Faults, k: int) -> None:
    faults.on_request = lambda number, _: killed(number == k)


def kill_after(faults: Faults, k: int) -> None:
    faults.on_applied = lambda number, _: killed(number == k)


def killed(now: bool) -> None:
    if now:
        raise Killed


def disturbed(school: SmallSchool) -> BaseException | None:
    """Run a night that may fail; return how it ended."""
    try:
        run(school)
    except (Killed, SheetsSyncError) as stopped:
        return stopped
    return None


def heals(school: SmallSchool, expected: Dump) -> None:
    """Run a clean night, compare with an undisturbed one, and see that another has nothing to do."""
    school.emulator.faults.clear()
    run(school)
    seen, wrong = witness(school).look()
    assert difference(seen, expected) == []
    assert wrong == []
    assert run(school).writes == 0


def test_the_night_takes_answers_and_drafts_an_order_in_the_requests_counted_here(prepared: Prepared) -> None:
    assert len(prepared.requests) == REQUESTS
    assert prepared.requests.count("sheets.spreadsheets.batchUpdate") == 2
    assert prepared.requests.count("drive.files.copy") == 1
    assert len(prepared.expected["документы"]) == 1
    assert len(prepared.expected["Ответы: анкета участника"]) == 1 + 19 + 2


@pytest.mark.parametrize("k", range(1, REQUESTS + 1))
@pytest.mark.parametrize("spoil", [lose_reply, refuse, kill_before, kill_after])
def test_f03_the_next_night_ends_as_an_undisturbed_one(
    spoil: Break, k: int, prepared: Prepared, copy: Copy
) -> None:
    school = copy()
    school.emulator.faults.count = 0
    spoil(school.emulator.faults, k)
    stopped = disturbed(school)
    assert isinstance(stopped, Killed) == (spoil in (kill_before, kill_after))
    heals(school, prepared.expected)
