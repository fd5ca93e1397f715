"""Invented people: Russian names that decline and agree, drawn from a seed."""

import random
from dataclasses import dataclass

_SURNAMES = [
    "Ветров",
    "Дубов",
    "Зимин",
    "Кротов",
    "Лугов",
    "Мостов",
    "Ручьёв",
    "Снегов",
    "Тропин",
    "Холмов",
    "Берегов",
    "Полянин",
    "Громов",
    "Озеров",
    "Садов",
    "Камнев",
    "Лесков",
    "Туманов",
    "Рощин",
    "Яров",
    "Гнездов",
    "Колосов",
    "Пчелин",
    "Звонов",
    "Росин",
    "Стрелков",
    "Якорев",
    "Маяков",
    "Парусов",
    "Кедров",
    "Тополев",
    "Калинин",
    "Рябинин",
    "Ольхов",
    "Вербин",
    "Клёнов",
    "Липин",
    "Сомов",
    "Щукин",
    "Лещёв",
    "Орешков",
    "Журавин",
    "Соколин",
    "Чайкин",
    "Стрижов",
    "Дроздов",
    "Синицын",
    "Скворцов",
    "Филинов",
    "Беркутов",
]
_GIVEN = {
    "м": [
        "Глеб",
        "Марк",
        "Тимур",
        "Артём",
        "Лев",
        "Иван",
        "Пётр",
        "Егор",
        "Матвей",
        "Кирилл",
        "Роман",
        "Степан",
        "Фёдор",
        "Даниил",
        "Максим",
        "Илья",
        "Денис",
        "Семён",
        "Никита",
        "Захар",
        "Савелий",
        "Ярослав",
        "Платон",
        "Герман",
    ],
    "ж": [
        "Алина",
        "Софья",
        "Вера",
        "Дарья",
        "Ева",
        "Анна",
        "Мария",
        "Полина",
        "Ксения",
        "Варвара",
        "Милана",
        "Алиса",
        "Виктория",
        "Нина",
        "Ольга",
        "Елена",
        "Юлия",
        "Таисия",
        "Злата",
        "Арина",
        "Кира",
        "Ульяна",
        "Лидия",
        "Тамара",
    ],
}
_FATHERS = {
    "Илья": ("Ильич", "Ильинична"),
    "Игорь": ("Игоревич", "Игоревна"),
    "Олег": ("Олегович", "Олеговна"),
    "Денис": ("Денисович", "Денисовна"),
    "Роман": ("Романович", "Романовна"),
    "Павел": ("Павлович", "Павловна"),
    "Сергей": ("Сергеевич", "Сергеевна"),
    "Андрей": ("Андреевич", "Андреевна"),
    "Максим": ("Максимович", "Максимовна"),
    "Кирилл": ("Кириллович", "Кирилловна"),
    "Юрий": ("Юрьевич", "Юрьевна"),
    "Лев": ("Львович", "Львовна"),
    "Пётр": ("Петрович", "Петровна"),
    "Никита": ("Никитич", "Никитична"),
}


@dataclass(frozen=True, slots=True)
class Name:
    """A full name; `sex` is «м» or «ж»."""

    surname: str
    given: str
    patronymic: str
    sex: str

    @property
    def full(self) -> str:
        """Surname, given name and patronymic."""
        return f"{self.surname} {self.given} {self.patronymic}"


class Names:
    """Draws names, each once."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice
        self._used: set[str] = set()

    def draw(self, sex: str = "") -> Name:
        """Return a name that was not drawn before."""
        while True:
            drawn = self._draw(sex or self._dice.choice("мж"))
            if drawn.full not in self._used:
                self._used.add(drawn.full)
                return drawn

    def parent_of(self, child: Name) -> Name:
        """Return the mother: the child's surname with a name of her own."""
        surname = child.surname if child.sex == "ж" else feminine(child.surname)
        given = self._dice.choice(_GIVEN["ж"])
        patronymic = self._dice.choice(tuple(_FATHERS.values()))[1]
        return Name(surname, given, patronymic, "ж")

    def _draw(self, sex: str) -> Name:
        surname = self._dice.choice(_SURNAMES)
        given = self._dice.choice(_GIVEN[sex])
        male, female = self._dice.choice(tuple(_FATHERS.values()))
        if sex == "м":
            return Name(surname, given, male, sex)
        return Name(feminine(surname), given, female, sex)


def feminine(surname: str) -> str:
    """Return the woman's form of a surname in -ов, -ев, -ёв, -ин, -ын."""
    return f"{surname}а"
