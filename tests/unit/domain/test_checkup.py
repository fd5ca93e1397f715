"""One next step out of many lines."""

from sheets_sync.domain.checkup import Advice, Check, Checkup, Found, carried_out
from sheets_sync.errors import NotFoundError, TemplateError


def good() -> str:
    return "на месте"


def gone() -> str:
    raise NotFoundError("нет файла", hint="откройте доступ")


def torn() -> str:
    raise TemplateError("нет поля", hint="верните поле")


def advised() -> Advice:
    return Advice("не установлено", "установите")


def test_f53_what_is_wrong_comes_before_what_is_advised_and_the_first_before_the_second() -> None:
    found = Checkup(
        list(carried_out([Check("р", advised), Check("а", good), Check("б", gone), Check("в", torn)]))
    )
    assert (found.next_step, found.exit_code) == ("откройте доступ", 6)
    assert [line.found for line in found.lines] == [Found.ADVISED, Found.GOOD, Found.WRONG, Found.WRONG]


def test_f53_what_needs_a_thing_that_is_wrong_is_not_judged() -> None:
    checks = [Check("б", gone), Check("в", torn, ("б",)), Check("г", torn, ("в",)), Check("д", good)]
    found = list(carried_out(checks))
    assert [(line.title, line.found) for line in found] == [
        ("б", Found.WRONG),
        ("в", Found.UNKNOWN),
        ("г", Found.UNKNOWN),
        ("д", Found.GOOD),
    ]
    assert found[1].line() == "не проверено: в — сначала — б"


def test_f53_advice_alone_stops_nothing() -> None:
    found = Checkup(list(carried_out([Check("а", good), Check("р", advised)])))
    assert (found.exit_code, found.next_step, found.to_json()["ok"]) == (0, "установите", True)
    assert Checkup(list(carried_out([Check("а", good)]))).next_step == "Ничего делать не нужно"
