"""Minutes of the teachers' council: one for every council that took place and has no minutes on paper."""

from datetime import date, timedelta
from fractions import Fraction

from sheets_sync.domain.documents.content import Content
from sheets_sync.domain.documents.facts import Facts
from sheets_sync.domain.documents.kinds import COUNCIL
from sheets_sync.domain.documents.wording import counted, long_date, surname_first
from sheets_sync.domain.indicators.values import percent
from sheets_sync.domain.school import Event

EVENT = "педсовет"
HEADING = "Протокол педагогического совета"
_WRITTEN_WITHIN = timedelta(days=14)


def council(facts: Facts) -> tuple[Content, ...]:
    """Return the minutes to finish; what the council said and decided is for the secretary to write."""
    held = sorted(
        (event for event in facts.events if event.kind == EVENT and event.on and event.on <= facts.as_of),
        key=lambda event: (event.on or date.max, event.key),
    )
    return tuple(
        _minutes(event, event.on, facts) for event in held if event.on and not _on_paper(event.on, facts)
    )


def _on_paper(held: date, facts: Facts) -> bool:
    return any(
        paper.kind == COUNCIL
        and not paper.key
        and paper.on is not None
        and held <= paper.on <= held + _WRITTEN_WITHIN
        for paper in facts.papers
    )


def _minutes(event: Event, on: date, facts: Facts) -> Content:
    topic = event.topic or "Целевая модель наставничества"
    fields = {
        **facts.common(),
        "дата педсовета": long_date(on),
        "тема": topic,
        "докладчик": event.lecturer or "____________________",
        "явка": _attendance(event),
        "подписант фамилия": surname_first(facts.settings.signatory_name),
    }
    heading = f"{HEADING} от {on:%d.%m.%Y}"
    return Content(COUNCIL, heading, fields, subject=on.isoformat())


def _attendance(event: Event) -> str:
    if event.attended is None:
        return "____ человек (список прилагается)"
    present = counted(event.attended, "человек", "человека", "человек")
    if not event.expected:
        return f"{present} (список прилагается)"
    share = percent(Fraction(event.attended, event.expected))
    return f"{present} из {event.expected} ({share}; список прилагается)"
