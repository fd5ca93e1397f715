"""Tombstones: what stays of a forgotten person, enough to know them again and nothing to know them by.

Ids of answers are the forms' own random names. Whoever comes by another road (the school's list, paper, a new
answer) is known by a slow digest of the folded name; why this one: docs/decisions/014.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache

from sheets_sync.domain.forms import FormSpec, Kind
from sheets_sync.domain.plan import Remember
from sheets_sync.domain.responses import Response
from sheets_sync.domain.school import Group
from sheets_sync.domain.tables import Memory, Workbook

MEMORY = "forgotten"
"""The name under which the hidden sheet lists forgotten people, by code."""

DESTROYED = "данные уничтожены"
"""What stands where a forgotten person stood."""

_COST, _BLOCK, _LENGTH = 2**14, 8, 16
"""scrypt: 16 MB and some hundredths of a second for every guess (RFC 7914, section 2)."""


@dataclass(frozen=True, slots=True)
class FormAnswer:
    """An answer that its form still holds; `submitted` is its local time as people read it."""

    form: str
    response: str
    submitted: str = ""


@dataclass(frozen=True, slots=True)
class LeftCell:
    """A cell that people have to clean: sheet and column by id, and the fingerprint of what stood there."""

    sheet: str
    column: str
    mark: str


@dataclass(frozen=True, slots=True)
class Tombstone:
    """A forgotten person.

    Shape: `codes` are all codes ever given to them, `code` the one they were known by; `names` digests of
    folded name and group, `births` of these with the birth date; `responses` are answers that never come
    back, `reports` those about their pairs, which come without words; `standing` are answers that the forms
    still hold; `left` are cells for people to clean; `erased` and `kept` tell what the act tells, as (where,
    what); `destroy` are documents that a run has still to remove for good; `asked_on` is the day of the
    demand; `told` says that «Журнал» tells of the person already.
    """

    code: str
    on: date
    ground: str
    codes: tuple[str, ...] = ()
    asked_on: date | None = None
    salt: str = ""
    names: tuple[str, ...] = ()
    births: tuple[str, ...] = ()
    responses: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    standing: tuple[FormAnswer, ...] = ()
    left: tuple[LeftCell, ...] = ()
    erased: tuple[tuple[str, str], ...] = ()
    kept: tuple[tuple[str, str], ...] = ()
    destroy: tuple[str, ...] = ()
    told: bool = False

    @property
    def memory(self) -> Memory:
        """Return it as JSON values."""
        found: dict[str, object] = {"on": self.on.isoformat(), "ground": self.ground, "salt": self.salt}
        if self.asked_on is not None:
            found["asked_on"] = self.asked_on.isoformat()
        for name in ("codes", "names", "births", "responses", "reports", "destroy"):
            if getattr(self, name):
                found[name] = list(getattr(self, name))
        found["erased"] = [list(one) for one in self.erased]
        found["kept"] = [list(one) for one in self.kept]
        if self.standing:
            found["standing"] = [[one.form, one.response, one.submitted] for one in self.standing]
        if self.told:
            found["told"] = True
        if self.left:
            found["left"] = [[one.sheet, one.column, one.mark] for one in self.left]
        return found

    @property
    def remembered(self) -> Remember:
        """Return the change that writes it down."""
        return Remember(MEMORY, self.code, {}, self.memory)

    def has_name(self, name_key: str) -> bool:
        """Whether somebody of this folded name, in whatever group, may be this person."""
        return any(digest(self.salt, name_key, group.value) in self.names for group in Group)

    def is_of(self, name_key: str, group: Group, birth: date | None) -> bool:
        """Whether somebody of this folded name, group and birth date is this person.

        A birth date that one side does not know contradicts nothing.
        """
        if not name_key or digest(self.salt, name_key, group.value) not in self.names:
            return False
        if birth is None or not self.births:
            return True
        return digest(self.salt, name_key, group.value, birth.isoformat()) in self.births


@dataclass(frozen=True)
class Buried:
    """All forgotten people of a school."""

    stones: tuple[Tombstone, ...] = ()

    @cached_property
    def by_code(self) -> Mapping[str, Tombstone]:
        """Every code that a forgotten person ever had."""
        return {code: stone for stone in self.stones for code in (stone.code, *stone.codes)}

    @cached_property
    def responses(self) -> frozenset[str]:
        """Ids of the answers that never come back."""
        return frozenset(one for stone in self.stones for one in stone.responses)

    @cached_property
    def reports(self) -> frozenset[str]:
        """Ids of the reports whose words were erased."""
        return frozenset(one for stone in self.stones for one in stone.reports)

    def whose(self, name_key: str, group: Group, birth: date | None) -> Tombstone | None:
        """Return the forgotten person whom a name, group and birth date mean, None when there is none."""
        return next((stone for stone in self.stones if stone.is_of(name_key, group, birth)), None)

    def kept_of(self, response: Response, form: FormSpec) -> Response | None:
        """Return what may be kept of a response: all, what is left without words, or None."""
        if response.response_id in self.responses:
            return None
        if response.response_id not in self.reports:
            return response
        words = worded_fields(form)
        return replace(response, answers={k: v for k, v in response.answers.items() if k not in words})

    @cached_property
    def refusals(self) -> Mapping[str, str]:
        """Why a code may not be named."""
        return dict.fromkeys(self.by_code, DESTROYED)


NOBODY_BURIED = Buried()


def buried(workbook: Workbook) -> Buried:
    """Return the forgotten people that the spreadsheet remembers."""
    found = workbook.remembered(MEMORY)
    return Buried(tuple(_stone(code, found[code]) for code in sorted(found)))


def worded_fields(form: FormSpec) -> frozenset[str]:
    """Return the fields of a report in which people write in their own words; the pair's code is not one."""
    return frozenset(
        question.field
        for question in form.questions
        if question.kind in {Kind.TEXT, Kind.PARAGRAPH} and question.field != "pair"
    )


