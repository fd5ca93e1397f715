"""What a night says about one measure or one indicator, for whoever has to defend the number."""

import re

from sheets_sync.domain.indicators.explanation import Explanation
from sheets_sync.domain.roadmap import Measure, Roadmap
from sheets_sync.errors import UnknownNameError
from sheets_sync.workflows.night import Night

_MEASURE = re.compile(r"[MmМм]?0*(\d{1,3})")


def explanation_of(night: Night, roadmap: Roadmap, name: str) -> Explanation:
    """Explain an indicator («M01.pupils») or a measure («M01», «1») by what the night found.

    Raises:
        UnknownNameError: the roadmap has neither.
    """
    values = {value.id: value for value in night.report.values}
    people = {
        person.code: ", ".join(part for part in (person.name, person.school_class) if part)
        for person in night.intake.people
        if person.code in night.intake.consented
    }
    as_of = night.report.as_of
    found = _measure(roadmap, name)
    if found is not None:
        counted = tuple(values[indicator.id] for indicator in roadmap.indicators_of(found))
        return Explanation(found, counted, as_of, True, people)
    for measure in roadmap.measures:
        for indicator in measure.indicators:
            if indicator.id.casefold() == name.casefold():
                return Explanation(measure, (values[indicator.id],), as_of, False, people)
    raise UnknownNameError(f"Нет показателя «{name}»", hint=_near(roadmap, name))


def _measure(roadmap: Roadmap, name: str) -> Measure | None:
    match = _MEASURE.fullmatch(name.strip())
    number = int(match[1]) if match else None
    return next((each for each in roadmap.measures if each.number == number or each.id == name), None)


def _near(roadmap: Roadmap, name: str) -> str:
    measure = _measure(roadmap, name.partition(".")[0])
    near = [indicator.id for indicator in roadmap.indicators_of(measure)] if measure else []
    return f"Похожие: {', '.join(near)}" if near else "Номера показателей: sheets-sync roadmap show"
