"""What people have done to a form since it was made: renamed, moved, retyped, deleted, repeated, added."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sheets_sync.domain.findings import Finding, Severity
from sheets_sync.domain.forms import CHOOSING, FormSpec, Kind, Question
from sheets_sync.domain.textforms import cleaned, folded

_FAMILIES = (frozenset({Kind.TEXT, Kind.PARAGRAPH}), CHOOSING)
"""Kinds whose answers mean the same to the program, so that one may become another."""


@dataclass(frozen=True, slots=True)
class StandingQuestion:
    """A question as the form has it now; `kind` is None for one that the program knows nothing of."""

    id: str
    title: str
    kind: Kind | None


@dataclass(frozen=True, slots=True)
class FormChanges:
    """`broken` stops a run before it writes, each in Russian; `notes` are shown in «Вопросы к данным»."""

    broken: tuple[str, ...] = ()
    notes: tuple[Finding, ...] = ()


def changes_of(
    form: FormSpec, followed: Mapping[str, str], standing: Sequence[StandingQuestion]
) -> FormChanges:
    """Compare a form as it stands, in the order of its questions, with its declaration.

    Shape: `followed` maps the ids that the program follows to fields; a field that the declaration no longer
    has is not missed.
    """
    asked = {question.field: question for question in form.questions}
    by_id = {question.id: question for question in standing}
    broken = []
    notes = []
    for number, field in followed.items():
        question, found = asked.get(field), by_id.get(number)
        if question is None:
            continue
        if found is None:
            broken.append(f"Форма «{form.title}»: вопрос «{question.title}» удалён")
        elif not _same_kind(found.kind, question.kind):
            broken.append(f"Форма «{form.title}»: у вопроса «{question.title}» другой вид ответа")
        elif folded(found.title) != folded(question.title):
            text = f"вопрос «{question.title}» теперь называется «{cleaned(found.title)}»: читаем по-прежнему"
            notes.append(_note(form, number, text, Severity.NOTE))
    notes += _strangers(form, followed, standing)
    order = [followed[one.id] for one in standing if followed.get(one.id) in asked]
    if order != [question.field for question in form.questions if question.field in order]:
        text = "порядок вопросов изменён: на ответы это не влияет"
        notes.append(_note(form, "порядок", text, Severity.NOTE))
    return FormChanges(tuple(broken), tuple(notes))


def linked_again(
    form: FormSpec, followed: Mapping[str, str], standing: Sequence[StandingQuestion]
) -> dict[str, str]:
    """Return the followed ids with deleted questions replaced by new ones of the same title and kind.

    Only a title that one question alone bears is taken; everything else stays for a person.
    """
    here = {question.id for question in standing}
    found = dict(followed)
    lost = {field for number, field in followed.items() if number not in here}
    lost |= {question.field for question in form.questions} - set(followed.values())
    for question in form.questions:
        titles = {folded(question.title), folded(question.header)}
        same = [
            one
            for one in standing
            if one.id not in followed and folded(one.title) in titles and _same_kind(one.kind, question.kind)
        ]
        if question.field in lost and len(same) == 1:
            found = {number: field for number, field in found.items() if field != question.field}
            found[same[0].id] = question.field
    return found


def _strangers(
    form: FormSpec, followed: Mapping[str, str], standing: Sequence[StandingQuestion]
) -> list[Finding]:
    titles = {folded(question.title): question for question in form.questions}
    notes = []
    for one in standing:
        if one.id in followed:
            continue
        copied: Question | None = titles.get(folded(one.title))
        if copied is not None:
            text = (
                f"вопрос «{copied.title}» стоит дважды: ответы на копию программа не читает; "
                "удалите копию из формы"
            )
        else:
            text = (
                f"новый вопрос «{cleaned(one.title)}»: ответы остаются в форме, программа их не читает; "
                "чтобы читала, опишите его в config/forms/"
            )
        notes.append(_note(form, one.id, text, Severity.QUESTION))
    return notes


def _same_kind(standing: Kind | None, declared: Kind) -> bool:
    return standing is declared or any(standing in family and declared in family for family in _FAMILIES)


def _note(form: FormSpec, what: str, text: str, severity: Severity) -> Finding:
    return Finding(f"форма/{form.id}/{what}", f"Форма «{form.title}»", text, severity, subject=form.id)
