"""One questionnaire (form Ф1) read into a record, or held back with the reason."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from sheets_sync.domain.classes import class_of_school, parse_class
from sheets_sync.domain.codes import CodeKind, CodeReading, read_code
from sheets_sync.domain.contacts import Contacts, parse_contacts
from sheets_sync.domain.dates import age_on, parse_date, printed
from sheets_sync.domain.intake.decisions import Ledger, Value
from sheets_sync.domain.intake.returning import OPEN, Door
from sheets_sync.domain.names import name_key, odd_letters, shown_name, wrong_name
from sheets_sync.domain.responses import Response
from sheets_sync.domain.roster import NOBODY, Roster
from sheets_sync.domain.school import Group, Role, SchoolSettings

_ROLES = {
    "наставляемым": frozenset({Role.MENTEE}),
    "наставником": frozenset({Role.MENTOR}),
    "и тем и другим": frozenset({Role.MENTEE, Role.MENTOR}),
}
_CAPACITY = {"1": 1, "2": 2, "3": 3, "группу 4–6 человек": 6}
_NUMBER = re.compile(r"[-−]?\d{1,2}")
_YOUNGEST, _OLDEST_PUPIL, _OLDEST = 5, 21, 110
PLACE = "Анкета участника"


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """A usable questionnaire.

    Shape: `key` is the folded name; `code` is set instead of a name where the school issues codes itself.
    """

    response_id: str
    created: datetime
    submitted: datetime
    applied_on: date
    name: str
    key: str
    code: str
    group: Group
    roles: frozenset[Role]
    birth_date: date | None
    school_class: str
    representative: str
    contacts: Contacts
    contact_text: str
    occupation: str
    experience: str
    needs: frozenset[str]
    resources: frozenset[str]
    capacity: int
    times: frozenset[str]
    wanted: frozenset[str]
    deleted: bool = False


def read_questionnaire(
    response: Response,
    ledger: Ledger,
    settings: SchoolSettings,
    zone: tzinfo,
    as_of: date,
    roster: Roster = NOBODY,
    door: Door = OPEN,
) -> Questionnaire | None:
    """Read one response; None when it is held back or skipped, and the ledger says why.

    Where the school gives out codes (`roster.secret`) only a code of its list is a person; `door` holds back
    those who were forgotten.
    """
    place = place_of(PLACE, response, zone)
    name = ledger.value(response, "name", "имя")
    code = read_code(name.text, CodeKind.PERSON)
    problem = _code_problem(code, roster) if roster.secret else ""
    if problem := problem or _name_problem(name, code.code, code.looks_like, response):
        ledger.hold(name, place, problem)
    group = _group(response, ledger, place)
    roles = _roles(response, ledger, place)
    birth = _birth(response, ledger, group, place, as_of)
    school_class = _class(response, ledger, group, place, settings)
    door.hold_returning(response, code.code, name.text, group, birth, ledger, place)
    if group is None or roles is None or response.response_id in ledger.verdicts:
        return None
    if not code.code and odd_letters(name.text):
        ledger.ask(
            name, place, f"в имени смешаны буквы разных алфавитов, прочли как «{shown_name(name.text)}»"
        )
    contact = response.text("contact")
    return Questionnaire(
        response_id=response.response_id,
        created=response.created,
        submitted=response.submitted,
        applied_on=response.created.astimezone(zone).date(),
        name=code.code or shown_name(name.text),
        key="" if code.code else name_key(name.text),
        code=code.code,
        group=group,
        roles=roles,
        birth_date=birth,
        school_class=school_class,
        representative=shown_name(response.text("representative")),
        contacts=parse_contacts(contact),
        contact_text=contact,
        occupation=response.text("occupation"),
        experience=response.text("experience"),
        needs=_chosen(response, "needs", "needs_both") if Role.MENTEE in roles else frozenset(),
        resources=_chosen(response, "resources") if Role.MENTOR in roles else frozenset(),
        capacity=_capacity(response, ledger, place) if Role.MENTOR in roles else 0,
        times=_chosen(response, "times"),
        wanted=_chosen(response, "wanted"),
        deleted=response.deleted,
    )


def place_of(form: str, response: Response, zone: tzinfo) -> str:
    """Return where an answer is found: the form and the local time of its submission."""
    local = response.submitted.astimezone(zone)
    return f"{form}, ответ от {local:%d.%m.%Y %H:%M}"


def _name_problem(name: Value, code: str, looks_like: str, response: Response) -> str:
    if code:
        return ""
    if looks_like:
        return f"код «{name.text}» написан с ошибкой (последний знак не сходится); впишите верный код или имя"
    if problem := wrong_name(name.text):
        return f"{problem}: «{name.text}»" if name.text else problem
    if response.text("who") == Group.PUPIL and name_key(name.text) == name_key(
        response.text("representative")
    ):
        return "вместо имени ребёнка вписано имя законного представителя; впишите имя ребёнка"
    return ""


def _code_problem(code: CodeReading, roster: Roster) -> str:
    """Say in Russian why an answer names no person of the list; what was written instead is not repeated."""
    if not code.code:
        return "вместо кода участника написано другое или код с ошибкой; впишите код из списков школы"
    if roster.people and roster.code_of(code.code) is None:
        return f"кода {code.code} нет в списках школы; впишите верный код или загрузите новые списки"
    return ""


def _group(response: Response, ledger: Ledger, place: str) -> Group | None:
    value = ledger.value(response, "who", "участник")
    found = next((group for group in Group if group == value.text.casefold()), None)
    if found is None:
        ledger.hold(value, place, f"не понятно, кто участник: «{value.text}»; впишите группу")
    return found


def _roles(response: Response, ledger: Ledger, place: str) -> frozenset[Role] | None:
    value = ledger.value(response, "participation", "роль")
    found = _ROLES.get(value.text.casefold())
    if found is None:
        text = f"не понятна роль: «{value.text}»; впишите «наставляемым», «наставником» или «и тем и другим»"
        ledger.hold(value, place, text)
    return found


def _birth(response: Response, ledger: Ledger, group: Group | None, place: str, as_of: date) -> date | None:
    value = ledger.value(response, "birth_date", "дата рождения")
    if not value.text:
        return None
    birth = parse_date(value.text)
    if birth is None:
        ledger.hold(value, place, f"такой даты рождения не бывает: «{value.text}»; впишите ДД.ММ.ГГГГ")
        return None
    age = age_on(birth, as_of)
    oldest = _OLDEST_PUPIL if group is Group.PUPIL else _OLDEST
    if not _YOUNGEST <= age <= oldest:
        said = "ещё не наступила" if birth > as_of else f"не подходит: полных лет — {age}"
        ledger.hold(value, place, f"дата рождения {printed(birth)} {said}; впишите верную")
    return birth


def _class(
    response: Response, ledger: Ledger, group: Group | None, place: str, settings: SchoolSettings
) -> str:
    value = ledger.value(response, "school_class", "класс")
    if group is not Group.PUPIL:
        return ""
    if not value.text:
        if not read_code(ledger.value(response, "name", "имя").text, CodeKind.PERSON).code:
            ledger.hold(value, place, "не указан класс; впишите его")
        return ""
    found = class_of_school(value.text, settings.classes)
    if found is not None:
        return str(found)
    suggestion = _nearest_class(value.text, settings.classes)
    if suggestion and value.accepted:
        return suggestion
    ledger.hold(value, place, f"такого класса в школе нет: «{value.text}»", suggestion=suggestion)
    return ""


def _nearest_class(text: str, classes: Sequence[str]) -> str:
    """Return the only class of the school that has the same grade, "" when there are several or none."""
    digits = "".join(letter for letter in text if letter.isdigit())
    parsed = [known for known in map(parse_class, classes) if known and str(known.grade) == digits]
    return str(parsed[0]) if len(parsed) == 1 else ""


def _capacity(response: Response, ledger: Ledger, place: str) -> int:
    """Return how many mentees a mentor takes; a number from a paper or a file stands, even below one."""
    value = ledger.value(response, "capacity", "вместимость")
    if not value.text:
        return 1
    if value.text in _CAPACITY:
        return _CAPACITY[value.text]
    if _NUMBER.fullmatch(value.text):
        return int(value.text.replace("−", "-"))
    text = f"сколько наставляемых готов взять, не понятно: «{value.text}»; пока считаем, что одного"
    ledger.ask(value, place, text)
    return 1


def _chosen(response: Response, *fields: str) -> frozenset[str]:
    return frozenset(text for name in fields for text in response.answers.get(name, ()) if text.strip())
