"""What pairing has to reach, judged from figures alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Figures = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal in words with the figures it was judged by."""

    text: str
    met: bool


def verdict(goals: Sequence[Goal]) -> tuple[list[str], int]:
    """Return a line for each goal, the missed ones marked, and the exit code: 0 when all are met, else 1."""
    lines = [f"{'met   ' if goal.met else 'MISSED'} {goal.text}" for goal in goals]
    return lines, int(not all(goal.met for goal in goals))


def of_a_thousand(kind: str, mine: Figures, second: Figures) -> list[Goal]:
    """End to end in 0.8 s, proven, and a second solver agrees."""
    return [
        _at_most(f"1 000 {kind}", mine, "cpu", 0.8, "s"),
        Goal(f"1 000 {kind}: proven, and the second solver finds the same", _proven(mine, second)),
    ]


def beside_its_manual(kind: str, peer: str, mine: Figures, found: Figures) -> list[Goal]:
    """60 × faster than another program used as its manual has it, at no fewer people and a higher score.

    As many people is all there can be where ours are proven to be the most that any pairing reaches.
    """
    ratio = _number(found, "cpu") / max(0.01, _number(mine, "cpu"))
    people, theirs = _number(mine, "people"), _number(found, "people")
    said = f"{people:.0f} against {theirs:.0f}"
    if people == theirs and mine["proven"]:
        said += " (proven: no pairing has more)"
    points, other = _number(mine, "score"), _number(found, "score")
    return [
        Goal(f"1 000 {kind}: {ratio:.0f} × faster than {peer} ≥ 60 ×", ratio >= 60),
        Goal(f"1 000 {kind}: people {said} of {peer}", people >= theirs and bool(mine["proven"])),
        Goal(f"1 000 {kind}: points {points:.0f} > {other:.0f} of {peer}", points > other),
    ]


def beside_a_way_round(kind: str, peer: str, plain: Figures, found: Figures) -> Goal:
    """With the two aims that the other program knows, ours finds at least as much: people, then points."""
    ours, theirs = _rank(plain), _rank(found)
    text = f"1 000 {kind}: people and points without floor and waiting {ours} ≥ {theirs} of {peer}"
    return Goal(text, ours >= theirs)


def of_ten_thousand(kind: str, mine: Figures, second: Figures, night: Figures) -> list[Goal]:
    """A global proof in 10 s and 600 MB, and a night after that moves little for little."""
    name = f"10 000 {kind}"
    return [
        _at_most(name, mine, "cpu", 10, "s"),
        _at_most(name, mine, "peak_mb", 600, "MB"),
        Goal(f"{name}: proven over all pairs, and the second solver finds the same", _proven(mine, second)),
        _at_most(f"{name}: pairs moved", night, "moved_percent", 1.5, "%"),
        _at_most(f"{name}: points lost", night, "lost_percent", 0.15, "%"),
    ]


def of_a_hundred_thousand(kind: str, mine: Figures) -> list[Goal]:
    """A certificate over the listed candidates in 150 s."""
    return [
        _at_most(f"100 000 {kind}", mine, "cpu", 150, "s"),
        Goal(f"100 000 {kind}: certificate over the listed candidates", bool(mine["certified"])),
    ]


def _at_most(name: str, figures: Figures, key: str, limit: float, unit: str) -> Goal:
    value = _number(figures, key)
    wall = f" (on the wall {figures['wall']} s)" if key == "cpu" else ""
    return Goal(f"{name}: {value:g} {unit} ≤ {limit:g} {unit}{wall}", value <= limit)


def _proven(mine: Figures, second: Figures) -> bool:
    return bool(mine["proven"] and second["agrees"])


def _rank(figures: Figures) -> tuple[int, int]:
    return int(_number(figures, "people")), int(_number(figures, "score"))


def _number(figures: Figures, key: str) -> float:
    return float(str(figures[key]))
