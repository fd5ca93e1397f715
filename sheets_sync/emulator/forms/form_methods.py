"""The four methods of forms themselves: create, get, batchUpdate, setPublishSettings."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from sheets_sync.emulator import filetable
from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.forms import tables
from sheets_sync.emulator.forms.editing import apply_request, blank_form, request_kind
from sheets_sync.emulator.forms.questions import Json, displayed
from sheets_sync.emulator.forms.refusal import Refused
from sheets_sync.emulator.wire import invalid_argument

ONLY_TITLE = (
    "Only info.title can be set when creating a form. To add items and change settings, use batchUpdate."
)


def create(call: Call) -> dict[str, Any]:
    """Create an empty, unpublished form with a title and a file name.

    Anything else in the body is refused. The file is "Untitled form" when no documentTitle is given.
    Source: discovery forms.create; Google's refusal as quoted by clients; unpublished whatever `unpublished`
    says, by the guide "API changes to Google Forms" for forms made after 2026-06-30.
    """
    info = call.body.get("info", {})
    if set(call.body) - {"info"} or set(info) - {"title", "documentTitle"}:
        raise invalid_argument(ONLY_TITLE)
    try:
        displayed(info.get("title", "") + info.get("documentTitle", ""))
    except Refused as refused:
        raise invalid_argument(str(refused)) from refused
    name = info.get("documentTitle") or "Untitled form"
    file = filetable.create_file(call, filetable.FORM, name)
    row = tables.insert_form(call, file.id, blank_form(info.get("title", ""), name))
    return form_json(call, row)


def get(call: Call) -> dict[str, Any]:
    """Return a form. Source: discovery forms.get."""
    return form_json(call, open_form(call))


def batch_update(call: Call) -> dict[str, Any]:
    """Make all changes of a batch, or none of them; replies mirror the requests.

    Source: discovery BatchUpdateFormRequest, WriteControl (a requiredRevisionId that is not the latest is
    400); that a targetRevisionId is only checked for being known is assumed.
    """
    row = open_form(call)
    _check_control(call.body.get("writeControl", {}), row.revision)
    requests = call.body.get("requests", [])
    if not requests:
        raise invalid_argument("Must specify at least one request.")
    form = deepcopy(row.body)
    replies = [_reply(call, form, index, request) for index, request in enumerate(requests)]
    if form != row.body:
        row.body, row.revision = form, row.revision + 1
        tables.save_content(call.tx, row)
        filetable.touch(call, row.id)
    answer: dict[str, Any] = {"form": form_json(call, row)} if call.body.get("includeFormInResponse") else {}
    return answer | {"replies": replies, "writeControl": {"requiredRevisionId": revision_id(row.revision)}}


def set_publish_settings(call: Call) -> dict[str, Any]:
    """Publish or unpublish a form, open or close it for responses.

    Source: discovery PublishSettings, PublishState: both fields are required, accepting while unpublished
    is an error; Google's sample unpublish_form gives isPublished alone; the texts are assumed.
    """
    row = open_form(call)
    mask = call.body.get("updateMask", "*").strip()
    if mask not in ("*", "publish_state", "publishState"):
        raise invalid_argument(f"Invalid field mask: {mask}")
    state = call.body.get("publishSettings", {}).get("publishState", {})
    if state.get("isPublished") is False:
        state = {"isAcceptingResponses": False, **state}
    if "isPublished" not in state or "isAcceptingResponses" not in state:
        raise invalid_argument("Both is_published and is_accepting_responses must be set.")
    if state["isAcceptingResponses"] and not state["isPublished"]:
        raise invalid_argument("Cannot accept responses when the form is not published.")
    row.body |= {"published": state["isPublished"], "accepting": state["isAcceptingResponses"]}
    tables.save_content(call.tx, row)
    return {"formId": row.id, "publishSettings": _publish_settings(row.body)}


def open_form(call: Call) -> tables.FormRow:
    """Find the form that a call names and check the caller's right to it."""
    form_id = call.params["formId"]
    filetable.require_file(call, form_id, filetable.FORM, service="forms")
    return tables.need_form(call, form_id)


def form_json(call: Call, row: tables.FormRow) -> dict[str, Any]:
    """Render a form as the API shows it; `linkedSheetId` is absent because no sheet is linked.

    Source: discovery Form; DO_NOT_COLLECT as the default of accounts outside Workspace.
    """
    answer: dict[str, Any] = {
        "formId": row.id,
        "info": row.body["info"],
        "settings": {"emailCollectionType": "DO_NOT_COLLECT"} | row.body["settings"],
        "revisionId": revision_id(row.revision),
        "responderUri": f"{call.workspace.base_url}/forms/d/e/{row.published_id}/viewform",
        "publishSettings": _publish_settings(row.body),
    }
    return answer | ({"items": row.body["items"]} if row.body["items"] else {})


def revision_id(revision: int) -> str:
    """Write a revision number as clients see it: eight hexadecimal digits, to be treated as opaque."""
    return f"{revision:08x}"


def _publish_settings(body: Json) -> Json:
    state = {"isPublished": body["published"], "isAcceptingResponses": body["accepting"]}
    return {"publishState": {name: True for name, on in state.items() if on}}


def _check_control(control: Json, revision: int) -> None:
    if required := control.get("requiredRevisionId"):
        if required != revision_id(revision):
            raise invalid_argument(
                f"The required revision ID '{required}' does not match the latest revision."
            )
    elif target := control.get("targetRevisionId"):
        try:
            known = int(target, 16) <= revision
        except ValueError:
            known = False
        if not known:
            raise invalid_argument(f"Invalid target revision ID: {target}")


def _reply(call: Call, form: Json, index: int, request: Json) -> Json:
    try:
        return apply_request(form, request, lambda: f"{call.ids.int31():08x}")
    except Refused as refused:
        kind = request_kind(request)
        place = f"requests[{index}].{kind}" if kind else f"requests[{index}]"
        raise invalid_argument(f"Invalid {place}: {refused}") from refused
