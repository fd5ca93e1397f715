"""All that one reading of answers and sheets gives."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sheets_sync.domain.entries import (
    Contingent,
    Event,
    Mark,
    Material,
    Participation,
    Partner,
)
from sheets_sync.domain.findings import Finding
from sheets_sync.domain.intake.decisions import HELD, Verdict
from sheets_sync.domain.school import (
    Attendance,
    Consent,
    Diagnostic,
    Evidence,
    Meeting,
    NetworkingAnswer,
    Pair,
    Person,
    Plan,
    RegisteredDocument,
    SchoolSettings,
)
from sheets_sync.domain.tables import Memory


@dataclass(frozen=True, slots=True)
class Intake:
    """People, their consents and everything told about them, as of one date.

    Shape: `verdicts` says for every response id read whether it is used («учтён», by which person), in
    quarantine or skipped, and why; `into` maps retired codes to the codes that took them; `registry_memory`
    is what to remember beside the rows of «Реестр», by code; `plan_marks` says when a hand mark in «Планы»
    was first seen, by row key; `contingent` are staff's numbers completed by those counted in the school's
    list, `listed` the latter alone; `consented` are the codes that the gate admits on `as_of`; `returned` are
    forgotten people who applied anew, by their earlier codes.
    """

    as_of: date
    people: tuple[Person, ...]
    consents: tuple[Consent, ...]
    consented: frozenset[str]
    networking: tuple[NetworkingAnswer, ...]
    attendance: tuple[Attendance, ...]
    meetings: tuple[Meeting, ...]
    plans: tuple[Plan, ...]
    diagnostics: tuple[Diagnostic, ...]
    events: tuple[Event, ...]
    partners: tuple[Partner, ...]
    materials: tuple[Material, ...]
    participations: tuple[Participation, ...]
    documents: tuple[RegisteredDocument, ...]
    marks: tuple[Mark, ...]
    contingent: tuple[Contingent, ...]
    listed: tuple[Contingent, ...]
    findings: tuple[Finding, ...]
    verdicts: Mapping[str, Verdict]
    into: Mapping[str, str]
    registry_memory: Mapping[str, Memory]
    plan_marks: Mapping[str, date]
    base_answers: int
    analysed_answers: int
    returned: frozenset[str] = frozenset()

    @property
    def quarantined(self) -> Mapping[str, str]:
        """Return the reasons of the responses held back, by response id."""
        return {key: verdict.reason for key, verdict in self.verdicts.items() if verdict.state == HELD}

    def by_code(self) -> dict[str, Person]:
        """Return people by code."""
        return {person.code: person for person in self.people}

    def evidence(self, settings: SchoolSettings, pairs: Iterable[Pair]) -> Evidence:
        """Return what indicators and roadmap are computed from."""
        return Evidence(
            as_of=self.as_of,
            settings=settings,
            people=self.people,
            consents=self.consents,
            consented=self.consented,
            networking=self.networking,
            attendance=self.attendance,
            pairs=tuple(pairs),
            meetings=self.meetings,
            plans=self.plans,
            diagnostics=self.diagnostics,
            events=self.events,
            partners=self.partners,
            materials=self.materials,
            participations=self.participations,
            documents=self.documents,
            marks=self.marks,
            contingent=self.contingent,
            base_answers=self.base_answers,
            analysed_answers=self.analysed_answers,
        )
