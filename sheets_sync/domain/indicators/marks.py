"""What «Отметки» say about a measure on a date: the state set by hand, and a threshold lowered by order."""

from collections.abc import Iterable
from datetime import date

from sheets_sync.domain.entries import Mark

DONE_BY_HAND = frozenset(("выполнено", "выполнено с опозданием"))


def latest_mark(marks: Iterable[Mark], number: int, as_of: date) -> Mark | None:
    """The last state set by hand up to the day; a mark without a date counts before all dated ones."""
    known = [mark for mark in marks if mark.measure == number and mark.state and _stands(mark, as_of)]
    return max(known, key=lambda mark: mark.on or date.min, default=None)


def lowering_mark(marks: Iterable[Mark], number: int, on: date) -> Mark | None:
    """The last mark up to the day that lowers the measure's threshold by an order."""
    lowered = [
        mark
        for mark in marks
        if mark.measure == number and mark.lowered_by and mark.lowered_to and _stands(mark, on)
    ]
    return max(lowered, key=lambda mark: mark.on or date.min, default=None)


def _stands(mark: Mark, day: date) -> bool:
    return (mark.on is None or mark.on <= day) and (mark.until is None or day < mark.until)
