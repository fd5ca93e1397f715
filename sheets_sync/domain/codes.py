"""Short codes of people, pairs and documents; the last digit checks the rest.

A code is a letter of its kind, a hyphen, a number of two digits or more and one check digit: «У-017» is
participant 1 with check digit 7. The check digit is Damm's (a totally anti-symmetric quasigroup of order 10:
H. M. Damm, 2004), so that any one wrong digit and any two neighbouring digits swapped are noticed; the letter
counts as a first digit, so that a pair's code typed for a participant's is noticed too.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sheets_sync.domain.textforms import cleaned


class CodeKind(StrEnum):
    """What a code names; the value is its letter."""

    PERSON = "У"
    PAIR = "П"
    DOCUMENT = "Д"


_TABLE = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)
_FIRST = {CodeKind.PERSON: 4, CodeKind.PAIR: 1, CodeKind.DOCUMENT: 2}
_LETTERS = {
    "У": CodeKind.PERSON, "Y": CodeKind.PERSON, "U": CodeKind.PERSON,
    "П": CodeKind.PAIR, "P": CodeKind.PAIR,
    "Д": CodeKind.DOCUMENT, "D": CodeKind.DOCUMENT,
}  # fmt: skip
_DIGITS = str.maketrans({"О": "0", "O": "0", "I": "1", "L": "1", "З": "3"})
_SHAPE = re.compile(r"([УYUПPДD])?[ .\-№]*([0-9ОOILЗ]{2,9})")
_INSIDE = re.compile(r"(?<!\w)(?:[УYUПPДD][ .\-№]{0,3})?[0-9ОOILЗ]{2,9}(?!\w)")
_DASHES = re.compile(r"[‐‑‒–—−_]")


@dataclass(frozen=True, slots=True)
class CodeReading:
    """What a typed text says: `code` when it is one; `looks_like` when only the check fails."""

    code: str = ""
    looks_like: str = ""


def make_code(kind: CodeKind, number: int) -> str:
    """Return the code of a number (1, 2, 3 …)."""
    digits = f"{number:02d}"
    return f"{kind}-{digits}{_check(kind, digits)}"


def number_of(code: str) -> int:
    """Return the number inside a code, 0 when the text is none."""
    found = re.fullmatch(r"[УПД]-(\d{2,})\d", code)
    return int(found[1]) if found else 0


def next_number(codes: Iterable[str]) -> int:
    """Return the first number that is greater than those of all codes ever given."""
    return max((number_of(code) for code in codes), default=0) + 1


def read_code(text: str, kind: CodeKind) -> CodeReading:
    """Read a code as people type it: any dash, any case, Latin letters, О for 0, without the letter."""
    plain = _DASHES.sub("-", cleaned(text)).upper().strip(" .,;«»\"'")
    found = _SHAPE.fullmatch(plain)
    if not found or not any(letter.isdigit() for letter in found[2]):
        return CodeReading()
    if found[1] and _LETTERS[found[1]] is not kind:
        return CodeReading(looks_like=plain)
    digits = found[2].translate(_DIGITS).zfill(3)
    number = int(digits[:-1])
    if f"{number:02d}" != digits[:-1] or number == 0 or _check(kind, digits[:-1]) != int(digits[-1]):
        return CodeReading(looks_like=plain)
    return CodeReading(code=f"{kind}-{digits}")


def find_codes(text: str, kind: CodeKind) -> tuple[CodeReading, ...]:
    """Read every code-like piece of a longer text, in order."""
    plain = _DASHES.sub("-", cleaned(text)).upper()
    return tuple(read_code(piece, kind) for piece in _INSIDE.findall(plain))


def _check(kind: CodeKind, digits: str) -> int:
    state = _TABLE[0][_FIRST[kind]]
    for digit in digits:
        state = _TABLE[state][int(digit)]
    return state
