"""Forgetting a person: look everywhere, decide what goes, and one night's plan that does it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, tzinfo

from sheets_sync.domain.documents.register import FROZEN, SHEET, document_of, stamp_of
from sheets_sync.domain.forgetting.erasure import Erasure, clean_places, erase
from sheets_sync.domain.forgetting.grounds import (
    ARCHIVE,
    BY_HAND,
    COUNTED,
    PROOF,
    RECOGNITION,
    Ground,
)
from sheets_sync.domain.forgetting.listed import without_forgotten
from sheets_sync.domain.forgetting.listing import Listing, Placed
from sheets_sync.domain.forgetting.subject import Subject, subject_of
from sheets_sync.domain.forgetting.tombstones import MEMORY, Buried, FormAnswer, LeftCell, Tombstone, buried
from sheets_sync.domain.form_changes import StandingQuestion
from sheets_sync.domain.intake.decisions import NO, SKIP, decisions_of
from sheets_sync.domain.intake.returning import refused_again
from sheets_sync.domain.names import name_key
from sheets_sync.domain.plan import Plan
from sheets_sync.domain.reconcile import fingerprint
from sheets_sync.domain.responses import Response
from sheets_sync.domain.roster import Roster
from sheets_sync.domain.russian import NameRules
from sheets_sync.domain.tables import Memory, Workbook
from sheets_sync.errors import UnknownNameError
from sheets_sync.ports.read import (
    DocumentReader,
    FormAddress,
    FormReader,
    PlacedDocument,
    PlacedText,
)
from sheets_sync.settings import Settings
from sheets_sync.workflows.night import Night, plan_night
from sheets_sync.workflows.papers import LookedOnce

_SUBMITTED = "%d.%m.%Y %H:%M"
_LIST = "списки школы (config/people.csv)"


@dataclass(frozen=True, slots=True)
class Traces:
    """All texts in which a person may be: of the spreadsheet, of documents, of files by their names.

    Shape: `unread` are files that may hold names and cannot be searched.
    """

    texts: Sequence[PlacedText] = ()
    papers: Sequence[PlacedDocument] = ()
    files: Sequence[tuple[str, str]] = ()
    unread: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Forgetting:
    """What was decided: the plan, the school's list as it should be kept, and what is told."""

    plan: Plan
    roster: Roster
    listing: Listing


@dataclass
class _HeardOnce:
    """A reader of forms that asks the service the same thing once."""

    reader: FormReader
    responses: dict[tuple[str, datetime | None], Sequence[Response]] = field(default_factory=dict)
    questions: dict[str, Sequence[StandingQuestion]] = field(default_factory=dict)

    def read_responses(self, address: FormAddress, since: datetime | None) -> Sequence[Response]:
        """Read responses, once for each form and moment."""
        if (address.form, since) not in self.responses:
            self.responses[address.form, since] = self.reader.read_responses(address, since)
        return self.responses[address.form, since]

    def read_questions(self, address: FormAddress) -> Sequence[StandingQuestion]:
        """Read the questions of a form once."""
        if address.form not in self.questions:
            self.questions[address.form] = self.reader.read_questions(address)
        return self.questions[address.form]


def plan_forgetting(
    workbook: Workbook,
    settings: Settings,
    forms: FormReader,
    documents: DocumentReader,
    code: str,
    traces: Traces,
    *,
    ground: Ground,
    asked_on: date | None,
    as_of: date,
    zone: tzinfo,
    rules: NameRules,
    roster: Roster,
) -> Forgetting:
    """Decide everything that forgetting a person takes; nothing is written.

    The forms are read whole. The plan is that of a night on a spreadsheet without the person, together with
    the changes that make it so: one commit carries both.

    Raises:
        UnknownNameError: nobody has or had the code.
    """
    heard, looked = _HeardOnce(forms), LookedOnce(documents)

    def decided(on: Workbook, people: Roster) -> Night:
        return plan_night(on, settings, heard, looked, as_of, zone, rules=rules, sweep=True, roster=people)

    before = decided(workbook, roster)
    graves = buried(workbook)
    known = graves.by_code.get(code)
    code = before.intake.into.get(code, code)
    refused = _refused_again(workbook, before, known)
    subject = subject_of(
        code,
        before.intake,
        before.pairs,
        before.answers.responses,
        refused,
        roster,
        workbook.sheets["registry"].by_key().get(code) if known is None else None,
        workbook.memory.get(("registry", code), {}),
    )
    if subject is None and known is None:
        raise UnknownNameError(f"Участника с кодом {code} нет в «Реестре»")
    subject = subject or _returned(code, refused, before)
    notes = [(one.sheet, one.key, one.column) for one in traces.texts if one.note and one.key]
    erasure = erase(workbook, settings.workbook, settings.forms, subject, notes, as_of)
    stone = known or _stone(subject, ground, asked_on or _withdrawn(before, subject), as_of, settings)
    stone = _with_answers(stone, subject, before, zone)
    clean = replace(roster, people=without_forgotten(roster.people, Buried((*graves.stones, stone))))
    stone = _telling(stone, erasure, clean != roster, workbook, settings, traces, subject)
    erased = _with_stone(erasure.workbook, stone)
    first = decided(erased, clean)
    fates = _fates(traces.papers, subject, workbook, first.plan)
    gone = tuple(one.document for one, fate in fates if fate == _DESTROY)
    changes = (*erasure.changes, *first.plan.changes)
    left = _left(traces.texts, subject, clean_places(changes, subject), erasure)
    stone = replace(
        stone,
        destroy=tuple(dict.fromkeys((*stone.destroy, *gone))),
        left=tuple(dict.fromkeys((*stone.left, *(one for _, _, one in left if one)))),
    )
    night = decided(_with_stone(erasure.workbook, stone), clean)
    opening = () if stone == known and not erasure.changes else (*erasure.changes, stone.remembered)
    plan = replace(night.plan, computed=(*opening, *night.plan.computed))
    by_hand = [
        *((where, what) for where, what, _ in left),
        *_papers_by_hand(fates),
        *_files_by_hand(traces, subject),
    ]
    listing = Listing(
        code=stone.code,
        on=stone.on,
        ground=stone.ground,
        erased=_erased(erasure, settings, clean != roster),
        destroyed=_destroyed(fates, workbook),
        by_hand=tuple(by_hand),
        kept=stone.kept,
        standing=stone.standing,
        titles={name: form.title for name, form in settings.forms.items()},
        due=ground.due(stone.asked_on) if stone.asked_on and known is None else None,
        digest=plan.digest,
        again=known is not None,
    )
    return Forgetting(plan, clean, listing)


