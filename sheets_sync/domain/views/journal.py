"""Rows of «Журнал» and «Состояние»: what a night changed and how things stand."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sheets_sync.domain.answers import column_id
from sheets_sync.domain.forms import FormSpec, Kind, Question
from sheets_sync.domain.plan import (
    AppendRow,
    CreateDocument,
    DiscardDocument,
    Remember,
    SetCells,
    SheetChange,
    shown,
)
from sheets_sync.domain.reconcile import fingerprint, reconcile
from sheets_sync.domain.schedules.due import NOTHING_BEFORE, RunsBefore
from sheets_sync.domain.tables import CellValue, Row, Table, Workbook, table
from sheets_sync.domain.views.run_state import before_lines

_CLOSED = frozenset({Kind.CHOICE, Kind.CHECKBOX, Kind.DROPDOWN, Kind.SCALE})
"""Kinds of questions whose answers name nobody, unless the respondent wrote a text of the own."""

_ELSEWHERE = "изменено (прежний ответ — в колонке «Прежние ответы»)"
_TOLD_BY_STATE = {"pairs": "state", "roadmap": "status"}
_COUNTED_BY_STATE = {"consents": ("status", "Согласия"), "questions": ("state", "Вопросы к данным")}
_BINNED = "В корзину Диска убран проект, который не нужен и называет человека без согласия,"
COUNTED = "Данные посчитаны"
WHOLE = "полностью"
UNFINISHED = "неполно: ответы ещё загружаются, остальное посчитает следующий запуск"


def journal_table(
    changes: Sequence[SheetChange],
    documents: Iterable[CreateDocument],
    discarded: Iterable[DiscardDocument],
    forms: Mapping[str, FormSpec],
    titles: Mapping[str, str],
    workbook: Workbook,
    as_of: date,
    before: RunsBefore = NOTHING_BEFORE,
) -> Table:
    """Tell what the night changes: answers that came or were edited, people, pairs, states, documents.

    What respondents wrote in words of their own is never repeated here, since it may name somebody: the
    journal says which answer changed and where to look. Choices stand with their old and new value.
    """
    lines = [
        *before_lines(before),
        *_answers(changes, forms),
        *_counts(changes, titles),
        *_counted_states(changes, titles),
        *_states(changes, titles),
    ]
    lines += [(f"Создан проект {one.key}: {one.title}", "лист «Документы»") for one in documents]
    lines += [(f"{_BINNED} {one.key}: {one.heading}", "лист «Документы»") for one in discarded]
    number = len(workbook.remembered("journal"))
    rows = [
        Row(str(number + place), {"on": as_of, "what": what, "source": source})
        for place, (what, source) in enumerate(lines, 1)
    ]
    return table("journal", rows)


def state_table(values: Mapping[str, CellValue], workbook: Workbook, as_of: date) -> Table:
    """Return «Состояние»: each line with the day since which it is so."""
    remembered = workbook.remembered("state")
    rows = []
    for key, value in values.items():
        memory = remembered.get(key, {})
        said, text = memory.get("since"), shown(value)
        since = date.fromisoformat(said) if memory.get("value") == text and isinstance(said, str) else as_of
        rows.append(
            Row(
                key,
                {"value": value, "since": since},
                memory={"value": text, "since": since.isoformat()},
            )
        )
    return table("state", rows)


@dataclass(frozen=True, slots=True)
class Completeness:
    """What the line «Данные посчитаны» says: before the last of several commits, after them, after one."""

    unfinished: tuple[SheetChange, ...]
    finished: tuple[SheetChange, ...]
    whole: tuple[SheetChange, ...]


def completeness(workbook: Workbook, as_of: date) -> Completeness:
    """Return the changes of the line that says whether everything was counted."""
    unfinished = reconcile(state_table({COUNTED: UNFINISHED}, workbook, as_of), workbook).changes
    whole = reconcile(state_table({COUNTED: WHOLE}, workbook, as_of), workbook).changes
    row = state_table({COUNTED: WHOLE}, workbook, as_of).rows[0]
    digests = {column: fingerprint(value) for column, value in row.cells.items()}
    finished = (
        SetCells("state", COUNTED, -1, {column: (None, value) for column, value in row.cells.items()}),
        Remember("state", COUNTED, digests, row.memory),
    )
    return Completeness(unfinished, finished, whole)


def _answers(changes: Iterable[SheetChange], forms: Mapping[str, FormSpec]) -> Iterable[tuple[str, str]]:
    new: Counter[str] = Counter()
    for change in changes:
        form = forms.get(change.sheet.removeprefix("answers_"))
        if form is None:
            continue
        if isinstance(change, AppendRow):
            new[form.title] += 1
        elif isinstance(change, SetCells):
            yield from _edit(change, form)
    for title, count in new.items():
        yield f"Новых ответов: {count}", f"форма «{title}»"


def _edit(change: SetCells, form: FormSpec) -> Iterable[tuple[str, str]]:
    questions = {column_id(question.field): question for question in form.questions}
    for column, (old, new) in change.cells.items():
        question = questions.get(column)
        if question is None:
            continue
        open_ = not (_names_nobody(question, shown(old)) and _names_nobody(question, shown(new)))
        told = _ELSEWHERE if open_ else f"«{shown(old)}» → «{shown(new)}»"
        yield f"Ответ {change.key}, «{question.header}»: {told}", f"форма «{form.title}», ответ исправлен"


def _names_nobody(question: Question, text: str) -> bool:
    if question.kind not in _CLOSED:
        return False
    return question.kind is Kind.SCALE or set(text.splitlines()) <= set(question.options)


def _counts(changes: Iterable[SheetChange], titles: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    new: Counter[str] = Counter()
    for change in changes:
        if isinstance(change, AppendRow) and change.sheet in {
            "registry",
            "pairs",
            "questions",
            "differences",
        }:
            new[change.sheet] += 1
    words = {
        "registry": "Новых участников",
        "pairs": "Новых предложений пар",
        "questions": "Новых вопросов к данным",
        "differences": "Новых расхождений",
    }
    for sheet, count in new.items():
        yield f"{words[sheet]}: {count}", f"лист «{titles[sheet]}»"


def _counted_states(changes: Iterable[SheetChange], titles: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    moved: Counter[tuple[str, str, str]] = Counter()
    for change in changes:
        column, _ = _COUNTED_BY_STATE.get(change.sheet, ("", ""))
        if isinstance(change, SetCells) and column in change.cells:
            old, new = change.cells[column]
            moved[change.sheet, shown(old), shown(new)] += 1
    for (sheet, old, new), count in moved.items():
        told = f"{_COUNTED_BY_STATE[sheet][1]}: {old or 'пусто'} → {new or 'пусто'}, строк: {count}"
        yield told, f"лист «{titles[sheet]}»"


def _states(changes: Iterable[SheetChange], titles: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    for change in changes:
        column = _TOLD_BY_STATE.get(change.sheet)
        if isinstance(change, SetCells) and column is not None and column in change.cells:
            old, new = change.cells[column]
            row = f"Пункт {change.key}" if change.sheet == "roadmap" else f"Пара {change.key}"
            why = f" ({change.reason})" if change.sheet == "pairs" and change.reason else ""
            yield f"{row}: {shown(old)} → {shown(new)}{why}", f"лист «{titles[change.sheet]}»"
