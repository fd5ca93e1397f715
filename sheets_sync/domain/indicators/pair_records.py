"""Pairs, meetings, plans and diagnostics as records."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from sheets_sync.domain.deadlines import Period, quarters
from sheets_sync.domain.indicators.records import FieldValue, Record, collection
from sheets_sync.domain.school import Evidence, Meeting, Pair, PairState

_NEVER_APPROVED = frozenset((PairState.PROPOSED, PairState.REJECTED, PairState.WITHDRAWN))


def pairs_approved(evidence: Evidence) -> Iterator[Record]:
    """Pairs that the curator approved, until they end."""
    for pair in evidence.pairs:
        dates = [day for day in (pair.approved_on, pair.in_force_from) if day is not None]
        if pair.state not in _NEVER_APPROVED:
            yield _pair(pair, min(dates, default=None))


def pairs_in_force(evidence: Evidence) -> Iterator[Record]:
    """Pairs that a registered order names; a pair that came to its planned end still counts."""
    for pair in evidence.pairs:
        if pair.in_force_from is not None and pair.state not in _NEVER_APPROVED:
            yield _pair(pair, pair.in_force_from)


def pairs_notified(evidence: Evidence) -> Iterator[Record]:
    """Pairs whose people were told."""
    for pair in evidence.pairs:
        if pair.notified_on is not None and pair.state not in _NEVER_APPROVED:
            yield _pair(pair, pair.notified_on)


def participants(evidence: Evidence) -> Iterator[Record]:
    """People of the pairs in force, one record per person and pair."""
    groups = {person.code: person.group.value for person in evidence.people}
    for pair in evidence.pairs:
        if pair.in_force_from is None or pair.state in _NEVER_APPROVED:
            continue
        for code, role in ((pair.mentor, "наставник"), (pair.mentee, "наставляемый")):
            fields: dict[str, FieldValue] = {"group": groups.get(code, ""), "role": role, "pair": pair.code}
            yield Record(code, pair.in_force_from, _ends(pair), fields)


def paired(evidence: Evidence) -> Iterator[Record]:
    """People of the approved pairs, one record per person and pair."""
    for pair in evidence.pairs:
        if pair.state not in _NEVER_APPROVED:
            dates = [day for day in (pair.approved_on, pair.in_force_from) if day is not None]
            since = min(dates, default=None)
            for code, role in ((pair.mentor, "наставник"), (pair.mentee, "наставляемый")):
                yield Record(code, since, _ends(pair), {"role": role, "pair": pair.code})


def meetings(evidence: Evidence) -> Iterator[Record]:
    """Meetings that were held; `kind` is one of the five."""
    for meeting in evidence.meetings:
        if meeting.held:
            name = f"{meeting.pair}, {meeting.kind.value}, {meeting.on:%d.%m.%Y}"
            yield Record(name, meeting.on, None, {"pair": meeting.pair, "kind": meeting.kind.value})


def meeting_people(evidence: Evidence) -> Iterator[Record]:
    """Who was at a meeting of their pair; where it is not said who was absent, only the mentor counts."""
    pairs = {pair.code: pair for pair in evidence.pairs}
    for meeting in evidence.meetings:
        pair = pairs.get(meeting.pair)
        if meeting.held and pair is not None:
            for code in _present(meeting, pair):
                yield Record(code, meeting.on, None, {"pair": pair.code, "kind": meeting.kind.value})


def _present(meeting: Meeting, pair: Pair) -> tuple[str, ...]:
    if meeting.all_present:
        return (pair.mentor, pair.mentee)
    if not meeting.absent:
        return (pair.mentor,)
    return tuple(code for code in (pair.mentor, pair.mentee) if code not in meeting.absent)


def plans(evidence: Evidence) -> Iterator[Record]:
    """Individual plans by their pair's code."""
    for plan in evidence.plans:
        yield Record(plan.pair, plan.made_on, None, {"pair": plan.pair})


def plan_items(evidence: Evidence) -> Iterator[Record]:
    """Points of the individual plans."""
    for plan in evidence.plans:
        for item in plan.items:
            yield Record(f"{plan.pair}/{item.number}", plan.made_on, None, {"pair": plan.pair})


def plan_items_done(evidence: Evidence) -> Iterator[Record]:
    """Points of the individual plans that a report or a mark says are done."""
    for plan in evidence.plans:
        for item in plan.items:
            if item.done_on is not None:
                since = max(item.done_on, plan.made_on)
                yield Record(f"{plan.pair}/{item.number}", since, None, {"pair": plan.pair})


