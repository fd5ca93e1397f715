"""A person made of questionnaires and of what staff typed in «Реестр»."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sheets_sync.domain.classes import class_of_school
from sheets_sync.domain.contacts import Contacts
from sheets_sync.domain.entries import (
    Partner,
)
from sheets_sync.domain.findings import Finding, Severity
from sheets_sync.domain.intake.cells import Cells
from sheets_sync.domain.intake.identity import Individual
from sheets_sync.domain.intake.questionnaires import Questionnaire
from sheets_sync.domain.names import name_key, sex_by_name
from sheets_sync.domain.roster import Listed
from sheets_sync.domain.school import (
    Group,
    Interview,
    Person,
    Role,
    SchoolSettings,
)
from sheets_sync.domain.tables import ReadRow
from sheets_sync.domain.textforms import folded

CONCLUSIONS = ("рекомендован", "нет", "позже")
LEFT_SCHOOL = "выбыл по спискам школы"


def person_of(
    individual: Individual,
    row: ReadRow | None,
    settings: SchoolSettings,
    partners: Sequence[Partner],
    findings: list[Finding],
    listed: Listed | None = None,
    as_of: date = date.max,
    secret: bool = False,
) -> Person:
    """Make a person: the newest answer counts for each thing, roles add up, staff's cells come on top.

    Shape: `listed` is the person in the school's list, which knows better than an answer how the name is
    written, the class and the birth date; with `secret` the code stands for the name.
    """
    newest = individual.newest
    cells = Cells("registry", row, findings) if row else None
    organisation = _organisation(newest, partners)
    gone = listed.left if listed and listed.left and listed.left <= as_of else None
    left_on = cells.day("left_on") if cells else None
    left_reason = cells.text("left_reason") if cells else ""
    name = listed.name if listed else newest.name
    return Person(
        code=individual.code,
        name=individual.code if secret else name,
        group=newest.group,
        roles=frozenset(role for item in individual.answers for role in item.roles),
        applied_on=min(item.applied_on for item in individual.answers),
        birth_date=_birth(individual, cells, listed),
        sex=sex_by_name(name),
        school_class=_school_class(newest, cells, settings, listed.class_on(as_of) if listed else ""),
        representative=newest.representative,
        contacts=_contacts(newest.contacts, newest.contact_text),
        occupation=newest.occupation,
        organisation=organisation,
        experience=newest.experience,
        needs=_last(individual, Role.MENTEE, "needs"),
        resources=_last(individual, Role.MENTOR, "resources"),
        capacity=max((item.capacity for item in _in_role(individual, Role.MENTOR)[-1:]), default=0),
        times=newest.times,
        wanted_mentors=newest.wanted,
        response_ids=tuple(item.response_id for item in individual.answers),
        interview=_interview(cells),
        left_on=left_on or gone,
        left_reason=left_reason or (LEFT_SCHOOL if gone and not left_on else ""),
        excluded=cells.flag("excluded") if cells else False,
        excluded_reason=left_reason if cells and cells.flag("excluded") else "",
        mentoring_form=cells.text("mentoring_form") if cells else "",
    )


def differing_requests(individual: Individual) -> bool:
    """Whether questionnaires of one person in one role ask for different support or offer different help."""
    for role, field in ((Role.MENTEE, "needs"), (Role.MENTOR, "resources")):
        said = {getattr(item, field) for item in _in_role(individual, role)}
        if len(said) > 1:
            return True
    return False


def by_name(people: Iterable[Person]) -> Mapping[str, list[Person]]:
    """Return people by folded full name."""
    found: dict[str, list[Person]] = {}
    for person in people:
        found.setdefault(name_key(person.name), []).append(person)
    return found


def _in_role(individual: Individual, role: Role) -> list[Questionnaire]:
    return [item for item in individual.answers if role in item.roles]


def _last(individual: Individual, role: Role, field: str) -> frozenset[str]:
    own = _in_role(individual, role)
    found: frozenset[str] = getattr(own[-1], field) if own else frozenset()
    return found


def _birth(individual: Individual, cells: Cells | None, listed: Listed | None) -> date | None:
    typed = cells.day("birth_right") if cells else None
    if typed is not None:
        return typed
    if listed is not None and listed.birth_date is not None:
        return listed.birth_date
    return next((item.birth_date for item in reversed(individual.answers) if item.birth_date), None)


def _school_class(newest: Questionnaire, cells: Cells | None, settings: SchoolSettings, listed: str) -> str:
    told = listed or newest.school_class
    typed = cells.text("class_right") if cells else ""
    if not typed or cells is None:
        return told
    found = class_of_school(typed, settings.classes)
    if found is None:
        cells.complain("class_right", f"такого класса в школе нет: «{typed}»", Severity.QUESTION)
        return told
    return str(found)


def _contacts(found: Contacts, text: str) -> tuple[str, ...]:
    return found.all or ((text,) if text else ())


def _organisation(item: Questionnaire, partners: Sequence[Partner]) -> str:
    if item.group not in {Group.PARTNER, Group.GRADUATE, Group.OTHER}:
        return ""
    told = f" {folded(item.occupation)} "
    for partner in partners:
        if any(f" {folded(name)} " in told for name in (partner.name, *partner.aliases) if folded(name)):
            return partner.name
    return item.occupation.split(",")[0].strip() if item.group is Group.PARTNER else ""


def _interview(cells: Cells | None) -> Interview:
    if cells is None:
        return Interview()
    return Interview(
        on=cells.day("interview_on"),
        by=cells.text("interview_by"),
        form=cells.text("mentoring_form"),
        conclusion=cells.choice("conclusion", CONCLUSIONS),
    )
