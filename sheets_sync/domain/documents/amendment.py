"""The order on changes: a registered order is never touched, a new one says what changes in its appendix.

What the order decides is compared: who mentors whom, by their full names, in which form and until when. A
corrected class or occupation describes a person, decides nothing and asks for no order; a corrected name
does, for the order names the person. Another period is another year, whose pairs get an order of their own.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sheets_sync.domain.documents.content import Content, Line, digest_of
from sheets_sync.domain.documents.facts import Facts
from sheets_sync.domain.documents.kinds import CHANGES, ENDING, PAIRS
from sheets_sync.domain.documents.naming import acquaintance, name_or_none, pair_cells, pair_decision
from sheets_sync.domain.documents.wording import long_date, number_sign
from sheets_sync.domain.school import Pair, PairState, RegisteredDocument

HEADING = "О внесении изменений в приказ"
_START, _END, _TERM = "начало периода", "конец периода", "срок"
_LIVE = frozenset({PairState.IN_FORCE, PairState.PAUSED})


@dataclass(frozen=True, slots=True)
class Replacement:
    """A pair of a registered order that ended, and the approved pair that takes its place."""

    order: RegisteredDocument
    old: Pair
    new: Pair


def amendments(facts: Facts) -> tuple[Content, ...]:
    """Return an order on changes for every registered order whose appendix no longer says what is so.

    A change of what an earlier order on changes put in changes the first order, not the one between.
    """
    orders = orders_in_force(facts)
    by_key = {paper.key: paper for paper in orders if paper.key}
    replaced, otherwise = replacements(facts), reworded(facts)
    found = []
    for paper in orders:
        if paper.amends in by_key:
            continue
        own = {paper.key, *(one.key for one in orders if one.amends and one.amends == paper.key)}
        changes = [change for change in replaced if change.order.key in own]
        rows = [pair for key, pair in otherwise if key in own]
        term = _term(paper, own, facts)
        if changes or rows or term:
            found.append(_amendment(paper, changes, rows, term, facts))
    return tuple(found)


def replacements(facts: Facts) -> tuple[Replacement, ...]:
    """Return the replacements that no registered order says yet, in the order of the pairs' codes."""
    pairs = {pair.code: pair for pair in facts.pairs}
    in_force = orders_in_force(facts)
    named = {code for paper in in_force for code in paper.pairs}
    over = taken_out(facts)
    waiting = [
        pair
        for pair in facts.pairs
        if pair.state is PairState.APPROVED and pair.code not in named and facts.admits(pair)
    ]
    found = []
    for paper in in_force:
        for code in paper.pairs:
            old = pairs.get(code)
            if old is None or old.state is not PairState.ENDED or code in over:
                continue
            new = next((pair for pair in waiting if (pair.mentee, pair.form) == (old.mentee, old.form)), None)
            if new is not None:
                waiting.remove(new)
                found.append(Replacement(paper, old, new))
    return tuple(sorted(found, key=lambda change: change.old.code))


def orders_in_force(facts: Facts) -> tuple[RegisteredDocument, ...]:
    """Return the registered orders that put pairs into force."""
    return tuple(paper for paper in facts.papers if paper.kind in {PAIRS, CHANGES} and paper.registered)


def taken_out(facts: Facts) -> set[str]:
    """Return the codes of the pairs that a registered order has ended or replaced."""
    signed = [paper for paper in facts.papers if paper.registered]
    ended = {code for paper in signed if paper.kind == ENDING for code in paper.pairs}
    return ended | {code for paper in signed for code in paper.ends}


def reworded(facts: Facts) -> list[tuple[str, Pair]]:
    """Return the living pairs about which the newest registered order decided something else."""
    orders = sorted(orders_in_force(facts), key=lambda paper: (paper.on or date.max, paper.key))
    newest = {code: paper.key for paper in orders for code in paper.pairs}
    found = []
    for pair in facts.pairs:
        key = newest.get(pair.code, "")
        signed = facts.signed_rows.get(key, {}).get(pair.code)
        if signed is None or pair.state not in _LIVE or not facts.admits(pair):
            continue
        if signed != digest_of(pair_decision(pair, facts)):
            found.append((key, pair))
    return found


def _term(paper: RegisteredDocument, keys: Collection[str], facts: Facts) -> tuple[Line, ...]:
    """Return the line on the term when the period's end has moved while pairs of the order are at work."""
    signed, now = facts.signed_fields.get(paper.key, {}), facts.common()
    alive = {pair.code for pair in facts.pairs if pair.state in _LIVE}
    if signed.get(_START) != digest_of((now[_START],)) or not alive & set(paper.pairs):
        return ()
    later = sorted(orders_in_force(facts), key=lambda order: (order.on or date.max, order.key))
    told = [facts.signed_rows.get(one.key, {}).get(_TERM) for one in later if one.key in keys]
    known = next((digest for digest in reversed(told) if digest), signed.get(_END))
    if known == digest_of((now[_END],)):
        return ()
    return (Line(_TERM, (f"Пункт 1, срок изложить: по {now[_END]}", "все пары", *[""] * 5), (now[_END],)),)


def _amendment(
    paper: RegisteredDocument,
    changes: Sequence[Replacement],
    rows: Sequence[Pair],
    term: Sequence[Line],
    facts: Facts,
) -> Content:
    lines = [
        Line(
            change.new.code,
            (f"Исключить пару {change.old.code}, вместо неё включить", *pair_cells(change.new, facts)),
            pair_decision(change.new, facts),
        )
        for change in changes
    ]
    lines += [
        Line(
            pair.code,
            (f"Строку пары {pair.code} изложить в новой редакции", *pair_cells(pair, facts)),
            pair_decision(pair, facts),
        )
        for pair in rows
    ]
    codes = [*(change.new.code for change in changes), *(pair.code for pair in rows)]
    mentors = [*(change.new.mentor for change in changes), *(pair.mentor for pair in rows)]
    before = [change.old.mentor for change in changes if name_or_none(change.old.mentor, facts)]
    fields = {
        **facts.common(),
        "дата изменяемого": long_date(paper.on) if paper.on else "",
        "номер изменяемого": number_sign(paper.number),
        "заголовок изменяемого": paper.title or "О закреплении наставнических пар и групп",
    }
    return Content(
        CHANGES,
        f"О внесении изменений в приказ {number_sign(paper.number)}",
        fields,
        {"": (*term, *lines), "ознакомление": acquaintance([*mentors, *before], facts)},
        subject=paper.key or paper.number,
        pairs=tuple(codes),
        ends=tuple(change.old.code for change in changes),
    )
