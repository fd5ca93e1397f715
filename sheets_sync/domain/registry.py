"""The rows of «Реестр», «Согласия», «Явка», «Планы» and «Вопросы к данным»."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from sheets_sync.domain.consent_texts import Editions, edition_of, memory_of
from sheets_sync.domain.consents import by_person, consent_state, gate, signers
from sheets_sync.domain.findings import Decision, Finding, Severity
from sheets_sync.domain.intake.decisions import LATER, NO, SKIP, YES, decisions_of
from sheets_sync.domain.intake.meetings import plan_key
from sheets_sync.domain.intake.record import Intake
from sheets_sync.domain.personal_record import classes_of, history
from sheets_sync.domain.school import Consent, ConsentKind, Pair, PairState, Person, Plan, PlanItem, Role
from sheets_sync.domain.tables import CellValue, Memory, Row, Table, Workbook

NO_NAME = "нет согласия"
_ENTERED = frozenset({PairState.IN_FORCE, PairState.PAUSED, PairState.ENDED, PairState.COMPLETED})
_STANDING = frozenset({PairState.APPROVED, PairState.IN_FORCE, PairState.PAUSED, PairState.COMPLETED})


def registry_table(intake: Intake, pairs: Sequence[Pair], workbook: Workbook) -> Table:
    """Return «Реестр»: a row for each person, and for each code that was joined to another one."""
    own = by_person(intake.consents)
    memory = intake.registry_memory
    standing = workbook.remembered("registry")
    rows = []
    for person in intake.people:
        classes = classes_of(person, standing.get(person.code, {}), intake.as_of)
        cells = _person_cells(person, own.get(person.code, ()), pairs, intake.as_of)
        cells["history"] = "\n".join(history(person, classes, pairs, intake.as_of))
        kept = {**memory.get(person.code, {}), **({"classes": classes} if classes else {})}
        rows.append(Row(key=person.code, cells=cells, memory=kept, reason="новая анкета"))
    rows += [
        Row(key=code, cells=_joined_cells(code, target, workbook), memory=memory.get(code, {}))
        for code, target in sorted(intake.into.items())
        if code in standing
    ]
    return Table("registry", tuple(rows))


def consents_table(intake: Intake, current: Editions, workbook: Workbook) -> Table:
    """Return «Согласия»: a row for each recorded and each needed consent of the people in the registry.

    Shape: `current` are the editions of the texts that are handed out now.
    """
    people = intake.by_code()
    remembered = workbook.remembered("consents")
    rows = []
    for consent in intake.consents:
        person = people.get(consent.person)
        if person is not None and consent.key:
            edition = edition_of(consent, remembered.get(consent.key, {}), current)
            cells = _consent_cells(consent, person, intake.as_of) | {"edition": edition}
            rows.append(Row(key=consent.key, cells=cells, memory=memory_of(consent, edition)))
    return Table("consents", tuple(rows))


def attendance_table(intake: Intake, pairs: Sequence[Pair]) -> Table:
    """Return «Явка»: a row for each participant; names of those whom the gate does not admit are withheld."""
    answered = {answer.person for answer in intake.networking}
    game = {answer.person: answer.was_at_game for answer in intake.diagnostics if answer.was_at_game}
    rows = []
    for person in intake.people:
        codes = [
            pair.code
            for pair in pairs
            if pair.state in _STANDING and person.code in (pair.mentor, pair.mentee)
        ]
        cells: dict[str, CellValue] = {
            "name": person.name if person.code in intake.consented else NO_NAME,
            "pairs": ", ".join(sorted(codes)),
            "networking_answer": "да" if person.code in answered else "",
            "game_answer": game.get(person.code, ""),
        }
        rows.append(Row(key=person.code, cells=cells))
    return Table("attendance", tuple(rows))


def plans_table(intake: Intake, workbook: Workbook) -> Table:
    """Return «Планы»: a row for each point; one that is no longer in the plan stays, marked «снят»."""
    rows = [_plan_row(plan, item, intake) for plan in intake.plans for item in plan.items]
    wanted = {row.key for row in rows}
    remembered = workbook.remembered("plans")
    for row in workbook.rows("plans"):
        if row.key in remembered and row.key not in wanted:
            names = ("pair", "goal", "text", "due", "done_on")
            cells = {name: row.cells.get(name) for name in names} | {"state": "снят"}
            rows.append(Row(key=row.key, cells=cells, memory=remembered[row.key]))
    return Table("plans", tuple(rows))


def questions_table(findings: Iterable[Finding], workbook: Workbook, as_of: date) -> Table:
    """Return «Вопросы к данным»: open questions with the day they were first asked, and settled ones.

    What was answered is remembered beside the row, so that a question is never asked twice.
    """
    decisions = decisions_of(workbook)
    remembered = workbook.remembered("questions")
    rows: dict[str, Row] = {}
    for finding in findings:
        memory = remembered.get(finding.key, {})
        decision = decisions.get(finding.key, Decision(finding.key))
        since = _day(memory.get("since")) or as_of
        rows.setdefault(finding.key, _question_row(finding, decision, since))
    for key, memory in remembered.items():
        if key not in rows:
            rows[key] = _settled_row(key, memory, decisions.get(key, Decision(key)))
    return Table("questions", tuple(rows.values()))


def _person_cells(
    person: Person, consents: Sequence[Consent], pairs: Sequence[Pair], as_of: date
) -> dict[str, CellValue]:
    admission = gate(person, consents, as_of)
    return {
        "name": person.name,
        "group": str(person.group),
        "school_class": person.school_class,
        "roles": ", ".join(str(role) for role in Role if role in person.roles),
        "birth_date": None if person.name == person.code else person.birth_date,
        "representative": person.representative,
        "contacts": ", ".join(person.contacts),
        "occupation": person.occupation,
        "needs": "\n".join(sorted(person.needs)),
        "resources": "\n".join(sorted(person.resources)),
        "capacity": person.capacity or None,
        "consent": "есть" if admission.allowed else admission.reason,
        "status": participation(person, pairs, as_of),
        "applied_on": person.applied_on,
        "entered_on": entered_on(person, pairs),
    }


def participation(person: Person, pairs: Iterable[Pair], on: date) -> str:
    """Say in Russian what a person's participation is on a date."""
    if person.excluded:
        return "не участвует"
    if person.left_on is not None and person.left_on <= on:
        return "выбыл"
    own = [pair for pair in pairs if person.code in (pair.mentor, pair.mentee)]
    if any(pair.in_force_on(on) for pair in own):
        return "участвует"
    if any(pair.state is PairState.COMPLETED for pair in own):
        return "завершил"
    return "кандидат"


