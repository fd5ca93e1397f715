import pytest

from sheets_sync.domain.russian.typography import unbroken


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("от 27 июля 2006 г. № 152-ФЗ", "от 27~июля 2006~г. №~152-ФЗ"),
        ("до 31 августа 2023 года", "до 31~августа 2023~года"),
        ("Контроль за О.Н. Лебедевой", "Контроль за О.Н.~Лебедевой"),
        ("куратор Лебедева О.Н.", "куратор Лебедева~О.Н."),
        ("№ ______", "№ ______".replace("№ ", "№~")),
        ("27 участников, 2006 годовых", "27 участников, 2006 годовых"),
        ("в г. Светлогорске", "в г. Светлогорске"),
    ],
)
def test_f40_dates_numbers_and_initials_do_not_break(typed: str, printed: str) -> None:
    assert unbroken(typed).replace("\N{NO-BREAK SPACE}", "~") == printed
    assert unbroken(unbroken(typed)) == unbroken(typed)
