"""The school's list without forgotten people: their lines stay to be counted, nameless."""

from collections.abc import Iterable

from sheets_sync.domain.forgetting.tombstones import Buried
from sheets_sync.domain.roster import Listed


def without_forgotten(people: Iterable[Listed], graves: Buried) -> tuple[Listed, ...]:
    """Return the list in which no line tells who a forgotten person is."""
    return tuple(one.without_person if _is_forgotten(one, graves) else one for one in people)


def _is_forgotten(one: Listed, graves: Buried) -> bool:
    if not one.name:
        return False
    return one.code in graves.by_code or graves.whose(one.key, one.group, one.birth_date) is not None
