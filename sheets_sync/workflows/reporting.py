"""A night in numbers, for `--json` and the printed summary."""

from collections.abc import Mapping
from dataclasses import replace

from sheets_sync.domain.monitoring.pair_work import pair_works
from sheets_sync.domain.pairs.questions import PairQuestions
from sheets_sync.domain.roadmap import Roadmap
from sheets_sync.domain.run_report import (
    DocumentCount,
    FormCount,
    IndicatorFigure,
    PairCount,
    RegistryCount,
    RoadmapCount,
    RunReport,
)
from sheets_sync.domain.school import PairState, Role
from sheets_sync.domain.standing import Standing, standing
from sheets_sync.domain.tables import Workbook
from sheets_sync.workflows.night import Night, last_night

_ABOUT_PAIRS = ("Пара ", "Новых предложений пар")


def report_of(night: Night, workbook: Workbook) -> RunReport:
    """Return the numbers of a night before it is written."""
    people = night.intake.people
    states = [pair.state for pair in night.pairs]
    totals = night.assignment.totals
    approved = {PairState.APPROVED, PairState.IN_FORCE, PairState.PAUSED, PairState.COMPLETED}
    papers = {**workbook.remembered("documents")}
    new = {one.key for one in night.documents.create}
    return RunReport(
        as_of=night.plan.as_of,
        generation=workbook.generation,
        responses=_responses(night),
        registry=RegistryCount(
            len(people),
            sum(Role.MENTOR in person.roles for person in people),
            sum(Role.MENTEE in person.roles for person in people),
        ),
        pairs=PairCount(
            proposed=states.count(PairState.PROPOSED),
            approved=sum(state in approved for state in states),
            unmatched=sum(one.role == Role.MENTEE.value for one in night.assignment.unmatched),
            score=totals.objective,
            bound=totals.bound,
            proven=totals.proven,
        ),
        indicators={
            value.id: IndicatorFigure(
                value.numerator,
                value.denominator,
                None if value.threshold is None else value.threshold * (100 if value.unit == "%" else 1),
                value.unit,
                value.met,
            )
            for value in night.report.values
        },
        roadmap=RoadmapCount(len(night.report.statuses), night.report.counts()),
        documents=DocumentCount(
            created=len(new),
            stale=sum(bool(one.replaces) for one in night.documents.create),
            total=len(set(papers) | new),
        ),
        findings=len(night.findings),
    )


def pair_questions(night: Night, workbook: Workbook) -> PairQuestions:
    """Return what answers questions about the pairs of a night."""
    last = last_night(workbook)
    told = [
        row.text("what")
        for row in workbook.rows("journal")
        if last is not None and row.day("on") == last and row.text("what").startswith(_ABOUT_PAIRS)
    ]
    return PairQuestions(
        night.pairing,
        night.intake.by_code(),
        night.refusals,
        workbook.remembered("pairs"),
        tuple(told),
        f"{last:%d.%m.%Y}" if last else "",
    )


def _responses(night: Night) -> Mapping[str, FormCount]:
    held = night.intake.quarantined
    forms = {one.response_id: one.form for one in night.answers.responses}
    return {
        form: replace(count, quarantined=sum(forms.get(key) == form for key in held))
        for form, count in night.answers.counts.items()
    }


def standing_of(night: Night, workbook: Workbook, roadmap: Roadmap) -> Standing:
    """Tell how things stand: the last night, coverage, what is overdue and what comes next."""
    works = pair_works(night.intake.evidence(night.settings, night.pairs))
    return standing(
        roadmap,
        night.report,
        last_night(workbook),
        pairs_waiting=sum(pair.state is PairState.PROPOSED for pair in night.pairs),
        pairs_quiet=sum(work.quiet_since is not None for work in works),
        questions=len(night.findings),
        news=not night.plan.is_empty,
    )
