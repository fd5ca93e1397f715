"""The state of every pair: what the program remembers, what people decided, which orders are signed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sheets_sync.domain.findings import Finding
from sheets_sync.domain.school import Meeting, MeetingKind, Pair, PairState, RegisteredDocument
from sheets_sync.domain.tables import Memory, ReadRow, Workbook

LOCKED = frozenset({PairState.APPROVED, PairState.IN_FORCE, PairState.PAUSED, PairState.COMPLETED})
"""States in which a pair holds its mentor's place and is never changed by the program."""

FREE = frozenset({PairState.PROPOSED, PairState.WITHDRAWN})
"""States in which a pair is the program's own and moves from night to night."""

OVER = frozenset({PairState.ENDED, PairState.REJECTED, PairState.WITHDRAWN})

APPROVE, REJECT, FIX, FORBID, PAUSE, END = (
    "утвердить",
    "отклонить",
    "закрепить",
    "запретить",
    "приостановить",
    "прекратить",
)
DECISIONS = frozenset({APPROVE, REJECT, FIX, FORBID, PAUSE, END})
ROW_DELETED = "строка удалена из листа"
ORDERS_ON_PAIRS = frozenset({"приказ о закреплении пар", "приказ об изменении"})
"""The kinds of documents that put a pair into force."""


@dataclass(frozen=True, slots=True)
class StandingPairs:
    """Pairs as they stand before tonight's proposal, in the order of their codes."""

    pairs: tuple[Pair, ...]
    findings: tuple[Finding, ...]


def standing_pairs(
    workbook: Workbook,
    documents: Sequence[RegisteredDocument],
    meetings: Sequence[Meeting],
    as_of: date,
) -> StandingPairs:
    """Read every pair that the program ever proposed, with people's decisions applied on the date.

    A pair whose row staff deleted counts as rejected: it is neither in force nor proposed again.
    """
    remembered = workbook.remembered("pairs")
    rows = workbook.sheets["pairs"].by_key() if "pairs" in workbook.sheets else {}
    findings: list[Finding] = []
    pairs = []
    for code in sorted(remembered):
        memory, row = remembered[code], rows.get(code)
        pair = _remembered(code, memory)
        if row is None:
            pairs.append(
                replace(pair, state=PairState.REJECTED, decision=REJECT, decision_reason=ROW_DELETED)
            )
            continue
        decided = _decided(pair, row, as_of)
        if row.text("decision") and row.text("decision") not in DECISIONS:
            findings.append(_unknown_decision(row))
        pairs.append(_with_orders(decided, documents, meetings, as_of))
    strangers = [row for key, row in rows.items() if key not in remembered]
    findings += [_stranger(row) for row in strangers]
    return StandingPairs(tuple(pairs), tuple(findings))


def memory_of(pair: Pair) -> Memory:
    """Return what has to be remembered about a pair to know it again the next night."""
    memory: dict[str, object] = {
        "form": pair.form,
        "mentor": pair.mentor,
        "mentee": pair.mentee,
        "state": pair.state.value,
        "proposed_on": pair.proposed_on.isoformat(),
        "approved_on": pair.approved_on.isoformat() if pair.approved_on else "",
        "ended_on": pair.ended_on.isoformat() if pair.ended_on else "",
        "score": pair.score,
        "reason": pair.reason,
        "since": pair.since.isoformat() if pair.since else "",
        "basis": pair.basis,
    }
    if pair.facts:
        memory["facts"] = list(pair.facts)
    memory |= {name: True for name in ("by_hand", "left") if getattr(pair, name)}
    return memory


def _remembered(code: str, memory: Memory) -> Pair:
    facts = memory.get("facts")
    state = PairState(str(memory.get("state", PairState.PROPOSED.value)))
    # Whether somebody left is asked anew every night: a date of leaving may have been a slip.
    state = PairState.PROPOSED if memory.get("left") else state
    return Pair(
        code=code,
        form=str(memory.get("form", "")),
        mentor=str(memory.get("mentor", "")),
        mentee=str(memory.get("mentee", "")),
        state=state,
        proposed_on=_day(memory, "proposed_on") or date.min,
        approved_on=_day(memory, "approved_on"),
        ended_on=None if memory.get("left") else _day(memory, "ended_on"),
        score=int(str(memory.get("score", 0))),
        reason=str(memory.get("reason", "")),
        since=_day(memory, "since"),
        basis=str(memory.get("basis", "")),
        facts=tuple(map(str, facts)) if isinstance(facts, list) else (),
        by_hand=memory.get("by_hand") is True,
    )


def _day(memory: Memory, name: str) -> date | None:
    text = str(memory.get(name, ""))
    return date.fromisoformat(text) if text else None


def _decided(pair: Pair, row: ReadRow, as_of: date) -> Pair:
    decided_on = row.day("decided_on")
    pair = replace(
        pair,
        decision=row.text("decision"),
        decision_reason=row.text("decision_reason"),
        decided_on=decided_on,
        notified_on=row.day("notified_on"),
    )
    match pair.decision:
        case "утвердить" if pair.state is not PairState.ENDED:
            approved = decided_on or pair.approved_on or as_of
            return replace(pair, state=PairState.APPROVED, approved_on=approved)
        case "приостановить" if pair.state is not PairState.ENDED:
            return replace(pair, state=PairState.PAUSED, approved_on=pair.approved_on or decided_on or as_of)
        case "прекратить":
            ended = decided_on or pair.ended_on or as_of
            return replace(pair, state=PairState.ENDED, ended_on=ended, end_reason=pair.decision_reason)
        case "отклонить" | "запретить":
            return replace(pair, state=PairState.REJECTED, approved_on=None)
        case "закрепить" if pair.state is not PairState.ENDED:
            return replace(pair, state=PairState.PROPOSED, approved_on=None)
        case _ if pair.state is PairState.ENDED:
            # What has ended stays so: the two may be paired again in a new row.
            return pair
        case _:
            # Without a decision an approval is taken back: the pair is a proposal again.
            back = PairState.PROPOSED if pair.state in LOCKED | {PairState.REJECTED} else pair.state
            return replace(pair, state=back, approved_on=None)


def _with_orders(
    pair: Pair, documents: Sequence[RegisteredDocument], meetings: Sequence[Meeting], as_of: date
) -> Pair:
    orders = [paper for paper in documents if paper.kind in ORDERS_ON_PAIRS and pair.code in paper.pairs]
    signed = [paper for paper in orders if paper.registered and paper.on is not None and paper.on <= as_of]
    if signed:
        first = min(signed, key=lambda paper: paper.on or date.max)
        pair = replace(pair, order=first.key, in_force_from=first.on)
        if pair.state is PairState.APPROVED:
            final = any(
                one.pair == pair.code and one.kind is MeetingKind.FINAL and one.held and one.on <= as_of
                for one in meetings
            )
            return replace(pair, state=PairState.COMPLETED if final else PairState.IN_FORCE)
        return pair
    return replace(pair, order=orders[0].key if orders else "")


def _unknown_decision(row: ReadRow) -> Finding:
    return Finding(
        f"pairs/{row.key}/decision",
        f"лист «Пары», строка {row.index + 1}",
        f"Решение «{row.text('decision')}» непонятно: выберите из списка",
        subject=row.key,
    )


def _stranger(row: ReadRow) -> Finding:
    return Finding(
        f"pairs/{row.key}/unknown",
        f"лист «Пары», строка {row.index + 1}",
        f"Пары {row.key} программа не предлагала: строка не учитывается",
        subject=row.key,
    )
