"""The school's part of a crontab: one marked block; every other byte stays as it is.

No line of it says at which hour of which zone: cron on Debian and Ubuntu knows only the machine's own zone,
and `CRON_TZ` where it is known changes every line below it. So a line comes every hour at the job's minutes,
and `run --if-due` lets through what is due by the job's own zone: the planned runs, and a run that was missed
while the machine was off. Where two zones differ by half an hour a run begins that much later.
"""

import shlex
from collections.abc import Sequence

from sheets_sync.domain.schedules.entry import RUN_LOG, RUN_REPORTS, Entry

IF_DUE = "--if-due"


def block(entries: Sequence[Entry], school: str) -> str:
    """Return the block that runs a school's jobs."""
    begin, end = _fences(school)
    lines = [begin]
    for entry in entries:
        lines.append(f"# {entry.caption}")
        lines.append(line(entry))
    return "".join(f"{text}\n" for text in (*lines, end))


def line(entry: Entry) -> str:
    """Return the line of crontab that runs a job in the school's folder and keeps its report and its words.

    Source: crontab(5): «%» ends the command unless a backslash stands before it.
    """
    minutes = entry.job.schedule.split()[0]
    command = " ".join(shlex.quote(word) for word in entry.words(IF_DUE))
    shell = f"cd {shlex.quote(entry.school)} && {command} >>{RUN_REPORTS} 2>>{RUN_LOG}"
    return f"{minutes} * * * * {shell.replace('%', chr(92) + '%')}"


def standing(crontab: str, school: str) -> str:
    """Return the school's block as it stands in a crontab, "" when there is none."""
    start, end = _place(crontab, school)
    return crontab[start:end]


def with_block(crontab: str, wanted: str, school: str) -> str:
    """Return a crontab with the school's block put in place of the old one, or after everything else."""
    start, end = _place(crontab, school)
    if start == end:
        ending = "" if not crontab or crontab.endswith("\n") else "\n"
        return f"{crontab}{ending}{wanted}"
    return f"{crontab[:start]}{wanted}{crontab[end:]}"


def without_block(crontab: str, school: str) -> str:
    """Return a crontab without the school's block."""
    start, end = _place(crontab, school)
    return crontab[:start] + crontab[end:]


def _fences(school: str) -> tuple[str, str]:
    return f"# >>> sheets-sync {school} >>>", f"# <<< sheets-sync {school} <<<"


def _place(crontab: str, school: str) -> tuple[int, int]:
    """Return where the block begins and ends; a fence without its fellow is not ours to judge and stays."""
    begin, end = (f"{fence}\n" for fence in _fences(school))
    start = crontab.find(begin)
    while start > 0 and crontab[start - 1] != "\n":
        start = crontab.find(begin, start + 1)
    if start < 0:
        return 0, 0
    closing = crontab.find(f"\n{end}", start)
    return (start, closing + 1 + len(end)) if closing >= 0 else (0, 0)
