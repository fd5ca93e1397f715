"""Telephones and e-mail addresses inside what people wrote."""

import re
from dataclasses import dataclass

from phonenumbers import PhoneNumberFormat, PhoneNumberMatcher, format_number, is_valid_number

from sheets_sync.domain.textforms import cleaned

_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]+\.)+[^\W\d_]{2,24}(?![\w@-])")


@dataclass(frozen=True, slots=True)
class Contacts:
    """What an answer holds: telephones in E.164, addresses in small letters, each once, in order."""

    phones: tuple[str, ...] = ()
    mails: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Return telephones, then addresses."""
        return (*self.phones, *self.mails)


def parse_contacts(text: str) -> Contacts:
    """Find every valid Russian telephone and e-mail address in a text; words around them do not matter."""
    plain = cleaned(text)
    mails = tuple(dict.fromkeys(found.casefold() for found in _MAIL.findall(plain)))
    rest = _MAIL.sub(" ", plain)
    return Contacts(_phones(rest), mails)


def _phones(text: str) -> tuple[str, ...]:
    found = [
        format_number(match.number, PhoneNumberFormat.E164)
        for match in PhoneNumberMatcher(text, "RU")
        if is_valid_number(match.number)
    ]
    return tuple(dict.fromkeys(found))
