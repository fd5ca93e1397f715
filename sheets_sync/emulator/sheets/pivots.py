"""Pivot tables as they are checked and stored; what they show is computed by ``pivottables``.

Source: discovery document, PivotTable; the refusals and their order are quoted from Google by a project that
asked it in October 2026, and so is that an offset beyond the source is taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .refusals import Refusal, Unsupported

Json = dict[str, Any]
_FOR_RULES_ALONE = (
    "ONE_OF_",
    "BOOLEAN",
    "TEXT_IS_",
    "DATE_IS_VALID",
    "DATE_ON_OR_",
    "DATE_BETWEEN",
    "DATE_NOT_",
)


def checked_pivot(given: Json) -> Json:
    """Returns a pivot table as it is kept: its filters stand in `filterSpecs` and in `criteria`.

    Raises:
        Refusal: Google would not take it.
        Unsupported: it reads an external data source.
    """
    if "dataSourceId" in given:
        raise Unsupported("pivotTable.dataSourceId")
    if "source" not in given:
        raise Refusal("At least one source data must be specified")
    groups = [*given.get("rows", []), *given.get("columns", [])]
    if any(group.get("sortOrder", "SORT_ORDER_UNSPECIFIED").endswith("UNSPECIFIED") for group in groups):
        raise Refusal("No sort order specified.")
    for value in given.get("values", []):
        _check_value(value)
    for group in groups:
        _check_rule(group.get("groupRule", {}))
    specs = list(_filters(given))
    for _, criteria in specs:
        kind = criteria.get("condition", {}).get("type", "")
        if kind.startswith(_FOR_RULES_ALONE):
            raise Refusal(f"ConditionType '{kind}' is not supported in filters.")
    if not specs:
        return given
    listed = [{"columnOffsetIndex": offset, "filterCriteria": criteria} for offset, criteria in specs]
    return {**given, "filterSpecs": listed, "criteria": {str(offset): criteria for offset, criteria in specs}}


def _check_value(value: Json) -> None:
    function = value.get("summarizeFunction", "PIVOT_STANDARD_VALUE_FUNCTION_UNSPECIFIED")
    if function == "NONE":  # for values that an external data source has summarized
        raise Unsupported("pivotTable.values.summarizeFunction NONE")
    if function.endswith("UNSPECIFIED"):
        raise Refusal("No PivotValue.summarizeFunction specified.")
    if "formula" in value and function not in ("SUM", "CUSTOM"):
        raise Refusal(
            f'Invalid summarizeFunction: {function}. Only "CUSTOM" or "SUM" are valid if '
            "PivotValue.calculatedField is set."
        )
    if "formula" not in value and function == "CUSTOM":
        raise Refusal(
            '"CUSTOM" may not be used in PivotValue.summarizeFunction unless '
            "PivotValue.calculatedField is set."
        )


def _check_rule(rule: Json) -> None:
    histogram = rule.get("histogramRule")
    if histogram is not None:
        if histogram.get("interval", 0) <= 0:
            raise Refusal("Histogram group rules require a positive value for interval.")
        if "start" in histogram and "end" in histogram and histogram["start"] >= histogram["end"]:
            raise Refusal("Start must be less than end.")
    for group in rule.get("manualRule", {}).get("groups", []):
        if "numberValue" in group.get("groupName", {}):
            raise Refusal("Found a manual group name of type number. Manual group names must be strings.")


def _filters(given: Json) -> Iterator[tuple[int, Json]]:
    """Gives (column offset, criteria); the list wins over the deprecated map."""
    if given.get("filterSpecs"):
        for spec in given["filterSpecs"]:
            yield int(spec.get("columnOffsetIndex", 0)), spec.get("filterCriteria", {})
        return
    for offset, criteria in given.get("criteria", {}).items():
        yield int(offset), criteria
