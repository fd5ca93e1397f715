"""Words for the value of an indicator: the rule, what is missing, which cell to fill, what was left out."""

from fractions import Fraction

from sheets_sync.domain.deadlines import in_words
from sheets_sync.domain.indicators.collections import COLLECTIONS
from sheets_sync.domain.indicators.evaluator import Evaluator
from sheets_sync.domain.indicators.rules import Aggregate, ContingentQuery, Query, Source
from sheets_sync.domain.indicators.values import (
    IndicatorValue,
    Tally,
    lacking,
    number_with_noun,
    percent,
    reached,
)
from sheets_sync.domain.roadmap import Indicator

_NAMED_AT_MOST = 8
_COLUMNS = {
    "total": "Всего",
    "aged_10_19": "из них 10–19",
    "aged_15_19": "из них 15–19",
    "young_specialists": "Мол. специалистов",
}
_ROWS = ("строка", "строки", "строк")


def value_of(
    indicator: Indicator,
    measure: int,
    part: Tally,
    whole: Tally | None,
    threshold: Fraction | None,
    why: str,
    evaluator: Evaluator,
) -> IndicatorValue:
    """Puts an indicator's numbers and words together; `why` explains an unusual threshold."""
    met = None if threshold is None else reached(part, whole, threshold)
    needed = None if threshold is None else lacking(part, whole, threshold)
    unknown = part.number is None or (whole is not None and whole.number is None)
    return IndicatorValue(
        id=indicator.id,
        measure=measure,
        counts=indicator.counts,
        numerator=part.number,
        denominator=None if whole is None else whole.number,
        threshold=threshold,
        unit="%" if indicator.is_share else indicator.noun[2],
        met=met,
        rule=_rule_text(indicator, threshold, why),
        missing=_missing(indicator, part, whole, threshold, needed),
        fill=(indicator.fill or _cell_to_fill(indicator)) if unknown else "",
        note=_note(indicator, part, whole, evaluator),
        needed=needed,
        numerator_ids=part.ids,
        denominator_ids=() if whole is None else whole.ids,
        whole_from="" if whole is None else whole.place,
    )


def _rule_text(indicator: Indicator, threshold: Fraction | None, why: str) -> str:
    counted = f"{indicator.counts} ÷ {indicator.among}" if indicator.is_share else indicator.counts
    if threshold is None:
        return f"{counted}; порога нет, показываем для сведения"
    return f"{counted}: не меньше {_goal(indicator, threshold)}" + (f" ({why})" if why else "")


def _goal(indicator: Indicator, threshold: Fraction) -> str:
    if indicator.is_share:
        return percent(threshold)
    return str(threshold.numerator if threshold.denominator == 1 else float(threshold))


def _missing(
    indicator: Indicator, part: Tally, whole: Tally | None, threshold: Fraction | None, needed: int | None
) -> str:
    if threshold is None:
        return ""
    if whole is not None and whole.number == 0:
        return f"пока некого считать: {indicator.among}"
    if not needed:
        return ""
    text = f"ещё {number_with_noun(needed, indicator.noun)}"
    if whole is not None or threshold > 1:
        text = f"{text} до {_goal(indicator, threshold)}"
    there = set(part.ids)
    absent = [name for name in whole.ids if name not in there] if whole is not None and threshold == 1 else []
    if not absent or len(absent) != needed:
        return text
    more = " и другие" if len(absent) > _NAMED_AT_MOST else ""
    return f"{text}: {', '.join(absent[:_NAMED_AT_MOST])}{more}"


def _cell_to_fill(indicator: Indicator) -> str:
    for source in indicator.rule.whole:
        if isinstance(source, ContingentQuery):
            return f"лист «Контингент», строка «{source.group}», колонка «{_COLUMNS[source.column]}»"
    for source in (indicator.rule.part, *indicator.rule.whole):
        if isinstance(source, Query) and source.aggregate is not Aggregate.COUNT:
            return f"лист «{COLLECTIONS[source.selection.of].place}», колонка «Присутствовало»"
    return ""


def _note(indicator: Indicator, part: Tally, whole: Tally | None, evaluator: Evaluator) -> str:
    """Says which rows were not counted for want of a fitting date, and that a part exceeds its whole."""
    said = list(_too_many(part, whole))
    if whole is not None and whole.listed_on is not None:
        said.append(f"список взят на {in_words(whole.listed_on)}")
    for source in dict.fromkeys((indicator.rule.part, *indicator.rule.whole)):
        said.extend(_left_out_of(source, evaluator))
    return "; ".join(dict.fromkeys(said))


def _too_many(part: Tally, whole: Tally | None) -> list[str]:
    if part.number is None or whole is None or whole.number is None or part.number <= whole.number:
        return []
    return [f"сосчитано {part.number}, а всего записано {whole.number}: проверьте общее число"]


def _left_out_of(source: Source, evaluator: Evaluator) -> list[str]:
    if not isinstance(source, Query):
        return []
    place = COLLECTIONS[source.selection.of].place
    undated, early = evaluator.left_out(source.selection)
    said = []
    if undated:
        said.append(f"не засчитано без даты: {number_with_noun(undated, _ROWS)} («{place}»)")
    if early:
        said.append(f"не засчитано раньше начала периода: {number_with_noun(early, _ROWS)} («{place}»)")
    return said
