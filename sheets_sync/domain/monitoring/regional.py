"""The official figures of the programme as a school counts them, on a date and over the period.

Source: the programme's table of effectiveness, domain notes 1.6. A region divides by everybody who lives
there; a school by its own contingent on the control date, and says so in every report.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sheets_sync.domain.dates import age_on, printed
from sheets_sync.domain.indicators.evaluator import Evaluator
from sheets_sync.domain.indicators.pair_records import participants
from sheets_sync.domain.indicators.people_records import organisation_of, partner_words
from sheets_sync.domain.indicators.rules import ContingentQuery
from sheets_sync.domain.monitoring.figures import Figure, Noun, tally
from sheets_sync.domain.monitoring.satisfaction import satisfied
from sheets_sync.domain.monitoring.targets import TARGETS
from sheets_sync.domain.school import Diagnostic, Evidence, Group, Person, Role

SECTION = "Показатели для региона"
DENOMINATOR = "знаменатель — контингент школы на контрольную дату"
ON_DATE, OVER_PERIOD = "на дату", "за период"

_COLUMNS = {
    "total": "Всего",
    "aged_10_19": "из них 10–19",
    "aged_15_19": "из них 15–19",
    "young_specialists": "Мол. специалистов",
}


@dataclass(frozen=True, slots=True)
class Span:
    """On what day, or over what days, people are counted; `key` is short and stable."""

    key: str
    name: str
    start: date
    end: date

    def takes(self, since: date | None, until: date | None) -> bool:
        """Whether what stands from `since` to the day before `until` falls into the span."""
        return since is not None and since <= self.end and (until is None or until > self.start)


def spans(evidence: Evidence) -> tuple[Span, Span]:
    """Return the last day that is known and the period up to it; after the period both stand still."""
    settings = evidence.settings
    day = min(evidence.as_of, settings.period_end)
    start = min(settings.period_start, day)
    return (
        Span("date", ON_DATE, day, day),
        Span("period", f"{OVER_PERIOD} с {printed(start)}", start, day),
    )


def regional_figures(evidence: Evidence) -> tuple[Figure, ...]:
    """Return the six official figures, each on the date and over the period."""
    evaluator = Evaluator(evidence)
    found: list[Figure] = []
    for span in spans(evidence):
        found += _shares(evidence, evaluator, span)
        for role, key in ((Role.MENTEE, "mentees_satisfied"), (Role.MENTOR, "mentors_satisfied")):
            answers = satisfied(evidence, role, in_programme(evidence, role, span), span.start, span.end)
            found.append(_satisfaction(evidence, span, key, role, answers))
    return tuple(found)


def in_programme(evidence: Evidence, role: Role, span: Span) -> frozenset[str]:
    """Return the people whom an order in force puts into the role, on the day or in the period."""
    return frozenset(
        record.id
        for record in participants(evidence)
        if record.get("role") == role.value and span.takes(record.since, record.until)
    )


def _shares(evidence: Evidence, evaluator: Evaluator, span: Span) -> Iterable[Figure]:
    people = {person.code: person for person in evidence.people}
    mentees = in_programme(evidence, Role.MENTEE, span)
    mentors = in_programme(evidence, Role.MENTOR, span)
    yield _aged(evidence, evaluator, span, "mentees_10_19", (10, 19), _pupils(mentees, people))
    yield _aged(evidence, evaluator, span, "mentors_15_19", (15, 19), _pupils(mentors, people))
    young = frozenset(code for code in mentees if code in people and people[code].is_young_specialist)
    yield _figure(
        evidence,
        evaluator,
        span,
        "young_teachers",
        ContingentQuery(Group.TEACHER.value, "young_specialists"),
        young,
        "молодые специалисты (стаж до 3 лет) в роли наставляемых",
        noun=("молодой специалист", "молодых специалиста", "молодых специалистов"),
    )
    spellings = partner_words(evidence.partners)
    names = {organisation_of(people[code], spellings) for code in mentors if code in people}
    yield _figure(
        evidence,
        evaluator,
        span,
        "partners",
        ContingentQuery("организация", "total"),
        frozenset(names - {""}),
        "организации листа «Партнёры», от которых есть наставник в паре",
        noun=("организация", "организации", "организаций"),
    )


def _pupils(codes: Iterable[str], people: Mapping[str, Person]) -> list[Person]:
    return [people[code] for code in codes if code in people and people[code].group is Group.PUPIL]


def _aged(
    evidence: Evidence,
    evaluator: Evaluator,
    span: Span,
    key: str,
    ages: tuple[int, int],
    people: list[Person],
) -> Figure:
    low, high = ages
    counted = frozenset(
        person.code
        for person in people
        if person.birth_date is not None and low <= age_on(person.birth_date, span.end) <= high
    )
    unknown = sum(person.birth_date is None for person in people)
    role = "наставляемых" if key == "mentees_10_19" else "наставников"
    return _figure(
        evidence,
        evaluator,
        span,
        key,
        ContingentQuery(Group.PUPIL.value, f"aged_{low}_{high}"),
        counted,
        f"обучающиеся {low}–{high} лет в роли {role}, возраст — полных лет на последний день",
        note=f"не засчитано без даты рождения: {unknown}" if unknown else "",
        noun=("обучающийся", "обучающихся", "обучающихся"),
    )


def _figure(
    evidence: Evidence,
    evaluator: Evaluator,
    span: Span,
    key: str,
    whole: ContingentQuery,
    counted: frozenset[str],
    rule: str,
    *,
    noun: Noun,
    note: str = "",
) -> Figure:
    return Figure(
        key=f"{key}/{span.key}",
        section=SECTION,
        title=_title(key),
        span=span.name,
        part=tally(counted),
        whole=evaluator.tally(whole, span.end),
        rule=f"{rule}; {DENOMINATOR}",
        target=evidence.settings.regional_targets.get(key),
        noun=noun,
        fill=f"лист «Контингент», строка «{whole.group}», колонка «{_COLUMNS[whole.column]}»",
        note=note,
    )


def _satisfaction(
    evidence: Evidence, span: Span, key: str, role: Role, answers: tuple[list[Diagnostic], list[Diagnostic]]
) -> Figure:
    pleased, answered = answers
    return Figure(
        key=f"{key}/{span.key}",
        section=SECTION,
        title=_title(key),
        span=span.name,
        part=tally({answer.person for answer in pleased}),
        whole=tally({answer.person for answer in answered}),
        rule=(
            f"последний отзыв — {evidence.settings.satisfied_from} баллов из 10 или больше; знаменатель — "
            f"ответившие участники программы в роли «{role.value}»"
        ),
        target=evidence.settings.regional_targets.get(key),
    )


def _title(key: str) -> str:
    return TARGETS[key][:1].upper() + TARGETS[key][1:]
