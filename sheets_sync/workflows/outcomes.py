"""What the actions of a school leave to be told: to a person line by line, to a program as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass

from sheets_sync.domain.documents.page_numbers import TO_CLICK
from sheets_sync.domain.run_report import RunReport
from sheets_sync.domain.standing import Standing
from sheets_sync.workflows.night import Night


@dataclass(frozen=True, slots=True)
class NightPlan:
    """A night that was decided and not written."""

    night: Night
    report: RunReport

    @property
    def digest(self) -> str:
        """The fingerprint of everything that would be written."""
        return self.night.plan.digest

    def lines(self) -> list[str]:
        """Say every visible change in Russian, one line each."""
        return self.night.plan.lines()


@dataclass(frozen=True, slots=True)
class InitReport:
    """What `init` made and where the spreadsheet is."""

    spreadsheet: str
    url: str
    made: tuple[str, ...]
    stood: int
    by_hand: Mapping[str, tuple[str, ...]]
    addresses: Mapping[str, str]
    unnumbered: tuple[str, ...] = ()

    def lines(self) -> list[str]:
        """Tell what was made, where to look and what only a person can click."""
        if not self.made:
            stands = [f"Всё уже создано ({self.stood}); ничего не изменено", f"Таблица школы: {self.url}"]
            return [*stands, *self._page_numbers()]
        found = ["Создано:", *(f"  {name}" for name in self.made), f"Таблица школы: {self.url}", "Формы:"]
        found += [f"  {title}: {address}" for title, address in self.addresses.items()]
        found.append("Включить мышкой в каждой форме (программа этого сделать не может):")
        for title, switches in self.by_hand.items():
            found += [f"  «{title}»: {switch}" for switch in switches]
        return [*found, *self._page_numbers()]

    def _page_numbers(self) -> list[str]:
        if not self.unnumbered:
            return []
        return [
            f"В этих шаблонах нет номеров страниц. Откройте каждый: {TO_CLICK}. Затем повторите init:",
            *(f"  «{name}»" for name in self.unnumbered),
        ]

    def to_json(self) -> dict[str, object]:
        """Return the same as JSON values."""
        return {
            "spreadsheet": self.spreadsheet,
            "url": self.url,
            "made": list(self.made),
            "stood": self.stood,
            "forms": dict(self.addresses),
            "unnumbered_templates": list(self.unnumbered),
            "by_hand": {title: list(switches) for title, switches in self.by_hand.items()},
        }


@dataclass(frozen=True, slots=True)
class StatusReport:
    """How things stand: the last night's numbers judged on a date."""

    report: RunReport
    standing: Standing

    def to_json(self) -> dict[str, object]:
        """Return the run's numbers and how things stand."""
        return self.report.to_json() | self.standing.to_json()
