"""Files that the school brings: its list of people, and answers gathered elsewhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, tzinfo

from sheets_sync.domain.findings import Finding
from sheets_sync.domain.forgetting.listed import without_forgotten
from sheets_sync.domain.forgetting.tombstones import NOBODY_BURIED, buried
from sheets_sync.domain.forms import FormSpec
from sheets_sync.domain.intake.imported import FileAnswers, answers_of_file
from sheets_sync.domain.intake.settings import read_settings
from sheets_sync.domain.names import name_key
from sheets_sync.domain.responses import Response
from sheets_sync.domain.roster import Listed, Roster
from sheets_sync.domain.roster.renewal import Renewal, renewed, with_codes
from sheets_sync.domain.roster.table import Trouble, lines_of, read_list
from sheets_sync.domain.run_report import RunReport
from sheets_sync.domain.school import Group
from sheets_sync.domain.tables import ReadRow, Workbook
from sheets_sync.errors import ImportFileError, TooManyLossesError, UnknownNameError
from sheets_sync.settings import Settings

LOSS_SHARE, LOSS_AT_LEAST = 10, 20
"""A new list may miss one person in ten, or twenty; more is taken for the wrong file."""

_NO_HEADER = "Нужна строка заголовков: Код, ФИО, Класс, Дата рождения, Группа, Прибыл, Выбыл"


@dataclass(frozen=True, slots=True)
class ImportedList:
    """A list that was read: what to keep and what to tell.

    Shape: `table` is the kept one with its header; `troubles` name the rows that were left out.
    """

    table: Sequence[Sequence[str]]
    renewal: Renewal
    troubles: tuple[Trouble, ...]
    unknown: tuple[str, ...]
    changed: bool = True

    def lines(self) -> list[str]:
        """Say what the list holds and what is new in it."""
        here = [one for one in self.renewal.people if one.left is None]
        counts = [f"{group.value}: {n}" for group in Group if (n := sum(p.group is group for p in here))]
        found = [f"В списках школы: {', '.join(counts) or 'никого'}"]
        news = (
            ("прибыли", self.renewal.arrived),
            ("выбыли", self.renewal.left),
            ("сменили класс", self.renewal.moved),
            ("получили код", self.renewal.coded),
        )
        found += [f"  {what}: {number}" for what, number in news if number]
        found += [f"  не принято, {trouble}" for trouble in self.troubles]
        found += [f"  колонка «{title}» не понадобилась" for title in self.unknown]
        return [*found, "Числа в «Контингент» и имена в «Реестр» перенесёт следующий запуск"]

    def to_json(self) -> dict[str, object]:
        """Return the counts and the troubles as JSON values."""
        return {
            "people": sum(one.left is None for one in self.renewal.people),
            "arrived": self.renewal.arrived,
            "left": self.renewal.left,
            "moved": self.renewal.moved,
            "coded": self.renewal.coded,
            "changed": self.changed,
            "troubles": [{"row": one.row, "text": one.text} for one in self.troubles],
            "unknown": list(self.unknown),
        }


@dataclass(frozen=True, slots=True)
class ImportedAnswers:
    """Answers that were read from a file; `known` of them the spreadsheet holds already."""

    responses: tuple[Response, ...]
    known: int
    file: FileAnswers


@dataclass(frozen=True, slots=True)
class AnswersReport:
    """What became of a file's answers; `quarantined` gives by response id why one waits, of every source."""

    found: ImportedAnswers
    quarantined: Mapping[str, str]
    report: RunReport

    @property
    def waiting(self) -> list[tuple[int, str]]:
        """Return the lines of the file that wait for a correction, each with the reason."""
        rows = self.found.file.rows
        return sorted((rows[key], why) for key, why in self.quarantined.items() if key in rows)

    def lines(self) -> list[str]:
        """Tell how many answers came, which wait, and what of the file was not understood."""
        file = self.found.file
        new = len(self.found.responses) - self.found.known
        said = [
            f"Строк с ответами: {len(self.found.responses)}, новых: {new}, уже приняты: {self.found.known}"
        ]
        said += [f"  строка {row}: ждёт уточнения — {reason}" for row, reason in self.waiting]
        said += [f"  строка {row}: дата ещё не наступила, не принята" for row in file.future]
        said += [f"  колонка «{title}» не понадобилась: такого вопроса в форме нет" for title in file.unknown]
        if self.waiting:
            said.append("Исправить можно в листе «Вопросы к данным»: ответ вернётся в работу следующей ночью")
        return said

    def to_json(self) -> dict[str, object]:
        """Return the same numbers and the run's report as JSON values."""
        return {
            "answers": len(self.found.responses),
            "known": self.found.known,
            "held": [row for row, _ in self.waiting],
            "future": list(self.found.file.future),
            "unknown": list(self.found.file.unknown),
            "report": self.report.to_json(),
        }


