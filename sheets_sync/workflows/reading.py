"""Reading the forms: which responses are new since the last night."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, tzinfo

from sheets_sync.domain.answers import as_stored, responses_from_rows
from sheets_sync.domain.findings import Finding, Severity
from sheets_sync.domain.forgetting.tombstones import buried
from sheets_sync.domain.form_changes import changes_of
from sheets_sync.domain.forms import FormSpec
from sheets_sync.domain.plan import Remember, SheetChange
from sheets_sync.domain.responses import IMPORTED, Response
from sheets_sync.domain.run_report import FormCount
from sheets_sync.domain.tables import Memory, Workbook
from sheets_sync.errors import FormChangedError, NotFoundError, NotInitialisedError
from sheets_sync.ports.read import FormAddress, FormReader

OVERLAP = timedelta(hours=1)
"""How far before the cursor reading starts again: clocks differ and answers may appear late."""


@dataclass(frozen=True, slots=True)
class Answers:
    """All responses known tonight, the delivered ones in their latest version.

    Shape: `counts` and `cursors` by form id; a cursor is the latest submission time read; `standing` are the
    ids of forgotten people's answers that the forms still hold, by form, of the forms that were read whole;
    `in_forms` are all ids that those forms hold.
    """

    responses: tuple[Response, ...]
    counts: Mapping[str, FormCount]
    cursors: Mapping[str, datetime]
    in_forms: Mapping[str, frozenset[str]] = field(default_factory=dict)
    standing: Mapping[str, frozenset[str]] = field(default_factory=dict)


def addresses(workbook: Workbook, forms: Mapping[str, FormSpec]) -> dict[str, FormAddress]:
    """Return where every form lives, as `init` recorded it in the spreadsheet.

    Raises:
        NotInitialisedError: a form was never made.
    """
    resources = workbook.remembered("resource")
    found = {}
    for form in forms:
        memory = resources.get(f"form/{form}")
        if memory is None:
            raise NotInitialisedError(f"Форма «{forms[form].title}» ещё не создана")
        questions = memory.get("questions")
        found[form] = FormAddress(
            form,
            str(memory["id"]),
            {str(key): str(value) for key, value in questions.items()} if isinstance(questions, dict) else {},
            str(memory.get("uri", "")),
        )
    return found


def read_answers(
    workbook: Workbook,
    forms: Mapping[str, FormSpec],
    reader: FormReader,
    as_of: date,
    zone: tzinfo,
    *,
    sweep: bool = False,
    imported: Sequence[Response] = (),
) -> Answers:
    """Read what was submitted since the last night and lay it over what the spreadsheet holds.

    With `sweep` every form is read whole, and delivered responses that the form no longer has are marked.
    Responses submitted after `as_of` are left for their own night. Those of a file (`imported`) come beside:
    one that the spreadsheet holds already, or from which staff removed it, is left out. Answers of a
    forgotten person never come back, by whatever road or however edited.
    """
    graves = buried(workbook)
    in_forms: dict[str, frozenset[str]] = {}
    places = addresses(workbook, forms)
    responses: list[Response] = []
    counts: dict[str, FormCount] = {}
    cursors: dict[str, datetime] = {}
    for form, spec in forms.items():
        sheet = f"answers_{form}"
        stored = {
            one.response_id: one
            for given in responses_from_rows(spec, workbook.rows(sheet), workbook, zone=zone)
            if (one := graves.kept_of(given, spec)) is not None
        }
        cursor = _cursor(workbook.memory.get(("cursor", form), {}))
        since = None if sweep or cursor is None else cursor - OVERLAP
        seen = _read(reader, places[form], spec, since)
        if since is None:
            in_forms[form] = frozenset(one.response_id for one in seen)
        read = [
            as_stored(one)
            for given in seen
            if (one := graves.kept_of(given, spec)) is not None
            and one.submitted.astimezone(zone).date() <= as_of
            and (sheet, one.response_id) not in workbook.deleted
        ]
        brought = [
            as_stored(one)
            for given in imported
            if given.form == form
            and (one := graves.kept_of(given, spec)) is not None
            and (sheet, one.response_id) not in workbook.deleted
        ]
        new = [one for one in [*read, *brought] if one.response_id not in stored]
        edited = [
            one
            for one in read
            if one.response_id in stored and one.submitted > stored[one.response_id].submitted
        ]
        latest = stored | {one.response_id: one for one in [*new, *edited]}
        if sweep:
            latest = _marked_deleted(latest, read)
        responses += latest.values()
        counts[form] = FormCount(len(read), len(new), len(edited))
        times = [one.submitted for one in read] + ([cursor] if cursor else [])
        if times:
            cursors[form] = max(times)
    standing = {form: ids & graves.responses for form, ids in in_forms.items()}
    return Answers(tuple(responses), counts, cursors, in_forms, standing)


def look_at_forms(
    workbook: Workbook, forms: Mapping[str, FormSpec], reader: FormReader
) -> dict[str, tuple[Finding, ...]]:
    """Look at every form's questions, and return by form what people should know about them.

    Raises:
        FormChangedError: a question that the program follows is gone or asks for something else.
    """
    broken: list[str] = []
    notes = {}
    for form, place in addresses(workbook, forms).items():
        changes = changes_of(forms[form], place.questions, reader.read_questions(place))
        broken += changes.broken
        notes[form] = changes.notes
    if broken:
        raise FormChangedError("\n".join(broken))
    return notes


def known_notes(workbook: Workbook) -> dict[str, tuple[Finding, ...]]:
    """Return what an earlier look at the forms found: on a quiet night nobody looks, and it stands."""
    found = {}
    for key, memory in workbook.remembered("resource").items():
        kind, _, form = key.partition("/")
        notes = memory.get("notes")
        if kind == "form":
            listed = notes if isinstance(notes, list) else []
            found[form] = tuple(
                Finding(str(one[0]), str(one[1]), str(one[2]), Severity(str(one[3])), subject=form)
                for one in listed
            )
    return found


def remembered_notes(workbook: Workbook, notes: Mapping[str, Sequence[Finding]]) -> list[SheetChange]:
    """Return what to remember about the forms after a look."""
    resources = workbook.remembered("resource")
    return [
        Remember(
            "resource",
            f"form/{form}",
            {},
            {
                **resources[f"form/{form}"],
                "notes": [[one.key, one.place, one.text, one.severity.value] for one in found],
            },
        )
        for form, found in notes.items()
    ]


def _cursor(memory: Memory) -> datetime | None:
    said = memory.get("submitted")
    return datetime.fromisoformat(said) if isinstance(said, str) else None


def _marked_deleted(latest: Mapping[str, Response], read: Sequence[Response]) -> dict[str, Response]:
    standing = {one.response_id for one in read}
    return {
        key: one if key in standing or one.deleted or key.startswith(IMPORTED) else replace(one, deleted=True)
        for key, one in latest.items()
    }


def _read(
    reader: FormReader, place: FormAddress, spec: FormSpec, since: datetime | None
) -> Sequence[Response]:
    try:
        return reader.read_responses(place, since)
    except NotFoundError as exc:
        raise NotFoundError(
            f"Форма «{spec.title}» удалена или закрыта для программы",
            hint="Верните форму из корзины Диска или откройте к ней доступ и проверьте: sheets-sync doctor",
        ) from exc
