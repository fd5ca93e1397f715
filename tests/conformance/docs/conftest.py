from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError

from sheets_sync.emulator.calls import IdSource
from sheets_sync.emulator.inprocess import EmulatorHttp
from tests.conformance.discovery import CheckedEmulator


class Ticking:
    """A clock that advances one second at every look."""

    def __init__(self) -> None:
        self.now = datetime(2022, 9, 20, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


class Doc:
    """One document, used through Google's own client."""

    def __init__(self, service: Any, title: str = "Проба") -> None:
        self.service = service
        self.id: str = service.documents().create(body={"title": title}).execute()["documentId"]

    def batch(self, *requests: dict[str, Any], **control: Any) -> dict[str, Any]:
        body: dict[str, Any] = {"requests": list(requests)}
        if control:
            body["writeControl"] = control
        answer: dict[str, Any] = self.service.documents().batchUpdate(documentId=self.id, body=body).execute()
        return answer

    def refused(self, *requests: dict[str, Any], **control: Any) -> tuple[int, str]:
        with pytest.raises(HttpError) as caught:
            self.batch(*requests, **control)
        return int(caught.value.resp.status), str(caught.value.reason)

    def get(self, **parameters: Any) -> dict[str, Any]:
        answer: dict[str, Any] = self.service.documents().get(documentId=self.id, **parameters).execute()
        return answer

    def content(self) -> list[dict[str, Any]]:
        content: list[dict[str, Any]] = self.get()["body"]["content"]
        return content

    def text(self) -> str:
        return text_of(self.content())

    def table(self) -> dict[str, Any]:
        return next(element for element in self.content() if "table" in element)


def text_of(content: list[dict[str, Any]]) -> str:
    """Put together the text of structural elements, cells included."""
    pieces = []
    for element in content:
        for part in element.get("paragraph", {}).get("elements", []):
            pieces.append(part.get("textRun", {}).get("content", ""))
        for row in element.get("table", {}).get("tableRows", []):
            pieces += [text_of(cell["content"]) for cell in row["tableCells"]]
    return "".join(pieces)


def insert(text: str, index: int = 1, **location: Any) -> dict[str, Any]:
    return {"insertText": {"location": {"index": index, **location}, "text": text}}


def span(start: int, end: int, **more: Any) -> dict[str, Any]:
    return {"startIndex": start, "endIndex": end, **more}


@pytest.fixture
def emulator() -> Iterator[CheckedEmulator]:
    made = CheckedEmulator(clock=Ticking(), ids=IdSource(seed=1))
    yield made
    made.close()


@pytest.fixture
def docs(emulator: CheckedEmulator) -> Any:
    return build("docs", "v1", http=EmulatorHttp(emulator), static_discovery=True)


@pytest.fixture
def drive(emulator: CheckedEmulator) -> Any:
    return build("drive", "v3", http=EmulatorHttp(emulator), static_discovery=True)


@pytest.fixture
def doc(docs: Any) -> Doc:
    return Doc(docs)
