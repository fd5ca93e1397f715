"""Whom an answer means: a code, or a name that a person has to confirm first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sheets_sync.domain.classes import parse_class
from sheets_sync.domain.codes import CodeKind, find_codes, read_code
from sheets_sync.domain.intake.decisions import Ledger, Value
from sheets_sync.domain.intake.people import by_name
from sheets_sync.domain.names import name_key, name_words
from sheets_sync.domain.school import Person
from sheets_sync.domain.textforms import cleaned


@dataclass(frozen=True, slots=True)
class Directory:
    """All people by code and by folded name; `into` leads from retired codes to those that took them.

    Shape: `forgotten` are the codes of people whose data were destroyed.
    """

    people: Mapping[str, Person]
    names: Mapping[str, list[Person]]
    into: Mapping[str, str]
    pairs: frozenset[str] = frozenset()
    forgotten: frozenset[str] = frozenset()

    def person(self, code: str) -> str:
        """Return the code under which a person is known now, "" when nobody has it."""
        current = self.into.get(code, code)
        return current if current in self.people else ""

    def find(self, value: Value, ledger: Ledger, place: str) -> str:
        """Return the code of the participant that an answer names; "" holds the response back.

        A name instead of a code becomes a question with the code as suggestion.
        """
        reading = read_code(value.text, CodeKind.PERSON)
        if code := self.person(reading.code):
            return code
        if reading.code in self.forgotten:
            ledger.hold(value, place, f"код «{value.text}»: данные участника уничтожены; впишите верный код")
            return ""
        if reading.code or reading.looks_like:
            said = "никому не выдан" if reading.code else "написан с ошибкой"
            ledger.hold(value, place, f"код «{value.text}» {said}; впишите верный")
            return ""
        suggestion = self.named(value.text)
        if suggestion and value.accepted:
            return suggestion
        text = f"вместо кода написано «{value.text}»" if value.text else "код не указан"
        hint = "ответьте «да», если это он" if suggestion else "впишите код"
        ledger.hold(value, place, f"{text}; {hint}", suggestion=suggestion)
        return ""

    def named(self, text: str) -> str:
        """Return the code of the only person with the name (and class, when given) that a text holds."""
        name, school_class = _name_and_class(text)
        words = set(name_words(name))
        if len(words) < 2:
            return ""
        exact = self.names.get(name_key(name), [])
        found = exact or [person for person in self.people.values() if words <= set(name_words(person.name))]
        if school_class:
            found = [person for person in found if person.school_class == school_class]
        return found[0].code if len(found) == 1 else ""

    def mentioned(self, value: Value, ledger: Ledger, place: str, owner: str = "") -> tuple[str, ...]:
        """Return the codes that an answer mentions beside its subject; what is unclear is asked, not held."""
        if not value.text:
            return ()
        readings = find_codes(value.text, CodeKind.PERSON)
        # Whoever was forgotten is no question: the code means nobody any more.
        readings = tuple(one for one in readings if one.code not in self.forgotten)
        if not readings and find_codes(value.text, CodeKind.PERSON):
            return ()
        codes = [self.person(reading.code) for reading in readings]
        suggestion = self.named(value.text) if not readings else ""
        if suggestion and value.accepted:
            return (suggestion,)
        if not readings or "" in codes:
            ledger.ask(value, place, f"не понятно, о ком речь: «{value.text}»", suggestion=suggestion)
        if owner and owner in codes:
            ledger.ask(value, place, "участник назвал самого себя; впишите другой код или «пропустить»")
        return tuple(dict.fromkeys(code for code in codes if code and code != owner))


def directory(
    people: Iterable[Person],
    into: Mapping[str, str],
    pairs: Iterable[str],
    forgotten: Iterable[str] = (),
) -> Directory:
    """Make a directory of people, of the codes of pairs and of those of forgotten people."""
    known = {person.code: person for person in people}
    return Directory(known, by_name(known.values()), into, frozenset(pairs), frozenset(forgotten))


def _name_and_class(text: str) -> tuple[str, str]:
    """Split «Иванов Пётр Ильич, 7 а» into the name and the printed class."""
    words = cleaned(text).replace(",", " ").split(" ")
    for size in (1, 2, 3):
        if len(words) > size and (found := parse_class(" ".join(words[-size:]))):
            return " ".join(words[:-size]), str(found)
    return " ".join(words), ""