def networking(evidence: Evidence) -> Iterator[Record]:
    """People who answered after the networking meeting."""
    for answer in evidence.networking:
        yield Record(answer.person, answer.on, None, {"role": answer.role.value})


def attendance(evidence: Evidence) -> Iterator[Record]:
    """Who was at the networking meeting or the final game; without a date of its own, that of the event."""
    held = _event_days(evidence)
    for mark in evidence.attendance:
        if mark.present:
            yield Record(mark.person, mark.on or held.get(mark.event), None, {"event": mark.event})


def _event_days(evidence: Evidence) -> Mapping[str, date]:
    days: dict[str, date] = {}
    for event in evidence.events:
        if event.on is not None:
            days[event.kind] = min(event.on, days.get(event.kind, event.on))
    return days


def diagnostics(evidence: Evidence) -> Iterator[Record]:
    """Answers to the diagnostic questionnaire, told apart by their day."""
    for answer in evidence.diagnostics:
        fields: dict[str, FieldValue] = {"day": answer.on.isoformat(), "role": answer.role.value}
        yield Record(answer.person, answer.on, None, fields)


def quarter_participants(evidence: Evidence) -> Iterator[Record]:
    """Participants once per quarter in which their pair works; who drops out within it is not asked."""
    for quarter in quarters(_period(evidence)):
        for record in participants(evidence):
            since, until = record.since, record.until
            if since is None or since > quarter.end or (until is not None and until <= quarter.start):
                continue
            dropped = until if until is not None and until <= quarter.end else None
            fields: dict[str, FieldValue] = {"person": record.id, "quarter": quarter.name}
            yield Record(f"{record.id}, {quarter.name}", max(since, quarter.start), dropped, fields)


def quarter_diagnostics(evidence: Evidence) -> Iterator[Record]:
    """Answers to the diagnostic questionnaire under the quarter in which they came."""
    for quarter in quarters(_period(evidence)):
        for answer in evidence.diagnostics:
            if quarter.start <= answer.on <= quarter.end:
                fields: dict[str, FieldValue] = {"person": answer.person, "quarter": quarter.name}
                yield Record(f"{answer.person}, {quarter.name}", answer.on, None, fields)


def document_pairs(evidence: Evidence) -> Iterator[Record]:
    """Pairs named by registered documents; a paper that names none covers the plans made by its date."""
    made: defaultdict[str, date] = defaultdict(lambda: date.max)
    for plan in evidence.plans:
        made[plan.pair] = min(made[plan.pair], plan.made_on)
    for document in evidence.documents:
        if document.registered and document.on is not None:
            covered = document.pairs
            if not document.key and not covered:
                covered = tuple(pair for pair, day in made.items() if day <= document.on)
            for pair in covered:
                yield Record(pair, document.on, None, {"kind": document.kind, "pair": pair})


def _pair(pair: Pair, since: date | None) -> Record:
    return Record(
        pair.code, since, _ends(pair), {"form": pair.form, "mentor": pair.mentor, "mentee": pair.mentee}
    )


def _ends(pair: Pair) -> date | None:
    return None if pair.state is PairState.COMPLETED else pair.ended_on


def _period(evidence: Evidence) -> Period:
    return Period(evidence.settings.period_start, evidence.settings.period_end)


PAIR_COLLECTIONS = {
    "pairs_approved": collection(pairs_approved, "form mentor mentee", "Пары"),
    "pairs_in_force": collection(pairs_in_force, "form mentor mentee", "Пары"),
    "pairs_notified": collection(pairs_notified, "form mentor mentee", "Пары"),
    "participants": collection(participants, "group role pair", "Пары"),
    "paired": collection(paired, "role pair", "Пары"),
    "meetings": collection(meetings, "pair kind"),
    "meeting_people": collection(meeting_people, "pair kind"),
    "plans": collection(plans, "pair", "Планы"),
    "plan_items": collection(plan_items, "pair", "Планы"),
    "plan_items_done": collection(plan_items_done, "pair", "Планы"),
    "networking": collection(networking, "role"),
    "attendance": collection(attendance, "event", "Явка"),
    "diagnostics": collection(diagnostics, "day role"),
    "quarter_participants": collection(quarter_participants, "person quarter"),
    "quarter_diagnostics": collection(quarter_diagnostics, "person quarter"),
    "document_pairs": collection(document_pairs, "kind pair", "Документы"),
}