def still_standing(stone: Tombstone, seen: Mapping[str, Iterable[str]]) -> Tombstone:
    """Return a tombstone after a look at whole forms.

    Shape: `seen` holds the ids that each form was seen to hold; a form that is not among them was not looked
    at, and what it held is taken to be there still.
    """
    there = {form: frozenset(ids) for form, ids in seen.items()}
    kept = [one for one in stone.standing if one.form not in there or one.response in there[one.form]]
    return replace(stone, standing=tuple(kept))


@lru_cache(maxsize=4096)
def digest(salt: str, *parts: str) -> str:
    """Return 32 hexadecimal digits that are slow to guess at: scrypt of the parts."""
    said = "\0".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.scrypt(said, salt=salt.encode(), n=_COST, r=_BLOCK, p=1, dklen=_LENGTH).hex()


def _stone(code: str, memory: Memory) -> Tombstone:
    asked = memory.get("asked_on")
    return Tombstone(
        code,
        date.fromisoformat(str(memory["on"])),
        str(memory.get("ground", "")),
        _texts(memory.get("codes")),
        date.fromisoformat(asked) if isinstance(asked, str) else None,
        str(memory.get("salt", "")),
        _texts(memory.get("names")),
        _texts(memory.get("births")),
        _texts(memory.get("responses")),
        _texts(memory.get("reports")),
        tuple(FormAnswer(*one) for one in _rows(memory.get("standing"), 3)),
        tuple(LeftCell(*one) for one in _rows(memory.get("left"), 3)),
        tuple((one[0], one[1]) for one in _rows(memory.get("erased"), 2)),
        tuple((one[0], one[1]) for one in _rows(memory.get("kept"), 2)),
        _texts(memory.get("destroy")),
        memory.get("told") is True,
    )


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list | tuple) else ()


def _rows(value: object, width: int) -> list[tuple[str, ...]]:
    found = value if isinstance(value, list | tuple) else ()
    return [_texts(one) for one in found if isinstance(one, list | tuple) and len(one) == width]
