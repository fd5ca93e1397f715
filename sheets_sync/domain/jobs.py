"""Jobs as declared in jobs/: which steps run, and when."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sheets_sync.domain.declaration import Fields, Problem


class Step(StrEnum):
    """What a job does, in the order in which a night goes; `requested`: nothing, unless staff asked."""

    REQUESTED = "requested"
    INTAKE = "intake"
    PAIRING = "pairing"
    MONITORING = "monitoring"
    ROADMAP = "roadmap"
    DOCUMENTS = "documents"
    FULL_SWEEP = "full-sweep"
    ORPHANS = "orphans"


NIGHT = (Step.INTAKE, Step.PAIRING, Step.MONITORING, Step.ROADMAP, Step.DOCUMENTS)
"""Steps that no job leaves out: all computed sheets belong to one generation."""


@dataclass(frozen=True, slots=True)
class Job:
    """One job; `schedule` is a cron expression of five fields read in `time_zone`."""

    id: str
    title: str
    steps: tuple[Step, ...]
    schedule: str
    time_zone: str


JOB_KEYS = ("title", "steps", "schedule", "time_zone")
_CRON_FIELD = re.compile(r"(\*|\d{1,2}(-\d{1,2})?)(/\d{1,2})?(,(\*|\d{1,2}(-\d{1,2})?)(/\d{1,2})?)*")
_CRON_LIMITS = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
_CRON_NAMES = ("минуты", "часы", "день месяца", "месяц", "день недели")


def job_from_config(job_id: str, data: Mapping[str, object]) -> tuple[Job, list[Problem]]:
    """Read a job from the mapping that its file holds, with all problems at once."""
    problems: list[Problem] = []
    fields = Fields(data, (), problems)
    fields.refuse_unknown(JOB_KEYS)
    schedule = fields.text("schedule")
    if schedule and (wrong := wrong_schedule(schedule)):
        fields.complain("schedule", wrong)
    steps = []
    for number, name in enumerate(fields.texts("steps")):
        if name in tuple(Step):
            steps.append(Step(name))
        else:
            problems.append((("steps", number), f"неизвестный шаг «{name}»; бывают: {', '.join(Step)}"))
    if not fields.has("steps"):
        fields.complain("steps", "у задания нет ни одного шага")
    left_out = [step.value for step in NIGHT if step not in steps]
    if steps and left_out:
        fields.complain("steps", f"ночь записывается целиком: добавьте {', '.join(left_out)}")
    if len(set(steps)) != len(steps):
        fields.complain("steps", "шаг назван дважды")
    return Job(job_id, fields.text("title"), tuple(steps), schedule, fields.text("time_zone")), problems


def wrong_schedule(text: str) -> str:
    """Say what is wrong with a cron expression, "" when nothing is.

    Shape: five fields of numbers, ranges, steps and lists; names of days and months are not taken, so that
    one text serves cron, systemd and people alike.
    """
    parts = text.split()
    if len(parts) != len(_CRON_LIMITS):
        return f"расписание «{text}» должно иметь пять полей: {', '.join(_CRON_NAMES)}"
    for part, (low, high), name in zip(parts, _CRON_LIMITS, _CRON_NAMES, strict=True):
        if not _CRON_FIELD.fullmatch(part):
            return f"в расписании «{text}» не прочитать поле «{name}»: «{part}»"
        numbers = [int(number) for number in re.findall(r"(?<!/)\b\d+", part)]
        if any(not low <= number <= high for number in numbers):
            return f"в расписании «{text}» поле «{name}» бывает от {low} до {high}, а стоит «{part}»"
    return ""
