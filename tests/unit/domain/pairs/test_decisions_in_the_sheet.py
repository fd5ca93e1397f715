"""What each decision typed in «Пары» makes of a pair, and from which day an order holds."""

from datetime import date

import pytest

from sheets_sync.domain.pair import Pair, PairState
from sheets_sync.domain.pairs.life import memory_of, standing_pairs
from sheets_sync.domain.school import RegisteredDocument
from tests.builders.people import rows, workbook
from tests.unit.domain.matching.school import PEERS

DAY, EARLIER = date(2022, 10, 25), date(2022, 10, 12)
ORDER = RegisteredDocument(
    "приказ о закреплении пар", key="Д-019", number="7-о", on=date(2022, 10, 20), state="зарегистрирован",
    pairs=("П-014",),
)  # fmt: skip


def decided(decision: str, before: PairState, papers: tuple[RegisteredDocument, ...] = ()) -> Pair:
    stood = Pair("П-014", PEERS, "У-2", "У-1", before, EARLIER)
    book = workbook(
        rows("pairs", {"key": "П-014", "decision": decision}), memory={("pairs", "П-014"): memory_of(stood)}
    )
    (pair,) = standing_pairs(book, papers, (), DAY).pairs
    return pair


@pytest.mark.parametrize(
    ("decision", "before", "after"),
    [
        ("утвердить", PairState.PROPOSED, PairState.APPROVED),
        ("утвердить", PairState.ENDED, PairState.ENDED),
        ("приостановить", PairState.APPROVED, PairState.PAUSED),
        ("прекратить", PairState.APPROVED, PairState.ENDED),
        ("отклонить", PairState.PROPOSED, PairState.REJECTED),
        ("запретить", PairState.PROPOSED, PairState.REJECTED),
        ("запретить", PairState.APPROVED, PairState.REJECTED),
        ("закрепить", PairState.WITHDRAWN, PairState.PROPOSED),
        ("", PairState.APPROVED, PairState.PROPOSED),
        ("", PairState.PAUSED, PairState.PROPOSED),
        ("", PairState.REJECTED, PairState.PROPOSED),
        ("", PairState.WITHDRAWN, PairState.WITHDRAWN),
        ("", PairState.ENDED, PairState.ENDED),
    ],
)
def test_f21_a_decision_moves_a_pair_and_taking_it_back_makes_a_proposal(
    decision: str, before: PairState, after: PairState
) -> None:
    assert decided(decision, before).state is after


def test_f21_an_order_holds_from_its_date_and_not_before() -> None:
    assert ORDER.registered
    in_force = decided("утвердить", PairState.APPROVED, (ORDER,))
    assert (in_force.state, in_force.in_force_from) == (PairState.IN_FORCE, date(2022, 10, 20))
    tomorrow = RegisteredDocument(
        ORDER.kind, key=ORDER.key, number=ORDER.number, on=date(2022, 10, 26), state=ORDER.state,
        pairs=ORDER.pairs,
    )  # fmt: skip
    waiting = decided("утвердить", PairState.APPROVED, (tomorrow,))
    assert (waiting.state, waiting.in_force_from, waiting.order) == (PairState.APPROVED, None, "Д-019")
