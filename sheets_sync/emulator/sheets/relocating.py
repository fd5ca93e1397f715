"""What goes along when cells are moved or copied: references to them, and conditional format rules.

Source: discovery document, PasteType PASTE_CONDITIONAL_FORMATTING; that a rule on the same sheet gets one
more range while another sheet gets a rule of its own is assumed after the editor.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from .a1 import Box
from .book import Book, Sheet, area_of, range_of
from .formulatext import Corner, Reference, relocated_formula
from .work import Work

Rule = dict[str, Any]
Part = tuple[Rule, list[Box]]


def follow(book: Book, source: Sheet, box: Box, target: Sheet, area: Box) -> None:
    """Lets every reference to cells inside ``box`` follow them to ``area``, which is filled already."""
    rows, columns = area.top - box.top, area.left - box.left

    def moved(corner: Corner) -> Corner | None:
        if corner.row is None or corner.column is None or not box.holds(corner.row, corner.column):
            return None
        return replace(corner, row=corner.row + rows, column=corner.column + columns)

    def place(reference: Reference) -> Reference | None:
        if (reference.title or "").casefold() != source.title.casefold():
            return None
        first = moved(reference.first)
        second = moved(reference.second) if reference.second else None
        if first is None or (reference.second and second is None):
            return None
        return replace(reference, first=first, second=second)

    for sheet in book.sheets:
        for index, row in sheet.grid.formula_rows():
            for column, cell in row.cells.items():
                if "e" in cell:
                    inside = sheet is target and area.holds(index, column)
                    written = source.title if inside else sheet.title
                    cell["e"] = relocated_formula(cell["e"], sheet.title, written, target.title, place)


def ruled_parts(sheet: Sheet, box: Box) -> list[Part]:
    """Returns the rules that reach into a rectangle, each with the parts of its ranges inside."""
    found = []
    for rule in sheet.seen("conditionalFormats"):
        parts = [part for range_ in rule.get("ranges", []) if (part := _common(sheet, range_, box))]
        if parts:
            found.append((rule, parts))
    return found


def _common(sheet: Sheet, range_: dict[str, Any], box: Box) -> Box | None:
    other = area_of(range_).clipped(sheet.row_count, sheet.column_count)
    if not other.meets(box):
        return None
    return Box(
        box.sheet_id,
        max(box.top, other.top),
        min(box.bottom, other.bottom),
        max(box.left, other.left),
        min(box.right, other.right),
    )


def clear_rules(sheet: Sheet, box: Box) -> None:
    """Takes a rectangle out of the ranges of all rules; a rule without cells goes."""
    rules = sheet.seen("conditionalFormats")
    if not any(_common(sheet, range_, box) for rule in rules for range_ in rule.get("ranges", [])):
        return
    kept = []
    for rule in sheet.listed("conditionalFormats"):
        ranges = [part for range_ in rule.get("ranges", []) for part in _without(sheet, range_, box)]
        if ranges:
            kept.append({**rule, "ranges": ranges})
    sheet.listed("conditionalFormats")[:] = kept


def _without(sheet: Sheet, range_: dict[str, Any], box: Box) -> list[dict[str, Any]]:
    common = _common(sheet, range_, box)
    if common is None:
        return [range_]
    whole = area_of(range_).clipped(sheet.row_count, sheet.column_count)
    number = box.sheet_id
    parts = [
        Box(number, whole.top, common.top, whole.left, whole.right),
        Box(number, common.top, common.bottom, whole.left, common.left),
        Box(number, common.top, common.bottom, common.right, whole.right),
        Box(number, common.bottom, whole.bottom, whole.left, whole.right),
    ]
    return [range_of(part) for part in parts if part.height and part.width]


def paste_rules(work: Work, found: list[Part], source: Box, area: Box, height: int, width: int) -> None:
    """Lays rules over an area, repeated as often as the source fits into it."""
    target = work.book.sheet(area.sheet_id)
    for rule, parts in found:
        ranges = [
            range_of(replace(part.moved(top - source.top, left - source.left), sheet_id=area.sheet_id))
            for part in parts
            for top in range(area.top, area.bottom, height)
            for left in range(area.left, area.right, width)
        ]
        if len(parts) == 1 and parts[0] == source:
            ranges = [range_of(area)]
        rules = target.listed("conditionalFormats")
        own = next((one for one in rules if one is rule), None)
        if own is not None:
            own["ranges"] = [*own["ranges"], *(one for one in ranges if one not in own["ranges"])]
        else:
            rules.append({**rule, "ranges": ranges})
