"""The roadmap's numbers counted again with pandas, straight from what was submitted and what staff entered.

Nothing of the product's rules is used: answers come from the Forms service, entries from the spreadsheet as
staff see it. Of what the program wrote only the codes of people and pairs serve, as names of rows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

NAME = "Фамилия, имя, отчество участника (для ребёнка — ребёнка)"
BORN = "Дата рождения участника"
_LATIN = str.maketrans("aeopcyxAEOPCTXHKBM", "аеорсухАЕОРСТХНКВМ")


@dataclass
class Given:
    """Everything the count starts from: answers by form title, sheets by tab title, the date."""

    answers: Mapping[str, pd.DataFrame]
    sheets: Mapping[str, pd.DataFrame]
    as_of: date

    def sheet(self, title: str) -> pd.DataFrame:
        return self.sheets[title]


def day(text: object) -> date | None:
    found = re.fullmatch(r"(\d\d)\.(\d\d)\.(\d{4})", str(text))
    return date(int(found[3]), int(found[2]), int(found[1])) if found else None


def plain(name: str) -> str:
    return name.translate(_LATIN).lower().replace("ё", "е").strip()


def people(given: Given) -> pd.DataFrame:
    """One row per person: the latest of the usable questionnaires of one name and birth date."""
    found = given.answers["Анкета участника наставничества"].sort_values("submitted").copy()
    found["key"] = found[NAME].map(plain)
    future = found[BORN].map(lambda text: bool(text) and date.fromisoformat(text) > given.as_of)
    found = found[found["key"].str.contains(r"[а-я]") & ~future]
    found["born"] = found[BORN]
    return found.drop_duplicates(["key", "born"], keep="last").reset_index(drop=True)


def codes(given: Given, persons: pd.DataFrame) -> pd.DataFrame:
    """The persons with the code under which the registry lists them, those left out who have left."""
    registry = given.sheet("Реестр").copy()
    registry["key"] = registry["Фамилия, имя, отчество"].map(plain)
    registry["born"] = registry["Дата рождения"].map(lambda text: d.isoformat() if (d := day(text)) else "")
    merged = persons.merge(registry[["key", "born", "Код"]], on=["key", "born"], how="left")
    return merged[~merged["Код"].isin(left(given))].reset_index(drop=True)


def left(given: Given) -> set[str]:
    """Codes of those whose date of leaving has come."""
    registry = given.sheet("Реестр")
    gone = registry["Дата выхода"].map(lambda text: (d := day(text)) is not None and d <= given.as_of)
    return set(registry[gone]["Код"])


def consented(given: Given, persons: pd.DataFrame) -> set[str]:
    """Codes of the persons all of whose needed signatures stand on the date."""
    papers = given.sheet("Согласия")
    papers = papers[papers["Вид"] == "обработка"]
    admitted = set()
    for person in persons.to_dict("records"):
        mine = papers[papers["Код"] == person["Код"]]
        needed = signers(person, given.as_of)
        if all(
            any(
                signed(paper, person, given.as_of)
                for paper in mine.to_dict("records")
                if paper["Чья подпись нужна"] == who
            )
            for who in needed
        ):
            admitted.add(person["Код"])
    return admitted


def signers(person: Mapping[Any, Any], on: date) -> list[str]:
    if not person["born"]:
        return ["законный представитель"] if person["Кто участник?"] == "обучающийся" else ["участник"]
    born = date.fromisoformat(person["born"])
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    if age >= 18:
        return ["участник"]
    return ["законный представитель"] if age < 14 else ["законный представитель", "участник (14–17 лет)"]


def signed(paper: Mapping[Any, Any], person: Mapping[Any, Any], on: date) -> bool:
    when, withdrawn = day(paper["Подписано (дата)"]), day(paper["Отозвано (дата)"])
    by = plain(str(paper["Подписал"]))
    if when is None or when > on or (withdrawn is not None and withdrawn <= on):
        return False
    if paper["Чья подпись нужна"] == "законный представитель":
        return bool(by != person["key"])
    if paper["Чья подпись нужна"] == "участник (14–17 лет)" and person["born"]:
        born = date.fromisoformat(person["born"])
        return bool(when >= born.replace(year=born.year + 14))
    return True


def recount(given: Given) -> dict[str, tuple[int, int | None]]:
    """Indicator id → (numerator, denominator or None)."""
    persons = codes(given, people(given))
    admitted = consented(given, persons)
    group = persons["Кто участник?"]
    valid = persons["Код"].isin(admitted)
    mentors = persons["Кем хотите участвовать?"] != "наставляемым"
    totals = {
        row["Группа"]: int(row["Всего"])
        for row in given.sheet("Контингент").to_dict("records")
        if row["Всего"]
    }
    found: dict[str, tuple[int, int | None]] = {
        "M01.pupils": (int((valid & (group == "обучающийся")).sum()), totals["обучающийся"]),
        "M01.teachers": (int((valid & (group == "педагог")).sum()), totals["педагог"]),
        "M01.graduates": (int((valid & (group == "выпускник")).sum()), totals["выпускник"]),
        "M02.mentors": (int((valid & mentors).sum()), None),
        "M08.consents": (int(valid.sum()), len(persons)),
        "M27.registry": (int((mentors & (group == "обучающийся")).sum()), None),
        "M25.registry": (int((mentors & (group == "педагог")).sum()), None),
        "M26.registry": (int((mentors & (group == "родитель")).sum()), None),
        "M28.registry": (
            int((mentors & group.isin(["выпускник", "представитель организации"])).sum()),
            None,
        ),
    }
    asked = given.answers["Анкета участника наставничества"]
    usable = asked[asked[NAME].map(plain).str.contains(r"[а-я]")]
    usable = usable[usable[BORN].map(lambda text: not text or date.fromisoformat(text) <= given.as_of)]
    found["M18.analysed"] = (len(usable), len(asked))
    talks = given.sheet("Реестр")
    talks = talks[~talks["Код"].isin(left(given))]
    found["M18.interviews"] = (int((talks["Собеседование (дата)"] != "").sum()), len(talks))
    return (
        found | organisations(given, persons[valid & mentors]) | events(given) | papers(given) | pairs(given)
    )


def organisations(given: Given, givers: pd.DataFrame) -> dict[str, tuple[int, int | None]]:
    partners = given.sheet("Партнёры")
    named = givers[givers["Кто участник?"] == "представитель организации"]["Организация и должность"]
    supplying = {
        row["Организация"]
        for row in partners.to_dict("records")
        if named.str.startswith(row["Организация"]).any()
    }
    agreed = set(partners[(partners["Соглашение №"] != "") & (partners["от"] != "")]["Организация"])
    total = given.sheet("Контингент").set_index("Группа").loc["организация", "Всего"]
    return {
        "M03.list": (len(partners), None),
        "M03.organisations": (len(supplying), int(str(total))),
        "M04.agreements": (len(supplying & agreed), len(supplying)),
    }


def events(given: Given) -> dict[str, tuple[int, int | None]]:
    sheet = given.sheet("Мероприятия")
    held = sheet[sheet["Дата фактическая"] != ""].copy()
    held["n"] = pd.to_numeric(held["Присутствовало"]).fillna(0).astype(int)
    kind = held["Вид"]
    lessons = held[kind == "занятие для наставников"]
    experts = (
        held[kind.isin(["занятие для наставников", "консультация"])]["Кто проводил"].str.split(",").str[0]
    )
    per_group = lessons.groupby("Класс/группа").size()
    council = held[kind == "педсовет"].iloc[0]
    hours = given.answers["Отчёт о мероприятии"]
    hours = hours[hours["Что прошло?"] == "классный час"].copy()
    hours["n"] = pd.to_numeric(hours["Сколько человек присутствовало?"], errors="coerce")
    asked = given.sheet("Вопросы к данным")
    fixed = asked[asked["Что не так"].str.contains("сколько присутствовало")]["Исправленное значение"]
    hours["n"] = hours["n"].fillna(float(fixed[fixed != ""].iloc[0]))
    pupils = int(str(given.sheet("Контингент").set_index("Группа").loc["обучающийся", "Всего"]))
    return {
        "M05.experts": (experts.nunique(), None),
        "M05.sessions": (int((per_group >= 3).sum()), len(per_group)),
        "M05.consultations": (int((kind == "консультация").sum()), None),
        "M06.meeting": (int((kind == "нетворкинг").sum()), None),
        "M25.attendance": (int(council["n"]), int(council["Должно было"])),
        "M26.speeches": (int((kind == "родительское собрание").sum()), None),
        "M26.parents": (int(held[kind == "родительское собрание"]["n"].sum()), None),
        "M27.pupils": (int(hours.groupby("Класс")["n"].max().sum()), pupils),
        "M28.meetings": (int((kind == "рабочая встреча").sum()), None),
        "M13.game": (int((kind == "деловая игра").sum()), None),
    }


def papers(given: Given) -> dict[str, tuple[int, int | None]]:
    documents, links = given.sheet("Документы"), given.sheet("Материалы и ссылки")
    signed_ones = documents[(documents["№"] != "") & (documents["Дата"] != "")]
    kinds = signed_ones["Вид"].value_counts()
    materials = links["Вид"].value_counts()
    practice = links[links["Вид"].isin(["программа", "методические", "дидактические"])]
    return {
        "M11.order": (int(kinds["приказ об утверждении индивидуальных планов"]), None),
        "M14.materials": (practice["Форма наставничества"].nunique(), 4),
        "M15.acts": (int(kinds["акт о доступности"]), None),
        "M16.questionnaires": (
            links[links["Вид"] == "диагностическая анкета"]["Форма наставничества"].nunique(),
            4,
        ),
        "M17.digest": (int(kinds["итоговый сборник"]), None),
        "M17.practices": (int(materials["лучшая практика"]), None),
        "M19.order": (int(kinds["приказ о закреплении пар"]), None),
        "M22.sent": (0, None),
        "M23.rubrics": (int(materials["рубрика ВК"] + materials["рубрика на сайте"]), None),
        "M24.publications": (links[links["Вид"] == "публикация"]["Ссылка"].nunique(), None),
        "M25.minutes": (int(kinds["протокол педсовета"]), None),
        "M31.next": (int(signed_ones["Заголовок"].str.contains("2023").sum()), None),
        "M32.people": (given.sheet("Участие в событиях")["ФИО или код"].nunique(), None),
    }


def pairs(given: Given) -> dict[str, tuple[int, int | None]]:
    approved = given.sheet("Пары")
    approved = approved[approved["Решение"] == "утвердить"]
    after = given.answers["После общей встречи"]
    badges = after["Номер с вашего бейджа"]
    meetings = given.answers["Отчёт о встрече"]
    meetings = meetings[meetings["Номер пары или группы"].isin(approved["Пара"])]
    plans = meetings[meetings["Какая это встреча?"] == "планирование"]
    planned = set(plans["Номер пары или группы"])
    wanted = 3 * len(planned)
    done: set[tuple[str, str]] = set()
    for row in meetings.to_dict("records"):
        for number in str(row["Какие пункты плана выполнены сегодня?"]).split("\n"):
            if number and row["Номер пары или группы"] in planned:
                done.add((row["Номер пары или группы"], number))
    marks = given.sheet("Планы")
    marks = marks[(marks["Отметка вручную"] == "выполнен") & marks["Пара"].isin(approved["Пара"])]
    for row in marks.to_dict("records"):
        done.add((row["Пара"], re.split(r"\D+", row["Пункт"])[-1]))
    kinds = meetings.groupby("Номер пары или группы")["Какая это встреча?"].nunique()
    present = given.sheet("Явка (встреча и игра)")
    members = set(approved["Код наставника"]) | set(approved["Код наставляемого"])
    played = set(present[present["Деловая игра"].isin(["TRUE", "ИСТИНА"])]["Код"]) & members
    return {
        "M06.answers": (int(badges.str.fullmatch(r"У-\d+").sum()), None),
        "M07.pairs": (len(approved), None),
        "M09.pairs": (int((kinds == 5).sum()), len(approved)),
        "M12.planned": (len(planned), len(approved)),
        "M12.items": (len(done), wanted),
        "M13.attendance": (len(played), len(members)),
        "M19.notified": (int((approved["Уведомлены (дата)"] != "").sum()), len(approved)),
    }
