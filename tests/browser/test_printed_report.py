"""The report printed by a real browser."""

import re

import pytest

from sheets_sync.files.pdf import print_page
from sheets_sync.files.report_page import report_page
from tests.browser.conftest import REQUIRED, chromium
from tests.unit.files.test_report_page import REPORT

pytestmark = pytest.mark.browser


@pytest.mark.feature("F56")
def test_the_report_prints_on_a4_landscape() -> None:
    program = chromium()
    if program is None:
        if REQUIRED:
            pytest.fail("browser tests are required, but there is no Chromium")
        pytest.skip("no Chromium")  # said loudly by the session fixture of the other browser tests
    printed = print_page(report_page(REPORT), program)

    assert printed.startswith(b"%PDF-")
    boxes = {tuple(map(float, box.split())) for box in re.findall(rb"/MediaBox \[([^\]]+)\]", printed)}
    assert boxes
    for left, top, width, height in boxes:
        assert (left, top) == (0, 0)
        assert (round(width), round(height)) == (842, 595)
