"""The sheets that staff type, row by row: records, and findings for what cannot be read."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sheets_sync.domain.entries import (
    Contingent,
    Event,
    Mark,
    Material,
    Participation,
    Partner,
)
from sheets_sync.domain.findings import Finding
from sheets_sync.domain.indicators.people_records import plain_words
from sheets_sync.domain.intake.cells import Cells
from sheets_sync.domain.intake.events import KINDS, PUBLICATION, event_key, printed_class
from sheets_sync.domain.school import (
    Consent,
    ConsentKind,
    RegisteredDocument,
    SchoolSettings,
    Signer,
)
from sheets_sync.domain.tables import ReadRow, Workbook
from sheets_sync.domain.textforms import cleaned

PARTNER_STATES = ("переговоры", "подписано", "расторгнуто")
MATERIAL_KINDS = (
    "программа",
    "методические",
    "дидактические",
    "диагностическая анкета",
    "рубрика ВК",
    "рубрика на сайте",
    "контент-план",
    "публикация",
    "лучшая практика",
    "материал встречи",
    "справка об анализе",
)
LEVELS = ("региональный", "всероссийский")
DOCUMENT_STATES = ("проект", "на подписи", "зарегистрирован", "отменён", "изменён")
MARK_STATES = (
    "не начато",
    "в работе",
    "под угрозой",
    "выполнено",
    "выполнено с опозданием",
    "просрочено",
    "требует решения",
)


@dataclass(frozen=True, slots=True)
class StaffSheets:
    """Everything that staff typed in sheets of their own, and what could not be read there."""

    events: tuple[Event, ...]
    partners: tuple[Partner, ...]
    materials: tuple[Material, ...]
    participations: tuple[Participation, ...]
    documents: tuple[RegisteredDocument, ...]
    marks: tuple[Mark, ...]
    contingent: tuple[Contingent, ...]
    consents: tuple[Consent, ...]
    findings: tuple[Finding, ...]


Record = TypeVar("Record")
Read = tuple[tuple[Record, ...], tuple[Finding, ...]]


def read_staff(workbook: Workbook, settings: SchoolSettings) -> StaffSheets:
    """Read all sheets of staff at once."""
    found_events, in_events = events(workbook.rows("events"), settings)
    found_partners, in_partners = partners(workbook.rows("partners"))
    found_materials, in_materials = materials(workbook.rows("materials"))
    found_participations, in_participations = participations(workbook.rows("participation"))
    found_documents, in_documents = documents(workbook.rows("documents"))
    found_marks, in_marks = marks(workbook.rows("marks"))
    found_contingent, in_contingent = contingent(workbook.rows("contingent"))
    found_consents, in_consents = consents(workbook.rows("consents"))
    return StaffSheets(
        events=found_events,
        partners=found_partners,
        materials=found_materials,
        participations=found_participations,
        documents=found_documents,
        marks=found_marks,
        contingent=found_contingent,
        consents=found_consents,
        findings=(
            *in_events,
            *in_partners,
            *in_materials,
            *in_participations,
            *in_documents,
            *in_marks,
            *in_contingent,
            *in_consents,
        ),
    )


def events(rows: Iterable[ReadRow], settings: SchoolSettings) -> Read[Event]:
    """Read «Мероприятия»; a row without a kind is asked about and left out."""

    def record(cells: Cells) -> Event | None:
        kind = cells.choice("kind", KINDS, "вид")
        if not kind:
            if not cells.text("kind"):
                cells.complain("kind", "не выбран вид мероприятия")
            return None
        school_class, group = _class_or_group(cells, settings)
        on, link = cells.day("on", "дата"), cells.text("link")
        if kind == PUBLICATION:
            _ask_for_link(cells)
        return Event(
            key=event_key(
                kind, on or cells.row.day("planned_on"), school_class + group, cells.text("topic"), link
            ),
            kind=kind,
            planned_on=cells.day("planned_on", "дата по графику"),
            on=on,
            school_class=school_class,
            mentor_group=group,
            topic=cells.text("topic"),
            lecturer=cells.text("lecturer"),
            organisation=cells.text("organisation"),
            remote=cells.flag("remote"),
            attended=cells.number("attended", "присутствовало"),
            expected=cells.number("expected", "должно было"),
            link=link,
            note=cells.text("note"),
            source=cells.place,
        )

    return _read("events", rows, record)


def partners(rows: Iterable[ReadRow]) -> Read[Partner]:
    """Read «Партнёры»; a row without a name is asked about and left out."""

    def record(cells: Cells) -> Partner | None:
        if not cells.text("name"):
            cells.complain("name", "не указана организация")
            return None
        return Partner(
            name=cells.text("name"),
            aliases=_list(cells.text("aliases")),
            kind=cells.text("kind"),
            contact=cells.text("contact"),
            listed_on=cells.day("listed_on", "в перечне с"),
            agreement_number=cells.text("agreement_number"),
            agreement_on=cells.day("agreement_on", "дата соглашения"),
            valid_until=cells.day("valid_until", "действует до"),
            link=cells.text("link"),
            state=cells.choice("state", PARTNER_STATES, "состояние"),
        )

    found, findings = _read("partners", rows, record)
    asked = list(findings)
    _ask_about_repeats(found, asked)
    return found, tuple(asked)


def materials(rows: Iterable[ReadRow]) -> Read[Material]:
    """Read «Материалы и ссылки»; a row without a known kind is asked about and left out."""

    def record(cells: Cells) -> Material | None:
        kind = cells.choice("kind", MATERIAL_KINDS, "вид")
        if not kind:
            if not cells.text("kind"):
                cells.complain("kind", "не выбран вид материала")
            return None
        if kind == PUBLICATION:
            _ask_for_link(cells)
        return Material(
            kind=kind,
            form=cells.text("form"),
            title=cells.text("title"),
            on=cells.day("on", "дата"),
            link=cells.text("link"),
            author=cells.text("author"),
        )

    return _read("materials", rows, record)


def participations(rows: Iterable[ReadRow]) -> Read[Participation]:
    """Read «Участие в событиях»; a row without a person is asked about and left out."""

    def record(cells: Cells) -> Participation | None:
        if not cells.text("who"):
            cells.complain("who", "не указано, кто участвовал")
            return None
        return Participation(
            who=cells.text("who"),
            event=cells.text("event"),
            level=cells.choice("level", LEVELS, "уровень"),
            kind=cells.text("kind"),
            on=cells.day("on", "дата"),
            result=cells.text("result"),
            link=cells.text("link"),
        )

    return _read("participation", rows, record)


def documents(rows: Iterable[ReadRow]) -> Read[RegisteredDocument]:
    """Read «Документы»: drafts of the program by their code and papers typed in by staff."""

    def record(cells: Cells) -> RegisteredDocument | None:
        if not (cells.text("kind") or cells.row.key):
            cells.complain("kind", "не выбран вид документа")
            return None
        return RegisteredDocument(
            kind=cells.text("kind"),
            title=cells.text("title"),
            key=cells.row.key,
            state=cells.choice("state", DOCUMENT_STATES, "состояние"),
            number=cells.text("number"),
            on=cells.day("on", "дата"),
            signed_by=cells.text("signed_by"),
            link=cells.text("link"),
            acquainted_on=cells.day("acquainted_on", "ознакомлены"),
            sent_to=cells.text("sent_to"),
            outgoing_number=cells.text("outgoing_number"),
            sent_on=cells.day("sent_on", "дата отправки"),
            note=cells.text("note"),
            pairs=_list(cells.text("pairs")),
        )

    return _read("documents", rows, record)


def marks(rows: Iterable[ReadRow]) -> Read[Mark]:
    """Read «Отметки»; a row without a number of a measure is asked about and left out."""

    def record(cells: Cells) -> Mark | None:
        measure = cells.number("measure", "№ пункта")
        if not measure:
            cells.complain("measure", "не указан номер пункта")
            return None
        return Mark(
            measure=measure,
            state=cells.choice("state", MARK_STATES, "состояние"),
            comment=cells.text("comment"),
            who=cells.text("who"),
            on=cells.day("on", "дата"),
            lowered_by=cells.text("lowered_by"),
            lowered_to=cells.number("lowered_to", "порог"),
            until=cells.row.day("until"),
        )

    return _read("marks", rows, record)


def contingent(rows: Iterable[ReadRow]) -> Read[Contingent]:
    """Read «Контингент»; parts that exceed the total are asked about."""

    def record(cells: Cells) -> Contingent | None:
        if not cells.text("key"):
            cells.complain("key", "не указана группа")
            return None
        found = Contingent(
            group=cells.text("key"),
            on=cells.day("on", "на дату"),
            total=cells.number("total", "всего"),
            aged_10_19=cells.number("aged_10_19", "из них 10–19"),
            aged_15_19=cells.number("aged_15_19", "из них 15–19"),
            young_specialists=cells.number("young_specialists", "молодых специалистов"),
            source=cells.text("source"),
        )
        parts = [found.aged_10_19, found.aged_15_19, found.young_specialists]
        if found.total is not None and any(part is not None and part > found.total for part in parts):
            cells.complain("total", f"часть группы «{found.group}» больше, чем всего: {found.total}")
        return found

    return _read("contingent", rows, record)


def consents(rows: Iterable[ReadRow]) -> Read[Consent]:
    """Read «Согласия»: rows of the program by key, rows added by hand by their code, kind and signer."""

    def record(cells: Cells) -> Consent | None:
        parts = cells.row.key.split("/")
        person, kind, signer = parts if len(parts) == 3 else (cells.text("person"), "", "")
        kind_text, signer_text = kind or cells.text("kind"), signer or cells.text("signer")
        known_kind = next((item for item in ConsentKind if item == kind_text), None)
        known_signer = next((item for item in Signer if item == signer_text), None)
        if not person or known_kind is None or known_signer is None:
            cells.complain("key", f"не понятно, чьё и какое это согласие: «{kind_text}», «{signer_text}»")
            return None
        return Consent(
            key=cells.row.key or f"{person}/{known_kind}/{known_signer}",
            person=person,
            kind=known_kind,
            signer=known_signer,
            signed_on=cells.day("signed_on", "подписано"),
            signed_by=cells.text("signed_by"),
            paper=cells.text("paper"),
            valid_until=cells.day("valid_until", "действует до"),
            withdrawn_on=cells.day("withdrawn_on", "отозвано"),
        )

    return _read("consents", rows, record)


def _read(sheet: str, rows: Iterable[ReadRow], record: Callable[[Cells], Record | None]) -> Read[Record]:
    findings: list[Finding] = []
    records = []
    for row in rows:
        # Nobody is asked about a row that stands no more.
        cells = Cells(sheet, row, findings if row.index >= 0 else [])
        if not cells.is_blank and (found := record(cells)) is not None:
            records.append(found)
    return tuple(records), tuple(findings)


def _ask_for_link(cells: Cells) -> None:
    if not cells.text("link"):
        cells.complain("link", "публикация без ссылки не засчитана: впишите ссылку")


def _ask_about_repeats(found: Sequence[Partner], findings: list[Finding]) -> None:
    """Ask about organisations written twice: quotes and legal forms do not tell them apart."""
    known: dict[str, Partner] = {}
    for partner in found:
        words = plain_words(partner.name)
        first = known.setdefault(words, partner)
        if first is not partner and words:
            text = f"«{partner.name}» уже есть в перечне как «{first.name}»: оставьте одну строку"
            findings.append(Finding(f"Партнёры/повтор/{words}", "«Партнёры»", text))


def _class_or_group(cells: Cells, settings: SchoolSettings) -> tuple[str, str]:
    text = cleaned(cells.text("class_or_group"))
    groups = {group.casefold(): group for group in settings.mentor_groups}
    if text.casefold() in groups:
        return "", groups[text.casefold()]
    found = printed_class(text, settings)
    if found is None:
        cells.complain("class_or_group", f"нет такого класса или группы наставников: «{text}»")
        return "", ""
    return found, ""


def _list(text: str) -> tuple[str, ...]:
    pieces: Sequence[str] = text.replace(";", "\n").replace(",", "\n").splitlines()
    return tuple(piece for piece in map(cleaned, pieces) if piece)
