"""What the nights after a forgetting still do and ask: answers in forms, cells, documents, journal."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from sheets_sync.domain.dates import printed
from sheets_sync.domain.findings import Finding
from sheets_sync.domain.forgetting.tombstones import Buried, FormAnswer, LeftCell, Tombstone, still_standing
from sheets_sync.domain.forms import FormSpec
from sheets_sync.domain.plan import DestroyDocument, SheetChange
from sheets_sync.domain.reconcile import fingerprint
from sheets_sync.domain.tables import Workbook
from sheets_sync.domain.workbook import WorkbookSpec

ASKED = "уничтожение"
"""How the keys of these questions begin."""

CATEGORIES = (
    "фамилия, имя, отчество, дата рождения, класс или место работы, контакты, сведения о законном "
    "представителе, ответы на анкеты и отзывы, сведения о собеседовании, явке и работе в паре"
)
"""The categories of data that the programme keeps of a participant, as act and journal name them."""

SYSTEM = "электронная таблица программы наставничества, черновики документов и списки школы"
"""The information system from which they are destroyed."""

HOW_TO_DELETE = (
    "откройте форму, «Ответы» → «Отдельный пользователь», найдите ответ по времени и нажмите корзину; если к "
    "форме привязана таблица ответов, удалите строку и там"
)


@dataclass(frozen=True, slots=True)
class Afterwards:
    """What a night does about forgotten people, and the lines that «Журнал» gets."""

    changes: tuple[SheetChange, ...] = ()
    destroys: tuple[DestroyDocument, ...] = ()
    settled: tuple[SheetChange, ...] = ()
    journal: tuple[tuple[str, str], ...] = ()


def afterwards(
    graves: Buried, standing: Mapping[str, Iterable[str]], returned: Collection[str] = ()
) -> Afterwards:
    """Return what is left to do.

    Shape: `standing` are the ids of forgotten answers that forms read whole still hold, by form; `returned`
    are the codes of people who applied anew: what they were known again by has done its duty and goes.
    """
    now = [
        _lifted(stone) if stone.code in returned else stone
        for stone in (replace(still_standing(one, standing), told=True) for one in graves.stones)
    ]
    waiting = [stone for stone in now if stone.destroy]
    return Afterwards(
        tuple(new.remembered for new, old in zip(now, graves.stones, strict=True) if new != old),
        tuple(DestroyDocument(document) for stone in waiting for document in stone.destroy),
        tuple(replace(stone, destroy=()).remembered for stone in waiting),
        tuple(_journal(stone) for stone in graves.stones if not stone.told),
    )


def questions(
    graves: Buried,
    standing: Mapping[str, Iterable[str]],
    workbook: Workbook,
    spec: WorkbookSpec,
    forms: Mapping[str, FormSpec],
) -> tuple[Finding, ...]:
    """Ask people to delete answers that only they can delete, and to clean cells that are theirs."""
    found: list[Finding] = []
    for stone in graves.stones:
        found += [_about_form(stone.code, one, forms) for one in still_standing(stone, standing).standing]
        for cell in stone.left:
            found += _about_cell(stone.code, cell, workbook, spec)
    return tuple(found)


def _lifted(stone: Tombstone) -> Tombstone:
    return replace(stone, names=(), births=())


def _journal(stone: Tombstone) -> tuple[str, str]:
    text = (
        f"Уничтожены персональные данные участника {stone.code} {printed(stone.on)}: {CATEGORIES}. Причина: "
        f"{stone.ground}. Откуда: {SYSTEM}"
    )
    return text, "команда forget"


def _about_form(code: str, one: FormAnswer, forms: Mapping[str, FormSpec]) -> Finding:
    title = forms[one.form].title if one.form in forms else one.form
    return Finding(
        f"{ASKED}/{code}/{one.form}/{one.response}",
        f"форма «{title}», ответ от {one.submitted}",
        f"данные участника {code} уничтожены, а этот ответ ещё хранит форма, и удалить его может только "
        f"человек: {HOW_TO_DELETE}. Еженедельная проверка увидит это и закроет вопрос",
        subject=code,
    )


def _about_cell(code: str, cell: LeftCell, workbook: Workbook, spec: WorkbookSpec) -> Iterator[Finding]:
    sheet = spec.sheet(cell.sheet)
    for row in workbook.rows(cell.sheet):
        if cell.column in row.cells and fingerprint(row.cells[cell.column]) == cell.mark:
            column = sheet.column(cell.column).title
            yield Finding(
                f"{ASKED}/{code}/{cell.sheet}/{cell.column}/{cell.mark}",
                f"«{sheet.title}», строка {row.index + 1}",
                f"в колонке «{column}» назван участник {code}, чьи данные уничтожены: уберите имя из текста",
                subject=code,
            )
            return
