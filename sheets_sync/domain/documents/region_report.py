"""The report to the regional centre: counted figures and links, nobody's name."""

from sheets_sync.domain.documents.content import Content, Line
from sheets_sync.domain.documents.digest import PRACTICES
from sheets_sync.domain.documents.facts import Facts
from sheets_sync.domain.documents.kinds import REGION_REPORT
from sheets_sync.domain.documents.results import (
    NOTHING,
    in_force,
    is_closing,
    materials_of,
    result_lines,
    satisfaction_lines,
)
from sheets_sync.domain.documents.swot_cells import BY_HAND, SECTIONS
from sheets_sync.domain.documents.wording import counted, initials_first
from sheets_sync.domain.school import Pair

HEADING = "Отчёт о реализации программы наставничества"


def region_report(facts: Facts) -> tuple[Content, ...]:
    """Return the report from the period's last month on, nothing when the school has one on paper."""
    pairs = in_force(facts)
    if not pairs or not is_closing(facts) or facts.has_paper(REGION_REPORT):
        return ()
    practices = materials_of(facts, PRACTICES)
    fields = {
        **facts.common(),
        "порог удовлетворённости": counted(facts.settings.satisfied_from, "балл", "балла", "баллов"),
        "число партнёров": str(len(facts.partners)),
        "число соглашений": str(sum(partner.state == "подписано" for partner in facts.partners)),
        "число практик": str(len(practices)),
        "куратор подпись": initials_first(facts.settings.curator_name),
    }
    listed = tuple(
        Line(f"строка {n}", (one.title, one.link or NOTHING)) for n, one in enumerate(practices, 1)
    )
    tables = {
        "формы": _forms(pairs),
        "показатели": result_lines(facts),
        "удовлетворённость": satisfaction_lines(facts),
        "практики": listed or (Line("нет", ("практик ещё нет", NOTHING)),),
        "оценка": (Line("оценка", tuple(_section(facts.swot.get(name, ())) for name in SECTIONS)),),
    }
    return (Content(REGION_REPORT, HEADING, fields, tables),)


def _section(texts: tuple[str, ...]) -> str:
    return ";\n".join(texts) or BY_HAND


def _forms(pairs: tuple[Pair, ...]) -> tuple[Line, ...]:
    lines = []
    for form in sorted({pair.form for pair in pairs}):
        own = [pair for pair in pairs if pair.form == form]
        mentors, mentees = {pair.mentor for pair in own}, {pair.mentee for pair in own}
        lines.append(Line(form, (form, str(len(own)), str(len(mentors)), str(len(mentees)))))
    mentors, mentees = {pair.mentor for pair in pairs}, {pair.mentee for pair in pairs}
    total = ("Всего (каждый человек один раз)", str(len(pairs)), str(len(mentors)), str(len(mentees)))
    return (*lines, Line("всего", total))
