"""What an edited answer makes stale: pairs, plans, consents, documents, told in one place for the curator."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo

from sheets_sync.domain.answers import edited_fields
from sheets_sync.domain.consents import consent_state, signers
from sheets_sync.domain.dates import printed
from sheets_sync.domain.documents.amendment import orders_in_force, reworded
from sheets_sync.domain.documents.facts import Facts
from sheets_sync.domain.documents.kinds import PLANS
from sheets_sync.domain.documents.wording import number_sign
from sheets_sync.domain.findings import Finding
from sheets_sync.domain.forms import FormSpec
from sheets_sync.domain.intake.decisions import Verdict, mark
from sheets_sync.domain.matching.model import Market
from sheets_sync.domain.pairs.facts import lost_facts
from sheets_sync.domain.responses import Response
from sheets_sync.domain.school import Consent, ConsentKind, Pair, RegisteredDocument
from sheets_sync.domain.tables import Workbook

_IDENTIFYING = frozenset({"name", "birth_date", "representative"})
"""Questions whose answer a signed consent repeats."""

_PLANNED = frozenset({"goal", "items"})
"""Questions whose answer an order on plans repeats."""


@dataclass(frozen=True, slots=True)
class Edit:
    """An answer that was edited: whose, and which questions with the day of the last edit of each."""

    form: FormSpec
    response_id: str
    person: str
    fields: Mapping[str, date]

    @property
    def last(self) -> date:
        """The day of the last edit."""
        return max(self.fields.values())

    def since(self, fields: frozenset[str]) -> date | None:
        """Return the last day on which one of these questions was edited, None when none was."""
        return max((day for field, day in self.fields.items() if field in fields), default=None)


def edits(
    forms: Iterable[FormSpec],
    responses: Iterable[Response],
    verdicts: Mapping[str, Verdict],
    workbook: Workbook,
    zone: tzinfo,
) -> tuple[Edit, ...]:
    """Return the answers that were edited since they were first read, tonight's among them."""
    known = {form.id: form for form in forms}
    found = []
    for response in responses:
        form = known.get(response.form)
        if form is None or response.deleted or response.submitted == response.created:
            continue
        days = edited_fields(form, response, workbook, zone)
        verdict = verdicts.get(response.response_id)
        if days:
            fields = {field: date.fromisoformat(day) for field, day in days.items()}
            found.append(Edit(form, response.response_id, verdict.person if verdict else "", fields))
    return tuple(found)


def spoiled(
    edited: Sequence[Edit], facts: Facts, market: Market, doubts: Iterable[Finding]
) -> tuple[Finding, ...]:
    """Return a question for each edited answer that made something stale, listing all of it.

    Shape: `doubts` are the findings about pairs that lost what they were decided on, by the pair's code in
    `subject`; one that an edit explains stands in the edit's question and not on its own.
    """
    lost = {pair.code: (pair, gone) for pair, gone in lost_facts(facts.pairs, market)}
    told: set[str] = set()
    found = []
    for edit in edited:
        mine = {code: one for code, one in lost.items() if edit.person in (one[0].mentor, one[0].mentee)}
        stale = [*_pairs(mine, facts), *_consents(edit, facts), *_papers(edit, facts), *_plans(edit, facts)]
        if stale:
            told |= set(mine)
            found.append(_question(edit, stale))
    return (*found, *(one for one in doubts if one.subject not in told))


def _question(edit: Edit, stale: Sequence[str]) -> Finding:
    titles = [question.header for question in edit.form.questions if question.field in edit.fields]
    asked = ", ".join(f"«{title}»" for title in titles)
    whose = f"{edit.person}: " if edit.person else ""
    text = (
        f"{whose}ответ изменён {printed(edit.last)} — {asked}. Проверьте, что затронуто: {'; '.join(stale)}"
    )
    place = f"«Ответы: {edit.form.title}», прежние ответы — в последней колонке"
    return Finding(f"правка/{edit.response_id}/{mark(*stale)}", place, text, subject=edit.person)


def _pairs(lost: Mapping[str, tuple[Pair, tuple[str, ...]]], facts: Facts) -> Iterator[str]:
    planned = {plan.pair for plan in facts.plans}
    for code, (pair, gone) in lost.items():
        yield f"пара {code} ({pair.state}): больше нет — {', '.join(gone)}"
        if code in planned:
            yield f"индивидуальный план пары {code}: составлен до правки"


def _consents(edit: Edit, facts: Facts) -> Iterator[str]:
    since = edit.since(_IDENTIFYING)
    person = facts.people.get(edit.person)
    if since is None or person is None:
        return
    for consent in facts.consents:
        if consent.person == person.code and _was_signed(consent, since):
            due = consent.kind is not ConsentKind.PROCESSING or consent.signer in signers(person, facts.as_of)
            if due and not consent_state(consent, person, facts.as_of):
                signed = printed(consent.signed_on) if consent.signed_on else ""
                which = f"{consent.kind}, {consent.signer}"
                yield f"согласие ({which}) подписано {signed}, до правки: сверьте имя и дату рождения"


def _was_signed(consent: Consent, before: date) -> bool:
    return consent.signed_on is not None and consent.signed_on < before


def _papers(edit: Edit, facts: Facts) -> Iterator[str]:
    by_key = {paper.key: paper for paper in orders_in_force(facts)}
    for key, pair in reworded(facts):
        if edit.person in (pair.mentor, pair.mentee) and key in by_key:
            yield f"{_named(by_key[key])}: строка пары {pair.code} уже не та, нужен приказ об изменении"


def _plans(edit: Edit, facts: Facts) -> Iterator[str]:
    since = edit.since(_PLANNED)
    pair = next((one.pair for one in facts.meetings if one.response_id == edit.response_id), "")
    if since is None or not pair:
        return
    for paper in facts.papers:
        approved = paper.kind == PLANS and paper.registered and pair in paper.pairs
        if approved and paper.on is not None and paper.on <= since:
            yield f"план пары {pair} утверждён до правки: {_named(paper)}"


def _named(paper: RegisteredDocument) -> str:
    on = f" от {printed(paper.on)}" if paper.on else ""
    return f"{paper.kind} {number_sign(paper.number)}{on}"
