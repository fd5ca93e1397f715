"""What the account may do at the services, asked without changing anything."""

from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

import requests

from sheets_sync.errors import UnavailableError
from sheets_sync.google.channel import REQUEST_TIMEOUT_S, Channel

_ANYTHING = "https://sheets.googleapis.com/$discovery/rest?version=v4"
"""An address that asks for no sign-in: only the header with the time matters, not the answer."""


@dataclass(frozen=True, slots=True)
class FileState:
    """A file as the account sees it."""

    name: str
    trashed: bool
    may_edit: bool
    on_shared_drive: bool


@dataclass
class Access:
    """Asks about the clock, files, storage and forms."""

    channel: Channel

    def server_time(self) -> datetime | None:
        """Return what the service's clock shows, None where it does not say or there is no network between.

        Source: RFC 9110, 6.6.1 (Date).
        """
        plain = self.channel.plain
        if plain is None:
            return None
        try:
            answer = plain.get(_ANYTHING, timeout=REQUEST_TIMEOUT_S)
        except requests.RequestException as exc:
            raise UnavailableError("Сервисы не отвечают: нет сети") from exc
        said = answer.headers.get("Date")
        return parsedate_to_datetime(said) if said else None

    def file(self, file: str) -> FileState:
        """Return how a file stands. Source: discovery drive.v3, File.capabilities."""
        request = (
            self._drive()
            .files()
            .get(fileId=file, fields="name,trashed,driveId,capabilities(canEdit)", supportsAllDrives=True)
        )
        found = self.channel.call("drive", "проверка доступа к файлу", request.execute)
        may_edit = bool(found.get("capabilities", {}).get("canEdit"))
        return FileState(
            str(found.get("name", "")), bool(found.get("trashed")), may_edit, bool(found.get("driveId"))
        )

    def storage_left(self) -> int | None:
        """Return how many bytes the account may still own, None when there is no limit.

        Source: discovery drive.v3, About.storageQuota.limit (absent: unlimited); a service account has 0.
        """
        request = self._drive().about().get(fields="storageQuota(limit,usage)")
        quota = self.channel.call("drive", "проверка места", request.execute).get("storageQuota", {})
        return int(quota["limit"]) - int(quota.get("usage", 0)) if "limit" in quota else None

    def takes_answers(self, form: str) -> bool:
        """Whether a form takes answers; a form of before 2024 has no such switch and takes them.

        Source: discovery forms.v1, Form.publishSettings («legacy forms don't have this field»).
        """
        request = self.channel.service("forms", "v1").forms().get(formId=form, fields="publishSettings")
        found = self.channel.call("forms", "проверка формы", request.execute)
        state = found.get("publishSettings", {}).get("publishState")
        return state is None or bool(state.get("isPublished") and state.get("isAcceptingResponses"))

    def _drive(self) -> Any:
        return self.channel.service("drive", "v3")
