"""The small language of the mapping file: what a row of the form counts.

формула  := слагаемое { (+ | -) слагаемое }
слагаемое := «строка» КОД | «все» | условие { «и» условие }
условие  := поле (= | ≠) значение { , значение }
поле     := роль | категория | форма | пол | возраст
возраст  := 10–14 | 15 | до 10 | от 20        (полных лет; «до 10» — это девять и меньше)
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sheets_sync.domain.federal.participants import SEXES
from sheets_sync.domain.school import Group, Role

OLDEST = 200


class Field(StrEnum):
    """What a condition asks of a participant."""

    ROLE = "роль"
    GROUP = "категория"
    FORM = "форма"
    SEX = "пол"
    AGE = "возраст"


_FIELDS = "|".join(Field)
_CONDITION = re.compile(rf"({_FIELDS})\s*(=|≠|!=)\s*(.+)", re.DOTALL)
_AND = re.compile(rf"\s+и\s+(?=(?:{_FIELDS})\s*(?:=|≠|!=))")
_SIGN = re.compile(rf"\s+([+\-−–])\s+(?=(?:строка|все|{_FIELDS})\b)")
_ROW = re.compile(r"строка\s+(\S+)")
_AGES = re.compile(r"(\d{1,3})\s*[-–—]\s*(\d{1,3})")
_BELOW, _FROM = re.compile(r"до\s+(\d{1,3})"), re.compile(r"от\s+(\d{1,3})")
EVERYBODY = "все"


@dataclass(frozen=True, slots=True)
class Condition:
    """A field, and the values that fit: words, or spans of years (both ends included)."""

    field: Field
    negated: bool
    words: frozenset[str] = frozenset()
    ages: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """Unique people who meet all conditions."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class RowValue:
    """The value of another row."""

    code: str


@dataclass(frozen=True, slots=True)
class Formula:
    """Terms with their signs, +1 or -1."""

    terms: tuple[tuple[int, Count | RowValue], ...]


class FormulaProblem(Exception):
    """A formula that cannot be read; the message says why in Russian."""


def read_formula(text: str, rows: Collection[str], forms: Collection[str]) -> Formula:
    """Read a formula.

    Shape: `rows` are the codes of the rows above, `forms` the forms of mentoring of the school.

    Raises:
        FormulaProblem: it is not of this language, or names what does not exist.
    """
    words: Mapping[Field, Collection[str]] = {
        Field.ROLE: tuple(Role),
        Field.GROUP: tuple(Group),
        Field.FORM: forms,
        Field.SEX: tuple(SEXES.values()),
    }
    pieces = _SIGN.split(" ".join(text.split()))
    terms = [(1, _term(pieces[0], rows, words))]
    for sign, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        terms.append((1 if sign == "+" else -1, _term(piece, rows, words)))
    return Formula(tuple(terms))


def _term(text: str, rows: Collection[str], words: Mapping[Field, Collection[str]]) -> Count | RowValue:
    if named := _ROW.fullmatch(text):
        if named[1] not in rows:
            raise FormulaProblem(f"строки «{named[1]}» выше нет: складывать можно только строки выше")
        return RowValue(named[1])
    if text == EVERYBODY:
        return Count(())
    return Count(tuple(_condition(piece, words) for piece in _AND.split(text)))


def _condition(text: str, words: Mapping[Field, Collection[str]]) -> Condition:
    found = _CONDITION.fullmatch(text)
    if not found:
        fields = ", ".join(Field)
        raise FormulaProblem(
            f"не понятно «{text}»: нужно «поле = значение», поля: {fields}; или «строка КОД»"
        )
    field, negated = Field(found[1]), found[2] != "="
    values = [value.strip() for value in found[3].split(",")]
    if field is Field.AGE:
        return Condition(field, negated, ages=tuple(_ages(value) for value in values))
    known = {_alike(word): str(word) for word in words[field]}
    for value in values:
        if _alike(value) not in known:
            listed = ", ".join(known.values())
            raise FormulaProblem(f"{field.value} не бывает «{value}»; бывает: {listed}")
    return Condition(field, negated, frozenset(known[_alike(value)] for value in values))


def _ages(text: str) -> tuple[int, int]:
    low, high = -1, -1
    if span := _AGES.fullmatch(text):
        low, high = int(span[1]), int(span[2])
    elif below := _BELOW.fullmatch(text):
        low, high = 0, int(below[1]) - 1
    elif since := _FROM.fullmatch(text):
        low, high = int(since[1]), OLDEST
    elif text.isdigit() and text.isascii():
        low = high = int(text)
    if not 0 <= low <= high:
        raise FormulaProblem(f"возраст «{text}» не понятен; пишут: 10–14, 15, до 10, от 20")
    return low, high


def _alike(text: str) -> str:
    return re.sub(r"[-–—]", "-", text.casefold().replace("ё", "е"))
