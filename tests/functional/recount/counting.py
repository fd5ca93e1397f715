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
    found = with_codes(given, persons)
    return found[~found["Код"].isin(left(given))].reset_index(drop=True)


def with_codes(given: Given, persons: pd.DataFrame) -> pd.DataFrame:
    """All persons with the code under which the registry lists them."""
    registry = given.sheet("Реестр").copy()
    registry["key"] = registry["Фамилия, имя, отчество"].map(plain)
    registry["born"] = registry["Дата рождения"].map(lambda text: d.isoformat() if (d := day(text)) else "")
    return persons.merge(registry[["key", "born", "Код"]], on=["key", "born"], how="left")


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
