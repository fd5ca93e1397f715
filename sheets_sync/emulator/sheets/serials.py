"""Serial numbers: days since 1899-12-30, the way spreadsheets count dates and times.

Source: discovery document, DateTimeRenderOption SERIAL_NUMBER ("January 1st 1900 at 3pm would be 2.625").
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001  a spreadsheet's dates carry no zone


def serial_of(moment: date | datetime) -> float:
    """Turns a date or a naive moment into a serial number; whole dates give whole numbers."""
    if not isinstance(moment, datetime):
        return (moment - EPOCH.date()).days
    gap = moment.replace(tzinfo=None) - EPOCH
    whole = gap.days
    return (
        whole
        if not (gap.seconds or gap.microseconds)
        else whole + gap.seconds / 86400 + gap.microseconds / 86400e6
    )


def moment_of(serial: float) -> datetime | None:
    """Turns a serial number into a naive moment, to the millisecond; None outside of the calendar."""
    try:
        return EPOCH + timedelta(milliseconds=round(serial * 86_400_000))
    except OverflowError:
        return None
