"""Satisfaction and the two stages of monitoring, each with its response rate.

The share of the satisfied depends on whom it is taken of: of those who answered or of all participants. Both
are shown, and beside them how many answered. Source: domain notes 1.6 and 1.7.
"""

from datetime import date
from fractions import Fraction

from sheets_sync.domain.deadlines import Period, quarters
from sheets_sync.domain.indicators.pair_records import participants
from sheets_sync.domain.indicators.records import Record
from sheets_sync.domain.indicators.values import Tally
from sheets_sync.domain.monitoring.figures import Figure, tally
from sheets_sync.domain.school import Diagnostic, Evidence, Role

SATISFACTION = "Удовлетворённость"
STAGES = "Два этапа мониторинга"
QUARTERS = "Диагностика по кварталам"
_ALL = Fraction(1)
_PLURAL = {Role.MENTEE: "наставляемые", Role.MENTOR: "наставники"}


def latest_answers(
    evidence: Evidence, role: Role, people: frozenset[str], start: date, end: date
) -> dict[str, Diagnostic]:
    """Return each person's latest answer in a role up to `end`, not older than the school's period.

    Shape: `start` is the first day of the span; a span of one day takes the latest answer before it, too.
    """
    since = min(start, evidence.settings.period_start)
    found: dict[str, Diagnostic] = {}
    for answer in sorted(evidence.diagnostics, key=lambda one: (one.on, one.response_id)):
        if answer.role is role and answer.person in people and since <= answer.on <= end:
            found[answer.person] = answer
    return found


def satisfied(
    evidence: Evidence, role: Role, people: frozenset[str], start: date, end: date
) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """Return the latest answers of the satisfied, and of all who said how satisfied they are."""
    latest = latest_answers(evidence, role, people, start, end).values()
    answered = [answer for answer in latest if answer.satisfaction is not None]
    least = evidence.settings.satisfied_from
    return [answer for answer in answered if (answer.satisfaction or 0) >= least], answered


def satisfaction_figures(evidence: Evidence) -> tuple[Figure, ...]:
    """Return satisfaction of both roles over the period: of those who answered, of all, and who answered."""
    start, end = _span(evidence)
    found: list[Figure] = []
    for role in (Role.MENTEE, Role.MENTOR):
        everybody = _entered(evidence, role, start, end)
        pleased, answered = satisfied(evidence, role, everybody, start, end)
        happy = tally({answer.person for answer in pleased})
        heard = tally({answer.person for answer in answered})
        whole = tally(everybody)
        rule = f"последний отзыв за период, {evidence.settings.satisfied_from} баллов из 10 или больше"
        who = _PLURAL[role]
        found += [
            _figure(f"satisfied/{role}/answered", f"Довольны {who}, из ответивших", happy, heard, rule),
            _figure(f"satisfied/{role}/all", f"Довольны {who}, из всех участников", happy, whole, rule),
            _figure(
                f"satisfied/{role}/response",
                f"Ответили {who}",
                heard,
                whole,
                "участники, у которых есть отзыв за период, ÷ все участники за период",
            ),
        ]
    return tuple(found)


def stage_figures(evidence: Evidence) -> tuple[Figure, ...]:
    """Return who answered in each stage: quality of the programme, measure at the entry, measure after."""
    start, end = _span(evidence)
    found: list[Figure] = []
    for role in (Role.MENTEE, Role.MENTOR):
        everybody = _entered(evidence, role, start, end)
        own = [one for one in evidence.diagnostics if one.role is role and start <= one.on <= end]
        answered = [answer for answer in own if answer.person in everybody]
        quality = {answer.person for answer in answered if answer.glad is not None or answer.expectations}
        entered = {answer.person for answer in answered}
        again = {person for person in entered if sum(one.person == person for one in answered) > 1}
        who = _PLURAL[role]
        for stage, title, people, rule in (
            ("1", f"Этап 1, качество программы: {who}", quality, "ответили на закрытые вопросы отзыва"),
            ("2-before", f"Этап 2, замер «до»: {who}", entered, "есть первая анкета диагностики"),
            (
                "2-after",
                f"Этап 2, замер «после»: {who}",
                again,
                "есть вторая анкета: сравнить можно только их",
            ),
        ):
            found.append(
                Figure(
                    key=f"stage/{stage}/{role}",
                    section=STAGES,
                    title=title,
                    span="за период",
                    part=tally(people),
                    whole=tally(everybody),
                    rule=f"{rule} ÷ все участники за период",
                    target=_ALL,
                )
            )
    return tuple(found)


def quarter_figures(evidence: Evidence) -> tuple[Figure, ...]:
    """Return who answered in each quarter that has begun, of those whose pair worked in it."""
    settings = evidence.settings
    found: list[Figure] = []
    for quarter in quarters(Period(settings.period_start, settings.period_end)):
        if quarter.start > evidence.as_of:
            break
        people = frozenset(
            record.id
            for record in participants(evidence)
            if _stays_through(record, quarter.start, quarter.end)
        )
        answered = {
            answer.person for answer in evidence.diagnostics if quarter.start <= answer.on <= quarter.end
        }
        found.append(
            Figure(
                key=f"quarter/{quarter.name}",
                section=QUARTERS,
                title=quarter.name,
                span=quarter.name,
                part=tally(answered & people),
                whole=tally(people),
                rule="участники действующих пар, прошедшие диагностику; кто выбыл в квартале, не считается",
                target=_ALL,
            )
        )
    return tuple(found)


def _figure(key: str, title: str, part: Tally, whole: Tally, rule: str) -> Figure:
    return Figure(key, SATISFACTION, title, "за период", part, whole, rule)


def _span(evidence: Evidence) -> tuple[date, date]:
    end = min(evidence.as_of, evidence.settings.period_end)
    return min(evidence.settings.period_start, end), end


def _entered(evidence: Evidence, role: Role, start: date, end: date) -> frozenset[str]:
    return frozenset(
        record.id
        for record in participants(evidence)
        if record.get("role") == role.value
        and record.since is not None
        and record.since <= end
        and (record.until is None or record.until > start)
    )


def _stays_through(record: Record, start: date, end: date) -> bool:
    """Whether a participant's pair worked in the quarter and did not end within it."""
    if record.since is None or record.since > end:
        return False
    return record.until is None or record.until > end
