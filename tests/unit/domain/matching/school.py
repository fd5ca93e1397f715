"""Small invented schools for the tests of pairing, and a slow second opinion on scores and optimum."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path
from random import Random

from ruamel.yaml import YAML

from sheets_sync.domain.matching import (
    Criterion,
    FormRule,
    Level,
    Market,
    Mentee,
    Mentor,
    Rules,
    mentee_forms,
    mentor_forms,
    rules_from,
)

PUPIL, TEACHER, PARTNER = "обучающийся", "педагог", "представитель организации"
PEERS, COLLEAGUES, EMPLOYER = "ученик–ученик", "учитель–учитель", "работодатель–ученик"
NEEDS = ("математика", "проект, олимпиада", "выбор профессии")
TIMES = ("пн после уроков", "ср после уроков", "суббота")


def school_rules(**changes: object) -> Rules:
    text = (Path(__file__).parents[4] / "config" / "matching.yaml").read_text(encoding="utf-8")
    return replace(rules_from(YAML(typ="safe").load(text)), **changes)  # type: ignore[arg-type]


def pupil(code: str, level: int = 7, **more: object) -> Mentee:
    fields: dict[str, object] = {
        "forms": (PEERS, EMPLOYER),
        "needs": frozenset({"математика"}),
        "level": level,
    }
    return Mentee(code, PUPIL, **(fields | more))  # type: ignore[arg-type]


def elder(code: str, level: int = 9, capacity: int = 1, **more: object) -> Mentor:
    fields: dict[str, object] = {"forms": (PEERS,), "resources": frozenset({"математика"}), "level": level}
    return Mentor(code, PUPIL, capacity=capacity, **(fields | more))  # type: ignore[arg-type]


def random_market(seed: int, mentees: int, mentors: int, rules: Rules) -> Market:
    """A market in which some people are both; small vocabularies make ties and shortages frequent."""
    dice = Random(seed)
    codes = [f"У-{n:02d}" for n in range(mentees + mentors)]
    asking = dice.sample(codes, mentees)
    giving = dice.sample(codes, mentors)
    group = {code: dice.choice((PUPIL, PUPIL, TEACHER)) for code in codes}
    level = {code: dice.randint(6, 10) if group[code] == PUPIL else None for code in codes}
    band = {code: dice.randint(0, 2) if group[code] == TEACHER else None for code in codes}

    def some(words: tuple[str, ...]) -> frozenset[str]:
        return frozenset(dice.sample(words, dice.randint(0, 2)))

    return Market(
        rules,
        tuple(
            Mentee(
                code,
                group[code],
                mentee_forms(rules, group[code]),
                needs=some(NEEDS) or frozenset({"математика"}),
                times=some(TIMES) | some(("очно", "онлайн")),
                wanted=some(("ученик", "учитель")),
                level=level[code],
                experience=band[code],
                wants_group=dice.choice((None, True, False)),
                choices=tuple(dice.sample(giving, min(len(giving), dice.randint(0, 2)))),
                waiting_nights=dice.randint(0, 3),
            )
            for code in asking
        ),
        tuple(
            Mentor(
                code,
                group[code],
                mentor_forms(rules, group[code]),
                dice.choice((1, 1, 2)),
                resources=some(NEEDS) or frozenset({"математика"}),
                times=some(TIMES) | some(("очно", "онлайн")),
                level=level[code],
                experience=band[code],
                choices=tuple(dice.sample(asking, min(len(asking), dice.randint(0, 2)))),
            )
            for code in giving
        ),
    )


def slow_score(rules: Rules, form: FormRule, mentee: Mentee, mentor: Mentor) -> int | None:
    """Score of one pair by sets, written from docs/pairing.md; None where the pair is not allowed."""
    if form.title not in mentee.forms or form.title not in mentor.forms or mentee.id == mentor.id:
        return None
    if form.min_class_difference is not None and (
        mentee.level is None
        or mentor.level is None
        or mentor.level - mentee.level < form.min_class_difference
    ):
        return None
    if form.min_mentee_class is not None and (mentee.level or -1) < form.min_mentee_class:
        return None
    if form.min_experience_difference is not None and mentee.experience is not None:
        theirs = -1 if mentor.experience is None else mentor.experience
        if theirs - mentee.experience < form.min_experience_difference:
            return None
    points = rules.points()
    shares = _slow_shares(rules, mentee, mentor)
    waived = rules.waive_mandatory_when_chosen and mentor.id in mentee.choices
    for criterion, share in shares.items():
        if rules.levels[criterion] is Level.MANDATORY and share == 0 and not waived:
            return None
    return sum(points[criterion] * share // 1000 for criterion, share in shares.items())


def _slow_shares(rules: Rules, mentee: Mentee, mentor: Mentor) -> dict[Criterion, int]:
    places = [list(mentee.choices).index(mentor.id) + 1 if mentor.id in mentee.choices else 0]
    places.append(list(mentor.choices).index(mentee.id) + 1 if mentee.id in mentor.choices else 0)
    if all(places):
        choice = 1000 - 50 * (sum(places) - 2)
    elif places[0]:
        choice = 600 - 50 * (places[0] - 1)
    else:
        choice = 400 - 50 * (places[1] - 1) if places[1] else 0
    slots = [p.times - rules.formats for p in (mentee, mentor)]
    formats = [p.times & rules.formats for p in (mentee, mentor)]
    groups = {rules.kinds[kind] for kind in mentee.wanted}
    known = mentee.level is not None and mentor.level is not None
    distance = (mentor.level or 0) - (mentee.level or 0)
    outside = max(distance - 3, 1 - distance, 0)
    return {
        Criterion.NEEDS: 1000 * len(mentee.needs & mentor.resources) // max(1, len(mentee.needs)),
        Criterion.CHOICE: choice,
        Criterion.TIMES: (
            min(1000, len(slots[0] & slots[1]) * 1000 // rules.enough_common_slots) if all(slots) else 500
        ),
        Criterion.KIND: 1000 if not groups or mentor.group in groups else 0,
        Criterion.FORMAT: (1000 if formats[0] & formats[1] else 0) if all(formats) else 500,
        Criterion.CLASS_DISTANCE: max(0, 1000 - 250 * outside) if known else 500,
        Criterion.GROUP: 1000 if mentee.wants_group in (None, mentor.capacity >= 4) else 0,
    }


def every_pairing(market: Market) -> Iterator[list[tuple[Mentee, str, Mentor, int]]]:
    """All pairings that the rules allow, by brute force."""
    options: list[list[tuple[Mentee, str, Mentor, int] | None]] = []
    for mentee in market.mentees:
        mine: list[tuple[Mentee, str, Mentor, int] | None] = [None]
        for mentor in market.mentors:
            for form in market.rules.forms:
                score = slow_score(market.rules, form, mentee, mentor)
                if score is not None:
                    mine.append((mentee, form.title, mentor, score))
        options.append(mine)
    room = {mentor.id: mentor.capacity for mentor in market.mentors}
    for combination in product(*options):
        pairing = [pair for pair in combination if pair is not None]
        taken = [pair[2].id for pair in pairing]
        sides = {(mentee.id, form, mentor.id) for mentee, form, mentor, _ in pairing}
        if all(taken.count(code) <= room[code] for code in set(taken)) and not any(
            (mentor, form, mentee) in sides for mentee, form, mentor in sides
        ):
            yield pairing
