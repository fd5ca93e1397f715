"""A night told to people without access: the numbers that may leave the school."""

from dataclasses import dataclass

from sheets_sync.domain.federal.form import FederalForm, RowCount, filled_form
from sheets_sync.domain.federal.participants import Crossing, cross_table, participants
from sheets_sync.domain.history import snapshots
from sheets_sync.domain.monitoring.comparison import comparisons
from sheets_sync.domain.public_report import PublicReport, public_report
from sheets_sync.domain.roadmap import Roadmap
from sheets_sync.domain.tables import Workbook
from sheets_sync.domain.views.monitoring import monitoring_figures
from sheets_sync.errors import SettingsError
from sheets_sync.workflows.night import Night


@dataclass(frozen=True, slots=True)
class FederalTables:
    """The statistical form with its numbers, and the cross-table behind it."""

    rows: tuple[RowCount, ...]
    crossings: tuple[Crossing, ...]


def report_for_everybody(night: Night, workbook: Workbook, roadmap: Roadmap) -> PublicReport:
    """Return the report of a night, with the trend of the nights kept before it."""
    evidence = night.intake.evidence(night.settings, night.pairs)
    return public_report(
        night.settings,
        roadmap,
        night.report,
        monitoring_figures(evidence),
        comparisons(evidence.diagnostics, evidence.pairs),
        night.pairs,
        snapshots(workbook),
    )


def federal_tables(night: Night, form: FederalForm | None) -> FederalTables:
    """Count the rows of the form from the people of a night.

    Raises:
        SettingsError: the school has not said what its form counts.
    """
    if form is None:
        raise SettingsError(
            ["config/federal_statistics.yaml:1: файла нет: он говорит, что считать в строках"]
        )
    people = participants(night.intake.evidence(night.settings, night.pairs))
    return FederalTables(filled_form(form, people), cross_table(people))
