"""Reading what a browser posts for one question, and saying in Russian what is wrong with it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sheets_sync.emulator.forms.questions import Json

OTHER = "__other_option__"
Fields = Mapping[str, Sequence[str]]

REQUIRED = "Это обязательный вопрос."
NOT_AN_OPTION = "Выберите вариант из списка."
ONE_ONLY = "Выберите только один вариант."
OTHER_EMPTY = "Впишите свой вариант."
BAD_DATE = "Такой даты нет. Укажите число, месяц и год, например 05.09.2022."
BAD_DAY = "Такой даты нет. Укажите число и месяц, например 05.09."
BAD_MOMENT = "Укажите дату и время, например 05.09.2022 14:30."
BAD_TIME = "Укажите время от 00:00 до 23:59, например 14:30."
BAD_DURATION = "Укажите продолжительность в часах и минутах, например 01:30."


@dataclass(frozen=True)
class Reading:
    """Values of one question as the API will show them, or what is wrong with them in Russian."""

    values: tuple[str, ...] = ()
    problem: str | None = None


def entry_names(question_id: str) -> tuple[str, str]:
    """Return the two names of a question's field: by its id, and by Google's decimal entry number.

    Source: on Google's pages `entry.N` is the decimal form of the API's hexadecimal question id
    (observed by many clients of prefilled links).
    """
    return f"entry.{question_id}", f"entry.{int(question_id, 16)}"


def read_answer(question: Json, columns: Json | None, fields: Fields) -> Reading:
    """Read one question's answer from posted fields and check it.

    `columns` are the choices of the grid when the question is a row of it. Text is kept byte for byte
    except NUL. Source: TextAnswer.value in the discovery document for the formats of values; that a
    text of spaces alone does not answer a required question is assumed.
    """
    reading = _READERS[_kind(question)](question, columns, fields)
    blank = not any(value.strip() for value in reading.values)
    if reading.problem is None and question.get("required") and blank:
        return Reading(reading.values, REQUIRED)
    return reading


def _kind(question: Json) -> str:
    return next(kind for kind in _READERS if kind in question)


def _posted(question: Json, fields: Fields, suffix: str = "") -> list[str]:
    by_id, by_number = entry_names(question["questionId"])
    values = [*fields.get(by_id + suffix, ()), *fields.get(by_number + suffix, ())]
    return [value for value in values if value != ""]


def _text(question: Json, _columns: Json | None, fields: Fields) -> Reading:
    posted = _posted(question, fields)
    return Reading(tuple(posted[:1]))


def _choice(question: Json, columns: Json | None, fields: Fields) -> Reading:
    choices = columns if columns is not None else question["choiceQuestion"]
    options = choices.get("options", [])
    plain = {option["value"] for option in options if not option.get("isOther")}
    takes_other = any(option.get("isOther") for option in options)
    many = choices.get("type") == "CHECKBOX"
    own_words = _posted(question, fields, ".other_option_response")
    posted = list(dict.fromkeys(_posted(question, fields)))
    if takes_other and own_words and OTHER not in posted and (many or not posted):
        posted.append(OTHER)
    if len(posted) > 1 and not many:
        return Reading(tuple(posted), ONE_ONLY)
    values: list[str] = []
    for value in posted:
        if value == OTHER and takes_other:
            if not own_words:
                return Reading(tuple(posted), OTHER_EMPTY)
            values.append(own_words[0])
        elif value in plain:
            values.append(value)
        else:
            return Reading(tuple(posted), NOT_AN_OPTION)
    return Reading(tuple(values))


def _number(low: int, high: int, question: Json, fields: Fields) -> Reading:
    posted = _posted(question, fields)
    if not posted:
        return Reading()
    if len(posted) > 1:
        return Reading(tuple(posted), ONE_ONLY)
    if posted[0] not in {str(number) for number in range(low, high + 1)}:
        return Reading(tuple(posted), f"Выберите число от {low} до {high}.")
    return Reading((posted[0],))


def _scale(question: Json, _columns: Json | None, fields: Fields) -> Reading:
    scale = question["scaleQuestion"]
    return _number(scale.get("low", 0), scale.get("high", 0), question, fields)


def _rating(question: Json, _columns: Json | None, fields: Fields) -> Reading:
    return _number(1, question["ratingQuestion"]["ratingScaleLevel"], question, fields)


_ISO_DATE = re.compile(r"(?:(\d{4})-)?(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}:\d{2})(?::\d{2})?)?")
_RUSSIAN_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})(?:\.(\d{4}))?(?: (\d{1,2}:\d{2}))?")
_CLOCK = re.compile(r"(\d{1,3}):(\d{2})(?::(\d{2}))?")


def _date(question: Json, _columns: Json | None, fields: Fields) -> Reading:
    kind = question["dateQuestion"]
    with_year, with_time = bool(kind.get("includeYear")), bool(kind.get("includeTime"))
    wrong = Reading((), BAD_MOMENT if with_time else BAD_DATE if with_year else BAD_DAY)
    year, month, day, clock = _date_parts(question, fields)
    if not any((year, month, day, clock)):
        return Reading()
    if not month or not day or (with_year and not year) or (with_time and not clock):
        return wrong
    try:
        moment = dt.date(int(year) if with_year else 2000, int(month), int(day))
        time = _clock_text(clock, 24) if with_time else ""
    except ValueError:
        return wrong
    value = moment.isoformat() if with_year else moment.isoformat()[5:]
    return Reading((f"{value} {time}" if with_time else value,))


def _date_parts(question: Json, fields: Fields) -> tuple[str, str, str, str]:
    """Return year, month, day and clock as posted in one field or in Google's several."""
    whole = "".join(_posted(question, fields)[:1])
    if iso := _ISO_DATE.fullmatch(whole):
        return iso[1] or "", iso[2], iso[3], iso[4] or ""
    if russian := _RUSSIAN_DATE.fullmatch(whole):
        return russian[3] or "", russian[2], russian[1], russian[4] or ""
    if whole:
        return "?", "?", "?", "?"
    year, month, day, hour, minute = (
        "".join(_posted(question, fields, suffix)[:1])
        for suffix in ("_year", "_month", "_day", "_hour", "_minute")
    )
    return year, month, day, f"{hour}:{minute.zfill(2)}" if hour else ""


