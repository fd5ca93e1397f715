"""A small invented school for tests: its settings, its roadmap, and makers of evidence."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

from sheets_sync.domain.entries import (
    Contingent,
)
from sheets_sync.domain.roadmap import Roadmap
from sheets_sync.domain.roadmap_config import roadmap_from_config
from sheets_sync.domain.school import (
    Consent,
    ConsentKind,
    Evidence,
    Group,
    Meeting,
    MeetingKind,
    Pair,
    PairState,
    Person,
    Plan,
    PlanItem,
    Role,
    SchoolSettings,
    Signer,
)

ROADMAP_FILE = Path(__file__).parents[3] / "config" / "roadmap.yaml"
SETTINGS = SchoolSettings(
    school_name="Школа",
    school_short_name="Школа",
    place="город",
    period_start=date(2022, 9, 1),
    period_end=date(2022, 12, 31),
    roadmap_year=2022,
    forms_in_use=("ученик–ученик", "учитель–учитель"),
    mentor_groups=("Первая", "Вторая"),
)
EARLY = date(2022, 9, 2)
NEVER = date(2099, 1, 1)


@cache
def the_roadmap() -> Roadmap:
    data = YAML(typ="safe").load(ROADMAP_FILE)
    roadmap, problems = roadmap_from_config(data)
    assert problems == ()
    return roadmap


def only(*numbers: int) -> Roadmap:
    """The school's roadmap cut to some measures."""
    whole = the_roadmap()
    kept = tuple(measure for measure in whole.measures if measure.number in numbers)
    return Roadmap(kept, whole.at_risk, whole.roles)


def person(
    code: str,
    group: Group = Group.PUPIL,
    *roles: Role,
    on: date = EARLY,
    organisation: str = "",
    excluded: bool = False,
) -> Person:
    return Person(
        code=code,
        name=f"Участник {code}",
        group=group,
        roles=frozenset(roles or (Role.MENTEE,)),
        applied_on=on,
        organisation=organisation,
        excluded=excluded,
    )


def consent(
    code: str, on: date | None = EARLY, withdrawn: date | None = None, group: Group = Group.PUPIL
) -> Consent:
    """The only paper needed: a pupil without a birth date is signed for, everybody else signs."""
    return Consent(
        key=f"{code}-обработка",
        person=code,
        kind=ConsentKind.PROCESSING,
        signer=Signer.REPRESENTATIVE if group is Group.PUPIL else Signer.SELF,
        signed_on=on,
        withdrawn_on=withdrawn,
    )


def base(group: Group, size: int, role: Role, on: date, prefix: str = "У") -> tuple[Person, ...]:
    return tuple(person(f"{prefix}-{number:03}", group, role, on=on) for number in range(1, size + 1))


def consents_of(people: tuple[Person, ...], on: date) -> tuple[Consent, ...]:
    return tuple(consent(each.code, on, group=each.group) for each in people)


def total(group: str, number: int) -> Contingent:
    return Contingent(group=group, on=date(2022, 9, 1), total=number)


def pair(number: int, on: date | None = date(2022, 10, 10), notified: date | None = None) -> Pair:
    """Pair number n joins the mentor Н-n with the mentee У-n."""
    return Pair(
        code=f"П-{number:03}",
        form="ученик–ученик",
        mentor=f"Н-{number:03}",
        mentee=f"У-{number:03}",
        state=PairState.IN_FORCE,
        proposed_on=date(2022, 10, 5),
        approved_on=on,
        in_force_from=on,
        notified_on=notified,
    )


def pair_people(count: int, on: date = EARLY) -> tuple[Person, ...]:
    mentors = base(Group.PUPIL, count, Role.MENTOR, on, "Н")
    return (*mentors, *base(Group.PUPIL, count, Role.MENTEE, on, "У"))


def meeting(number: int, on: date, kind: MeetingKind = MeetingKind.ACQUAINTANCE) -> Meeting:
    return Meeting(pair=f"П-{number:03}", on=on, kind=kind, held=True)


def plan(number: int, done: int, items: int, on: date, made: date = date(2022, 10, 12)) -> Plan:
    """A plan of so many points, the first `done` of them done on the day."""
    points = tuple(
        PlanItem(place, f"Пункт {place}", done_on=on if place <= done else None)
        for place in range(1, items + 1)
    )
    return Plan(pair=f"П-{number:03}", goal="Цель", items=points, made_on=made)


def evidence(as_of: date, settings: SchoolSettings = SETTINGS, **known: object) -> Evidence:
    """Evidence on a date; `consented` follows from the consents unless it is given."""
    consents = known.get("consents", ())
    assert isinstance(consents, tuple)
    signed = frozenset(
        each.person
        for each in consents
        if each.signed_on
        and each.signed_on <= as_of
        and not (each.withdrawn_on and each.withdrawn_on <= as_of)
    )
    fields: Mapping[str, object] = {"consented": signed, **known}
    return Evidence(as_of=as_of, settings=settings, **fields)  # type: ignore[arg-type]
