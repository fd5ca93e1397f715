"""What is wrong with the data, as a value with a place, shown to a person and never raised."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding stops."""

    QUARANTINE = "карантин"
    QUESTION = "вопрос"
    NOTE = "замечание"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing a person should look at.

    Shape: `key` is stable from night to night (kind + place), so that a decision typed beside it is
    remembered; `place` names sheet or form and row in Russian; `text` says what is wrong; `suggestion` is the
    value the program would take if the person answers «да»; `subject` is the code or response id it is about.
    """

    key: str
    place: str
    text: str
    severity: Severity = Severity.QUESTION
    suggestion: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person answered to a finding in «Вопросы к данным».

    Shape: `answer` is one of «да», «нет», «пропустить», «отложить» or empty; `correction` is free text.
    """

    key: str
    answer: str = ""
    correction: str = ""
    who: str = ""