def _time(question: Json, _columns: Json | None, fields: Fields) -> Reading:
    lasting = bool(question["timeQuestion"].get("duration"))
    whole = "".join(_posted(question, fields)[:1])
    if not whole:
        parts = ["".join(_posted(question, fields, suffix)[:1]) for suffix in ("_hour", "_minute", "_second")]
        if not any(parts):
            return Reading()
        whole = f"{parts[0] or '0'}:{parts[1].zfill(2) or '00'}" + (
            f":{parts[2].zfill(2)}" if parts[2] else ""
        )
    try:
        return Reading((_clock_text(whole, 73 if lasting else 24),))
    except ValueError:
        return Reading((), BAD_DURATION if lasting else BAD_TIME)


def _clock_text(text: str, hours: int) -> str:
    """Return HH:MM; seconds are kept only when they are not zero (assumed). ValueError if out of range."""
    found = _CLOCK.fullmatch(text)
    if found is None or int(found[1]) >= hours or int(found[2]) > 59 or int(found[3] or 0) > 59:
        raise ValueError(text)
    seconds = f":{found[3]}" if found[3] and int(found[3]) else ""
    return f"{int(found[1]):02d}:{found[2]}{seconds}"


_READERS: dict[str, Callable[[Json, Json | None, Fields], Reading]] = {
    "textQuestion": _text,
    "choiceQuestion": _choice,
    "rowQuestion": _choice,
    "scaleQuestion": _scale,
    "ratingQuestion": _rating,
    "dateQuestion": _date,
    "timeQuestion": _time,
}
