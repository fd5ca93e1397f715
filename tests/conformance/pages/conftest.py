from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.conformance.forms.school import School


@pytest.fixture
def school() -> Iterator[School]:
    made = School()
    yield made
    made.workspace.close()
