"""A night: answers, people, pairs, indicators, roadmap and orders, from one look to one plan."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo

from sheets_sync.domain.answers import answers_table, typed_over_findings
from sheets_sync.domain.asked_run import answer_table
from sheets_sync.domain.charting import chart_changes
from sheets_sync.domain.consent_texts import editions, superseded
from sheets_sync.domain.consents import by_person, gate, with_needed, without_labour_consent
from sheets_sync.domain.documents.facts import Facts
from sheets_sync.domain.documents.frozen import Seen
from sheets_sync.domain.documents.lifecycle import Drafts
from sheets_sync.domain.documents.register import with_memory
from sheets_sync.domain.edited_answers import edits, spoiled
from sheets_sync.domain.findings import Finding
from sheets_sync.domain.history import tonight_table
from sheets_sync.domain.intake.first_seen import with_first_seen
from sheets_sync.domain.intake.hand_forms import hand_forms
from sheets_sync.domain.intake.interpret import TEACHER_FORMS, interpret
from sheets_sync.domain.intake.record import Intake
from sheets_sync.domain.intake.settings import read_settings, settings_by_day
from sheets_sync.domain.matching.model import Assignment
from sheets_sync.domain.pairs.life import OVER
from sheets_sync.domain.pairs.pairing import Pairing, pair_up
from sheets_sync.domain.plan import Plan, Remember, SheetChange
from sheets_sync.domain.reconcile import reconcile, reconcile_all
from sheets_sync.domain.responses import Response
from sheets_sync.domain.roadmap_questions import unknown_measures
from sheets_sync.domain.roadmap_status import RoadmapReport, judge
from sheets_sync.domain.roster import NOBODY, Roster
from sheets_sync.domain.russian import Grammar, NameRules, grammar
from sheets_sync.domain.schedules.due import NOTHING_BEFORE, RunsBefore
from sheets_sync.domain.school import Pair, SchoolSettings
from sheets_sync.domain.tables import CellValue, Table, Workbook
from sheets_sync.domain.views.charts import declared_charts
from sheets_sync.domain.views.differences import differences_table, notes, released_notes
from sheets_sync.domain.views.journal import completeness, journal_table, state_table
from sheets_sync.domain.views.pairing import pairing_lines
from sheets_sync.domain.views.run_state import run_lines, source_lines
from sheets_sync.errors import PastDateError
from sheets_sync.ports.read import DocumentReader, FormReader
from sheets_sync.settings import Settings
from sheets_sync.workflows.losses import brake, newly_lost
from sheets_sync.workflows.papers import LookedOnce, draft_papers, gather_facts, look_at_registered
from sheets_sync.workflows.reading import (
    Answers,
    known_notes,
    look_at_forms,
    read_answers,
    remembered_notes,
)
from sheets_sync.workflows.sheets import Decisions, computed_tables


@dataclass(frozen=True, slots=True)
class Night:
    """Everything that one night found out, and the plan that follows."""

    plan: Plan
    answers: Answers
    intake: Intake
    settings: SchoolSettings
    pairing: Pairing
    refusals: Mapping[str, str]
    report: RoadmapReport
    documents: Drafts
    grammar: Grammar
    findings: tuple[Finding, ...]
    facts: Facts

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """All pairs after the night."""
        return self.pairing.pairs

    @property
    def assignment(self) -> Assignment:
        """The night's proposal."""
        return self.pairing.assignment


def plan_night(
    workbook: Workbook,
    settings: Settings,
    forms: FormReader,
    documents: DocumentReader,
    as_of: date,
    zone: tzinfo,
    *,
    rules: NameRules,
    sweep: bool = False,
    accept_losses: bool = False,
    roster: Roster = NOBODY,
    imported: Sequence[Response] = (),
    before: RunsBefore = NOTHING_BEFORE,
) -> Night:
    """Read the forms, decide everything and return the plan; nothing is written.

    Shape: `roster` is the school's own list, `imported` the answers of a file that come beside the forms';
    `before` is what went wrong with the runs since the last good one.

    The questions of the forms, the drafts that may have to go and the registered documents are looked at when
    there is something to write, before anything is written.

    Raises:
        TooManyLossesError: more known rows vanished since the last night than a night may lose.
        FormChangedError: a question that the program follows is gone or asks for something else.
    """
    lost = newly_lost(workbook)
    if not accept_losses:
        brake(lost, workbook)
    answers = read_answers(workbook, settings.forms, forms, as_of, zone, sweep=sweep, imported=imported)
    known = known_notes(workbook)
    reader = LookedOnce(documents)

    def decided(notes: Mapping[str, Sequence[Finding]], seen: Mapping[str, Seen] | None = None) -> Night:
        about_forms = [note for form in settings.forms for note in notes.get(form, ())]
        return _decided(
            workbook, settings, answers, reader, as_of, zone, rules, roster, lost, about_forms, seen, before
        )

    night = decided(known)
    if night.plan.is_empty and not sweep:
        return night
    looked = look_at_forms(workbook, settings.forms, forms)
    news = {form: notes for form, notes in looked.items() if notes != known.get(form, ())}
    seen = look_at_registered(workbook, reader, only_news=night.plan.is_empty)
    if not news and not night.documents.doubtful and not seen:
        return night
    night = decided(looked, seen)
    kept = (*night.plan.intake, *remembered_notes(workbook, news))
    return replace(night, plan=replace(night.plan, intake=kept))


