"""Documents at the service: copies of templates, filled, stamped, moved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sheets_sync.domain.documents.templates import TemplateSpec
from sheets_sync.domain.plan import CreateDocument, MoveDocument, StampDocument
from sheets_sync.errors import InvalidRequestError, NotFoundError, TemplateError
from sheets_sync.google.cells import Json
from sheets_sync.google.channel import Channel
from sheets_sync.google.doctext import text_digest
from sheets_sync.google.drive import Drive
from sheets_sync.google.filling import check_template, fill_requests, stamp_requests
from sheets_sync.ports.write import CreatedDocument, StagedDocument, StampedDocument


@dataclass
class Documents:
    """Makes documents and looks at them.

    Shape: `templates` maps a template's id to its document and its declaration; `staging` is the bot's own
    folder, `folder` the school's, `folders` those of single templates inside it.
    """

    channel: Channel
    drive: Drive
    templates: Mapping[str, tuple[str, TemplateSpec]]
    staging: str
    folder: str
    folders: Mapping[str, str] = field(default_factory=dict)

    def revision(self, document: str) -> str | None:
        """Return the document's revision, None when it is gone or in the bin."""
        if self.drive.is_gone(document):
            return None
        found = self.channel.call(
            "docs",
            "чтение документа",
            self._service().get(documentId=document, fields="revisionId").execute,
        )
        return str(found["revisionId"])

    def check(self, orders: Sequence[CreateDocument]) -> None:
        """Look at every template that the orders need, before anything is copied."""
        known: dict[str, set[str]] = {}
        for order in orders:
            known.setdefault(order.kind, set()).update(order.fields)
        for kind, fields in known.items():
            self._check(kind, fields)

    def check_one(self, kind: str) -> None:
        """Look whether a template stands and has the fields that its declaration names.

        Raises:
            TemplateError: it is gone or lacks one.
        """
        self._check(kind, None)

    def _check(self, kind: str, fields: set[str] | None) -> None:
        document, spec = self._template(kind)
        # A file in the bin can still be copied: the order would come from a text that was thrown away.
        if self.drive.is_gone(document):
            raise TemplateError(f"Шаблон «{spec.name}» удалён или лежит в корзине")
        check_template(self._read(document), spec, fields)

    def create(self, order: CreateDocument) -> CreatedDocument:
        """Copy the template into the bot's folder and fill it.

        A copy whose reply was lost stays in the bot's folder, where the weekly sweep finds it: Drive has no
        way to make the copy of a document only once (drive/api/guides/create-file, pre-generated ids).
        """
        try:
            return self._filled_copy(order)
        except InvalidRequestError:
            # A fill whose reply was lost is refused when it is sent again: the revision has moved on. Whether
            # it came whole nobody can tell for certain, so that copy is left to the sweep as well.
            return self._filled_copy(order)

    def _filled_copy(self, order: CreateDocument) -> CreatedDocument:
        document, spec = self._template(order.kind)
        try:
            copied = self.drive.copy(document, order.title, self.staging)
        except NotFoundError as exc:
            raise TemplateError(f"Шаблон «{spec.name}» удалён") from exc
        content = self._read(copied.document)
        revision = self._update(copied.document, content, list(fill_requests(content, spec, order)))
        return CreatedDocument(copied.document, copied.url, revision)

    def changed(self) -> Mapping[str, str]:
        """Return when every document of the program last changed, by its id, those in the bin left out."""
        return self.drive.changed_documents()

    def text(self, document: str) -> str | None:
        """Return a digest of all text of a document, None when it is gone."""
        try:
            return text_digest(self._read(document))
        except NotFoundError:
            return None

    def stamp(self, order: StampDocument) -> StampedDocument:
        """Fill the blanks of a registered document and say how it stands then."""
        try:
            try:
                return self._stamped(order)
            except InvalidRequestError:
                # The reply to the first try was lost, or somebody was typing: look again what is left to do.
                return self._stamped(order)
        except NotFoundError:
            return StampedDocument("", "")

    def _stamped(self, order: StampDocument) -> StampedDocument:
        content = self._read(order.document)
        self.drive.rename(order.document, order.title)
        requests = stamp_requests(content, order)
        if requests:
            self._update(order.document, content, requests)
            content = self._read(order.document)
        return StampedDocument(str(content["revisionId"]), text_digest(content))

    def move(self, order: MoveDocument) -> None:
        """Bring a document from the bot's folder to the school's; doing it twice changes nothing."""
        self.drive.move(order.document, self.staging, self.folders.get(order.kind, self.folder))

    def discard(self, document: str) -> None:
        """Put a superseded draft into the bin."""
        self.drive.trash(document)

    def staged(self) -> list[StagedDocument]:
        """List what lies in the bot's folder."""
        return [StagedDocument(found.document, found.made) for found in self.drive.list_folder(self.staging)]

    def _read(self, document: str) -> Json:
        request = self._service().get(documentId=document, includeTabsContent=True)
        found: Json = self.channel.call("docs", "чтение документа", request.execute)
        return found

    def _update(self, document: str, content: Json, requests: list[Json]) -> str:
        body = {"requests": requests, "writeControl": {"requiredRevisionId": content["revisionId"]}}
        request = self._service().batchUpdate(documentId=document, body=body)
        answer = self.channel.call("docs", "заполнение документа", request.execute, write=True)
        return str(answer.get("writeControl", {}).get("requiredRevisionId", ""))

    def _service(self) -> Any:
        return self.channel.service("docs", "v1").documents()

    def _template(self, kind: str) -> tuple[str, TemplateSpec]:
        try:
            return self.templates[kind]
        except KeyError as exc:
            raise TemplateError(f"Нет шаблона «{kind}»") from exc
