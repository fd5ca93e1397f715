"""The nearest change that would pair somebody left over, said only after solving the changed school."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from sheets_sync.domain.matching.book import ScoreBook
from sheets_sync.domain.matching.decisions import Settled
from sheets_sync.domain.matching.flow import UNPAIRED
from sheets_sync.domain.matching.listing import Task, make_task
from sheets_sync.domain.matching.model import Criterion, Market
from sheets_sync.domain.matching.optimum import Optimum, find_optimum
from sheets_sync.domain.matching.pool import build_pool
from sheets_sync.domain.matching.scores import CLOSED, Barrier
from sheets_sync.domain.matching.unmatched import Broken, nearest_mentor
from sheets_sync.domain.matching.words import in_week_order, quoted

_OPTIONS = 3
_EASY_CELLS = 16_000
_TOP = 10_000


class ChangeFinder:
    """Looks for changes; at most `rules.verified_changes` times the changed school is solved anew.

    Shape: `settled` is the clean market of the task; rows are those left without a mentor.
    """

    def __init__(self, settled: Settled, task: Task, optimum: Optimum) -> None:
        self._settled, self._task = settled, task
        used = optimum.edges.mentor[optimum.chosen[optimum.chosen != UNPAIRED]]
        self._spare = task.capacity - np.bincount(used, minlength=len(task.capacity))
        # Each check costs a solution: a large pool affords fewer.
        self._budget = task.pool.rules.verified_changes * _EASY_CELLS // max(task.book.cells, _EASY_CELLS)
        self._by_place: dict[int, frozenset[int]] = {}
        self._by_rule: dict[tuple[int, str], frozenset[int]] = {}

    def changes(self, rows: Sequence[int]) -> dict[int, str]:
        """Per row the change in Russian; rows for which nothing is known are left out."""
        options = self._suited(rows)
        found: dict[int, str] = {}
        for row in rows:
            text = self._place_text(row, options[row]) if options[row] else self._rule_text(row)
            if text:
                found[row] = text
        return found

    def _place_text(self, row: int, mentors: list[int]) -> str:
        pool = self._task.pool
        open_now = [mentor for mentor in mentors if self._spare[mentor] > 0]
        if open_now:
            return f"Будет пара, если куратор закрепит её с {pool.mentors[open_now[0]].id} и снимет обратную."
        for mentor in mentors[:_OPTIONS]:
            if row in self._with_place(mentor):
                return f"Будет пара, если {pool.mentors[mentor].id} возьмёт ещё одного наставляемого."
        first = pool.mentors[mentors[0]].id
        # True by construction: tonight's pairs and this one need only that one place more.
        return f"Будет пара, если {first} возьмёт ещё одного наставляемого и куратор закрепит эту пару."

    def _rule_text(self, row: int) -> str:
        pool = self._task.pool
        mentee, nearest = pool.mentees[row], nearest_mentor(pool, row)
        if (
            nearest is None
            or len(nearest[2]) != 1
            or (edit := self._edit(row, nearest[1], nearest[2][0])) is None
        ):
            asked = f", готовый помогать с {quoted(mentee.needs)}" if mentee.needs else ""
            word = "форма" if len(mentee.forms) == 1 else "формы"
            forms = ", ".join(f"«{title}»" for title in mentee.forms)
            return f"Нужен ещё один наставник{asked} ({word} {forms})."
        market, text, name = edit
        key = (nearest[1], name)
        if key not in self._by_rule and self._budget > 0:
            self._budget -= 1
            self._by_rule[key] = _paired_rows(market, self._task)
        if row in self._by_rule.get(key, frozenset()):
            return f"Будет пара, если {text}."
        return f"Поможет, если {text} и найдётся место."

    def _edit(self, row: int, mentor: int, broken: Broken) -> tuple[Market, str, str] | None:
        """The market with one condition mended, what that means in words, and a name for it."""
        market, pool = self._settled.market, self._task.pool
        mentee, other = pool.mentees[row], pool.mentors[mentor]
        if broken is Criterion.NEEDS and mentee.needs:
            need = min(mentee.needs)
            mended = replace(other, resources=other.resources | {need})
            text = f"{other.id} согласится помогать с «{need}»"
        elif broken is Criterion.TIMES and mentee.times - pool.rules.formats:
            slot = in_week_order(mentee.times - pool.rules.formats)[0]
            mended = replace(other, times=other.times | {slot})
            text = f"{other.id} сможет встречаться: {slot}"
        elif broken is Criterion.FORMAT and mentee.times & pool.rules.formats:
            way = min(mentee.times & pool.rules.formats)
            mended = replace(other, times=other.times | {way})
            text = f"{other.id} сможет встречаться {way}"
        elif broken is Barrier.VETO:
            pair = (mentee.id, other.id)
            vetoes = tuple(v for v in market.vetoes if (v.mentee, v.mentor) != pair)
            if len(vetoes) == len(market.vetoes):
                return None
            return replace(market, vetoes=vetoes), f"снять запрет на пару с {other.id}", f"veto {mentee.id}"
        else:
            return None
        mentors = tuple(mended if m.id == other.id else m for m in market.mentors)
        return replace(market, mentors=mentors), text, text

    def _with_place(self, mentor: int) -> frozenset[int]:
        """Rows newly paired when this mentor takes one more."""
        if mentor not in self._by_place:
            if self._budget <= 0:
                return frozenset()
            self._budget -= 1
            task = self._task
            capacity = task.capacity.copy()
            capacity[mentor] += 1
            more = make_task(task.pool, task.book, task.free, capacity, task.current)
            chosen = find_optimum(more).chosen
            self._by_place[mentor] = frozenset(np.flatnonzero(chosen != UNPAIRED).tolist())
        return self._by_place[mentor]

    def _suited(self, rows: Sequence[int]) -> dict[int, list[int]]:
        """A few mentors allowed for each row, the best score first; one with a place comes before all."""
        found: dict[int, list[tuple[bool, int, int]]] = {row: [] for row in rows}
        asked = np.zeros(len(self._task.pool.mentees), dtype=np.bool_)
        asked[list(rows)] = True
        for block in self._task.book:
            at = np.flatnonzero(asked[block.rows])
            if not len(at):
                continue
            lines = block.scores[at].astype(np.int64)
            room = self._spare[block.mentors] > 0
            rank = np.where(lines > CLOSED, lines + _TOP * room, CLOSED)
            # Equal scores: the mentor whose code comes first.
            rank = rank * len(room) - np.arange(len(room))
            few = min(_OPTIONS, len(room))
            best = np.argpartition(rank, len(room) - few, axis=1)[:, len(room) - few :]
            for row, line, places in zip(block.rows[at].tolist(), lines, best.tolist(), strict=True):
                found[row] += [
                    (not room[place], -int(line[place]), int(block.mentors[place]))
                    for place in places
                    if line[place] > CLOSED
                ]
        return {row: [mentor for *_, mentor in sorted(options)] for row, options in found.items()}


def _paired_rows(market: Market, task: Task) -> frozenset[int]:
    # Rows and columns keep their places: an edit changes answers and decisions, never who is there.
    pool = build_pool(market)
    changed = make_task(pool, ScoreBook(pool), task.free, task.capacity, task.current)
    return frozenset(np.flatnonzero(find_optimum(changed).chosen != UNPAIRED).tolist())
