"""The order on pairs and groups: the approved pairs that no registered order names yet."""

from sheets_sync.domain.documents.amendment import replacements
from sheets_sync.domain.documents.content import Content, Line
from sheets_sync.domain.documents.facts import Facts
from sheets_sync.domain.documents.kinds import CHANGES, PAIRS
from sheets_sync.domain.documents.register import covered
from sheets_sync.domain.documents.wording import counted
from sheets_sync.domain.school import Pair, PairState

HEADING = "О закреплении наставнических пар и групп"


def pairs_order(facts: Facts) -> tuple[Content, ...]:
    """Return the order, nothing when no pair waits for one; a replacement waits for its amending order."""
    named = covered(facts.papers, (PAIRS, CHANGES)) | {change.new.code for change in replacements(facts)}
    due = [
        pair
        for pair in facts.pairs
        if pair.state is PairState.APPROVED and pair.code not in named and facts.admits(pair)
    ]
    if not due:
        return ()
    due.sort(key=lambda pair: (facts.people[pair.mentor].name, facts.people[pair.mentee].name, pair.code))
    lines = tuple(Line(pair.code, pair_cells(pair, facts)) for pair in due)
    fields = {**facts.common(), "число пар": counted(len(due), "строка", "строки", "строк")}
    return (Content(PAIRS, HEADING, fields, {"": lines}, pairs=tuple(pair.code for pair in due)),)


def pair_cells(pair: Pair, facts: Facts) -> tuple[str, ...]:
    """Return a row of the appendix: the pair, both people, the mentee's class and the form of mentoring."""
    mentor, mentee = facts.people[pair.mentor], facts.people[pair.mentee]
    return (pair.code, mentor.name, mentee.name, mentee.school_class, pair.form)
