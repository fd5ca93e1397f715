"""A school of about twenty people in a workspace of its own, for tests that run real nights.

Respondents post the workspace's form pages; staff use gspread on a session of their own. Neither uses the
product's code, so what they see is what people would see.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import gspread
import requests
from googleapiclient.discovery import build

from sheets_sync.bootstrap import School, open_on
from sheets_sync.domain.run_report import RunReport
from sheets_sync.emulator.core import Emulator, request_of
from sheets_sync.emulator.inprocess import EmulatorAdapter, EmulatorHttp
from sheets_sync.google.channel import Clock
from sheets_sync.settings import Settings, copy_defaults, load_settings

ORDERS = ("приказ о закреплении пар", "приказ об утверждении индивидуальных планов")
START = datetime(2022, 9, 1, 9, 0, tzinfo=UTC)
QUESTIONNAIRE = "Анкета участника наставничества"
WHEN = ["понедельник после уроков", "среда после уроков", "очно"]

PUPILS = (
    ("Ветров Глеб Ильич", "2010-04-12", "7 «А»", "наставляемым", "математика"),
    ("Дубова Алина Игоревна", "2010-09-03", "7 «А»", "наставляемым", "русский язык и литература"),
    ("Зимина Софья Олеговна", "2011-01-25", "6 «Б»", "наставляемым", "иностранный язык"),
    ("Кротов Марк Денисович", "2011-07-14", "6 «Б»", "наставляемым", "математика"),
    ("Лугова Вера Романовна", "2012-02-08", "5 «А»", "наставляемым", "общение, новый класс"),
    ("Мостов Тимур Арсенович", "2010-11-30", "7 «Б»", "наставляемым", "проект, олимпиада"),
    ("Ручьёва Дарья Павловна", "2008-05-19", "9 «А»", "наставником", "математика"),
    ("Снегов Артём Кириллович", "2007-12-02", "10 «А»", "наставником", "русский язык и литература"),
    ("Тропина Ева Максимовна", "2008-03-27", "9 «Б»", "наставником", "иностранный язык"),
    ("Холмов Лев Андреевич", "2007-06-21", "10 «А»", "наставником", "проект, олимпиада"),
    ("Борисова Кира Львовна", "2011-05-06", "6 «А»", "наставляемым", "математика"),
    ("Гречихин Олег Маратович", "2012-10-17", "5 «А»", "наставляемым", "иностранный язык"),
    ("Ершова Полина Данииловна", "2011-02-23", "6 «А»", "наставляемым", "русский язык и литература"),
    ("Климова Ульяна Сергеевна", "2007-09-09", "10 «А»", "наставником", "математика"),
    ("Ножкин Роман Игоревич", "2008-01-15", "9 «А»", "наставником", "иностранный язык"),
    ("Осинина Майя Романовна", "2006-04-04", "11 «А»", "наставником", "русский язык и литература"),
)
TEACHERS = (
    ("Берегова Нина Сергеевна", "больше 10 лет", "наставником"),
    ("Полянский Юрий Львович", "до 3 лет", "наставляемым"),
    ("Светлова Инна Павловна", "до 3 лет", "наставляемым"),
)


@dataclass
class SmallSchool:
    """One school; `now` is the clock of everything in it.

    Shape: `settings` may be given to a school that is opened many times: reading takes longer than a night;
    `drafts` are the documents that this school lets the program draft, None for every kind.
    """

    directory: Path
    now: datetime = START
    settings: Settings | None = None
    drafts: tuple[str, ...] | None = ORDERS
    slept: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        if not (self.directory / "config").exists():
            copy_defaults(self.directory)
            self.draft_only(self.drafts)
        self.database = self.directory / "workspace.sqlite3"
        self.emulator = Emulator(self.database, clock=lambda: self.now)

    def draft_only(self, kinds: Sequence[str] | None) -> None:
        """Say in config/papers.yaml which documents the program drafts, None: leave the list as it is."""
        file = self.directory / "config" / "papers.yaml"
        if kinds is not None:
            head, _, rest = file.read_text("utf-8").partition("drafts:\n")
            listed = "".join(f"  - {kind}\n" for kind in kinds)
            left = rest.splitlines(keepends=True)
            while left and left[0].startswith("  - "):
                del left[0]
            file.write_text(f"{head}drafts:\n{listed}{''.join(left)}", "utf-8")

    def close(self) -> None:
        self.emulator.close()

    def open(self) -> School:
        """Open the product on this school, as a new process would."""
        settings = self.settings or load_settings(self.directory / "config")
        clock = Clock(lambda: sum(self.slept), self.slept.append)
        return open_on(self.emulator, settings, lambda: self.now, clock)

    def initialise(self) -> None:
        self.open().initialise()

    def night(self, day: date) -> RunReport:
        """Run the nightly job late on a day."""
        self.now = datetime(day.year, day.month, day.day, 20, 0, tzinfo=UTC)
        return self.open().run("nightly", day)

    def snapshot(self, to: Path) -> Path:
        """Copy the whole school, database and settings, to another folder."""
        to.mkdir()
        for name in ("config", "jobs"):
            for file in (self.directory / name).rglob("*.yaml"):
                target = to / name / file.relative_to(self.directory / name)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(file.read_bytes())
        source, copy = sqlite3.connect(self.database), sqlite3.connect(to / "workspace.sqlite3")
        source.backup(copy)
        source.close()
        copy.close()
        return to

    def book(self) -> gspread.Spreadsheet:
        """Open the master spreadsheet with plain gspread, as a person's own script would."""
        session = requests.Session()
        session.mount("https://", EmulatorAdapter(self.emulator))
        number = (self.settings or load_settings(self.directory / "config")).spreadsheet_id
        assert number is not None
        return gspread.Client(None, session=session).open_by_key(number)  # type: ignore[arg-type]

    def drive(self) -> Any:
        return build("drive", "v3", http=EmulatorHttp(self.emulator)).files()

    def forms(self) -> Any:
        return build("forms", "v1", http=EmulatorHttp(self.emulator)).forms()

    def docs(self) -> Any:
        return build("docs", "v1", http=EmulatorHttp(self.emulator)).documents()

    def form_ids(self) -> dict[str, str]:
        """Return the ids of the forms by title, as Drive lists them."""
        query = "mimeType='application/vnd.google-apps.form' and trashed=false"
        found = self.drive().list(q=query, fields="files(id,name)").execute()
        return {entry["name"]: entry["id"] for entry in found["files"]}

    def submit(self, title: str, answers: Mapping[str, str | Sequence[str]], edit: str = "") -> str:
        """Fill a form by the titles of its questions, post it and return the token of its edit link.

        Shape: with `edit` (such a token) the answer given before is edited.
        """
        form_id = self.form_ids()[title]
        service = build("forms", "v1", http=EmulatorHttp(self.emulator)).forms()
        form = service.get(formId=form_id).execute()
        asked = {
            item["title"]: item["questionItem"]["question"]["questionId"]
            for item in form["items"]
            if "questionItem" in item
        }
        fields = [
            (f"entry.{asked[question]}", value)
            for question, values in answers.items()
            for value in ([values] if isinstance(values, str) else values)
        ]
        fields += [("edit2", edit)] if edit else []
        page = self._page("POST", f"/forms/d/e/{form_id}/formResponse", fields)
        self.now += timedelta(minutes=7)
        link = re.search(r"edit2=([\w-]+)", page)
        return link[1] if link else ""

    def apply(
        self,
        name: str,
        *,
        born: str = "",
        school_class: str = "",
        role: str = "наставляемым",
        direction: str = "математика",
        experience: str = "",
        contact: str = "+7 900 000-00-00",
        edit: str = "",
    ) -> str:
        """Fill the participant's questionnaire (without a class the person is a teacher) or edit one."""
        answers: dict[str, str | Sequence[str]] = {
            "Кто заполняет анкету?": "законный представитель за ребёнка" if born else "сам участник",
            "Фамилия, имя, отчество участника (для ребёнка — ребёнка)": name,
            "Как с вами связаться — телефон или электронная почта (за ребёнка — ваши)": contact,
            "Кто участник?": "обучающийся" if born else "педагог",
            "Кем хотите участвовать?": role,
            "Когда и как удобно встречаться?": WHEN,
        }
        if born:
            answers |= {
                "Дата рождения участника": born,
                "Фамилия, имя, отчество законного представителя": f"{name.split()[0]} Анна Петровна",
                "Класс": school_class,
            }
        else:
            answers |= {"Педагогический стаж": experience, "Организация и должность": "учитель математики"}
        if role == "наставником":
            answers |= {"В чём готовы помогать?": [direction], "Сколько наставляемых готовы взять?": "2"}
        else:
            answers |= {"В чём нужна поддержка?": [direction]}
        return self.submit(QUESTIONNAIRE, answers, edit)

    def everybody_applies(self) -> None:
        for name, born, school_class, role, direction in PUPILS:
            self.apply(name, born=born, school_class=school_class, role=role, direction=direction)
        for name, experience, role in TEACHERS:
            self.apply(name, role=role, direction="методика урока, работа с классом", experience=experience)

    def everybody_answers_by_code(self) -> None:
        """Everybody of the imported list fills the questionnaire that asks for the code alone."""
        roles = {name: (role, direction) for name, _, _, role, direction in PUPILS}
        for one in self.open().roster.people:
            role, direction = roles[one.name]
            answers: dict[str, str | Sequence[str]] = {
                "Кто заполняет анкету?": "законный представитель за ребёнка",
                "Код участника, который выдала школа": one.code,
                "Кто участник?": "обучающийся",
                "Класс": one.school_class,
                "Кем хотите участвовать?": role,
                "Когда и как удобно встречаться?": WHEN,
            }
            if role == "наставником":
                answers |= {"В чём готовы помогать?": [direction], "Сколько наставляемых готовы взять?": "2"}
            else:
                answers |= {"В чём нужна поддержка?": [direction]}
            self.submit(QUESTIONNAIRE, answers)

    def column(self, sheet: gspread.Worksheet, title: str) -> int:
        """Return the 1-based column under a header."""
        return sheet.row_values(1).index(title) + 1

    def type_down(self, tab: str, title: str, value: str, rows: Sequence[int] | None = None) -> None:
        """Type one value into a column: into every filled row, or into some."""
        sheet = self.book().worksheet(tab)
        place = self.column(sheet, title)
        filled = len(sheet.col_values(1))
        for row in rows or range(2, filled + 1):
            sheet.update_cell(row, place, value)

    def everybody_consents(self, day: str = "10.09.2022") -> None:
        self.type_down("Согласия", "Подписано (дата)", day)

    def approve_pairs(self) -> None:
        self.type_down("Пары", "Решение", "утвердить")

    def approve_pairs_by_key(self) -> None:
        """Approve every row that has a code, wherever staff have moved it."""
        sheet = self.book().worksheet("Пары")
        rows = [number for number, code in enumerate(sheet.col_values(1), 1) if str(code).startswith("П-")]
        self.type_down("Пары", "Решение", "утвердить", rows)

    def form(self, form_id: str) -> dict[str, Any]:
        """Return a form as the service describes it."""
        found: dict[str, Any] = self.forms().get(formId=form_id).execute()
        return found

    def responses(self, form_id: str) -> list[dict[str, Any]]:
        """Return a form's responses as the service lists them."""
        service = build("forms", "v1", http=EmulatorHttp(self.emulator)).forms().responses()
        found: list[dict[str, Any]] = service.list(formId=form_id).execute().get("responses", [])
        return found

    def allow_editing(self, title: str) -> None:
        """Click the owner's switch «edit after submitting» on the form's page."""
        path = f"/forms/d/{self.form_ids()[title]}/edit"
        page = self._page("GET", path, [])
        found = re.search(r'name="csrf" value="([0-9a-f]+)"', page)
        assert found is not None
        self._page("POST", path, [("csrf", found[1]), ("edit_after_submit", "on")])

    def delete_answer(self, title: str, response: str) -> None:
        """Click the owner's button that deletes one response."""
        path = f"/forms/d/{self.form_ids()[title]}"
        found = re.search(r'name="csrf" value="([0-9a-f]+)"', self._page("GET", f"{path}/edit", []))
        assert found is not None
        self._page("POST", f"{path}/deleteResponse", [("csrf", found[1]), ("responseId", response)])

    def page(self, address: str) -> str:
        """Open an address of the workspace and return the page."""
        parts = urlsplit(address)
        return self._page("GET", f"{parts.path}?{parts.query}", [])

    def _page(self, method: str, path: str, fields: Sequence[tuple[str, str]]) -> str:
        sent = {"content-type": "application/x-www-form-urlencoded", "host": "127.0.0.1:8080"}
        answer = self.emulator.handle(
            request_of(method, f"http://127.0.0.1:8080{path}", sent, urlencode(fields))
        )
        assert answer.status in {200, 303}, answer.body.decode()
        return answer.body.decode()

    def everything_stored(self) -> list[str]:
        """Return all that the workspace keeps, one statement for each row, texts as they stand in it."""
        with sqlite3.connect(self.database) as database:
            return list(database.iterdump())

    def visible_documents(self) -> dict[str, str]:
        """Return the text of every document outside the bot's folder, by file name, templates left out."""
        return {name: self.text_of(number) for name, number in self.document_ids().items()}

    def document_ids(self) -> dict[str, str]:
        """Return the ids of the documents outside the bot's folder, by file name, templates left out."""
        query = "mimeType='application/vnd.google-apps.document' and trashed=false"
        files = self.drive().list(q=query, pageSize=1000, fields="files(id,name,parents)").execute()["files"]
        query = "name contains 'Служебная папка'"
        folders = self.drive().list(q=query, fields="files(id)").execute()["files"]
        hidden = {entry["id"] for entry in folders}
        return {
            entry["name"]: entry["id"]
            for entry in files
            if not set(entry.get("parents", ())) & hidden and not entry["name"].startswith("Шаблон")
        }

    def text_of(self, document: str) -> str:
        """Return all text of a document, cells included."""
        return "".join(_texts(self.docs().get(documentId=document).execute()["body"]["content"]))


def _texts(content: Sequence[Mapping[str, Any]]) -> list[str]:
    found = []
    for element in content:
        for run in element.get("paragraph", {}).get("elements", ()):
            found.append(run.get("textRun", {}).get("content", ""))
        for row in element.get("table", {}).get("tableRows", ()):
            for cell in row["tableCells"]:
                found += _texts(cell["content"])
    return found


def reopened(directory: Path, now: datetime) -> SmallSchool:
    """Open a snapshot."""
    return SmallSchool(directory, now)
