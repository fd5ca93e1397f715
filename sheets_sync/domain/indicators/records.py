"""A record of evidence as the rules see it: a name, fields, and the days on which it stands."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sheets_sync.domain.school import Evidence

FieldValue = str | int | bool | frozenset[str] | None
ALWAYS = date.min


@dataclass(frozen=True, slots=True)
class Record:
    """One fact.

    Shape: it stands from `since` (None: nobody wrote the date, so it is not counted yet) up to the day before
    `until` (None: still stands). `id` is what the lists behind a number show.
    """

    id: str
    since: date | None
    until: date | None = None
    fields: Mapping[str, FieldValue] | None = None

    def get(self, field: str) -> FieldValue:
        """A field's value, None when the record has none; `id` is a field too."""
        if field == "id":
            return self.id
        return None if self.fields is None else self.fields.get(field)

    def stands_on(self, day: date) -> bool:
        """Whether the fact holds on the day."""
        return self.since is not None and self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Collection:
    """A kind of evidence: which fields its records have, and how they are made of what is known."""

    fields: frozenset[str]
    records: Callable[[Evidence], Iterable[Record]]
    place: str = ""


def collection(records: Callable[[Evidence], Iterable[Record]], fields: str, place: str = "") -> Collection:
    """Describes a collection; `fields` are names parted by spaces, `place` is the sheet that staff fill."""
    return Collection(frozenset(fields.split()) | {"id"}, records, place)
