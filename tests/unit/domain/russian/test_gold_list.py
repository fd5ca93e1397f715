"""Names in cases against a list written by hand after published rules; see `tests/data/names_in_cases.tsv`.

A form may be told in more than one way where the books or the families differ: the ways stand behind a slash.
"""

import csv
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytrovich.detector import PetrovichGenderDetector
from pytrovich.enums import Case as TheirCase
from pytrovich.enums import Gender, NamePart
from pytrovich.maker import PetrovichDeclinationMaker

from sheets_sync.domain.russian import Case, Declension, Sex
from sheets_sync.files.name_rules import PetrovichRules

GOLD = Path(__file__).parents[3] / "data" / "names_in_cases.tsv"
CASES = {
    "род.": (Case.GENITIVE, TheirCase.GENITIVE),
    "дат.": (Case.DATIVE, TheirCase.DATIVE),
    "вин.": (Case.ACCUSATIVE, TheirCase.ACCUSATIVE),
    "твор.": (Case.INSTRUMENTAL, TheirCase.INSTRUMENTAL),
}
RIGHT, WRONG, ASKED = "верно", "неверно", "спрошено"


@dataclass(frozen=True)
class Row:
    name: str
    sex: str
    forms: dict[str, str]
    rule: str


def gold() -> list[Row]:
    with GOLD.open(encoding="utf-8", newline="") as lines:
        read = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            Row(row["ФИО"], row["пол"], {case: row[case] for case in CASES}, row["правило"]) for row in read
        ]


ROWS = gold()


def fits(found: str, expected: str) -> bool:
    plain = [text.casefold().replace("ё", "е").split(" ") for text in (found, expected)]
    return len(plain[0]) == len(plain[1]) and all(
        word in ways.split("/") for word, ways in zip(*plain, strict=True)
    )


def by_the_program(row: Row, case: str) -> str | None:
    found = NAMES.decline(row.name, CASES[case][0], Sex(row.sex) if row.sex else None)
    return None if found.asked else found.text


def by_the_library(row: Row, case: str) -> str | None:
    surname, given, *rest = row.name.split(" ")
    patronymic = " ".join(rest)
    sex = DETECTOR.detect(lastname=surname, firstname=given, middlename=patronymic or None)  # type: ignore[no-untyped-call]
    if row.sex:
        sex = Gender.MALE if row.sex == "м" else Gender.FEMALE
    parts = ((NamePart.LASTNAME, surname), (NamePart.FIRSTNAME, given), (NamePart.MIDDLENAME, patronymic))
    return " ".join(MAKER.make(part, sex, CASES[case][1], word) for part, word in parts if word)


NAMES = Declension(PetrovichRules())
MAKER, DETECTOR = PetrovichDeclinationMaker(), PetrovichGenderDetector()


def judged(decline: Callable[[Row, str], str | None]) -> dict[tuple[str, str], str]:
    found = {}
    for row in ROWS:
        for case, expected in row.forms.items():
            form = decline(row, case)
            verdict = ASKED if form is None else RIGHT if fits(form, expected) else WRONG
            found[row.name, case] = verdict
    return found


ASKED_FOR = {
    # where usage differs, or only the family or the stress could tell
    *(
        "Бжания",
        "Барабаш",
        "Гребень",
        "Журавель",
        "Заяц",
        "Лев",
        "Волчок",
        "Орёл",
        "Калина",
        "Данило",
        "Янош",
    ),
    *("Гоча", "Зульфия", "Алия", "Гузель", "Айгуль", "Айша", "Швец", "Мрозек"),
    # where the halves of a double surname are no common surnames
    *("Грум-Гржимайло", "Сквозник-Дмухановский", "Соловьёв-Седой"),
}
"""Words because of which a person is asked in at least one case."""


def test_the_gold_list_is_long_enough_and_names_its_rules() -> None:
    assert len(ROWS) >= 200
    assert all(row.rule and all(row.forms.values()) for row in ROWS)
    assert len({row.name for row in ROWS}) == len(ROWS)


def test_f40_no_name_of_the_gold_list_is_declined_wrongly(capsys: pytest.CaptureFixture[str]) -> None:
    guarded, alone = judged(by_the_program), judged(by_the_library)
    with capsys.disabled():
        for title, verdicts in (("одна библиотека", alone), ("с проверкой", guarded)):
            counts = Counter(verdicts.values())
            told = ", ".join(f"{word} {counts[word]}" for word in (RIGHT, WRONG, ASKED))
            print(f"\nСклонение, {title}: {told} из {len(verdicts)} форм", end="")
    assert [place for place, verdict in guarded.items() if verdict == WRONG] == []


def test_f40_only_what_nobody_can_know_is_asked() -> None:
    asked = {name for (name, _), verdict in judged(by_the_program).items() if verdict == ASKED}
    assert {word for name in asked for word in name.split(" ")} >= ASKED_FOR
    assert [name for name in asked if not ASKED_FOR & set(name.split(" "))] == []


def test_a_wrong_form_in_the_list_would_be_seen() -> None:
    assert fits("Гребня Ивана", "Гребня/Гребеня Ивана")
    assert not fits("Гребена Ивана", "Гребня/Гребеня Ивана")
    assert not fits("Гребня", "Гребня Ивана")
