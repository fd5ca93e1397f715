from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_sync.domain.intake import interpret
from sheets_sync.domain.registry import questions_table, registry_table
from sheets_sync.domain.responses import Response
from tests.builders.people import EMPTY, SCHOOL, TODAY, committed

FIELDS = {
    "application": (
        "filler name contact who birth_date representative school_class participation needs capacity"
    ),
    "networking": "person role choice_1 choice_2 avoid usefulness",
    "meeting": "pair on held kind all_present absent goal items done_items",
    "diagnostic": "person role calm goal satisfaction glad",
    "event": "kind on school_class topic lecturer attended mentor_group",
}
TEMPTING = "обучающийся педагог наставляемым наставник 7А 2010-05-01 У-017 П-017 2022-09-03 знакомство 5"
PHRASES = ("Берёзов Лев Ильич", "Берёзов Лев Илич", "Раз до 31.02", "планирование", "классный час")
texts = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [*TEMPTING.split(), "Берёзов Лев Ильич", "Берёзов Лев Илич", "Раз до 31.02", "классный час"]
    ),
)


@st.composite
def responses(draw: st.DrawFn) -> list[Response]:
    found = []
    for number in range(draw(st.integers(0, 8))):
        form = draw(st.sampled_from(list(FIELDS)))
        names = FIELDS[form].split()
        answers = draw(st.dictionaries(st.sampled_from(names), st.tuples(texts), max_size=len(names)))
        moment = datetime(2022, 9, 3, tzinfo=UTC) + timedelta(minutes=draw(st.integers(0, 5)))
        found.append(Response(form, f"R{number}", moment, moment, answers))
    return found


@settings(max_examples=200, deadline=None)
@given(responses())
def test_f10_every_response_is_used_or_quarantined_whatever_it_holds(given_: list[Response]) -> None:
    intake = interpret(given_, EMPTY, SCHOOL, TODAY)
    assert set(intake.verdicts) == {response.response_id for response in given_}
    applications = {response.response_id for response in given_ if response.form == "application"}
    owned = {response_id for person in intake.people for response_id in person.response_ids}
    assert owned == applications - set(intake.quarantined)
    asked = {finding.subject for finding in intake.findings}
    assert set(intake.quarantined) <= asked, "nothing is held back without a question"
    assert len({finding.key for finding in intake.findings}) == len(intake.findings)


@settings(max_examples=100, deadline=None)
@given(responses())
def test_f20_the_order_of_reading_changes_nothing(given_: list[Response]) -> None:
    shuffled = list(reversed(given_))
    assert interpret(given_, EMPTY, SCHOOL, TODAY) == interpret(shuffled, EMPTY, SCHOOL, TODAY)


@settings(max_examples=100, deadline=None)
@given(responses())
def test_f48_reading_the_same_answers_again_asks_for_the_same_rows(given_: list[Response]) -> None:
    first = interpret(given_, EMPTY, SCHOOL, TODAY)
    tables = [registry_table(first, (), EMPTY), questions_table(first.findings, EMPTY, TODAY)]
    book = committed(tables)
    second = interpret(given_, book, SCHOOL, TODAY)
    assert second.people == first.people
    again = [registry_table(second, (), book), questions_table(second.findings, book, TODAY)]
    assert [{row.key: row for row in table.rows} for table in again] == [
        {row.key: row for row in table.rows} for table in tables
    ]
