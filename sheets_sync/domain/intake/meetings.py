"""Reports of mentors (form Ф3): meetings and the individual plans that come out of them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, tzinfo

from sheets_sync.domain.codes import CodeKind, find_codes, read_code
from sheets_sync.domain.dates import day_in_period, parse_date, printed
from sheets_sync.domain.intake.cells import Cells
from sheets_sync.domain.intake.decisions import Ledger
from sheets_sync.domain.intake.questionnaires import place_of
from sheets_sync.domain.intake.references import Directory
from sheets_sync.domain.responses import Response
from sheets_sync.domain.school import Meeting, MeetingKind, Plan, PlanItem, SchoolSettings

PLACE = "Отчёт о встрече"
MARKS = ("выполнен", "не выполнен", "снят")
_DUE = re.compile(r"[\s,;(–—-]*(?:до|к|срок)?[\s:]*(\d{1,2}\.\d{1,2}(?:\.\d{4})?)\)?[\s.]*(?:г\.?)?$")
_NUMBERED = re.compile(r"^\s*(?:\d{1,2}[.)]\s+|[-–—•*]\s*)")


@dataclass(frozen=True, slots=True)
class Report:
    """A usable report: the meeting and what it says about the plan."""

    meeting: Meeting
    response: Response
    place: str


def read_reports(
    responses: Iterable[Response], people: Directory, ledger: Ledger, zone: tzinfo
) -> tuple[Report, ...]:
    """Read the reports, oldest first; one that names no known pair or no real date is held back."""
    read = (_report(response, people, ledger, zone) for response in responses)
    return tuple(report for report in read if report is not None)


def meetings_of(reports: Iterable[Report]) -> tuple[Meeting, ...]:
    """Return the meetings, one for each pair, date and kind: of several reports the newest counts."""
    found: dict[tuple[str, date, MeetingKind], Meeting] = {}
    for report in reports:
        meeting = report.meeting
        found[meeting.pair, meeting.on, meeting.kind] = meeting
    return tuple(found.values())


def plans_of(reports: Sequence[Report], settings: SchoolSettings, ledger: Ledger) -> tuple[Plan, ...]:
    """Return the plan of each pair: points of its newest planning report, marks of the reports since."""
    plans: dict[str, Plan] = {}
    for report in reports:
        meeting = report.meeting
        if not meeting.held:
            continue
        plan = plans.get(meeting.pair)
        if meeting.kind is MeetingKind.PLANNING and report.response.text("items").strip():
            items = _items(report, settings, ledger)
            plan = _planned(plan, report, items)
        if plan is None:
            continue
        plan = _with_marks(plan, report)
        plans[meeting.pair] = plan
    return tuple(plans.values())


def with_hand_marks(plan: Plan, rows: Mapping[str, Cells], marked: Mapping[str, date]) -> Plan:
    """Put staff's acceptance and marks into a plan.

    Shape: `rows` maps keys «П-014/1» to cells of «Планы»; `marked` says on what date a mark was first seen.
    """
    items = []
    for item in plan.items:
        cells = rows.get(plan_key(plan.pair, item.number))
        if cells is None:
            items.append(item)
            continue
        said = cells.choice("hand_mark", MARKS, "отметка")
        if said == "снят":
            continue
        done = item.done_on
        if said == "выполнен":
            done = done or marked.get(cells.row.key)
        elif said == "не выполнен":
            done = None
        items.append(replace(item, done_on=done, accepted=cells.flag("accepted")))
    return replace(plan, items=tuple(items))


def plan_key(pair: str, number: int) -> str:
    """Return the key of a point's row in «Планы»."""
    return f"{pair}/{number}"


def _report(response: Response, people: Directory, ledger: Ledger, zone: tzinfo) -> Report | None:
    place = place_of(PLACE, response, zone)
    value = ledger.value(response, "pair", "пара")
    pair = read_code(value.text, CodeKind.PAIR).code
    if pair not in people.pairs:
        said = f"пары «{value.text}» нет в листе «Пары»" if value.text else "не указан номер пары"
        ledger.hold(value, place, f"{said}; впишите верный номер")
        return None
    day = ledger.value(response, "on", "дата встречи")
    on = parse_date(day.text)
    reported = response.submitted.astimezone(zone).date()
    if on is None or on > reported:
        said = "ещё не наступила в день отчёта" if on else "— не дата"
        ledger.hold(
            day, place, f"дата встречи «{printed(on) if on else day.text}» {said}; впишите ДД.ММ.ГГГГ"
        )
        return None
    kind_value = ledger.value(response, "kind", "вид встречи")
    kind = next((known for known in MeetingKind if known == kind_value.text.casefold()), None)
    if kind is None:
        ledger.hold(kind_value, place, f"не понятен вид встречи: «{kind_value.text}»")
        return None
    how = response.text("held")
    meeting = Meeting(
        pair=pair,
        on=on,
        kind=kind,
        held=how != "не состоялась",
        remote=how == "онлайн",
        all_present=response.text("all_present") != "не все",
        absent=_absent(response, people),
        response_id=response.response_id,
        reported_on=reported,
    )
    return Report(meeting, response, place)


def _absent(response: Response, people: Directory) -> tuple[str, ...]:
    readings = find_codes(response.text("absent"), CodeKind.PERSON)
    return tuple(code for reading in readings if (code := people.person(reading.code)))


def _planned(plan: Plan | None, report: Report, items: tuple[PlanItem, ...]) -> Plan:
    goal = report.response.text("goal").strip()
    if plan is None:
        return Plan(report.meeting.pair, goal, items, made_on=report.meeting.on)
    done = {item.text: item.done_on for item in plan.items}
    kept = tuple(replace(item, done_on=done.get(item.text)) for item in items)
    same = [(item.text, item.due) for item in kept] == [(item.text, item.due) for item in plan.items]
    if same and goal == plan.goal:
        return plan
    return replace(plan, goal=goal, items=kept, changed_on=report.meeting.reported_on)


def _items(report: Report, settings: SchoolSettings, ledger: Ledger) -> tuple[PlanItem, ...]:
    value = ledger.value(report.response, "items", "пункты плана")
    items = []
    lines = [line for line in report.response.text("items").splitlines() if line.strip(" -–—•*\t")]
    for number, line in enumerate(lines, 1):
        text = _NUMBERED.sub("", line).strip()
        found = _DUE.search(text)
        due = settings.period_end
        if found:
            read = day_in_period(found[1], settings.period_start, settings.period_end)
            if read is None:
                ledger.ask(value, report.place, f"срок «{found[1]}» — не дата, взят конец периода: «{text}»")
            else:
                due, text = read, text[: found.start()].strip(" ,;–—-(") or text
        items.append(PlanItem(number, text, due))
    return tuple(items)


def _with_marks(plan: Plan, report: Report) -> Plan:
    numbers = {int(text) for text in report.response.answers.get("done_items", ()) if text.strip().isdigit()}
    items = tuple(
        replace(item, done_on=item.done_on or report.meeting.on) if item.number in numbers else item
        for item in plan.items
    )
    reached = report.response.text("goal_reached") if report.meeting.kind is MeetingKind.FINAL else ""
    return replace(plan, items=items, goal_reached=reached or plan.goal_reached)
