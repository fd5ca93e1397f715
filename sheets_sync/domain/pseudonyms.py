"""The school that gives out codes: its forms ask for nothing by which a stranger could tell a person."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sheets_sync.domain.forms import FormSpec, Question
from sheets_sync.domain.roster import Roster
from sheets_sync.domain.school import Person

QUESTIONNAIRE = "application"
_LEFT_OUT = frozenset({"contact", "birth_date", "representative"})
_CODED = frozenset({"person"})
_HINT = "Например, У-017. Имя писать не нужно. Забыли код — спросите классного руководителя или куратора."


def asking_codes(form: FormSpec) -> FormSpec:
    """Return a form that asks for the school's code instead of a name, a birth date, a contact.

    Who a code is, how old and how to reach stands in the school's own list, which never leaves it.
    """
    sections = []
    for section in form.sections:
        questions = tuple(
            _coded(form, question)
            for question in section.questions
            if not (form.id == QUESTIONNAIRE and question.field in _LEFT_OUT)
        )
        sections.append(replace(section, questions=questions))
    return replace(form, sections=tuple(sections))


def names_by_code(people: Iterable[Person], refusals: Mapping[str, str], roster: Roster) -> dict[str, str]:
    """Return the names to print on paper at the school, by code, of those whom the consent gate admits.

    Shape: `refusals` are the codes that the gate does not admit; people whom the list lacks are left out.
    """
    listed = {person.code: roster.code_of(person.code) for person in people if person.code not in refusals}
    return {code: one.name for code, one in listed.items() if one is not None}


def _coded(form: FormSpec, question: Question) -> Question:
    if form.id == QUESTIONNAIRE and question.field == "name":
        title = "Код участника, который выдала школа"
        return replace(question, title=title, column="Код из анкеты", hint=_HINT)
    return replace(question, hint=_HINT) if question.field in _CODED else question
