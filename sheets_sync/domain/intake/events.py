"""Events from «Мероприятия» and from reports (form Ф5), each counted once."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, tzinfo

from sheets_sync.domain.classes import class_of_school
from sheets_sync.domain.dates import parse_date, printed
from sheets_sync.domain.entries import (
    Event,
)
from sheets_sync.domain.findings import Finding
from sheets_sync.domain.intake.decisions import NO, YES, Ledger, mark
from sheets_sync.domain.intake.questionnaires import place_of
from sheets_sync.domain.responses import Response
from sheets_sync.domain.school import (
    SchoolSettings,
)
from sheets_sync.domain.textforms import cleaned, folded

PLACE = "Отчёт о мероприятии"
WHOLE_SCHOOL = "общешкольное"
PUBLICATION = "публикация"
KINDS = (
    "классный час",
    "родительское собрание",
    "рабочая встреча",
    "педсовет",
    "занятие для наставников",
    "консультация",
    "нетворкинг",
    "деловая игра",
    PUBLICATION,
    "другое",
)


def reported_events(
    responses: Iterable[Response], ledger: Ledger, settings: SchoolSettings, zone: tzinfo
) -> tuple[Event, ...]:
    """Read the reports of form Ф5, oldest first; one without a real date or number is held back."""
    read = (_event(response, ledger, settings, zone) for response in responses)
    return tuple(event for event in read if event is not None)


def counted_once(staff: Sequence[Event], reported: Sequence[Event], ledger: Ledger) -> tuple[Event, ...]:
    """Return all events without repeats.

    A report with the kind, date and class of a staff's row is that event, unless a person says «нет»; the
    greater attendance counts. Two reports are one event when their topics agree too, and so are two rows of
    staff that agree in everything they say about the event.
    """
    events: list[Event] = []
    for row in staff:
        place = next((number for number, known in enumerate(events) if known.key == row.key), None)
        if place is None or not (row.on or row.planned_on) or not _confirmed(events[place], row, ledger):
            events.append(row)
        else:
            events[place] = _together(events[place], row)
    for report in reported:
        place = next((number for number, known in enumerate(events) if _same(known, report)), None)
        if place is None or not _confirmed(events[place], report, ledger):
            events.append(report)
        else:
            events[place] = _together(events[place], report)
    return tuple(events)


def event_key(kind: str, on: date | None, school_class: str, topic: str, link: str = "") -> str:
    """Return a key of a staff's row that does not depend on its place in the sheet."""
    return f"М-{mark(kind, on.isoformat() if on else '', school_class, folded(topic), link)}"


def _same(known: Event, report: Event) -> bool:
    day = known.on or known.planned_on
    if (known.kind, day, known.school_class) != (report.kind, report.on, report.school_class):
        return False
    if known.mentor_group != report.mentor_group:
        return False
    if known.link and report.link and known.link != report.link and known.kind == "публикация":
        return False
    return not (known.source == report.source and folded(known.topic) != folded(report.topic))


def _confirmed(known: Event, report: Event, ledger: Ledger) -> bool:
    key = f"одно мероприятие/{known.key}/{report.key}"
    decision = ledger.decisions.get(key)
    answer = decision.answer if decision else ""
    if answer in {YES, NO}:
        return answer == YES
    what = " ".join(
        part
        for part in (f"{report.kind},", printed(report.on) if report.on else "", report.school_class)
        if part
    )
    twice = "строка в «Мероприятиях» и отчёт"
    if report.source != PLACE:
        twice = "две строки в «Мероприятиях»"
    elif known.source == PLACE:
        twice = "два отчёта"
    text = f"{what}: {twice} об одном — считаем один раз; если это разные мероприятия, ответьте «нет»"
    ledger.findings.append(Finding(key, PLACE, text, suggestion="одно мероприятие", subject=report.key))
    return True


def _together(known: Event, report: Event) -> Event:
    numbers = [number for number in (known.attended, report.attended) if number is not None]
    return replace(
        known,
        on=known.on or report.on,
        attended=max(numbers) if numbers else None,
        topic=known.topic or report.topic,
        lecturer=known.lecturer or report.lecturer,
        organisation=known.organisation or report.organisation,
        link=known.link or report.link,
    )


def _event(response: Response, ledger: Ledger, settings: SchoolSettings, zone: tzinfo) -> Event | None:
    place = place_of(PLACE, response, zone)
    kind_value = ledger.value(response, "kind", "вид")
    kind = next((known for known in KINDS if known == kind_value.text.casefold()), "")
    if not kind:
        ledger.hold(kind_value, place, f"не понятно, что прошло: «{kind_value.text}»")
        return None
    day = ledger.value(response, "on", "дата")
    on = parse_date(day.text)
    reported = response.submitted.astimezone(zone).date()
    if on is None or on > reported:
        said = "ещё не наступила в день отчёта" if on else "— не дата"
        ledger.hold(day, place, f"дата «{printed(on) if on else day.text}» {said}; впишите ДД.ММ.ГГГГ")
        return None
    attended = ledger.value(response, "attended", "присутствовало")
    if not (attended.text.isascii() and attended.text.isdigit() and len(attended.text) < 6):
        ledger.hold(attended, place, f"сколько присутствовало: «{attended.text}» — не число; впишите числом")
        return None
    class_value = ledger.value(response, "school_class", "класс")
    school_class = printed_class(class_value.text, settings)
    if school_class is None:
        ledger.hold(class_value, place, f"такого класса в школе нет: «{class_value.text}»")
        return None
    if kind == PUBLICATION and not response.text("link").strip():
        link = ledger.value(response, "link", "ссылка")
        ledger.ask(link, place, "публикация без ссылки не засчитана: впишите ссылку в «Материалы и ссылки»")
    lecturer, organisation = _lecturer(response.text("lecturer"))
    return Event(
        key=response.response_id,
        kind=kind,
        on=on,
        school_class=school_class,
        mentor_group=response.text("mentor_group"),
        topic=response.text("topic"),
        lecturer=lecturer,
        organisation=organisation,
        remote=response.text("held") == "дистанционно",
        attended=int(attended.text),
        link=cleaned(response.text("link")),
        note=response.text("reporter"),
        source=PLACE,
    )


def printed_class(text: str, settings: SchoolSettings) -> str | None:
    """Return the printed class, «общешкольное» or "" as they are, None for an unknown class."""
    plain = cleaned(text)
    if not plain or plain.casefold() == WHOLE_SCHOOL:
        return plain.casefold()
    found = class_of_school(plain, settings.classes)
    return str(found) if found else None


def _lecturer(text: str) -> tuple[str, str]:
    name, _, organisation = cleaned(text).partition(",")
    return name.strip(), organisation.strip()
