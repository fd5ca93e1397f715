"""Makes a market solvable: bad rows and contradictory decisions become findings, nobody is dropped."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sheets_sync.domain.findings import Finding, Severity
from sheets_sync.domain.intake.decisions import mark
from sheets_sync.domain.matching.model import Decided, Market, Mentee, Mentor, Unmatched

MENTEE = "наставляемый"
MENTOR = "наставник"

_FORM_HINT = "Проверьте форму в «Реестре» и действующие формы в «Настройках»."


@dataclass(frozen=True, slots=True)
class Settled:
    """A clean market, the locks that stand (`held`), those that may not (`suspended`), and what was wrong.

    Shape: `set_aside` are people who cannot be paired at all, with reasons; `market.locks` are all locks that
    take a place, held and suspended.
    """

    market: Market
    held: tuple[Decided, ...]
    suspended: tuple[Decided, ...]
    set_aside: tuple[Unmatched, ...]
    findings: tuple[Finding, ...]


@dataclass
class _Desk:
    """Collects findings, people set aside and those named who may not be paired, while the market is read."""

    findings: dict[str, Finding] = field(default_factory=dict)
    set_aside: dict[tuple[str, str], Unmatched] = field(default_factory=dict)
    named: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def note(
        self, kind: str, place: str, text: str, subject: str, severity: Severity = Severity.QUESTION
    ) -> None:
        key = f"пары/{kind}/{subject}/{mark(place, text)}"
        self.findings[key] = Finding(key=key, place=place, text=text, severity=severity, subject=subject)

    def put_aside(
        self, person: str, role: str, forms: tuple[str, ...], reason: str, change: str = ""
    ) -> None:
        self.set_aside.setdefault((person, role), Unmatched(person, role, forms, reason, change))


@dataclass(frozen=True, slots=True)
class _Addressees:
    """Whom a choice may name, and who may not be in a pair now, with the reason."""

    known: frozenset[str]
    barred: dict[str, str]


def settle(market: Market) -> Settled:
    """Check people, wishes and decisions; what remains is consistent."""
    desk = _Desk()
    for one in sorted(market.ineligible, key=lambda i: (i.id, i.role, i.reason)):
        desk.put_aside(one.id, one.role, (), one.reason)
    barred = {(one.id, one.role) for one in market.ineligible}
    mentees = _clean_mentees(market, barred, desk)
    mentors = _clean_mentors(market, barred, desk)
    vetoes = _clean_vetoes(market, mentees, mentors, desk)
    counted, held, suspended = _sort_locks(market, mentees, mentors, vetoes, desk)
    to_mentors = _Addressees(frozenset(m.id for m in mentors), _reasons(market, MENTOR))
    to_mentees = _Addressees(frozenset(m.id for m in mentees), _reasons(market, MENTEE))
    mentees = tuple(replace(m, choices=_clean_choices(m, MENTEE, to_mentors, desk)) for m in mentees)
    mentors = tuple(replace(m, choices=_clean_choices(m, MENTOR, to_mentees, desk)) for m in mentors)
    _check_places(mentors, counted, desk)
    for (person, reason), by in sorted(desk.named.items()):
        who = ", ".join(sorted(by))
        text = f"{person} назван после встречи ({who}), но пока не может быть в паре: {reason}"
        desk.note("назван", "После общей встречи", text, person, Severity.NOTE)
    clean = replace(market, mentees=mentees, mentors=mentors, locks=counted, vetoes=vetoes)
    findings = tuple(sorted(desk.findings.values()))
    return Settled(clean, held, suspended, tuple(desk.set_aside[k] for k in sorted(desk.set_aside)), findings)


def _clean_mentees(market: Market, barred: set[tuple[str, str]], desk: _Desk) -> tuple[Mentee, ...]:
    kept: list[Mentee] = []
    taken: dict[str, set[str]] = {}
    rules = market.rules
    for mentee in sorted(market.mentees, key=_stable):
        if (mentee.id, MENTEE) in barred:
            continue
        forms = tuple(f.title for f in rules.forms if f.title in mentee.forms and mentee.group in f.mentees)
        if not forms:
            reason = f"Нет действующей формы наставничества, где наставляемый — {mentee.group}."
            desk.put_aside(mentee.id, MENTEE, mentee.forms, reason, _FORM_HINT)
            continue
        if taken.get(mentee.id, set()) & set(forms):
            text = f"{mentee.id} записан наставляемым дважды в одной форме; учтена первая запись"
            desk.note("дважды", "Реестр", text, mentee.id)
            continue
        taken.setdefault(mentee.id, set()).update(forms)
        if not mentee.needs:
            text = f"{mentee.id} не отметил, в чём нужна поддержка"
            desk.note("запрос", "Реестр", text, mentee.id, Severity.NOTE)
        kept.append(replace(mentee, forms=forms, waiting_nights=max(0, mentee.waiting_nights)))
    return tuple(kept)


def _clean_mentors(market: Market, barred: set[tuple[str, str]], desk: _Desk) -> tuple[Mentor, ...]:
    kept: dict[str, Mentor] = {}
    for mentor in sorted(market.mentors, key=_stable):
        if (mentor.id, MENTOR) in barred:
            continue
        forms = tuple(
            f.title for f in market.rules.forms if f.title in mentor.forms and mentor.group in f.mentors
        )
        if mentor.id in kept:
            text = f"{mentor.id} записан наставником дважды; учтена первая запись"
            desk.note("дважды", "Реестр", text, mentor.id)
        elif mentor.capacity <= 0:
            text = f"у наставника {mentor.id} число наставляемых {mentor.capacity}: нужно от 1"
            desk.note("места", "Реестр", text, mentor.id)
            desk.put_aside(mentor.id, MENTOR, forms, "Не указано, сколько наставляемых готов взять.")
        elif not forms:
            reason = f"Нет действующей формы наставничества, где наставник — {mentor.group}."
            desk.put_aside(mentor.id, MENTOR, mentor.forms, reason, _FORM_HINT)
        else:
            if not mentor.resources:
                text = f"{mentor.id} не отметил, в чём готов помогать"
                desk.note("ресурс", "Реестр", text, mentor.id, Severity.NOTE)
            kept[mentor.id] = replace(mentor, forms=forms)
    return tuple(kept.values())


def _clean_choices(
    person: Mentee | Mentor,
    role: str,
    others: "_Addressees",
    desk: _Desk,
) -> tuple[str, ...]:
    known, reasons = others.known, others.barred
    wanted = MENTOR if role == MENTEE else MENTEE
    place = f"После общей встречи, {person.id}"
    kept: list[str] = []
    for choice in person.choices:
        # An unusable choice leaves its place empty: the second choice stays the second.
        kept.append(choice if choice in known and choice != person.id and choice not in kept else "")
        if choice == person.id:
            desk.note("выбор", place, "назван собственный номер", person.id, Severity.NOTE)
        elif choice in reasons:
            desk.named.setdefault((choice, reasons[choice]), []).append(person.id)
        elif choice and choice not in known:
            text = f"назван {choice}: среди тех, кто может быть в роли «{wanted}», такого номера нет"
            desk.note("выбор", place, text, person.id)
    return tuple(kept)


def _reasons(market: Market, role: str) -> dict[str, str]:
    barred = sorted(market.ineligible, key=lambda one: one.reason)
    return {one.id: one.reason for one in barred if one.role == role}


def _clean_vetoes(
    market: Market, mentees: Sequence[Mentee], mentors: Sequence[Mentor], desk: _Desk
) -> tuple[Decided, ...]:
    known = {m.id for m in mentees} | {m.id for m in mentors} | {one.id for one in market.ineligible}
    for veto in market.vetoes:
        for person in sorted({veto.mentee, veto.mentor} - known):
            desk.note("запрет", veto.place, f"запрет называет {person}: такого участника нет", person)
    return tuple(sorted(set(market.vetoes)))


def _sort_locks(
    market: Market,
    mentees: Sequence[Mentee],
    mentors: Sequence[Mentor],
    vetoes: Sequence[Decided],
    desk: _Desk,
) -> tuple[tuple[Decided, ...], tuple[Decided, ...], tuple[Decided, ...]]:
    known = {MENTEE: {m.id for m in mentees}, MENTOR: {m.id for m in mentors}}
    gone = {(one.id, one.role): one.reason for one in market.ineligible}
    titles = {f.title for f in market.rules.forms}
    held: list[Decided] = []
    suspended: list[Decided] = []
    counted: list[Decided] = []
    seen: set[tuple[str, str, str]] = set()
    for lock in sorted(set(market.locks)):
        if (lock.mentee, lock.form, lock.mentor) in seen:
            continue
        seen.add((lock.mentee, lock.form, lock.mentor))
        stopped = _lock_trouble(lock, known, gone, titles)
        if stopped:
            desk.note("закрепление", lock.place, f"{_pair(lock)}: {stopped}", lock.mentee)
            suspended.append(replace(lock, stopped=stopped))
            if lock.mentor in known[MENTOR] and (lock.mentee, MENTEE) in gone:
                counted.append(lock)
            continue
        _check_lock(lock, held, vetoes, desk)
        held.append(lock)
        counted.append(lock)
    return tuple(counted), tuple(held), tuple(suspended)


def _lock_trouble(
    lock: Decided, known: dict[str, set[str]], gone: dict[tuple[str, str], str], titles: set[str]
) -> str:
    if lock.mentee == lock.mentor:
        return "наставник и наставляемый — один и тот же человек"
    if lock.form not in titles:
        return f"форма «{lock.form}» в школе не действует"
    for person, role in ((lock.mentee, MENTEE), (lock.mentor, MENTOR)):
        if person not in known[role]:
            reason = gone.get((person, role))
            if reason:
                return f"{person} сейчас не может быть в паре: {reason}"
            return f"{person} не найден среди тех, кто может быть в роли «{role}»"
    return ""


def _check_lock(lock: Decided, held: Sequence[Decided], vetoes: Sequence[Decided], desk: _Desk) -> None:
    pair = _pair(lock)
    if any((v.mentee, v.mentor) == (lock.mentee, lock.mentor) and v.form in ("", lock.form) for v in vetoes):
        text = f"{pair}: закреплена и запрещена одновременно; действует закрепление — снимите одно из двух"
        desk.note("противоречие", lock.place, text, lock.mentee)
    for other in held:
        if (other.mentee, other.form) == (lock.mentee, lock.form):
            both = f"{other.mentor} и {lock.mentor}"
            text = f"{lock.mentee} закреплён в форме «{lock.form}» за двумя наставниками: {both}"
            desk.note("двойное закрепление", lock.place, text, lock.mentee)
        if (other.mentee, other.mentor, other.form) == (lock.mentor, lock.mentee, lock.form):
            text = f"{pair}: в форме «{lock.form}» эти двое закреплены наставниками друг друга"
            desk.note("взаимная пара", lock.place, text, lock.mentee)


def _check_places(mentors: Sequence[Mentor], locks: Sequence[Decided], desk: _Desk) -> None:
    by_mentor: dict[str, list[Decided]] = {}
    for lock in locks:
        by_mentor.setdefault(lock.mentor, []).append(lock)
    for mentor in mentors:
        mine = by_mentor.get(mentor.id, [])
        if len(mine) > mentor.capacity:
            codes = ", ".join(lock.mentee for lock in mine)
            text = f"за наставником {mentor.id} закреплено {len(mine)} ({codes}), а мест {mentor.capacity}"
            desk.note("сверх мест", mine[0].place, text, mentor.id)


def _pair(lock: Decided) -> str:
    return f"пара {lock.mentor} — {lock.mentee}"


def _stable(person: Mentee | Mentor) -> tuple[str, str]:
    # Sets print in an order that changes from process to process; sorted fields do not.
    values = [getattr(person, name) for name in type(person).__slots__]
    return person.id, repr([sorted(v) if isinstance(v, frozenset) else v for v in values])
