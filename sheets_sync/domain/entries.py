"""What staff type into their own sheets: events, partners, materials, marks, denominators."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Event:
    """An event or a training session, from «Мероприятия» or form Ф5, each counted once.

    Shape: `kind` is the drop-down's text: «классный час», «родительское собрание», «рабочая встреча»,
    «педсовет», «занятие для наставников», «консультация», «публикация», «нетворкинг», «деловая игра»,
    «другое».
    """

    key: str
    kind: str
    planned_on: date | None = None
    on: date | None = None
    school_class: str = ""
    mentor_group: str = ""
    topic: str = ""
    lecturer: str = ""
    organisation: str = ""
    remote: bool = False
    attended: int | None = None
    expected: int | None = None
    link: str = ""
    note: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Partner:
    """A partner organisation (sheet «Партнёры»)."""

    name: str
    aliases: tuple[str, ...] = ()
    kind: str = ""
    contact: str = ""
    listed_on: date | None = None
    agreement_number: str = ""
    agreement_on: date | None = None
    valid_until: date | None = None
    link: str = ""
    state: str = ""  # переговоры / подписано / расторгнуто


@dataclass(frozen=True, slots=True)
class Material:
    """A row of «Материалы и ссылки»."""

    kind: str
    form: str = ""
    title: str = ""
    on: date | None = None
    link: str = ""
    author: str = ""


@dataclass(frozen=True, slots=True)
class Participation:
    """A row of «Участие в событиях» (measure 32)."""

    who: str
    event: str
    level: str = ""
    kind: str = ""
    on: date | None = None
    result: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A hand-set status of a measure (sheet «Отметки»); `until` is the day from which it stood no more."""

    measure: int
    state: str = ""
    comment: str = ""
    who: str = ""
    on: date | None = None
    lowered_by: str = ""
    lowered_to: int | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Contingent:
    """Denominators of one group on a date (sheet «Контингент»); None = nobody said.

    Shape: `group` is a `Group` value or «организация» (how many organisations are counted in measure 3) or
    «класс 7 «А»» for the number of pupils in a class.
    """

    group: str
    on: date | None = None
    total: int | None = None
    aged_10_19: int | None = None
    aged_15_19: int | None = None
    young_specialists: int | None = None
    source: str = ""
