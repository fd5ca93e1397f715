"""Make a school's forms, folders and templates, each recorded in the spreadsheet as soon as it exists.

What is recorded is not made again, so a second run changes nothing and an interrupted one goes on. A crash
between making a file and recording it leaves at most that one file unused.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sheets_sync.domain.charting import chart_changes
from sheets_sync.domain.charts import ChartSpec
from sheets_sync.domain.documents.page_numbers import UNNUMBERED
from sheets_sync.domain.documents.templates import TemplateSpec
from sheets_sync.domain.form_changes import linked_again
from sheets_sync.domain.forms import FormSpec
from sheets_sync.domain.plan import AppendRow, DrawChart, Remember, SheetChange
from sheets_sync.domain.tables import CellValue, Memory
from sheets_sync.ports.read import FormAddress, FormReader
from sheets_sync.ports.write import FolderWriter, FormWriter, TemplateWriter, WorkbookWriter

RESOURCE = "resource"
"""The name under which the hidden sheet lists forms, folders and templates."""

SCHOOL_FOLDER, STAGING_FOLDER = "folder/school", "folder/staging"
LINKS = "links/diagnostic"


@dataclass(frozen=True, slots=True)
class Provisioned:
    """What was made now, in Russian, what stood already, and the templates without page numbers."""

    made: tuple[str, ...]
    stood: int
    unnumbered: tuple[str, ...] = ()


@dataclass
class _Recorder:
    """Makes what is not recorded yet and records it."""

    workbook: WorkbookWriter
    today: date
    known: dict[str, Memory]
    made: list[str]
    stood: int = 0

    def has(self, key: str) -> bool:
        if key in self.known:
            self.stood += 1
            return True
        return False

    def record(self, key: str, memory: Memory, told: str, *rows: SheetChange) -> None:
        self.workbook.commit([*rows, Remember(RESOURCE, key, {}, memory)], as_of=self.today)
        self.known[key] = memory
        self.made.append(told)


def provision(
    workbook: WorkbookWriter,
    folders: FolderWriter,
    forms: FormWriter,
    templates: TemplateWriter,
    specs: Sequence[FormSpec],
    papers: Mapping[str, TemplateSpec],
    *,
    reader: FormReader,
    links: Callable[[str], Sequence[Mapping[str, CellValue]]],
    school: str,
    spreadsheet: str,
    today: date,
) -> Provisioned:
    """Make every form, folder and template that the spreadsheet does not list yet.

    Shape: `links(address)` are the rows of «Материалы и ссылки» that name the diagnostic questionnaire; staff
    may change or remove them, they are written once.
    """
    recorder = _Recorder(workbook, today, workbook.read().remembered(RESOURCE), [])
    if not recorder.has(SCHOOL_FOLDER):
        folder = folders.create_folder(f"Наставничество — {school}", None)
        folders.put(spreadsheet, folder)
        recorder.record(SCHOOL_FOLDER, {"id": folder}, "папка школы")
    home = str(recorder.known[SCHOOL_FOLDER]["id"])
    if not recorder.has(STAGING_FOLDER):
        staging = folders.create_folder("Служебная папка программы (не открывать)", None)
        recorder.record(STAGING_FOLDER, {"id": staging}, "служебная папка")
    for spec in specs:
        key = f"form/{spec.id}"
        if not recorder.has(key):
            address = forms.create(spec)
            folders.put(address.form_id, home)
            memory: Memory = {
                "id": address.form_id,
                "uri": address.uri,
                "questions": dict(address.questions),
            }
            recorder.record(key, memory, f"форма «{spec.title}»")
        else:
            _link_again(recorder, spec, key, reader)
    if LINKS not in recorder.known:
        uri = str(recorder.known["form/diagnostic"].get("uri", ""))
        rows = [AppendRow("materials", "", row) for row in links(uri)]
        recorder.record(LINKS, {"uri": uri}, "ссылки на диагностическую анкету", *rows)
    for inner in dict.fromkeys(paper.folder for paper in papers.values() if paper.folder):
        if not recorder.has(f"folder/{inner}"):
            folder = folders.create_folder(inner, home)
            recorder.record(f"folder/{inner}", {"id": folder}, f"папка «{inner}»")
    for name, paper in papers.items():
        key = f"template/{name}"
        if not recorder.has(key):
            made = templates.create_template(paper)
            folders.put(made.document, home)
            mark = {} if made.numbered else {UNNUMBERED: True}
            recorder.record(key, {"id": made.document, **mark}, f"шаблон «{paper.name}»")
        elif recorder.known[key].get(UNNUMBERED) and templates.is_numbered(str(recorder.known[key]["id"])):
            kept = {part: said for part, said in recorder.known[key].items() if part != UNNUMBERED}
            recorder.record(key, kept, f"номера страниц в шаблоне «{paper.name}» замечены")
    unnumbered = [
        paper.name for name, paper in papers.items() if recorder.known[f"template/{name}"].get(UNNUMBERED)
    ]
    return Provisioned(tuple(recorder.made), recorder.stood, tuple(unnumbered))


def draw_charts(workbook: WorkbookWriter, charts: Sequence[ChartSpec], today: date) -> list[str]:
    """Draw the charts that are missing or declared otherwise now; return them in Russian."""
    changes = chart_changes(charts, workbook.read())
    if changes:
        workbook.commit(changes, as_of=today)
    return [f"диаграмма «{change.chart.title}»" for change in changes if isinstance(change, DrawChart)]


def _link_again(recorder: _Recorder, spec: FormSpec, key: str, reader: FormReader) -> None:
    """Follow a new question in the place of a deleted one where title and kind leave no doubt."""
    memory = recorder.known[key]
    questions = memory.get("questions")
    followed = {str(n): str(f) for n, f in questions.items()} if isinstance(questions, dict) else {}
    address = FormAddress(spec.id, str(memory["id"]), followed)
    found = linked_again(spec, followed, reader.read_questions(address))
    if found != followed:
        told = f"связь вопросов формы «{spec.title}»"
        recorder.record(key, {**memory, "questions": found}, told)
