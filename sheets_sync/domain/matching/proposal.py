"""From a market to the night's proposal: settle decisions, solve, prove, explain."""

from collections import Counter
from dataclasses import dataclass, replace

import numpy as np

from sheets_sync.domain.findings import Finding, Severity
from sheets_sync.domain.matching.book import ScoreBook
from sheets_sync.domain.matching.decisions import MENTEE, MENTOR, Settled, settle
from sheets_sync.domain.matching.flow import UNPAIRED
from sheets_sync.domain.matching.listing import Cell, Task, make_task
from sheets_sync.domain.matching.model import (
    Assignment,
    Decided,
    Market,
    MatchedPair,
    Part,
    Totals,
    Unmatched,
)
from sheets_sync.domain.matching.nearest import ChangeFinder
from sheets_sync.domain.matching.optimum import Optimum, find_optimum
from sheets_sync.domain.matching.pool import Flags, Ints, Pool, build_pool
from sheets_sync.domain.matching.reasons import pair_reason
from sheets_sync.domain.matching.scores import barriers, pair_parts
from sheets_sync.domain.matching.standing import Standing, Survey, survey
from sheets_sync.domain.matching.unmatched import IdleMentors, barrier_texts, unmatched_mentees


@dataclass(frozen=True, slots=True)
class Solved:
    """A market with its optimum, in index form, for explanations and what-ifs."""

    settled: Settled
    pool: Pool
    task: Task
    optimum: Optimum
    locked_cells: dict[Decided, Cell]


def propose(market: Market) -> Assignment:
    """Pair as the rules say; every person comes out in a pair or in `unmatched`, with a reason in Russian.

    Bad data are findings; the result does not depend on the order of anything in the market.
    """
    return describe(solve(market))


def solve(market: Market) -> Solved:
    """Settle people's decisions and find the proven optimum of what is left."""
    settled = settle(market)
    pool = build_pool(settled.market)
    book = ScoreBook(pool)
    locked = _cells(pool, settled.held)
    free, capacity = _left_over(pool, settled, locked)
    current = frozenset(_cells(pool, settled.market.current).values())
    task = make_task(pool, book, free, capacity, current)
    return Solved(settled, pool, task, find_optimum(task), locked)


def describe(solved: Solved) -> Assignment:
    """Put an optimum into words and figures."""
    pool, optimum = solved.pool, solved.optimum
    chosen = _proposed_cells(optimum)
    seen = survey(pool, solved.task.book, [*solved.locked_cells.values(), *chosen])
    standing = seen.standings
    why = {cell: lock.why or "закреплена" for lock, cell in solved.locked_cells.items()}
    full = _full_mentors(solved)
    pairs = []
    for (cell, place), parts in zip(standing.items(), pair_parts(pool, list(standing)), strict=True):
        kept = "" if cell in why else _why_not_better(solved, cell, place, full)
        pairs.append(_matched(pool, cell, parts, place, why.get(cell, ""), kept))
    pairs.sort(key=lambda p: (p.form, p.mentor, p.mentee))
    unmatched = [*solved.settled.set_aside, *_unmatched(solved, chosen, seen)]
    totals = _totals(solved, chosen, pairs, int(seen.of_row.sum()))
    findings = [*solved.settled.findings, *_broken_locks(solved), *_small_groups(pool, pairs)]
    return Assignment(
        pairs=tuple(pairs),
        unmatched=tuple(sorted(unmatched, key=lambda u: (u.role, u.id, u.forms))),
        totals=totals,
        findings=tuple(sorted(findings)),
        suspended=solved.settled.suspended,
        withheld=_withheld(pool, totals),
    )


def _proposed_cells(optimum: Optimum) -> list[Cell]:
    edges = optimum.edges
    return [
        (int(edges.row[at]), int(edges.mentor[at]), int(edges.form[at]))
        for at in optimum.chosen[optimum.chosen != UNPAIRED].tolist()
    ]


def _cells(pool: Pool, decided: tuple[Decided, ...]) -> dict[Decided, Cell]:
    """Where decisions stand in the pool; those that name nobody there are left out.

    A lock in a form outside the mentee's own forms falls on the mentee's first row.
    """
    rows: dict[str, list[int]] = {}
    for row, mentee in enumerate(pool.mentees):
        rows.setdefault(mentee.id, []).append(row)
    column = {m.id: j for j, m in enumerate(pool.mentors)}
    form = {f.title: i for i, f in enumerate(pool.rules.forms)}
    cells: dict[Decided, Cell] = {}
    for one in decided:
        mine = rows.get(one.mentee, [])
        if mine and one.mentor in column and one.form in form:
            fitting = [r for r in mine if one.form in pool.mentees[r].forms]
            cells[one] = ((fitting or mine)[0], column[one.mentor], form[one.form])
    return cells


def _left_over(pool: Pool, settled: Settled, locked: dict[Decided, Cell]) -> tuple[Flags, Ints]:
    free = np.ones(len(pool.mentees), dtype=np.bool_)
    for row, _, _ in locked.values():
        free[row] = False
    column = {m.id: j for j, m in enumerate(pool.mentors)}
    capacity = pool.capacity.copy()
    for lock in settled.market.locks:
        capacity[column[lock.mentor]] -= 1
    return free, np.maximum(capacity, 0)


