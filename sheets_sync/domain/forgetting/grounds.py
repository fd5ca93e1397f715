"""Why data are destroyed, by when, and what the law lets a school keep."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Ground:
    """A reason: in short, the norm, and the days that the law gives (working days when so said)."""

    short: str
    norm: str
    days: int
    working: bool = False

    def due(self, asked_on: date) -> date:
        """Return the last day for the destruction, public holidays not looked at."""
        if not self.working:
            return asked_on + timedelta(days=self.days)
        day, left = asked_on, self.days
        while left:
            day += timedelta(days=1)
            left -= day.weekday() < 5
        return day


GROUNDS = {
    "отзыв": Ground("отзыв согласия", "часть 5 статьи 21 Федерального закона № 152-ФЗ", 30),
    "требование": Ground(
        "требование прекратить обработку", "часть 5.1 статьи 21 Федерального закона № 152-ФЗ", 10, True
    ),
    "цель": Ground("достижение цели обработки", "часть 4 статьи 21 Федерального закона № 152-ФЗ", 30),
}
"""By the word that the command takes. Source of the terms: 152-ФЗ, article 21
(klerk.ru/blogs/data-sec/681468)."""

ARCHIVE = "архивный документ: часть 2 статьи 9 и пункт 2 части 1 статьи 6 Федерального закона № 152-ФЗ"
PROOF = "доказательство, что согласие было: часть 3 статьи 9 Федерального закона № 152-ФЗ"
RECOGNITION = "чтобы не принять данные снова; по ним человека не назвать"
COUNTED = "числа без имени: сведения пары нужны второму участнику"
BY_HAND = "удалить может только человек, программа проверяет еженедельно"


def norm_of(short: str) -> str:
    """Return the norm of a ground by its short name, "" for one that is not known."""
    return next((ground.norm for ground in GROUNDS.values() if ground.short == short), "")
