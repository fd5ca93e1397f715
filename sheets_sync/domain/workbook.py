"""The master spreadsheet as declared: which sheets, which columns, whose they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sheets_sync.domain.declaration import Fields, Problem


class SheetKind(StrEnum):
    """Who writes in a sheet."""

    COMPUTED = "computed"
    DECISIONS = "decisions"
    STAFF = "staff"
    ANSWERS = "answers"
    HIDDEN = "hidden"


class ColumnOwner(StrEnum):
    """Who writes in a column; the key is written once and never again."""

    KEY = "key"
    PROGRAM = "program"
    STAFF = "staff"


class ColumnType(StrEnum):
    """What the cells of a column hold; shares and percents are numbers, 0.25 shown as 25 %."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    BOOL = "bool"
    PERCENT = "percent"
    FORMULA = "formula"


LISTS = (
    "mentoring_forms",
    "mentoring_forms_or_all",
    "document_kinds",
    "classes_and_groups",
)
"""What `choices_from` may name; the lists themselves come from the school's settings and documents."""

COLUMN_KEYS = ("id", "title", "by", "type", "width", "wrap", "choices", "choices_from", "note", "hidden")
SHEET_KEYS = ("id", "title", "kind", "about", "form", "columns")


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """One column.

    Unit: `width` is pixels. Shape: `choices` are the texts of the drop-down; `choices_from` names a list of
    `LISTS` that holds them instead; neither means no drop-down. A `hidden` column is not shown.
    """

    id: str
    title: str
    by: ColumnOwner
    type: ColumnType = ColumnType.TEXT
    width: int = 100
    wrap: bool = False
    choices: tuple[str, ...] = ()
    choices_from: str = ""
    note: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class SheetSpec:
    """One sheet; `about` is the sentence shown to people, `form` the form whose answers it holds."""

    id: str
    title: str
    kind: SheetKind
    columns: tuple[ColumnSpec, ...] = ()
    about: str = ""
    form: str = ""

    @property
    def key_column(self) -> str | None:
        """Return the id of the column that names the rows, None in sheets whose rows have no name."""
        return next((column.id for column in self.columns if column.by is ColumnOwner.KEY), None)

    def column(self, column_id: str) -> ColumnSpec:
        """Return a column by id; an id that is not declared raises KeyError."""
        for column in self.columns:
            if column.id == column_id:
                return column
        raise KeyError(f"{self.id}.{column_id}")

    def owned_by(self, owner: ColumnOwner) -> tuple[ColumnSpec, ...]:
        """Return the columns of one owner in order."""
        return tuple(column for column in self.columns if column.by is owner)


@dataclass(frozen=True, slots=True)
class WorkbookSpec:
    """The whole spreadsheet; `title` may hold {school} and {year}."""

    title: str
    sheets: tuple[SheetSpec, ...]

    def sheet(self, sheet_id: str) -> SheetSpec:
        """Return a sheet by id; an id that is not declared raises KeyError."""
        for sheet in self.sheets:
            if sheet.id == sheet_id:
                return sheet
        raise KeyError(sheet_id)

    @property
    def titles(self) -> dict[str, str]:
        """Return the titles of all sheets by id."""
        return {sheet.id: sheet.title for sheet in self.sheets}

    def answers_of(self, form: str) -> SheetSpec:
        """Return the sheet of a form's answers; a form without one raises KeyError."""
        for sheet in self.sheets:
            if sheet.kind is SheetKind.ANSWERS and sheet.form == form:
                return sheet
        raise KeyError(form)


def workbook_from_config(data: Mapping[str, object]) -> tuple[WorkbookSpec, list[Problem]]:
    """Read the workbook from the mapping that config/workbook.yaml holds, with all problems at once."""
    problems: list[Problem] = []
    fields = Fields(data, (), problems)
    fields.refuse_unknown(("title", "sheets"))
    if not fields.has("sheets"):
        fields.complain("sheets", "нет списка листов «sheets»")
    sheets = []
    seen: dict[str, set[str]] = {"id": set(), "title": set(), "form": set()}
    for place in fields.mappings("sheets"):
        sheet = _sheet(place)
        _refuse_repeats(place, seen, {"id": sheet.id, "title": sheet.title, "form": sheet.form}, "листа")
        sheets.append(sheet)
    return WorkbookSpec(fields.text("title"), tuple(sheets)), problems


