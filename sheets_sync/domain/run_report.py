"""What a run did, in numbers: the object that `--json` prints and the summary is told from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

Number = int | float | Fraction | None


@dataclass(frozen=True, slots=True)
class FormCount:
    """Answers of one form: read from it, new to us, edited since, and waiting for a person."""

    read: int | None = None
    new: int | None = None
    edited: int | None = None
    quarantined: int | None = None


@dataclass(frozen=True, slots=True)
class RegistryCount:
    """People of the registry; one person may be mentor and mentee."""

    people: int | None = None
    mentors: int | None = None
    mentees: int | None = None


@dataclass(frozen=True, slots=True)
class PairCount:
    """Pairs of the night; `score` is the total reached, `bound` the most that any pairing could reach."""

    proposed: int | None = None
    approved: int | None = None
    unmatched: int | None = None
    score: Number = None
    bound: Number = None
    proven: bool | None = None


@dataclass(frozen=True, slots=True)
class IndicatorFigure:
    """One indicator: counts, the threshold in `unit` («%» or what is counted) and whether it is met."""

    numerator: Number = None
    denominator: Number = None
    threshold: Number = None
    unit: str = ""
    met: bool | None = None

    def to_json(self) -> dict[str, object]:
        """Return the figure as JSON values."""
        return {
            "numerator": _plain(self.numerator),
            "denominator": _plain(self.denominator),
            "threshold": _plain(self.threshold),
            "unit": self.unit,
            "met": self.met,
        }


@dataclass(frozen=True, slots=True)
class RoadmapCount:
    """Measures by status, in Russian as the sheet shows them."""

    total: int | None = None
    by_status: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DocumentCount:
    """Documents made in this run, drafts that no longer agree with the data, and all that are kept."""

    created: int | None = None
    stale: int | None = None
    total: int | None = None


@dataclass(frozen=True, slots=True)
class RequestCount:
    """Requests sent, by service; `token` counts sign-ins."""

    sheets: int | None = None
    forms: int | None = None
    docs: int | None = None
    drive: int | None = None
    token: int | None = None


@dataclass(frozen=True, slots=True)
class RunReport:
    """Everything a run reports; a number that is not known is None.

    Shape: `responses` by form id, `indicators` by id like «M01.pupils»; `generation` is the last committed.
    Unit: `seconds` is wall-clock time; `writes` counts the requests that changed something.
    """

    as_of: date
    generation: int | None = None
    responses: Mapping[str, FormCount] = field(default_factory=dict)
    registry: RegistryCount = RegistryCount()
    pairs: PairCount = PairCount()
    indicators: Mapping[str, IndicatorFigure] = field(default_factory=dict)
    roadmap: RoadmapCount = RoadmapCount()
    documents: DocumentCount = DocumentCount()
    findings: int | None = None
    writes: int | None = None
    requests: RequestCount = RequestCount()
    seconds: float | None = None

    def to_json(self) -> dict[str, object]:
        """Return the report as JSON values under the keys that are the command line's contract."""
        pairs, documents, requests = self.pairs, self.documents, self.requests
        return {
            "as_of": self.as_of.isoformat(),
            "generation": self.generation,
            "responses": {form: _form(count) for form, count in self.responses.items()},
            "registry": {
                "people": self.registry.people,
                "mentors": self.registry.mentors,
                "mentees": self.registry.mentees,
            },
            "pairs": {
                "proposed": pairs.proposed,
                "approved": pairs.approved,
                "unmatched": pairs.unmatched,
                "score": _plain(pairs.score),
                "bound": _plain(pairs.bound),
                "proven": pairs.proven,
            },
            "indicators": {name: figure.to_json() for name, figure in self.indicators.items()},
            "roadmap": {"total": self.roadmap.total, "by_status": dict(self.roadmap.by_status)},
            "documents": {
                "created": documents.created,
                "stale": documents.stale,
                "total": documents.total,
            },
            "findings": self.findings,
            "writes": self.writes,
            "requests": {
                "sheets": requests.sheets,
                "forms": requests.forms,
                "docs": requests.docs,
                "drive": requests.drive,
                "token": requests.token,
            },
            "seconds": None if self.seconds is None else round(self.seconds, 3),
        }


def _form(count: FormCount) -> dict[str, object]:
    return {
        "read": count.read,
        "new": count.new,
        "edited": count.edited,
        "quarantined": count.quarantined,
    }


def _plain(number: Number) -> int | float | None:
    """Return a JSON number: whole when it is whole, the nearest float otherwise."""
    if number is None or isinstance(number, int):
        return number
    return int(number) if number == int(number) else float(number)
