"""The order on ending: pairs of a registered order that ended without a replacement."""

from sheets_sync.domain.documents.amendment import orders_in_force, replacements, taken_out
from sheets_sync.domain.documents.content import Content, Line
from sheets_sync.domain.documents.facts import Facts
from sheets_sync.domain.documents.kinds import ENDING
from sheets_sync.domain.documents.naming import acquaintance, name_in_table, name_or_none
from sheets_sync.domain.documents.wording import number_sign, short_date
from sheets_sync.domain.school import PairState

HEADING = "О прекращении наставнических пар"


def ending(facts: Facts) -> tuple[Content, ...]:
    """Return the order on the pairs that ended and that no registered order has taken out, if any."""
    orders = {code: paper for paper in orders_in_force(facts) for code in paper.pairs}
    settled = taken_out(facts) | {change.old.code for change in replacements(facts)}
    over = [
        pair
        for pair in facts.pairs
        if pair.state is PairState.ENDED and pair.code in orders and pair.code not in settled
    ]
    if not over:
        return ()
    lines = []
    for pair in over:
        order = orders[pair.code]
        signed = f"{number_sign(order.number)} от {short_date(order.on)}" if order.on else order.number
        names = name_in_table(pair.mentor, facts), name_in_table(pair.mentee, facts)
        # The reason is staff's own text about a child: it stays out when the child may not be named.
        reason = pair.end_reason if name_or_none(pair.mentee, facts) else ""
        ended = short_date(pair.ended_on) if pair.ended_on else ""
        lines.append(Line(pair.code, (pair.code, signed, *names, ended, reason)))
    tables = {"": tuple(lines), "ознакомление": acquaintance((pair.mentor for pair in over), facts)}
    codes = tuple(pair.code for pair in over)
    return (Content(ENDING, HEADING, facts.common(), tables, pairs=codes),)
