"""A night told to people without access: the numbers that may leave the school."""

from sheets_sync.domain.history import snapshots
from sheets_sync.domain.monitoring.comparison import comparisons
from sheets_sync.domain.public_report import PublicReport, public_report
from sheets_sync.domain.roadmap import Roadmap
from sheets_sync.domain.tables import Workbook
from sheets_sync.domain.views.monitoring import monitoring_figures
from sheets_sync.workflows.night import Night


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
