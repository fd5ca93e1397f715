"""The cross-table: role × category × form of mentoring × sex × age band, unique people.

Source: the roadmap's measure 22 and domain notes 1.6. Counted are the people of the pairs that an order put
in force at any time of the period; the age is that of the last day. A sex that no patronymic tells and an
age without a birth date stay unknown: nothing is guessed.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sheets_sync.domain.dates import age_on
from sheets_sync.domain.indicators.pair_records import participants as records_of
from sheets_sync.domain.monitoring.regional import spans
from sheets_sync.domain.school import Evidence

UNKNOWN = "нет данных"
SEXES = {"м": "мужской", "ж": "женский"}
BANDS = ((0, 9, "до 10"), (10, 14, "10–14"), (15, 17, "15–17"), (18, 19, "18–19"), (20, 200, "20 и старше"))


@dataclass(frozen=True, slots=True)
class Participant:
    """One person in one role and one form of mentoring; `sex` "" and `age` None while nobody knows."""

    person: str
    role: str
    group: str
    form: str
    sex: str
    age: int | None

    @property
    def band(self) -> str:
        """The age band, «нет данных» for an unknown age."""
        if self.age is None:
            return UNKNOWN
        return next(name for low, high, name in BANDS if low <= self.age <= high)


@dataclass(frozen=True, slots=True, order=True)
class Crossing:
    """One cell of the cross-table; the words are those people read."""

    role: str
    group: str
    form: str
    sex: str
    band: str
    people: int


def participants(evidence: Evidence) -> tuple[Participant, ...]:
    """Return everybody who took part in the period, once for each role and form."""
    period = spans(evidence)[1]
    people = {person.code: person for person in evidence.people}
    forms = {pair.code: pair.form for pair in evidence.pairs}
    found: dict[tuple[str, str, str], Participant] = {}
    for record in records_of(evidence):
        person = people.get(record.id)
        if person is None or not period.takes(record.since, record.until):
            continue
        role, form = str(record.get("role")), forms[str(record.get("pair"))]
        age = None if person.birth_date is None else age_on(person.birth_date, period.end)
        one = Participant(person.code, role, person.group.value, form, SEXES.get(person.sex, ""), age)
        found[person.code, role, form] = one
    return tuple(found[key] for key in sorted(found))


def cross_table(people: Iterable[Participant]) -> tuple[Crossing, ...]:
    """Return the cells in which there is anybody, in order."""
    cells = Counter((one.role, one.group, one.form, one.sex or UNKNOWN, one.band) for one in people)
    return tuple(sorted(Crossing(*cell, people=number) for cell, number in cells.items()))
