"""A service and a timer of systemd for every job.

Source: systemd.unit(5), systemd.service(5), systemd.timer(5), systemd.time(7).
"""

from collections.abc import Iterator, Sequence

from sheets_sync.domain.schedules.entry import RUN_LOG, RUN_REPORTS, Entry, school_mark
from sheets_sync.domain.schedules.timetable import numbers

_WEEKDAYS = ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat")


def units(entries: Sequence[Entry], school: str, *, account: str = "") -> dict[str, str]:
    """Return the texts of the unit files by name; `account` runs them under a user's name, "" in its own."""
    found = {}
    for entry in entries:
        name = f"{prefix(school)}{entry.job.id}"
        found[f"{name}.service"] = _service(entry, account)
        found[f"{name}.timer"] = _timer(entry)
    return found


def prefix(school: str) -> str:
    """Return how the names of a school's units begin."""
    return f"sheets-sync-{school_mark(school)}-"


def first_line(school: str) -> str:
    """Return the first line of every unit of a school: what does not begin so is not ours."""
    return f"# sheets-sync schedule install: {school}"


def calendar(schedule: str, time_zone: str) -> list[str]:
    """Return the OnCalendar expressions of a cron expression.

    A day of the month and a day of the week that are both named mean either of them in cron and both of them
    in systemd, so they become two expressions.
    """
    minute, hour, day, month, weekday = schedule.split()
    time = f"{_listed(hour, 0, 23)}:{_listed(minute, 0, 59)}:00 {time_zone}"
    months = _listed(month, 1, 12)
    dates = f"*-{months}-{_listed(day, 1, 31)} {time}"
    if weekday == "*":
        return [dates]
    days = ",".join(_WEEKDAYS[number] for number in sorted({number % 7 for number in numbers(weekday, 0, 7)}))
    by_weekday = f"{days} *-{months}-* {time}"
    return [by_weekday] if day == "*" else [dates, by_weekday]


def _listed(field: str, low: int, high: int) -> str:
    return "*" if field == "*" else ",".join(f"{number:02}" for number in numbers(field, low, high))


def _service(entry: Entry, account: str) -> str:
    return "\n".join(
        [
            first_line(entry.school),
            "[Unit]",
            f"Description={_plain(entry.caption)} (sheets-sync)",
            "Wants=network-online.target",
            "After=network-online.target",
            # Every start counts for the limit, those of a frequent timer too.
            "StartLimitIntervalSec=0",
            "",
            "[Service]",
            "Type=oneshot",
            *([f"User={account}"] if account else []),
            f"WorkingDirectory={_plain(entry.school)}",
            f"ExecStart={' '.join(_word(word) for word in entry.words())}",
            f"StandardOutput=append:{_plain(entry.school)}/{RUN_REPORTS}",
            f"StandardError=append:{_plain(entry.school)}/{RUN_LOG}",
            "UMask=0077",
            "TimeoutStartSec=30min",
            # Exit codes 7 and 8 say «run again later»; RestartForceExitStatus= is refused with oneshot.
            "Restart=on-failure",
            "RestartPreventExitStatus=1 2 3 4 5 6 130",
            "RestartSec=15min",
            "",
        ]
    )


def _timer(entry: Entry) -> str:
    return "\n".join(
        [
            first_line(entry.school),
            "[Unit]",
            f"Description={_plain(entry.caption)} (sheets-sync)",
            "",
            "[Timer]",
            *_on_calendar(entry),
            "Persistent=true",
            "AccuracySec=1min",
            "",
            "[Install]",
            "WantedBy=timers.target",
            "",
        ]
    )


def _on_calendar(entry: Entry) -> Iterator[str]:
    for expression in calendar(entry.job.schedule, entry.job.time_zone):
        yield f"OnCalendar={expression}"


def _plain(text: str) -> str:
    # «%» begins a specifier everywhere in a unit file.
    return text.replace("%", "%%")


def _word(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"'
