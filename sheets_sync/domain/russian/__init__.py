"""Russian as documents need it: names and posts in cases, dates in words, numbers with their nouns."""

from sheets_sync.domain.documents.wording import NBSP, counted, long_date
from sheets_sync.domain.russian.case import Case, NamePart, Sex, case_named
from sheets_sync.domain.russian.dates import date_in_words
from sheets_sync.domain.russian.declension import (
    Declension,
    Declined,
    Forms,
    cases_finding,
    unconfirmed,
)
from sheets_sync.domain.russian.fullname import NameRules
from sheets_sync.domain.russian.grammar import Grammar, grammar
from sheets_sync.domain.russian.posts import Posts

__all__ = [
    "NBSP",
    "Case",
    "Declension",
    "Declined",
    "Forms",
    "Grammar",
    "NamePart",
    "NameRules",
    "Posts",
    "Sex",
    "case_named",
    "cases_finding",
    "counted",
    "date_in_words",
    "grammar",
    "long_date",
    "unconfirmed",
]
