"""From draft over stale to frozen: what a night decides about each document of the register."""

from collections.abc import Mapping, Sequence
from datetime import date

import pytest

from sheets_sync.domain.documents import kinds
from sheets_sync.domain.documents.changes import difference, field_in_words
from sheets_sync.domain.documents.content import Content, Line
from sheets_sync.domain.documents.lifecycle import Drafts, drafts, stale
from sheets_sync.domain.documents.register import (
    Registration,
    register_findings,
    registrations,
    settled,
    with_memory,
)
from sheets_sync.domain.documents.wanted import CONSENTS, PER_NIGHT, read_wanted
from sheets_sync.domain.documents.withdrawn import is_unwelcome, naming_without_consent
from sheets_sync.domain.plan import Remember
from sheets_sync.domain.school import Group
from sheets_sync.domain.tables import Memory, ReadRow, Workbook
from tests.unit.domain.documents.papers import PEOPLE, config, facts, pair, paper, templates, workbook

DAY = date(2022, 11, 10)
OLD = Content(kinds.PAIRS, "О закреплении", {"куратор": "Лебедева"}, {"": (Line("П-1", ("П-1", "А")),)})
NEW = Content(kinds.PAIRS, "О закреплении", {"куратор": "Морозов"}, {"": (Line("П-2", ("П-2", "Б")),)})


def remembered(content: Content = OLD, /, **more: object) -> dict[str, object]:
    memory = {
        "kind": content.kind,
        "subject": content.subject,
        "heading": content.heading,
        "hash": content.fingerprint,
        "parts": content.parts,
        "pairs": list(content.pairs),
        "document": {"id": "doc-1", "revision": "r1", "url": "https://docs.example/doc-1"},
        "state": "черновик",
    }
    return memory | more


def decide(
    contents: Sequence[Content],
    book: Workbook,
    revisions: Mapping[str, str | None] | None = None,
    registered: Mapping[str, Registration] | None = None,
    limit: int = 60,
    withdrawn: Mapping[str, Sequence[str]] | None = None,
) -> Drafts:
    return drafts(
        contents,
        templates(),
        book,
        revisions or {},
        registered if registered is not None else registrations(book),
        lambda number: f"Д-{number}",
        limit,
        withdrawn or {},
    )


def state_of(found: Drafts, key: str) -> str:
    row = next(row for row in found.table.rows if row.key == key)
    return str(row.cells["draft_state"])


def one_draft(**more: object) -> Workbook:
    return workbook({"Д-1": remembered(**more)}, {"Д-1": {"kind": kinds.PAIRS}})


def test_f41_the_same_content_leaves_the_draft_alone() -> None:
    found = decide([OLD], one_draft())

    assert (found.create, found.move, found.stamps) == ((), (), ())
    assert found.table.rows[0].memory == remembered()


def test_f41_changed_content_takes_the_place_of_an_untouched_draft_and_says_what_changed() -> None:
    book = one_draft()
    assert stale([NEW], book, 60) == {"Д-1": "doc-1"}

    found = decide([NEW], book, {"Д-1": "r1"})

    (made,) = found.create
    assert (made.key, made.replaces) == ("Д-1", ("doc-1",))
    assert made.because == "изменено: куратор; добавлено: П-2; убрано: П-1"
    settled_states = [one.memory["state"] for one in found.settled if isinstance(one, Remember)]
    assert settled_states == ["черновик"]


def test_f41_an_edited_draft_stays_and_the_new_version_lies_beside_it_with_the_reason() -> None:
    found = decide([NEW], one_draft(), {"Д-1": "edited since"})

    (made,) = found.create
    assert (made.key, made.replaces) == ("Д-2", ())
    assert state_of(found, "Д-1") == (
        "изменён вручную, новая версия рядом; изменено: куратор; добавлено: П-2; убрано: П-1"
    )


def test_f41_a_draft_in_the_bin_and_a_row_struck_off_are_left_alone() -> None:
    binned = decide([NEW], one_draft(), {"Д-1": None})
    assert (binned.create, state_of(binned, "Д-1")) == ((), "удалён сотрудником")

    book = workbook({"Д-1": remembered()}, {})
    struck = Workbook(book.sheets, book.memory, 3, deleted=frozenset({("documents", "Д-1")}))
    assert decide([OLD], struck).create == ()
    assert [one.key for one in decide([NEW], struck).create] == ["Д-2"]


def test_f41_a_draft_that_nothing_asks_for_any_more_is_marked_and_comes_back_when_it_is_asked_for() -> None:
    assert state_of(decide([], one_draft()), "Д-1") == "больше не нужен"

    found = decide([OLD], one_draft(state="больше не нужен"))

    assert (found.create, state_of(found, "Д-1")) == ((), "черновик")


