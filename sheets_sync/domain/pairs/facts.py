"""What speaks for a decided pair, remembered so that an answer edited later shows what it took away."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from sheets_sync.domain.findings import Finding
from sheets_sync.domain.intake.decisions import mark
from sheets_sync.domain.matching.model import Market, Mentee, Mentor, Rules
from sheets_sync.domain.matching.words import in_week_order
from sheets_sync.domain.pairs.life import LOCKED
from sheets_sync.domain.school import Pair, PairState

_DECIDED = LOCKED - {PairState.COMPLETED}


def facts_of(rules: Rules, mentee: Mentee, mentor: Mentor) -> tuple[str, ...]:
    """Say in Russian what two people have in common: needs met, times, ways to meet, choices."""
    common = mentee.times & mentor.times
    found = [f"запрос «{need}»" for need in sorted(mentee.needs & mentor.resources)]
    found += [f"общее время «{slot}»" for slot in in_week_order(common - rules.formats)]
    found += [f"встречи {way}" for way in sorted(common & rules.formats)]
    if mentor.id in mentee.choices:
        found.append("наставляемый назвал наставника")
    if mentee.id in mentor.choices:
        found.append("наставник назвал наставляемого")
    return tuple(found)


def with_facts(pairs: Sequence[Pair], market: Market) -> tuple[Pair, ...]:
    """Note the facts of pairs decided since the last night; facts noted before stay as they were."""
    common = _Common(market)
    return tuple(
        replace(pair, facts=common.of(pair) or ()) if pair.state in _DECIDED and not pair.facts else pair
        for pair in pairs
    )


def doubtful(pairs: Sequence[Pair], market: Market) -> tuple[Finding, ...]:
    """Name every decided pair that lost something it was decided on, and what.

    Shape: `pairs` are the standing ones; people outside the market (no consent) are told of elsewhere.
    """
    findings = []
    for pair, lost in lost_facts(pairs, market):
        text = (
            f"пара {pair.code} ({pair.state}): ответы с тех пор изменились, больше нет: "
            f"{', '.join(lost)}. Оставьте пару или измените решение"
        )
        key = f"pairs/{pair.code}/сомнение/{mark(*lost)}"
        findings.append(Finding(key, f"лист «Пары», {pair.code}", text, subject=pair.code))
    return tuple(findings)


def lost_facts(pairs: Iterable[Pair], market: Market) -> Iterator[tuple[Pair, tuple[str, ...]]]:
    """Yield every decided pair that lost something it was decided on, with what it lost."""
    common = _Common(market)
    for pair in pairs:
        now = common.of(pair)
        if pair.state in _DECIDED and now is not None:
            lost = tuple(fact for fact in pair.facts if fact not in now)
            if lost:
                yield pair, lost


class _Common:
    """Facts of any two people of a market by code."""

    def __init__(self, market: Market) -> None:
        self._rules = market.rules
        self._mentees = {one.id: one for one in market.mentees}
        self._mentors = {one.id: one for one in market.mentors}

    def of(self, pair: Pair) -> tuple[str, ...] | None:
        mentee, mentor = self._mentees.get(pair.mentee), self._mentors.get(pair.mentor)
        return None if mentee is None or mentor is None else facts_of(self._rules, mentee, mentor)
