"""From answers and sheets to people and records: the one entry of the intake."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta, timezone, tzinfo

from sheets_sync.domain import consents as consent_rules
from sheets_sync.domain.entries import (
    Event,
)
from sheets_sync.domain.findings import Finding, Severity
from sheets_sync.domain.forgetting.tombstones import buried
from sheets_sync.domain.intake import staff
from sheets_sync.domain.intake.cells import Cells
from sheets_sync.domain.intake.decisions import (
    DELETED,
    NO,
    SKIP,
    SKIPPED,
    USED,
    YES,
    Ledger,
    Verdict,
    decisions_of,
)
from sheets_sync.domain.intake.events import counted_once, reported_events
from sheets_sync.domain.intake.feedback import diagnostics, networking_answers
from sheets_sync.domain.intake.identity import known_responses
from sheets_sync.domain.intake.meetings import meetings_of, plans_of, read_reports, with_hand_marks
from sheets_sync.domain.intake.questionnaires import read_questionnaire
from sheets_sync.domain.intake.record import Intake
from sheets_sync.domain.intake.references import directory
from sheets_sync.domain.intake.registration import Registered, register
from sheets_sync.domain.intake.returning import Door
from sheets_sync.domain.responses import Response
from sheets_sync.domain.roster import NOBODY, Roster
from sheets_sync.domain.roster.counts import counted, with_counted
from sheets_sync.domain.school import (
    Attendance,
    Consent,
    NetworkingAnswer,
    Person,
    Plan,
    SchoolSettings,
)
from sheets_sync.domain.tables import Workbook

MOSCOW = timezone(timedelta(hours=3), "MSK")
NETWORKING_EVENT, GAME_EVENT = "нетворкинг", "деловая игра"
TEACHER_FORMS = frozenset({"учитель–учитель", "педагог–педагог"})
"""Forms in which the mentor signs the consent of article 351.8 of the Labour Code."""


def interpret(
    responses: Iterable[Response],
    workbook: Workbook,
    settings: SchoolSettings,
    as_of: date,
    *,
    zone: tzinfo = MOSCOW,
    roster: Roster = NOBODY,
) -> Intake:
    """Make people and records of all responses and of what staff typed.

    Shape: `settings` are those in force (`intake.settings.read_settings`); responses created after `as_of`
    and those whose row staff deleted from «Ответы» are left out. A response that cannot be used is never an
    error: it is quarantined with a finding whose correction in «Вопросы к данным» lets it in.
    """
    ledger = Ledger(decisions_of(workbook))
    typed = staff.read_staff(workbook, settings)
    ledger.findings += typed.findings
    answers = _by_form(responses, workbook, as_of, zone)
    ledger.findings += roster.findings
    graves = buried(workbook)
    door = Door(graves, known_responses(workbook.remembered("registry")))
    read = [
        read_questionnaire(item, ledger, settings, zone, as_of, roster, door)
        for item in answers["application"]
    ]
    questionnaires = [item for item in read if item is not None]
    registered = register(questionnaires, workbook, settings, typed.partners, ledger, roster, as_of)
    listed = counted(roster, settings.period_start, as_of)
    contingent, disagreements = with_counted(typed.contingent, listed)
    ledger.findings += disagreements
    known = directory(registered.people, registered.into, _pair_codes(workbook), graves.by_code)
    networking = networking_answers(answers["networking"], known, ledger, zone)
    reports = read_reports(answers["meeting"], known, ledger, zone)
    diagnosed = diagnostics(answers["diagnostic"], known, ledger, zone)
    reported = reported_events(answers["event"], ledger, settings, zone)
    events = counted_once(typed.events, reported, ledger)
    consents = _consents(typed.consents, workbook, registered, ledger, as_of)
    plan_marks = _first_marks(workbook, as_of)
    plans = _plans(plans_of(reports, settings, ledger), workbook, plan_marks, ledger)
    attendance = _attendance(workbook, registered, networking, events, ledger)
    owners = {key: person.code for person in registered.people for key in person.response_ids}
    owners |= {answer.response_id: answer.person for answer in networking}
    owners |= {answer.response_id: answer.person for answer in diagnosed}
    owners |= {report.meeting.response_id: report.meeting.pair for report in reports}
    return Intake(
        as_of=as_of,
        people=registered.people,
        consents=consents,
        consented=consent_rules.consented_on(registered.people, consents, as_of),
        networking=networking,
        attendance=attendance,
        meetings=meetings_of(reports),
        plans=plans,
        diagnostics=diagnosed,
        events=events,
        partners=typed.partners,
        materials=typed.materials,
        participations=typed.participations,
        documents=typed.documents,
        marks=typed.marks,
        contingent=contingent,
        listed=listed,
        findings=_open(ledger),
        verdicts=_verdicts(answers, owners, ledger),
        into=registered.into,
        registry_memory=registered.memory,
        plan_marks=plan_marks,
        base_answers=len(answers["application"]),
        analysed_answers=len(questionnaires),
        returned=frozenset(ledger.returned),
    )


def _by_form(
    responses: Iterable[Response], workbook: Workbook, as_of: date, zone: tzinfo
) -> dict[str, list[Response]]:
    found: dict[str, list[Response]] = {
        form: [] for form in ("application", "networking", "meeting", "diagnostic", "event")
    }
    for response in sorted(responses, key=lambda item: (item.submitted, item.response_id)):
        late = response.created.astimezone(zone).date() > as_of
        removed = (f"answers_{response.form}", response.response_id) in workbook.deleted
        if not late and not removed and response.form in found:
            found[response.form].append(response)
    for form in found:
        if form != "application":
            found[form] = [response for response in found[form] if not response.deleted]
    return found


def _pair_codes(workbook: Workbook) -> set[str]:
    return {row.key for row in workbook.rows("pairs")} | set(workbook.remembered("pairs"))


def _consents(
    typed: Iterable[Consent], workbook: Workbook, registered: Registered, ledger: Ledger, as_of: date
) -> tuple[Consent, ...]:
    people = {person.code: person for person in registered.people}
    recorded = []
    for consent in typed:
        consent = replace(consent, person=registered.into.get(consent.person, consent.person))
        recorded.append(consent)
        person = people.get(consent.person)
        if person is not None and consent.signed_on is not None:
            ledger.findings += _consent_findings(consent, person, as_of)
    return consent_rules.with_needed(registered.people, recorded, as_of)


def _consent_findings(consent: Consent, person: Person, as_of: date) -> list[Finding]:
    place = f"«Согласия», {consent.key}"
    found = []
    if consent.signed_on is not None and consent.signed_on > as_of:
        found.append(Finding(f"согласие/{consent.key}/дата", place, "дата подписания ещё не наступила"))
    if reason := consent_rules.wrong_signer(consent, person):
        text = f"согласие не действует: {reason}"
        found.append(Finding(f"согласие/{consent.key}/подпись", place, text, subject=person.code))
    return found


def _plans(
    plans: Sequence[Plan], workbook: Workbook, marks: Mapping[str, date], ledger: Ledger
) -> tuple[Plan, ...]:
    rows = {row.key: Cells("plans", row, ledger.findings) for row in workbook.rows("plans") if row.key}
    return tuple(with_hand_marks(plan, rows, marks) for plan in plans)


def _first_marks(workbook: Workbook, as_of: date) -> dict[str, date]:
    """Return when each «выполнен» typed in «Планы» was first seen: memory of an earlier night, or today."""
    found = {}
    for row in workbook.rows("plans"):
        if row.key and row.text("hand_mark").casefold() == "выполнен":
            earlier = workbook.memory.get(("plans", row.key), {}).get("marked_on")
            found[row.key] = date.fromisoformat(earlier) if isinstance(earlier, str) else as_of
    return found


def _attendance(
    workbook: Workbook,
    registered: Registered,
    networking: Iterable[NetworkingAnswer],
    events: Iterable[Event],
    ledger: Ledger,
) -> tuple[Attendance, ...]:
    days = {
        event.kind: event.on for event in events if event.on and event.kind in {NETWORKING_EVENT, GAME_EVENT}
    }
    answered = {answer.person for answer in networking}
    rows: dict[str, Cells] = {}
    for row in workbook.rows("attendance"):
        code = registered.into.get(row.key, row.key)
        if code:
            rows[code] = Cells("attendance", row, ledger.findings)
    found = []
    for person in registered.people:
        cells = rows.get(person.code)
        was = person.code in answered or (cells is not None and cells.flag("networking"))
        played = cells is not None and cells.flag("game")
        if was or days.get(NETWORKING_EVENT):
            found.append(Attendance(person.code, NETWORKING_EVENT, was, days.get(NETWORKING_EVENT)))
        if played or days.get(GAME_EVENT):
            found.append(Attendance(person.code, GAME_EVENT, played, days.get(GAME_EVENT)))
    return tuple(found)


def _verdicts(
    answers: Mapping[str, Sequence[Response]], owners: Mapping[str, str], ledger: Ledger
) -> dict[str, Verdict]:
    found = {}
    for response in (item for group in answers.values() for item in group):
        state = DELETED if response.deleted else USED
        verdict = Verdict(state, owners.get(response.response_id, ""))
        found[response.response_id] = ledger.verdicts.get(response.response_id, verdict)
    return found


def _open(ledger: Ledger) -> tuple[Finding, ...]:
    """Return the findings that still wait for a person, each once."""
    found: dict[str, Finding] = {}
    skipped = {key for key, verdict in ledger.verdicts.items() if verdict.state == SKIPPED}
    for finding in ledger.findings:
        decision = ledger.decisions.get(finding.key)
        answered = decision is not None and decision.answer in {YES, NO, SKIP}
        held = finding.severity is Severity.QUARANTINE and finding.subject not in skipped
        if held or (finding.severity is not Severity.QUARANTINE and not answered):
            found.setdefault(finding.key, finding)
    return tuple(found.values())
