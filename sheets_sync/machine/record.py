"""health.json: the one line that a run leaves beside config/ for monitoring and for the next run."""

from pathlib import Path

from sheets_sync.domain.schedules.health import Health, health_from

FILE = "health.json"


def read_health(school: Path) -> Health:
    """Return what earlier runs left; without the file, or with a damaged one, nothing."""
    try:
        return health_from((school / FILE).read_text("utf-8"))
    except (OSError, UnicodeDecodeError):
        return Health()


def write_health(school: Path, health: Health) -> bool:
    """Write the line, whole or not at all; False when the folder does not let us."""
    target = school / FILE
    draft = target.with_suffix(".new")
    try:
        draft.write_text(f"{health.line()}\n", "utf-8")
        draft.replace(target)
    except OSError:
        return False
    return True
