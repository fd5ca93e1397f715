"""Requests on conditional format rules, which are kept in order on the sheet of their first range.

Source: discovery document, AddConditionalFormatRuleRequest, Update…, Delete….
"""

from __future__ import annotations

from .book import Sheet
from .conditions import check_condition
from .protojson import lean, with_colours
from .refusals import Refusal
from .work import Body, Kind, Work, need


def _home(work: Work, rule: Body) -> Sheet:
    ranges = rule.get("ranges")
    if not ranges:
        raise Refusal("rule.ranges is required.")
    sheets = {_sheet_of(work, item) for item in ranges}
    if len(sheets) > 1:
        raise Refusal("All ranges of a conditional format rule must be on the same sheet.")
    if not ("booleanRule" in rule or "gradientRule" in rule):
        raise Refusal("A conditional format rule must have a booleanRule or a gradientRule.")
    if "booleanRule" in rule:
        check_condition(rule["booleanRule"].get("condition", {}))
    return work.book.sheet(sheets.pop())


def _sheet_of(work: Work, range_: Body) -> int:
    """Returns the sheet of a rule's range, which may be empty.

    Source: discovery document, GridRange ("If the start index equals the end index, then the range is
    empty").
    """
    return work.book.box(range_, "rule.ranges", empty=True).sheet_id


def add_rule(work: Work, body: Body) -> None:
    """Inserts a rule at an index; rules from there on move down."""
    rule = need(body, "rule")
    sheet = _home(work, rule)
    rules = sheet.listed("conditionalFormats")
    index = body.get("index", 0)
    if not 0 <= index <= len(rules):
        raise Refusal(f"index[{index}] is larger than the number of conditional format rules ({len(rules)})")
    rules.insert(index, with_colours(rule, work.book.theme()))


def _rules(work: Work, body: Body, sheet: Sheet) -> tuple[list[Body], int]:
    rules = sheet.listed("conditionalFormats")
    index = body.get("index", 0)
    if not 0 <= index < len(rules):
        raise Refusal(f"No conditional format on sheet: {sheet.sheet_id} at index: {index}")
    return rules, index


def update_rule(work: Work, body: Body) -> Body:
    """Replaces a rule, or moves it to another index."""
    if "rule" in body:
        sheet = _home(work, body["rule"])
        rules, index = _rules(work, body, sheet)
        old, rules[index] = rules[index], with_colours(body["rule"], work.book.theme())
        return {
            "oldRule": lean(old),
            **({"oldIndex": index} if index else {}),
            "newRule": lean(rules[index]),
            **({"newIndex": index} if index else {}),
        }
    sheet = work.sheet(body)
    rules, index = _rules(work, body, sheet)
    target = need(body, "newIndex")
    if not 0 <= target < len(rules):
        raise Refusal(
            f"newIndex[{target}] is larger than the number of conditional format rules ({len(rules)})"
        )
    rule = rules.pop(index)
    rules.insert(target, rule)
    return {
        "newRule": lean(rule),
        **({"oldIndex": index} if index else {}),
        **({"newIndex": target} if target else {}),
    }


def delete_rule(work: Work, body: Body) -> Body:
    """Deletes the rule at an index and tells which it was."""
    rules, index = _rules(work, body, work.sheet(body))
    return {"rule": lean(rules.pop(index))}


KINDS: dict[str, Kind] = {
    "addConditionalFormatRule": add_rule,
    "updateConditionalFormatRule": update_rule,
    "deleteConditionalFormatRule": delete_rule,
}
