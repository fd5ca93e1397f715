"""The sheets that the program computes, laid out from what a night decided."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sheets_sync.domain.consent_texts import editions
from sheets_sync.domain.documents.kinds import PAIRS
from sheets_sync.domain.documents.lifecycle import Drafts
from sheets_sync.domain.findings import Finding
from sheets_sync.domain.history import kept_table
from sheets_sync.domain.intake.record import Intake
from sheets_sync.domain.matching.demand import demand
from sheets_sync.domain.monitoring.pair_work import pair_works
from sheets_sync.domain.pairs.outcome import pair_table, unpaired_table
from sheets_sync.domain.pairs.pairing import Pairing
from sheets_sync.domain.registry import (
    attendance_table,
    consents_table,
    plans_table,
    questions_table,
    registry_table,
)
from sheets_sync.domain.roadmap_status import RoadmapReport
from sheets_sync.domain.roster.counts import contingent_table
from sheets_sync.domain.school import Evidence, RegisteredDocument, Role, SchoolSettings
from sheets_sync.domain.tables import Table, Workbook
from sheets_sync.domain.views.dashboard import dashboard_table
from sheets_sync.domain.views.demand import demand_table
from sheets_sync.domain.views.federal import federal_table
from sheets_sync.domain.views.monitoring import monitoring_tables
from sheets_sync.domain.views.printed_roadmap import printed_roadmap_table
from sheets_sync.domain.views.roadmap import counted_table, indicators_table, roadmap_table
from sheets_sync.settings import Settings


@dataclass(frozen=True, slots=True)
class Decisions:
    """What a night decided about people, pairs, papers and the roadmap."""

    intake: Intake
    school: SchoolSettings
    pairing: Pairing
    papers: tuple[RegisteredDocument, ...]
    evidence: Evidence
    orders: Drafts
    refusals: Mapping[str, str]
    report: RoadmapReport
    findings: tuple[Finding, ...]


def computed_tables(workbook: Workbook, settings: Settings, decided: Decisions, as_of: date) -> list[Table]:
    """Return every computed sheet but those that tell of the night itself."""
    intake, school, pairs, report = decided.intake, decided.school, decided.pairing.pairs, decided.report
    people = intake.by_code()
    unpaired = unpaired_table(decided.pairing.assignment, decided.refusals, people, workbook, as_of)
    questions = questions_table(decided.findings, workbook, as_of)
    waiting = sum(
        row.cells["state"] == "ждёт пары" and row.cells["role"] == Role.MENTEE.value for row in unpaired.rows
    )
    return [
        registry_table(intake, pairs, workbook),
        consents_table(intake, editions(settings.documents), workbook),
        contingent_table(intake.listed, workbook),
        pair_table(
            pairs, people, decided.refusals, intake.meetings, decided.papers, decided.orders.naming(PAIRS)
        ),
        unpaired,
        attendance_table(intake, pairs),
        plans_table(intake, workbook),
        demand_table(demand(decided.pairing.market), workbook),
        *monitoring_tables(decided.evidence, workbook),
        federal_table(settings.federal, decided.evidence, workbook),
        indicators_table(report.values, workbook.remembered("indicators")),
        counted_table(report.values, workbook.remembered("counted")),
        roadmap_table(settings.roadmap, report, school.responsible, workbook.remembered("roadmap")),
        printed_roadmap_table(settings.roadmap, report, school, workbook),
        kept_table(workbook, as_of),
        questions,
        dashboard_table(
            settings.roadmap,
            report,
            intake.people,
            intake.consented,
            pairs,
            waiting,
            sum(work.quiet_since is not None for work in pair_works(decided.evidence)),
            len(decided.findings),
            workbook.remembered("dashboard"),
        ),
    ]
