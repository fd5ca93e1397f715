"""The grammar of deadlines (F31): what it reads, what it gives back to a person."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.domain.deadlines import (
    MONTHS_GENITIVE,
    MONTHS_NOMINATIVE,
    Deadline,
    DeadlineKind,
    Period,
    UnreadableDeadline,
    day_off,
    due,
    parse_deadline,
    quarters,
)

AUTUMN = Period(date(2022, 9, 1), date(2022, 12, 31))
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("written", "kind", "start", "end"),
    [
        ("01-16.09.2022", DeadlineKind.RANGE, date(2022, 9, 1), date(2022, 9, 16)),
        ("до 09.09.2022", DeadlineKind.UNTIL, None, date(2022, 9, 9)),
        ("До 01.10.2022", DeadlineKind.UNTIL, None, date(2022, 10, 1)),
        ("до 10 января 2023 года", DeadlineKind.UNTIL, None, date(2023, 1, 10)),
        ("сентябрь-декабрь 2022", DeadlineKind.MONTHS, date(2022, 9, 1), date(2022, 12, 31)),
        ("1 раз в квартал", DeadlineKind.PER_QUARTER, None, None),
        ("в течение всего периода реализации ЦМН", DeadlineKind.WHOLE_PERIOD, None, None),
        ("В течение всего периода", DeadlineKind.WHOLE_PERIOD, None, None),
        ("Весь период", DeadlineKind.WHOLE_PERIOD, None, None),
        ("по отдельному графику", DeadlineKind.SCHEDULE, None, None),
    ],
)
def test_f31_every_form_of_the_school_document_is_read(
    written: str, kind: DeadlineKind, start: date | None, end: date | None
) -> None:
    found = parse_deadline(written)
    assert isinstance(found, Deadline)
    assert (found.kind, found.start, found.end, found.written) == (kind, start, end, written)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "скоро",
        "09.09.2022",
        "до 31.09.2022",
        "16-01.09.2022",
        "декабрь-сентябрь 2022",
        "до 10 январь 2023 года",
        "до 9.9.22",
        "в течение всего периода, кроме ноября",
        "0 раз в квартал",
        "до 09.09.2022 или позже",
        "до 01.01.0000",
    ],
)
def test_f31_anything_else_is_given_back_for_a_person_with_a_reason(written: str) -> None:
    found = parse_deadline(written)
    assert isinstance(found, UnreadableDeadline)
    assert found.written == written
    assert found.reason


@given(DAYS)
def test_f31_a_date_written_in_digits_or_in_words_is_the_same_last_day(day: date) -> None:
    digits = parse_deadline(f"до {day:%d.%m.%Y}")
    words = parse_deadline(f"до {day.day} {MONTHS_GENITIVE[day.month - 1]} {day.year} года")
    assert isinstance(digits, Deadline)
    assert isinstance(words, Deadline)
    assert digits.end == words.end == due(digits, AUTUMN) == day


@given(DAYS, DAYS)
def test_f31_a_range_inside_one_month_keeps_both_ends(one: date, other: date) -> None:
    other = other.replace(year=one.year, month=one.month, day=min(other.day, 28))
    first, last = sorted((one, other))
    found = parse_deadline(f"{first:%d}–{last:%d.%m.%Y}")
    assert isinstance(found, Deadline)
    assert (found.start, found.end) == (first, last)


@given(st.text())
def test_f31_no_text_stops_the_reading_and_the_text_stays_as_written(written: str) -> None:
    assert parse_deadline(written).written == written


DASHES = ("-", "–", "—")
WHOLE = ("в течение всего периода", "весь период")
TAILS = ("", " года", " г.", " г")
FEW = st.sampled_from


@st.composite
def expressions(draw: st.DrawFn) -> tuple[str, DeadlineKind, date | None, date | None]:
    """Any expression of the grammar with the dates it is meant to name, put together from its parts."""
    kind = draw(FEW(list(DeadlineKind)))
    one = draw(DAYS)
    dash, space, tail = draw(FEW(DASHES)), draw(FEW(("", " "))), draw(FEW(TAILS))
    if kind is DeadlineKind.UNTIL:
        digits = f"до {one.day:{draw(FEW(('02', '')))}}.{one:%m.%Y}"
        words = f"до {one.day} {MONTHS_GENITIVE[one.month - 1]} {one.year}{tail}"
        return draw(FEW((digits, words))), kind, None, one
    if kind is DeadlineKind.RANGE:
        last = one.replace(day=draw(st.integers(one.day, monthrange(one.year, one.month)[1])))
        return f"{one.day:02}{space}{dash}{space}{last:%d.%m.%Y}", kind, one, last
    if kind is DeadlineKind.MONTHS:
        last_month = draw(st.integers(one.month, 12))
        end = date(one.year, last_month, monthrange(one.year, last_month)[1])
        first, last_name = MONTHS_NOMINATIVE[one.month - 1], MONTHS_NOMINATIVE[last_month - 1]
        written = f"{first}{space}{dash}{space}{last_name} {one.year}{tail}"
        return written, kind, one.replace(day=1), end
    if kind is DeadlineKind.PER_QUARTER:
        times = draw(st.integers(1, 9))
        return f"{times} {'раза' if times in (2, 3, 4) else 'раз'} в квартал", kind, None, None
    if kind is DeadlineKind.WHOLE_PERIOD:
        added = draw(FEW(("", " реализации ЦМН", " реализации программы наставничества")))
        return draw(FEW(WHOLE)) + added, kind, None, None
    return "по отдельному графику", kind, None, None


@given(expressions(), FEW((str, str.capitalize, str.upper)), FEW(("{}", " {} ", "{}\u00a0")))
def test_f31_whatever_the_grammar_writes_is_read_as_it_was_meant(
    expression: tuple[str, DeadlineKind, date | None, date | None],
    cased: Callable[[str], str],
    spaced: str,
) -> None:
    text, kind, start, end = expression
    written = spaced.format(cased(text))

    found = parse_deadline(written)
    assert isinstance(found, Deadline)
    assert (found.written, found.kind, found.start, found.end) == (written, kind, start, end)


@given(expressions(), st.integers(0, 60), FEW("0123456789.-–абв доквгт раз"), st.booleans())
def test_f31_a_slip_of_the_pen_is_given_back_or_names_what_is_really_written(
    expression: tuple[str, DeadlineKind, date | None, date | None], at: int, letter: str, drop: bool
) -> None:
    """What is still read after one letter is lost or added must name the dates that its own digits say."""
    text = expression[0]
    at %= len(text)
    slip = text[:at] + ("" if drop else letter) + text[at + 1 :] if drop else text[:at] + letter + text[at:]

    found = parse_deadline(slip)
    assert found.written == slip
    if isinstance(found, UnreadableDeadline):
        assert found.reason
        return
    digits = re.findall(r"\d+", slip)
    if found.kind in {DeadlineKind.UNTIL, DeadlineKind.RANGE, DeadlineKind.MONTHS}:
        assert found.end is not None
        assert int(digits[-1]) == found.end.year
    if found.kind is DeadlineKind.UNTIL and found.end is not None:
        assert int(digits[0]) == found.end.day
    if found.kind is DeadlineKind.RANGE and found.start is not None and found.end is not None:
        assert [int(each) for each in digits[:3]] == [found.start.day, found.end.day, found.end.month]
    assert (found.times > 0) is (found.kind is DeadlineKind.PER_QUARTER)


@given(st.text(alphabet="доивтечниргаымукл 0123456789.-", max_size=30))
def test_f31_a_jumble_of_the_grammar_s_own_letters_is_no_deadline(written: str) -> None:
    """A jumble that happens to be a deadline begins as every deadline does."""
    found = parse_deadline(written)
    starts = ("до ", "весь период", "в течение всего периода", "по отдельному графику", *MONTHS_NOMINATIVE)
    begins = " ".join(written.split()).casefold().startswith(starts) or written.strip()[:1].isdigit()
    assert begins or isinstance(found, UnreadableDeadline)


@given(DAYS, st.integers(0, 800))
def test_quarters_cover_the_period_without_gaps(start: date, length: int) -> None:
    period = Period(start, start + timedelta(days=length))
    parts = quarters(period)
    assert parts[0].start == period.start
    assert parts[-1].end == period.end
    assert all(later.start - before.end == timedelta(days=1) for before, later in pairwise(parts))


def test_the_autumn_has_one_month_of_the_third_quarter_and_the_whole_fourth() -> None:
    assert [(q.name, q.start, q.end) for q in quarters(AUTUMN)] == [
        ("III квартал 2022", date(2022, 9, 1), date(2022, 9, 30)),
        ("IV квартал 2022", date(2022, 10, 1), date(2022, 12, 31)),
    ]


def test_a_schedule_of_its_own_gives_the_last_day_and_without_one_the_period_does() -> None:
    deadline = parse_deadline("по отдельному графику")
    assert isinstance(deadline, Deadline)
    assert due(deadline, AUTUMN, date(2022, 10, 7)) == date(2022, 10, 7)
    assert due(deadline, AUTUMN) == date(2022, 12, 31)


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2022, 9, 17), "суббота"),
        (date(2022, 10, 2), "воскресенье"),
        (date(2022, 11, 4), "День народного единства"),
        (date(2022, 10, 21), None),
        (date(2022, 3, 5), None),  # the Saturday worked in exchange for 7 March 2022
        (date(2023, 1, 10), None),
    ],
)
def test_days_off_follow_the_russian_calendar(day: date, reason: str | None) -> None:
    assert day_off(day, {}) == reason


def test_the_school_may_correct_the_calendar_of_days_off() -> None:
    assert day_off(date(2022, 9, 17), {date(2022, 9, 17): True}) is None
    assert day_off(date(2022, 10, 21), {date(2022, 10, 21): False}) == "нерабочий день школы"
