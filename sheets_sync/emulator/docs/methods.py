"""The three methods of Docs v1 on the workspace's files.

Source: discovery docs.v1 (documents.create, get, batchUpdate, WriteControl, SuggestionsViewMode).
"""

from __future__ import annotations

from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.docs import commenting, storage, threads
from sheets_sync.emulator.docs.batch import Outcome, apply_batch, refused
from sheets_sync.emulator.docs.chips import with_titles
from sheets_sync.emulator.docs.merging import Merge
from sheets_sync.emulator.docs.model import Document, Json, blank_document
from sheets_sync.emulator.docs.render import document_json, tab_tree
from sheets_sync.emulator.docs.units import Refused
from sheets_sync.emulator.filetable import DOCUMENT, create_file, get_file, may, require_file, touch
from sheets_sync.emulator.wire import invalid_argument, permission_denied, unimplemented

_INLINE, _WITHOUT = "SUGGESTIONS_INLINE", "PREVIEW_WITHOUT_SUGGESTIONS"
_CURRENT = "DEFAULT_FOR_CURRENT_ACCESS"
_COMMENTS = "COMMENTS_VIEW_MODE_"


def new_revision(call: Call) -> str:
    """Make a revision id: an opaque text.

    Source: ids seen in public samples start with "ALm37BV" or alike.
    """
    return "ALm37BV" + call.ids.token(78)


def create(call: Call) -> Json:
    """Make a blank document of the given title; everything else in the body is ignored.

    The answer shows its content in the document's own fields and under `tabs` [guide "Work with tabs"].
    """
    title = call.body.get("title") or "Untitled document"
    row = create_file(call, DOCUMENT, title)
    storage.save(call.tx, row.id, title, new_revision(call), blank_document())
    whole = {"tabs": tab_tree(blank_document())}
    return {**_shown(call, row.id, with_tabs=False, mode=_INLINE), **whole}


def _shown(call: Call, document_id: str, *, with_tabs: bool, mode: str, with_comments: bool = False) -> Json:
    document, title, revision = storage.load(call.tx, document_id)
    comments = threads.threads(call, document_id, document) if with_comments else None
    return document_json(
        document, document_id, title, revision, with_tabs=with_tabs, mode=mode, comments=comments
    )


def get(call: Call) -> Json:
    """Answer a document; a field mask that names `tabs` asks for the tabs' content.

    Suggestions are never made here, so every mode shows the same text; the mode is echoed.
    """
    document_id = call.params["documentId"]
    row = require_file(call, document_id, DOCUMENT, service="docs")
    with_tabs = call.params.get("includeTabsContent", False)
    if call.mask is not None and not call.mask.everything and "tabs" in call.mask.children:
        with_tabs = True
    asked = call.params.get("suggestionsViewMode", _CURRENT)
    comments = call.params.get("commentsViewMode", f"{_COMMENTS}UNSPECIFIED")
    _check_views(asked, comments, with_tabs=with_tabs)
    may_comment = may(call, row, "commenter")
    if not may_comment and (asked not in (_CURRENT, _WITHOUT) or comments == f"{_COMMENTS}INCLUDED"):
        raise permission_denied()
    default = _INLINE if may_comment else _WITHOUT
    return _shown(
        call,
        document_id,
        with_tabs=with_tabs,
        mode=default if asked == _CURRENT else asked,
        with_comments=may_comment and comments.endswith(("INCLUDED", "FOR_CURRENT_ACCESS")),
    )


def _check_views(suggestions: str, comments: str, *, with_tabs: bool) -> None:
    """Refuse modes of suggestions and comments that do not go together.

    Source: discovery docs.v1 (documents.get, commentsViewMode); the first text is quoted by public programs,
    the others are assumed.
    """
    if comments == f"{_COMMENTS}UNSPECIFIED":
        return
    if not with_tabs:
        raise invalid_argument("Comments view mode may only be specified if tabs content is also requested.")
    if comments == f"{_COMMENTS}INCLUDED" and suggestions != _INLINE:
        raise invalid_argument(f"Comments can only be included if the suggestions view mode is {_INLINE}.")
    if comments != f"{_COMMENTS}OMITTED" and suggestions.startswith("PREVIEW"):
        raise invalid_argument(f"Comments cannot be viewed with the suggestions view mode {suggestions}.")


def batch_update(call: Call) -> Json:
    """Apply a batch of requests, all or nothing, and answer the replies and the new revision."""
    document_id = call.params["documentId"]
    requests = call.body.get("requests", [])
    comments_alone = bool(requests) and threads.only_comments(requests)
    call.writes = not comments_alone
    row = require_file(call, document_id, DOCUMENT, service="docs")
    if comments_alone and not may(call, row, "commenter"):
        raise permission_denied()
    document, title, revision = storage.load(call.tx, document_id)
    if not requests:
        raise invalid_argument("Must specify at least one request.")
    merge = _write_control(call, document_id, revision, document)
    requests = with_titles(requests, lambda file_id: _named(call, file_id))
    outcome = apply_batch(document, requests, lambda prefix: prefix + call.ids.alnum(12), merge)
    changed, replies, commented = _with_comments(call, document_id, requests, outcome)
    if storage.encode(changed) != storage.encode(document):
        revision = new_revision(call)
        storage.save(call.tx, document_id, title, revision, changed)
        touch(call, document_id)
    return {
        "replies": replies,
        "writeControl": {"requiredRevisionId": revision},
        "documentId": document_id,
        **({"commentUpdateState": "ALL_SAVED"} if commented else {}),
    }


def _with_comments(
    call: Call, document_id: str, requests: list[Json], outcome: Outcome
) -> tuple[Document, list[Json], bool]:
    """Carry out the requests on comments; says whether there were any."""
    document, replies, commented = outcome.document, list(outcome.replies), False
    for number, request in enumerate(requests):
        ((kind, asked),) = request.items()
        if kind not in commenting.KINDS:
            continue
        commented = True
        try:
            document, replies[number] = threads.carry_out(
                call, document_id, kind, asked, replies[number], document
            )
        except Refused as refusal:
            raise refused(number, kind, refusal) from refusal
    return document, replies, commented


def _named(call: Call, file_id: str) -> tuple[str, str] | None:
    row = get_file(call.tx, file_id)
    return (row.name, row.mime_type) if row is not None and may(call, row, "reader") else None


def _write_control(call: Call, document_id: str, revision: str, document: Document) -> Merge | None:
    """Say how a batch against an older revision is merged; None when it is against the newest one.

    Source: WriteControl (400 for a required revision that is not the latest and for a target that is too far
    behind); the texts are assumed.
    """
    control = call.body.get("writeControl", {})
    if control.get("writeMode") == "SUGGEST":
        raise unimplemented("writeControl.writeMode SUGGEST")
    required, target = control.get("requiredRevisionId"), control.get("targetRevisionId")
    if required and target:
        raise invalid_argument("Only one of required_revision_id and target_revision_id can be set.")
    if required and required != revision:
        raise invalid_argument("The required revision ID does not match the latest revision of the document.")
    if not target or target == revision:
        return None
    edits = storage.edits_since(call.tx, document_id, target)
    if edits is None:
        raise invalid_argument("The target revision ID is invalid or too far behind the latest revision.")
    return Merge(document, edits)
