"""What `doctor` found: one line for every check, and one next step."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sheets_sync.errors import SheetsSyncError


class Found(StrEnum):
    """How a check ended; `advised` stops nothing, `unknown` waits for what is wrong before it."""

    GOOD = "хорошо"
    ADVISED = "совет"
    WRONG = "плохо"
    UNKNOWN = "не проверено"


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One check: what was found, and for what is not well the step that helps and who has to take it."""

    title: str
    found: Found
    told: str
    advice: str = ""
    exit_code: int = 0

    def line(self) -> str:
        """Return the line for a person."""
        return f"{self.found}: {self.title}" + (f" — {self.told}" if self.told else "")

    def to_json(self) -> dict[str, object]:
        """Return the line as JSON values."""
        return {
            "check": self.title,
            "found": self.found.name.lower(),
            "told": self.told,
            "advice": self.advice,
            "exit": self.exit_code,
        }


@dataclass(frozen=True, slots=True)
class Advice:
    """A check that passed, but something should be done."""

    told: str
    advice: str


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look at.

    Shape: `look` returns what it found in words, or raises a named error; `needs` are titles of checks
    without which it cannot be judged.
    """

    title: str
    look: Callable[[], str | Advice]
    needs: tuple[str, ...] = ()


def carried_out(checks: Iterable[Check]) -> Iterator[CheckLine]:
    """Look at one thing after the other; what needs a thing that is wrong is not judged."""
    failed: set[str] = set()
    for check in checks:
        if missing := [name for name in check.needs if name in failed]:
            failed.add(check.title)
            yield CheckLine(check.title, Found.UNKNOWN, f"сначала — {missing[0]}")
            continue
        try:
            told = check.look()
        except SheetsSyncError as error:
            failed.add(check.title)
            yield CheckLine(check.title, Found.WRONG, error.message, error.next_step, error.exit_code)
            continue
        if isinstance(told, Advice):
            yield CheckLine(check.title, Found.ADVISED, told.told, told.advice)
        else:
            yield CheckLine(check.title, Found.GOOD, told)


@dataclass(frozen=True, slots=True)
class Checkup:
    """All lines of one look."""

    lines: Sequence[CheckLine]

    @property
    def first(self) -> CheckLine | None:
        """The line whose advice comes first: what is wrong before what is only advised."""
        for found in (Found.WRONG, Found.ADVISED):
            for line in self.lines:
                if line.found is found:
                    return line
        return None

    @property
    def next_step(self) -> str:
        """The one thing to do next."""
        return self.first.advice if self.first else "Ничего делать не нужно"

    @property
    def exit_code(self) -> int:
        """Who has to act, as errors.py groups it; 0 when nothing is wrong."""
        wrong = [line.exit_code for line in self.lines if line.found is Found.WRONG]
        return wrong[0] if wrong else 0

    def to_json(self) -> dict[str, object]:
        """Return everything as JSON values."""
        first = self.first
        wrong = first is not None and first.found is Found.WRONG
        return {
            "ok": self.exit_code == 0,
            "passed": [line.title for line in self.lines if line.found is Found.GOOD],
            "problem": first.told if first and wrong else None,
            "next": self.next_step if first else None,
            "exit": self.exit_code,
            "checks": [line.to_json() for line in self.lines],
        }
