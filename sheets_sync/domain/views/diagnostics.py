"""Rows of «Диагностика»: the same people before and after, item by item, small groups suppressed."""

from collections.abc import Sequence
from datetime import date

from sheets_sync.domain.school import Diagnostic
from sheets_sync.domain.tables import Row, Table, table

SMALLEST_GROUP = 5
"""Groups of fewer people are not shown. Source: the programme's rule of monitoring, domain notes 1.7."""

ITEMS = (
    "Спокойно и понятно в общении",
    "Знаю свою цель",
    "Чувствую поддержку, готов поддерживать",
    "Уверен в своих силах",
    "Интерес к общему делу",
    "Встречи полезны",
)


def diagnostics_table(answers: Sequence[Diagnostic]) -> Table:
    """Compare each person's first answer with the latest one of a later quarter.

    Shape: a row per (quarter, item); numbers are empty while fewer than five people have both answers.
    """
    first: dict[str, Diagnostic] = {}
    later: dict[tuple[int, int], dict[str, Diagnostic]] = {}
    for answer in sorted(answers, key=lambda one: (one.on, one.response_id)):
        entry = first.setdefault(answer.person, answer)
        quarter = _quarter(answer.on)
        if answer is not entry and quarter >= _quarter(entry.on):
            later.setdefault(quarter, {})[answer.person] = answer
    rows = []
    for quarter in sorted(later):
        for item, title in enumerate(ITEMS):
            rows.append(_row(quarter, item, title, first, later[quarter]))
    return table("diagnostics", rows)


def _quarter(day: date) -> tuple[int, int]:
    return day.year, (day.month + 2) // 3


def _row(
    quarter: tuple[int, int],
    item: int,
    title: str,
    first: dict[str, Diagnostic],
    after: dict[str, Diagnostic],
) -> Row:
    changes = []
    for person, answer in after.items():
        old, new = _scale(first[person], item), _scale(answer, item)
        if old is not None and new is not None:
            changes.append((old, new))
    n = len(changes)
    enough = n >= SMALLEST_GROUP
    key = f"{quarter[0]}-{quarter[1]}/{item + 1}"
    return Row(
        key,
        {
            "key": key,
            "quarter": f"{'I' * quarter[1] if quarter[1] < 4 else 'IV'} кв. {quarter[0]}",
            "item": title,
            "n": n if enough else None,
            "mean_before": _mean([old for old, _ in changes]) if enough else None,
            "mean_after": _mean([new for _, new in changes]) if enough else None,
            "better": sum(new > old for old, new in changes) if enough else None,
            "same": sum(new == old for old, new in changes) if enough else None,
            "worse": sum(new < old for old, new in changes) if enough else None,
        },
    )


def _scale(answer: Diagnostic, item: int) -> int | None:
    return answer.scales[item] if item < len(answer.scales) else None


def _mean(values: list[int]) -> float:
    return round(sum(values) / len(values), 2)
