import pytest

from sheets_sync.cli.words import count


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "0 листов"), (1, "1 лист"), (2, "2 листа"), (4, "4 листа"), (5, "5 листов"), (11, "11 листов"),
        (12, "12 листов"), (21, "21 лист"), (22, "22 листа"), (111, "111 листов"), (101, "101 лист"),
        (None, "листов: неизвестно"),
    ],
)  # fmt: skip
def test_a_number_takes_its_form_of_the_word(number: int | None, said: str) -> None:
    assert count(number, "лист", "листа", "листов") == said
