"""A form's page prepared for its template: questions with what was typed and what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sheets_sync.emulator.forms.items import questions_of
from sheets_sync.emulator.forms.navigation import Section
from sheets_sync.emulator.forms.questions import Json, question_kind
from sheets_sync.emulator.forms.readings import OTHER, Fields, entry_names

_SUFFIXES = ("", ".other_option_response", "_year", "_month", "_day", "_hour", "_minute", "_second")
MONTHS = (
    *("января", "февраля", "марта", "апреля", "мая", "июня"),
    *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
)


@dataclass(frozen=True)
class QuestionView:
    """One question: `name` of its field, `widget` of the template, typed `values`, a Russian `problem`."""

    name: str
    widget: str
    title: str
    required: bool
    values: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    takes_other: bool = False
    other_text: str = ""
    labels: tuple[str, str] = ("", "")
    parts: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""


@dataclass(frozen=True)
class ItemView:
    """One item: a question, a grid of them (`columns` given), or a text, picture or film without one."""

    kind: str
    title: str
    description: str
    questions: tuple[QuestionView, ...] = ()
    columns: tuple[str, ...] = ()
    link: str = ""
    caption: str = ""


def page_items(page: Section, fields: Fields, problems: Mapping[str, str]) -> list[ItemView]:
    """Prepare the items of one page; `problems` are Russian texts by question id."""
    return [_item_view(item, fields, problems) for item in page.items]


def own_fields(pages: Iterable[Section]) -> frozenset[str]:
    """Return the names of all fields that belong to the questions of these pages."""
    return frozenset(
        name + suffix
        for page in pages
        for question in page.questions()
        for name in entry_names(question["questionId"])
        for suffix in _SUFFIXES
    )


def fields_of_answers(items: Sequence[Json], answers: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Turn stored answers back into the fields that would post them, for an edit link."""
    fields: dict[str, list[str]] = {}
    for item in items:
        for question in questions_of(item):
            values = list(answers.get(question["questionId"], ()))
            if not values:
                continue
            name = entry_names(question["questionId"])[1]
            plain, takes_other = _options(question.get("choiceQuestion", {}))
            strange = [value for value in values if value not in plain]
            if takes_other and strange:
                fields[f"{name}.other_option_response"] = strange[:1]
                values = [value for value in values if value in plain] + [OTHER]
            fields[name] = values
    return fields


def _item_view(item: Json, fields: Fields, problems: Mapping[str, str]) -> ItemView:
    title, description = item.get("title", ""), item.get("description", "")
    if "questionItem" in item:
        question = item["questionItem"]["question"]
        view = _question_view(question, title, None, fields, problems)
        return ItemView("question", title, description, (view,))
    if "questionGroupItem" in item:
        columns = item["questionGroupItem"]["grid"]["columns"]
        rows = tuple(
            _question_view(row, row["rowQuestion"].get("title", ""), columns, fields, problems)
            for row in questions_of(item)
        )
        return ItemView("grid", title, description, rows, _options(columns)[0])
    if "videoItem" in item:
        film = item["videoItem"]
        link = _web(film.get("video", {}).get("youtubeUri", ""))
        return ItemView("film", title, description, link=link, caption=film.get("caption", ""))
    if "imageItem" in item:
        image = item["imageItem"]["image"]
        link = _web(image.get("contentUri", ""))
        return ItemView("picture", title, description, link=link, caption=image.get("altText", ""))
    return ItemView("text", title, description)


def _web(link: str) -> str:
    """Return a link if it leads to the web; pictures of other places are linked to, never loaded."""
    return link if link.startswith(("https://", "http://")) else ""


def _question_view(
    question: Json, title: str, columns: Json | None, fields: Fields, problems: Mapping[str, str]
) -> QuestionView:
    kind = question_kind(question)
    by_id, name = entry_names(question["questionId"])
    values = (*fields.get(by_id, ()), *fields.get(name, ()))
    choices = columns or question.get("choiceQuestion", {})
    options, takes_other = _options(choices)
    labels = ("", "")
    if kind in ("scaleQuestion", "ratingQuestion"):
        scale = question[kind]
        low, high = scale.get("low", 0), scale.get("high", 0)
        if kind == "ratingQuestion":
            low, high = 1, scale["ratingScaleLevel"]
        options = tuple(str(number) for number in range(low, high + 1))
        labels = (scale.get("lowLabel", ""), scale.get("highLabel", ""))
    other = [
        *fields.get(f"{by_id}.other_option_response", ()),
        *fields.get(f"{name}.other_option_response", ()),
    ]
    return QuestionView(
        name,
        _widget(kind, question, choices),
        title,
        bool(question.get("required")),
        values,
        options,
        takes_other,
        "".join(other[:1]),
        labels,
        _parts(name, by_id, fields),
        problems.get(question["questionId"], ""),
    )


def _options(choices: Json) -> tuple[tuple[str, ...], bool]:
    options = choices.get("options", [])
    plain = tuple(option["value"] for option in options if not option.get("isOther"))
    return plain, len(plain) < len(options)


def _widget(kind: str, question: Json, choices: Json) -> str:
    if kind in ("choiceQuestion", "rowQuestion"):
        return {"CHECKBOX": "checkbox", "DROP_DOWN": "select"}.get(choices["type"], "radio")
    if kind == "textQuestion":
        return "paragraph" if question[kind].get("paragraph") else "line"
    if kind == "dateQuestion":
        with_year, with_time = question[kind].get("includeYear"), question[kind].get("includeTime")
        if with_year:
            return "moment" if with_time else "date"
        return "daytime" if with_time else "day"
    if kind == "timeQuestion":
        return "duration" if question[kind].get("duration") else "time"
    if kind == "ratingQuestion":
        return {"HEART": "hearts", "THUMB_UP": "thumbs"}.get(question[kind]["iconType"], "stars")
    return "scale"


def _parts(name: str, by_id: str, fields: Fields) -> dict[str, str]:
    """Return year, month, day, hour, minute as typed, or cut from a whole value such as 05-19 14:51."""
    parts = {
        suffix: "".join([*fields.get(f"{by_id}_{suffix}", ()), *fields.get(f"{name}_{suffix}", ())][:1])
        for suffix in ("year", "month", "day", "hour", "minute")
    }
    whole = "".join([*fields.get(by_id, ()), *fields.get(name, ())][:1])
    if whole and not any(parts.values()):
        date, _, clock = whole.rpartition(" ") if " " in whole else ("", "", whole)
        if ":" not in clock:
            date, clock = clock, ""
        month, _, day = date[-5:].partition("-")
        hour, _, minute = clock.partition(":")
        parts |= {"month": month, "day": day, "hour": hour, "minute": minute[:2]}
    return {name: value.lstrip("0") or value[-1:] for name, value in parts.items()}
