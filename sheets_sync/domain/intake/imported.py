"""Answers from a file: paper questionnaires typed in, another host's form, a form's own table of answers.

They become responses like any other, under ids made of what they say, so that the same line is never taken
twice, whatever the file is called, and one that was put right comes beside the old one and never over it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, tzinfo

from sheets_sync.domain.dates import parse_date
from sheets_sync.domain.forms import FormSpec, Kind, Question
from sheets_sync.domain.intake.decisions import mark
from sheets_sync.domain.responses import IMPORTED, Response
from sheets_sync.domain.textforms import cleaned, folded

_SIGNED = re.compile(r"[-−+]\s*\d+")
_TIMES = ("отметка времени", "timestamp", "дата заполнения", "дата отправки", "отправлен", "заполнено")
_IDS = ("id", "id ответа", "response id", "код ответа", "номер анкеты")
_HEADER_ROWS = 15
_MOMENT = re.compile(r"(\S+?)[ T](\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?Z?")


@dataclass(frozen=True, slots=True)
class FileAnswers:
    """Responses of a file in its order.

    Shape: `rows` holds the line of each response as people count lines; `missing` are required questions
    without a column, `unknown` columns that no question of the form bears; `future` lines dated after the
    day of the import, which are left out; `understood` is False when no line names the questions.
    """

    responses: tuple[Response, ...] = ()
    rows: Mapping[str, int] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    future: tuple[int, ...] = ()
    understood: bool = True


def answers_of_file(lines: Sequence[Sequence[str]], form: FormSpec, day: date, zone: tzinfo) -> FileAnswers:
    """Read the lines of a file as answers to a form.

    Shape: columns are known by a question's title, its column's header or its field; a line without a time of
    its own counts as given at noon of `day`, the day of the import.
    """
    place, fields, special, unknown = _header(lines, form)
    if place < 0:
        return FileAnswers(understood=False)
    missing = tuple(
        one.title for one in form.sections[0].questions if one.required and one.field not in fields.values()
    )
    questions = {one.field: one for one in form.questions}
    responses: list[Response] = []
    rows: dict[str, int] = {}
    future: list[int] = []
    seen: Counter[tuple[str, ...]] = Counter()
    for number, line in enumerate(lines[place + 1 :], place + 2):
        texts = {field: line[index] for index, field in fields.items() if index < len(line)}
        answers = {field: found for field, text in texts.items() if (found := _given(text, questions[field]))}
        if not answers:
            continue
        moment = _moment(_cell(line, special.get("time")), zone) or _noon(day, zone)
        if moment.astimezone(zone).date() > day:
            future.append(number)
            continue
        key = _key(answers, line, special)
        seen[key] += 1
        response_id = f"{IMPORTED}{mark(form.id, *key, str(seen[key]), size=8)}"
        responses.append(Response(form.id, response_id, moment, moment, answers))
        rows[response_id] = number
    return FileAnswers(tuple(responses), rows, missing, unknown, tuple(future))


def _key(
    answers: Mapping[str, Sequence[str]], line: Sequence[str], special: Mapping[str, int]
) -> tuple[str, ...]:
    said = [f"{field}={text}" for field in sorted(answers) for text in answers[field]]
    return (_cell(line, special.get("id")), _cell(line, special.get("time")), *said)


def _header(
    lines: Sequence[Sequence[str]], form: FormSpec
) -> tuple[int, dict[int, str], dict[str, int], tuple[str, ...]]:
    known: dict[str, str] = {}
    for question in form.questions:
        for title in (question.field, question.header, question.title):
            known.setdefault(folded(title), question.field)
    best: tuple[int, dict[int, str]] = (-1, {})
    for place, line in enumerate(lines[:_HEADER_ROWS]):
        fields: dict[int, str] = {}
        for index, cell in enumerate(line):
            field = known.get(folded(cell))
            if field and field not in fields.values():
                fields[index] = field
        if len(fields) > len(best[1]):
            best = (place, fields)
    place, fields = best
    if place < 0 or len(fields) < min(2, len(form.questions)):
        return -1, {}, {}, ()
    special: dict[str, int] = {}
    unknown = []
    for index, cell in enumerate(lines[place]):
        title = folded(cell)
        if index in fields or not title:
            continue
        if title in _TIMES:
            special.setdefault("time", index)
        elif title in _IDS:
            special.setdefault("id", index)
        else:
            unknown.append(cleaned(cell))
    return place, fields, special, tuple(unknown)


def _given(text: str, question: Question) -> tuple[str, ...]:
    if not text.strip():
        return ()
    if question.kind is Kind.CHECKBOX:
        return tuple(dict.fromkeys(_choices(text, question.options)))
    if question.kind in {Kind.CHOICE, Kind.DROPDOWN}:
        return (_option(text, question.options),)
    return (text,)


def _option(text: str, options: Sequence[str]) -> str:
    if _SIGNED.fullmatch(cleaned(text)):
        return cleaned(text)  # folding would take the minus away: −2 is not 2
    return next((one for one in options if folded(one) == folded(text)), cleaned(text))


def _choices(text: str, options: Sequence[str]) -> Iterator[str]:
    """Tell several options of one cell apart; an option may itself hold commas («проект, олимпиада»)."""
    for piece in re.split(r"[;\n]", text):
        words = [word for part in piece.split(",") if (word := cleaned(part))]
        while words:
            size = next(
                (
                    size
                    for size in range(len(words), 1, -1)
                    if any(folded(one) == folded(", ".join(words[:size])) for one in options)
                ),
                1,
            )
            yield _option(", ".join(words[:size]), options)
            words = words[size:]


def _cell(line: Sequence[str], index: int | None) -> str:
    return cleaned(line[index]) if index is not None and index < len(line) else ""


def _moment(text: str, zone: tzinfo) -> datetime | None:
    found = _MOMENT.fullmatch(text)
    day = parse_date((found[1] if found else text).replace("/", "."))
    if day is None:
        return None
    if found is None:
        return _noon(day, zone)
    hour, minute, second = int(found[2]), int(found[3]), int(found[4] or 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    return datetime.combine(day, time(hour, minute, second), zone).astimezone(UTC)


def _noon(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(12), zone).astimezone(UTC)
