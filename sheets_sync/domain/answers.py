"""The sheets «Ответы: …»: one row for each response, texts as they were given, and back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, tzinfo

from sheets_sync.domain.findings import Finding, Severity
from sheets_sync.domain.forms import FormSpec, Kind, Question
from sheets_sync.domain.intake.decisions import DELETED, Verdict
from sheets_sync.domain.intake.interpret import MOSCOW
from sheets_sync.domain.reconcile import fingerprint
from sheets_sync.domain.responses import Response
from sheets_sync.domain.tables import CellValue, ReadRow, Row, Table, Workbook, storable
from sheets_sync.domain.workbook import ColumnOwner, ColumnSpec

CUT = "\n… [ответ длиннее 50 000 знаков: полностью — в форме]"
FIXED = ("key", "submitted", "created", "state", "person", "before")
"""Column ids that every sheet of answers has besides those of the questions."""

_LONGEST_BEFORE, _KEPT_BEFORE = 500, 20

_TIME = "%d.%m.%Y %H:%M:%S"


def answers_columns(form: FormSpec) -> list[ColumnSpec]:
    """Return the columns of a form's sheet: what the program says of an answer, then the questions."""
    columns = [
        ColumnSpec("key", "Ответ", ColumnOwner.KEY, width=110),
        ColumnSpec("submitted", "Отправлен", ColumnOwner.PROGRAM, width=140),
        ColumnSpec("created", "Получен впервые", ColumnOwner.PROGRAM, width=140),
        ColumnSpec("state", "Состояние", ColumnOwner.PROGRAM, width=120),
        ColumnSpec("person", "Код участника", ColumnOwner.PROGRAM, width=95),
    ]
    for question in form.questions:
        columns.append(
            ColumnSpec(
                column_id(question.field),
                question.header,
                ColumnOwner.PROGRAM,
                width=260 if question.kind in {Kind.PARAGRAPH, Kind.CHECKBOX} else 160,
                wrap=question.kind is Kind.PARAGRAPH,
            )
        )
    columns.append(ColumnSpec("before", "Прежние ответы", ColumnOwner.PROGRAM, width=260))
    return columns


def column_id(field: str) -> str:
    """Return the column of a field; a field that is named like a fixed column gets a prefix."""
    return f"answer_{field}" if field in FIXED else field


def answers_table(
    form: FormSpec,
    responses: Iterable[Response],
    verdicts: Mapping[str, Verdict],
    workbook: Workbook,
    *,
    zone: tzinfo = MOSCOW,
) -> Table:
    """Return the rows of a form's sheet; a cell that staff typed over is left to them.

    Shape: `responses` may hold other forms' responses too; those of this form become rows in order of first
    submission. Several choices stand on lines of their own; a text beyond the cell's limit is cut with a
    note.
    """
    sheet = f"answers_{form.id}"
    own = sorted(
        (response for response in responses if response.form == form.id),
        key=lambda item: (item.created, item.response_id),
    )
    standing = workbook.sheets[sheet].by_key() if sheet in workbook.sheets else {}
    rows = []
    for response in own:
        row = standing.get(response.response_id)
        taken = typed_over(row, workbook.digests.get((sheet, response.response_id), {})) if row else ()
        cells = _cells(form, response, verdicts.get(response.response_id), zone)
        memory: dict[str, object] = {
            "submitted": _exact(response.submitted),
            "created": _exact(response.created),
        }
        known = workbook.memory.get((sheet, response.response_id), {})
        changed = _changed(form, response, row, known, taken)
        before = _before(changed, known)
        if before:
            cells["before"] = "\n".join(before)
            memory["before"] = before
        if days := edit_days(changed, response, known, zone):
            memory["edited"] = days
        rows.append(
            Row(
                key=response.response_id,
                cells={name: value for name, value in cells.items() if name not in taken},
                memory=memory,
                reason=f"ответ на форму «{form.title}»",
            )
        )
    return Table(sheet, tuple(rows))


def as_stored(response: Response) -> Response:
    """Return a response with the texts that its row will hold, so that every night judges the same answer."""
    answers = {
        field: tuple(storable(text, CUT) for text in given) for field, given in response.answers.items()
    }
    return replace(response, answers=answers)


def responses_from_rows(
    form: FormSpec, rows: Iterable[ReadRow], workbook: Workbook, *, zone: tzinfo = MOSCOW
) -> list[Response]:
    """Return the responses that stand in a form's sheet; what staff typed into an answer is the answer.

    Exact times come from memory; a row without it (pasted by hand) takes them from its cells, and one without
    a readable time is left out.
    """
    kinds = {question.field: question.kind for question in form.questions}
    found: dict[str, Response] = {}
    for row in rows:
        memory = workbook.memory.get((f"answers_{form.id}", row.key), {})
        submitted = _moment(memory.get("submitted"), row.text("submitted"), zone)
        created = _moment(memory.get("created"), row.text("created"), zone) or submitted
        if row.key and submitted and created and row.key not in found:
            answers = {
                field: _texts(_raw(row, column_id(field)), kind)
                for field, kind in kinds.items()
                if _raw(row, column_id(field)) != ""
            }
            deleted = row.text("state") == DELETED
            found[row.key] = Response(form.id, row.key, created, submitted, answers, deleted)
    return list(found.values())