def entered_on(person: Person, pairs: Iterable[Pair]) -> date | None:
    """Return the date of the first order that names a person, None before one."""
    days = [
        pair.in_force_from
        for pair in pairs
        if pair.in_force_from is not None
        and pair.state in _ENTERED
        and person.code in (pair.mentor, pair.mentee)
    ]
    return min(days, default=None)


def _joined_cells(code: str, target: str, workbook: Workbook) -> dict[str, CellValue]:
    row = workbook.sheets["registry"].by_key().get(code) if "registry" in workbook.sheets else None
    names = [name for name in _PROGRAM_COLUMNS if name != "status"]
    kept = {name: row.cells.get(name) for name in names} if row else {}
    return {**kept, "status": f"объединён с {target}"}


_PROGRAM_COLUMNS = (
    "name",
    "group",
    "school_class",
    "roles",
    "birth_date",
    "representative",
    "contacts",
    "occupation",
    "needs",
    "resources",
    "capacity",
    "consent",
    "status",
    "applied_on",
    "entered_on",
    "history",
)


def _consent_cells(consent: Consent, person: Person, as_of: date) -> dict[str, CellValue]:
    state = consent_state(consent, person, as_of)
    needed = consent.kind is not ConsentKind.PROCESSING or consent.signer in signers(person, as_of)
    return {
        "person": consent.person,
        "name": person.name,
        "kind": str(consent.kind),
        "signer": str(consent.signer),
        "status": (state or "действует") if needed else "больше не требуется",
    }


def _plan_row(plan: Plan, item: PlanItem, intake: Intake) -> Row:
    key = plan_key(plan.pair, item.number)
    late = item.due is not None and item.due < intake.as_of
    state = "выполнен" if item.done_on else "просрочен" if late else "в работе"
    marked = intake.plan_marks.get(key)
    return Row(
        key=key,
        cells={
            "pair": plan.pair,
            "goal": plan.goal,
            "text": item.text,
            "due": item.due,
            "done_on": item.done_on,
            "state": state,
        },
        memory={"marked_on": marked.isoformat()} if marked else {},
        reason="отчёт о встрече",
    )


def _question_row(finding: Finding, decision: Decision, since: date) -> Row:
    answered = decision.answer in {YES, NO, SKIP} and finding.severity is not Severity.QUARANTINE
    state = "решён" if answered else "отложен" if decision.answer == LATER else "открыт"
    return _row_of(finding, state, since, decision)


def _settled_row(key: str, memory: Memory, decision: Decision) -> Row:
    said = {name: _text(memory.get(name)) for name in ("place", "text", "suggestion", "subject")}
    severity = next((item for item in Severity if item == memory.get("severity")), Severity.QUESTION)
    finding = replace(Finding(key, said["place"], said["text"], severity), suggestion=said["suggestion"])
    return _row_of(finding, "решён", _day(memory.get("since")), decision)


def _row_of(finding: Finding, state: str, since: date | None, decision: Decision) -> Row:
    memory: dict[str, object] = {
        "place": finding.place,
        "text": finding.text,
        "severity": str(finding.severity),
        "suggestion": finding.suggestion,
        "since": since.isoformat() if since else "",
    }
    if decision.answer or decision.correction:
        memory |= {"decision": decision.answer, "correction": decision.correction}
    cells: Mapping[str, CellValue] = {
        "state": state,
        "severity": str(finding.severity),
        "place": finding.place,
        "text": finding.text,
        "suggestion": finding.suggestion,
        "since": since,
    }
    return Row(key=finding.key, cells=cells, memory=memory, reason="вопрос к данным")


def _day(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
