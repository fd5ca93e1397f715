"""What the curator asks for in «Настройки»: which blanks and plans are to be drafted."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from sheets_sync.domain.classes import parse_class
from sheets_sync.domain.documents.papers_config import PapersConfig
from sheets_sync.domain.findings import Finding
from sheets_sync.domain.school import Group, Person
from sheets_sync.domain.tables import ReadRow
from sheets_sync.domain.textforms import cleaned, folded

CONSENTS = "Документы: бланки согласий"
PUBLICATION = "Документы: бланки на распространение"
PLANS = "Документы: индивидуальные планы"
PER_NIGHT = "Документы: не больше за ночь"
PARAMETERS = (CONSENTS, PUBLICATION, PLANS, PER_NIGHT)
YES, NO = "да", "нет"
_MOST = 500
Asking = Callable[[str, str], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is drafted in piles.

    Shape: `consents` and `publication` are (everybody, the classes and groups named); `per_night` is the most
    documents that one night makes.
    """

    consents: tuple[bool, frozenset[str]] = (False, frozenset())
    publication: tuple[bool, frozenset[str]] = (False, frozenset())
    plans: bool = True
    per_night: int = 60

    def wants_blank(self, person: Person, *, publication: bool) -> bool:
        """Whether the curator asked for this person's blank."""
        everybody, named = self.publication if publication else self.consents
        return everybody or bool({person.school_class, str(person.group)} & named)


def defaults_of(config: PapersConfig) -> dict[str, str]:
    """Return the rows that «Настройки» starts with, by parameter."""
    return {
        CONSENTS: config.consents,
        PUBLICATION: NO,
        PLANS: YES if config.individual_plans else NO,
        PER_NIGHT: str(config.per_night),
    }


def read_wanted(
    rows: Iterable[ReadRow], config: PapersConfig, as_of: date
) -> tuple[Wanted, tuple[Finding, ...]]:
    """Read the rows «Документы: …» that are in force on a date; what cannot be read is asked about."""
    said = defaults_of(config)
    places: dict[str, int] = {}
    names = {folded(name): name for name in PARAMETERS}
    for row in rows:
        name, value = names.get(folded(cleaned(row.text("name")))), row.text("value")
        if name and value and _in_force(row, as_of):
            said[name], places[name] = value, row.index
    findings: list[Finding] = []

    def asked(name: str, text: str) -> None:
        findings.append(
            Finding(f"settings/{name}", f"лист «Настройки», строка {places.get(name, 0) + 1}", text)
        )

    wanted = Wanted(
        _whom(said[CONSENTS], CONSENTS, asked),
        _whom(said[PUBLICATION], PUBLICATION, asked),
        said[PLANS].casefold() != NO,
        _per_night(said[PER_NIGHT], config.per_night, asked),
    )
    return wanted, tuple(findings)


def _whom(value: str, name: str, asked: Asking) -> tuple[bool, frozenset[str]]:
    if value.casefold() in {YES, NO}:
        return value.casefold() == YES, frozenset()
    groups = {folded(str(group)): str(group) for group in Group}
    found = set()
    for piece in map(cleaned, value.replace(";", "\n").replace(",", "\n").splitlines()):
        school_class = parse_class(piece)
        if school_class is not None:
            found.add(str(school_class))
        elif folded(piece) in groups:
            found.add(groups[folded(piece)])
        elif piece:
            asked(name, f"«{name}»: «{piece}» — не класс и не группа; пишите да, нет, «7 «А»» или «педагог»")
    return False, frozenset(found)


def _per_night(value: str, default: int, asked: Asking) -> int:
    if value.isascii() and value.isdigit() and 1 <= int(value) <= _MOST:
        return int(value)
    asked(PER_NIGHT, f"«{PER_NIGHT}»: нужно число от 1 до {_MOST}, а стоит «{value}»")
    return default


def _in_force(row: ReadRow, as_of: date) -> bool:
    start, end = row.day("valid_from"), row.day("valid_to")
    return (start is None or start <= as_of) and (end is None or as_of <= end)
