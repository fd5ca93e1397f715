"""What `forget` found and does, told without a name: places, fates, grounds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sheets_sync.domain.dates import printed
from sheets_sync.domain.forgetting.afterwards import HOW_TO_DELETE
from sheets_sync.domain.forgetting.tombstones import FormAnswer

Placed = tuple[str, str]
"""Where something stands, and what is said of it."""

REST = (
    "История версий таблицы и документов хранит прежнее, и удалить её программа не может: если нужно и это, "
    "сделайте копию таблицы, а прежнюю удалите",
    "Резервные копии (workspace export), выгруженные и напечатанные файлы, письма и комментарии программа не "
    "ищет: уничтожьте их сами и впишите в акт",
)
"""What no program can reach."""


@dataclass(frozen=True, slots=True)
class Listing:
    """One person's traces.

    Shape: `erased` are places that the program empties, `destroyed` documents that it removes for good,
    `by_hand` places that only people may clean, `kept` what stays and why, `standing` answers that the forms
    hold; `due` is the last day that the law gives, `digest` the plan's fingerprint; `written` says that it
    has been done, `again` that the person was forgotten before.
    """

    code: str
    on: date
    ground: str
    erased: tuple[Placed, ...]
    destroyed: tuple[Placed, ...]
    by_hand: tuple[Placed, ...]
    kept: tuple[Placed, ...]
    standing: tuple[FormAnswer, ...]
    titles: Mapping[str, str]
    due: date | None = None
    digest: str = ""
    written: bool = False
    again: bool = False

    def lines(self) -> list[str]:
        """Tell everything in Russian, one thought a line."""
        found = [self._headline()]
        if self.due is not None:
            found.append(f"Срок уничтожения по закону — {printed(self.due)} (праздники не учтены)")
        found += _part("Стёрто:" if self.written else "Будет стёрто:", self.erased)
        found += _part("Удалены навсегда:" if self.written else "Будут удалены навсегда:", self.destroyed)
        found += _part("Остаётся:", self.kept)
        forms = [
            (f"форма «{self.titles.get(one.form, one.form)}»", f"ответ от {one.submitted}, {one.response}")
            for one in self.standing
        ]
        found += _part("Удалите в Google Формах — программа этого не может:", forms)
        if forms:
            found.append(f"  Как: {HOW_TO_DELETE}. Следующий запуск forget покажет, что ещё осталось")
        found += _part("Уберите сами:", self.by_hand)
        found += REST
        if not self.written:
            found.append("Ничего не записано. Уберите своё, посмотрите ещё раз и запустите с --yes")
        return found

    def to_json(self) -> dict[str, object]:
        """Return the same as JSON values."""
        return {
            "code": self.code,
            "on": self.on.isoformat(),
            "ground": self.ground,
            "due": self.due.isoformat() if self.due else None,
            "written": self.written,
            "again": self.again,
            "plan": self.digest,
            "erased": _json(self.erased),
            "destroyed": _json(self.destroyed),
            "kept": _json(self.kept),
            "by_hand": _json(self.by_hand),
            "forms": [
                {"form": one.form, "response": one.response, "submitted": one.submitted}
                for one in self.standing
            ],
        }

    def _headline(self) -> str:
        if self.again:
            return f"{self.code}: данные уничтожены раньше; что ещё осталось"
        done = "данные уничтожены" if self.written else "где есть данные участника"
        return f"{self.code}: {done}, основание — {self.ground}"


def _part(title: str, places: Sequence[Placed]) -> list[str]:
    return [title, *(f"  {where}: {what}" for where, what in places)] if places else []


def _json(places: Sequence[Placed]) -> list[dict[str, str]]:
    return [{"where": where, "what": what} for where, what in places]
