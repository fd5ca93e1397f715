"""Dates and links to files inside a text."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conformance.docs.conftest import Doc, insert

SHEET = "application/vnd.google-apps.spreadsheet"
AT = {"location": {"index": 1}}


def date(**given: Any) -> dict[str, Any]:
    properties = {"timestamp": "1970-01-01T05:00:00Z", **given}
    return {"insertDate": {"dateElementProperties": properties, **AT}}


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ({}, "Jan 1, 1970"),
        ({"dateFormat": "DATE_FORMAT_ISO8601"}, "1970-01-01"),
        ({"dateFormat": "DATE_FORMAT_MONTH_DAY_ABBREVIATED"}, "Jan 1"),
        ({"dateFormat": "DATE_FORMAT_MONTH_DAY_FULL"}, "January 01"),
        (
            {"dateFormat": "DATE_FORMAT_ISO8601", "timeFormat": "TIME_FORMAT_HOUR_MINUTE"},
            "1970-01-01 5:00 AM",
        ),
        ({"timeFormat": "TIME_FORMAT_HOUR_MINUTE_TIMEZONE"}, "Jan 1, 1970 5:00 AM UTC"),
        ({"locale": "ru"}, "1 янв. 1970 г."),
        ({"dateFormat": "DATE_FORMAT_ISO8601", "timeZoneId": "America/New_York"}, "1970-01-01"),
        ({"timestamp": "1970-01-01T03:00:00Z", "timeZoneId": "America/New_York"}, "Dec 31, 1969"),
    ],
)
def test_f60_a_date_reads_as_the_discovery_document_shows_it(doc: Doc, given: Any, shown: str) -> None:
    doc.batch(date(**given))
    element = doc.get()["body"]["content"][1]["paragraph"]["elements"][0]
    assert element["dateElement"]["dateElementProperties"]["displayText"] == shown
    assert (element["startIndex"], element["endIndex"]) == (1, 2)


def test_a_date_in_a_language_that_is_not_here_is_refused_by_name(doc: Doc) -> None:
    with pytest.raises(Exception, match="locale de"):
        doc.batch(date(locale="de"))


def test_a_link_to_a_file_has_its_title(doc: Doc, drive: Any) -> None:
    made = drive.files().create(body={"name": "Сводка", "mimeType": SHEET}).execute()["id"]
    link = {"uri": f"https://docs.google.com/spreadsheets/d/{made}/edit"}
    doc.batch(insert("см. "), {"insertRichLink": {"richLinkProperties": link, "endOfSegmentLocation": {}}})
    elements = doc.get()["body"]["content"][1]["paragraph"]["elements"]
    assert elements[1]["richLink"]["richLinkProperties"] == {**link, "title": "Сводка", "mimeType": SHEET}


def test_a_link_elsewhere_is_refused_by_name(doc: Doc) -> None:
    link = {"uri": "https://youtube.example/x"}
    with pytest.raises(Exception, match="insertRichLink"):
        doc.batch({"insertRichLink": {"richLinkProperties": link, **AT}})
