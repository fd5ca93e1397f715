"""School classes: many spellings, one printed form."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from sheets_sync.domain.textforms import cleaned, to_cyrillic

_CLASS = re.compile(r"(1[01]|[1-9])[ \-.,/]?([А-ЯЁ]{1,2})?")
_QUOTES = re.compile(r"[«»\"'“”„‟’‘`]")
_WORDS = re.compile(r"\b(?:класс[а-яё]*|кл\.?)(?=\W|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, order=True)
class SchoolClass:
    """A class: grade 1–11 and its letters, "" in a school with one class per grade."""

    grade: int
    letter: str = ""

    def __str__(self) -> str:
        """Return the printed form: «7 «А»», or «7»."""
        return f"{self.grade} «{self.letter}»" if self.letter else str(self.grade)


@lru_cache(maxsize=4096)
def parse_class(text: str) -> SchoolClass | None:
    """Read «7а», «7-A», «7 «А»», «7 а класс»; None for anything a person should look at."""
    plain = re.sub(r"[‐‑‒–—−]", "-", cleaned(text))
    plain = _WORDS.sub(" ", _QUOTES.sub("", plain))
    plain = " ".join(plain.split()).upper().strip(" .,")
    digits = len(plain) - len(plain.lstrip("0123456789"))
    found = _CLASS.fullmatch(plain[:digits] + to_cyrillic(plain[digits:]))
    return SchoolClass(int(found[1]), found[2] or "") if found else None


def class_of_school(text: str, classes: Sequence[str]) -> SchoolClass | None:
    """Read a class that the school has; any readable class where the school has not listed its classes."""
    found = parse_class(text)
    if found is None or not classes:
        return found
    return found if found in {parse_class(known) for known in classes} else None
