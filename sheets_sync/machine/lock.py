"""One run at a time in a school's folder: a second one does not even ask the services."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from sheets_sync.errors import AnotherRunError, SchoolFolderError

FILE = "run.lock"


@contextmanager
def alone(school: Path) -> Iterator[None]:
    """Hold the school's lock; the system itself lets go of it when the process dies.

    Raises:
        AnotherRunError: another run holds it.
        SchoolFolderError: the folder cannot be written.
    """
    lock = FileLock(school / FILE)
    try:
        lock.acquire(timeout=0)
    except Timeout as exc:
        raise AnotherRunError("Другой запуск на этом компьютере ещё идёт") from exc
    except OSError as exc:
        raise SchoolFolderError(f"Папка школы {school.name} закрыта для записи") from exc
    try:
        yield
    finally:
        lock.release()


def is_held(school: Path) -> bool:
    """Whether a run is under way just now."""
    try:
        with alone(school):
            return False
    except AnotherRunError:
        return True
