"""The order on individual plans: the plans of pairs in force that no registered order names yet."""

from datetime import date

from sheets_sync.domain.documents.content import Content, Line
from sheets_sync.domain.documents.facts import Facts
from sheets_sync.domain.documents.kinds import PLANS
from sheets_sync.domain.documents.naming import acquaintance
from sheets_sync.domain.documents.register import covered
from sheets_sync.domain.documents.wording import counted
from sheets_sync.domain.school import PairState, Plan

HEADING = "Об утверждении индивидуальных планов"


def plans_order(facts: Facts) -> tuple[Content, ...]:
    """Return the order, nothing when no plan waits for one."""
    alive = {
        pair.code: pair
        for pair in facts.pairs
        if pair.state in {PairState.IN_FORCE, PairState.COMPLETED} and facts.admits(pair)
    }
    named, on_paper = covered(facts.papers, (PLANS,)), _last_paper(facts)
    due = sorted(
        (
            plan
            for plan in facts.plans
            if plan.pair in alive and plan.pair not in named and not _covers(on_paper, plan)
        ),
        key=lambda plan: plan.pair,
    )
    if not due:
        return ()
    lines = []
    for plan in due:
        pair = alive[plan.pair]
        names = facts.people[pair.mentor].name, facts.people[pair.mentee].name
        lines.append(Line(pair.code, (pair.code, *names, plan.goal, str(len(plan.items)))))
    fields = {**facts.common(), "число пар": counted(len(due), "строка", "строки", "строк")}
    mentors = (alive[plan.pair].mentor for plan in due)
    tables = {"": tuple(lines), "ознакомление": acquaintance(mentors, facts)}
    return (Content(PLANS, HEADING, fields, tables, pairs=tuple(plan.pair for plan in due)),)


def _last_paper(facts: Facts) -> date | None:
    days = [
        paper.on
        for paper in facts.papers
        if paper.kind == PLANS and paper.registered and not paper.key and not paper.pairs and paper.on
    ]
    return max(days, default=None)


def _covers(on: date | None, plan: Plan) -> bool:
    # An order on paper that names no pairs covers every plan made by its date, as measure 11 counts it.
    return on is not None and plan.made_on <= on
