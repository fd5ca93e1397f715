"""Seeded markets of any size: invented codes, no names.

Three kinds: in a loose market mentors have about 1.2 places for each mentee, in a scarce one about 0.82. A
market of towns is loose too, but narrow: people meet in their own town or online and at a common hour only,
teachers learn from the more experienced, and what people chose at the meeting weighs as much as all the rest.
"""

from dataclasses import replace
from pathlib import Path
from random import Random

from ruamel.yaml import YAML

from sheets_sync.domain.matching import (
    Criterion,
    Decided,
    Ineligible,
    Level,
    Market,
    Mentee,
    Mentor,
    Rules,
    mentee_forms,
    mentor_forms,
    rules_from,
)

PUPIL, TEACHER = "обучающийся", "педагог"
MENTOR_GROUPS = (PUPIL, TEACHER, "выпускник", "представитель организации")
SUBJECTS = tuple(f"направление {number:02d}" for number in range(24))
SLOTS = tuple(f"{day} {hour}" for day in ("пн", "вт", "ср", "чт", "пт") for hour in range(13, 20))
LOOSE = (1, 1, 2, 2, 2, 3, 3, 3, 5)
CAPACITIES = {"loose": LOOSE, "scarce": (1, 1, 1, 1, 1, 2, 2, 2, 3, 3), "towns": LOOSE}
PEOPLE_OF_A_PLACE = {"loose": 1000, "scarce": 1000, "towns": 50}


def matching_rules(kind: str = "loose") -> Rules:
    """The rules that the program comes with; those of towns as a curator would narrow them."""
    text = (Path(__file__).parents[2] / "config" / "matching.yaml").read_text(encoding="utf-8")
    rules = rules_from(YAML(typ="safe").load(text))
    if kind != "towns":
        return rules
    return replace(
        rules,
        forms=tuple(
            form if form.min_experience_difference is None else replace(form, min_experience_difference=1)
            for form in rules.forms
        ),
        levels={**rules.levels, Criterion.TIMES: Level.MANDATORY, Criterion.NEEDS: Level.MEDIUM},
        level_weights={**rules.level_weights, Level.HIGH: 11},
    )


