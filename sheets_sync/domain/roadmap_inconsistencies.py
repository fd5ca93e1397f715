"""What does not agree in a school's roadmap document: each thing named, with its lines, for a person."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from sheets_sync.domain.deadlines import (
    Deadline,
    DeadlineKind,
    Period,
    UnreadableDeadline,
    day_off,
    in_words,
    quarters,
)
from sheets_sync.domain.roadmap_text import SourceLine, SourceRoadmap, SourceRow


class Inconsistency(StrEnum):
    """Kinds of disagreement, named for the person who reads the list."""

    STALE_TITLE_YEAR = "год в заголовке не тот"
    STALE_YEAR = "старый год в тексте"
    STALE_NEXT_MAP_YEAR = "год следующей карты не тот"
    WEEKEND = "срок в нерабочий день"
    OUT_OF_ORDER = "сроки идут не по порядку"
    BEFORE_ITS_SOURCE = "срок раньше того, на чём он держится"
    AFTER_THE_YEAR = "срок за пределами года"
    SAME_DAY = "много пунктов на один день"
    QUARTER_CUT = "квартал неполный"
    UNREADABLE_DEADLINE = "срок не понят"
    SHARED_INDICATOR = "общий показатель"
    SPLIT_INDICATOR = "показатель разорван"
    NO_INDICATOR_COLUMN = "нет колонки показателя"
    COLUMN_COUNT = "разное число колонок"
    VAGUE_INDICATOR = "показатель нечёткий"
    PLACEHOLDER = "незаполненное место"
    SELF_REFERENCE = "пункт считает сам себя"
    NEAR_DUPLICATE = "пункты почти совпадают"
    PAGE_BREAK = "строка разорвана страницей"
    MARKUP = "разметка в тексте"
    SEVERAL_OWNERS = "несколько ответственных"
    ROLE_NAMED_ONCE = "должность указана один раз"
    GLUED_WORDS = "слова слиплись"
    FOOTNOTE = "сноска без текста"
    UNREAD_LINE = "строка не прочитана"


@dataclass(frozen=True, slots=True)
class Note:
    """One disagreement: its kind, the document's lines (from 1), the measures, and the text in Russian."""

    kind: Inconsistency
    lines: tuple[int, ...]
    measures: tuple[int, ...]
    text: str


_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_FULL_NAME = re.compile(r"[А-ЯЁ][а-яё-]+\s+[А-ЯЁ]\.\s?[А-ЯЁ]\.")
_GLUED = re.compile(r"[а-яё][А-ЯЁ]{2,}")
_PLACEHOLDER = re.compile(r"\[[^\]]*\]")
_SELF_REFERENCE = re.compile(r"100\s?% (?:позиций|пунктов) дорожной карты|100\s?% мероприятий, закрепленных")
_CHAINS = (
    (r"база наставляемых", r"родительских собраниях|классных часов|педагогическом совете"),
    (r"база наставляемых|проанализированы анкеты", r"согласий на обработку"),
    (r"формы диагностической анкеты для каждой", r"^формирование наставнических пар"),
    (r"разработки деловой игры", r"в формате деловой игры"),
    (r"^утверждение индивидуальных планов", r"^разработка программно-методических"),
)
"""What a measure holds on to: the pattern of the dependent one, the pattern of those it needs done before."""

_CROWDED = 5


def find_inconsistencies(
    roadmap: SourceRoadmap, period: Period | None = None, overrides: Mapping[date, bool] | None = None
) -> tuple[Note, ...]:
    """Lists everything in the document that a person should settle, in the order of its lines.

    `period` is the programme's own; without it, it is taken from the dates that the document names.
    `overrides` correct the calendar of days off as in `deadlines.day_off`.
    """
    year = _main_year(roadmap.rows)
    period = period or _named_period(roadmap.rows, year)
    notes = [
        *_years(roadmap, year),
        *_days(roadmap.rows, overrides or {}, year),
        *_order(roadmap.rows),
        *_quarters(roadmap.rows, period),
        *_indicators(roadmap.rows),
        *_resemblance(roadmap.rows),
        *_layout(roadmap),
        *_owners(roadmap.rows),
    ]
    return tuple(sorted(notes, key=lambda note: (note.lines, note.kind)))


