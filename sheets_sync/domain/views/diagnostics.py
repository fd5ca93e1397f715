"""Rows of «Диагностика»: the same people before and after, item by item, small groups suppressed."""

from collections.abc import Iterable
from fractions import Fraction

from sheets_sync.domain.monitoring.comparison import EVERYBODY, ITEMS, Compared, quarter_name
from sheets_sync.domain.tables import CellValue, Row, Table, table

_NUMBERS = ("n", "mean_before", "mean_after", "median_before", "median_after", "better", "same", "worse")


def diagnostics_table(compared: Iterable[Compared]) -> Table:
    """Return a row per quarter, question and group; a hidden group has no numbers and says why."""
    return table("diagnostics", (_row(one) for one in compared))


def _row(one: Compared) -> Row:
    year, quarter = one.quarter
    group = "" if one.group == EVERYBODY else f"/{one.group}"
    key = f"{year}-{quarter}{group}/{one.item + 1}"
    numbers: dict[str, CellValue] = dict.fromkeys(_NUMBERS)
    if one.change is not None:
        change = one.change
        numbers |= {
            "n": change.n,
            "mean_before": _rounded(change.mean_before),
            "mean_after": _rounded(change.mean_after),
            "median_before": float(change.median_before),
            "median_after": float(change.median_after),
            "better": change.better,
            "same": change.same,
            "worse": change.worse,
        }
    return Row(
        key,
        {
            "key": key,
            "quarter": quarter_name(one.quarter),
            "group": one.group,
            "item": ITEMS[one.item],
            **numbers,
            "note": one.reason,
        },
    )


def _rounded(mean: Fraction) -> float:
    return float(round(mean, 2))
