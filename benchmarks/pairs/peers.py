"""Other programs that pair people, each in a virtual environment of its own (two share an import name)."""

import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.pairs.instances import market
from sheets_sync.domain.matching.model import Criterion, Level
from sheets_sync.domain.matching.proposal import Solved, solve
from sheets_sync.domain.matching.scores import CLOSED, pair_scores

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Peer:
    """A package of the index, and the script that runs it."""

    name: str
    requirement: str
    script: str
    way: str = ""


AS_ITS_MANUAL = Peer("mentor-match 7.0.1, rounds", "mentor-match==7.0.1", "peer_mentor_match.py", "rounds")
A_PERSON_PER_PLACE = Peer(
    "mentor-match 7.0.1, a person per place", "mentor-match==7.0.1", "peer_mentor_match.py", "places"
)
STABLE = Peer("matching 1.4.3, stable pairs", "matching==1.4.3", "peer_matching.py")
PEERS = (AS_ITS_MANUAL, A_PERSON_PER_PLACE, STABLE)


def environment(peer: Peer, into: Path) -> Path:
    """Create the peer's virtual environment once; return its Python."""
    python = into / peer.requirement.replace("==", "-") / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", python.parents[1]], check=True)
        pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, peer.requirement], check=True)
    return python


def run_peer(peer: Peer, python: Path, size: int, kind: str, seconds: int) -> dict[str, object]:
    """Run a peer on an instance; what it returns is scored by our rules, whatever it says itself."""
    solved = solve(market(size, kind))
    with tempfile.NamedTemporaryFile("w", suffix=".json", delete=False) as file:
        json.dump(_instance(solved) | _preferences(solved), file)
    started = time.perf_counter()
    command = [python, HERE / peer.script, file.name, peer.way]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        return {"ended": f"did not end within {seconds} s"}
    finally:
        Path(file.name).unlink()
    lines = done.stderr.strip().splitlines()
    if done.returncode:
        errors = [line for line in lines if "Error" in line]
        return {
            "ended": (errors or lines or ["?"])[-1][:120],
            "wall": round(time.perf_counter() - started, 1),
        }
    found = json.loads(done.stdout)
    pairs = found.pop("pairs")
    return {name: round(value, 1) for name, value in found.items()} | _judged(solved, pairs)


def _judged(solved: Solved, pairs: list[tuple[str, str]]) -> dict[str, object]:
    pool = solved.pool
    row = {one.id: i for i, one in enumerate(pool.mentees)}
    column = {one.id: j for j, one in enumerate(pool.mentors)}
    score = people = broken = 0
    for mentee, mentor in pairs:
        at, to = np.array([row[mentee]]), np.array([column[mentor]])
        best = max(
            int(pair_scores(pool, form, at, to)[0])
            for form in range(pool.form_count)
            if pool.rows_in_form[form, at[0]] and pool.mentors_in_form[form, to[0]]
        )
        broken += best == CLOSED
        people += best > CLOSED
        score += max(0, best)
    return {"people": people, "score": score, "against_rules": broken}


def _instance(solved: Solved) -> dict[str, object]:
    pool, task = solved.pool, solved.task
    rules = pool.rules
    vetoes = {
        (pool.mentees[i].id, pool.mentors[j].id)
        for i, j in zip(pool.vetoes.row, pool.vetoes.mentor, strict=True)
    }
    return {
        "rules": {
            "points": {criterion.value: points for criterion, points in rules.points().items()},
            "mandatory": sorted(c.value for c in Criterion if rules.levels.get(c) is Level.MANDATORY),
            "remote": rules.remote_format,
            "enough": rules.enough_common_slots,
            "vetoes": sorted(vetoes),
            "forms": [
                {
                    "title": form.title,
                    "min_class_difference": form.min_class_difference,
                    "min_mentee_class": form.min_mentee_class,
                    "min_mentee_age": form.min_mentee_age,
                    "min_experience_difference": form.min_experience_difference,
                }
                for form in rules.forms
            ],
        },
        "mentees": [
            {
                "id": one.id,
                "forms": one.forms,
                "needs": sorted(one.needs),
                "slots": sorted(one.times - rules.formats),
                "formats": sorted(one.times & rules.formats),
                "wanted": []
                if rules.any_kind in one.wanted
                else sorted(rules.kinds[kind] for kind in one.wanted if kind in rules.kinds),
                "level": one.level,
                "place": one.place,
                "age": one.age,
                "experience": one.experience,
                "wants_group": one.wants_group,
                "choices": one.choices,
            }
            for row, one in enumerate(pool.mentees)
            if task.free[row]
        ],
        "mentors": [
            {
                "id": one.id,
                "group": one.group,
                "forms": one.forms,
                "resources": sorted(one.resources),
                "slots": sorted(one.times - rules.formats),
                "formats": sorted(one.times & rules.formats),
                "level": one.level,
                "place": one.place,
                "experience": one.experience,
                "choices": one.choices,
                "leads": one.capacity >= rules.group_from,
                "places": int(task.capacity[column]),
            }
            for column, one in enumerate(pool.mentors)
        ],
    }


def _preferences(solved: Solved) -> dict[str, object]:
    """Everybody's list, best score first; only pairs that the rules allow."""
    edges, pool = solved.task.listed, solved.pool
    order = np.lexsort((edges.mentor, edges.row, -edges.score))
    by_mentee: dict[str, list[str]] = {}
    by_mentor: dict[str, list[str]] = {}
    for row, mentor in zip(edges.row[order].tolist(), edges.mentor[order].tolist(), strict=True):
        asks, gives = f"м:{pool.mentees[row].id}", f"н:{pool.mentors[mentor].id}"
        if gives not in by_mentee.setdefault(asks, []):
            by_mentee[asks].append(gives)
            by_mentor.setdefault(gives, []).append(asks)
    places = {f"н:{one.id}": int(solved.task.capacity[j]) for j, one in enumerate(pool.mentors)}
    return {"by_mentee": by_mentee, "by_mentor": by_mentor, "places": places}