def _last_day(row: SourceRow) -> date | None:
    return row.deadline.end if isinstance(row.deadline, Deadline) else None


def _main_year(rows: Iterable[SourceRow]) -> int | None:
    years = Counter(day.year for day in map(_last_day, rows) if day is not None)
    return years.most_common(1)[0][0] if years else None


def _named_period(rows: Iterable[SourceRow], year: int | None) -> Period | None:
    spans = [
        row.deadline
        for row in rows
        if isinstance(row.deadline, Deadline) and row.deadline.kind is DeadlineKind.MONTHS
    ]
    for span in spans:
        if span.start is not None and span.end is not None and span.end.year == year:
            return Period(span.start, span.end)
    return None


def _one(kind: Inconsistency, row: SourceRow, text: str) -> Note:
    return Note(kind, row.lines, (row.number,), f"№ {row.number}: {text}")


def _years(roadmap: SourceRoadmap, year: int | None) -> Iterator[Note]:
    if year is None:
        return
    for line in roadmap.preamble:
        for stale in sorted({int(found) for found in _YEAR.findall(line.text)} - {year}):
            text = f"в заголовке {stale} год, а сроки пунктов — {year}"
            yield Note(Inconsistency.STALE_TITLE_YEAR, (line.line,), (), text)
    for row in roadmap.rows:
        stale_years = {int(found) for found in _YEAR.findall(f"{row.title} {row.expected}")}
        next_map = "дорожн" in row.title.casefold() and "разработка" in row.title.casefold()
        expected = year + 1 if next_map else year
        named = ", ".join(str(found) for found in sorted(stale_years) if found < expected)
        if named and next_map:
            text = f"следующая карта названа картой на {named} год, а за {year} годом идёт {expected}"
            yield _one(Inconsistency.STALE_NEXT_MAP_YEAR, row, text)
        elif named:
            yield _one(Inconsistency.STALE_YEAR, row, f"в тексте {named}, а сроки — {year}")


def _days(rows: Iterable[SourceRow], overrides: Mapping[date, bool], year: int | None) -> Iterator[Note]:
    for row in rows:
        if isinstance(row.deadline, UnreadableDeadline):
            text = f"срок «{row.written}»: {row.deadline.reason}"
            yield _one(Inconsistency.UNREADABLE_DEADLINE, row, text)
            continue
        day = row.deadline.end
        if day is None:
            continue
        if row.deadline.kind is not DeadlineKind.MONTHS:
            reason = day_off(day, overrides)
            if reason is not None:
                yield _one(Inconsistency.WEEKEND, row, f"срок {in_words(day)} — {reason}")
        if day.year != year:
            yield _one(Inconsistency.AFTER_THE_YEAR, row, f"срок {in_words(day)}, а остальные — {year} год")


def _order(rows: Iterable[SourceRow]) -> Iterator[Note]:
    latest: dict[str, SourceRow] = {}
    by_day: defaultdict[date, list[SourceRow]] = defaultdict(list)
    dated = [(row, day) for row in rows if (day := _last_day(row)) is not None]
    for row, day in dated:
        by_day[day].append(row)
        before = latest.get(row.section)
        before_day = None if before is None else _last_day(before)
        if before is not None and before_day is not None and day < before_day:
            text = f"срок {in_words(day)} раньше срока пункта {before.number} ({in_words(before_day)})"
            yield _one(Inconsistency.OUT_OF_ORDER, row, f"{text}, который стоит выше")
        else:
            latest[row.section] = row
    for day, crowd in sorted(by_day.items()):
        if len(crowd) >= _CROWDED:
            numbers = ", ".join(str(row.number) for row in crowd)
            text = f"на один день, {in_words(day)}, назначены сразу пункты {numbers}"
            yield _many(Inconsistency.SAME_DAY, crowd, text)
    for dependent, needed in _CHAINS:
        yield from _chain(dated, re.compile(dependent), re.compile(needed))


