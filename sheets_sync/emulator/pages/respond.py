"""The respondent's side of a form: pages to fill one after another, and the address that takes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.forms import tables
from sheets_sync.emulator.forms.intake import EDIT_FIELD, is_open, response_to_edit, submit
from sheets_sync.emulator.forms.navigation import SUBMIT, Section, next_page, sections
from sheets_sync.emulator.forms.submission import EMAIL_FIELD, read_pages, read_submission
from sheets_sync.emulator.pages.fields import Fields
from sheets_sync.emulator.pages.filled import filled_before, note_filled
from sheets_sync.emulator.pages.formview import MONTHS, fields_of_answers, own_fields, page_items
from sheets_sync.emulator.pages.rendering import html, notice
from sheets_sync.emulator.wire import Response

STEP, PAGE, WAY, KEY = "step", "page", "way", "sent"
CLOSED = "Форма больше не принимает ответы"


@dataclass(frozen=True)
class Filling:
    """A form half filled: its pages, all fields so far, the pages passed and the one shown."""

    form: tables.FormRow
    pages: list[Section]
    fields: Fields
    way: tuple[int, ...] = ()
    at: int = 0
    edited: tables.ResponseRow | None = None


def show(call: Call, name: str, query: Fields) -> Response:
    """Show the first page of a form; `entry.N` in the query fills it in, `edit2` opens a stored answer."""
    form = tables.load_form(call.tx, name)
    if form is None:
        return _missing(call)
    if not is_open(call, form):
        return _closed(call, form)
    pages = sections(form.body["items"])
    token = "".join(query.get(EDIT_FIELD, ())[:1])
    if not token:
        return _page(call, Filling(form, pages, _prefilled(pages, query)))
    edited = response_to_edit(call, form, token)
    if edited is None:
        return _no_edit(call)
    fields = fields_of_answers(form.body["items"], edited.body["answers"])
    return _page(call, Filling(form, pages, fields | {EMAIL_FIELD: [edited.email]}, edited=edited))


def take(call: Call, name: str, fields: Fields) -> Response:
    """Take a posted page. Without `step` the fields are the whole answer, as Google's formResponse takes it.

    Answers 200 with a confirmation when stored, 400 with the page and its problems, 403 when the form is
    closed, 404 when there is none. `step=next` and `step=back` only turn the page.
    Source: address and `entry.N` fields as on Google's pages; the statuses are assumed.
    """
    form = tables.load_form(call.tx, name)
    if form is None:
        return _missing(call)
    if not is_open(call, form):
        return _closed(call, form)
    token = "".join(fields.get(EDIT_FIELD, ())[:1])
    edited = response_to_edit(call, form, token) if token else None
    if token and edited is None:
        return _no_edit(call)
    pages = sections(form.body["items"])
    way, at = _place(fields, len(pages))
    filling = Filling(form, pages, fields, way, at, edited)
    step = "".join(fields.get(STEP, ())[:1])
    if step == "back":
        return _page(call, _moved(filling, way[:-1], way[-1] if way else 0))
    if step == "next" and at != SUBMIT:
        return _turn(call, filling)
    return _finish(call, filling)


def _turn(call: Call, filling: Filling) -> Response:
    page = filling.pages[filling.at]
    judged = read_submission(filling.form.body, filling.fields)
    readings = read_pages([page], filling.fields)
    problems = {asked: reading.problem for asked, reading in readings.items() if reading.problem}
    problems |= {asked: text for asked, text in judged.problems.items() if asked in readings}
    if filling.at == 0 and (text := judged.problems.get(EMAIL_FIELD)):
        problems[EMAIL_FIELD] = text
    if problems:
        return _page(call, filling, problems, status=400)
    answers = {asked: reading.values for asked, reading in readings.items()}
    follow = next_page(filling.pages, filling.at, answers)
    return _page(call, _moved(filling, (*filling.way, filling.at), follow))


def _finish(call: Call, filling: Filling) -> Response:
    key = "".join(filling.fields.get(KEY, ())[:1])
    if key and (token := filled_before(call, filling.form.id, key)):
        return _confirmation(call, filling.form, token)
    receipt = submit(call, filling.form, filling.fields, filling.edited)
    if not receipt.submission.problems:
        if key:
            note_filled(call, filling.form.id, key, receipt.edit_token)
        return _confirmation(call, filling.form, receipt.edit_token)
    problems = receipt.submission.problems
    for place, index in enumerate(receipt.submission.pages):
        own = {question["questionId"] for question in filling.pages[index].questions()}
        if own & set(problems) or (index == 0 and EMAIL_FIELD in problems):
            return _page(call, _moved(filling, receipt.submission.pages[:place], index), problems, status=400)
    return _page(call, _moved(filling, (), 0), problems, status=400)


def _moved(filling: Filling, way: tuple[int, ...], at: int) -> Filling:
    return Filling(filling.form, filling.pages, filling.fields, way, at, filling.edited)


def _page(
    call: Call, filling: Filling, problems: Mapping[str, str | None] | None = None, status: int = 200
) -> Response:
    told = {asked: text for asked, text in (problems or {}).items() if text}
    last = filling.at == SUBMIT
    page = (
        Section("", "Вопросы закончились", "Проверьте и отправьте ответы.", ())
        if last
        else filling.pages[filling.at]
    )
    asks_email = (
        filling.at == 0 and filling.form.body["settings"].get("emailCollectionType") == "RESPONDER_INPUT"
    )
    here = own_fields([page]) | ({EMAIL_FIELD} if asks_email else frozenset())
    kept = [
        (name, value)
        for name, values in filling.fields.items()
        if (name.startswith("entry.") or name == EMAIL_FIELD) and name not in here
        for value in values
    ]
    items = page_items(page, filling.fields, told)
    passed = len(filling.pages) if last else filling.at
    return html(
        call,
        "form.html",
        status,
        form=_head(filling.form),
        address=f"/forms/d/e/{filling.form.published_id}/formResponse",
        section=page,
        items=items,
        asks_email=asks_email,
        email="".join(filling.fields.get(EMAIL_FIELD, ())[:1]),
        problems=told,
        first_wrong=next((one.name for item in items for one in item.questions if one.problem), ""),
        kept=kept,
        way=",".join(map(str, filling.way)),
        at=filling.at,
        first=not filling.way,
        final=last or _surely_last(filling.pages, filling.at),
        done=round(100 * (passed + 1) / (len(filling.pages) + 1)),
        several=len(filling.pages) > 1,
        key="".join(filling.fields.get(KEY, ())[:1]) or call.ids.token(22),
        edit_token=filling.edited.edit_token if filling.edited else "",
        months=MONTHS,
    )


def _surely_last(pages: list[Section], at: int) -> bool:
    """Tell whether every answer on this page ends the form, so that the button may say «Отправить»."""
    leads = [
        option
        for question in pages[at].questions()
        for option in question.get("choiceQuestion", {}).get("options", [])
        if "goToSectionId" in option or option.get("goToAction") in ("NEXT_SECTION", "RESTART_FORM")
    ]
    return at + 1 == len(pages) and not leads


def _head(form: tables.FormRow) -> dict[str, str]:
    info = form.body["info"]
    title = info.get("title") or info.get("documentTitle", "")
    return {"title": title, "description": info.get("description", "")}


def _prefilled(pages: list[Section], query: Fields) -> Fields:
    known = own_fields(pages) | {EMAIL_FIELD}
    return {name: values for name, values in query.items() if name in known}


def _place(fields: Fields, count: int) -> tuple[tuple[int, ...], int]:
    """Return the pages passed and the page posted, as far as the fields name real ones."""
    way = [int(text) for text in "".join(fields.get(WAY, ())[:1]).split(",") if text.isdecimal()]
    text = "".join(fields.get(PAGE, ())[:1])
    at = int(text) if text.isdecimal() and int(text) < count else SUBMIT if text == str(SUBMIT) else 0
    return tuple(index for index in way if index < count), at


def _confirmation(call: Call, form: tables.FormRow, edit_token: str) -> Response:
    address = f"/forms/d/e/{form.published_id}/viewform"
    link = f"{address}?{EDIT_FIELD}={edit_token}" if form.edit_after_submit else ""
    text = form.confirmation or "Ваш ответ записан."
    return html(call, "sent.html", form=_head(form), text=text, again=address, edit=link)


def _closed(call: Call, form: tables.FormRow) -> Response:
    title = _head(form)["title"] if form.body["published"] else ""
    text = "Если это ошибка, обратитесь к куратору программы в школе."
    return notice(call, 403, CLOSED, f"«{title}». {text}" if title else text, ("", ""))


def _missing(call: Call) -> Response:
    return notice(call, 404, "Формы нет", "Проверьте ссылку: возможно, она скопирована не целиком.", ("", ""))


def _no_edit(call: Call) -> Response:
    return notice(
        call,
        403,
        "Ответ нельзя изменить",
        "Владелец формы не разрешил правку ответов или ответ удалён.",
        ("", ""),
    )
