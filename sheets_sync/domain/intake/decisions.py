"""What people answered in «Вопросы к данным», and the answers to forms with their corrections put in."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from sheets_sync.domain.findings import Decision, Finding, Severity
from sheets_sync.domain.responses import Response
from sheets_sync.domain.tables import Workbook
from sheets_sync.domain.textforms import cleaned

YES, NO, SKIP, LATER = "да", "нет", "пропустить", "отложить"
"""Answers that the column «Решение» offers."""

USED, HELD, SKIPPED, DELETED = "учтён", "карантин", "пропущен", "удалён в форме"
"""States of a response in «Ответы: …»."""


def decisions_of(workbook: Workbook) -> dict[str, Decision]:
    """Return every decision by the question's key; one whose row staff deleted comes from memory."""
    found = {
        key: Decision(key, _said(memory, "decision"), _said(memory, "correction"))
        for key, memory in workbook.remembered("questions").items()
    }
    for row in workbook.rows("questions"):
        if row.key:
            answer = row.text("decision").casefold()
            found[row.key] = Decision(row.key, answer, row.text("correction"), row.text("who"))
    return found


def mark(*parts: str, size: int = 3) -> str:
    """Return letters (two for each byte of `size`) that stand for texts inside a key."""
    return hashlib.blake2s("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=size).hexdigest()


def _said(memory: Mapping[str, object], key: str) -> str:
    value = memory.get(key)
    return value if isinstance(value, str) else ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one response: quarantined with a reason, skipped by a person, or used by a code."""

    state: str
    person: str = ""
    reason: str = ""


@dataclass(slots=True)
class Ledger:
    """Gathers findings and verdicts while answers are read; lives for one reading only.

    Shape: `returned` are the codes of forgotten people of whom a new questionnaire was taken.
    """

    decisions: Mapping[str, Decision]
    findings: list[Finding] = field(default_factory=list)
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    returned: set[str] = field(default_factory=set)

    def value(self, response: Response, field_id: str, label: str) -> "Value":
        """Return a response's text in a field with the correction that people typed for exactly this text."""
        original = cleaned(response.text(field_id))
        key = f"{label}/{response.response_id}/{mark(original)}"
        decision = self.decisions.get(key)
        corrected = cleaned(decision.correction) if decision else ""
        return Value(key, original, corrected or original, decision or Decision(key), response.response_id)

    def ask(self, value: "Value", place: str, text: str, *, suggestion: str = "") -> None:
        """Put a question about a value without holding the answer back."""
        self.findings.append(
            Finding(value.key, place, text, Severity.QUESTION, suggestion, value.response_id)
        )

    def hold(self, value: "Value", place: str, text: str, *, suggestion: str = "") -> None:
        """Quarantine the response of a value until a person corrects or decides."""
        if value.decision.answer == SKIP:
            self.verdicts[value.response_id] = Verdict(SKIPPED, reason=text)
            return
        self.verdicts.setdefault(value.response_id, Verdict(HELD, reason=text))
        self.findings.append(
            Finding(value.key, place, text, Severity.QUARANTINE, suggestion, value.response_id)
        )


@dataclass(frozen=True, slots=True)
class Value:
    """A text of an answer: as given, as corrected, and the decision typed beside its question."""

    key: str
    original: str
    text: str
    decision: Decision
    response_id: str

    @property
    def accepted(self) -> bool:
        """Whether a person answered «да» to the program's suggestion."""
        return self.decision.answer == YES