def _refused_again(workbook: Workbook, night: Night, known: Tombstone | None) -> frozenset[str]:
    """Return the questionnaires of a forgotten person that the curator has refused since."""
    if known is None:
        return frozenset()
    answers = {one.response_id: one for one in night.answers.responses if one.form == "application"}
    keys = [key for key, said in decisions_of(workbook).items() if said.answer in {NO, SKIP}]
    return frozenset(
        response
        for response in refused_again(answers, keys)
        if known.has_name(name_key(answers[response].text("name")))
    )


def _returned(code: str, refused: Collection[str], night: Night) -> Subject:
    """What is known of somebody who was forgotten: the questionnaires that were refused since."""
    held = [one for one in night.answers.responses if one.response_id in refused]
    return Subject.of_answers(code, held)


def _withdrawn(night: Night, subject: Subject) -> date | None:
    days = [
        one.withdrawn_on
        for one in night.intake.consents
        if one.person in subject.codes and one.withdrawn_on is not None
    ]
    return max(days, default=None)


def _stone(
    subject: Subject, ground: Ground, asked_on: date | None, on: date, settings: Settings
) -> Tombstone:
    # The salt need not be secret, only another school's must be another; and dry run and run must agree.
    salt = settings.spreadsheet_id or ""
    names, births = subject.digests(salt)
    codes = tuple(sorted(subject.codes - {subject.code}))
    return Tombstone(subject.code, on, ground.short, codes, asked_on, salt, names, births)


def _with_answers(stone: Tombstone, subject: Subject, night: Night, zone: tzinfo) -> Tombstone:
    seen = {one.response_id: one for one in night.answers.responses}
    in_forms = [one for one in stone.standing if one.response in night.answers.standing.get(one.form, ())]
    for response in sorted(subject.responses):
        answer = seen.get(response)
        if answer is not None and response in night.answers.in_forms.get(answer.form, ()):
            moment = answer.submitted.astimezone(zone).strftime(_SUBMITTED)
            in_forms.append(FormAnswer(answer.form, response, moment))
    return replace(
        stone,
        responses=tuple(sorted({*stone.responses, *subject.responses})),
        reports=tuple(sorted({*stone.reports, *subject.reports})),
        standing=tuple(in_forms),
    )


def _telling(
    stone: Tombstone,
    erasure: Erasure,
    was_listed: bool,
    workbook: Workbook,
    settings: Settings,
    traces: Traces,
    subject: Subject,
) -> Tombstone:
    """Write into a tombstone what the act tells: what was erased where, and what is kept on what ground."""
    erased = dict(stone.erased)
    for where, what in _erased(erasure, settings, was_listed):
        erased.setdefault(where, what)
    kept = dict(stone.kept)
    for one in traces.papers:
        key = _registered(workbook).get(one.document)
        if key and _names(one, subject):
            kept[_called(key, workbook)] = ARCHIVE
    consents = [row for row in workbook.rows("consents") if row.key.split("/")[0] in subject.codes]
    if consents:
        kept["«Согласия»: даты, папка и № без имени; сами согласия на бумаге"] = PROOF
    if subject.reports or subject.pairs:
        kept["Коды пар, даты и виды встреч"] = COUNTED
    if subject.responses:
        kept["Ответы в Google Формах"] = BY_HAND
    kept[f"Код {stone.code}, дата и необратимая метка имени"] = RECOGNITION
    return replace(stone, erased=tuple(erased.items()), kept=tuple(kept.items()))


