"""Forms at the service: making them from their declaration and reading responses."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from sheets_sync.domain.form_changes import StandingQuestion
from sheets_sync.domain.forms import SUBMIT, FormSpec, Kind, Question
from sheets_sync.domain.responses import Response
from sheets_sync.errors import InvalidRequestError
from sheets_sync.google.cells import Json
from sheets_sync.google.channel import Channel
from sheets_sync.ports.read import FormAddress

PAGE_SIZE = 5000
"""The most that one page holds. Source: discovery forms.v1, forms.responses.list."""

_CHOICE_TYPES = {Kind.CHOICE: "RADIO", Kind.CHECKBOX: "CHECKBOX", Kind.DROPDOWN: "DROP_DOWN"}


@dataclass
class Forms:
    """Reads responses and makes forms."""

    channel: Channel

    def read_responses(self, address: FormAddress, since: datetime | None) -> Sequence[Response]:
        """Read the responses submitted at `since` or later, every page, each once in its latest version.

        Source: only `timestamp >` and `>=` may be asked for; a page token belongs to its filter (discovery
        forms.v1, forms.responses.list); that the time meant is the last submission is assumed.
        """
        try:
            found = self._pages(address, since)
        except InvalidRequestError:
            # A page token may expire between pages; the list is then read again from its start.
            found = self._pages(address, since)
        latest: dict[str, Response] = {}
        for response in found:
            known = latest.get(response.response_id)
            if known is None or known.submitted <= response.submitted:
                latest[response.response_id] = response
        return sorted(latest.values(), key=lambda item: (item.created, item.response_id))

    def read_questions(self, address: FormAddress) -> Sequence[StandingQuestion]:
        """Read the questions of a form in their order; grids count as one question of no known kind.

        Source: discovery forms.v1, Form.items («The order in the list is the order in which items appear»).
        """
        service = self._service()
        form = self.channel.call("forms", "чтение формы", service.get(formId=address.form_id).execute)
        found = []
        for item in form.get("items", ()):
            title = str(item.get("title", ""))
            if "questionItem" in item:
                question = item["questionItem"]["question"]
                found.append(StandingQuestion(str(question["questionId"]), title, _kind(question)))
            elif "questionGroupItem" in item:
                found.append(StandingQuestion(str(item.get("itemId", "")), title, None))
        return found

    def create(self, spec: FormSpec) -> FormAddress:
        """Make a form with all sections and questions, publish it and let it accept responses.

        Source: create copies only the titles, everything else comes by batchUpdate; a form made by the API is
        unpublished until setPublishSettings (developers.google.com/workspace/forms/api/guides,
        api-changes-to-google-forms).
        """
        service = self._service()
        doing = f"создание формы «{spec.title}»"
        info = {"info": {"title": spec.title, "documentTitle": spec.title}}
        made = self.channel.call("forms", doing, service.create(body=info).execute, write=True)
        form_id = str(made["formId"])
        body = {"requests": _requests(spec)}
        self.channel.call("forms", doing, service.batchUpdate(formId=form_id, body=body).execute, write=True)
        state = {"publishState": {"isPublished": True, "isAcceptingResponses": True}}
        publish = service.setPublishSettings(formId=form_id, body={"publishSettings": state})
        self.channel.call("forms", doing, publish.execute, write=True)
        questions = {identifier(spec.id, question.field): question.field for question in spec.questions}
        return FormAddress(spec.id, form_id, questions, str(made.get("responderUri", "")))

    def _service(self) -> Any:
        return self.channel.service("forms", "v1").forms()

    def _pages(self, address: FormAddress, since: datetime | None) -> list[Response]:
        responses = self._service().responses()
        arguments: dict[str, Any] = {"formId": address.form_id, "pageSize": PAGE_SIZE}
        if since is not None:
            arguments["filter"] = f"timestamp >= {since.astimezone(UTC).strftime('%Y-%m-%dT%H:%M:%SZ')}"
        found: list[Response] = []
        token: str | None = None
        while True:
            request = responses.list(**arguments, **({"pageToken": token} if token else {}))
            page = self.channel.call("forms", "чтение ответов", request.execute)
            found += [_response(address, item) for item in page.get("responses", ())]
            token = page.get("nextPageToken")
            if not token:
                return found


def prefilled(address: FormAddress, field: str, value: str) -> str:
    """Return the address of a form in which one answer is filled in already.

    Source: no document of Google's; that the number in `entry.…` is the question's id in decimal was seen by
    others (qiita.com/que9/items/19dd5a3b24d654be9c7c) and is assumed. Where it does not hold the form opens
    empty, and the code stands on the paper beside it.
    """
    question = next((number for number, name in address.questions.items() if name == field), "")
    try:
        entry = int(question, 16)
    except ValueError:
        return address.uri
    return f"{address.uri}?{urlencode({'usp': 'pp_url', f'entry.{entry}': value})}"


def identifier(form: str, name: str) -> str:
    """Return the item or question id of a declared name: eight hexadecimal digits, the same every time.

    Source: discovery forms.v1, Item.itemId and Question.questionId («On creation, it can be provided»); ids
    seen in Google's own examples are positive 32-bit numbers, so the highest bit stays clear.
    """
    number = int.from_bytes(hashlib.blake2s(f"{form}/{name}".encode(), digest_size=4).digest(), "big")
    return f"{number & 0x7FFFFFFF:08x}"


def _response(address: FormAddress, item: Json) -> Response:
    answers: dict[str, tuple[str, ...]] = {}
    for question_id, answer in item.get("answers", {}).items():
        field = address.questions.get(question_id)
        if field is None:
            continue
        texts = answer.get("textAnswers", {}).get("answers", ())
        answers[field] = tuple(str(text.get("value", "")).replace("\x00", "") for text in texts)
    created = _time(item.get("createTime") or item["lastSubmittedTime"])
    return Response(address.form, str(item["responseId"]), created, _time(item["lastSubmittedTime"]), answers)


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _requests(spec: FormSpec) -> list[Json]:
    requests: list[Json] = [
        {
            "updateFormInfo": {
                "info": {"title": spec.title, "description": spec.description},
                "updateMask": "title,description",
            }
        },
        {
            "updateSettings": {
                "settings": {"emailCollectionType": "DO_NOT_COLLECT"},
                "updateMask": "emailCollectionType",
            }
        },
    ]
    # Options may lead only to sections that exist already, so the page breaks go first.
    for place, section in enumerate(spec.sections[1:]):
        page: Json = {
            "itemId": identifier(spec.id, f"section {section.id}"),
            "title": section.title,
            "pageBreakItem": {},
        }
        if section.description:
            page["description"] = section.description
        requests.append({"createItem": {"item": page, "location": {"index": place}}})
    index = 0
    for number, section in enumerate(spec.sections):
        index += number > 0
        for question in section.questions:
            requests.append({"createItem": {"item": _item(spec, question), "location": {"index": index}}})
            index += 1
    return requests


def _item(spec: FormSpec, question: Question) -> Json:
    body: Json = {"questionId": identifier(spec.id, question.field), "required": question.required}
    match question.kind:
        case Kind.TEXT | Kind.PARAGRAPH:
            body["textQuestion"] = {"paragraph": question.kind is Kind.PARAGRAPH}
        case Kind.DATE:
            body["dateQuestion"] = {"includeYear": True}
        case Kind.SCALE:
            body["scaleQuestion"] = {
                "low": question.low,
                "high": question.high,
                "lowLabel": question.low_label,
                "highLabel": question.high_label,
            }
        case Kind.CHOICE | Kind.CHECKBOX | Kind.DROPDOWN:
            body["choiceQuestion"] = {
                "type": _CHOICE_TYPES[question.kind],
                "options": [_option(spec, question, option) for option in question.options]
                + ([{"isOther": True}] if question.other else []),
            }
    item: Json = {
        "itemId": identifier(spec.id, f"item {question.field}"),
        "title": question.title,
        "questionItem": {"question": body},
    }
    if question.hint:
        item["description"] = question.hint
    return item


def _option(spec: FormSpec, question: Question, option: str) -> Json:
    target = question.target(option)
    if target == SUBMIT:
        return {"value": option, "goToAction": "SUBMIT_FORM"}
    if target:
        return {"value": option, "goToSectionId": identifier(spec.id, f"section {target}")}
    return {"value": option}


def _kind(question: Json) -> Kind | None:
    if "textQuestion" in question:
        return Kind.PARAGRAPH if question["textQuestion"].get("paragraph") else Kind.TEXT
    if "choiceQuestion" in question:
        types = {name: kind for kind, name in _CHOICE_TYPES.items()}
        return types.get(str(question["choiceQuestion"].get("type", "")))
    if "dateQuestion" in question:
        return Kind.DATE
    return Kind.SCALE if "scaleQuestion" in question else None
