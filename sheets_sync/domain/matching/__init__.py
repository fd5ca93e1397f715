"""Mentor–mentee pairing: an exact, proven and explained proposal from plain values."""

from sheets_sync.domain.matching.model import (
    Assignment,
    Criterion,
    Decided,
    FormRule,
    Ineligible,
    Level,
    Market,
    MatchedPair,
    Mentee,
    Mentor,
    Part,
    Rules,
    Totals,
    Unmatched,
)
from sheets_sync.domain.matching.rules import RulesProblem, mentee_forms, mentor_forms, rules_from

__all__ = [
    "Assignment",
    "Criterion",
    "Decided",
    "FormRule",
    "Ineligible",
    "Level",
    "Market",
    "MatchedPair",
    "Mentee",
    "Mentor",
    "Part",
    "Rules",
    "RulesProblem",
    "Totals",
    "Unmatched",
    "mentee_forms",
    "mentor_forms",
    "rules_from",
]