def typed_over(row: ReadRow, digests: Mapping[str, str]) -> tuple[str, ...]:
    """Return the answer columns of a row in which something else stands than the program wrote last."""
    if not digests:
        return ()
    return tuple(
        column
        for column, value in row.cells.items()
        if column not in FIXED and value not in (None, "") and digests.get(column) != fingerprint(value)
    )


def typed_over_findings(forms: Iterable[FormSpec], workbook: Workbook) -> tuple[Finding, ...]:
    """Return a note for each answer that staff corrected in «Ответы: …» itself."""
    found = []
    for form in forms:
        sheet = f"answers_{form.id}"
        headers = {column_id(question.field): question.header for question in form.questions}
        for row in workbook.rows(sheet):
            for column in typed_over(row, workbook.digests.get((sheet, row.key), {})):
                if column in headers:
                    found.append(_corrected(form, row, column, headers[column]))
    return tuple(found)


def _corrected(form: FormSpec, row: ReadRow, column: str, header: str) -> Finding:
    text = f"в ответе исправлено «{header}»: действует «{row.text(column)[:200]}»"
    place = f"Ответы: {form.title}, строка {row.index + 1}"
    return Finding(f"правка ответа/{row.key}/{column}", place, text, Severity.NOTE, subject=row.key)


def _cells(form: FormSpec, response: Response, verdict: Verdict | None, zone: tzinfo) -> dict[str, CellValue]:
    cells: dict[str, CellValue] = {
        "submitted": response.submitted.astimezone(zone).strftime(_TIME),
        "created": response.created.astimezone(zone).strftime(_TIME),
        "state": verdict.state if verdict else "",
        "person": verdict.person if verdict else "",
    }
    for question in form.questions:
        given = response.answers.get(question.field, ())
        cells[column_id(question.field)] = storable("\n".join(given), CUT) if given else None
    return cells


def edited_fields(
    form: FormSpec, response: Response, workbook: Workbook, zone: tzinfo = MOSCOW
) -> Mapping[str, str]:
    """Return the questions of a response that were edited, by field, with the day of the last edit."""
    sheet = f"answers_{form.id}"
    row = workbook.sheets[sheet].by_key().get(response.response_id) if sheet in workbook.sheets else None
    known = workbook.memory.get((sheet, response.response_id), {})
    taken = typed_over(row, workbook.digests.get((sheet, response.response_id), {})) if row else ()
    return edit_days(_changed(form, response, row, known, taken), response, known, zone)


def edit_days(
    changed: Iterable[tuple[Question, str]],
    response: Response,
    memory: Mapping[str, object],
    zone: tzinfo,
) -> dict[str, str]:
    """Return what a row remembers of edits, with tonight's: field → day of the last edit."""
    said = memory.get("edited")
    kept = {str(field): str(day) for field, day in said.items()} if isinstance(said, Mapping) else {}
    today = response.submitted.astimezone(zone).date().isoformat()
    return kept | {question.field: today for question, _ in changed}


def _changed(
    form: FormSpec,
    response: Response,
    row: ReadRow | None,
    memory: Mapping[str, object],
    taken: Sequence[str],
) -> list[tuple[Question, str]]:
    """Return the questions that a response answers otherwise than its row, and what the row says."""
    earlier = memory.get("submitted")
    if row is None or not isinstance(earlier, str) or earlier == _exact(response.submitted):
        return []
    found = []
    for question in form.questions:
        column = column_id(question.field)
        old, new = _raw(row, column), storable("\n".join(response.answers.get(question.field, ())), CUT)
        if old != new and column not in taken:
            found.append((question, old))
    return found


def _before(changed: Iterable[tuple[Question, str]], memory: Mapping[str, object]) -> list[str]:
    """Return what an edited answer said before, question by question, the newest change last.

    Names and contacts stand here and not in «Журнал»: this sheet is one of those that show them.
    """
    said = memory.get("before")
    kept = [str(line) for line in said] if isinstance(said, list) else []
    kept += [f"{question.header}: {_in_short(old)}" for question, old in changed]
    return kept[-_KEPT_BEFORE:]


def _in_short(text: str) -> str:
    line = " ¶ ".join(text.splitlines()) or "—"
    return line if len(line) <= _LONGEST_BEFORE else f"{line[:_LONGEST_BEFORE]}…"


def _raw(row: ReadRow, column: str) -> str:
    value = row.cells.get(column)
    return value if isinstance(value, str) else row.text(column)


def _texts(text: str, kind: Kind) -> tuple[str, ...]:
    if kind is not Kind.CHECKBOX:
        return (text,)
    pieces: Sequence[str] = text.split("\n")
    return tuple(piece for piece in pieces if piece)


def _exact(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


def _moment(exact: object, shown: str, zone: tzinfo) -> datetime | None:
    try:
        if isinstance(exact, str):
            return datetime.fromisoformat(exact)
        return datetime.strptime(shown, _TIME).replace(tzinfo=zone).astimezone(UTC)
    except ValueError:
        return None