def _chain(
    dated: list[tuple[SourceRow, date]], dependent: re.Pattern[str], needed: re.Pattern[str]
) -> Iterator[Note]:
    for row, day in dated:
        if not (dependent.search(row.expected.casefold()) or dependent.search(row.title.casefold())):
            continue
        later = [other for other, its in dated if needed.search(other.title.casefold()) and its > day]
        if later:
            sources = "; ".join(f"№ {other.number} — {other.written}" for other in later)
            text = f"срок «{row.written}» наступает раньше, чем готово то, на чём он держится ({sources})"
            yield _one(Inconsistency.BEFORE_ITS_SOURCE, row, text)


def _quarters(rows: Iterable[SourceRow], period: Period | None) -> Iterator[Note]:
    if period is None:
        return
    cut = [quarter for quarter in quarters(period) if (quarter.end - quarter.start).days < 85]
    for row in rows:
        if isinstance(row.deadline, Deadline) and row.deadline.kind is DeadlineKind.PER_QUARTER and cut:
            parts = ", ".join(f"{q.name}: {in_words(q.start)}–{in_words(q.end)}" for q in cut)
            yield _one(Inconsistency.QUARTER_CUT, row, f"«{row.written}», но квартал неполный ({parts})")


def _indicators(rows: tuple[SourceRow, ...]) -> Iterator[Note]:
    for before, row in pairwise(rows):
        if row.indicator == "" and before.indicator:
            text = f"показатель пуст: общий с пунктом {before.number}"
            yield _one(Inconsistency.SHARED_INDICATOR, row, text)
        if row.indicator and before.indicator and row.indicator[0].islower():
            text = f"показатель один на пункты {before.number} и {row.number}: фраза разрезана посередине"
            yield _many(Inconsistency.SPLIT_INDICATOR, [before, row], text)
    for row in rows:
        said = row.indicator or row.expected
        reasons = tuple(_vague(said))
        if reasons:
            yield _one(Inconsistency.VAGUE_INDICATOR, row, "; ".join(reasons))
        placeholder = _PLACEHOLDER.search(f"{row.expected} {row.indicator or ''}")
        if placeholder:
            yield _one(Inconsistency.PLACEHOLDER, row, f"вместо текста стоит «{placeholder[0]}»")
        if _refers_to_itself(row):
            text = "показатель — доля выполненных пунктов карты, в которую входит и он сам"
            yield _one(Inconsistency.SELF_REFERENCE, row, text)


def _vague(said: str) -> Iterator[str]:
    text = said.casefold()
    if "количество" in text and "%" in text:
        yield "назван счёт («количество»), а порог — доля в процентах"
    if "и т.д." in text or "и т. д." in text:
        yield "перечень групп не закончен: «и т.д.»"
    if re.match(r"\d+\s?% организаций", text):
        yield "не сказано, от какого числа организаций считать долю"
    if "планы реализованы не менее" in text:
        yield "не сказано, доля берётся по каждому плану или по всем вместе"
    if re.search(r"консультаци", text) and not re.search(r"\d+\s+(?:индивидуальн\w+ )?консультаци", text):
        yield "сколько консультаций, не сказано"
    if "представителей родительской" in text and re.search(r"\d{2,}", text):
        yield "не сказано, считать людей или посещения"


