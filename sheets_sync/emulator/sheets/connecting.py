"""Which spreadsheets one may read with IMPORTRANGE.

Source: Google's help on IMPORTRANGE: one who may read the other spreadsheet allows it once, for all.
"""

from __future__ import annotations

import re

from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.filetable import require_file

from .spreadsheets import MIME_TYPE, open_book

_CALLED = re.compile(r"\bIMPORTRANGE\(\s*\"(?:[^\"]*/d/)?([\w-]+)[^\"]*\"", re.IGNORECASE)


def imported_by(formula: str) -> str:
    """Returns the id of the spreadsheet from which a formula imports, or an empty text."""
    found = _CALLED.search(formula)
    return found[1] if found else ""


def connect(call: Call, donor: str) -> None:
    """Lets the spreadsheet of the call read another one.

    Raises:
        ApiError: one of them is not there, or may not be read by who asks.
    """
    book = open_book(call)
    require_file(call, donor, MIME_TYPE, service="sheets")
    known = book.objects.setdefault("importedFrom", [])
    if donor not in known:
        known.append(donor)
    book.save()
