"""How people stand in documents: rows of appendices, acquaintance sheets, and who may be named at all."""

from collections.abc import Iterable

from sheets_sync.domain.documents.content import Line
from sheets_sync.domain.documents.facts import Facts
from sheets_sync.domain.school import Pair

WITHHELD = "имя не указывается"


def name_or_none(code: str, facts: Facts) -> str:
    """Return a person's name, "" when the gate does not let it out."""
    person = facts.people.get(code)
    return person.name if person is not None and code not in facts.refusals else ""


def name_in_table(code: str, facts: Facts) -> str:
    """Return a person's name, or the code with a word that the name is withheld."""
    return name_or_none(code, facts) or f"{code}, {WITHHELD}"


def pair_cells(pair: Pair, facts: Facts) -> tuple[str, ...]:
    """Return a row of the appendix: the pair, who mentors whom, from which class or post, in which form."""
    names = [(facts.people[code].name, facts.post_of(code)) for code in (pair.mentor, pair.mentee)]
    return (pair.code, *names[0], *names[1], pair.form)


def pair_decision(pair: Pair, facts: Facts) -> tuple[str, ...]:
    """Return what an order decides by a row of its appendix: who mentors whom, and in which form."""
    return (pair.code, *(facts.people[code].name for code in (pair.mentor, pair.mentee)), pair.form)


def acquaintance(codes: Iterable[str], facts: Facts) -> tuple[Line, ...]:
    """Return the rows of an acquaintance sheet: each of these people once, by name, and the curator."""
    once = dict.fromkeys(code for code in codes if name_or_none(code, facts))
    people = sorted(once, key=lambda code: (facts.people[code].name, code))
    curator = Line("куратор", (facts.settings.curator_name, "", ""))
    return (curator, *(Line(code, (facts.people[code].name, "", "")) for code in people))
