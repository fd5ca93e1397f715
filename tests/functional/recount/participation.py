"""What pairs in an order did, counted again with pandas: meetings, plans, diagnostics, the roadmap itself.

Like `counting`, it uses none of the product's rules; codes of people and pairs serve as names of rows.
"""

from __future__ import annotations

import re
from datetime import date

import pandas as pd

from tests.functional.recount.counting import Given, codes, consented, day, left, people

Counted = dict[str, tuple[int, int | None]]
SERIAL = "Номер пары или группы"
CLOSED = ("выполнено", "выполнено с опозданием")
NOT_COUNTED = ("29", "30")


def in_order(given: Given) -> pd.DataFrame:
    """The approved pairs that a numbered order on pairs or on changes names, with the date of the order."""
    papers = given.sheet("Документы")
    orders = papers["Вид"].isin(["приказ о закреплении пар", "приказ об изменении"])
    papers = papers[orders & (papers["№"] != "")]
    named = {
        code: day(row["Дата"])
        for row in papers.to_dict("records")
        for code in re.findall(r"П-\d+", row["О ком"])
    }
    pairs = given.sheet("Пары")
    pairs = pairs[(pairs["Решение"] == "утвердить") & pairs["Пара"].isin(named)].copy()
    pairs["since"] = pairs["Пара"].map(named)
    return pairs


def members(pairs: pd.DataFrame) -> set[str]:
    return set(pairs["Код наставника"]) | set(pairs["Код наставляемого"])


def held_meetings(given: Given) -> pd.DataFrame:
    reports = given.answers["Отчёт о встрече"]
    reports = reports[reports["Как прошла?"] != "не состоялась"]
    return reports[reports["Дата встречи"].map(lambda text: date.fromisoformat(text) <= given.as_of)]


def meetings(given: Given) -> Counted:
    pairs, reports = in_order(given), held_meetings(given)
    reports = reports[reports[SERIAL].isin(pairs["Пара"])]
    planned = set(reports[reports["Какая это встреча?"] == "планирование"][SERIAL])
    orders = given.sheet("Документы")
    orders = orders[(orders["Вид"] == "приказ об утверждении индивидуальных планов") & (orders["№"] != "")]
    approved = {code for text in orders["О ком"] for code in re.findall(r"П-\d+", text)}
    met = pairs[pairs["Пара"].isin(reports[SERIAL])]
    assert set(reports["Все ли были?"]) == {"все"}, "кто-то отсутствовал: посчитать и его"
    return {
        "M10.pairs": (len(set(reports[SERIAL]) & planned), len(pairs)),
        "M11.plans": (len(planned & approved), len(planned)),
        "M12.people": (len(members(met)), len(members(pairs))),
        "M12.plans": (len(mostly_done(given, planned)), len(pairs)),
        "M21.registry": pupils_and_teachers(given, pairs),
    }


def mostly_done(given: Given, planned: set[str]) -> set[str]:
    """Pairs nine tenths of whose points are done, by a report or by the curator's mark."""
    items = given.sheet("Планы")
    items = items[items["Пара"].isin(planned)].copy()
    said: set[tuple[str, str]] = set()
    for row in held_meetings(given).to_dict("records"):
        for number in str(row["Какие пункты плана выполнены сегодня?"]).split("\n"):
            said.add((row[SERIAL], number))
    point = items["Пункт"].str.rpartition("/")[2]
    reported = [pair in said for pair in zip(items["Пара"], point, strict=True)]
    items["done"] = pd.Series(reported, index=items.index) | (items["Отметка вручную"] == "выполнен")
    share = items.groupby("Пара")["done"].agg(["sum", "size"])
    return set(share[share["sum"] * 10 >= share["size"] * 9].index)


def pupils_and_teachers(given: Given, pairs: pd.DataFrame) -> tuple[int, int]:
    persons = codes(given, people(given)).set_index("Код")["Кто участник?"]
    school = {code for code in members(pairs) if persons.get(code) in {"обучающийся", "педагог"}}
    return len(school & set(given.sheet("Реестр")["Код"])), len(school)


def diagnostics(given: Given) -> Counted:
    """Every participant in the last quarter of the year, and how many can be compared."""
    found = given.answers["Диагностика и отзыв"].copy()
    found["on"] = pd.to_datetime(found["submitted"], utc=True).dt.tz_convert("Europe/Moscow").dt.date
    everybody = members(in_order(given))
    found = found[found["Ваш номер"].isin(everybody)]
    quarter = found[found["on"] >= date(2022, 10, 1)]
    twice = found.groupby("Ваш номер")["on"].nunique()
    return {
        "M20.quarters": (quarter["Ваш номер"].nunique(), len(everybody)),
        "M20.compared": (int((twice >= 2).sum()), None),
    }


def choices(given: Given) -> Counted:
    """Who wants a mentor and has one, for whom a form of mentoring was chosen, and what was collected."""
    persons = codes(given, people(given))
    wanting = persons[persons["Кем хотите участвовать?"] != "наставником"]
    wanting = wanting[wanting["Код"].isin(consented(given, persons))]
    pairs = given.sheet("Пары")
    having = set(pairs[pairs["Решение"] == "утвердить"]["Код наставляемого"])
    registry = given.sheet("Реестр")
    registry = registry[~registry["Код"].isin(left(given))]
    links = given.sheet("Материалы и ссылки")
    sent = given.sheet("Документы")
    sent = sent[(sent["Исх. №"] != "") & sent["Вид"].isin(["итоговый сборник", "лучшие практики"])]
    return {
        "M07.paired": (int(wanting["Код"].isin(having).sum()), len(wanting)),
        "M18.forms": (int((registry["Форма наставничества"] != "").sum()), len(registry)),
        "M17.meetings": (int((links["Вид"] == "материал встречи").sum()), None),
        "M17.sent": (len(sent), None),
        "M23.plan": (int((links["Вид"] == "контент-план").sum()), None),
    }


def whole_roadmap(given: Given) -> Counted:
    """Measure 29 from the states of the others, as the sheet shows them."""
    table = given.sheet("Дорожная карта")
    others = table[~table["№"].isin(NOT_COUNTED)]
    done = others["Состояние"].isin(CLOSED)
    return {"M29.done": (int(done.sum()), len(others))}


def recount(given: Given) -> Counted:
    """Indicator id → (numerator, denominator or None)."""
    return meetings(given) | diagnostics(given) | choices(given) | whole_roadmap(given)
