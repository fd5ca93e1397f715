"""Questions about pairs that a curator asks at the terminal: why this one, why not that one, what if."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from sheets_sync.domain.codes import CodeKind, read_code
from sheets_sync.domain.matching.changes import Move, difference
from sheets_sync.domain.matching.model import Assignment, Decided, Market, MatchedPair
from sheets_sync.domain.matching.proposal import propose
from sheets_sync.domain.matching.reasons import CRITERION_NAMES
from sheets_sync.domain.matching.unmatched import broken_between
from sheets_sync.domain.matching.whatif import replacement, with_lock, with_places, with_veto
from sheets_sync.domain.matching.words import counted, points
from sheets_sync.domain.pairs.pairing import Pairing
from sheets_sync.domain.school import Pair, Person
from sheets_sync.domain.views.pairing import proof_text
from sheets_sync.errors import UnknownNameError


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer for a person and the same for a program."""

    told: tuple[str, ...]
    data: Mapping[str, object] = field(default_factory=dict)

    def lines(self) -> list[str]:
        """The answer in Russian, one thought a line."""
        return list(self.told)

    def to_json(self) -> dict[str, object]:
        """The answer as JSON values."""
        return dict(self.data)


@dataclass(frozen=True)
class PairQuestions:
    """Answers about one night's pairs; nothing is written.

    Shape: `people` are all of the registry by code; `refusals` the codes that the consent gate does not
    admit: they are never named, only their code is said; `told_last` are the lines of «Журнал» about pairs
    that the last night wrote, `standing` the states remembered from it, by pair code.
    """

    pairing: Pairing
    people: Mapping[str, Person]
    refusals: Mapping[str, str]
    standing: Mapping[str, Mapping[str, object]]
    told_last: tuple[str, ...] = ()
    last_night: str = ""

    @cached_property
    def market(self) -> Market:
        """The market of the night."""
        return self.pairing.market

    @property
    def assignment(self) -> Assignment:
        """The night's proposal."""
        return self.pairing.assignment

    def who(self, code: str) -> str:
        """A code with the name behind it, where the consent gate lets the name through."""
        person = self.people.get(code)
        return code if person is None or code in self.refusals else f"{code} ({person.name})"

    def explain(self, typed: str, instead: str = "") -> Answer:
        """Why a pair is what it is, or all that concerns a person; `instead` asks about another mentor.

        Raises:
            UnknownNameError: nobody has the code.
        """
        pair_code = read_code(typed, CodeKind.PAIR).code
        pair = next((one for one in self.pairing.pairs if one.code == pair_code), None)
        if pair is not None:
            return self._of_pair(pair, instead)
        return self._of_person(self._person(typed), instead)

    def with_capacity(self, typed: str, more: int) -> Answer:
        """What if a mentor takes more mentees, or fewer."""
        mentor = self._mentor(typed)
        places = next(one.capacity for one in self.market.mentors if one.id == mentor)
        question = f"{self.who(mentor)}: мест станет {max(0, places + more)} вместо {places}"
        return self._changed(question, with_places(self.market, mentor, more))

    def without(self, typed: str) -> Answer:
        """What if a mentor leaves: only that mentor's mentees look for another, the longest waiting first."""
        mentor = self._mentor(typed)
        question = f"{self.who(mentor)} выходит; остальные пары остаются"
        return self._changed(question, replacement(self._with_current(), mentor))

    def forbidden(self, one: str, other: str) -> Answer:
        """What if two people must not be paired."""
        mentee, mentor = self._two(one, other)
        question = f"запретить пару {self.who(mentor)} — {self.who(mentee)}"
        return self._changed(question, with_veto(self.market, mentee, mentor))

    def paired(self, one: str, other: str) -> Answer:
        """What if the curator fixes two people: the price of the wish."""
        mentee, mentor = self._two(one, other)
        closed = self._closed(mentee, mentor)
        question = f"закрепить пару {self.who(mentor)} — {self.who(mentee)}"
        return self._changed(question, self._fixed(mentee, mentor), closed)

    def since_last_night(self) -> Answer:
        """What the last night changed in the pairs, and what the next one would."""
        changes = []
        for pair in self.pairing.pairs:
            before = self.standing.get(pair.code)
            was = str(before.get("state", "")) if before else ""
            if was != pair.state.value:
                changes.append((pair, was))
        moved = [
            f"  {pair.code} {self.who(pair.mentor)} — {self.who(pair.mentee)}: "
            f"{was or 'новая'} → {pair.state}" + (f" ({pair.basis})" if pair.basis else "")
            for pair, was in changes
        ]
        lines = [f"Прошлая ночь ({self.last_night or 'ещё не было'}):"]
        lines += [f"  {line}" for line in _grouped(self.told_last)] or ["  пары не менялись"]
        lines += ["С тех пор:", *moved] if moved else ["С тех пор ничего не изменилось"]
        if moved:
            lines.append("Запишет следующий запуск: sheets-sync run nightly")
        data = {
            "last_night": self.last_night or None,
            "last": list(self.told_last),
            "now": [
                {
                    "pair": pair.code,
                    "mentor": pair.mentor,
                    "mentee": pair.mentee,
                    "form": pair.form,
                    "before": was or None,
                    "after": pair.state.value,
                    "basis": pair.basis,
                }
                for pair, was in changes
            ],
        }
        return Answer(tuple(lines), data)

    def _of_pair(self, pair: Pair, instead: str) -> Answer:
        matched = self._matched(pair)
        since = f" с {pair.since:%d.%m.%Y}" if pair.since else ""
        basis = f" ({pair.basis})" if pair.basis else ""
        lines = [
            f"Пара {pair.code}, {pair.form}: {pair.state}{since}{basis}",
            f"Наставник {self.who(pair.mentor)}, наставляемый {self.who(pair.mentee)}",
            pair.reason,
        ]
        if matched is not None:
            lines += _score_lines(matched)
        named = [self._person(instead)] if instead else list(self._named_instead(pair))
        contrasts = [(other, self._why_not(pair.mentee, other)) for other in named]
        lines += [f"Почему не {self.who(other)}: {why}" for other, why in contrasts]
        data = {
            "pair": pair.code,
            "form": pair.form,
            "state": pair.state.value,
            "since": pair.since.isoformat() if pair.since else None,
            "basis": pair.basis,
            "mentor": pair.mentor,
            "mentee": pair.mentee,
            "score": pair.score,
            "reason": pair.reason,
            "parts": {} if matched is None else {part.criterion.value: part.points for part in matched.parts},
            "rank": matched.rank if matched else None,
            "eligible": matched.eligible if matched else None,
            "runner_up": (matched.runner_up or None) if matched else None,
            "why_not": dict(contrasts),
        }
        return Answer(tuple(line for line in lines if line), data)

    def _of_person(self, code: str, instead: str) -> Answer:
        alive = [
            pair
            for pair in self.pairing.pairs
            if code in (pair.mentor, pair.mentee)
            and (self._matched(pair) or pair.state.value == "приостановлена")
        ]
        left = [one for one in self.assignment.unmatched if one.id == code]
        parts = [self._of_pair(pair, instead if pair.mentee == code else "") for pair in alive]
        lines = [self.who(code)]
        for part in parts:
            lines += part.lines()
        for one in left:
            lines += [f"Без пары ({one.role}): {one.reason}", *([one.change] if one.change else [])]
        if instead and not any(pair.mentee == code for pair in alive):
            other = self._person(instead)
            lines.append(f"Почему не {self.who(other)}: {self._why_not(code, other)}")
        if len(lines) == 1:
            lines.append("Ни пар, ни места в подборе")
        data = {
            "person": code,
            "pairs": [part.to_json() for part in parts],
            "unmatched": [
                {"role": one.role, "reason": one.reason, "change": one.change or None} for one in left
            ],
        }
        return Answer(tuple(lines), data)

    def _matched(self, pair: Pair) -> MatchedPair | None:
        identity = (pair.mentee, pair.form, pair.mentor)
        return next(
            (one for one in self.assignment.pairs if (one.mentee, one.form, one.mentor) == identity), None
        )

    def _named_instead(self, pair: Pair) -> Iterable[str]:
        """Mentors whom the mentee had named before the one that was given."""
        for mentee in self.market.mentees:
            if mentee.id == pair.mentee:
                for choice in mentee.choices:
                    if choice == pair.mentor:
                        break
                    if choice:
                        yield choice

    def _why_not(self, mentee: str, mentor: str) -> str:
        closed = self._closed(mentee, mentor)
        if closed:
            return closed
        after = propose(self._fixed(mentee, mentor))
        change = difference(self.assignment.pairs, after.pairs)
        if not change.moves:
            return "эта пара и подобрана"
        return f"если закрепить, {change.text}"

    def _closed(self, mentee: str, mentor: str) -> str:
        """Why two people cannot be paired at all; "" when they can."""
        if mentee not in {one.id for one in self.market.mentees}:
            return self._absent(mentee, "наставляемый")
        if mentor not in {one.id for one in self.market.mentors}:
            return self._absent(mentor, "наставник")
        taken = [one.mentee for one in self.market.locks if one.mentor == mentor and one.mentee != mentee]
        places = next(one.capacity for one in self.market.mentors if one.id == mentor)
        if len(taken) >= places:
            return f"все места заняты решёнными парами: {len(taken)} из {places}"
        return "; ".join(broken_between(self.market, mentee, mentor))

    def _absent(self, code: str, role: str) -> str:
        reason = next(
            (one.reason for one in self.market.ineligible if (one.id, one.role) == (code, role)), ""
        )
        return reason or f"в роли «{role}» этого участника нет"

    def _fixed(self, mentee: str, mentor: str) -> Market:
        """The market with two people fixed and the mentee's own decided pair set aside."""
        locks = tuple(one for one in self.market.locks if one.mentee != mentee)
        return with_lock(replace(self.market, locks=locks), mentee, mentor)

    def _with_current(self) -> Market:
        """The market in which tonight's proposals are what stands."""
        proposed = [one for one in self.assignment.pairs if not one.locked]
        return replace(
            self.market, current=tuple(Decided(one.mentee, one.form, one.mentor) for one in proposed)
        )

    def _changed(self, question: str, after: Market, closed: str = "") -> Answer:
        if closed:
            return Answer(
                (f"Если {question}: нельзя — {closed}",),
                {"question": question, "possible": False, "why": closed},
            )
        result = propose(after)
        change = difference(self.assignment.pairs, result.pairs)
        lines = [f"Если {question}:", f"  {change.text}", *self._move_lines(change.moves)]
        lines.append(f"  Лучше ли можно: {proof_text(result.totals)}")
        data = {
            "question": question,
            "possible": True,
            "people": change.people,
            "score": change.score,
            "text": change.text,
            "proven": result.totals.proven,
            "moves": [
                {
                    "mentee": one.mentee,
                    "before": one.before or None,
                    "after": one.after or None,
                    "form": one.after_form or one.before_form,
                }
                for one in change.moves
            ],
        }
        return Answer(tuple(lines), data)

    def _move_lines(self, moves: Sequence[Move]) -> list[str]:
        return [
            f"  {self.who(one.mentee)}: {self.who(one.before) if one.before else 'без пары'} → "
            f"{self.who(one.after) if one.after else 'без пары'} ({one.after_form or one.before_form})"
            for one in moves
        ]

    def _person(self, typed: str) -> str:
        code = read_code(typed, CodeKind.PERSON).code
        if code in self.people:
            return code
        raise UnknownNameError(f"Нет участника или пары с кодом «{typed}»")

    def _mentor(self, typed: str) -> str:
        code = self._person(typed)
        if code not in {one.id for one in self.market.mentors}:
            why = self._absent(code, "наставник")
            raise UnknownNameError(f"{code} сейчас не может быть наставником: {why}")
        return code

    def _two(self, one: str, other: str) -> tuple[str, str]:
        """The mentee and the mentor of two codes, whichever was typed first."""
        first, second = self._person(one), self._person(other)
        mentees = {one.id for one in self.market.mentees}
        mentors = {one.id for one in self.market.mentors}
        if second in mentors and first in mentees:
            return first, second
        if first in mentors and second in mentees:
            return second, first
        for code in (first, second):
            if code not in mentees | mentors:
                reasons = [one.reason for one in self.market.ineligible if one.id == code]
                why = reasons[0] if reasons else "в подборе этого участника нет"
                raise UnknownNameError(f"{code} сейчас не может быть в паре: {why}")
        raise UnknownNameError(f"{first} и {second}: нужны наставник и наставляемый")


def _grouped(told: Iterable[str]) -> list[str]:
    """Lines of «Журнал» about pairs, those that tell the same of several pairs as one."""
    groups: dict[str, list[str]] = {}
    for line in told:
        pair, _, what = line.removeprefix("Пара ").partition(": ")
        groups.setdefault(what if line.startswith("Пара ") else line, []).append(pair)
    return [f"{what}: {', '.join(pairs)}" if what not in told else what for what, pairs in groups.items()]


def _score_lines(matched: MatchedPair) -> list[str]:
    parts = [f"{CRITERION_NAMES[part.criterion]} {part.points} из {part.of}" for part in matched.parts]
    lines = [f"Сейчас {points(matched.score)} из 1000: " + ", ".join(parts)]
    if matched.rank:
        among = counted(matched.eligible, "возможного", "возможных", "возможных")
        other = (
            f"; следующий — {matched.runner_up}: {points(matched.runner_up_score)}"
            if matched.runner_up
            else ""
        )
        lines.append(f"Место среди {among}: {matched.rank}{other}")
    return lines
