"""Ways to disturb a night, and what must hold after the next, clean one."""

from collections.abc import Callable
from typing import Any

import pytest

from sheets_sync.emulator.faults import Fault, Faults
from sheets_sync.errors import SheetsSyncError
from tests.faults.conftest import run, witness
from tests.faults.oracle import Dump, difference
from tests.small_school import SmallSchool

REQUESTS = 24
"""Of the night: a look, the five forms, their questions, two looks at the template; copy, read and fill of
the order; a read, the name, the stamp of the registered act and a look at it; a commit, the move, a look, a
commit."""

COPY, FILL, RENAME, STAMP, FIRST_COMMIT, MOVE, LAST_COMMIT = 14, 16, 18, 19, 21, 22, 24

ALIKE = range(3, COPY - 1)
"""Requests that only read, one after another, before anything is written: of these one stands for all."""


def everywhere() -> list[Any]:
    """Give the number of every request; of those that are alike all but one are left to `make faults`."""
    kept = ALIKE[len(ALIKE) // 2]
    left_out = set(ALIKE) - {kept}
    return [
        pytest.param(k, marks=pytest.mark.campaign) if k in left_out else k for k in range(1, REQUESTS + 1)
    ]


Break = Callable[[Faults, int], None]


class Killed(BaseException):
    """The process ends here."""


def lose_reply(faults: Faults, k: int) -> None:
    faults.at(k, Fault("lose_reply"))


def refuse(faults: Faults, k: int) -> None:
    faults.at(k, Fault("refuse", 503))


def kill_before(faults: Faults, k: int) -> None:
    faults.on_request = lambda number, _: killed(number == k)


def kill_after(faults: Faults, k: int) -> None:
    faults.on_applied = lambda number, _: killed(number == k)


def truncate(faults: Faults, k: int) -> None:
    faults.at(k, Fault("truncate"))


def late(faults: Faults, k: int) -> None:
    faults.at(k, Fault("late", delay=1))


def very_late(faults: Faults, k: int) -> None:
    faults.at(k, Fault("late", delay=1000))


def killed(now: bool) -> None:
    if now:
        raise Killed


def once_before(faults: Faults, k: int, act: Callable[[], None]) -> None:
    """Let somebody act right before request k, once."""
    start = faults.count

    def hook(number: int, _: str) -> None:
        if number - start == k:
            faults.on_request = None
            act()

    faults.on_request = hook


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
    school.emulator.faults.release()
    run(school)
    seen, wrong = witness(school).look()
    assert difference(seen, expected) == []
    assert wrong == []
    assert run(school).writes == 0