def test_f15_drafts_are_known_by_the_people_they_name_and_blanks_by_whom_they_ask() -> None:
    order = remembered(pairs=["П-1"])
    sheet = remembered(parts={"rows": {"ознакомление/Н-3": "1"}, "fields": {}})
    blank = remembered(kind=kinds.CONSENT, subject="У-2/обработка/участник", parts={})
    book = workbook({"Д-1": order, "Д-2": sheet, "Д-3": blank}, {})
    known = facts(pairs=(pair(1),), refusals={"У-1": "", "Н-3": "", "У-2": ""})

    found = naming_without_consent(book, known)

    assert found == {"Д-1": ("У-1",), "Д-2": ("Н-3",), "Д-3": ("У-2",)}
    assert [is_unwelcome({**blank, "state": one}) for one in ("больше не нужен", "черновик")] == [True, False]


@pytest.mark.parametrize("row", [{"number": "45/2-р", "on": date(2022, 10, 26)}, {"number": "45/2-р"}])
def test_f15_what_bears_a_number_is_never_put_into_the_bin(row: dict[str, object]) -> None:
    book = workbook({"Д-1": remembered(state="больше не нужен", pairs=["П-1"])}, {"Д-1": row})

    found = decide([], book, {"Д-1": "r1"}, withdrawn={"Д-1": ("У-1",)})

    assert (found.discard, found.doubtful, found.findings) == ((), {}, ())


def test_f42_a_registered_draft_is_stamped_once_and_never_made_anew() -> None:
    signed = {"kind": kinds.PAIRS, "number": "45/2-р", "on": date(2022, 10, 26)}
    book = workbook({"Д-1": remembered()}, {"Д-1": signed})

    found = decide([NEW], book)

    (stamp,) = found.stamps
    assert stamp.document == "doc-1"
    assert stamp.fields == {
        "номер документа": "№\u00a045/2-р",
        "дата документа": "26\u00a0октября 2022\u00a0г.",
    }
    assert stamp.title == "О закреплении, №\u00a045/2-р от 26.10.2022"
    assert [one.key for one in found.create] == ["Д-2"]
    again = workbook({"Д-1": next(r.memory for r in found.table.rows if r.key == "Д-1")}, {"Д-1": signed})
    assert decide([], again).stamps == ()
    assert state_of(decide([], again), "Д-1") == "зарегистрирован"


def test_f42_a_number_given_twice_stamps_only_the_first_and_is_asked_about() -> None:
    signed = {"kind": kinds.PAIRS, "number": "45/2-Р", "on": date(2022, 10, 26)}
    other = {"kind": kinds.CHANGES, "number": "45 /2-р", "on": date(2022, 12, 1)}
    minutes = {"kind": kinds.COUNCIL, "number": "45/2-р", "on": date(2022, 12, 1)}
    book = workbook({}, {"Д-1": signed, "Д-2": other, "Д-3": minutes})

    assert set(registrations(book)) == {"Д-1", "Д-3"}
    (asked,) = register_findings(book)
    assert "дан дважды" in asked.text
    assert asked.place == "лист «Документы», строки 2, 3"
    next_year = {**other, "on": date(2023, 1, 9)}
    assert register_findings(workbook({}, {"Д-1": signed, "Д-2": next_year})) == ()


STAMPED: Memory = {"stamped": {"number": "45/2-р", "on": "2022-10-26", "revision": "r2"}}


def test_f42_a_number_cleared_or_changed_after_registration_stays_in_force_and_is_asked_about() -> None:
    memory = remembered(state="зарегистрирован") | dict(STAMPED)
    cleared = workbook({"Д-1": memory}, {"Д-1": {"kind": kinds.PAIRS}})

    (kept,) = with_memory([paper(kinds.PAIRS, number="", on=None, state="")], cleared)

    assert (kept.number, kept.on, kept.registered) == ("45/2-р", date(2022, 10, 26), True)
    assert "№ 45/2-р от 26.10.2022" in register_findings(cleared)[0].text
    changed = {"kind": kinds.PAIRS, "number": "46/2-р", "on": date(2022, 10, 26)}
    assert len(register_findings(workbook({"Д-1": memory}, {"Д-1": changed}))) == 1
    assert decide([NEW], cleared).create[0].key == "Д-2"


