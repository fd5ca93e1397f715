"""One measurement in a process of its own: `python -m benchmarks.pairs.measure WHAT SIZE KIND`, JSON out."""

import json
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from benchmarks.pairs.instances import market, next_night
from sheets_sync.domain.matching import Decided, Market
from sheets_sync.domain.matching.book import ScoreBook
from sheets_sync.domain.matching.flow import Edges
from sheets_sync.domain.matching.listing import Task
from sheets_sync.domain.matching.proposal import Solved, describe, solve
from sheets_sync.domain.matching.scores import CLOSED
from sheets_sync.domain.matching.stability import stability

Figures = dict[str, object]


def ours(given: Market) -> Figures:
    """Everything a night does: scores, lists, solution, proof, canonical choice, reasons for everybody."""
    found = describe(solve(given))
    totals = found.totals
    return {
        "people": totals.proposed,
        "score": totals.score,
        "objective": totals.objective,
        "bound": totals.bound,
        "proven": totals.proven,
        "certified": totals.certified,
        "floor": totals.floor,
        "floor_price": totals.floor_price,
        "floor_proven": totals.floor_proven,
        "allowed_pairs": totals.eligible_pairs,
        "reasons": sum(bool(pair.reason) for pair in found.pairs),
        "unmatched": len(found.unmatched),
    }


def plain(given: Market) -> Figures:
    """The two aims that another program can follow: most people, then points; no floor, no waiting time."""
    rules = replace(given.rules, floor=False, waiting_bonus=0, unpaired_before_bonus=0)
    totals = describe(solve(replace(given, rules=rules))).totals
    return {"people": totals.proposed, "score": totals.score, "proven": totals.proven}


def night_after(given: Market) -> Figures:
    """A second night with 1 % of news: how many standing proposals move, and what keeping them costs."""
    first = describe(solve(given))
    proposed = tuple(Decided(p.mentee, p.form, p.mentor) for p in first.pairs if not p.locked)
    later = next_night(given, proposed)
    started = time.process_time()
    again = describe(solve(later))
    seconds = time.process_time() - started
    fresh = describe(solve(replace(later, current=())))
    before = {(p.mentee, p.form): p.mentor for p in first.pairs if not p.locked}
    after = {(p.mentee, p.form): p.mentor for p in again.pairs if not p.locked}
    mentors = {one.id for one in later.mentors}
    stayed = [key for key, mentor in before.items() if key in after and mentor in mentors]
    moved = sum(after[key] != before[key] for key in stayed)
    return {
        "people": again.totals.proposed,
        "of_fresh": fresh.totals.proposed,
        "moved": moved,
        "of": len(stayed),
        "moved_percent": round(100 * moved / max(1, len(stayed)), 2),
        "score": again.totals.score,
        "fresh_score": fresh.totals.score,
        "lost_percent": round(100 * (1 - again.totals.score / fresh.totals.score), 3),
        "night_cpu": round(seconds, 2),
    }


def second(given: Market) -> Figures:
    """The bound once more, by scipy, over every allowed pair above the same floor."""
    from benchmarks.pairs.second_solver import second_opinion  # scipy is not in the product's own figures

    solved = solve(given)
    edges, whole = _allowed(solved)
    people, objective = second_opinion(edges, len(solved.pool.mentees), solved.task.capacity)
    optimum = solved.optimum
    return {
        "people": people,
        "objective": objective,
        "ours": [optimum.people, optimum.objective],
        "agrees": (people, objective) == (optimum.people, optimum.objective),
        "edges": len(edges),
        "all_pairs": whole,
    }


def stable(given: Market) -> Figures:
    """Best pair first, which is the stable pairing here: both sides go by one score."""
    found = stability(solve(given))
    return {
        "blocking": found.blocking,
        "mutual": len(found.mutual),
        "people": found.people,
        "score": found.score,
        "stable_people": found.stable_people,
        "stable_score": found.stable_score,
    }


def _allowed(solved: Solved) -> tuple[Edges, bool]:
    """Every allowed pair of the free people as edges; beyond a hundred million cells the listed ones."""
    task = solved.task
    least = solved.optimum.floor
    whole = task.book.cells <= 100_000_000
    edges = _dense(task, task.book, max(0, least)) if whole else solved.optimum.edges
    return edges.where(edges.score >= least), whole


def _dense(task: Task, book: ScoreBook, least: int) -> Edges:
    parts = []
    for block in book.open_blocks(task.free, task.capacity > 0):
        row, mentor = np.nonzero(block.scores >= max(least, CLOSED + 1))
        score = block.scores[row, mentor].astype(np.int64)
        form = np.full(len(row), block.form, dtype=np.int64)
        parts.append(np.stack([block.rows[row], block.mentors[mentor], form, score]))
    row, mentor, form, score = np.concatenate(parts, axis=1)
    weight = score + task.pool.row_bonus[row]
    kept = np.array(sorted(task.current), dtype=np.int64).reshape(-1, 3)
    for one in kept:
        weight[(row == one[0]) & (mentor == one[1]) & (form == one[2])] += task.pool.rules.stay_bonus
    return Edges(row, mentor, form, score, weight)


WHAT: dict[str, Callable[[Market], Figures]] = {
    "ours": ours,
    "plain": plain,
    "night": night_after,
    "second": second,
    "stable": stable,
}


def main(what: str, size: str, kind: str) -> None:
    """Measure and print."""
    given = market(int(size), kind)
    warm = market(60, kind)
    describe(solve(warm))  # libraries are loaded before the clock starts
    wall, cpu = time.perf_counter(), time.process_time()
    figures = WHAT[what](given)
    figures |= {
        "wall": round(time.perf_counter() - wall, 2),
        "cpu": round(time.process_time() - cpu, 2),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main(*sys.argv[1:4])
