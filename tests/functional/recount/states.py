"""The state of all 32 measures, told from day to day of the recount: what was there on which day.

Deadlines and thresholds are copied by hand from the school's document (tests/data/roadmap_source.txt), the
rules of states from the field's report: done, done late, overdue, at risk, and so on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property

from tests.functional.recount.daily import END, START, Count, Diary, last_planned, recount

Limit = int | Fraction
PERCENT = Fraction(1, 100)
OCTOBER_21, OCTOBER_1 = date(2022, 10, 21), date(2022, 10, 1)
COVERAGE: dict[str, Limit] = {
    f"M01.{group}": 10 * PERCENT for group in ("pupils", "teachers", "parents", "graduates", "partners")
}
ALL = Fraction(1)

DUE: dict[int, date] = {
    1: date(2022, 9, 16), 2: END, 3: date(2022, 9, 9), 4: date(2022, 9, 17), 6: date(2022, 10, 14),
    7: OCTOBER_21, 8: OCTOBER_21, 9: END, 10: OCTOBER_21, 11: OCTOBER_21, 12: END, 13: date(2022, 12, 23),
    14: OCTOBER_21, 15: date(2022, 9, 30), 16: date(2022, 9, 30), 17: date(2022, 12, 20),
    18: date(2022, 10, 14), 19: OCTOBER_21, 20: END, 21: END, 22: date(2023, 1, 10), 23: OCTOBER_1, 24: END,
    25: OCTOBER_1, 26: OCTOBER_1, 27: OCTOBER_1, 28: OCTOBER_1, 29: END, 30: END, 31: date(2022, 12, 23),
    32: END,
}  # fmt: skip

REQUIRED: dict[int, dict[str, Limit]] = {
    1: COVERAGE,
    2: {"M02.mentors": 1, **COVERAGE},
    3: {"M03.list": 1, "M03.organisations": 2 * PERCENT},
    4: {"M04.agreements": ALL},
    5: {"M05.experts": 5, "M05.sessions": ALL, "M05.consultations": 1},
    6: {"M06.meeting": 1, "M06.answers": 1},
    7: {"M07.pairs": 1},
    8: {"M08.consents": ALL},
    9: {"M09.pairs": ALL},
    10: {"M10.pairs": ALL},
    11: {"M11.order": 1, "M11.plans": ALL},
    12: {"M12.items": 90 * PERCENT, "M12.planned": ALL, "M12.people": ALL},
    13: {"M13.game": 1, "M13.attendance": 90 * PERCENT},
    14: {"M14.materials": ALL},
    15: {"M15.acts": 1},
    16: {"M16.questionnaires": ALL},
    17: {"M17.digest": 1, "M17.meetings": 1, "M17.practices": 1, "M17.sent": 1},
    18: {"M18.analysed": ALL, "M18.interviews": ALL, "M18.forms": ALL},
    19: {"M19.notified": ALL, "M19.order": 1, "M06.answers": 1, "M07.pairs": 1},
    20: {"M20.quarters": ALL, "M20.compared": 1},
    21: {"M21.registry": ALL},
    22: {"M22.sent": 1},
    23: {"M23.rubrics": 2, "M23.plan": 1},
    24: {"M24.publications": 5},
    25: {"M25.attendance": 90 * PERCENT, "M25.minutes": 1, "M25.registry": 1},
    26: {"M26.speeches": 5, "M26.parents": 500, "M26.registry": 1},
    27: {"M27.pupils": 90 * PERCENT, "M27.registry": 1},
    28: {"M28.meetings": 7, "M28.registry": 1},
    29: {"M29.done": ALL},
    30: {"M30.on_time": ALL},
    31: {"M31.next": 1},
    32: {"M32.people": 5},
}
UNTIL_THE_END = {21, 29, 30}
LAST_QUARTER = date(2022, 10, 1)
CONTROLS = (29, 30)
RISKS = ((7, ALL), (21, Fraction(1, 2)))
"""Seven days before the deadline everything must be there, three weeks before it a half."""


@dataclass(frozen=True)
class State:
    """What the recount says of a measure: the state, since when it is done, the last day, what is told."""

    name: str
    done_on: date | None
    due: date
    figures: Mapping[str, Count]
    ready: Fraction


def reached(count: Count, limit: Limit) -> bool | None:
    """Whether it is enough; None when nobody can say."""
    part, whole = count
    if isinstance(limit, int):
        return None if part is None else part >= limit
    return None if part is None or not whole else part >= limit * whole


@dataclass
class Calendar:
    """All days of the year up to the date, each with its numbers."""

    diary: Diary
    as_of: date
    _days: dict[date, dict[str, Count]] = field(default_factory=dict)

    def numbers(self, on: date) -> dict[str, Count]:
        if on not in self._days:
            self._days[on] = recount(self.diary, on)
        return self._days[on]

    @cached_property
    def due(self) -> dict[int, date]:
        training = last_planned(self.diary, lambda kind: kind in {"занятие для наставников", "консультация"})
        return DUE | {5: training or END}

    def enough(self, number: int, on: date) -> bool:
        counted = [
            found
            for name, limit in REQUIRED[number].items()
            if (found := reached(self.numbers(on)[name], limit)) is not None or name not in COVERAGE
        ]
        return bool(counted) and all(counted)

    def since(self, number: int, on: date) -> date:
        """The first day of the unbroken time, up to the day, in which there was enough."""
        while on > START and self.enough(number, on - timedelta(days=1)):
            on -= timedelta(days=1)
        return on

    def fulfilled(self, number: int) -> tuple[bool, date | None]:
        """Whether the measure is closed, and the day on which there came to be enough."""
        due, now = self.due[number], self.enough(number, self.as_of)
        if due <= self.as_of and self.enough(number, due):
            on: date | None = self.since(number, due)
        elif now and due < self.as_of:
            late = (due + timedelta(days=shift) for shift in range(1, (self.as_of - due).days + 1))
            on = next(each for each in late if self.enough(number, each))
        else:
            on = self.since(number, self.as_of) if now else None
        opens = due if number in UNTIL_THE_END else LAST_QUARTER if number == 20 else START
        closed = now and self.as_of >= opens
        return closed, max(on, opens) if on and closed else on

    @cached_property
    def figures(self) -> dict[str, Count]:
        """The numbers of the date, with those of the measures that count the others."""
        others = [number for number in REQUIRED if number not in CONTROLS]
        told = {number: self.fulfilled(number) for number in others}
        came = [number for number in others if self.due[number] <= self.as_of]
        in_time = [number for number in came if (on := told[number][1]) and on <= self.due[number]]
        return self.numbers(self.as_of) | {
            "M29.done": (sum(closed for closed, _ in told.values()), len(others)),
            "M30.on_time": (len(in_time), len(came)),
        }

    def state(self, number: int) -> State:
        figures = {name: self.figures[name] for name in REQUIRED[number]}
        met = {name: reached(figures[name], limit) for name, limit in REQUIRED[number].items()}
        counted = {name: said for name, said in met.items() if said is not None or name not in COVERAGE}
        kept = counted or met
        ready = min(self._ready(name, REQUIRED[number][name]) for name in kept)
        due = self.due[number]
        closed, on = (False, None) if number in CONTROLS else self.fulfilled(number)
        name = self._name(number, kept, ready, closed, on)
        shown = {each: figures[each] for each in kept}
        return State(name, on if name.startswith("выполнено") else None, due, shown, ready)

    def _name(
        self, number: int, met: Mapping[str, bool | None], ready: Fraction, closed: bool, on: date | None
    ) -> str:
        due, overdue = self.due[number], self.as_of > self.due[number]
        if closed:
            return "выполнено с опозданием" if on and on > due else "выполнено"
        if all(met.values()):
            return "в работе"
        if number not in CONTROLS and due <= self.as_of and self.enough(number, due):
            return "требует решения"
        nobody_knows = [name for name in met if self._unknown(name, REQUIRED[number][name])]
        short = [name for name, said in met.items() if name not in nobody_knows and not said]
        if nobody_knows and not (overdue and short):
            return "требует решения" if "M03.organisations" in nobody_knows else "нет данных"
        if overdue:
            return "просрочено"
        if any((due - self.as_of).days <= days and ready < share for days, share in RISKS):
            return "под угрозой"
        return "в работе" if any(self.figures[name][0] for name in met) else "не начато"

    def _unknown(self, name: str, limit: Limit) -> bool:
        part, whole = self.figures[name]
        return part is None or (not isinstance(limit, int) and whole is None)

    def _ready(self, name: str, limit: Limit) -> Fraction:
        part, whole = self.figures[name]
        if part is None or self._unknown(name, limit):
            return Fraction(0)
        goal = Fraction(limit) if isinstance(limit, int) else limit * (whole or 0)
        if not goal:
            return Fraction(0)
        return min(Fraction(1), part / goal)


def printed(count: Count, share: bool) -> str:
    """The number as the reason begins to tell it."""
    part, whole = count
    if part is None:
        return "нет данных"
    if not share:
        return str(part)
    if whole is None:
        return f"{part}, доля неизвестна"
    return f"{part} из {whole} (" if whole else "пока некого считать"


def tenths(share: Fraction) -> str:
    """A share in per cent cut to a tenth: 76, 94,3."""
    whole, tenth = divmod(share.numerator * 1000 // share.denominator, 10)
    return f"{whole},{tenth}" if tenth else str(whole)


def told(state: State) -> str:
    """How the reason has to begin."""
    due = f"{state.due:%d.%m.%Y}"
    if state.name == "выполнено":
        return f"выполнено {state.done_on:%d.%m.%Y}:"
    if state.name == "выполнено с опозданием":
        return f"выполнено {state.done_on:%d.%m.%Y} при сроке {due}:"
    if state.name == "просрочено":
        return f"срок {due} прошёл:"
    if state.name == "под угрозой":
        return f"срок {due} близко, готово {tenths(state.ready)}\u00a0% нужного:"
    if state.name == "не начато":
        return "подтверждений ещё нет:"
    if state.name == "требует решения":
        return f"на срок {due} было выполнено"
    return ""
