"""The order on introduction and the act on accessibility: drafted once, before there is anybody to name."""

import re

from sheets_sync.domain.documents.content import Content, Line
from sheets_sync.domain.documents.facts import Facts
from sheets_sync.domain.documents.kinds import ACCESS, INTRODUCTION
from sheets_sync.domain.indicators.values import IndicatorValue, number_with_noun, percent
from sheets_sync.domain.russian import Case
from sheets_sync.domain.russian.typography import unbroken

HEADING = "О внедрении Целевой модели наставничества"
ACCESS_HEADING = "О мерах по обеспечению доступности программ наставничества"
GROUP, ROADMAP, RESULTS = "рабочая группа", "дорожная карта", "результаты"
"""The order's appendices, by the names of their tables."""

_FULL_NAME = re.compile(r"^(?:[А-ЯЁ][\w-]+ ){2}[А-ЯЁ][\w-]+$")
_DUTIES = {
    "curator": "Куратор программы: отбор, обучение, сопровождение пар, отчётность",
    "director": "Общее руководство, заключение соглашений с партнёрами",
    "deputy": "Материально-техническое обеспечение, учёт контингента, доступность программ",
    "working_group": "Анализ анкет, общие встречи, методические материалы, сборник",
    "mentors": "Работа с наставляемыми по индивидуальным планам, отчёты о встречах",
}
_PLANNED = ("M01.", "M03.", "M12.", "M13.", "M20.")
"""Measures whose thresholds are the planned results: coverage, partners, plans, the game, diagnostics."""


def introduction(facts: Facts) -> tuple[Content, ...]:
    """Return the order on introduction, nothing when the school has one on paper."""
    return () if facts.has_paper(INTRODUCTION) else (introduction_content(facts),)


def introduction_content(facts: Facts) -> Content:
    """Return what the order on introduction should say, whether there is one or not."""
    roles = facts.settings.responsible
    posts = facts.roadmap.roles
    group = tuple(
        Line(posts.get(role, "заместитель"), (_DUTIES[role], roles[role]))
        for role in _DUTIES
        if roles.get(role)
    )
    planned = tuple(
        Line(value.counts, (_capital(value.counts), _threshold(value)))
        for value in facts.values.values()
        if value.threshold is not None and value.id.startswith(_PLANNED)
    )
    deputy = roles.get("deputy") or facts.settings.signatory_name
    declined = {
        "куратора вин": facts.name_in(facts.settings.curator_name, Case.ACCUSATIVE),
        "заместителя вин": facts.name_in(deputy, Case.ACCUSATIVE),
    }
    tables = {
        GROUP: group,
        ROADMAP: _roadmap(facts),
        RESULTS: planned,
        "ознакомление": readers(facts),
    }
    return Content(INTRODUCTION, HEADING, facts.common(), tables, declined=declined)


def readers(facts: Facts) -> tuple[Line, ...]:
    """Return the rows of the acquaintance sheet: the curator and whoever is told by name to do something."""
    named = dict.fromkeys((facts.settings.curator_name, facts.settings.responsible.get("deputy", "")))
    return tuple(
        Line(f"работник {number}", (name, "", ""))
        for number, name in enumerate(named, 1)
        if _FULL_NAME.match(name)
    )


def accessibility(facts: Facts) -> tuple[Content, ...]:
    """Return the act on accessibility, nothing when the school has one on paper."""
    if facts.has_paper(ACCESS):
        return ()
    lines = tuple(
        Line(
            f"категория {number}", (row.category, row.measures, _capital(row.responsible), _capital(row.due))
        )
        for number, row in enumerate(facts.config.accessibility, 1)
    )
    return (Content(ACCESS, ACCESS_HEADING, facts.common(), {"": lines}),)


def _roadmap(facts: Facts) -> tuple[Line, ...]:
    roles = facts.roadmap.roles
    return tuple(
        Line(
            f"пункт {measure.number}",
            (
                measure.title,
                unbroken(measure.written_deadline),
                _capital(", ".join(roles.get(role, role) for role in measure.responsible)),
            ),
        )
        for measure in facts.roadmap.measures
    )


def _threshold(value: IndicatorValue) -> str:
    if value.threshold is None:
        return ""
    if value.unit == "%":
        return f"не менее {percent(value.threshold)}"
    return f"не менее {number_with_noun(int(value.threshold), ('', '', ''))}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
