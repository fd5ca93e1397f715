"""The act of destruction: one for every forgotten person, by code alone.

What it has to say is set by Roskomnadzor's order No. 179 of 28.10.2022: operator with address, processor,
whose data (a code will do: «иная информация, относящаяся к определённому лицу»), which categories, from which
system, how, why, when, and who did it with post and signature.
"""

from sheets_sync.domain.documents.content import Content, Line
from sheets_sync.domain.documents.facts import Facts
from sheets_sync.domain.documents.kinds import DESTRUCTION
from sheets_sync.domain.documents.wording import initials_first, long_date, short_date
from sheets_sync.domain.forgetting.afterwards import CATEGORIES, SYSTEM
from sheets_sync.domain.forgetting.grounds import norm_of
from sheets_sync.domain.forgetting.tombstones import Tombstone

HEADING = "Об уничтожении персональных данных"
_DEFAULTS = {
    "закон о персональных данных твор": (
        "Федеральным законом от 27 июля 2006 г. № 152-ФЗ «О персональных данных»"
    ),
    "требования к акту твор": "приказом Роскомнадзора от 28 октября 2022 г. № 179",
    "адрес школы": "____________________",
    "обработчик данных": "____________________",
}
"""What is printed where config/papers.yaml, made before there was this act, does not say it."""


def destruction(facts: Facts) -> tuple[Content, ...]:
    """Return an act for every forgotten person."""
    return tuple(_act(stone, facts) for stone in facts.forgotten)


def _act(stone: Tombstone, facts: Facts) -> Content:
    asked = f", заявление получено {short_date(stone.asked_on)}" if stone.asked_on else ""
    norm = f" ({norm_of(stone.ground)})" if norm_of(stone.ground) else ""
    fields = {
        **_DEFAULTS,
        **facts.common(),
        "код участника": stone.code,
        "категории данных": CATEGORIES,
        "система": SYSTEM,
        "причина": f"{stone.ground}{norm}{asked}",
        "дата уничтожения": long_date(stone.on),
        "исполнитель": initials_first(facts.settings.curator_name),
    }
    tables = {
        "уничтожено": tuple(Line(f"место {n}", one) for n, one in enumerate(stone.erased, 1)),
        "осталось": tuple(Line(f"остаток {n}", one) for n, one in enumerate(stone.kept, 1)),
    }
    return Content(DESTRUCTION, f"{HEADING}, {stone.code}", fields, tables, subject=stone.code)
