"""`make bench-pairs`: our pairing beside others in one run, and whether the goals are met.

Everything measured runs in one thread, so goals are judged by processor time: on a busy machine the clock on
the wall tells of the neighbours. Both are printed.
"""

import argparse
import json
import platform
import subprocess
import sys
from pathlib import Path

from benchmarks.pairs.goals import (
    Goal,
    beside_a_way_round,
    beside_its_manual,
    of_a_hundred_thousand,
    of_a_thousand,
    of_ten_thousand,
    verdict,
)
from benchmarks.pairs.instances import CAPACITIES
from benchmarks.pairs.peers import A_PERSON_PER_PLACE, AS_ITS_MANUAL, PEERS, environment, run_peer

PEER_SECONDS = 900
PEER_SECONDS_LARGE = 300
Figures = dict[str, object]


def main() -> int:
    """Run everything, print figures as they come, end with the goals; 1 when one is missed."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--large", action="store_true", help="with 100 000 mentees (many minutes, 3 GB)")
    arguments.add_argument(
        "--peers", type=Path, default=Path(".bench-peers"), help="where peers are installed"
    )
    given = arguments.parse_args()
    print(f"{platform.processor() or platform.machine()}, Python {platform.python_version()}")
    goals: list[Goal] = []
    for kind in CAPACITIES:
        goals += _beside_peers(kind, given.peers)
    _peers_with_ten_thousand("loose", given.peers)
    for kind in ("loose", "scarce"):
        goals += _ten_thousand(kind)
    if given.large:
        for kind in ("loose", "scarce"):
            mine = _measured("ours", 100_000, kind)
            _say(f"ours, 100 000 × 50 000 {kind}", mine)
            goals += of_a_hundred_thousand(kind, mine)
    lines, code = verdict(goals)
    print("\nGoals", *lines, sep="\n  ")
    return code


def _beside_peers(kind: str, folder: Path) -> list[Goal]:
    mine = _measured("ours", 1000, kind)
    _say(f"ours, 1 000 × 500 {kind}", mine)
    other = _measured("second", 1000, kind)
    _say("  second solver (scipy), all allowed pairs", other)
    _say("  best pair first", _measured("stable", 1000, kind))
    plain = _measured("plain", 1000, kind)
    _say("  ours without floor and waiting", plain)
    goals = of_a_thousand(kind, mine, other)
    for peer in PEERS:
        found = run_peer(peer, environment(peer, folder), 1000, kind, PEER_SECONDS)
        _say(f"  {peer.name}", found)
        if peer is AS_ITS_MANUAL:
            goals += beside_its_manual(kind, peer.name, mine, found)
        if peer is A_PERSON_PER_PLACE:
            goals.append(beside_a_way_round(kind, peer.name, plain, found))
    return goals


def _peers_with_ten_thousand(kind: str, folder: Path) -> None:
    for peer in PEERS:
        found = run_peer(peer, environment(peer, folder), 10_000, kind, PEER_SECONDS_LARGE)
        _say(f"  {peer.name}, 10 000 {kind}", found)


def _ten_thousand(kind: str) -> list[Goal]:
    mine, other = _measured("ours", 10_000, kind), _measured("second", 10_000, kind)
    _say(f"ours, 10 000 × 5 000 {kind}", mine)
    _say("  second solver (scipy), all allowed pairs", other)
    _say("  best pair first", _measured("stable", 10_000, kind))
    night = _measured("night", 10_000, kind)
    _say("  the next night, 1 % of news", night)
    return of_ten_thousand(kind, mine, other, night)


def _measured(what: str, size: int, kind: str) -> Figures:
    command = [sys.executable, "-m", "benchmarks.pairs.measure", what, str(size), kind]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: Figures = json.loads(done.stdout)
    return found


def _say(name: str, figures: Figures) -> None:
    print(f"{name}: " + ", ".join(f"{key} {value}" for key, value in figures.items()), flush=True)


if __name__ == "__main__":
    sys.exit(main())
