"""Files and folders at Drive, as far as documents need them."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from googleapiclient.http import MediaIoBaseUpload

from sheets_sync.errors import NotFoundError, PermissionDeniedError, UnsupportedError
from sheets_sync.google.channel import Channel

FOLDER_TYPE = "application/vnd.google-apps.folder"
DOCUMENT_TYPE = "application/vnd.google-apps.document"
DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class CopiedFile:
    """A file that was just copied."""

    document: str
    url: str


@dataclass(frozen=True, slots=True)
class ListedFile:
    """A file of a folder; `made` is aware."""

    document: str
    made: datetime


@dataclass(frozen=True, slots=True)
class SeenFile:
    """A file as it lies at Drive."""

    document: str
    name: str
    binned: bool
    folders: tuple[str, ...]
    address: str


@dataclass
class Drive:
    """Makes folders, copies and moves files; works on shared drives too."""

    channel: Channel

    def create_folder(self, name: str, parent: str | None) -> str:
        """Make a folder and return its id."""
        body: dict[str, Any] = {"name": name, "mimeType": FOLDER_TYPE}
        if parent:
            body["parents"] = [parent]
        request = self._files().create(body=body, fields="id", supportsAllDrives=True)
        return str(self.channel.call("drive", f"создание папки «{name}»", request.execute, write=True)["id"])

    def copy(self, document: str, name: str, folder: str) -> CopiedFile:
        """Copy a file into a folder.

        Source: discovery drive.v3, files.copy (patch semantics of name and parents).
        """
        request = self._files().copy(
            fileId=document,
            body={"name": name, "parents": [folder]},
            fields="id,webViewLink",
            supportsAllDrives=True,
        )
        made = self.channel.call("drive", "копия шаблона", request.execute, write=True)
        return CopiedFile(str(made["id"]), str(made.get("webViewLink", "")))

    def convert(self, page: bytes, name: str) -> str:
        """Upload a DOCX file as a document of the service and return its id.

        Source: drive/api/guides/manage-uploads, "Import to Google Docs types".
        """
        media = MediaIoBaseUpload(io.BytesIO(page), mimetype=DOCX_TYPE)
        request = self._files().create(
            body={"name": name, "mimeType": DOCUMENT_TYPE},
            media_body=media,
            fields="id",
            supportsAllDrives=True,
        )
        return str(self.channel.call("drive", f"создание файла «{name}»", request.execute, write=True)["id"])

    def move(self, document: str, source: str, target: str) -> None:
        """Take a file from one folder and put it into another; it may stand there already."""
        request = self._files().update(
            fileId=document,
            addParents=target,
            removeParents=source,
            body={},
            fields="id",
            supportsAllDrives=True,
        )
        self.channel.call("drive", "перенос документа", request.execute, write=True)

    def rename(self, document: str, name: str) -> None:
        """Give a file its name; it may bear it already."""
        request = self._files().update(
            fileId=document, body={"name": name}, fields="id", supportsAllDrives=True
        )
        self.channel.call("drive", "имя документа", request.execute, write=True)

    def put(self, document: str, folder: str) -> None:
        """Put a file into a folder; it may lie there already."""
        request = self._files().update(
            fileId=document, addParents=folder, body={}, fields="id", supportsAllDrives=True
        )
        self.channel.call("drive", "перенос файла", request.execute, write=True)

    def list_folder(self, folder: str) -> list[ListedFile]:
        """List the files of a folder that are not in the bin, every page."""
        found = self._every("список папки", f"'{folder}' in parents and trashed = false", "id,createdTime")
        return [ListedFile(str(one["id"]), datetime.fromisoformat(one["createdTime"])) for one in found]

    def changed_documents(self) -> dict[str, str]:
        """Return `modifiedTime` of every document that is not in the bin, by its id, every page.

        With the scope `drive.file` these are the files that the program made or was given. Source: discovery
        drive.v3, files.list and File.modifiedTime ("the last time the file was modified by anyone").
        """
        wanted = f"mimeType = '{DOCUMENT_TYPE}' and trashed = false"
        found = self._every("список документов", wanted, "id,modifiedTime", 1000)
        return {str(one["id"]): str(one["modifiedTime"]) for one in found}

    def every_document(self) -> list[SeenFile]:
        """Return every document that the account sees, those in the bin too, every page."""
        fields = "id,name,trashed,parents,webViewLink"
        return [
            SeenFile(
                str(one["id"]),
                str(one.get("name", "")),
                bool(one.get("trashed")),
                tuple(one.get("parents", ())),
                str(one.get("webViewLink", "")),
            )
            for one in self._every("список документов", f"mimeType = '{DOCUMENT_TYPE}'", fields, 1000)
        ]

    def _every(
        self, what: str, wanted: str, fields: str, page_size: int | None = None
    ) -> Iterator[dict[str, Any]]:
        """Yield every file that a query finds, page after page."""
        token: str | None = None
        while True:
            request = self._files().list(
                q=wanted,
                fields=f"nextPageToken,files({fields})",
                pageSize=page_size,
                pageToken=token,
                supportsAllDrives=True,
                includeItemsFromAllDrives=True,
            )
            page = self.channel.call("drive", what, request.execute)
            yield from page.get("files", ())
            token = page.get("nextPageToken")
            if not token:
                return

    def trash(self, document: str) -> None:
        """Put a file into the bin; a file that is gone already stays gone."""
        request = self._files().update(
            fileId=document, body={"trashed": True}, fields="id", supportsAllDrives=True
        )
        try:
            self.channel.call("drive", "удаление черновика", request.execute, write=True)
        except NotFoundError:
            return

    def destroy(self, document: str) -> None:
        """Remove a file for good; one that the account may only bin goes into the bin.

        Source: discovery drive.v3, files.delete: on a shared drive only an organizer may. Drive empties the
        bin after 30 days (drive/api/guides/delete).
        """
        request = self._files().delete(fileId=document, supportsAllDrives=True)
        try:
            self.channel.call("drive", "уничтожение документа", request.execute, write=True)
        except NotFoundError:
            return
        except PermissionDeniedError:
            self.trash(document)

    def export(self, document: str, mime_type: str) -> bytes:
        """Return a document in another format. Source: discovery drive.v3, files.export (at most 10 MB)."""
        request = self._files().export(fileId=document, mimeType=mime_type)
        try:
            answer = self.channel.call("drive", "экспорт документа", request.execute)
        except UnsupportedError as exc:
            raise UnsupportedError(
                "PDF не напечатан: на этом компьютере нет Chromium",
                hint="Установите пакет chromium или возьмите другой вид: --format docx",
            ) from exc
        return bytes(answer)

    def is_gone(self, document: str) -> bool:
        """Whether a file was removed or put into the bin."""
        request = self._files().get(fileId=document, fields="trashed", supportsAllDrives=True)
        try:
            return bool(self.channel.call("drive", "проверка документа", request.execute).get("trashed"))
        except NotFoundError:
            return True

    def _files(self) -> Any:
        return self.channel.service("drive", "v3").files()
