"""Next year's roadmap drafted from this year's: dates moved, years and thresholds in the texts renewed."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sheets_sync.domain.deadlines import Deadline, UnreadableDeadline, day_off, in_words, parse_deadline
from sheets_sync.domain.indicators.rules import NEXT_YEAR, Query
from sheets_sync.domain.indicators.values import percent
from sheets_sync.domain.roadmap import Indicator, Measure, Roadmap

_SCHOOL_YEAR = re.compile(r"(?<!\d)(20\d\d)(\s?[-–—/]\s?)(20\d\d)(?!\d)")
_YEAR = re.compile(r"(?<![\d-])(20\d\d)(?![\d-])")
_SHORT, _AROUND = 70, 20
_LEAP = re.compile(r"(?<!\d)29(?!\d)")


@dataclass(frozen=True, slots=True)
class Renewal:
    """One text of a measure that the next year changes.

    Shape: `field` is the key in config/roadmap.yaml («deadline», «title», «expected», «indicator», or
    «written» and «at_least» of the indicator named in `indicator`); `old` and `new` are the texts.
    """

    measure: str
    number: int
    field: str
    old: str
    new: str
    indicator: str = ""


@dataclass(frozen=True, slots=True)
class Rollover:
    """Everything that next year's draft changes, and what only a person can settle; both in Russian."""

    year: int
    renewals: tuple[Renewal, ...]
    check: tuple[str, ...]


_NAMES = {
    "deadline": "срок",
    "title": "содержание",
    "expected": "ожидаемый результат",
    "indicator": "показатель",
    "written": "показатель",
    "at_least": "порог",
}


def told(renewal: Renewal) -> str:
    """Say a change in Russian."""
    where = f" {renewal.indicator}" if renewal.indicator else ""
    old, new = _where_they_part(renewal.old, renewal.new)
    return f"пункт {renewal.number}, {_NAMES[renewal.field]}{where}: «{old}» → «{new}»"


def _where_they_part(old: str, new: str) -> tuple[str, str]:
    """Cut two long texts to the place in which they differ, with whole words around it."""
    if len(old) <= _SHORT:
        return old, new
    start = _alike(old, new)
    end = _alike(old[start:][::-1], new[start:][::-1])
    start = old.rfind(" ", 0, max(0, start - _AROUND)) + 1
    end = max(0, old[::-1].rfind(" ", 0, max(0, end - _AROUND)))

    def cut(text: str) -> str:
        shown = text[start : len(text) - end].strip()
        return f"{'…' if start else ''}{shown}{'…' if end else ''}"

    return cut(old), cut(new)


def _alike(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def title_of(year: int) -> str:
    """Return the title of a year's roadmap, in which the measure that asks for it finds the year."""
    return f"Дорожная карта внедрения Целевой модели наставничества на {year} год"


def roll_over(
    roadmap: Roadmap,
    year: int,
    to: int,
    thresholds: tuple[Mapping[str, Fraction], Mapping[str, Fraction]],
    calendar: Mapping[date, bool],
) -> Rollover:
    """Draft the roadmap of the year `to` from that of `year`.

    `thresholds` are those in force in the two years; `calendar` corrects the days off as in
    `deadlines.day_off`. A moved deadline that falls on a day off stays there and is listed.
    """
    renewals: list[Renewal] = []
    check: list[str] = []
    for measure in roadmap.measures:
        deadline, doubts = _moved(measure, to - year, calendar)
        check += doubts
        if deadline != measure.written_deadline:
            renewals.append(_renewal(measure, "deadline", measure.written_deadline, deadline))
        shares = _changed_shares(measure, *thresholds)
        map_year = to + 1 if _prepares_next(measure) else to
        for field, old in (
            ("title", measure.title),
            ("expected", measure.expected),
            ("indicator", measure.written_indicator),
        ):
            new = _renewed(old, to, map_year, shares)
            if new != old:
                renewals.append(_renewal(measure, field, old, new))
        renewals += _of_indicators(measure, to, map_year, *thresholds)
    return Rollover(to, tuple(renewals), tuple(check))


def _renewal(measure: Measure, field: str, old: str, new: str, indicator: str = "") -> Renewal:
    return Renewal(measure.id, measure.number, field, old, new, indicator)


def _moved(measure: Measure, years: int, calendar: Mapping[date, bool]) -> tuple[str, list[str]]:
    if not isinstance(measure.deadline, Deadline) or measure.deadline.end is None:
        return measure.written_deadline, []
    written = _YEAR.sub(lambda found: str(int(found[1]) + years), measure.written_deadline)
    moved = parse_deadline(written)
    if isinstance(moved, UnreadableDeadline):  # 29 February of a year that has none
        written = _LEAP.sub("28", written, count=1)
        moved = parse_deadline(written)
    if isinstance(moved, UnreadableDeadline) or moved.end is None:
        return measure.written_deadline, [f"пункт {measure.number}: срок «{written}» впишите сами"]
    reason = day_off(moved.end, calendar) if "." in written or "до" in written.casefold() else None
    if reason is None:
        return written, []
    return written, [f"пункт {measure.number}: срок {in_words(moved.end)} — {reason}"]


def _renewed(text: str, year: int, map_year: int, shares: Mapping[str, str]) -> str:
    renewed = _SCHOOL_YEAR.sub(lambda found: f"{year}{found[2]}{year + 1}", text)
    renewed = _YEAR.sub(lambda found: str(max(int(found[1]), map_year)), renewed)
    for old, new in shares.items():
        renewed = re.sub(rf"(?<![\d,.]){old}(\s?)%", rf"{new}\1%", renewed)
    return renewed


def _prepares_next(measure: Measure) -> bool:
    return any(
        isinstance(source, Query) and any(NEXT_YEAR in wanted for _, wanted in source.selection.where)
        for indicator in measure.indicators
        for source in (indicator.rule.part, *indicator.rule.whole)
    )


def _changed_shares(
    measure: Measure, before: Mapping[str, Fraction], after: Mapping[str, Fraction]
) -> dict[str, str]:
    pairs = (_shares(indicator, before, after) for indicator in measure.indicators)
    return {_bare(pair[0]): _bare(pair[1]) for pair in pairs if pair is not None}


def _of_indicators(
    measure: Measure,
    year: int,
    map_year: int,
    before: Mapping[str, Fraction],
    after: Mapping[str, Fraction],
) -> Iterator[Renewal]:
    shares = _changed_shares(measure, before, after)
    for indicator in measure.indicators:
        new = _renewed(indicator.written, year, map_year, shares)
        if new != indicator.written:
            yield _renewal(measure, "written", indicator.written, new, indicator.id)
        pair = _shares(indicator, before, after)
        if pair is not None:
            yield _renewal(measure, "at_least", _plain(pair[0]), _plain(pair[1]), indicator.id)


def _shares(
    indicator: Indicator, before: Mapping[str, Fraction], after: Mapping[str, Fraction]
) -> tuple[Fraction, Fraction] | None:
    """The share that the indicator had to reach and the one of the next year, None when it stays."""
    if not indicator.is_share or indicator.at_least is None:
        return None
    for key in (indicator.id, indicator.threshold_key):
        if key in after:
            old = before.get(key, indicator.at_least)
            return (old, after[key]) if after[key] != old else None
    return None


def _plain(share: Fraction) -> str:
    return percent(share).replace("\u00a0", " ")


def _bare(share: Fraction) -> str:
    return percent(share).partition("\u00a0")[0]