def _resemblance(rows: tuple[SourceRow, ...]) -> Iterator[Note]:
    controls = [row for row in rows if _refers_to_itself(row)]
    if len(controls) > 1:
        numbers = " и ".join(str(row.number) for row in controls)
        text = f"пункты {numbers} почти совпадают и считают друг друга: из подсчёта исключены оба"
        yield _many(Inconsistency.NEAR_DUPLICATE, controls, text)
    for place, row in enumerate(rows):
        for other in rows[place + 1 :]:
            if (
                row.section != other.section
                and len(row.expected) > 30
                and _inside(row.expected, other.expected)
            ):
                text = f"пункт {other.number} повторяет ожидаемый результат пункта {row.number}"
                yield _many(Inconsistency.NEAR_DUPLICATE, [row, other], text)


def _refers_to_itself(row: SourceRow) -> bool:
    return _SELF_REFERENCE.search(row.expected.casefold().replace("ё", "е")) is not None


def _inside(expected: str, other: str) -> bool:
    words = re.findall(r"\w+", expected.casefold())
    found = set(re.findall(r"\w+", other.casefold()))
    return sum(word in found for word in words if len(word) > 3) == sum(len(word) > 3 for word in words) > 0


def _layout(roadmap: SourceRoadmap) -> Iterator[Note]:
    for line in roadmap.preamble:
        if line.text.endswith("*"):
            yield Note(
                Inconsistency.FOOTNOTE, (line.line,), (), "в заголовке стоит «*», а сноски в документе нет"
            )
    for stranger in roadmap.strangers:
        yield _stranger(stranger)
    widths = {row.columns for row in roadmap.rows}
    if len(widths) > 1:
        narrow = [row for row in roadmap.rows if row.columns == min(widths)]
        numbers = f"{narrow[0].number}–{narrow[-1].number}"
        named = " и ".join(str(width) for width in sorted(widths))
        text = f"в строках таблицы {named} колонок: ответственным считается последняя"
        yield Note(Inconsistency.COLUMN_COUNT, narrow[0].lines, (narrow[0].number,), text)
        text = f"у пунктов {numbers} нет колонки показателя: порог взят из ожидаемого результата"
        numbers_of = tuple(row.number for row in narrow)
        yield Note(Inconsistency.NO_INDICATOR_COLUMN, narrow[0].lines, numbers_of, text)
    for row in roadmap.rows:
        if len(row.lines) > 1:
            text = f"строка разорвана страницей, соединена из строк {', '.join(map(str, row.lines))}"
            yield _one(Inconsistency.PAGE_BREAK, row, text)
        if row.markup:
            yield _one(Inconsistency.MARKUP, row, "в тексте осталась разметка вроде «<p>», она опущена")
        glued = _GLUED.search(f"{row.title} {row.expected}")
        if glued:
            yield _one(Inconsistency.GLUED_WORDS, row, f"слова слиплись около «…{glued[0]}»")


def _stranger(line: SourceLine) -> Note:
    return Note(
        Inconsistency.UNREAD_LINE, (line.line,), (), f"строка таблицы не прочитана: «{line.text[:60]}»"
    )


def _owners(rows: tuple[SourceRow, ...]) -> Iterator[Note]:
    for row in rows:
        names = _FULL_NAME.findall(row.owner)
        after = _FULL_NAME.sub("\n", row.owner).rpartition("\n")[2].strip(" ,;") if names else ""
        if len(names) > 1 or after:
            text = "в одной ячейке несколько ответственных без разделителя: кто отвечает, решите сами"
            yield _one(Inconsistency.SEVERAL_OWNERS, row, text)
    titled = [row for row in rows if re.search(r"\s[-–—]\s*" + _FULL_NAME.pattern, row.owner)]
    if len(titled) == 1:
        text = "должность ответственного названа только здесь, дальше одна фамилия"
        yield _one(Inconsistency.ROLE_NAMED_ONCE, titled[0], text)


def _many(kind: Inconsistency, rows: list[SourceRow], text: str) -> Note:
    lines = tuple(line for row in rows for line in row.lines)
    return Note(kind, lines, tuple(row.number for row in rows), text)
