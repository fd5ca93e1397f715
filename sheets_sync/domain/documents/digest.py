"""The final digest in its three sections: results, materials of the meetings, best practices."""

from sheets_sync.domain.documents.content import Content, Line
from sheets_sync.domain.documents.facts import Facts
from sheets_sync.domain.documents.kinds import DIGEST
from sheets_sync.domain.documents.results import (
    NOTHING,
    change_lines,
    in_force,
    is_closing,
    materials_of,
    public_author,
    result_lines,
)
from sheets_sync.domain.documents.wording import counted, initials_first
from sheets_sync.domain.monitoring.comparison import ITEMS

HEADING = "Итоговый сборник"
MEETINGS = ("материал встречи", "программа", "методические", "дидактические")
PRACTICES = ("лучшая практика",)


def digest(facts: Facts) -> tuple[Content, ...]:
    """Return the digest from the period's last month on, nothing when the school has one on paper."""
    pairs = in_force(facts)
    if not pairs or not is_closing(facts) or facts.has_paper(DIGEST):
        return ()
    codes = {pair.code for pair in pairs}
    held = sum(meeting.held and meeting.pair in codes for meeting in facts.meetings)
    done = sum(
        bool(plan.items) and all(item.done_on for item in plan.items)
        for plan in facts.plans
        if plan.pair in codes
    )
    people = len({code for pair in pairs for code in (pair.mentor, pair.mentee)})
    fields = {
        **facts.common(),
        "число участников": counted(people, "человек", "человека", "человек"),
        "число пар в силе": counted(len(pairs), "пара", "пары", "пар"),
        "число встреч": str(held),
        "число планов": str(done),
        "куратор подпись": initials_first(facts.settings.curator_name),
    }
    tables = {
        "показатели": result_lines(facts),
        "динамика": change_lines(facts, ITEMS),
        "материалы": _materials(facts) or (Line("нет", (NOTHING, "материалов ещё нет", NOTHING, NOTHING)),),
        "практики": _practices(facts) or (Line("нет", ("практик ещё нет", NOTHING, NOTHING, NOTHING)),),
    }
    return (Content(DIGEST, HEADING, fields, tables),)


def _materials(facts: Facts) -> tuple[Line, ...]:
    return tuple(
        Line(f"строка {number}", (one.kind, one.title, one.form or "все", one.link or NOTHING))
        for number, one in enumerate(materials_of(facts, MEETINGS), 1)
    )


def _practices(facts: Facts) -> tuple[Line, ...]:
    return tuple(
        Line(
            f"строка {number}", (one.title, one.form or "все", public_author(one, facts), one.link or NOTHING)
        )
        for number, one in enumerate(materials_of(facts, PRACTICES), 1)
    )
