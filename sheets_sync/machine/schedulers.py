"""The schedulers of three systems: what of ours stands there, putting it there, taking it away.

Nothing is touched but the school's own marked pieces.
"""

import os
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sheets_sync.domain.schedules import crontab, systemd, windows_tasks
from sheets_sync.domain.schedules.entry import Entry
from sheets_sync.errors import SchedulerError
from sheets_sync.machine.commands import Finished, RunProgram, run_program


class Scheduler(Protocol):
    """Starts programs by the clock.

    Shape: pieces are texts by name: a block, unit files, tasks.
    """

    @property
    def title(self) -> str:
        """What people call it."""
        ...

    def wanted(self, entries: Sequence[Entry]) -> Mapping[str, str]:
        """Return the pieces that run these jobs."""
        ...

    def differences(self, entries: Sequence[Entry]) -> tuple[str, ...]:
        """Say in Russian what is missing, outdated or left over; nothing when all stands as wanted."""
        ...

    def is_installed(self) -> bool:
        """Whether anything of this school stands here."""
        ...

    def install(self, entries: Sequence[Entry]) -> tuple[str, ...]:
        """Put the pieces where they belong and say what was done; nothing when they stand already."""
        ...

    def remove(self) -> tuple[str, ...]:
        """Take the school's pieces away and say which."""
        ...


@dataclass(frozen=True)
class Cron:
    """The crontab of the account that runs the program."""

    school: str
    run: RunProgram = run_program

    @property
    def title(self) -> str:
        """What people call it."""
        return "cron"

    def wanted(self, entries: Sequence[Entry]) -> Mapping[str, str]:
        """Return the block of lines."""
        return {"crontab": crontab.block(entries, self.school)}

    def differences(self, entries: Sequence[Entry]) -> tuple[str, ...]:
        """Say what differs from the wanted block."""
        stands = crontab.standing(self._read(), self.school)
        if stands == self.wanted(entries)["crontab"]:
            return ()
        return ("строки в crontab устарели" if stands else "в crontab нет строк этой школы",)

    def is_installed(self) -> bool:
        """Whether the school's block stands."""
        return bool(crontab.standing(self._read(), self.school))

    def install(self, entries: Sequence[Entry]) -> tuple[str, ...]:
        """Put the block into the crontab."""
        before = self._read()
        after = crontab.with_block(before, self.wanted(entries)["crontab"], self.school)
        return self._write(before, after, "строки записаны в crontab")

    def remove(self) -> tuple[str, ...]:
        """Take the block out of the crontab."""
        before = self._read()
        return self._write(before, crontab.without_block(before, self.school), "строки убраны из crontab")

    def _read(self) -> str:
        found = self.run(["crontab", "-l"], b"")
        if found.code != 0:
            # An account without a crontab is told by the exit code and this text: crontab.c of cron, cronie.
            if b"no crontab" in found.complained:
                return ""
            raise SchedulerError(f"crontab не читается: {found.complaint}")
        return found.printed.decode("utf-8", "surrogateescape")

    def _write(self, before: str, after: str, told: str) -> tuple[str, ...]:
        if before == after:
            return ()
        _checked(self.run(["crontab", "-"], after.encode("utf-8", "surrogateescape")), "crontab не записан")
        return (told,)


