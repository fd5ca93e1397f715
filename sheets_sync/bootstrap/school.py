"""A school's program put together: every action with the adapters that it needs."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from sheets_sync import errors
from sheets_sync.apply import BATCH_BYTES, Provisioned, apply, draw_charts, provision, sweep
from sheets_sync.bootstrap.adapters import documents_of, traces_of
from sheets_sync.bootstrap.checkup import SchoolChecks
from sheets_sync.domain.asked_run import SHEET as ASKED_IN
from sheets_sync.domain.asked_run import is_asked
from sheets_sync.domain.checkup import Check
from sheets_sync.domain.documents.notices import Letter, letters
from sheets_sync.domain.exports import FileFormat, ListedDocument, listed
from sheets_sync.domain.forgetting.grounds import Ground
from sheets_sync.domain.forgetting.listing import Listing
from sheets_sync.domain.forms import FormSpec, with_lists
from sheets_sync.domain.indicators.explanation import Explanation
from sheets_sync.domain.jobs import Job, Step
from sheets_sync.domain.moment import stamped
from sheets_sync.domain.pairs.questions import PairQuestions
from sheets_sync.domain.pseudonyms import names_by_code
from sheets_sync.domain.public_report import PublicReport
from sheets_sync.domain.responses import Response
from sheets_sync.domain.roster import Roster
from sheets_sync.domain.roster.table import lines_of
from sheets_sync.domain.run_report import RequestCount, RunReport
from sheets_sync.domain.schedules.due import NOTHING_BEFORE, RunsBefore
from sheets_sync.domain.tables import Workbook
from sheets_sync.domain.views.charts import declared_charts
from sheets_sync.files.exports import ExportReport, export_all, export_one
from sheets_sync.files.handouts import write_handouts
from sheets_sync.files.letters import write_letters
from sheets_sync.files.name_rules import PetrovichRules
from sheets_sync.files.named_copy import NamedCopies
from sheets_sync.files.tables import read_private, read_table, write_private, write_table
from sheets_sync.google.access import Access
from sheets_sync.google.channel import Channel
from sheets_sync.google.completing import FirstRows, complete
from sheets_sync.google.docs import Documents
from sheets_sync.google.drive import Drive
from sheets_sync.google.forms import Forms, prefilled
from sheets_sync.google.master import create_master, is_laid_out, lay_out
from sheets_sync.google.sheets import MasterSpreadsheet
from sheets_sync.google.templates import Templates
from sheets_sync.ports.read import DocumentExporter
from sheets_sync.settings import (
    Settings,
    record_spreadsheet,
)
from sheets_sync.workflows.explaining import explanation_of
from sheets_sync.workflows.first_rows import choices, diagnostic_links, first_rows
from sheets_sync.workflows.forgetting import plan_forgetting
from sheets_sync.workflows.handouts import Handouts, Register, handouts, register_of
from sheets_sync.workflows.imports import (
    AnswersReport,
    ImportedList,
    import_answers,
    import_list,
    stored_roster,
)
from sheets_sync.workflows.night import Night, plan_night, refuse_past
from sheets_sync.workflows.outcomes import InitReport, NightPlan, StatusReport
from sheets_sync.workflows.public import FederalTables, federal_tables, report_for_everybody
from sheets_sync.workflows.reading import addresses
from sheets_sync.workflows.reporting import pair_questions, report_of, standing_of
from sheets_sync.workflows.rollover import plan_registration


@dataclass
class School:
    """A school's program, ready to run against whichever workspace it was opened on.

    Shape: `now` gives the present, aware; only this module and what it passes it to see a clock; a commit
    takes at most `batch_bytes`.
    """

    settings: Settings
    channel: Channel
    now: Callable[[], datetime]
    pages: str = "https://docs.google.com"
    timer: Callable[[], float] = time.perf_counter
    batch_bytes: int = BATCH_BYTES

    @cached_property
    def zone(self) -> tzinfo:
        """The school's time zone."""
        return ZoneInfo(self.settings.school.time_zone)

    @property
    def today(self) -> date:
        """Today in the school's time zone."""
        return self.now().astimezone(self.zone).date()

    def initialise(self) -> InitReport:
        """Create the spreadsheet, forms, folders and templates that do not exist yet."""
        made: list[str] = []
        if self.settings.spreadsheet_id is None:
            school = self.settings.school.defaults
            title = self.settings.workbook.title.format(
                school=school.school_short_name, year=school.roadmap_year
            )
            created = create_master(
                self.channel, self.settings.workbook, title, self.settings.school.time_zone
            )
            record_spreadsheet(self.settings.directory, created.spreadsheet)
            self.settings = replace(self.settings, spreadsheet_id=created.spreadsheet)
            made.append("таблица")
        spreadsheet = self._spreadsheet()
        rows: FirstRows = first_rows(self.settings)
        lists = choices(self.settings)
        laid_out = is_laid_out(self.channel, spreadsheet)
        if not laid_out:
            lay_out(self.channel, spreadsheet, self.settings.workbook, lists, rows)
        else:
            made += complete(self.channel, spreadsheet, self.settings.workbook, lists, rows)
        master = self._master()
        drawn = draw_charts(master, declared_charts(self.settings.roadmap), self.today)
        done: Provisioned = provision(
            master,
            Drive(self.channel),
            Forms(self.channel),
            Templates(self.channel, Drive(self.channel)),
            self._forms(),
            self.settings.documents,
            reader=Forms(self.channel),
            links=lambda address: diagnostic_links(address, self.settings.school.defaults, self.today),
            school=self.settings.school.defaults.school_short_name,
            spreadsheet=spreadsheet,
            today=self.today,
        )
        resources = master.read().remembered("resource")
        addresses = {spec.title: str(resources[f"form/{spec.id}"].get("uri", "")) for spec in self._forms()}
        by_hand = {spec.title: spec.by_hand for spec in self._forms()}
        url = f"{self.pages}/spreadsheets/d/{spreadsheet}/edit"
        made += drawn if laid_out else ()
        return InitReport(
            spreadsheet, url, (*made, *done.made), done.stood, by_hand, addresses, done.unnumbered
        )

    @cached_property
    def roster(self) -> Roster:
        """The school's own list, from the file beside the settings."""
        lines = read_private(self.settings.roster_file)
        return stored_roster(lines, secret=self.settings.codes_only)

    def import_list(self, file: Path, day: date, **allowed: bool) -> ImportedList:
        """Read the school's list of a file and keep it; nothing leaves this machine."""
        workbook = self.look() if self.settings.spreadsheet_id else None
        found = import_list(read_table(file), self.roster, workbook, self.settings, day, **allowed)
        return replace(found, changed=write_private(self.settings.roster_file, found.table))

    def import_answers(self, file: Path, form: str, day: date) -> AnswersReport:
        """Take the answers of a file by a run of their own: the whole night's work, in the same commit."""
        forms = {spec.id: spec for spec in self._forms()}
        found = import_answers(read_table(file), forms, form, self.look(), day, self.zone)
        night, report = self._carry_out(self.settings.job("nightly"), day, imported=found.responses)
        return AnswersReport(found, night.intake.quarantined, report)

    def forget(
        self, code: str, day: date, *, ground: Ground, asked_on: date | None = None, write: bool = False
    ) -> Listing:
        """Look for a participant everywhere; `write` destroys what may be destroyed, in one commit.

        The list of the school is written last: a run that is cut short before it is finished by another one.
        """
        master = self._master()
        workbook = master.read()
        if write:
            refuse_past(workbook, day)
        found = plan_forgetting(
            workbook,
            replace(self.settings, forms={spec.id: spec for spec in self._forms()}),
            Forms(self.channel),
            self._documents(workbook),
            code,
            traces_of(self.channel, self.settings, self._spreadsheet(), workbook),
            ground=ground,
            asked_on=asked_on,
            as_of=day,
            zone=self.zone,
            rules=PetrovichRules(),
            roster=self.roster,
        )
        if not write:
            return found.listing
        apply(found.plan, master, self._documents(workbook), self.batch_bytes)
        if found.roster.people != self.roster.people:
            write_private(self.settings.roster_file, lines_of(found.roster.people))
        return replace(found.listing, written=True)

    def print_badges(self, file: Path, as_of: date | None = None) -> Handouts:
        """Write the badges and slips of a date as a page to print."""
        night, workbook, _ = self._decide(self.settings.job("nightly"), as_of)
        places = addresses(workbook, self.settings.forms)
        found = handouts(night, self.roster, lambda form, field, value: prefilled(places[form], field, value))
        write_handouts(file, found.school, found.badges, found.slips)
        return replace(found, file=file.name)

    def write_register(self, file: Path, as_of: date | None = None) -> Register:
        """Write the register of personalised accounting as of a date."""
        night, workbook, _ = self._decide(self.settings.job("nightly"), as_of)
        found = register_of(night, workbook, self.roster)
        write_table(file, found.table, "Реестр")
        return replace(found, file=file.name)

    def plan(self, job: str, as_of: date | None = None, *, before: RunsBefore = NOTHING_BEFORE) -> NightPlan:
        """Decide a night without writing anything."""
        night, workbook, _ = self._decide(self.settings.job(job), as_of, before=before)
        return NightPlan(night, self._counted(report_of(night, workbook), 0.0))

    def run(
        self,
        job: str,
        as_of: date | None = None,
        *,
        accept_losses: bool = False,
        before: RunsBefore = NOTHING_BEFORE,
    ) -> RunReport:
        """Decide a night and write it; a job that waits to be asked only looks whether it was.

        Shape: `before` is what went wrong with the runs since the last good one; the report of a job that
        nobody asked for knows no generation.
        """
        declared = self.settings.job(job)
        if Step.REQUESTED in declared.steps and not self._is_asked():
            return self._counted(RunReport(as_of or self.today), 0.0)
        return self._carry_out(declared, as_of, accept_losses=accept_losses, before=before)[1]

    def _is_asked(self) -> bool:
        return is_asked(self._master().read_sheet(ASKED_IN))

    def checks(self, account: str = "") -> Iterator[Check]:
        """Return what can be looked at without changing anything; `account` is the address to share with."""
        # Whoever asks what is wrong does not want to wait until it passes.
        quick = replace(self.channel, attempts=1)
        return SchoolChecks(
            Access(quick),
            replace(self._master(), channel=quick),
            {spec.id: spec for spec in self._forms()},
            self.settings.documents,
            lambda workbook: replace(self._documents(workbook), channel=quick, drive=Drive(quick)),
            self.now,
            account,
        ).all()

    def status(self, as_of: date | None = None) -> StatusReport:
        """Tell how things stand on a date, without writing."""
        night, workbook, _ = self._decide(self.settings.job("nightly"), as_of)
        report = self._counted(report_of(night, workbook), 0.0)
        return StatusReport(report, standing_of(night, workbook, self.settings.roadmap))

    def pairs(self, as_of: date | None = None) -> PairQuestions:
        """Decide the pairs of a date and answer questions about them, without writing."""
        night, workbook, _ = self._decide(self.settings.job("nightly"), as_of)
        return pair_questions(night, workbook)

    def notices(self, as_of: date | None = None, folder: Path | None = None) -> tuple[Letter, ...]:
        """Draft the letters to the people of the pairs, and put them into a folder when there is one."""
        night, _, _ = self._decide(self.settings.job("nightly"), as_of)
        found = letters(night.facts)
        if folder is not None:
            write_letters(found, folder)
        return found

    def explain(self, name: str, as_of: date | None = None) -> Explanation:
        """Tell what stands behind an indicator or a measure on a date, without writing."""
        night, _, _ = self._decide(self.settings.job("nightly"), as_of)
        return explanation_of(night, self.settings.roadmap, name)

    def register_roadmap(self, year: int, file: str, as_of: date) -> bool:
        """Add the drafted roadmap of a year to «Документы»; False when it stands there already."""
        master = self._master()
        workbook = master.read()
        refuse_past(workbook, as_of)
        plan = plan_registration(workbook, self.settings, year, file, as_of)
        apply(plan, master, self._documents(workbook), self.batch_bytes)
        return not plan.is_empty

    def public_report(self, as_of: date | None = None) -> PublicReport:
        """Gather what may be shown to people without access, without writing anything."""
        night, workbook, _ = self._decide(self.settings.job("nightly"), as_of)
        return report_for_everybody(night, workbook, self.settings.roadmap)

    def federal(self, as_of: date | None = None) -> FederalTables:
        """Fill the statistical form; without config/federal_statistics.yaml there is nothing to fill."""
        night, _, _ = self._decide(self.settings.job("nightly"), as_of)
        return federal_tables(night, self.settings.federal)

    def documents(self) -> tuple[ListedDocument, ...]:
        """Return the register of documents."""
        return listed(self.look())

    def export_document(
        self,
        document: ListedDocument,
        target: Path,
        file_format: FileFormat,
        *,
        replace: bool,
        named_on: date | None = None,
    ) -> ExportReport:
        """Write one document to a file or into a folder.

        Shape: `named_on` asks for the names of the school's list in place of codes, of those whose consent is
        valid on that day.
        """
        return export_one(document, target, file_format, self._exporter(named_on), replace=replace)

    def export_documents(
        self,
        documents: Sequence[ListedDocument],
        folder: Path,
        file_format: FileFormat,
        *,
        replace: bool,
        named_on: date | None = None,
        progress: Callable[[str, int, int], None],
    ) -> ExportReport:
        """Write documents into a folder; `named_on` as for one document."""
        exporter = self._exporter(named_on)
        return export_all(documents, folder, file_format, exporter, replace=replace, progress=progress)

    def look(self) -> Workbook:
        """Read the workbook as it stands."""
        return self._master().read()

    def _carry_out(
        self,
        job: Job,
        as_of: date | None,
        *,
        accept_losses: bool = False,
        imported: Sequence[Response] = (),
        before: RunsBefore = NOTHING_BEFORE,
    ) -> tuple[Night, RunReport]:
        started = self.timer()
        night, workbook, master = self._decide(
            job, as_of, writing=True, accept_losses=accept_losses, imported=imported, before=before
        )
        plan = stamped(night.plan, self.now().astimezone(self.zone))
        applied = apply(plan, master, self._documents(workbook), self.batch_bytes)
        if Step.ORPHANS in job.steps:
            sweep(self._documents(workbook), workbook, self.now())
        report = replace(report_of(night, workbook), generation=applied.generation)
        return night, self._counted(report, self.timer() - started)

    def _decide(
        self,
        job: Job,
        as_of: date | None,
        *,
        writing: bool = False,
        accept_losses: bool = False,
        imported: Sequence[Response] = (),
        before: RunsBefore = NOTHING_BEFORE,
    ) -> tuple[Night, Workbook, MasterSpreadsheet]:
        day = as_of or self.today
        master = self._master()
        workbook = master.read()
        if writing:
            refuse_past(workbook, day)
        night = plan_night(
            workbook,
            replace(self.settings, forms={spec.id: spec for spec in self._forms()}),
            Forms(self.channel),
            self._documents(workbook),
            day,
            self.zone,
            rules=PetrovichRules(),
            sweep=Step.FULL_SWEEP in job.steps,
            accept_losses=accept_losses,
            roster=self.roster,
            imported=imported,
            before=before,
        )
        return night, workbook, master

    def _exporter(self, named_on: date | None) -> DocumentExporter:
        drive = Drive(self.channel)
        if named_on is None:
            return drive
        night, _, _ = self._decide(self.settings.job("nightly"), named_on)
        return NamedCopies(drive, names_by_code(night.intake.people, night.refusals, self.roster))

    def _spreadsheet(self) -> str:
        if self.settings.spreadsheet_id is None:
            raise errors.NotInitialisedError("Таблица школы ещё не создана")
        return self.settings.spreadsheet_id

    def _master(self) -> MasterSpreadsheet:
        return MasterSpreadsheet(self.channel, self._spreadsheet(), self.settings.workbook, self.now)

    def _forms(self) -> list[FormSpec]:
        defaults = self.settings.school.defaults
        lists = {"classes": defaults.classes, "mentor_groups": defaults.mentor_groups}
        return [with_lists(spec, lists) for spec in self.settings.forms.values()]

    def _documents(self, workbook: Workbook) -> Documents:
        return documents_of(self.channel, self.settings, workbook)

    def _counted(self, report: RunReport, seconds: float) -> RunReport:
        sent = self.channel.tally.requests
        requests = RequestCount(sent["sheets"], sent["forms"], sent["docs"], sent["drive"], sent["token"])
        return replace(report, writes=self.channel.tally.writes, requests=requests, seconds=seconds)
