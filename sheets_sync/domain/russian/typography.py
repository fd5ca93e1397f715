"""Spaces at which a printed line must not break."""

import re

from sheets_sync.domain.documents.wording import NBSP

_MONTHS = "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
_DAY = re.compile(rf"\b(\d{{1,2}}) (?={_MONTHS})")
_YEAR = re.compile(r"(\d{4}) (г\.|года\b)")
_NUMBER = re.compile(r"№ (?=[\wА-ЯЁа-яё])")
_INITIALS_FIRST = re.compile(r"\b([А-ЯЁ]\.[А-ЯЁ]\.) (?=[А-ЯЁ][а-яё])")
_INITIALS_LAST = re.compile(r"([А-ЯЁ][а-яё]+) (?=[А-ЯЁ]\.[А-ЯЁ]\.)")


def unbroken(text: str) -> str:
    """Put non-breaking spaces into dates, numbers and initials: «27 июля 2006 г. № 152-ФЗ»."""
    text = _DAY.sub(rf"\1{NBSP}", text)
    text = _YEAR.sub(rf"\1{NBSP}\2", text)
    text = _NUMBER.sub(f"№{NBSP}", text)
    text = _INITIALS_FIRST.sub(rf"\1{NBSP}", text)
    return _INITIALS_LAST.sub(rf"\1{NBSP}", text)
