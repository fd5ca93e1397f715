"""When each pair came into its present state, and on what ground."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from sheets_sync.domain.pairs.life import LOCKED, ROW_DELETED
from sheets_sync.domain.school import Meeting, MeetingKind, Pair, PairState, RegisteredDocument
from sheets_sync.domain.tables import Memory


def dated(
    pairs: Iterable[Pair],
    remembered: Mapping[str, Memory],
    documents: Sequence[RegisteredDocument],
    meetings: Sequence[Meeting],
    as_of: date,
) -> tuple[Pair, ...]:
    """Give every pair the day its state began and its ground.

    A state of last night keeps its day, unless a decision, an order or a meeting bears a day of its own.
    """
    papers = {paper.key: paper for paper in documents if paper.key}
    return tuple(_dated(pair, remembered.get(pair.code, {}), papers, meetings, as_of) for pair in pairs)


def _dated(
    pair: Pair,
    memory: Memory,
    papers: Mapping[str, RegisteredDocument],
    meetings: Sequence[Meeting],
    as_of: date,
) -> Pair:
    same = memory.get("state") == pair.state.value
    since, basis = _own_day(pair, papers, meetings)
    if since is None:
        known = str(memory.get("since", "")) if same else ""
        since = date.fromisoformat(known) if known else as_of
    if not basis:
        basis = str(memory.get("basis", "")) if same else _ground(pair, memory)
    return replace(pair, since=since, basis=basis)


def _own_day(
    pair: Pair, papers: Mapping[str, RegisteredDocument], meetings: Sequence[Meeting]
) -> tuple[date | None, str]:
    """The day and ground that a paper, a meeting or a decision gives; None and "" where nothing does."""
    by_curator = "решение куратора" if pair.decision_reason != ROW_DELETED else ROW_DELETED
    match pair.state:
        case PairState.IN_FORCE:
            paper = papers.get(pair.order)
            number = f"приказ № {paper.number} от {paper.on:%d.%m.%Y}" if paper and paper.on else "приказ"
            return pair.in_force_from, number
        case PairState.COMPLETED:
            last = [m.on for m in meetings if m.pair == pair.code and m.kind is MeetingKind.FINAL and m.held]
            return min(last, default=None), "итоговая встреча"
        case PairState.ENDED:
            return pair.ended_on, pair.basis if pair.left else by_curator
        case PairState.APPROVED:
            return pair.approved_on, by_curator
        case PairState.PAUSED if pair.decision == "приостановить":
            return pair.decided_on, by_curator
        case PairState.PAUSED:
            return None, pair.basis
        case PairState.REJECTED:
            return pair.decided_on, by_curator
        case PairState.PROPOSED if pair.decision == "закрепить":
            return pair.decided_on, "закрепил куратор"
        case _:
            return None, ""


def _ground(pair: Pair, memory: Memory) -> str:
    """The ground of a state that only the night itself explains."""
    if pair.state is PairState.WITHDRAWN:
        return pair.basis or "лучше получается по-другому"
    before = str(memory.get("state", ""))
    if before == PairState.WITHDRAWN.value:
        return "снова предложена программой"
    if before in {state.value for state in LOCKED | {PairState.REJECTED}}:
        return "решение куратора снято"
    return "предложение программы"
