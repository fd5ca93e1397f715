"""What people are told of templates that came out of the conversion without page numbers."""

from collections.abc import Iterator, Mapping

from sheets_sync.domain.documents.templates import TemplateSpec
from sheets_sync.domain.findings import Finding, Severity
from sheets_sync.domain.tables import Workbook

UNNUMBERED = "unnumbered"
"""The mark in the memory of such a template."""

TO_CLICK = "Вставка → Номера страниц → вверху, начиная со второй страницы; выровняйте по центру"


def page_number_findings(workbook: Workbook, specs: Mapping[str, TemplateSpec]) -> Iterator[Finding]:
    """Ask to put page numbers into the templates that lack them, until `init` sees them there."""
    resources = workbook.remembered("resource")
    for name, spec in specs.items():
        if resources.get(f"template/{name}", {}).get(UNNUMBERED):
            yield Finding(
                f"templates/{name}/page-number",
                f"документ «{spec.name}»",
                f"В шаблоне нет номеров страниц: {TO_CLICK}. Затем запустите sheets-sync init",
                Severity.NOTE,
            )
