"""Tonight's pairs: what stands, what staff typed, what is proposed, what is doubtful."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sheets_sync.domain.codes import CodeKind, make_code
from sheets_sync.domain.findings import Finding
from sheets_sync.domain.forgetting.tombstones import buried
from sheets_sync.domain.intake.record import Intake
from sheets_sync.domain.intake.references import directory
from sheets_sync.domain.matching.model import Assignment, Market, Rules
from sheets_sync.domain.matching.proposal import describe, solve
from sheets_sync.domain.matching.stability import Stability, stability
from sheets_sync.domain.pairs.by_hand import typed_pairs
from sheets_sync.domain.pairs.chronicle import dated
from sheets_sync.domain.pairs.facts import doubtful, with_facts
from sheets_sync.domain.pairs.leavers import without_leavers
from sheets_sync.domain.pairs.life import standing_pairs
from sheets_sync.domain.pairs.market import forms_in_use, make_market
from sheets_sync.domain.pairs.outcome import left_over, settle
from sheets_sync.domain.pairs.preferences import preferred_rules
from sheets_sync.domain.school import Pair, RegisteredDocument, SchoolSettings
from sheets_sync.domain.tables import Workbook


@dataclass(frozen=True, slots=True)
class Pairing:
    """All pairs after tonight, and what they follow from.

    Shape: `doubts` name the decided pairs that lost something they were decided on.
    """

    pairs: tuple[Pair, ...]
    market: Market
    assignment: Assignment
    stability: Stability
    findings: tuple[Finding, ...]
    doubts: tuple[Finding, ...] = ()


def pair_up(
    workbook: Workbook,
    intake: Intake,
    papers: Sequence[RegisteredDocument],
    refusals: Mapping[str, str],
    defaults: Rules,
    school: SchoolSettings,
    as_of: date,
) -> Pairing:
    """Decide all pairs of a night.

    Shape: `refusals` gives, for each code that the consent gate does not admit, the reason in Russian.
    """
    rules, rule_findings = preferred_rules(workbook.rows("settings"), defaults, as_of)
    people = intake.by_code()
    graves = buried(workbook)
    stood = standing_pairs(workbook, papers, intake.meetings, as_of)
    typed = typed_pairs(
        workbook,
        stood.pairs,
        directory(intake.people, intake.into, (pair.code for pair in stood.pairs), graves.by_code),
        forms_in_use(rules, school),
        _code,
        as_of,
    )
    standing = without_leavers((*stood.pairs, *typed.pairs), people, as_of, graves)
    last_period = left_over(workbook, school.period_start)
    market = make_market(
        intake.people, refusals, intake.networking, standing, rules, school, as_of, last_period
    )
    solved = solve(market)
    assignment = describe(solved)
    pairs = with_facts(settle(standing, assignment, _code, as_of, market.ineligible), market)
    return Pairing(
        pairs=dated(pairs, workbook.remembered("pairs"), papers, intake.meetings, as_of),
        market=market,
        assignment=assignment,
        stability=stability(solved),
        findings=(
            *rule_findings,
            *stood.findings,
            *typed.findings,
            *assignment.findings,
        ),
        doubts=doubtful(standing, market),
    )


def _code(number: int) -> str:
    return make_code(CodeKind.PAIR, number)
