"""Which schedulers this computer has, and which one is used when nobody says."""

import getpass
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from sheets_sync.machine.schedulers import Cron, Scheduler, Systemd, WindowsTasks

SYSTEM_UNITS = Path("/etc/systemd/system")
"""Where an administrator's units lie. Source: systemd.unit(5)."""

_RUNNING = Path("/run/systemd/system")
"""A folder that is there exactly when systemd runs the machine. Source: sd_booted(3)."""

KINDS = ("cron", "systemd", "windows")


def usual_kind(running: Path = _RUNNING) -> str:
    """Return the scheduler that this computer surely has, or cron."""
    if os.name == "nt":
        return "windows"
    return "systemd" if running.is_dir() else "cron"


def scheduler(kind: str, school: Path, environ: Mapping[str, str], *, user: bool) -> Scheduler:
    """Return a scheduler for a school's folder; `user` asks for the account's own timers of systemd."""
    name = str(school)
    if kind == "windows":
        return WindowsTasks(name)
    if kind == "cron":
        return Cron(name)
    if user:
        return Systemd(name, user_units(environ), user=True)
    # Under sudo the program still runs as the person who asked, who owns the school's folder.
    return Systemd(name, SYSTEM_UNITS, user=False, account=environ.get("SUDO_USER") or getpass.getuser())


def all_schedulers(school: Path, environ: Mapping[str, str]) -> list[Scheduler]:
    """Return every scheduler in which this school's jobs could stand."""
    if os.name == "nt":
        return [scheduler("windows", school, environ, user=False)]
    found = [scheduler("systemd", school, environ, user=user) for user in (True, False)]
    if shutil.which("crontab", path=environ.get("PATH")):
        found.append(scheduler("cron", school, environ, user=False))
    return found


def user_units(environ: Mapping[str, str]) -> Path:
    """Return where an account's own units lie. Source: systemd.unit(5), «User Unit Search Path»."""
    home = environ.get("XDG_CONFIG_HOME")
    return (Path(home) if home else Path(environ.get("HOME", "~")).expanduser() / ".config") / "systemd/user"
