"""What a run would change: a list that can be printed, hashed and carried out, and nothing else."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date

from sheets_sync.domain.charts import ChartSpec
from sheets_sync.domain.tables import CellValue, DocumentLink, Formula, Memory


@dataclass(frozen=True, slots=True)
class AppendRow:
    """Add a row at the end of a sheet; the server picks the place."""

    sheet: str
    key: str
    cells: Mapping[str, CellValue]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SetCells:
    """Put new values into the program's cells of a row that stands at grid row `index`.

    Shape: `cells` maps column id to (value now, value wanted).
    """

    sheet: str
    key: str
    index: int
    cells: Mapping[str, tuple[CellValue, CellValue]]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class NoteCell:
    """Put a note on a cell, or take it away with ""."""

    sheet: str
    key: str
    index: int
    column: str
    note: str


@dataclass(frozen=True, slots=True)
class Remember:
    """Keep what the program knows about a row in the hidden sheet."""

    sheet: str
    key: str
    digests: Mapping[str, str]
    memory: Memory


@dataclass(frozen=True, slots=True)
class RenameCells:
    """Put another text wherever a cell of a sheet holds exactly this one, whatever row it stands in.

    Shape: `column` says where such texts are looked for by people; the service looks in the whole sheet.
    """

    sheet: str
    column: str
    find: str
    replacement: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class DrawChart:
    """Draw a chart, or with `new` False change what the chart of this number shows.

    Shape: `place` counts the charts above it beside the same sheet; `sheet` and `key` are what it is
    remembered by.
    """

    sheet: str
    key: str
    chart: ChartSpec
    number: int
    place: int
    new: bool


@dataclass(frozen=True, slots=True)
class CreateDocument:
    """Make a document from a template, out of everybody's sight until it is registered.

    Shape: `kind` is the template's id; `fields` maps placeholder names to texts; `tables` are the data rows
    of each table by its name; `replaces` are the ids of unedited drafts that this one supersedes; `because`
    says in Russian what changed since the draft that it takes the place of; `unsure` names the fields whose
    case nobody has confirmed.
    """

    key: str
    kind: str
    title: str
    fields: Mapping[str, str]
    tables: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    content: str = ""
    replaces: tuple[str, ...] = ()
    because: str = ""
    unsure: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StampDocument:
    """Put the secretary's number and date where the draft left blanks; what is filled in already stays.

    Shape: `fields` maps placeholder names to texts; `title` is the file's name from now on.
    """

    key: str
    document: str
    fields: Mapping[str, str]
    title: str = ""


@dataclass(frozen=True, slots=True)
class MoveDocument:
    """Bring a registered document from the bot's folder to the school's and bin the drafts it replaces.

    Shape: `kind` is the template's id.
    """

    key: str
    document: str
    kind: str
    replaces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DiscardDocument:
    """Put a draft that nobody needs and that names somebody without consent into the bin.

    Shape: `heading` names nobody.
    """

    key: str
    document: str
    heading: str


@dataclass(frozen=True, slots=True)
class DestroyDocument:
    """Remove a document for good, past the bin: it names somebody whose data must be destroyed."""

    document: str


SheetChange = AppendRow | SetCells | NoteCell | RenameCells | DrawChart | Remember
Change = SheetChange | CreateDocument | StampDocument | MoveDocument | DiscardDocument | DestroyDocument


@dataclass(frozen=True, slots=True)
class Plan:
    """All changes of one run.

    Shape: `intake` holds answers, their ledger and cursors (they may be committed in several parts when there
    are many); `computed` is committed once, last; `documents` are made and `stamps` put before it, `moves`,
    `discards` and `destroys` carried out after it.
    `unfinished` is what the first of several commits says in «Состояние», `finished` what the last of them
    takes back and `whole` what a single one says; `settled` is written when the documents have been moved
    and binned.
    `titles[sheet]` and `columns[sheet][column]` are the names people see.
    """

    as_of: date
    generation: int
    intake: tuple[SheetChange, ...] = ()
    documents: tuple[CreateDocument, ...] = ()
    stamps: tuple[StampDocument, ...] = ()
    computed: tuple[SheetChange, ...] = ()
    moves: tuple[MoveDocument, ...] = ()
    discards: tuple[DiscardDocument, ...] = ()
    destroys: tuple[DestroyDocument, ...] = ()
    unfinished: tuple[SheetChange, ...] = ()
    finished: tuple[SheetChange, ...] = ()
    whole: tuple[SheetChange, ...] = ()
    settled: tuple[SheetChange, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write."""
        return not self.changes

    @property
    def changes(self) -> tuple[Change, ...]:
        """All changes in the order in which they are carried out."""
        return (
            *self.intake,
            *self.documents,
            *self.stamps,
            *self.computed,
            *self.whole,
            *self.moves,
            *self.discards,
            *self.destroys,
        )

    @property
    def digest(self) -> str:
        """A fingerprint of the whole plan: equal plans, equal fingerprints."""
        body = json.dumps([_plain(change) for change in self.changes], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(body.encode()).hexdigest()[:16]

    def lines(self) -> list[str]:
        """Say every visible change in Russian, one line each."""
        return [text for change in self.changes if (text := self._say(change))]

    def _say(self, change: Change) -> str:
        match change:
            case AppendRow():
                cells = ", ".join(shown(value) for value in change.cells.values() if shown(value))
                return f"«{self._title(change.sheet)}»: новая строка {change.key}: {cells}"
            case SetCells():
                parts = [
                    f"{self._column(change.sheet, column)}: «{shown(old)}» → «{shown(new)}»"
                    for column, (old, new) in change.cells.items()
                ]
                return f"«{self._title(change.sheet)}», строка {change.key}: " + "; ".join(parts)
            case NoteCell():
                column = self._column(change.sheet, change.column)
                return f"«{self._title(change.sheet)}», строка {change.key}: примечание к ячейке «{column}»"
            case RenameCells():
                return f"«{self._title(change.sheet)}»: имя заменено кодом {change.replacement}"
            case DestroyDocument():
                return "Документ с именем участника, чьи данные уничтожаются: удалить без возврата"
            case DrawChart():
                done = "новая" if change.new else "обновить"
                return f"«{self._title(change.chart.beside)}»: диаграмма «{change.chart.title}», {done}"
            case CreateDocument():
                because = f" (новая версия: {change.because})" if change.because else ""
                return f"Документ {change.key}: {change.title}{because}"
            case StampDocument():
                return f"Документ {change.key}: вписать {', '.join(change.fields.values())}"
            case MoveDocument():
                return f"Документ {change.key}: перенести в папку школы"
            case DiscardDocument():
                return f"Документ {change.key}: убрать в корзину ({change.heading})"
            case Remember():
                return ""

    def _title(self, sheet: str) -> str:
        return self.titles.get(sheet, sheet)

    def _column(self, sheet: str, column: str) -> str:
        return self.columns.get(sheet, {}).get(column, column)


def shown(value: CellValue) -> str:
    """Return a value as a person reads it in the plan."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y")
    if isinstance(value, Formula):
        return value.text
    if isinstance(value, DocumentLink):
        return f"ссылка на {value.document}"
    return str(value)


def visible(changes: Iterable[Change]) -> int:
    """Count the changes that a person can see."""
    return sum(not isinstance(change, Remember) for change in changes)


def _plain(change: Change) -> object:
    return {"change": type(change).__name__, **json.loads(json.dumps(asdict(change), default=str))}
