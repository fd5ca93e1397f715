"""The registry: people told apart, merged where the curator said so, with codes that never change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sheets_sync.domain.entries import (
    Partner,
)
from sheets_sync.domain.findings import Finding, Severity
from sheets_sync.domain.intake.decisions import NO, SKIP, YES, Ledger
from sheets_sync.domain.intake.identity import (
    Identified,
    Individual,
    Known,
    identify,
    identity_marks,
    joined,
    known_codes,
)
from sheets_sync.domain.intake.people import differing_requests, person_of
from sheets_sync.domain.intake.questionnaires import Questionnaire
from sheets_sync.domain.intake.resemblance import alike
from sheets_sync.domain.roster import NOBODY, Listed, Roster
from sheets_sync.domain.school import (
    Person,
    SchoolSettings,
)
from sheets_sync.domain.tables import Memory, Workbook

_ALIKE = "похожие"
_PLACE = "«Реестр»"


@dataclass(frozen=True, slots=True)
class Registered:
    """People in the order of their codes' first submission, retired codes, and what to remember by code."""

    people: tuple[Person, ...]
    into: Mapping[str, str]
    memory: Mapping[str, Memory]


def register(
    questionnaires: Sequence[Questionnaire],
    workbook: Workbook,
    settings: SchoolSettings,
    partners: Sequence[Partner],
    ledger: Ledger,
    roster: Roster = NOBODY,
    as_of: date = date.max,
) -> Registered:
    """Make the people of all usable questionnaires; questions about likeness go to the ledger."""
    rows = {row.key: row for row in workbook.rows("registry") if row.key}
    apart = [code for code, row in rows.items() if row.checked("apart")]
    known = known_codes(rows, workbook.remembered("registry"), apart)
    listed = _listed(questionnaires, roster)
    identified = identify(questionnaires, known, listed, roster.codes)
    merged = joined(identified, _declared_same(ledger))
    _ask_alike(identified, merged, known, ledger)
    people = []
    for individual in merged.people:
        matched = (listed.get(item.response_id) for item in reversed(individual.answers))
        own = next((one for one in matched if one), None) or roster.code_of(individual.code)
        row = rows.get(individual.code)
        person = person_of(individual, row, settings, partners, ledger.findings, own, as_of, roster.secret)
        if differing_requests(individual):
            ledger.findings.append(_two_requests(person))
        person = _without_deleted(person, individual, ledger)
        if ("registry", person.code) in workbook.deleted:
            person = replace(person, excluded=True, excluded_reason="строка удалена из «Реестра»")
        people.append(person)
    memory = _memory(identified, merged, known, questionnaires)
    _ask_vanished(known, memory, rows.keys() & known.codes, ledger)
    return Registered(tuple(people), merged.into, memory)


def _declared_same(ledger: Ledger) -> list[tuple[str, str]]:
    pairs = []
    for key, decision in ledger.decisions.items():
        kind, _, codes = key.partition("/")
        first, _, second = codes.partition("/")
        if kind == _ALIKE and decision.answer == YES:
            pairs.append((first, second))
    return sorted(pairs)


def _listed(questionnaires: Sequence[Questionnaire], roster: Roster) -> dict[str, Listed]:
    if not roster.people:
        return {}
    found = {
        item.response_id: roster.find(item.key, item.group, item.birth_date, item.school_class, item.code)
        for item in questionnaires
    }
    return {response_id: one for response_id, one in found.items() if one is not None}


def _ask_alike(identified: Identified, merged: Identified, known: Known, ledger: Ledger) -> None:
    told = _told_apart(identified, known)
    for first, second in alike(identified.people):
        if frozenset((first.code, second.code)) in told:
            continue
        same = merged.into.get(first.code, first.code) == merged.into.get(second.code, second.code)
        key = f"{_ALIKE}/{first.code}/{second.code}"
        decision = ledger.decisions.get(key)
        if not same and not (decision and decision.answer in {NO, SKIP}):
            text = (
                f"похоже, это один человек: {_said(first)} и {_said(second)}; ответьте «да», чтобы объединить"
            )
            ledger.findings.append(Finding(key, _PLACE, text, suggestion="объединить", subject=first.code))


def _told_apart(identified: Identified, known: Known) -> set[frozenset[str]]:
    """Return the twos that staff told apart by the tick in «Реестр»; of three and more each two are asked."""
    by_key: dict[str, set[str]] = {}
    for person in identified.people:
        for item in person.answers:
            if known.separates(item):
                for key in identity_marks(item):
                    by_key.setdefault(key, set()).add(person.code)
    return {frozenset(codes) for codes in by_key.values() if len(codes) == 2}


def _said(individual: Individual) -> str:
    newest = individual.newest
    details = [newest.school_class or str(newest.group)]
    if newest.birth_date is not None:
        details.append(f"{newest.birth_date:%d.%m.%Y}")
    return f"{individual.code} {newest.name} ({', '.join(details)})"


def _two_requests(person: Person) -> Finding:
    return Finding(
        f"две анкеты/{person.code}/{len(person.response_ids)}",
        _PLACE,
        f"{person.code}: в анкетах одного человека разные запросы или ресурсы; взяты последние",
        Severity.NOTE,
        subject=person.code,
    )


def _without_deleted(person: Person, individual: Individual, ledger: Ledger) -> Person:
    if not all(item.deleted for item in individual.answers):
        return person
    key = f"удалён в форме/{person.code}"
    decision = ledger.decisions.get(key)
    if decision and decision.answer == YES:
        return replace(person, excluded=True, excluded_reason="анкета удалена")
    if not (decision and decision.answer in {NO, SKIP}):
        text = f"{person.code}: все анкеты участника удалены в форме; ответьте «да», чтобы он не участвовал"
        ledger.findings.append(Finding(key, _PLACE, text, suggestion="не участвует", subject=person.code))
    return person


def _memory(
    identified: Identified, merged: Identified, known: Known, questionnaires: Sequence[Questionnaire]
) -> dict[str, Memory]:
    homes = {**known.home, **identified.home}
    marks: dict[str, set[str]] = {code: set() for code in {*homes.values(), *known.codes}}
    for key, code in known.keys.items():
        marks.setdefault(code, set()).add(key)
    for item in questionnaires:
        marks[homes[item.response_id]].update(identity_marks(item))
    memory: dict[str, Memory] = {}
    for code in sorted(marks):
        responses = sorted(response_id for response_id, home in homes.items() if home == code)
        kept: dict[str, object] = {"responses": responses, "keys": sorted(marks[code])}
        if code in merged.into:
            kept["into"] = merged.into[code]
        memory[code] = kept
    return memory


def _ask_vanished(known: Known, memory: Mapping[str, Memory], rows: set[str], ledger: Ledger) -> None:
    """Say so when a registered person has no usable questionnaire any more."""
    used = {response_id for response_id in known.home if response_id in ledger.verdicts}
    for code in sorted(rows):
        responses = memory.get(code, {}).get("responses")
        if isinstance(responses, list) and responses and all(item in used for item in responses):
            text = f"{code}: анкета участника в карантине, поэтому он временно не учитывается"
            ledger.findings.append(Finding(f"без анкеты/{code}", _PLACE, text, Severity.NOTE, subject=code))
