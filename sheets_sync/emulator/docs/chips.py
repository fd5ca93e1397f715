"""Smart chips in a document's text: dates and links to files.

Source: discovery document (DateElementProperties with an example of each format, RichLinkProperties). How a
date reads in Russian is CLDR's, as Docs writes it; languages beside English and Russian are refused by name.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sheets_sync.emulator.docs import textedit
from sheets_sync.emulator.docs.model import Document, Json
from sheets_sync.emulator.docs.places import Applied, NewId, place_of
from sheets_sync.emulator.docs.units import Refused
from sheets_sync.emulator.sheets.locales import EN_US, RU_RU
from sheets_sync.emulator.wire import unimplemented

_FILE = re.compile(r"https?://[^/]+/(?:[a-z]+/)+d/([A-Za-z0-9_-]+)|https?://[^/]+/open\?id=([A-Za-z0-9_-]+)")
_DEFAULT_DATE = "DATE_FORMAT_MONTH_DAY_YEAR_ABBREVIATED"
_DEFAULT_TIME = "TIME_FORMAT_DISABLED"


def insert_date(document: Document, asked: Json, new_id: NewId) -> Applied:
    """Put a date at a place inside a paragraph."""
    tab, segment, index = place_of(document, asked)
    given = asked.get("dateElementProperties", {})
    if not given.get("timestamp"):
        raise Refused("The timestamp of a date must be specified.")
    properties: Json = {
        "timestamp": given["timestamp"],
        "timeZoneId": given.get("timeZoneId") or "etc/UTC",
        "locale": given.get("locale") or "en",
        "dateFormat": _chosen(given.get("dateFormat"), _DEFAULT_DATE),
        "timeFormat": _chosen(given.get("timeFormat"), _DEFAULT_TIME),
    }
    properties["displayText"] = shown_date(properties)
    date = {"dateId": new_id("kix."), "dateElementProperties": properties}
    return document.with_tab(textedit.insert_object(tab, segment, index, "dateElement", date)), {}


def _chosen(given: str | None, default: str) -> str:
    if given == "DATE_FORMAT_CUSTOM":  # output only: of an imported date
        raise Refused("The date format DATE_FORMAT_CUSTOM cannot be set.")
    return default if given is None or given.endswith("UNSPECIFIED") else given


def shown_date(properties: Json) -> str:
    """Write a date as Docs shows it; raises ApiError 501 for a language that is not known here."""
    moment = _moment(properties["timestamp"], properties["timeZoneId"])
    locale, kind = properties["locale"], properties["dateFormat"]
    if kind == "DATE_FORMAT_ISO8601":
        date = moment.strftime("%Y-%m-%d")
    elif locale == "en":
        date = _english(moment, kind)
    elif locale == "ru":
        date = _russian(moment, kind)
    else:
        raise unimplemented(f"insertDate with the locale {locale}")
    if properties["timeFormat"] == _DEFAULT_TIME:
        return date
    clock = moment.strftime("%H:%M") if locale == "ru" else moment.strftime("%I:%M %p").lstrip("0")
    zone = f" {moment.tzname()}" if properties["timeFormat"].endswith("TIMEZONE") else ""
    return f"{date} {clock}{zone}"


def _english(moment: datetime, kind: str) -> str:
    month = EN_US.months[moment.month - 1]
    if kind == "DATE_FORMAT_MONTH_DAY_FULL":
        return f"{month} {moment.day:02d}"
    if kind == "DATE_FORMAT_MONTH_DAY_ABBREVIATED":
        return f"{month[:3]} {moment.day}"
    return f"{month[:3]} {moment.day}, {moment.year}"


def _russian(moment: datetime, kind: str) -> str:
    if kind == "DATE_FORMAT_MONTH_DAY_FULL":
        return f"{moment.day:02d} {RU_RU.months[moment.month - 1]}"
    short = f"{moment.day} {RU_RU.months_short[moment.month - 1]}"
    return short if kind == "DATE_FORMAT_MONTH_DAY_ABBREVIATED" else f"{short} {moment.year} г."


def _moment(timestamp: str, zone: str) -> datetime:
    try:
        known = UTC if zone.casefold() == "etc/utc" else ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        raise Refused(f"The time zone {zone} is not known.") from None
    return datetime.fromisoformat(timestamp).astimezone(known)


def insert_rich_link(document: Document, asked: Json, new_id: NewId) -> Applied:
    """Put a link to a file of Drive at a place inside a paragraph; `with_titles` has looked its title up."""
    tab, segment, index = place_of(document, asked)
    properties = asked.get("richLinkProperties", {})
    if not properties.get("uri"):
        raise Refused("The URI of a rich link must be specified.")
    if not properties.get("title"):
        raise unimplemented("insertRichLink to what is no file of this workspace")
    link = {"richLinkId": new_id("kix."), "richLinkProperties": properties}
    return document.with_tab(textedit.insert_object(tab, segment, index, "richLink", link)), {}


def with_titles(requests: list[Json], find: Callable[[str], tuple[str, str] | None]) -> list[Json]:
    """Complete the rich links of a batch; `find` gives (name, MIME type) of a file by its id, or None.

    Raises ApiError 501 for a title or type other than the file's.
    """
    return [_titled(request, find) if "insertRichLink" in request else request for request in requests]


def _titled(request: Json, find: Callable[[str], tuple[str, str] | None]) -> Json:
    asked = request["insertRichLink"]
    uri = str(asked.get("richLinkProperties", {}).get("uri", ""))
    match = _FILE.match(uri)
    found = find(match[1] or match[2]) if match else None
    given = asked.get("richLinkProperties", {})
    for name, own in zip(("title", "mimeType"), found or (), strict=False):
        if given.get(name, own) != own:
            raise unimplemented(f"insertRichLink.richLinkProperties.{name} other than the file's own")
    properties = {"uri": uri, "title": found[0], "mimeType": found[1]} if found else {"uri": uri}
    return {**request, "insertRichLink": {**asked, "richLinkProperties": properties}}
