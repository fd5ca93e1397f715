"""The cast: an invented school and everybody in it who will fill a questionnaire."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sheets_sync.demo.names import Name, Names

SUBJECTS = (
    "русский язык и литература",
    "математика",
    "физика и информатика",
    "химия и биология",
    "иностранный язык",
    "подготовка к экзаменам",
    "проект, олимпиада",
    "выбор профессии",
    "общение, новый класс",
    "творчество, спорт",
)
TIMES = (
    "понедельник после уроков",
    "вторник после уроков",
    "среда после уроков",
    "четверг после уроков",
    "пятница после уроков",
)
COMPANIES = (
    "ООО «Камский станок»",
    "Кондитерская «Рябиновый двор»",
    "АО «Светлый провод»",
    "Типография «Литера»",
    "ООО «Речной путь»",
    "Агрофирма «Заливные луга»",
    "Мастерская «Добрый инструмент»",
    "Сервисный центр «Винт»",
)
_TEACHING = "методика урока, работа с классом"


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody who takes part; `part` is «наставляемым», «наставником» or «и тем и другим»."""

    name: Name
    group: str
    part: str
    subjects: tuple[str, ...]
    times: tuple[str, ...]
    contact: str
    places: str = "1"
    born: date | None = None
    school_class: str = ""
    parent: str = ""
    occupation: str = ""
    experience: str = ""
    wanted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cast:
    """The whole school: how many there are of each group, and who applies."""

    pupils: int
    teachers: int
    graduates: int
    classes: tuple[str, ...]
    players: tuple[Player, ...]

    def of(self, group: str) -> tuple[Player, ...]:
        """Return the players of a group."""
        return tuple(player for player in self.players if player.group == group)

    def size_of(self, school_class: str) -> int:
        """Return how many pupils are in a class; classes differ by one pupil at most."""
        whole, rest = divmod(self.pupils, len(self.classes))
        return whole + (self.classes.index(school_class) < rest)


def make_cast(pupils: int, seed: int, classes: Sequence[str]) -> Cast:
    """Invent a school with so many pupils; the same seed gives the same people."""
    dice = random.Random(seed)
    names = Names(dice)
    share = pupils / 600
    mentees = max(6, round(62 * share))
    mentors = max(4, round(26 * share))
    young = [name for name in classes if 5 <= _level(name) <= 8]
    old = [name for name in classes if 9 <= _level(name) <= 11]
    players = [_pupil(dice, names, dice.choice(young), "наставляемым") for _ in range(mentees - mentees // 6)]
    players += [_pupil(dice, names, dice.choice(old), "наставляемым") for _ in range(mentees // 6)]
    players += [_pupil(dice, names, dice.choice(old), "наставником") for _ in range(mentors)]
    players += [_teacher(dice, names, "больше 10 лет", "наставником") for _ in range(5)]
    players += [_teacher(dice, names, "до 3 лет", "наставляемым") for _ in range(4)]
    players += [_adult(dice, names, "родитель", "мастер участка") for _ in range(4)]
    players += [_adult(dice, names, "выпускник", f"выпуск {year}, студент") for year in range(2015, 2022)]
    players += [
        _adult(dice, names, "представитель организации", f"{company}, инженер") for company in COMPANIES
    ]
    return Cast(pupils, 45, 60, tuple(classes), tuple(players))


def _level(school_class: str) -> int:
    return int(school_class.split()[0])


def _phone(dice: random.Random) -> str:
    return f"+7 900 {dice.randrange(1000):03d}-{dice.randrange(100):02d}-{dice.randrange(100):02d}"


def _when(dice: random.Random) -> tuple[str, ...]:
    return (*dice.sample(TIMES, 3), "очно", *(("онлайн",) if dice.random() < 0.3 else ()))


def _pupil(dice: random.Random, names: Names, school_class: str, part: str) -> Player:
    name = names.draw()
    level = _level(school_class)
    born = date(2022 - level - 7, 3, 1) + timedelta(days=dice.randrange(330))
    return Player(
        name,
        "обучающийся",
        part,
        tuple(dice.sample(SUBJECTS, 2)),
        _when(dice),
        _phone(dice),
        dice.choice(("1", "2", "2", "3")),
        born,
        school_class,
        names.parent_of(name).full,
        wanted=("ученик", "всё равно"),
    )


def _teacher(dice: random.Random, names: Names, experience: str, part: str) -> Player:
    subject = dice.choice(("математика", "физика", "история", "биология", "русский язык"))
    return Player(
        names.draw("ж" if dice.random() < 0.7 else "м"),
        "педагог",
        part,
        (_TEACHING,),
        _when(dice),
        _phone(dice),
        occupation=f"МБОУ «СОШ № 12», учитель: {subject}",
        experience=experience,
        wanted=("учитель",),
    )


def _adult(dice: random.Random, names: Names, group: str, occupation: str) -> Player:
    return Player(
        names.draw(),
        group,
        "наставником",
        tuple(dice.sample(SUBJECTS, 3)),
        _when(dice),
        _phone(dice),
        dice.choice(("1", "2")),
        occupation=occupation,
    )