def _erased(erasure: Erasure, settings: Settings, was_listed: bool) -> tuple[Placed, ...]:
    titles = settings.workbook.titles
    found = [(f"Лист «{titles[sheet]}»", f"ячеек: {count}") for sheet, count in sorted(erasure.cells.items())]
    return (*found, *([(_LIST, "имя, код и день рождения")] if was_listed else []))


def _with_stone(workbook: Workbook, stone: Tombstone) -> Workbook:
    memory: dict[tuple[str, str], Memory] = {**workbook.memory, (MEMORY, stone.code): stone.memory}
    return replace(workbook, memory=memory)


_DESTROY, _KEEP, _REMOVE, _WAIT = "destroy", "keep", "remove", "wait"


def _fates(
    papers: Iterable[PlacedDocument], subject: Subject, workbook: Workbook, plan: Plan
) -> list[tuple[PlacedDocument, str]]:
    """Say of every document that names the person what becomes of it."""
    resources = {str(one.get("id", "")) for one in workbook.remembered("resource").values()}
    registered, own = _registered(workbook), _own(workbook)
    replaced = {one for order in plan.documents for one in order.replaces}
    replaced |= {one for move in plan.moves for one in move.replaces}
    replaced |= {one.document for one in plan.discards}
    found = []
    for one in papers:
        if one.document in resources or not _names(one, subject):
            continue
        if one.document in registered:
            fate = _KEEP
        elif one.document in replaced or one.binned or (one.staged and one.document not in own):
            fate = _DESTROY
        else:
            fate = _WAIT if one.document in own and not _is_edited(own[one.document], workbook) else _REMOVE
        found.append((one, fate))
    return found


def _is_edited(key: str, workbook: Workbook) -> bool:
    return "изменён" in str(workbook.remembered(SHEET)[key].get("state", ""))


def _names(one: PlacedDocument, subject: Subject) -> bool:
    return subject.mentions.found_in(f"{one.title}\n{one.text}")


def _own(workbook: Workbook) -> dict[str, str]:
    return {str(document_of(memory).get("id", "")): key for key, memory in workbook.remembered(SHEET).items()}


def _registered(workbook: Workbook) -> dict[str, str]:
    numbered = {row.key for row in workbook.rows(SHEET) if row.text("number")}
    memories = workbook.remembered(SHEET)
    return {
        document: key
        for document, key in _own(workbook).items()
        if document and (key in numbered or stamp_of(memories[key]) or memories[key].get("state") == FROZEN)
    }


def _called(key: str, workbook: Workbook) -> str:
    row = workbook.sheets[SHEET].by_key().get(key)
    if row is None:
        return f"Документ {key}"
    on = row.day("on")
    return f"{row.text('kind')} № {row.text('number')}{f' от {on:%d.%m.%Y}' if on else ''} ({key})"


def _destroyed(fates: Iterable[tuple[PlacedDocument, str]], workbook: Workbook) -> tuple[Placed, ...]:
    own = _own(workbook)
    return tuple(
        (own.get(one.document) or one.document, "в корзине Диска" if one.binned else "черновик программы")
        for one, fate in fates
        if fate == _DESTROY
    )


def _papers_by_hand(fates: Iterable[tuple[PlacedDocument, str]]) -> list[Placed]:
    told = {
        _REMOVE: "документ называет участника: уберите имя или удалите документ",
        _WAIT: "черновик сменится в ближайшую ночь: затем повторите forget",
    }
    return [(one.address or one.document, told[fate]) for one, fate in fates if fate in told]


def _files_by_hand(traces: Traces, subject: Subject) -> list[Placed]:
    found = [
        (name if not subject.mentions.found_in(name) else "файл, в имени которого назван участник", "файл")
        for name, text in traces.files
        if subject.mentions.found_in(f"{name}\n{text}")
    ]
    return [
        *((where, "файл называет участника: удалите или исправьте") for where, _ in found),
        *((name, "этот файл программа не читает: посмотрите сами") for name in traces.unread),
    ]


def _left(
    texts: Iterable[PlacedText],
    subject: Subject,
    clean: Collection[tuple[str, str, str, bool]],
    erasure: Erasure,
) -> list[tuple[str, str, LeftCell | None]]:
    """Return what of the spreadsheet only people may clean: where, what, and how to know that it was done."""
    found: list[tuple[str, str, LeftCell | None]] = []
    renamed = erasure.renamed
    for one in texts:
        if (one.sheet, one.key, one.column, one.note) in clean and one.key:
            continue
        if (one.sheet, one.text) in renamed:
            continue
        theirs = one.sheet in _KEYED and one.key.split("/")[0] in {*subject.codes, *subject.responses}
        if theirs and not one.column:
            found.append((one.place, "ваша колонка в строке участника: очистите", None))
        elif subject.mentions.found_in(one.text):
            cell = None
            if one.sheet and one.column and not one.note:
                cell = LeftCell(one.sheet, one.column, fingerprint(one.text))
            found.append((one.place, "назван участник: уберите имя из текста", cell))
    return found


_KEYED = (
    "registry",
    "consents",
    "attendance",
    "answers_application",
    "answers_networking",
    "answers_diagnostic",
)
"""Sheets whose rows are one person's."""
