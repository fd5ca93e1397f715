"""Before and after, and the official figures, counted again with pandas from answers and staff's entries.

Like `counting`, it uses none of the product's rules; codes of people and pairs serve as names of rows.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pandas as pd

from tests.functional.recount.counting import NAME, Given, codes, people
from tests.functional.recount.participation import in_order

SCALES = (
    "Мне спокойно и понятно в этом общении",
    "Я знаю свою цель",
    "Я чувствую поддержку (наставник — готов поддерживать)",
    "Я уверен в своих силах",
    "Мне интересно дело, ради которого мы работаем",
    "Встречи полезны",
)
SMALLEST = 5
Row = tuple[int, float, float, float, float, int, int, int]
"""People, means before and after, medians before and after, better, same, worse."""


def marks(given: Given) -> pd.DataFrame:
    """One row per answer that bears a code of the registry, with marks as numbers, the earliest first."""
    found = given.answers["Диагностика и отзыв"].copy()
    found["on"] = pd.to_datetime(found["submitted"], utc=True).dt.tz_convert("Europe/Moscow")
    found = found[found["Ваш номер"].isin(given.sheet("Реестр")["Код"])]
    for scale in (*SCALES, "Насколько вы довольны участием?"):
        found[scale] = pd.to_numeric(found[scale])
    return found.sort_values("on")


def before_and_after(given: Given) -> dict[tuple[str, int], Row]:
    """(role, or «все», number of the question) → numbers of the last quarter, for groups of five and more."""
    found = marks(given)
    by_person = found.groupby(["Ваш номер", "Вы"])
    first, last = by_person[list(SCALES)].first(), by_person[list(SCALES)].last()
    twice = by_person.size() > 1
    first, last = first[twice], last[twice]
    assert last.index.get_level_values(0).is_unique, "кто-то в двух ролях: решить, как считать его среди всех"
    counted = {}
    for group in ("все", "наставляемый", "наставник"):
        mine = slice(None) if group == "все" else last.index.get_level_values(1) == group
        for number, scale in enumerate(SCALES, 1):
            old, new = first.loc[mine, scale], last.loc[mine, scale]
            if len(old) >= SMALLEST:
                counted[group, number] = (
                    len(old),
                    round(old.mean(), 2),
                    round(new.mean(), 2),
                    old.median(),
                    new.median(),
                    int((new > old).sum()),
                    int((new == old).sum()),
                    int((new < old).sum()),
                )
    return counted


def official(given: Given) -> dict[str, tuple[int, int]]:
    """Official figure → (part, whole) on the last day of the count."""
    persons = codes(given, people(given)).set_index("Код")
    pairs = in_order(given)
    mentees, mentors = set(pairs["Код наставляемого"]), set(pairs["Код наставника"])
    contingent = given.sheet("Контингент").set_index("Группа")

    def whole(group: str, column: str) -> int:
        return int(str(contingent.loc[group, column]))

    def aged(members: set[str], low: int, high: int) -> int:
        mine = persons[persons.index.isin(members) & (persons["Кто участник?"] == "обучающийся")]
        ages = mine["born"].map(lambda text: years(text, given.as_of) if text else -1)
        return int(ages.between(low, high).sum())

    young = persons[persons.index.isin(mentees) & (persons["Педагогический стаж"] == "до 3 лет")]
    givers = persons[persons.index.isin(mentors)]["Организация и должность"]
    organisations = [
        name for name in given.sheet("Партнёры")["Организация"] if givers.str.startswith(name).any()
    ]
    return {
        "mentees_10_19": (aged(mentees, 10, 19), whole("обучающийся", "из них 10–19")),
        "mentors_15_19": (aged(mentors, 15, 19), whole("обучающийся", "из них 15–19")),
        "young_teachers": (len(young), whole("педагог", "Мол. специалистов")),
        "partners": (len(organisations), whole("организация", "Всего")),
        "mentees_satisfied": satisfied(given, "наставляемый", mentees),
        "mentors_satisfied": satisfied(given, "наставник", mentors),
    }


def ever_in_order(given: Given) -> pd.DataFrame:
    """The pairs that a numbered order on pairs names, those that ended since among them."""
    papers = given.sheet("Документы")
    papers = papers[(papers["Вид"] == "приказ о закреплении пар") & (papers["№"] != "")]
    named = {code for text in papers["О ком"] for code in re.findall(r"П-\d+", text)}
    pairs = given.sheet("Пары")
    return pairs[pairs["Пара"].isin(named)]


def federal(given: Given) -> dict[str, int]:
    """Row of the school's statistical form → people, each once."""
    # Who left took part all the same: nobody had left on the day before the period.
    before = replace(given, as_of=date(2022, 8, 31))
    persons = codes(before, people(given)).set_index("Код")
    pairs = ever_in_order(given)
    mentees = persons[persons.index.isin(pairs["Код наставляемого"])]
    mentors = persons[persons.index.isin(pairs["Код наставника"])]
    pupils = mentees[mentees["Кто участник?"] == "обучающийся"]
    ages = pupils["born"].map(lambda text: years(text, given.as_of))
    older = mentors[mentors["Кто участник?"] == "обучающийся"]
    girls = pupils[NAME].str.strip().str.endswith("на")
    return {
        "01": len(set(mentees.index) | set(mentors.index)),
        "02": len(mentees),
        "03": len(pupils),
        "04": int(ages.between(10, 14).sum()),
        "05": int(ages.between(15, 19).sum()),
        "06": int(girls.sum()),
        "07": int((mentees["Кто участник?"] == "педагог").sum()),
        "08": len(mentors),
        "09": int(older["born"].map(lambda text: years(text, given.as_of)).between(15, 19).sum()),
        "13": int(ages.between(10, 14).sum() + ages.between(15, 19).sum()),
    }


def satisfied(given: Given, role: str, members: set[str]) -> tuple[int, int]:
    """People whose latest answer in the role gives seven of ten or more, and all who answered."""
    found = marks(given)
    found = found[(found["Вы"] == role) & found["Ваш номер"].isin(members)]
    latest = found.groupby("Ваш номер")["Насколько вы довольны участием?"].last()
    return int((latest >= 7).sum()), len(latest)


def years(born: str, on: date) -> int:
    day = date.fromisoformat(born)
    return on.year - day.year - ((on.month, on.day) < (day.month, day.day))
