"""The row of «Документы» for next year's roadmap: a draft, and evidence once it is approved and dated."""

from datetime import date

from sheets_sync.domain.codes import CodeKind, make_code
from sheets_sync.domain.plan import AppendRow, Plan, Remember
from sheets_sync.domain.reconcile import reconcile
from sheets_sync.domain.roadmap_rollover import title_of
from sheets_sync.domain.tables import CellValue, Row, Workbook, table
from sheets_sync.settings import Settings

SHEET = "documents"
KIND = "дорожная карта"


def plan_registration(workbook: Workbook, settings: Settings, year: int, file: str, as_of: date) -> Plan:
    """Return the plan that adds the row, an empty one when a roadmap of that year stands there or ever did.

    Shape: `file` is the name of the drafted document, shown beside the row.
    """
    titles = settings.workbook.titles
    if _is_there(workbook, year):
        return Plan(as_of, workbook.generation, titles=titles)
    key = make_code(CodeKind.DOCUMENT, len(workbook.remembered(SHEET)) + 1)
    row = AppendRow(
        SHEET,
        key,
        {
            "key": key,
            "draft": file,
            "draft_state": "черновик",
            "kind": KIND,
            "title": title_of(year),
            "state": "проект",
        },
    )
    said: dict[str, CellValue] = {
        "on": as_of,
        "what": f"Создан проект {key}: {title_of(year)}",
        "source": f"файл «{file}»",
    }
    journal = table("journal", [Row(str(len(workbook.remembered("journal")) + 1), said)])
    return Plan(
        as_of,
        workbook.generation,
        computed=(
            row,
            Remember(SHEET, key, {}, {"kind": KIND, "year": year}),
            *reconcile(journal, workbook).changes,
        ),
        titles=titles,
    )


def _is_there(workbook: Workbook, year: int) -> bool:
    known = (
        memory.get("kind") == KIND and memory.get("year") == year
        for memory in workbook.remembered(SHEET).values()
    )
    typed = (
        row.text("kind") == KIND and str(year) in row.text("title") and row.text("state") != "отменён"
        for row in workbook.rows(SHEET)
    )
    return any(known) or any(typed)
