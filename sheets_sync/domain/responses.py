"""An answer to a form as it was received: texts by field, untouched."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

IMPORTED = "файл-"
"""How the ids of responses begin that came from a file: no form holds them, so none can have lost them."""


@dataclass(frozen=True, slots=True)
class Response:
    """One response to one form in its latest version.

    Shape: `form` is the form's id in config/forms/ («application», «networking», «meeting», «diagnostic»,
    «event»); `answers` maps field ids of that file to the texts given, in order (several for a checkbox
    question, none left out); a question without an answer is absent. Times are aware UTC.
    """

    form: str
    response_id: str
    created: datetime
    submitted: datetime
    answers: Mapping[str, tuple[str, ...]]
    deleted: bool = False

    def text(self, field: str) -> str:
        """Return the single answer to a field, "" when there is none."""
        return "; ".join(self.answers.get(field, ()))