def _decided(
    workbook: Workbook,
    settings: Settings,
    answers: Answers,
    documents: DocumentReader,
    as_of: date,
    zone: tzinfo,
    rules: NameRules,
    roster: Roster,
    lost: Sequence[tuple[str, str]],
    about_forms: Sequence[Finding],
    seen: Mapping[str, Seen] | None,
    before: RunsBefore,
) -> Night:
    dated, first_seen = with_first_seen(workbook, as_of, last_night(workbook))
    school, setting_findings = read_settings(dated.rows("settings"), settings.school.defaults, as_of)
    given, form_findings = hand_forms(workbook.rows("registry"), workbook.rows("settings"), as_of)
    intake = interpret(answers.responses, dated, school, as_of, zone=zone, roster=roster)
    papers = with_memory(intake.documents, workbook)
    refusals = _refusals(intake)
    pairing = pair_up(workbook, intake, papers, refusals, settings.matching, school, as_of)
    pairs = pairing.pairs
    intake = _with_labour_consents(intake, pairs)
    by_day = settings_by_day(dated.rows("settings"), settings.school.defaults, as_of)
    evidence = replace(intake.evidence(school, pairs), documents=papers, by_day=by_day)
    report = judge(settings.roadmap, evidence, as_of)
    language = grammar(rules, settings.school.posts, given)
    facts, paper_findings = gather_facts(
        workbook, settings, intake, school, language, pairs, papers, refusals, report.values, evidence, as_of
    )
    orders = draft_papers(workbook, settings, facts, documents, seen)
    findings = (
        *setting_findings,
        *form_findings,
        *about_forms,
        *unknown_measures(settings.roadmap, school, intake.marks),
        *intake.findings,
        *pairing.findings,
        *spoiled(
            edits(settings.forms.values(), answers.responses, intake.verdicts, workbook, zone),
            facts,
            pairing.market,
            pairing.doubts,
        ),
        *without_labour_consent(
            intake.by_code(), [p for p in pairs if p.form in TEACHER_FORMS], intake.consents, as_of
        ),
        *superseded(intake.consents, intake.by_code(), workbook, editions(settings.documents), as_of),
        *paper_findings,
        *orders.findings,
        *typed_over_findings(settings.forms.values(), workbook),
    )
    tables = computed_tables(
        workbook,
        settings,
        Decisions(intake, school, pairing, papers, evidence, orders, refusals, report, findings),
        as_of,
    )
    state = {
        **run_lines(workbook, settings.jobs, settings.school.time_zone, before, as_of),
        **_state(answers, intake, pairing, orders.waiting, as_of),
        **source_lines(
            settings.forms,
            answers.responses,
            Counter(one.form for one in answers.responses if one.response_id in intake.quarantined),
            [note.subject for note in about_forms],
            roster,
            zone,
        ),
    }
    plan = _plan(
        workbook,
        settings,
        answers,
        intake,
        tables,
        report,
        orders,
        lost,
        first_seen,
        state,
        before,
        as_of,
        zone,
    )
    return Night(plan, answers, intake, school, pairing, refusals, report, orders, language, findings, facts)


def last_night(workbook: Workbook) -> date | None:
    """Return the date of the last committed night, None before the first."""
    said = workbook.memory.get(("run", "last"), {}).get("as_of")
    return date.fromisoformat(said) if isinstance(said, str) else None


def refuse_past(workbook: Workbook, as_of: date) -> None:
    """Refuse to write for a date before the last committed night.

    Raises:
        PastDateError: the date is earlier.
    """
    last = last_night(workbook)
    if last is not None and as_of < last:
        raise PastDateError(f"Последняя запись сделана на {last:%d.%m.%Y}, раньше неё писать нельзя")


