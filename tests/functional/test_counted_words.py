"""«Кто посчитан» reads as people speak: no key of the program stands there (F32)."""

from __future__ import annotations

import re

import pytest

from tests.functional.played import Year

KEY = re.compile(r"М-[0-9a-f]{6}|[A-Za-z0-9_-]{20,}")
"""Keys of staff's rows, and ids of answers as Google's forms give them."""


@pytest.mark.feature("F32")
def test_nobody_has_to_read_a_key_in_the_lists_behind_the_numbers(december: Year) -> None:
    rows = december.school.book().worksheet("Кто посчитан").get_all_values()
    header = rows[0]
    lists = [header.index(title) for title in ("Посчитаны", "Не посчитаны из общего числа")]
    told = {row[0]: [row[place] for place in lists] for row in rows[1:]}

    assert not [text for texts in told.values() for text in texts if KEY.search(text)]
    # Two teachers' councils: their days and topics as staff typed them into «Мероприятия».
    events = december.school.book().worksheet("Мероприятия").get_all_values()
    kind, held, topic = (events[0].index(title) for title in ("Вид", "Дата фактическая", "Тема"))
    councils = [row for row in events[1:] if row[kind] == "педсовет" and row[held]]
    assert len(councils) == 2
    for row in councils:
        assert f"педсовет {row[held]}" in told["M25.attendance"][0]
        assert row[topic].strip("«»") in told["M25.attendance"][0]
