"""The brake: a night that lost many known rows at once is taken for an accident and stops."""

from collections.abc import Sequence

from sheets_sync.domain.tables import Workbook
from sheets_sync.errors import TooManyLossesError

LOSS_SHARE, LOSS_AT_LEAST = 10, 20
"""A night may lose one known row in ten, or twenty; more is taken for an accident."""


def newly_lost(workbook: Workbook) -> list[tuple[str, str]]:
    """Return sheet and key of every row that staff deleted since the last night."""
    return sorted(one for one in workbook.deleted if not workbook.memory[one].get("gone"))


def brake(lost: Sequence[tuple[str, str]], workbook: Workbook) -> None:
    """Stop when more rows were lost than a night may lose.

    Only the sheets that lost rows are counted: rows of the others would make the brake blunt.

    Raises:
        TooManyLossesError: it is so.
    """
    sheets = {sheet for sheet, _ in lost}
    known = sum(sheet in sheets for sheet, _ in workbook.memory)
    limit = max(LOSS_AT_LEAST, known // LOSS_SHARE)
    if len(lost) > limit:
        raise TooManyLossesError(f"С прошлого запуска исчезло строк: {len(lost)}; допустимо {limit}")
