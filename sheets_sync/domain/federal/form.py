"""The rows of the statistical form, declared by the school and counted from the participants."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sheets_sync.domain.declaration import Fields, Problem
from sheets_sync.domain.federal.formula import (
    Condition,
    Count,
    Field,
    Formula,
    FormulaProblem,
    RowValue,
    read_formula,
)
from sheets_sync.domain.federal.participants import Participant


@dataclass(frozen=True, slots=True)
class FormRow:
    """One row as declared; `written` is the formula in the school's words."""

    code: str
    title: str
    written: str
    formula: Formula


@dataclass(frozen=True, slots=True)
class FederalForm:
    """The form that the school fills."""

    title: str
    rows: tuple[FormRow, ...]


@dataclass(frozen=True, slots=True)
class RowCount:
    """A row with its number, None while something about somebody is unknown: `note` says what."""

    row: FormRow
    number: int | None
    note: str = ""


def form_from_config(data: Mapping[str, object], forms: Collection[str]) -> tuple[FederalForm, list[Problem]]:
    """Read the mapping file config/federal_statistics.yaml, with all problems at once."""
    problems: list[Problem] = []
    fields = Fields(data, (), problems)
    fields.refuse_unknown(("title", "rows"))
    rows: list[FormRow] = []
    for place in fields.mappings("rows"):
        place.refuse_unknown(("code", "title", "formula"))
        code, written = place.text("code"), place.text("formula")
        above = [row.code for row in rows]
        if code in above:
            place.complain("code", f"строка «{code}» уже есть")
        if not written:
            continue
        try:
            formula = read_formula(written, above, forms)
        except FormulaProblem as problem:
            place.complain("formula", str(problem))
            formula = Formula(())
        rows.append(FormRow(code, place.text("title"), written, formula))
    return FederalForm(fields.text("title"), tuple(rows)), problems


def filled_form(form: FederalForm, people: Sequence[Participant]) -> tuple[RowCount, ...]:
    """Count every row; a row that adds rows is unknown where one of them is."""
    numbers: dict[str, int | None] = {}
    found = []
    for row in form.rows:
        total: int | None = 0
        notes: list[str] = []
        for sign, term in row.formula.terms:
            number, note = _term(term, numbers, people)
            notes += [note] if note else []
            total = None if total is None or number is None else total + sign * number
        if total is not None and total < 0:
            notes.append("получилось меньше нуля: проверьте формулу")
        numbers[row.code] = total
        found.append(RowCount(row, total, "; ".join(dict.fromkeys(notes))))
    return tuple(found)


def _term(
    term: Count | RowValue, numbers: Mapping[str, int | None], people: Iterable[Participant]
) -> tuple[int | None, str]:
    if isinstance(term, RowValue):
        number = numbers[term.code]
        return number, "" if number is not None else f"нет данных в строке {term.code}"
    fitting: set[str] = set()
    unsure: dict[str, set[Field]] = {}
    for one in people:
        answers = {condition.field: _fits(one, condition) for condition in term.conditions}
        if False in answers.values():
            continue
        missing = {field for field, answer in answers.items() if answer is None}
        if missing:
            unsure.setdefault(one.person, set()).update(missing)
        else:
            fitting.add(one.person)
    open_questions = [fields for person, fields in unsure.items() if person not in fitting]
    if not open_questions:
        return len(fitting), ""
    what = {Field.SEX: "пола", Field.AGE: "даты рождения"}
    names = " или ".join(what[field] for field in what if any(field in fields for fields in open_questions))
    return None, f"человек без {names}: {len(open_questions)}; без них — {len(fitting)}"


def _fits(one: Participant, condition: Condition) -> bool | None:
    """Whether a participant meets a condition, None where that is unknown."""
    if condition.field is Field.AGE:
        if one.age is None:
            return None
        inside = any(low <= one.age <= high for low, high in condition.ages)
    else:
        word = {
            Field.ROLE: one.role,
            Field.GROUP: one.group,
            Field.FORM: one.form,
            Field.SEX: one.sex,
        }[condition.field]
        if not word:
            return None
        inside = word in condition.words
    return inside is not condition.negated
