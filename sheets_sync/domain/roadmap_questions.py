"""What staff entered for measures or indicators that the roadmap does not have."""

from collections.abc import Iterable

from sheets_sync.domain.entries import (
    Mark,
)
from sheets_sync.domain.findings import Finding
from sheets_sync.domain.roadmap import Roadmap
from sheets_sync.domain.school import (
    SchoolSettings,
)


def unknown_measures(
    roadmap: Roadmap, settings: SchoolSettings, marks: Iterable[Mark]
) -> tuple[Finding, ...]:
    """Say which control dates and hand-set marks name nothing of the roadmap and therefore change nothing."""
    numbers = {str(measure.number) for measure in roadmap.measures}
    known = numbers | {indicator.id for measure in roadmap.measures for indicator in measure.indicators}
    marked = sorted({mark.measure for mark in marks} - {int(number) for number in numbers})
    return (
        *(
            Finding(
                f"Настройки/контрольная дата/{key}",
                "«Настройки»",
                f"контрольная дата для «{key}»: такого пункта или показателя нет",
            )
            for key in sorted(settings.control_dates)
            if key not in known
        ),
        *(
            Finding(f"Отметки/пункт/{number}", "«Отметки»", f"пункта {number} в дорожной карте нет")
            for number in marked
        ),
    )
