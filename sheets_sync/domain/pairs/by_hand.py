"""Pairs that the curator makes: rows typed in «Пары» without a code, with both people and a decision."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sheets_sync.domain.codes import CodeKind, read_code
from sheets_sync.domain.findings import Finding, Severity
from sheets_sync.domain.intake.decisions import mark
from sheets_sync.domain.intake.references import Directory
from sheets_sync.domain.matching.model import FormRule
from sheets_sync.domain.pairs.life import APPROVE, FIX, FORBID
from sheets_sync.domain.school import Pair, PairState, Person
from sheets_sync.domain.tables import ReadRow, Workbook
from sheets_sync.domain.textforms import cleaned

DECISIONS_BY_HAND = {
    APPROVE: PairState.APPROVED,
    FIX: PairState.PROPOSED,
    FORBID: PairState.REJECTED,
}
"""What may be decided about a pair that the program has not proposed, and the state it begins in."""


@dataclass(frozen=True, slots=True)
class TypedPairs:
    """Pairs made of typed rows tonight, and what could not be understood."""

    pairs: tuple[Pair, ...]
    findings: tuple[Finding, ...]


def typed_pairs(
    workbook: Workbook,
    standing: Sequence[Pair],
    directory: Directory,
    forms: Sequence[FormRule],
    next_code: Callable[[int], str],
    as_of: date,
) -> TypedPairs:
    """Read rows of «Пары» that staff typed below the program's.

    A row counts when it names two participants and a decision; rows that name nobody are staff's own notes.
    The typed row stays as it is: the pair gets a row of the program's with the decision in it.

    Shape: `standing` are all pairs ever, `forms` the forms in use; `next_code(n)` makes the n-th pair's code.
    """
    desk = _Desk(directory, forms, {}, [])
    for pair in standing:
        desk.known[pair.mentee, pair.form, pair.mentor] = pair
    made: list[Pair] = []
    for row in workbook.rows("pairs"):
        if row.key or not (row.text("mentor") or row.text("mentee")):
            continue
        found = desk.read(row, as_of)
        if found is not None:
            pair = replace(found, code=next_code(len(standing) + len(made) + 1))
            desk.known[pair.mentee, pair.form, pair.mentor] = pair
            made.append(pair)
            # Said the same night: a note that came a night later would be news without any.
            desk.point_to(row, pair)
    return TypedPairs(tuple(made), tuple(desk.findings))


@dataclass
class _Desk:
    directory: Directory
    forms: Sequence[FormRule]
    known: dict[tuple[str, str, str], Pair]
    findings: list[Finding]

    def read(self, row: ReadRow, as_of: date) -> Pair | None:
        """The pair that a row asks for; None when it is not clear, with the reason among the findings."""
        mentor, mentee = (self._person(row, role) for role in ("mentor", "mentee"))
        if not mentor or not mentee:
            return None
        form = self._form(row, self.directory.people[mentor], self.directory.people[mentee])
        if not form:
            return None
        other = self.known.get((mentee, form, mentor))
        if other is not None:
            self.point_to(row, other)
            return None
        decision = row.text("decision")
        if decision not in DECISIONS_BY_HAND:
            allowed = ", ".join(DECISIONS_BY_HAND)
            said = f"«{decision}» здесь не подходит" if decision else "нет решения"
            self._say(row, "decision", f"в строке своей пары {said}: выберите одно из — {allowed}")
            return None
        state = DECISIONS_BY_HAND[decision]
        decided_on = row.day("decided_on")
        return Pair(
            code="",
            form=form,
            mentor=mentor,
            mentee=mentee,
            state=state,
            proposed_on=as_of,
            approved_on=(decided_on or as_of) if state is PairState.APPROVED else None,
            decision=decision,
            decision_reason=row.text("decision_reason"),
            decided_on=decided_on,
            by_hand=True,
        )

    def point_to(self, row: ReadRow, pair: Pair) -> None:
        """Say where the pair of a typed row stands, and what is decided there when that is something else."""
        decision = row.text("decision")
        if pair.by_hand and decision in DECISIONS_BY_HAND and decision != pair.decision:
            text = (
                f"эта пара уже стоит строкой {pair.code} с решением «{pair.decision or 'нет'}», а здесь — "
                f"«{decision}»: действует строка {pair.code}, исправьте решение в ней или удалите эту строку"
            )
            self._say(row, "contradiction", text)
            return
        advice = "вашу строку можно удалить" if pair.by_hand else "решение ставьте в той строке"
        self._say(row, "known", f"эта пара уже стоит строкой {pair.code}: {advice}", Severity.NOTE)

    def _person(self, row: ReadRow, role: str) -> str:
        typed = row.text(role)
        title = "код наставника" if role == "mentor" else "код наставляемого"
        code = self.directory.person(read_code(typed, CodeKind.PERSON).code)
        if code:
            return code
        named = self.directory.named(typed) or self.directory.named(row.text(f"{role}_name"))
        hint = f"; возможно, это {named}" if named else ""
        said = f"«{typed}» — такого участника нет" if typed else "не указан"
        self._say(row, role, f"{title}: {said}{hint}; впишите код из «Реестра»", suggestion=named)
        return ""

    def _form(self, row: ReadRow, mentor: Person, mentee: Person) -> str:
        typed = cleaned(row.text("form"))
        titles = {rule.title: rule for rule in self.forms}
        if typed in titles:
            return typed
        common = [
            title
            for title, rule in titles.items()
            if mentor.group.value in rule.mentors and mentee.group.value in rule.mentees
        ]
        if not typed and len(common) == 1:
            return common[0]
        said = f"формы «{typed}» в школе нет" if typed else "не указана форма наставничества"
        self._say(row, "form", f"{said}; бывает: {', '.join(common or titles)}")
        return ""

    def _say(
        self,
        row: ReadRow,
        what: str,
        text: str,
        severity: Severity = Severity.QUESTION,
        suggestion: str = "",
    ) -> None:
        content = mark(*(row.text(name) for name in ("form", "mentor", "mentee", "decision")))
        place = f"лист «Пары», строка {row.index + 1}"
        key = f"pairs/своя/{what}/{content}"
        if key not in {finding.key for finding in self.findings}:
            self.findings.append(Finding(key, place, text, severity, suggestion))


def initial_cells(pair: Pair) -> Mapping[str, str | date]:
    """What the program puts into staff's columns of the row it makes for a typed pair, once."""
    if not pair.by_hand:
        return {}
    found: dict[str, str | date] = {"decision": pair.decision}
    if pair.decision_reason:
        found["decision_reason"] = pair.decision_reason
    if pair.decided_on is not None:
        found["decided_on"] = pair.decided_on
    return found
