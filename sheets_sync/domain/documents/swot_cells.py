"""The four cells of the curator's judgement in the report: what «SWOT» holds, told without names.

The curator's verdicts come first; where there is none, strengths and weaknesses are those that the answers
show by the thresholds. What nothing is known of is left for the curator's hand, and the cell says so.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from sheets_sync.domain.documents.wording import counted
from sheets_sync.domain.indicators.values import percent
from sheets_sync.domain.monitoring.open_answers import NameSpotter
from sheets_sync.domain.monitoring.swot import Line, Side, Swot
from sheets_sync.domain.school import Role
from sheets_sync.domain.tables import ReadRow

SECTIONS = ("сильная сторона", "слабая сторона", "возможность", "угроза")
"""The verdicts of «SWOT» in the order of the report's columns."""

BY_HAND = "вписывает куратор:\n\n_________________\n\n_________________"
_BY_ANSWERS = {SECTIONS[0]: Side.STRENGTH, SECTIONS[1]: Side.WEAKNESS}
_GROUPS = {Role.MENTEE.value: "Наставляемые", Role.MENTOR.value: "Наставники"}


def swot_cells(found: Swot, rows: Iterable[ReadRow], spotter: NameSpotter) -> Mapping[str, tuple[str, ...]]:
    """Return what stands in each section, the sections of which something is known.

    Shape: `rows` are those of «SWOT»; a conclusion that may name somebody gives way to its question.
    """
    lines = {line.key: line for line in found.lines}
    told: dict[str, list[str]] = {}
    judged = set()
    for row in rows:
        verdict = row.text("verdict")
        if not verdict:
            continue
        judged.add(row.key)
        if verdict in SECTIONS:
            told.setdefault(verdict, []).append(_conclusion(row, lines.get(row.key), spotter))
    for section, side in _BY_ANSWERS.items():
        if section not in told:
            shown = [one for one in found.lines if one.side is side and one.key not in judged]
            told[section] = [_by_answers(one) for one in shown if one.group in _GROUPS]
    return {section: tuple(dict.fromkeys(filter(None, texts))) for section, texts in told.items() if texts}


def _conclusion(row: ReadRow, line: Line | None, spotter: NameSpotter) -> str:
    said = " ".join(row.text("conclusion").split())
    if said and not spotter.names_somebody(said):
        return said
    # What a respondent wrote goes nowhere by itself: the curator reads it and writes a conclusion.
    return "" if line is None else _by_answers(line)


def _by_answers(line: Line) -> str:
    told = f"{_GROUPS.get(line.group, line.group)}: {line.question[:1].lower()}{line.question[1:]}"
    if not line.answered or line.good is None:
        return told
    answers = counted(line.answered, "ответ", "ответа", "ответов")
    return f"{told} — {percent(Fraction(line.good, line.answered))} ({answers})"
