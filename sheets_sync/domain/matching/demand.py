"""Requests of mentees against resources of mentors, per form and subject (measure 18)."""

from dataclasses import dataclass

from sheets_sync.domain.matching.decisions import settle
from sheets_sync.domain.matching.model import Market
from sheets_sync.domain.matching.words import counted


@dataclass(frozen=True, slots=True)
class Demand:
    """One line of «Запросы и ресурсы».

    Shape: `requests` are mentees of the form who ask for the subject, `mentors` those who offer it and
    `places` their capacities; a mentor with several resources counts in each, so columns do not add up.
    """

    form: str
    subject: str
    requests: int
    mentors: int
    places: int

    @property
    def shortage(self) -> int:
        """Requests without a place, 0 when there are enough."""
        return max(0, self.requests - self.places)

    @property
    def text(self) -> str:
        """The line in words: «математика: 14 запросов, 5 мест»."""
        asked = counted(self.requests, "запрос", "запроса", "запросов")
        return f"{self.subject}: {asked}, {counted(self.places, 'место', 'места', 'мест')}"

    @property
    def conclusion(self) -> str:
        """What follows for whom to invite."""
        if self.shortage:
            return f"{self.text} — не хватает {counted(self.shortage, 'места', 'мест', 'мест')}"
        if not self.requests:
            return "запросов нет" if self.places else "больше не спрашивают и не предлагают"
        return f"{self.text} — хватает"


def demand(market: Market) -> tuple[Demand, ...]:
    """Count requests and places, the greatest shortage first within each form; unused subjects are out."""
    clean = settle(market).market
    lines: list[Demand] = []
    for rule in clean.rules.forms:
        asking = [m for m in clean.mentees if rule.title in m.forms]
        offering = [m for m in clean.mentors if rule.title in m.forms]
        subjects = {s for m in asking for s in m.needs} | {s for m in offering for s in m.resources}
        mine = [
            Demand(
                rule.title,
                subject,
                sum(1 for m in asking if subject in m.needs),
                sum(1 for m in offering if subject in m.resources),
                sum(m.capacity for m in offering if subject in m.resources),
            )
            for subject in subjects
        ]
        lines += sorted(mine, key=lambda d: (-d.shortage, -d.requests, d.subject))
    return tuple(lines)
