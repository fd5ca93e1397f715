"""How well people are told apart on 2 000 invented pupils with the slips that real questionnaires have."""

import random
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date, timedelta

from sheets_sync.domain.intake import interpret
from sheets_sync.domain.responses import Response
from tests.builders.people import EMPTY, SCHOOL, TODAY, pupil

SURNAMES = """
    Берёзов Дубов Соколов Орлов Кленов Рябинин Громов Зимин Лесков Полев Горский Туманов Ветров Снегов
    Озеров Камнев Песков Лугов Рощин Сизов Белов Чернов Серов Синицын Голубев Воронов Ястребов Лисин
    Волков Зайцев
"""
BOYS = """
    Ахмед Магомед Иса Муса Лев Пётр Иван Олег Юрий Артём Фёдор Семён Адам Ислам Аслан Руслан Тимур
"""
GIRLS = """
    Анна Мария Амина Марьям Аминат Лейла Зарина Карина Мадина Хадижат Вера Ольга Елена Дарья Полина
"""
FATHERS = """
    Ахмед Магомед Исаак Иван Олег Артём Семён Адам Ислам Аслан Руслан Тимур Рамзан Беслан Хасан Умар
"""
CLASSES = tuple(f"{grade} «{letter}»" for grade in range(1, 12) for letter in "АБВ")


def slip(word: str, dice: random.Random) -> str:
    place = dice.randrange(1, len(word) - 1)
    kind = dice.randrange(3)
    if kind == 0:
        return word[:place] + word[place + 1 :]
    if kind == 1:
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    return word[:place] + dice.choice("аоеиу") + word[place + 1 :]


def again(surname: str, name: str, patronymic: str, dice: random.Random) -> str:
    """The name as the same person writes it the second time: mostly the same, sometimes with a slip."""
    full = f"{surname} {name} {patronymic}"
    kind = dice.random()
    if kind < 0.6:
        return dice.choice(
            [full.upper(), full.replace("ё", "е"), full.replace("а", "a"), f" {full.lower()}  "]
        )
    if kind < 0.82:
        return f"{name} {patronymic} {surname}"
    if kind < 0.93:
        return f"{surname} {slip(name, dice)} {patronymic}"
    return f"{surname} {name}"


def school(people: int, dice: random.Random) -> tuple[list[Response], dict[str, int]]:
    responses: list[Response] = []
    truth: dict[str, int] = {}
    for person in range(people):
        girl = dice.random() < 0.5
        surname = dice.choice(SURNAMES.split()) + ("а" if girl else "")
        name = dice.choice((GIRLS if girl else BOYS).split())
        patronymic = dice.choice(FATHERS.split()) + ("овна" if girl else "ович")
        school_class = dice.choice(CLASSES)
        birth = date(2016 - int(school_class.split()[0]), 1, 1) + timedelta(days=dice.randrange(365))
        names = [f"{surname} {name} {patronymic}"]
        if dice.random() < 0.2:
            names.append(again(surname, name, patronymic, dice))
        for written in names:
            response_id = f"R{len(responses)}"
            fields = {"birth_date": birth.isoformat(), "school_class": school_class, "contact": ""}
            responses.append(pupil(response_id, written, len(responses), **fields))
            truth[response_id] = person
    return responses, truth


def test_f11_two_thousand_pupils_are_told_apart() -> None:
    responses, truth = school(2000, random.Random(20220901))
    intake = interpret(responses, EMPTY, replace(SCHOOL, classes=CLASSES), TODAY)
    codes: dict[int, set[str]] = defaultdict(set)
    for person in intake.people:
        assert len({truth[key] for key in person.response_ids}) == 1, "two people were merged into one"
        codes[truth[person.response_ids[0]]].add(person.code)
    asked = {
        frozenset(item.key.split("/")[1:]) for item in intake.findings if item.key.startswith("похожие/")
    }
    twice = [person for person, count in Counter(truth.values()).items() if count == 2]
    merged = [person for person in twice if len(codes[person]) == 1]
    suggested = [person for person in twice if frozenset(codes[person]) in asked]
    assert len(twice) > 300
    assert len(merged) >= 0.80 * len(twice)
    assert len(merged) + len(suggested) >= 0.97 * len(twice)
    assert len(asked) <= 2000 / 15
