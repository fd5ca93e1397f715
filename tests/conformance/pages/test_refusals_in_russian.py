"""What a person in a browser reads when no page answers; programs keep the line that they know."""

from __future__ import annotations

import http.client

import pytest

from sheets_sync.emulator.pages import routing
from sheets_sync.emulator.store import Store, WorkspaceLockedError
from tests.conformance.pages.test_attacks import URLENCODED, Target, own_target

__all__ = ["own_target"]
WINDOW = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def asked(
    target: Target, method: str, path: str, headers: dict[str, str], body: bytes = b""
) -> tuple[int, str, str]:
    """Return status, content type and text of an answer."""
    door = http.client.HTTPConnection("127.0.0.1", target.port, timeout=20)
    door.putrequest(method, path, skip_host="host" in headers)
    for name, value in {"content-length": str(len(body)), **headers}.items():
        door.putheader(name, value)
    door.endheaders(body)
    answer = door.getresponse()
    told = (answer.status, answer.headers["content-type"], answer.read().decode())
    door.close()
    return told


REFUSED: tuple[tuple[str, str, dict[str, str], int, str], ...] = (
    ("GET", "/нет такой", {}, 404, "Такой страницы нет"),
    ("GET", "/", {"host": "rebound.example"}, 421, "Спросите адрес у администратора"),
    ("POST", "/signin", {"origin": "http://evil.example"}, 403, "Запрос пришёл с чужой страницы"),
    ("POST", "/signin", {"content-length": str(10**12)}, 413, "Отправьте меньше"),
)


@pytest.mark.parametrize(("method", "path", "headers", "status", "told"), REFUSED)
def test_f63_a_refusal_before_any_page_is_a_page_in_russian(
    own_target: Target, method: str, path: str, headers: dict[str, str], status: int, told: str
) -> None:
    path = path.replace("нет такой", "%D0%BD%D0%B5%D1%82")
    found = asked(own_target, method, path, {"accept": WINDOW, "content-type": URLENCODED, **headers})
    assert found[:2] == (status, "text/html; charset=utf-8")
    assert told in found[2] and 'lang="ru"' in found[2] and "rebound.example" not in found[2]
    program = asked(own_target, method, path, {"accept": "*/*", "content-type": URLENCODED, **headers})
    assert program[0] == status and told not in program[2]


def test_a_busy_database_and_a_bug_are_told_in_russian(
    own_target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object, **__: object) -> None:
        raise WorkspaceLockedError("used")

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as changed:
        changed.setattr(Store, "transaction", locked)
        found = asked(own_target, "GET", "/", {"accept": WINDOW})
        assert found[0] == 503 and "Подождите минуту" in found[2]
    with monkeypatch.context() as changed:
        changed.setattr(routing, "_find", broken)
        found = asked(own_target, "GET", "/", {"accept": WINDOW})
        assert found[0] == 500 and "сообщите администратору" in found[2] and "ZeroDivision" not in found[2]