def _refusals(intake: Intake) -> dict[str, str]:
    own = by_person(intake.consents)
    found = {}
    for person in intake.people:
        admission = gate(person, own.get(person.code, ()), intake.as_of)
        if not admission.allowed:
            found[person.code] = admission.reason
    return found


def _with_labour_consents(intake: Intake, pairs: Sequence[Pair]) -> Intake:
    mentors = frozenset(
        pair.mentor for pair in pairs if pair.form in TEACHER_FORMS and pair.state not in OVER
    )
    consents = with_needed(intake.people, intake.consents, intake.as_of, mentors)
    return replace(intake, consents=consents)


def _plan(
    workbook: Workbook,
    settings: Settings,
    answers: Answers,
    intake: Intake,
    tables: Sequence[Table],
    report: RoadmapReport,
    orders: Drafts,
    lost: Sequence[tuple[str, str]],
    seen: Sequence[Remember],
    state: Mapping[str, CellValue],
    before: RunsBefore,
    as_of: date,
    zone: tzinfo,
) -> Plan:
    titles = settings.workbook.titles
    delivered = reconcile_all(
        [
            answers_table(form, answers.responses, intake.verdicts, workbook, zone=zone)
            for form in settings.forms.values()
        ],
        workbook,
    )
    cursors = _cursors(workbook, answers.cursors)
    counted = reconcile_all([*tables, orders.table, answer_table(workbook)], workbook)
    overrides = [*delivered.overrides, *counted.overrides]
    columns = {
        sheet.id: {column.id: column.title for column in sheet.columns} for sheet in settings.workbook.sheets
    }
    differences = reconcile(
        differences_table(overrides, columns, titles, workbook, as_of, report.statuses), workbook
    )
    marks = [*notes(overrides, workbook), *released_notes(overrides, workbook)]
    gone = [
        Remember(
            sheet,
            key,
            workbook.digests.get((sheet, key), {}),
            {**workbook.memory[sheet, key], "gone": as_of.isoformat()},
        )
        for sheet, key in lost
    ]
    charts = chart_changes(declared_charts(settings.roadmap), workbook)
    computed = [*counted.changes, *differences.changes, *marks, *gone, *charts, *seen]
    counted_all = completeness(workbook, as_of)
    unfinished = bool(workbook.remembered("state")) and counted_all.whole
    news = bool(
        delivered.changes
        or cursors
        or computed
        or orders.create
        or orders.stamps
        or orders.move
        or orders.discard
        or unfinished
        or before
    )
    if not news:
        return Plan(as_of, workbook.generation, titles=titles)
    told: list[SheetChange] = [*delivered.changes, *computed]
    journal = journal_table(
        told, orders.create, orders.discard, settings.forms, titles, workbook, as_of, before
    )
    counts: dict[str, CellValue] = {
        "Введено вручную поверх расчёта": str(len(overrides)),
        "Строк удалено сотрудниками": str(len(workbook.deleted)),
    }
    closing = [
        *reconcile(journal, workbook).changes,
        *reconcile(tonight_table(report, workbook), workbook).changes,
        *reconcile(state_table({**state, **counts}, workbook, as_of), workbook).changes,
        Remember("run", "last", {}, {"as_of": as_of.isoformat()}),
    ]
    return Plan(
        as_of,
        workbook.generation,
        intake=(*delivered.changes, *cursors),
        documents=orders.create,
        stamps=orders.stamps,
        computed=(*computed, *closing),
        moves=orders.move,
        discards=orders.discard,
        unfinished=counted_all.unfinished,
        finished=counted_all.finished,
        whole=counted_all.whole,
        settled=orders.settled,
        titles=titles,
        columns=columns,
    )


def _cursors(workbook: Workbook, cursors: Mapping[str, datetime]) -> list[SheetChange]:
    found: list[SheetChange] = []
    for form, moment in cursors.items():
        memory = {"submitted": moment.isoformat()}
        if dict(workbook.memory.get(("cursor", form), {})) != memory:
            found.append(Remember("cursor", form, {}, memory))
    return found


def _state(
    answers: Answers, intake: Intake, pairing: Pairing, waiting: int, as_of: date
) -> dict[str, CellValue]:
    return {
        "Последние изменения": f"на {as_of:%d.%m.%Y}",
        "Ответов получено": str(len(answers.responses)),
        "Ответов ждут уточнения": str(len(intake.quarantined)),
        "Документов ждут очереди": str(waiting),
        **pairing_lines(pairing.assignment, pairing.stability),
    }
