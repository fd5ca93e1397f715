"""Tonight's proposal laid over the standing pairs: new pairs, kept ones, withdrawn ones, and their rows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from sheets_sync.domain.forgetting.tombstones import DESTROYED
from sheets_sync.domain.matching.model import Assignment, Ineligible, MatchedPair, Unmatched
from sheets_sync.domain.matching.words import points
from sheets_sync.domain.pairs.by_hand import initial_cells
from sheets_sync.domain.pairs.life import FIX, FREE, LOCKED, ORDERS_ON_PAIRS, memory_of
from sheets_sync.domain.school import Meeting, Pair, PairState, Person, RegisteredDocument, Role
from sheets_sync.domain.tables import Row, Table, Workbook, table

_NO_NAME = "(нет согласия)"


def settle(
    standing: Sequence[Pair],
    assignment: Assignment,
    next_code: Callable[[int], str],
    as_of: date,
    barred: Iterable[Ineligible] = (),
) -> tuple[Pair, ...]:
    """Return all pairs after tonight: locked ones untouched, proposals kept, added or withdrawn.

    Shape: `next_code(n)` makes the code of the n-th pair ever; codes are never used again. Of `barred` people
    no proposal stands, not even on a night whose own proposal is only shown.
    """
    closed = {(one.id, one.role): one.reason for one in barred}
    matched = {(one.mentee, one.form, one.mentor): one for one in assignment.pairs}
    given = {one.mentee: one.mentor for one in assignment.pairs}
    withheld = bool(assignment.withheld)
    after: list[Pair] = []
    seen: set[tuple[str, str, str]] = set()
    suspended = {(one.mentee, one.form, one.mentor): one.stopped for one in assignment.suspended}
    for pair in standing:
        identity = (pair.mentee, pair.form, pair.mentor)
        if identity in suspended and (pair.state in LOCKED or pair.decision == FIX):
            after.append(replace(pair, state=PairState.PAUSED, basis=suspended[identity]))
        elif pair.state in FREE and identity not in seen:
            why = closed.get((pair.mentor, Role.MENTOR)) or closed.get((pair.mentee, Role.MENTEE)) or ""
            found = matched.get(identity)
            after.append(_proposal(pair, found, given, closed=why, withheld=withheld))
        else:
            after.append(_scored(pair, matched.get(identity)))
        if pair.state not in {PairState.ENDED, PairState.REJECTED}:
            seen.add(identity)
    number = len(standing)
    for one in sorted(matched.values(), key=lambda item: (item.mentee, item.form, item.mentor)):
        if (one.mentee, one.form, one.mentor) in seen or one.locked or one.weak or withheld:
            continue
        number += 1
        after.append(
            Pair(
                code=next_code(number),
                form=one.form,
                mentor=one.mentor,
                mentee=one.mentee,
                state=PairState.PROPOSED,
                proposed_on=as_of,
                score=one.score,
                reason=one.reason,
            )
        )
    return tuple(after)


def _proposal(
    pair: Pair, found: MatchedPair | None, given: Mapping[str, str], *, closed: str, withheld: bool
) -> Pair:
    shown_only = withheld and pair.state is PairState.WITHDRAWN
    if found is not None and (found.locked or not (found.weak or shown_only)):
        return replace(pair, state=PairState.PROPOSED, score=found.score, reason=found.reason)
    if pair.state is PairState.WITHDRAWN or (withheld and not closed):
        return pair
    other = given.get(pair.mentee)
    why = f"подобран другой наставник — {other}" if other else "причина — в листе «Без пары»"
    return replace(pair, state=PairState.WITHDRAWN, basis=why)


def _scored(pair: Pair, found: MatchedPair | None) -> Pair:
    """A pair typed by hand gets the score and the reason that a proposal would have had."""
    if found is None or pair.reason:
        return pair
    return replace(pair, score=found.score, reason=found.reason)


def held_back(assignment: Assignment, pairs: Iterable[Pair] = ()) -> tuple[Unmatched, ...]:
    """Mentees whose proposal is only shown: it is under a cut-off of «Настройки».

    Shape: `pairs` are those after tonight; whoever stands proposed in them from an earlier night waits for
    nothing.
    """
    proposed = {pair.mentee for pair in pairs if pair.state is PairState.PROPOSED}
    return tuple(
        Unmatched(one.mentee, Role.MENTEE.value, (one.form,), _shown_only(one, assignment.withheld))
        for one in assignment.pairs
        if not one.locked and (one.weak or assignment.withheld) and one.mentee not in proposed
    )


def _shown_only(one: MatchedPair, withheld: str) -> str:
    why = withheld or "балл ниже границы из «Настроек»: предложение показано, но не применено"
    return (
        f"Лучшее из возможного — {one.mentor} ({points(one.score)}), но {why}. "
        f"Будет пара, если куратор впишет её в «Пары» с решением «{FIX}»."
    )


def pair_table(
    pairs: Sequence[Pair],
    people: Mapping[str, Person],
    refusals: Mapping[str, str],
    meetings: Sequence[Meeting],
    documents: Sequence[RegisteredDocument],
    drafts: Mapping[str, str],
) -> Table:
    """Return the rows of «Пары»; a name stands there only when the consent gate admits it.

    Shape: `drafts` maps a pair's code to the draft order that names it.
    """
    orders = _orders(documents, drafts)
    held: dict[str, set[str]] = {}
    for one in meetings:
        if one.held:
            held.setdefault(one.pair, set()).add(one.kind.value)

    def name(code: str) -> str:
        person = people.get(code)
        if person is None and refusals.get(code) == DESTROYED:
            return f"({DESTROYED})"
        return _NO_NAME if code in refusals or person is None else person.name

    def row(pair: Pair) -> Row:
        mentee = people.get(pair.mentee)
        return Row(
            pair.code,
            {
                "key": pair.code,
                "form": pair.form,
                "mentor": pair.mentor,
                "mentor_name": name(pair.mentor),
                "mentee": pair.mentee,
                "mentee_name": name(pair.mentee),
                "mentee_class": mentee.school_class if mentee and pair.mentee not in refusals else "",
                "state": pair.state.value,
                "score": pair.score,
                "reason": pair.reason,
                "order": orders.get(pair.code, ""),
                "meetings": f"{len(held[pair.code])} из 5" if pair.code in held else "",
                "proposed_on": pair.proposed_on,
                "since": pair.since,
                "basis": pair.basis,
            },
            initial=initial_cells(pair),
            memory=memory_of(pair),
            reason=pair.basis,
        )

    return table("pairs", (row(pair) for pair in pairs))


def _orders(documents: Sequence[RegisteredDocument], drafts: Mapping[str, str]) -> dict[str, str]:
    found = {code: f"проект {key}" for code, key in drafts.items()}
    signed = [paper for paper in documents if paper.kind in ORDERS_ON_PAIRS and paper.registered]
    for paper in sorted(signed, key=lambda one: one.on or date.max, reverse=True):
        text = f"№ {paper.number} от {paper.on:%d.%m.%Y}"
        found |= dict.fromkeys(paper.pairs, text)
    return found


def unpaired_table(
    assignment: Assignment,
    refusals: Mapping[str, str],
    people: Mapping[str, Person],
    workbook: Workbook,
    as_of: date,
    pairs: Iterable[Pair] = (),
) -> Table:
    """Return the rows of «Без пары»: who is left over and why, and who has found a pair since."""
    known = workbook.remembered("unpaired")
    rows = []
    waiting = {f"{one.id} {one.role}": one for one in (*assignment.unmatched, *held_back(assignment, pairs))}
    for key in sorted({*known, *waiting}):
        one = waiting.get(key)
        code, _, role = key.partition(" ")
        said = known.get(key, {})
        since = str(said.get("since", "")) or as_of.isoformat()
        person = people.get(code)
        admitted = person is not None and code not in refusals
        reason = "" if one is None else " ".join(part for part in (one.reason, one.change) if part)
        state = "ждёт пары" if one else ("пара есть" if admitted else "не участвует")
        memory: dict[str, object] = {"since": since}
        if found := str(said.get("found", "")) or (as_of.isoformat() if state == "пара есть" else ""):
            memory["found"] = found
        rows.append(
            Row(
                key,
                {
                    "key": key,
                    "name": person.name if person else "",
                    "school_class": person.school_class if person else "",
                    "role": role,
                    "state": state,
                    "reason": reason,
                    "since": date.fromisoformat(since),
                },
                memory=memory,
            )
        )
    return table("unpaired", rows)


def left_over(workbook: Workbook, period_start: date) -> frozenset[str]:
    """Mentees who were without a pair when the last period ended: they are served before others.

    Who finds a pair in this period keeps the right until its end: losing it at once would move the pair away.
    """
    found = set()
    for key, memory in workbook.remembered("unpaired").items():
        code, _, role = key.partition(" ")
        since, paired = str(memory.get("since", "")), str(memory.get("found", ""))
        before = period_start.isoformat()
        if role == Role.MENTEE.value and since and since < before and not (paired and paired < before):
            found.add(code)
    return frozenset(found)


def roles_text(person: Person) -> str:
    """Return a person's roles as they stand in the registry."""
    return ", ".join(role.value for role in (Role.MENTEE, Role.MENTOR) if role in person.roles)
