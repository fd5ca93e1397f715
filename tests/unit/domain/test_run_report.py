from datetime import date
from fractions import Fraction
from typing import Any

from sheets_sync.domain.run_report import FormCount, IndicatorFigure, PairCount, RequestCount, RunReport

# The keys are those of the command line's contract (DESIGN, section 5).
UNKNOWN_NIGHT: dict[str, Any] = {
    "as_of": "2022-10-25",
    "generation": None,
    "responses": {},
    "registry": {"people": None, "mentors": None, "mentees": None},
    "pairs": {
        "proposed": None, "approved": None, "unmatched": None, "score": None, "bound": None, "proven": None,
    },
    "indicators": {},
    "roadmap": {"total": None, "by_status": {}},
    "documents": {"created": None, "stale": None, "total": None},
    "findings": None,
    "writes": None,
    "requests": {"sheets": None, "forms": None, "docs": None, "drive": None, "token": None},
    "seconds": None,
}  # fmt: skip


def test_f51_a_number_that_is_not_known_is_null_and_every_key_is_there() -> None:
    assert RunReport(date(2022, 10, 25)).to_json() == UNKNOWN_NIGHT


def test_f51_counts_and_figures_stand_under_their_names() -> None:
    report = RunReport(
        date(2022, 10, 25),
        responses={"meeting": FormCount(12, 3, 1, 0)},
        indicators={"M01.pupils": IndicatorFigure(60, 600, Fraction(10), "%", True)},
        pairs=PairCount(score=Fraction(5, 2), proven=True),
        requests=RequestCount(sheets=1, forms=5),
        seconds=1.23456,
    ).to_json()
    assert report["responses"] == {"meeting": {"read": 12, "new": 3, "edited": 1, "quarantined": 0}}
    assert report["indicators"] == {
        "M01.pupils": {"numerator": 60, "denominator": 600, "threshold": 10, "unit": "%", "met": True}
    }
    assert report["pairs"] == {**UNKNOWN_NIGHT["pairs"], "score": 2.5, "proven": True}
    assert report["requests"] == {"sheets": 1, "forms": 5, "docs": None, "drive": None, "token": None}
    assert report["seconds"] == 1.235
