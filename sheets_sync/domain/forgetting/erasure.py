"""What is erased in the spreadsheet: the rows of a person, and the program's own words about them elsewhere.

Staff's cells are never written, with the one exception that the law makes: those that stand in a row keyed
to the person. What staff wrote about the person in other rows is listed for them and left alone.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sheets_sync.domain.answers import column_id
from sheets_sync.domain.dates import printed
from sheets_sync.domain.forgetting.afterwards import ASKED
from sheets_sync.domain.forgetting.subject import Subject
from sheets_sync.domain.forgetting.tombstones import DESTROYED, MEMORY, worded_fields
from sheets_sync.domain.forms import FormSpec
from sheets_sync.domain.names import name_key
from sheets_sync.domain.plan import NoteCell, Remember, RenameCells, SetCells, SheetChange
from sheets_sync.domain.reconcile import KEY, fingerprint
from sheets_sync.domain.tables import CellValue, Memory, ReadRow, ReadSheet, Workbook
from sheets_sync.domain.views.differences import RELEASED
from sheets_sync.domain.workbook import ColumnOwner, SheetKind, WorkbookSpec

_RowKey = tuple[str, str]
_ANSWERS = "answers_"
_STATE = "уничтожен"
"""What «Состояние» of an answer says once its words are gone."""

_KEPT_OF_ANSWERS = frozenset({KEY, "submitted", "created", "person"})
_WORDS_OF_PAIRS = ("reason", "decision_reason")
_WORDS_OF_PLANS = ("goal", "text", "comment")


@dataclass(frozen=True, slots=True)
class Erasure:
    """The changes that erase a person, the spreadsheet as it is then, and how many cells went, by sheet."""

    workbook: Workbook
    changes: tuple[SheetChange, ...]
    cells: Mapping[str, int]

    @property
    def renamed(self) -> frozenset[tuple[str, str]]:
        """Sheet and text of the cells that get another text wherever they stand."""
        return frozenset((one.sheet, one.find) for one in self.changes if isinstance(one, RenameCells))


def erase(
    workbook: Workbook,
    spec: WorkbookSpec,
    forms: Mapping[str, FormSpec],
    subject: Subject,
    notes: Iterable[tuple[str, str, str]],
    on: date,
) -> Erasure:
    """Erase a person from every row that is theirs and from the program's own cells and memory elsewhere.

    Shape: `notes` are the notes that stand at cells, as (sheet, key, column). What a night computes anew from
    what is left comes back into the emptied cells by itself.
    """
    work = _Eraser(workbook, spec, subject, on)
    work.rows_of_the_person(forms)
    work.own_words_elsewhere()
    return work.done(notes)


@dataclass
class _Eraser:
    workbook: Workbook
    spec: WorkbookSpec
    subject: Subject
    on: date
    cells: dict[_RowKey, dict[str, CellValue]] = field(default_factory=dict)
    memories: dict[_RowKey, Memory] = field(default_factory=dict)
    renamed: list[RenameCells] = field(default_factory=list)
    mine: set[_RowKey] = field(default_factory=set)

    def rows_of_the_person(self, forms: Mapping[str, FormSpec]) -> None:
        who, told = self.subject, f"{DESTROYED} {printed(self.on)}"
        for code in sorted(who.codes):
            self._whole("registry", code, {"status": told})
            self._whole("attendance", code, {})
        for row in self.workbook.rows("consents"):
            if row.key.split("/")[0] in who.codes:
                named = [name for name in ("paper",) if who.mentions.found_in(row.text(name))]
                self._take("consents", row.key, ("name", "signed_by", *named), {"status": DESTROYED})
        for form in forms.values():
            sheet = f"{_ANSWERS}{form.id}"
            for key in sorted(who.responses):
                self._whole(sheet, key, {"state": _STATE}, keep=_KEPT_OF_ANSWERS)
            words = [column_id(name) for name in worded_fields(form)]
            for key in sorted(who.reports):
                self._take(sheet, key, (*words, "before"), {}, ("before", "edited"))
        for code in sorted(who.pairs):
            self._take("pairs", code, _WORDS_OF_PAIRS, {}, ("reason", "facts"))
        for row in self.workbook.rows("plans"):
            if row.key.split("/")[0] in who.pairs or row.text("pair") in who.pairs:
                self._take("plans", row.key, _WORDS_OF_PLANS, {})
        self._questions()
        self._differences()
        self._participations()

    def own_words_elsewhere(self) -> None:
        """Empty what the program wrote itself; a night fills again what does not come from the person."""
        for sheet in self.spec.sheets:
            if sheet.kind is SheetKind.HIDDEN:
                continue
            own = {column.id for column in sheet.owned_by(ColumnOwner.PROGRAM)}
            if sheet.kind is SheetKind.ANSWERS:
                own = {"before"}
            for row in self.workbook.rows(sheet.id):
                if row.key and (sheet.id, row.key) not in self.mine:
                    found = [name for name in own & row.cells.keys() if self._mentions(row.text(name))]
                    self._take(sheet.id, row.key, found, {})
        for identity, memory in self.workbook.memory.items():
            if identity[0] in {MEMORY, "resource"}:
                continue
            now = self.memories.get(identity, memory)
            without = _scrubbed(now, self._mentions)
            if without != now:
                self.memories[identity] = without

    def done(self, notes: Iterable[tuple[str, str, str]]) -> Erasure:
        changes: list[SheetChange] = []
        counted: Counter[str] = Counter()
        rows = {name: sheet.by_key() for name, sheet in self.workbook.sheets.items()}
        digests = {identity: dict(known) for identity, known in self.workbook.digests.items()}
        for (sheet, key), wanted in self.cells.items():
            row = rows[sheet][key]
            cells = {
                name: (row.cells.get(name), new)
                for name, new in wanted.items()
                if name in row.formulas or not _is_so(row.cells.get(name), new)
            }
            counted[sheet] += sum(old not in (None, "", False) for old, _ in cells.values())
            if cells:
                changes.append(SetCells(sheet, key, row.index, cells, DESTROYED))
            known = digests.setdefault((sheet, key), {})
            for name, new in wanted.items():
                if name in known or new is not None:
                    known[name] = fingerprint(new)
        changes += [
            NoteCell(sheet, key, rows[sheet][key].index, column, "")
            for sheet, key, column in notes
            if (sheet, key) in self.mine and key in rows.get(sheet, {})
        ]
        changes += self.renamed
        for change in self.renamed:
            counted[change.sheet] += 1
        for identity in sorted(self.cells.keys() | self.memories.keys()):
            if identity in self.workbook.memory:
                memory = self.memories.get(identity, self.workbook.memory[identity])
                changes.append(Remember(*identity, digests.get(identity, {}), memory))
        return Erasure(self._workbook(digests), tuple(changes), {k: n for k, n in counted.items() if n})

    def _workbook(self, digests: Mapping[_RowKey, Mapping[str, str]]) -> Workbook:
        sheets = {
            name: ReadSheet(name, tuple(self._erased(name, row) for row in sheet.rows))
            for name, sheet in self.workbook.sheets.items()
        }
        memory = {**self.workbook.memory, **self.memories}
        return replace(self.workbook, sheets=sheets, memory=memory, digests=digests)

    def _erased(self, sheet: str, row: ReadRow) -> ReadRow:
        wanted = dict(self.cells.get((sheet, row.key), {})) if row.key else {}
        for change in self.renamed:
            if change.sheet == sheet and row.cells.get(change.column) == change.find:
                wanted[change.column] = change.replacement
        if not wanted:
            return row
        cells = {**row.cells, **wanted}
        return replace(
            row,
            cells={name: value for name, value in cells.items() if value is not None},
            formulas={name: text for name, text in row.formulas.items() if name not in wanted},
        )

    def _whole(
        self,
        sheet: str,
        key: str,
        say: Mapping[str, CellValue],
        keep: frozenset[str] = frozenset({KEY}),
    ) -> None:
        row = self._row(sheet, key)
        if row is None:
            return
        names = [column.id for column in self.spec.sheet(sheet).columns if column.id not in keep]
        self.mine.add((sheet, key))
        self._take(sheet, key, names, say)
        self.memories[sheet, key] = {MEMORY: self.on.isoformat()}

    def _take(
        self,
        sheet: str,
        key: str,
        names: Sequence[str],
        say: Mapping[str, CellValue],
        of_memory: Sequence[str] = (),
    ) -> None:
        if self._row(sheet, key) is None or not (names or say):
            return
        if say or sheet in {"plans", "pairs"}:
            self.mine.add((sheet, key))
        wanted = self.cells.setdefault((sheet, key), {})
        wanted |= dict.fromkeys(names, None)
        wanted |= say
        memory = self.memories.get((sheet, key), self.workbook.memory.get((sheet, key), {}))
        if any(name in memory for name in of_memory):
            self.memories[sheet, key] = {k: v for k, v in memory.items() if k not in of_memory}

    def _row(self, sheet: str, key: str) -> ReadRow | None:
        found = self.workbook.sheets.get(sheet)
        return found.by_key().get(key) if found else None

    def _mentions(self, text: str) -> bool:
        return self.subject.mentions.found_in(text)

    def _questions(self) -> None:
        who = self.subject
        about = who.codes | who.responses
        said = f"вопрос закрыт: {DESTROYED}"
        remembered = self.workbook.remembered("questions")
        for row in self.workbook.rows("questions"):
            memory = remembered.get(row.key, {})
            parts = {*row.key.split("/"), str(memory.get("subject", ""))}
            words = [row.text(name) for name in ("text", "suggestion", "correction")]
            if (
                not row.key
                or row.key.startswith(f"{ASKED}/")
                or not (parts & about or any(map(self._mentions, words)))
            ):
                continue
            self._take("questions", row.key, ("suggestion", "correction", "who"), {"text": said})
            kept = {k: v for k, v in memory.items() if k not in {"suggestion", "correction"}}
            self.memories["questions", row.key] = {**kept, "text": said, "suggestion": ""}

    def _differences(self) -> None:
        for key, memory in self.workbook.remembered("differences").items():
            sheet, _, rest = key.partition("/")
            row_key = rest.rpartition("/")[0]
            texts = memory.get("texts")
            if (sheet, row_key) in self.mine and isinstance(texts, list):
                self._take("differences", key, ("typed", "computed"), {"state": RELEASED})
                kept = [*map(str, texts[:3]), "", ""]
                self.memories["differences", key] = {**memory, "texts": kept, "state": RELEASED}

    def _participations(self) -> None:
        """A row of «Участие в событиях» that is about the person keeps the event under the code."""
        typed = {row.cells.get("who") for row in self.workbook.rows("participation")}
        names = sorted(
            text for text in typed if isinstance(text, str) and name_key(text) in self.subject.keys
        )
        self.renamed = [RenameCells("participation", "who", text, self.subject.code) for text in names]


def clean_places(changes: Iterable[object], subject: Subject) -> set[tuple[str, str, str, bool]]:
    """Return (sheet, key, column, is a note) of every place that a plan leaves without the person."""
    last: dict[tuple[str, str, str, bool], bool] = {}
    for change in changes:
        match change:
            case SetCells():
                for column, (_, new) in change.cells.items():
                    mentioned = isinstance(new, str) and subject.mentions.found_in(new)
                    last[change.sheet, change.key, column, False] = not mentioned
            case NoteCell():
                mentioned = subject.mentions.found_in(change.note)
                last[change.sheet, change.key, change.column, True] = not mentioned
            case _:
                continue
    return {place for place, clean in last.items() if clean}


def _is_so(now: CellValue, wanted: CellValue) -> bool:
    return now in (None, "", False) if wanted is None else now == wanted


def _scrubbed(memory: Memory, mentions: Callable[[str], bool]) -> Memory:
    return {name: _without(value, mentions) for name, value in memory.items()}


def _without(value: object, mentions: Callable[[str], bool]) -> object:
    match value:
        case str():
            return "" if mentions(value) else value
        case list() | tuple():
            return [_without(one, mentions) for one in value]
        case Mapping():
            return {name: _without(one, mentions) for name, one in value.items()}
        case _:
            return value
