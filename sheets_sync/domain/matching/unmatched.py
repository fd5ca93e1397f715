"""Says in Russian why somebody has no pair: the broken rule, or the places that are short."""

from collections.abc import Sequence

import numpy as np

from sheets_sync.domain.matching.decisions import MENTEE, MENTOR, settle
from sheets_sync.domain.matching.listing import Task
from sheets_sync.domain.matching.model import Criterion, Level, Market, Unmatched
from sheets_sync.domain.matching.optimum import Optimum
from sheets_sync.domain.matching.pool import Ints, Pool, build_pool
from sheets_sync.domain.matching.scores import Barrier, barriers, choice_shares, criteria
from sheets_sync.domain.matching.shortage import Shortage, shortages
from sheets_sync.domain.matching.words import capitalised, counted, quoted

Broken = Barrier | Criterion

_HARD_TO_CHANGE = {
    Barrier.SELF: 100,
    Barrier.OLDER: 8,
    Barrier.MENTEE_CLASS: 8,
    Barrier.MENTEE_AGE: 8,
    Barrier.MENTOR_AGE: 8,
    Barrier.EXPERIENCE: 8,
    Barrier.PLACE: 4,
    Barrier.VETO: 4,
}


def unmatched_mentees(task: Task, optimum: Optimum, rows: Sequence[int], eligible: Ints) -> list[Unmatched]:
    """Explain every row left without a mentor; `eligible` counts the allowed pairs of each row."""
    if not rows:
        return []
    short = shortages(task, optimum)
    result = []
    for row in rows:
        mentee = task.pool.mentees[row]
        if row in short:
            reason = _short_text(task, row, short[row])
        elif eligible[row]:
            reason = "Места всех подходящих наставников заняты закреплёнными парами."
        else:
            reason = _closest_text(task.pool, row)
        result.append(Unmatched(mentee.id, MENTEE, mentee.forms, reason))
    return result


class IdleMentors:
    """Explains mentors whom nobody was given; `eligible` counts the allowed pairs of each mentor."""

    def __init__(self, pool: Pool, eligible: Ints) -> None:
        self._pool, self._eligible = pool, eligible
        self._asked: dict[str, set[str]] = {}
        for mentee in pool.mentees:
            for form in mentee.forms:
                self._asked.setdefault(form, set()).update(mentee.needs)

    def explain(self, mentor: int) -> Unmatched:
        """Say why this mentor's places are free."""
        person, eligible = self._pool.mentors[mentor], int(self._eligible[mentor])
        if eligible == 1:
            reason = "Есть 1 подходящий наставляемый, но ему подобран другой наставник; место свободно."
        elif eligible:
            who = counted(
                eligible, "подходящий наставляемый", "подходящих наставляемых", "подходящих наставляемых"
            )
            reason = f"Есть {who}, но им подобраны другие наставники; место свободно."
        else:
            offered = quoted(person.resources) if person.resources else "не отмечено, в чём готов помогать"
            asked = {need for form in person.forms for need in self._asked.get(form, ())}
            wanted = "" if person.resources & asked else "; таких запросов сейчас нет"
            reason = f"Нет наставляемых, подходящих по правилам ({offered}{wanted})."
        return Unmatched(person.id, MENTOR, person.forms, reason)


def broken_rules(
    pool: Pool, form: int, row: int, mentors: np.typing.NDArray[np.int64]
) -> dict[Broken, list[bool]]:
    """For one row, every rule that closes some of the mentors in one form, with the mentors it closes."""
    same_row = np.full(len(mentors), row)
    broken: dict[Broken, list[bool]] = {}
    for name, closed in barriers(pool, form, same_row, mentors):
        broken[name] = closed.tolist()
    for criterion, shares in criteria(pool, same_row, mentors, choice_shares(pool, same_row, mentors)):
        if pool.rules.levels.get(criterion) is Level.MANDATORY:
            lacking = np.broadcast_to(shares, mentors.shape) == 0
            if pool.rules.waive_mandatory_when_chosen:
                chosen = np.array([pool.mentors[int(j)].id in pool.mentees[row].choices for j in mentors])
                lacking = lacking & ~chosen
            broken[criterion] = lacking.tolist()
    return {name: flags for name, flags in broken.items() if any(flags)}


def broken_between(market: Market, mentee: str, mentor: str) -> list[str]:
    """Why two people of a market cannot be paired in any form, in Russian; nothing when they can."""
    pool = build_pool(settle(market).market)
    column = next((j for j, one in enumerate(pool.mentors) if one.id == mentor), None)
    rows = [row for row, one in enumerate(pool.mentees) if one.id == mentee]
    if column is None or not rows:
        return ["среди тех, кому можно подбирать пару, этих двоих нет"]
    found: list[list[str]] = []
    for row in rows:
        for form in range(pool.form_count):
            if pool.rows_in_form[form, row] and pool.mentors_in_form[form, column]:
                broken = list(broken_rules(pool, form, row, np.array([column])))
                found.append(barrier_texts(pool, form, row, column, broken))
    if not found:
        return ["нет формы наставничества, которая подходит обоим"]
    return min(found, key=len)