def with_answers(spec: WorkbookSpec, columns_by_form: Mapping[str, Sequence[ColumnSpec]]) -> WorkbookSpec:
    """Give every answers sheet the columns made from its form; a sheet of an unknown form keeps its own."""
    sheets = [
        replace(sheet, columns=(*sheet.columns, *columns_by_form.get(sheet.form, ())))
        if sheet.kind is SheetKind.ANSWERS
        else sheet
        for sheet in spec.sheets
    ]
    return replace(spec, sheets=tuple(sheets))


def _sheet(fields: Fields) -> SheetSpec:
    fields.refuse_unknown(SHEET_KEYS)
    kind = fields.choice("kind", tuple(SheetKind), SheetKind.STAFF)
    columns = []
    seen: dict[str, set[str]] = {"id": set(), "title": set()}
    for place in fields.mappings("columns"):
        column = _column(place)
        _refuse_repeats(place, seen, {"id": column.id, "title": column.title}, "колонки")
        columns.append(column)
    sheet = SheetSpec(
        id=fields.text("id"),
        title=fields.text("title"),
        kind=kind,
        columns=tuple(columns),
        about=fields.text("about", ""),
        form=fields.text("form") if kind is SheetKind.ANSWERS else fields.text("form", ""),
    )
    _judge(sheet, fields)
    return sheet


def _judge(sheet: SheetSpec, fields: Fields) -> None:
    keys = len(sheet.owned_by(ColumnOwner.KEY))
    if sheet.form and sheet.kind is not SheetKind.ANSWERS:
        fields.complain("form", "форма бывает только у листа вида answers")
    if not sheet.columns and sheet.kind is not SheetKind.ANSWERS:
        fields.complain("columns", f"у листа «{sheet.title}» нет колонок")
    elif sheet.kind in {SheetKind.COMPUTED, SheetKind.DECISIONS} and keys != 1:
        fields.complain("columns", f"у листа «{sheet.title}» ровно одна колонка должна быть by: key")
    elif sheet.kind is SheetKind.COMPUTED and sheet.owned_by(ColumnOwner.STAFF):
        fields.complain("columns", f"в вычисляемом листе «{sheet.title}» не бывает колонок by: staff")


def _column(fields: Fields) -> ColumnSpec:
    fields.refuse_unknown(COLUMN_KEYS)
    choices_from = fields.text("choices_from", "")
    if not fields.has("by"):
        fields.complain("by", f"не сказано, чья колонка: by: {', '.join(ColumnOwner)}")
    if choices_from and choices_from not in LISTS:
        fields.complain("choices_from", f"неизвестный список «{choices_from}»; бывают: {', '.join(LISTS)}")
    width = fields.whole("width", 100)
    if width < 1:
        fields.complain("width", f"ширина колонки должна быть больше нуля, а стоит «{width}»")
    return ColumnSpec(
        id=fields.text("id"),
        title=fields.text("title"),
        by=fields.choice("by", tuple(ColumnOwner), ColumnOwner.PROGRAM),
        type=fields.choice("type", tuple(ColumnType), ColumnType.TEXT),
        width=width,
        wrap=fields.flag("wrap"),
        choices=fields.texts("choices"),
        choices_from=choices_from,
        note=fields.text("note", ""),
        hidden=fields.flag("hidden"),
    )


def _refuse_repeats(fields: Fields, seen: dict[str, set[str]], values: Mapping[str, str], whose: str) -> None:
    for key, value in values.items():
        if not value:
            continue
        if value in seen[key]:
            fields.complain(key, f"«{value}» уже есть: {key} {whose} не повторяется")
        seen[key].add(value)
