"""The three methods of Docs v1 on the workspace's files.

Source: discovery docs.v1 (documents.create, get, batchUpdate, WriteControl, SuggestionsViewMode).
"""

from __future__ import annotations

from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.docs import storage
from sheets_sync.emulator.docs.batch import apply_batch
from sheets_sync.emulator.docs.chips import with_titles
from sheets_sync.emulator.docs.merging import Merge
from sheets_sync.emulator.docs.model import Document, Json, blank_document
from sheets_sync.emulator.docs.render import document_json, tab_tree
from sheets_sync.emulator.filetable import DOCUMENT, create_file, get_file, may, require_file, touch
from sheets_sync.emulator.wire import invalid_argument, unimplemented

_MODE = "SUGGESTIONS_INLINE"


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
    return {**_shown(call, row.id, with_tabs=False, mode=_MODE), **whole}


def _shown(call: Call, document_id: str, *, with_tabs: bool, mode: str) -> Json:
    document, title, revision = storage.load(call.tx, document_id)
    return document_json(document, document_id, title, revision, with_tabs=with_tabs, mode=mode)


def get(call: Call) -> Json:
    """Answer a document; a field mask that names `tabs` asks for the tabs' content.

    Suggestions are never made here, so every mode shows the same text; the mode is echoed. Source: for the
    default mode of an editor, enumDescriptions of suggestionsViewMode.
    """
    document_id = call.params["documentId"]
    require_file(call, document_id, DOCUMENT, service="docs")
    with_tabs = call.params.get("includeTabsContent", False)
    if call.mask is not None and not call.mask.everything and "tabs" in call.mask.children:
        with_tabs = True
    comments = call.params.get("commentsViewMode", "COMMENTS_VIEW_MODE_UNSPECIFIED")
    if comments not in ("COMMENTS_VIEW_MODE_UNSPECIFIED", "COMMENTS_VIEW_MODE_OMITTED"):
        raise unimplemented(f"commentsViewMode {comments}")
    asked = call.params.get("suggestionsViewMode", "DEFAULT_FOR_CURRENT_ACCESS")
    mode = _MODE if asked == "DEFAULT_FOR_CURRENT_ACCESS" else asked
    return _shown(call, document_id, with_tabs=with_tabs, mode=mode)


def batch_update(call: Call) -> Json:
    """Apply a batch of requests, all or nothing, and answer the replies and the new revision."""
    document_id = call.params["documentId"]
    require_file(call, document_id, DOCUMENT, service="docs")
    document, title, revision = storage.load(call.tx, document_id)
    requests = call.body.get("requests", [])
    if not requests:
        raise invalid_argument("Must specify at least one request.")
    merge = _write_control(call, document_id, revision, document)
    requests = with_titles(requests, lambda file_id: _named(call, file_id))
    outcome = apply_batch(document, requests, lambda prefix: prefix + call.ids.alnum(12), merge)
    if storage.encode(outcome.document) != storage.encode(document):
        revision = new_revision(call)
        storage.save(call.tx, document_id, title, revision, outcome.document)
        touch(call, document_id)
    return {
        "replies": outcome.replies,
        "writeControl": {"requiredRevisionId": revision},
        "documentId": document_id,
    }


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