@dataclass(frozen=True)
class Systemd:
    """Timers of systemd: the account's own, or the machine's, which run as `account`."""

    school: str
    folder: Path
    user: bool
    account: str = ""
    run: RunProgram = run_program

    @property
    def title(self) -> str:
        """What people call it."""
        return "таймеры systemd пользователя" if self.user else "таймеры systemd"

    def wanted(self, entries: Sequence[Entry]) -> Mapping[str, str]:
        """Return the unit files."""
        return systemd.units(entries, self.school, account="" if self.user else self.account)

    def differences(self, entries: Sequence[Entry]) -> tuple[str, ...]:
        """Say which units are missing, outdated or left over."""
        stands = self._standing()
        wanted = self.wanted(entries)
        return (
            *(f"нет файла {name}" for name in wanted if name not in stands),
            *(f"устарел файл {name}" for name, text in wanted.items() if stands.get(name, text) != text),
            *(f"лишний файл {name}" for name in stands if name not in wanted),
        )

    def is_installed(self) -> bool:
        """Whether a unit of the school stands."""
        return bool(self._standing())

    def install(self, entries: Sequence[Entry]) -> tuple[str, ...]:
        """Write the units that differ and start the timers."""
        wanted = self.wanted(entries)
        stands = self._standing()
        if stands == wanted:
            return ()
        told = [*self._take_away([name for name in stands if name not in wanted])]
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            for name, text in wanted.items():
                if stands.get(name) != text:
                    (self.folder / name).write_text(text, "utf-8")
                    told.append(f"записан {name}")
        except OSError as exc:
            raise SchedulerError(f"Папка {self.folder} закрыта для записи") from exc
        self._systemctl("daemon-reload")
        timers = [name for name in wanted if name.endswith(".timer")]
        self._systemctl("enable", *timers)
        # A timer that runs already takes a new hour only when it is started anew.
        self._systemctl("restart", *timers)
        return tuple(told)

    def remove(self) -> tuple[str, ...]:
        """Stop the timers and delete the units."""
        told = self._take_away(list(self._standing()))
        if told:
            self._systemctl("daemon-reload")
        return told

    def _take_away(self, names: Sequence[str]) -> tuple[str, ...]:
        timers = [name for name in names if name.endswith(".timer")]
        if timers:
            self._systemctl("disable", "--now", *timers)
        try:
            for name in names:
                (self.folder / name).unlink()
        except OSError as exc:
            raise SchedulerError(f"Папка {self.folder} закрыта для записи") from exc
        return tuple(f"убран {name}" for name in names)

    def _standing(self) -> dict[str, str]:
        mine = f"{systemd.first_line(self.school)}\n"
        found = {}
        for path in sorted(self.folder.glob(f"{systemd.prefix(self.school)}*")):
            text = path.read_text("utf-8", "surrogateescape")
            if text.startswith(mine):
                found[path.name] = text
        return found

    def _systemctl(self, *words: str) -> None:
        scope = ["--user"] if self.user else []
        _checked(self.run(["systemctl", *scope, *words], b""), f"systemctl {words[0]} не удалось")


@dataclass(frozen=True)
class WindowsTasks:
    """The Windows Task Scheduler."""

    school: str
    run: RunProgram = run_program

    @property
    def title(self) -> str:
        """What people call it."""
        return "планировщик заданий Windows"

    def wanted(self, entries: Sequence[Entry]) -> Mapping[str, str]:
        """Return the definitions of the tasks."""
        return windows_tasks.tasks(entries, self.school)

    def differences(self, entries: Sequence[Entry]) -> tuple[str, ...]:
        """Say which tasks are missing, outdated or left over."""
        stands = self._standing()
        wanted = {name: windows_tasks.source(text) for name, text in self.wanted(entries).items()}
        return (
            *(f"нет задания {name}" for name in wanted if name not in stands),
            *(f"устарело задание {name}" for name, mark in wanted.items() if stands.get(name, mark) != mark),
            *(f"лишнее задание {name}" for name in stands if name not in wanted),
        )

    def is_installed(self) -> bool:
        """Whether a task of the school stands."""
        return bool(self._standing())

    def install(self, entries: Sequence[Entry]) -> tuple[str, ...]:
        """Register the tasks that differ."""
        wanted, stands = self.wanted(entries), self._standing()
        told = [self._delete(name) for name in stands if name not in wanted]
        for name, text in wanted.items():
            if stands.get(name) != windows_tasks.source(text):
                self._create(name, text)
                told.append(f"записано задание {name}")
        return tuple(told)

    def remove(self) -> tuple[str, ...]:
        """Delete the tasks."""
        return tuple(self._delete(name) for name in self._standing())

    def _standing(self) -> dict[str, str]:
        listed = _checked(self.run(["schtasks", "/Query", "/FO", "CSV", "/NH"], b""), "задания не читаются")
        mine = windows_tasks.folder(self.school)
        names = {
            cell
            for row in listed.printed.decode("utf-8", "replace").splitlines()
            if (cell := row.partition(",")[0].strip().strip('"')).startswith(mine)
        }
        found = {}
        for name in sorted(names):
            shown = _checked(
                self.run(["schtasks", "/Query", "/TN", name, "/XML"], b""), "задание не читается"
            )
            found[name] = windows_tasks.source(shown.printed.replace(b"\0", b"").decode("utf-8", "replace"))
        return {name: mark for name, mark in found.items() if mark}

    def _create(self, name: str, text: str) -> None:
        # The program takes a definition only from a file, in UTF-16 as the declaration says.
        number, path = tempfile.mkstemp(suffix=".xml")
        try:
            with os.fdopen(number, "wb") as file:
                file.write(text.replace("\n", "\r\n").encode("utf-16"))
            _checked(
                self.run(["schtasks", "/Create", "/TN", name, "/XML", path, "/F"], b""),
                "задание не записано",
            )
        finally:
            with suppress(OSError):
                Path(path).unlink()

    def _delete(self, name: str) -> str:
        _checked(self.run(["schtasks", "/Delete", "/TN", name, "/F"], b""), "задание не убрано")
        return f"убрано задание {name}"


def _checked(done: Finished, doing: str) -> Finished:
    if done.code != 0:
        raise SchedulerError(f"{doing}: {done.complaint}")
    return done
