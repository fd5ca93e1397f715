"""A task of the Windows Task Scheduler for every job.

A task starts by the machine's own zone, so it comes every hour at the job's minutes and `run --if-due` judges
by the job's zone, as with cron. Source: Task Scheduler schema (learn.microsoft.com/windows/win32/taskschd,
task-scheduler-schema): StartWhenAvailable makes up for a start that was missed, IgnoreNew refuses a second
one beside the first.
"""

import hashlib
from collections.abc import Sequence
from xml.sax.saxutils import escape

from sheets_sync.domain.schedules.crontab import IF_DUE
from sheets_sync.domain.schedules.entry import RUN_LOG, RUN_REPORTS, Entry, school_mark
from sheets_sync.domain.schedules.timetable import numbers

_SCHEMA = "http://schemas.microsoft.com/windows/2004/02/mit/task"


def tasks(entries: Sequence[Entry], school: str) -> dict[str, str]:
    """Return the definitions of the tasks by name."""
    return {f"{folder(school)}{entry.job.id}": _definition(entry) for entry in entries}


def folder(school: str) -> str:
    """Return the folder of a school's tasks, with the backslash at its end."""
    return f"\\sheets-sync\\{school_mark(school)}\\"


def source(definition: str) -> str:
    """Return the mark in a definition that says what it was made of, "" when it is not ours.

    The system writes definitions anew in its own words; this element stays as it was given.
    """
    _, _, rest = definition.partition("<Source>sheets-sync ")
    return rest.partition("</Source>")[0]


def _definition(entry: Entry) -> str:
    body = f"""  <Triggers>
{_triggers(entry)}  </Triggers>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <RunOnlyIfNetworkAvailable>false</RunOnlyIfNetworkAvailable>
    <ExecutionTimeLimit>PT30M</ExecutionTimeLimit>
    <Enabled>true</Enabled>
  </Settings>
  <Actions>
    <Exec>
      <Command>cmd.exe</Command>
      <Arguments>{escape(_arguments(entry))}</Arguments>
      <WorkingDirectory>{escape(entry.school)}</WorkingDirectory>
    </Exec>
  </Actions>
"""
    about = escape(entry.caption)
    made_of = hashlib.blake2s((about + body).encode(), digest_size=8).hexdigest()
    return f"""<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="{_SCHEMA}">
  <RegistrationInfo>
    <Source>sheets-sync {made_of}</Source>
    <Description>{about}</Description>
  </RegistrationInfo>
{body}</Task>
"""


def _triggers(entry: Entry) -> str:
    minutes = numbers(entry.job.schedule.split()[0], 0, 59)
    every = 60 // len(minutes)
    if 60 % len(minutes) == 0 and minutes == list(range(minutes[0], 60, every)):
        return _trigger(minutes[0], every)
    return "".join(_trigger(minute, 60) for minute in minutes)


def _trigger(minute: int, every: int) -> str:
    return f"""    <TimeTrigger>
      <Repetition>
        <Interval>PT{every}M</Interval>
      </Repetition>
      <StartBoundary>2022-01-01T00:{minute:02}:00</StartBoundary>
      <Enabled>true</Enabled>
    </TimeTrigger>
"""


def _arguments(entry: Entry) -> str:
    # cmd.exe takes off the outermost quotes of /c and leaves the inner ones (cmd /?); a path cannot hold one.
    words = " ".join(f'"{word}"' for word in entry.words(IF_DUE))
    return f'/d /c "{words} >>{RUN_REPORTS} 2>>{RUN_LOG}"'