def market(mentees: int, kind: str = "loose", seed: int = 7) -> Market:
    """Make a market with half as many mentors as mentees.

    Shape: one place (a school, a town) for every thousand mentees, of fifty in a market of towns; 3 % of the
    people have both roles, 3 % may not be paired; after a meeting mentees named up to three mentors and
    mentors up to five mentees, half of them returning a choice; 2 % of the mentees are locked with somebody,
    0.5 % have a veto.
    """
    dice = Random(f"{kind} {mentees} {seed}")
    rules = matching_rules(kind)
    places = max(1, mentees // PEOPLE_OF_A_PLACE[kind])
    mentors = mentees // 2
    asking = [f"У-{number}" for number in range(mentees)]
    both = dice.sample(range(mentees), mentors * 3 // 100)
    giving = [f"У-{number}" for number in [*both, *range(mentees, mentees + mentors - len(both))]]
    group = {code: TEACHER if dice.random() < 0.14 else PUPIL for code in asking}
    group |= {code: dice.choice(MENTOR_GROUPS) for code in giving if code not in group}
    level = {code: dice.randint(5, 11) if one == PUPIL else None for code, one in group.items()}
    place = {code: f"место {dice.randrange(places):03d}" for code in group}
    picks_of = _choices(dice, asking, giving, place)
    asked = tuple(
        Mentee(
            code,
            group[code],
            mentee_forms(rules, group[code]),
            needs=frozenset(dice.sample(SUBJECTS, dice.randint(1, 4))),
            times=_times(dice),
            wanted=frozenset(
                dice.sample(("ученик", "учитель", "выпускник", "всё равно"), dice.randint(0, 2))
            ),
            level=level[code],
            age=None if level[code] is None else 6 + int(level[code] or 0),
            experience=dice.randint(0, 2) if group[code] == TEACHER else None,
            wants_group=dice.choice((None, None, True, False)),
            choices=picks_of.get((code, "mentee"), ()),
            waiting_nights=dice.randint(0, 60),
            place=place[code],
        )
        for code in asking
    )
    offered = tuple(
        Mentor(
            code,
            group[code],
            mentor_forms(rules, group[code]),
            dice.choice(CAPACITIES[kind]),
            resources=frozenset(dice.sample(SUBJECTS, dice.randint(3, 8))),
            times=_times(dice),
            level=level[code],
            experience=dice.randint(0, 2) if group[code] == TEACHER else None,
            choices=picks_of.get((code, "mentor"), ()),
            place=place[code],
        )
        for code in giving
    )
    barred = tuple(
        Ineligible(code, "наставляемый", "согласие не подписано")
        for code in dice.sample(asking, mentees * 3 // 100)
    )
    whole = Market(rules, asked, offered, ineligible=barred)
    return _with_decisions(dice, whole, mentees)


def next_night(before: Market, proposed: tuple[Decided, ...], seed: int = 11) -> Market:
    """The same market a night later: 1 % of the mentees left and as many came, 0.5 % of the mentors, 1 % of
    the questionnaires were edited.
    """
    dice = Random(seed)
    size = len(before.mentees)
    fresh = market(size, seed=seed * 1000)
    gone = set(dice.sample([m.id for m in before.mentees], size // 100))
    left = set(dice.sample([m.id for m in before.mentors], len(before.mentors) // 200))
    edited = set(dice.sample([m.id for m in before.mentees], size // 100))
    mentees = [m for m in before.mentees if m.id not in gone]
    mentees = [
        replace(m, needs=frozenset(dice.sample(SUBJECTS, 2))) if m.id in edited else m for m in mentees
    ]
    mentees += [replace(m, id=f"Н-{m.id}", choices=()) for m in fresh.mentees[: len(gone)]]
    mentors = [m for m in before.mentors if m.id not in left]
    mentors += [replace(m, id=f"Н-{m.id}", choices=()) for m in fresh.mentors[: len(left)]]
    people = gone | left
    return replace(
        before,
        mentees=tuple(mentees),
        mentors=tuple(mentors),
        current=tuple(one for one in proposed if not {one.mentee, one.mentor} & people),
        locks=tuple(one for one in before.locks if not {one.mentee, one.mentor} & people),
    )


def _choices(
    dice: Random, asking: list[str], giving: list[str], place: dict[str, str]
) -> dict[tuple[str, str], tuple[str, ...]]:
    mentors_at: dict[str, list[str]] = {}
    for code in giving:
        mentors_at.setdefault(place[code], []).append(code)
    by_mentee: dict[str, list[str]] = {}
    by_mentor: dict[str, list[str]] = {}
    for code in asking:
        here = mentors_at.get(place[code], giving)
        named = dice.sample(here, min(len(here), dice.randint(0, 3)))
        by_mentee[code] = [mentor for mentor in named if mentor != code]
        for mentor in by_mentee[code]:
            if dice.random() < 0.5 and len(by_mentor.setdefault(mentor, [])) < 5:
                by_mentor[mentor].append(code)
    return {(code, "mentee"): tuple(named) for code, named in by_mentee.items()} | {
        (code, "mentor"): tuple(named) for code, named in by_mentor.items()
    }


def _times(dice: Random) -> frozenset[str]:
    ways = dice.choice((("очно",), ("онлайн",), ("очно", "онлайн")))
    return frozenset(dice.sample(SLOTS, dice.randint(4, 10))) | frozenset(ways)


def _with_decisions(dice: Random, whole: Market, mentees: int) -> Market:
    mentor = {one.id: one for one in whole.mentors}
    at: dict[str, list[str]] = {}
    for one in whole.mentors:
        at.setdefault(one.place, []).append(one.id)
    barred = {one.id for one in whole.ineligible}
    locks: list[Decided] = []
    taken: dict[str, int] = {}
    for one in dice.sample(whole.mentees, mentees // 50):
        code = dice.choice(at.get(one.place, list(mentor)))
        common = [form for form in one.forms if form in mentor[code].forms]
        if one.id in barred or code == one.id or not common or taken.get(code, 0) >= mentor[code].capacity:
            continue
        taken[code] = taken.get(code, 0) + 1
        locks.append(Decided(one.id, common[0], code, "утверждена"))
    locked = {one.mentee for one in locks}
    vetoes = [
        Decided(one.id, "", dice.choice(list(one.choices)), "запретить")
        for one in dice.sample(whole.mentees, mentees // 40)
        if one.choices and one.id not in locked
    ][: mentees // 200]
    return replace(whole, locks=tuple(locks), vetoes=tuple(vetoes))