def stored_roster(lines: Sequence[Sequence[str]], *, secret: bool = False) -> Roster:
    """Make the roster of the kept table; a school without one has an empty list.

    A row that somebody spoilt by hand is a finding that gives its number and not what it says.
    """
    read = read_list(lines, ())
    findings = tuple(
        Finding(
            f"списки школы/{one.row}",
            f"файл списков школы, строка {one.row}",
            "строка не читается, человек из неё не учтён: исправьте файл или загрузите списки заново",
        )
        for one in read.troubles
    )
    return Roster(read.people, secret, findings)


def import_list(
    lines: Sequence[Sequence[str]],
    before: Roster,
    workbook: Workbook | None,
    settings: Settings,
    day: date,
    *,
    skip_bad: bool = False,
    accept_losses: bool = False,
) -> ImportedList:
    """Lay the list of a file over the one before it; nothing is kept yet.

    Shape: `workbook` is the spreadsheet as it stands, None before `init`: whoever has a code there keeps it.

    Raises:
        ImportFileError: the file is no list, or rows of it cannot be read and `skip_bad` is not set.
        TooManyLossesError: the list misses more people than a list may.
    """
    classes = settings.school.defaults.classes
    rows: Sequence[ReadRow] = ()
    taken: set[str] = set()
    if workbook is not None:
        classes = read_settings(workbook.rows("settings"), settings.school.defaults, day)[0].classes
        rows = workbook.rows("registry")
        taken = {*workbook.remembered("registry"), *(row.key for row in rows)}
    read = read_list(lines, classes)
    if not read.understood:
        raise ImportFileError("В файле нет списка людей", hint=_NO_HEADER)
    if read.troubles and not skip_bad:
        told = "\n".join(f"  {trouble}" for trouble in read.troubles)
        raise ImportFileError(
            f"В списке не прочитано строк: {len(read.troubles)}; ничего не изменено\n{told}",
            hint="Исправьте эти строки или примите остальные: --skip-bad-rows",
        )
    graves = buried(workbook) if workbook else NOBODY_BURIED
    before = replace(before, people=without_forgotten(before.people, graves))
    renewal = renewed(before, without_forgotten(read.people, graves), day)
    limit = max(LOSS_AT_LEAST, len(before.people) // LOSS_SHARE)
    if renewal.missing > limit and not accept_losses:
        raise TooManyLossesError(
            f"В новом списке нет людей из прежнего: {renewal.missing}; допустимо {limit}",
            hint="Проверьте, тот ли это файл; если так и есть, повторите с --accept-losses",
        )
    renewal = replace(renewal, people=tuple(_known(one, rows) for one in renewal.people))
    if settings.codes_only:
        renewal = with_codes(renewal, taken)
    return ImportedList(lines_of(renewal.people), renewal, read.troubles, read.unknown)


def import_answers(
    lines: Sequence[Sequence[str]],
    forms: Mapping[str, FormSpec],
    name: str,
    workbook: Workbook,
    day: date,
    zone: tzinfo,
) -> ImportedAnswers:
    """Read the answers of a file; a run takes those that the spreadsheet does not hold yet.

    Raises:
        UnknownNameError: there is no form of this name.
        ImportFileError: no line names the form's questions, or a required one has no column.
    """
    form = forms.get(name)
    if form is None:
        raise UnknownNameError(f"Нет формы «{name}»", hint=f"Есть roster и формы: {', '.join(forms)}")
    found = answers_of_file(lines, form, day, zone)
    if not found.understood:
        raise ImportFileError(
            f"В файле нет вопросов формы «{form.title}»",
            hint="В первой строке должны стоять вопросы формы, как они написаны в форме или в «Ответах»",
        )
    if found.missing:
        names = ", ".join(f"«{title}»" for title in found.missing)
        raise ImportFileError(
            f"В файле нет колонок: {names}", hint="Добавьте колонки с этими вопросами в первой строке"
        )
    sheet = f"answers_{form.id}"
    standing = {row.key for row in workbook.rows(sheet)} | {
        key for name, key in workbook.deleted if name == sheet
    }
    known = sum(one.response_id in standing for one in found.responses)
    return ImportedAnswers(found.responses, known, found)


def _known(one: Listed, rows: Sequence[ReadRow]) -> Listed:
    """Give a person of the list the code under which the registry knows this name and birth date."""
    if one.code or not one.name:
        return one
    same = [
        row
        for row in rows
        if row.text("group") == one.group and name_key(row.text("name")) == one.key and _agree(row, one)
    ]
    if len(same) != 1:
        return one
    return replace(one, code=same[0].key)


def _agree(row: ReadRow, one: Listed) -> bool:
    born = row.day("birth_date")
    if born is not None and one.birth_date is not None:
        return born == one.birth_date
    return row.text("school_class") == one.school_class