def _full_mentors(solved: Solved) -> Flags:
    optimum = solved.optimum
    used = optimum.edges.mentor[optimum.chosen[optimum.chosen != UNPAIRED]]
    full: Flags = np.bincount(used, minlength=len(solved.task.capacity)) >= solved.task.capacity
    return full


def _why_not_better(solved: Solved, cell: Cell, standing: Standing, full: Flags) -> str:
    """Why the runner-up, who scores higher, was not given; "" for a pair that is the first choice."""
    if standing.rank <= 1:
        return ""
    if full[standing.runner_up]:
        return "это место нужнее другим"
    return "вчерашнее предложение сохранено" if cell in solved.task.current else "так лучше общий итог"


def _matched(
    pool: Pool, cell: Cell, parts: tuple[Part, ...], standing: Standing, why: str, kept: str
) -> MatchedPair:
    row, mentor, form = cell
    score = sum(part.points for part in parts)
    runner_up = pool.mentors[standing.runner_up].id if standing.runner_up >= 0 else ""
    return MatchedPair(
        mentee=pool.mentees[row].id,
        form=pool.rules.forms[form].title,
        mentor=pool.mentors[mentor].id,
        score=score,
        locked=bool(why),
        reason=pair_reason(pool, cell, score, standing, why, kept),
        parts=parts,
        rank=standing.rank,
        eligible=standing.eligible,
        runner_up=runner_up,
        runner_up_score=max(0, standing.runner_up_score),
        weak=score < pool.rules.min_pair_score,
    )


def _unmatched(solved: Solved, chosen: list[Cell], seen: Survey) -> list[Unmatched]:
    pool, free = solved.pool, solved.task.free
    paired = {row for row, _, _ in chosen}
    left = [row for row in np.flatnonzero(free).tolist() if row not in paired]
    changes = ChangeFinder(solved.settled, solved.task, solved.optimum).changes(left)
    result = [
        replace(one, change=changes.get(row, ""))
        for row, one in zip(
            left, unmatched_mentees(solved.task, solved.optimum, left, seen.of_row), strict=True
        )
    ]
    busy = {lock.mentor for lock in solved.settled.market.locks} | {pool.mentors[m].id for _, m, _ in chosen}
    idle = IdleMentors(pool, seen.of_mentor)
    result += [idle.explain(j) for j, m in enumerate(pool.mentors) if m.id not in busy]
    return result


def _totals(solved: Solved, chosen: list[Cell], pairs: list[MatchedPair], eligible: int) -> Totals:
    optimum = solved.optimum
    proposed = [pair for pair in pairs if not pair.locked]
    rows_locked = {row for row, _, _ in solved.locked_cells.values()}
    barred = sum(1 for one in solved.settled.set_aside if one.role == MENTEE)
    return Totals(
        people=len(rows_locked) + len(chosen),
        of_people=len(solved.pool.mentees) + barred,
        locked=len(pairs) - len(proposed),
        proposed=len(proposed),
        score=sum(pair.score for pair in proposed),
        objective=optimum.objective,
        bound=optimum.bound,
        proven=optimum.proven,
        floor=min((pair.score for pair in proposed), default=0),
        floor_price=optimum.floor_price,
        floor_proven=optimum.floor_proven,
        eligible_pairs=eligible,
        certified=optimum.certified,
    )


def _broken_locks(solved: Solved) -> list[Finding]:
    findings = []
    for lock, (row, mentor, form) in solved.locked_cells.items():
        broken = [
            name
            for name, closed in barriers(solved.pool, form, np.array([row]), np.array([mentor]))
            if closed[0] and name.value not in {"veto", "self"}
        ]
        in_form = solved.pool.rows_in_form[form, row] and solved.pool.mentors_in_form[form, mentor]
        texts = barrier_texts(solved.pool, form, row, mentor, broken)
        if not in_form:
            texts = [f"форма «{lock.form}» не для этих участников", *texts]
        if texts:
            pair = f"пара {lock.mentor} — {lock.mentee}"
            text = f"{pair} стоит вопреки правилу: " + "; ".join(texts)
            key = f"пары/вопреки/{lock.mentee}/{lock.form}/{lock.mentor}"
            findings.append(Finding(key, lock.place, text, Severity.NOTE, subject=lock.mentee))
    return findings


def _small_groups(pool: Pool, pairs: list[MatchedPair]) -> list[Finding]:
    least = pool.rules.group_from
    counts = Counter(pair.mentor for pair in pairs)
    small = [
        f"{mentor.id} ({counts[mentor.id]})"
        for mentor in pool.mentors
        if mentor.capacity >= least and 0 < counts[mentor.id] < least
    ]
    if not small:
        return []
    text = f"наставники готовы вести группу от {least} человек, а подобрано меньше: {', '.join(small)}"
    return [Finding("пары/малые группы", "Пары", text, Severity.NOTE)]


def _withheld(pool: Pool, totals: Totals) -> str:
    share, eligible = pool.rules.min_share_paired, len(pool.mentees)
    if eligible and 100 * totals.people < share * eligible:
        return (
            f"в парах {totals.people} из {eligible} наставляемых, которым можно подбирать пару, — "
            f"меньше {share} %: предложение показано, но не применено"
        )
    return ""


__all__ = ["MENTEE", "MENTOR", "Solved", "describe", "propose", "solve"]
