"""What costs long to make is made by one of the processes that run the tests, and copied by the others."""

from __future__ import annotations

import os
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from filelock import FileLock

Made = TypeVar("Made")


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], Made]) -> tuple[Made, Path]:
    """Have `make` fill a folder once in a run of the tests.

    Shape: gives what `make` returned, which must survive pickling, and a copy of the folder of one's own.
    `make` leaves every file in the folder closed.
    """
    root = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        root = root.parent  # each process has a folder of its own in the folder of the run
    kept, answer = root / f"{name}-kept", root / f"{name}.pickle"
    with FileLock(root / f"{name}.lock"):
        if not answer.exists():
            kept.mkdir()
            answer.write_bytes(pickle.dumps(make(kept)))
    copy = factory.mktemp(name) / "school"
    shutil.copytree(kept, copy)
    made: Made = pickle.loads(answer.read_bytes())
    return made, copy