def test_f41_a_cancelled_document_may_be_drafted_again() -> None:
    memory = remembered(state="зарегистрирован") | dict(STAMPED)
    row = {"kind": kinds.PAIRS, "number": "45/2-р", "on": date(2022, 10, 26)}

    assert settled(workbook({"Д-1": memory}, {"Д-1": row})) == {(kinds.PAIRS, "")}
    assert settled(workbook({"Д-1": memory}, {"Д-1": row | {"state": "отменён"}})) == frozenset()


def test_f41_a_night_makes_no_more_than_its_limit_and_the_rest_the_next_night() -> None:
    many = [
        Content(kinds.CONSENT, "Согласие", {}, subject=f"У-{n}", template="consent_adult") for n in range(5)
    ]
    book = workbook({}, {})

    first = decide(many, book, limit=3)

    assert [len(first.create), first.waiting] == [3, 2]
    memories = {
        row.key: {**row.memory, "document": {"id": row.key, "revision": "r"}} for row in first.table.rows
    }
    second = decide(many, workbook(memories, {key: {} for key in memories}), limit=3)
    assert [len(second.create), second.waiting] == [2, 0]


def test_f41_the_reason_names_codes_and_fields_and_counts_the_rest() -> None:
    def listed(*keys: str) -> Content:
        return Content(kinds.PAIRS, "О", {"а": "1"}, {"": tuple(Line(key, (key,)) for key in keys)})

    assert difference(listed("П-1").parts, listed("П-1", *(f"П-{n}" for n in range(2, 9)))) == (
        "добавлено: П-2, П-3, П-4, П-5 и ещё 3\u00a0места"
    )
    assert difference(listed("П-1", "П-2").parts, listed("П-2", "П-1")) == "изменён порядок строк"
    assert difference(None, OLD) == ""


def test_f41_the_reason_is_told_in_words_and_not_in_the_names_of_fields_and_tables() -> None:
    def order(curator: str, reader: str, post: str) -> Content:
        fields = {"куратора вин": curator, "куратор": curator, "наставник кто": post}
        tables = {"ознакомление": (Line(reader, (reader,)),), "показатели": (Line("пары", (post,)),)}
        return Content(kinds.PAIRS, "О", fields, tables)

    assert difference(order("А", "У-1", "10 «А»").parts, order("Б", "У-2", "11 «А»")) == (
        "изменено: куратор, класс или должность наставника; исправлено, показатели: пары; "
        "добавлено, лист ознакомления: У-2; убрано, лист ознакомления: У-1"
    )


def test_f41_every_field_of_the_templates_has_a_name_in_words() -> None:
    names = {name for spec in templates().values() for name in spec.fields}

    cut_off = (" вин", " род", " дат", " твор", " кто", " подпись", " строка", " кратко", " фамилия")
    assert [name for name in names if field_in_words(name).endswith(cut_off)] == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (Content(kinds.COUNCIL, "Протокол", {}, subject="2022-11-07"), "07.11.2022"),
        (
            Content(kinds.CONSENT, "О", {}, subject="У-1/обработка/участник", template="consent_adult"),
            "У-1, обработка, участник",
        ),
        (Content(kinds.AGREEMENT, "Соглашение", {}, subject="ООО «Камский станок»"), "ООО «Камский станок»"),
    ],
)
def test_f42_the_register_says_whom_a_document_is_about_in_words(content: Content, said: str) -> None:
    (row,) = decide([content], workbook({}, {})).table.rows

    assert row.cells["pairs"] == said


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("да", ["Н-1", "У-1", "У-2"]),
        ("нет", []),
        ("7 «Б»; 10А", ["Н-1", "У-2"]),
        ("обучающийся", ["Н-1", "У-1", "У-2"]),
    ],
)
def test_f39_the_curator_asks_for_blanks_in_the_settings(said: str, wanted: list[str]) -> None:
    rows = [ReadRow(5, "", {"name": CONSENTS, "value": said})]

    found, findings = read_wanted(rows, config(), DAY)

    people = [person for person in PEOPLE if person.code in {"Н-1", "У-1", "У-2"}]
    assert [one.code for one in people if found.wants_blank(one, publication=False)] == wanted
    assert findings == ()


def test_what_the_settings_say_of_documents_and_cannot_be_read_is_asked_about() -> None:
    rows = [
        ReadRow(5, "", {"name": CONSENTS, "value": "12 «Ю», родитель"}),
        ReadRow(6, "", {"name": PER_NIGHT, "value": "много"}),
    ]

    found, findings = read_wanted(rows, config(), DAY)

    assert [one.place for one in findings] == ["лист «Настройки», строка 6", "лист «Настройки», строка 7"]
    assert found.consents == (False, frozenset({str(Group.PARENT)}))
    assert found.per_night == config().per_night
