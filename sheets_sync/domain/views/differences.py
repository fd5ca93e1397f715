"""Rows of «Расхождения»: what staff typed over computed cells or judge otherwise, and rows they removed."""

from collections.abc import Iterable, Mapping
from datetime import date

from sheets_sync.domain.plan import NoteCell, SheetChange, shown
from sheets_sync.domain.reconcile import Override
from sheets_sync.domain.roadmap_status import MeasureStatus
from sheets_sync.domain.tables import CellValue, Row, Table, Workbook, table

STANDS, RELEASED = "действует", "снято"
_ROW, _MARK = "строка", "отметка"
_LONGEST = 2000


def differences_table(
    overrides: Iterable[Override],
    titles: Mapping[str, Mapping[str, str]],
    sheets: Mapping[str, str],
    workbook: Workbook,
    as_of: date,
    statuses: Iterable[MeasureStatus] = (),
) -> Table:
    """List every value typed over a computed one, every deleted row, every state judged otherwise by hand.

    Shape: `titles[sheet][column]` and `sheets[sheet]` are the names people see. What is no longer so stays in
    the list as «снято».
    """
    remembered = workbook.remembered("differences")
    rows: dict[str, Row] = {}
    for one in overrides:
        key = f"{one.sheet}/{one.key}/{one.column}"
        rows[key] = _row(
            key,
            STANDS,
            (
                sheets[one.sheet],
                one.key,
                titles[one.sheet][one.column],
                _short(one.typed),
                _short(one.computed),
            ),
            _since(remembered.get(key, {}), STANDS, as_of),
        )
    for sheet, row_key in sorted(workbook.deleted):
        if sheet in sheets and sheet != "differences":
            key = f"{sheet}/{row_key}/{_ROW}"
            texts = (sheets[sheet], row_key, "вся строка", "строка удалена", "строка была")
            rows[key] = _row(key, STANDS, texts, _since(remembered.get(key, {}), STANDS, as_of))
    for status in statuses:
        if status.disagreement:
            key = f"roadmap/{status.number}/{_MARK}"
            who, state = f"пункт {status.number}", status.status.value
            texts = (sheets["marks"], who, "состояние пункта", status.hand_status, state)
            rows[key] = _row(key, STANDS, texts, _since(remembered.get(key, {}), STANDS, as_of))
    for key, memory in remembered.items():
        if key not in rows:
            said = memory.get("texts")
            kept = tuple(str(text) for text in said) if isinstance(said, list) else ("", "", "", "", "")
            rows[key] = _row(key, RELEASED, kept, _since(memory, RELEASED, as_of))
    return table("differences", (rows[key] for key in sorted(rows)))


def notes(overrides: Iterable[Override], workbook: Workbook) -> list[SheetChange]:
    """Put a note on every cell newly typed over, so that its neighbours see whose value it is."""
    known = workbook.remembered("differences")
    found: list[SheetChange] = []
    for one in overrides:
        memory = known.get(f"{one.sheet}/{one.key}/{one.column}", {})
        if memory.get("state") != STANDS:
            text = f"Введено вручную. По расчёту программы: {_short(one.computed) or 'пусто'}"
            found.append(NoteCell(one.sheet, one.key, one.index, one.column, text))
    return found


def released_notes(overrides: Iterable[Override], workbook: Workbook) -> list[SheetChange]:
    """Take the notes away from cells that were given back to the program."""
    standing = {f"{one.sheet}/{one.key}/{one.column}" for one in overrides}
    found: list[SheetChange] = []
    for key, memory in workbook.remembered("differences").items():
        sheet, _, rest = key.partition("/")
        row_key, _, column = rest.rpartition("/")
        if memory.get("state") == STANDS and key not in standing and column not in {_ROW, _MARK}:
            found.append(NoteCell(sheet, row_key, -1, column, ""))
    return found


def _short(value: CellValue) -> str:
    # Both texts are remembered in one cell of the hidden sheet, which holds 50 000 characters.
    text = shown(value)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def _since(memory: Mapping[str, object], state: str, as_of: date) -> date:
    said = memory.get("since")
    if memory.get("state") == state and isinstance(said, str):
        return date.fromisoformat(said)
    return as_of


def _row(key: str, state: str, texts: tuple[str, ...], since: date) -> Row:
    sheet, row_key, column, typed, computed = texts
    return Row(
        key,
        {
            "state": state,
            "sheet": sheet,
            "row": row_key,
            "column": column,
            "typed": typed,
            "computed": computed,
            "since": since,
        },
        memory={"state": state, "since": since.isoformat(), "texts": list(texts)},
    )
