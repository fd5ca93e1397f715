"""What participants say by their code: after the networking meeting (Ф2) and in diagnostics (Ф4)."""

from collections.abc import Iterable
from datetime import tzinfo

from sheets_sync.domain.intake.decisions import Ledger
from sheets_sync.domain.intake.questionnaires import place_of
from sheets_sync.domain.intake.references import Directory
from sheets_sync.domain.responses import Response
from sheets_sync.domain.school import Diagnostic, NetworkingAnswer, Role

NETWORKING = "После общей встречи"
DIAGNOSTIC = "Диагностика и отзыв"
SCALES = ("calm", "goal", "support", "confidence", "interest", "useful")
"""Fields of form Ф4 in the order of `Diagnostic.scales`."""


def networking_answers(
    responses: Iterable[Response], people: Directory, ledger: Ledger, zone: tzinfo
) -> tuple[NetworkingAnswer, ...]:
    """Read the answers after the meeting; of several by one person in one role the newest counts."""
    found: dict[tuple[str, Role], NetworkingAnswer] = {}
    for response in responses:
        answer = _networking(response, people, ledger, zone)
        if answer is not None:
            found[answer.person, answer.role] = answer
    return tuple(found.values())


def diagnostics(
    responses: Iterable[Response], people: Directory, ledger: Ledger, zone: tzinfo
) -> tuple[Diagnostic, ...]:
    """Read the diagnostics, all of them, oldest first."""
    read = (_diagnostic(response, people, ledger, zone) for response in responses)
    return tuple(answer for answer in read if answer is not None)


def _networking(
    response: Response, people: Directory, ledger: Ledger, zone: tzinfo
) -> NetworkingAnswer | None:
    place = place_of(NETWORKING, response, zone)
    person = people.find(ledger.value(response, "person", "код"), ledger, place)
    role = _role(response, ledger, place) if person else None
    if role is None:
        return None
    choices = [
        code
        for number in (1, 2, 3)
        for code in people.mentioned(
            ledger.value(response, f"choice_{number}", f"выбор {number}"), ledger, place, person
        )
    ]
    avoids = people.mentioned(ledger.value(response, "avoid", "не хотелось бы"), ledger, place, person)
    return NetworkingAnswer(
        person=person,
        role=role,
        on=response.created.astimezone(zone).date(),
        choices=tuple(dict.fromkeys(code for code in choices if code not in avoids)),
        avoids=avoids,
        group_preference=response.text("group_preference"),
        usefulness=_scale(response, "usefulness", 5),
        response_id=response.response_id,
    )


def _diagnostic(response: Response, people: Directory, ledger: Ledger, zone: tzinfo) -> Diagnostic | None:
    place = place_of(DIAGNOSTIC, response, zone)
    person = people.find(ledger.value(response, "person", "код"), ledger, place)
    role = _role(response, ledger, place) if person else None
    if role is None:
        return None
    glad = response.text("glad")
    return Diagnostic(
        person=person,
        role=role,
        on=response.created.astimezone(zone).date(),
        scales=tuple(_scale(response, name, 10) for name in SCALES),
        satisfaction=_scale(response, "satisfaction", 10),
        glad={"да": True, "нет": False}.get(glad),
        expectations=response.text("expectations"),
        wants_more=response.text("wants_more"),
        was_at_game=response.text("was_at_game"),
        response_id=response.response_id,
        valued=response.text("valued"),
        improve=response.text("improve"),
    )


def _role(response: Response, ledger: Ledger, place: str) -> Role | None:
    value = ledger.value(response, "role", "роль")
    found = next((role for role in Role if role == value.text.casefold()), None)
    if found is None:
        ledger.hold(value, place, f"не понятна роль: «{value.text}»; впишите «наставник» или «наставляемый»")
    return found


def _scale(response: Response, name: str, high: int) -> int | None:
    text = response.text(name).strip()
    value = int(text) if text.isascii() and text.isdigit() and len(text) < 3 else 0
    return value if 1 <= value <= high else None
