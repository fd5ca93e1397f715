"""The order on pairs and groups: the approved pairs that no registered order names yet."""

from sheets_sync.domain.documents.amendment import replacements
from sheets_sync.domain.documents.content import Content, Line
from sheets_sync.domain.documents.facts import Facts
from sheets_sync.domain.documents.kinds import CHANGES, PAIRS
from sheets_sync.domain.documents.naming import acquaintance, pair_cells, pair_decision
from sheets_sync.domain.documents.register import covered
from sheets_sync.domain.documents.wording import counted
from sheets_sync.domain.school import PairState

HEADING = "О закреплении наставнических пар и групп"


def pairs_order(facts: Facts) -> tuple[Content, ...]:
    """Return the order, nothing when no pair waits for one; a replacement waits for its amending order."""
    named = covered(facts.papers, (PAIRS, CHANGES))
    if CHANGES in facts.config.drafts:
        named |= {change.new.code for change in replacements(facts)}
    due = [
        pair
        for pair in facts.pairs
        if pair.state is PairState.APPROVED and pair.code not in named and facts.admits(pair)
    ]
    if not due:
        return ()
    due.sort(key=lambda pair: (facts.people[pair.mentor].name, facts.people[pair.mentee].name, pair.code))
    lines = tuple(Line(pair.code, pair_cells(pair, facts), pair_decision(pair, facts)) for pair in due)
    fields = {**facts.common(), "число пар": counted(len(due), "строка", "строки", "строк")}
    tables = {"": lines, "ознакомление": acquaintance((pair.mentor for pair in due), facts)}
    return (Content(PAIRS, HEADING, fields, tables, pairs=tuple(pair.code for pair in due)),)