def nearest_mentor(pool: Pool, row: int) -> tuple[int, int, tuple[Broken, ...]] | None:
    """The mentor closed to this row by the least: form, mentor, rules broken; None without mentors."""
    best: tuple[int, int, int, int, tuple[Broken, ...]] | None = None
    for form in range(pool.form_count):
        mentors = np.flatnonzero(pool.mentors_in_form[form])
        if not pool.rows_in_form[form, row] or not len(mentors):
            continue
        broken = broken_rules(pool, form, row, mentors)
        for at, mentor in enumerate(mentors.tolist()):
            names = tuple(name for name, flags in broken.items() if flags[at])
            cost = sum(_HARD_TO_CHANGE.get(name, 1) if isinstance(name, Barrier) else 1 for name in names)
            if Barrier.SELF not in names and (best is None or (cost, form, mentor) < best[:3]):
                best = (cost, form, mentor, form, names)
    return (best[1], best[2], best[4]) if best is not None else None


def barrier_texts(pool: Pool, form: int, row: int, mentor: int, names: Sequence[Broken]) -> list[str]:
    """The broken rules of one pair in Russian, with the values that break them."""
    rule, mentee, other = pool.rules.forms[form], pool.mentees[row], pool.mentors[mentor]
    texts: dict[Broken, str] = {
        Barrier.SELF: "нельзя быть наставником самому себе",
        Barrier.VETO: "на эту пару есть запрет",
        Barrier.PLACE: "они в разных местах, а встречаться онлайн готовы не оба",
        Barrier.OLDER: _older_text(pool, form, row, mentor),
        Barrier.MENTEE_CLASS: f"форма «{rule.title}» — с {rule.min_mentee_class}-го класса"
        + (f", а участник учится в {mentee.level}-м" if mentee.level is not None else ", а класс не указан"),
        Barrier.MENTEE_AGE: f"форма «{rule.title}» — с {rule.min_mentee_age} лет",
        Barrier.MENTOR_AGE: f"наставник в форме «{rule.title}» — с {rule.min_mentor_age} лет"
        + ("" if other.age is not None else ", а возраст не указан"),
        Barrier.EXPERIENCE: "стаж наставника должен быть не меньше"
        if other.experience is not None
        else "стаж наставника не указан",
        Criterion.NEEDS: f"наставник не отметил {quoted(mentee.needs)}"
        if mentee.needs
        else "не указан запрос",
        Criterion.TIMES: "нет общего времени",
        Criterion.FORMAT: "один может только очно, другой — только онлайн",
        Criterion.KIND: "хотелось другого наставника: " + ", ".join(sorted(mentee.wanted)),
        Criterion.CHOICE: "никто из двоих не назвал другого после встречи",
        Criterion.GROUP: "один на один и в группе: пожелания не совпали",
        Criterion.CLASS_DISTANCE: "слишком большая разница в классах",
    }
    return [texts[name] for name in names]


def _older_text(pool: Pool, form: int, row: int, mentor: int) -> str:
    rule, mentee, other = pool.rules.forms[form], pool.mentees[row], pool.mentors[mentor]
    if rule.min_class_difference is not None and mentee.level is not None and other.level is not None:
        need = counted(rule.min_class_difference, "класс", "класса", "классов")
        now = f"наставник в {other.level}-м, участник в {mentee.level}-м"
        return f"наставник должен быть старше хотя бы на {need} ({now})"
    if rule.min_age_difference is not None and mentee.age is not None and other.age is not None:
        need = counted(rule.min_age_difference, "год", "года", "лет")
        return f"наставник должен быть старше хотя бы на {need}"
    return "не указан класс или дата рождения, поэтому нельзя проверить, что наставник старше"


def _closest_text(pool: Pool, row: int) -> str:
    mentee = pool.mentees[row]
    forms = ", ".join(f"«{title}»" for title in mentee.forms)
    nearest = nearest_mentor(pool, row)
    if nearest is None:
        return (
            f"В форме {forms} нет ни одного наставника."
            if len(mentee.forms) == 1
            else f"Нет наставников: {forms}."
        )
    form, mentor, names = nearest
    offered = {r for m in pool.mentors if set(m.forms) & set(mentee.forms) for r in m.resources}
    if mentee.needs and not mentee.needs & offered and Criterion.NEEDS in names:
        return f"Никто из наставников не готов помогать с запросом {quoted(mentee.needs)}."
    texts = "; ".join(barrier_texts(pool, form, row, mentor, names))
    return f"Ни один наставник не подходит по правилам. Ближе всех {pool.mentors[mentor].id}: {texts}."


def _short_text(task: Task, row: int, shortage: Shortage) -> str:
    first, last = np.searchsorted(task.listed.row, [row, row + 1])
    who = counted(
        len(set(task.listed.mentor[first:last].tolist())),
        "подходящий наставник занят",
        "подходящих наставника заняты",
        "подходящих наставников заняты",
    )
    if not shortage.tight:
        rest = "пара сделала бы двух людей наставниками друг друга или снизила общий итог"
        return f"Подходящие наставники есть, но {rest}."
    forms = [task.pool.rules.forms[form].title for form in shortage.forms]
    where = ", ".join(f"«{title}»" for title in sorted(forms))
    word = "форма" if len(forms) == 1 else "формы"
    people = counted(len(shortage.rows), "человека", "человек", "человек")
    places = counted(shortage.places, "место", "места", "мест")
    missing = counted(shortage.missing, "места", "мест", "мест")
    return capitalised(
        f"{who}: на {people} с общими наставниками {places}, не хватает {missing} ({word} {where})."
    )
