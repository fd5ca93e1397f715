"""Badges and slips as of a date: who gets one, with which names and which addresses."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sheets_sync.domain.badges import Badge, Slip, badges, slips
from sheets_sync.domain.documents.register import with_memory
from sheets_sync.domain.personal_record import register_lines
from sheets_sync.domain.roster import Roster
from sheets_sync.domain.tables import Workbook
from sheets_sync.workflows.night import Night


@dataclass(frozen=True, slots=True)
class Handouts:
    """What is to be printed, under the school's name."""

    school: str
    badges: tuple[Badge, ...]
    slips: tuple[Slip, ...]
    file: str = ""

    def lines(self) -> list[str]:
        """Tell how much there is and how to print it."""
        nameless = sum(not one.name for one in self.badges)
        found = [f"Бейджей: {len(self.badges)}, листочков пар: {len(self.slips)}; файл {self.file}"]
        if nameless:
            found.append(f"Без имени, только с кодом (нет действующего согласия): {nameless}")
        return [*found, "Откройте файл в браузере и напечатайте на листах A4: масштаб 100 %, поля «нет»"]

    def to_json(self) -> dict[str, object]:
        """Return the counts as JSON values."""
        return {
            "file": self.file,
            "badges": len(self.badges),
            "slips": len(self.slips),
            "without_name": sum(not one.name for one in self.badges),
        }


def handouts(night: Night, roster: Roster, link: Callable[[str, str, str], str]) -> Handouts:
    """Lay out the badges and slips of a night.

    Shape: `link(form, field, value)` is the address of a form in which one answer is filled in already.
    """
    pairs = night.pairs
    people = night.intake.by_code()
    cards = badges(
        people.values(),
        pairs,
        night.refusals,
        roster,
        lambda code: link("networking", "person", code),
        night.plan.as_of,
    )
    notes = slips(people, pairs, night.refusals, roster, lambda code: link("meeting", "pair", code))
    return Handouts(night.settings.school_short_name, tuple(cards), tuple(notes))


@dataclass(frozen=True, slots=True)
class Register:
    """The register of personalised accounting as a table with a header."""

    table: tuple[tuple[str, ...], ...]
    as_of: date
    file: str = ""

    def lines(self) -> list[str]:
        """Tell how many stand in it."""
        return [f"Реестр на {self.as_of:%d.%m.%Y}: участников {len(self.table) - 1}; файл {self.file}"]

    def to_json(self) -> dict[str, object]:
        """Return the count as JSON values."""
        return {"file": self.file, "as_of": self.as_of.isoformat(), "people": len(self.table) - 1}


def register_of(night: Night, workbook: Workbook, roster: Roster) -> Register:
    """Return the register of everybody whom an order in force names on the night's date."""
    intake = night.intake
    found = register_lines(
        intake.people,
        night.pairs,
        intake.consents,
        with_memory(intake.documents, workbook),
        night.refusals,
        roster,
        intake.as_of,
    )
    return Register(tuple(found), intake.as_of)
