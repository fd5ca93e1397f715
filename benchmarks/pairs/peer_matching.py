"""Runs matching 1.4.3 (stable pairs with places) in its own environment; JSON in, JSON out."""

import json
import resource
import sys
import time
from pathlib import Path

from matching.games import HospitalResident


def main(path, _way):
    """Solve the hospital–resident game that everybody's scores make."""
    given = json.loads(Path(path).read_text("utf-8"))
    wall, cpu = time.perf_counter(), time.process_time()
    game = HospitalResident.create_from_dictionaries(
        given["by_mentee"],
        given["by_mentor"],
        {k: v for k, v in given["places"].items() if k in given["by_mentor"]},
    )
    solution = game.solve()
    spent = time.perf_counter() - wall, time.process_time() - cpu
    pairs = [(mentee.name[2:], mentor.name[2:]) for mentor, mentees in solution.items() for mentee in mentees]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    json.dump({"wall": spent[0], "cpu": spent[1], "peak_mb": peak, "pairs": pairs}, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:3])
