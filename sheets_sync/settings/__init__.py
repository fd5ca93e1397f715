"""The school's settings: config/, jobs/ and the environment as one frozen value, or every problem at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sheets_sync.domain.answers import answers_columns
from sheets_sync.domain.documents.papers_config import PapersConfig, papers_from_config
from sheets_sync.domain.documents.templates import TemplateSpec, template_from_config
from sheets_sync.domain.federal.form import FederalForm
from sheets_sync.domain.federal.form import form_from_config as federal_form
from sheets_sync.domain.forms import FormSpec, form_from_config
from sheets_sync.domain.forms import Problem as FormProblem
from sheets_sync.domain.jobs import Job, job_from_config
from sheets_sync.domain.matching.model import Rules
from sheets_sync.domain.matching.rules import RulesProblem, rules_from
from sheets_sync.domain.pseudonyms import asking_codes
from sheets_sync.domain.roadmap import Roadmap
from sheets_sync.domain.roadmap_config import roadmap_from_config
from sheets_sync.domain.school_config import Identity, SchoolConfig, school_from_config
from sheets_sync.domain.workbook import SheetKind, WorkbookSpec, with_answers, workbook_from_config
from sheets_sync.errors import SettingsError, UnknownNameError
from sheets_sync.settings.files import AnyProblem, Gathering
from sheets_sync.settings.ids import NAME as IDS_NAME
from sheets_sync.settings.ids import record_spreadsheet, spreadsheet_in
from sheets_sync.settings.places import WORKSPACE_FILE, copy_defaults, defaults_dir, find_config, jobs_beside
from sheets_sync.settings.yaml_text import YamlFile

__all__ = [
    "WORKSPACE_FILE",
    "Settings",
    "copy_defaults",
    "defaults_dir",
    "find_config",
    "load_settings",
    "record_spreadsheet",
]

ROSTER_FILE = "people.csv"
"""The school's list of people: names, birth dates and codes, for the program's account to read."""

SPREADSHEET_VARIABLE = "SHEETS_SYNC_SPREADSHEET"
"""The environment variable that names another spreadsheet than config/ids.yaml."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that files and environment say.

    Shape: `directory` is the config/ that was read, `spreadsheet_id` None before `init`; `forms`,
    `documents` and `jobs` are keyed by file name without the ending; `federal` is None without its file.
    """

    directory: Path
    school: SchoolConfig
    workbook: WorkbookSpec
    roadmap: Roadmap
    matching: Rules
    forms: Mapping[str, FormSpec]
    documents: Mapping[str, TemplateSpec]
    papers: PapersConfig
    jobs: Mapping[str, Job]
    spreadsheet_id: str | None
    federal: FederalForm | None = None

    @property
    def codes_only(self) -> bool:
        """Whether people are known outside the school by code only."""
        return self.school.identity is Identity.CODES

    @property
    def roster_file(self) -> Path:
        """Return where the school's list lies: beside the settings, on this machine only."""
        return self.directory / ROSTER_FILE

    @property
    def school_directory(self) -> Path:
        """Return the folder that config/ lies in: the school's own."""
        return self.directory.resolve().parent

    def job(self, name: str) -> Job:
        """Return a job by name.

        Raises:
            UnknownNameError: jobs/ has no such file.
        """
        if name not in self.jobs:
            known = ", ".join(self.jobs)
            raise UnknownNameError(f"Нет задания «{name}»", hint=f"Задания лежат в jobs/: {known}")
        return self.jobs[name]


