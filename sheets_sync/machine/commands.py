"""Running the system's own programs."""

import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sheets_sync.errors import SchedulerError

_PATIENCE_S = 60


@dataclass(frozen=True, slots=True)
class Finished:
    """How a program ended and what it printed."""

    code: int
    printed: bytes
    complained: bytes = b""

    @property
    def complaint(self) -> str:
        """The first line of what it complained of."""
        lines = self.complained.decode("utf-8", "replace").strip().splitlines()
        return lines[0] if lines else f"код {self.code}"


RunProgram = Callable[[Sequence[str], bytes], Finished]
"""Runs a program with words and something to read, and waits for it."""


def run_program(words: Sequence[str], given: bytes = b"") -> Finished:
    """Run a program of the system.

    Raises:
        SchedulerError: it is not there, or does not come back.
    """
    try:
        done = subprocess.run(list(words), input=given, capture_output=True, timeout=_PATIENCE_S, check=False)
    except FileNotFoundError as exc:
        raise SchedulerError(f"На этом компьютере нет программы {words[0]}") from exc
    except (OSError, subprocess.TimeoutExpired) as exc:
        raise SchedulerError(f"Программа {words[0]} не ответила") from exc
    return Finished(done.returncode, done.stdout, done.stderr)
