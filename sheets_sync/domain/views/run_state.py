"""What «Состояние» says of the runs and their sources; texts that follow the clock are formulas."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, tzinfo

from sheets_sync.domain.forms import FormSpec
from sheets_sync.domain.jobs import Job, Step
from sheets_sync.domain.moment import WHEN
from sheets_sync.domain.responses import IMPORTED, Response
from sheets_sync.domain.roster import Roster
from sheets_sync.domain.schedules.due import RunsBefore
from sheets_sync.domain.schedules.health import failures_in_words
from sheets_sync.domain.schedules.timetable import in_words
from sheets_sync.domain.tables import CellValue, Formula, Workbook

MISSED = "Пропущенные запуски"
FAILED = "Неудачные запуски"
NEVER = "не было"
_SHOWN = 5


def run_lines(
    workbook: Workbook, jobs: Mapping[str, Job], time_zone: str, before: RunsBefore, as_of: date
) -> dict[str, CellValue]:
    """Return the lines about the runs themselves.

    Shape: `time_zone` is the spreadsheet's: a job of another zone is told in words, not by its clock.
    """
    remembered = workbook.remembered("state")

    def kept(key: str, news: str) -> str:
        return news or str(remembered.get(key, {}).get("value", NEVER))

    return {
        "Последняя запись": WHEN,
        "Дней без записи": Formula(f'=TODAY()-DATE({as_of.year};{as_of.month};{as_of.day})&""'),
        "Номер прошлой записи": str(workbook.generation),
        "Следующий ночной запуск": _next_night(jobs, time_zone),
        "Расписание": "; ".join(f"{job.title} — {in_words(job.schedule)}" for job in jobs.values()),
        MISSED: kept(MISSED, missed_in_words(before.missed)),
        FAILED: kept(FAILED, failures_in_words(before.failed) if before.failed else ""),
    }


def missed_in_words(missed: Sequence[datetime]) -> str:
    """Say which planned runs did not take place, "" when all did."""
    if not missed:
        return ""
    days = ", ".join(f"{moment:%d.%m.%Y}" for moment in missed[-_SHOWN:])
    earlier = "…, " if len(missed) > _SHOWN else ""
    return f"{len(missed)} ({earlier}{days}); следующий запуск прочёл всё и наверстал"


def before_lines(before: RunsBefore) -> list[tuple[str, str]]:
    """Tell «Журнал» what happened to the runs before this one."""
    lines = []
    if before.missed:
        lines.append((f"Запуски по расписанию пропущены: {missed_in_words(before.missed)}", "расписание"))
    if before.failed:
        lines.append((f"Запуски не удались: {failures_in_words(before.failed)}", "запись о запусках"))
    return lines


def source_lines(
    forms: Mapping[str, FormSpec],
    responses: Iterable[Response],
    waiting: Mapping[str, int],
    noted: Iterable[str],
    roster: Roster,
    zone: tzinfo,
) -> dict[str, CellValue]:
    """Return one line for every source of records.

    Shape: `waiting` counts by form the answers that wait for a person, `noted` names the forms of which
    something has to be known.
    """
    answers: dict[str, list[Response]] = defaultdict(list)
    for one in responses:
        answers[one.form].append(one)
    changed = set(noted)
    lines: dict[str, CellValue] = {}
    for form, spec in forms.items():
        lines[f"Форма «{spec.title}»"] = _form_line(
            [one for one in answers[form] if not one.deleted], waiting.get(form, 0), form in changed, zone
        )
    filed = sum(one.response_id.startswith(IMPORTED) for found in answers.values() for one in found)
    lines["Ответы из файлов"] = str(filed) if filed else NEVER
    listed = f"{len(roster.people)} чел." if roster.people else "не загружены"
    lines["Списки школы"] = listed + ("; есть строки, которые не читаются" if roster.findings else "")
    return lines


def _form_line(answers: Sequence[Response], waiting: int, changed: bool, zone: tzinfo) -> CellValue:
    notes = [f"ждут уточнения {waiting}"] if waiting else []
    if changed:
        notes.append("форма изменена, см. «Вопросы к данным»")
    tail = "".join(f"; {note}" for note in notes)
    if not answers:
        return f"читается, ответов нет{tail}"
    last = max(one.submitted for one in answers).astimezone(zone).date()
    told = f"читается, ответов {len(answers)}{tail}; последний {last:%d.%m.%Y}, дней назад: "
    return Formula(f'="{told}"&TODAY()-DATE({last.year};{last.month};{last.day})')


def _next_night(jobs: Mapping[str, Job], time_zone: str) -> CellValue:
    nights = [job for job in jobs.values() if Step.REQUESTED not in job.steps and _is_daily(job)]
    if not nights or nights[0].time_zone != time_zone:
        return "; ".join(f"{in_words(job.schedule)}, {job.time_zone}" for job in nights[:1]) or "не назначен"
    minute, hour = nights[0].schedule.split()[:2]
    at = f"TIME({int(hour)};{int(minute)};0)"
    clock = f"{int(hour):02}:{int(minute):02}"
    return Formula(f'=TEXT(TODAY()+IF(NOW()-TODAY()<{at};0;1);"dd.mm.yyyy")&" в {clock}"')


def _is_daily(job: Job) -> bool:
    minute, hour, *rest = job.schedule.split()
    return minute.isdigit() and hour.isdigit() and rest == ["*", "*", "*"]