def load_settings(config: Path, environ: Mapping[str, str] | None = None) -> Settings:
    """Read config/, the jobs/ beside it and the environment.

    Raises:
        SettingsError: with every problem of every file as `file:line: text`.
    """
    if not config.is_dir():
        raise SettingsError([f"{config.as_posix()}:1: папки с настройками нет; создать её: sheets-sync init"])
    gathering = Gathering(config.parent)
    workbook, workbook_file = gathering.value(config / "workbook.yaml", workbook_from_config)
    school, _ = gathering.value(config / "school.yaml", school_from_config)
    roadmap, _ = gathering.value(config / "roadmap.yaml", roadmap_from_config)
    matching, _ = gathering.value(config / "matching.yaml", _rules)
    federal = _federal(gathering, config / "federal_statistics.yaml", matching)
    papers, _ = gathering.value(config / "papers.yaml", papers_from_config)
    documents, _ = gathering.folder(config / "documents", template_from_config)
    forms, form_files = gathering.folder(config / "forms", _form)
    jobs, job_files = gathering.folder(jobs_beside(config), job_from_config)
    _check_zones(gathering, jobs, job_files)
    if workbook is not None:
        _check_answers(gathering, workbook, workbook_file, form_files)
    spreadsheet = _spreadsheet(gathering, config, environ or {})
    if gathering.problems or not (workbook and school and roadmap and matching and papers):
        raise SettingsError(gathering.problems)
    if school.identity is Identity.CODES:
        forms = {name: asking_codes(form) for name, form in forms.items()}
    columns = {form.id: answers_columns(form) for form in forms.values()}
    whole = with_answers(workbook, columns)
    return Settings(
        config, school, whole, roadmap, matching, forms, documents, papers, jobs, spreadsheet, federal
    )


def _federal(gathering: Gathering, path: Path, matching: Rules | None) -> FederalForm | None:
    """Read the mapping of the statistical form; a school that has none goes without."""
    if not path.is_file() or matching is None:
        return None
    titles = [rule.title for rule in matching.forms]
    return gathering.value(path, partial(federal_form, forms=titles))[0]


def _rules(data: Mapping[str, object]) -> tuple[Rules | None, Iterable[AnyProblem]]:
    try:
        return rules_from(data, extensions=True), ()
    except RulesProblem as error:
        return None, error.problems


def _form(stem: str, data: Mapping[str, object]) -> tuple[FormSpec, Iterable[AnyProblem]]:
    form, problems = form_from_config(data)
    if form.id and form.id != stem:
        problems = [*problems, FormProblem(("id",), f"id «{form.id}» не совпадает с именем файла «{stem}»")]
    return form, problems


def _check_zones(gathering: Gathering, jobs: Mapping[str, Job], files: Mapping[str, YamlFile]) -> None:
    for name, job in jobs.items():
        if not job.time_zone:
            continue
        try:
            ZoneInfo(job.time_zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            text = f"неизвестный часовой пояс «{job.time_zone}»; пример: Europe/Moscow"
            gathering.complain(files[name], ("time_zone",), text)


def _check_answers(
    gathering: Gathering, workbook: WorkbookSpec, file: YamlFile, forms: Mapping[str, YamlFile]
) -> None:
    for number, sheet in enumerate(workbook.sheets):
        if sheet.kind is SheetKind.ANSWERS and sheet.form and sheet.form not in forms:
            text = (
                f"лист «{sheet.title}» ждёт форму «{sheet.form}», а файла config/forms/{sheet.form}.yaml нет"
            )
            gathering.complain(file, ("sheets", number, "form"), text)
    shown = {sheet.form for sheet in workbook.sheets if sheet.kind is SheetKind.ANSWERS}
    for name, form_file in forms.items():
        if name not in shown:
            gathering.complain(
                form_file, ("id",), f"в config/workbook.yaml нет листа для ответов формы «{name}»"
            )


def _spreadsheet(gathering: Gathering, config: Path, environ: Mapping[str, str]) -> str | None:
    if named := environ.get(SPREADSHEET_VARIABLE):
        return named
    path = config / IDS_NAME
    if not path.exists():
        return None
    spreadsheet, problems = spreadsheet_in(gathering.read(path))
    gathering.problems += problems
    return spreadsheet
