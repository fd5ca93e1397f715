import pytest

from sheets_sync.domain.findings import Severity
from sheets_sync.domain.russian import Case, Declension, NamePart, Sex, cases_finding, unconfirmed
from sheets_sync.files.name_rules import PetrovichRules

NAMES = Declension(PetrovichRules())
NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    "written",
    [
        *(
            "ИВАНОВА АННА ПЕТРОВНА",
            "иванова анна петровна",
            "Ивановa Анна Петровна",
            "  Иванова   Анна Петровна ",
        ),
        *("Иванова Анна\N{NO-BREAK SPACE}Петровна", "Ива\N{SOFT HYPHEN}нова Анна Петровна"),
    ],
)
def test_f40_letters_capitals_and_spaces_are_put_right_before(written: str) -> None:
    assert NAMES.decline(written, Case.ACCUSATIVE).text == "Иванову Анну Петровну"


def test_a_composed_letter_and_spaces_round_a_hyphen_are_put_right_too() -> None:
    decomposed = "Толстои\N{COMBINING BREVE} Лев Львович"
    assert NAMES.decline(decomposed, Case.GENITIVE).text == "Толстого Льва Львовича"
    assert NAMES.decline("Петрова - Водкина Анна", Case.DATIVE).text == "Петровой-Водкиной Анне"


def test_f40_the_order_of_the_words_is_kept() -> None:
    assert NAMES.decline("Анна Петровна Иванова", Case.DATIVE).text == "Анне Петровне Ивановой"
    assert NAMES.decline("Иван Петрович Якубович", Case.DATIVE).text == "Ивану Петровичу Якубовичу"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Иванова А. П.", "инициалы"),
        ("Smith John", "по-русски"),
        ("Иванов", "полностью"),
        ("Иванова Anna Петровна", "алфавита"),
        ("Иванов Иван Иванович Младший", "трёх слов"),
        ("Ольга Хубиева", "где фамилия"),
        ("Ольга Николаевна", "нет фамилии"),
        ("Дзюба Женя", "мужское"),
        ("Ким Аминат", "мужское"),
        ("Иванова Иван", "мужское"),
        ("Мусаева Иса", "мужское"),
    ],
)
def test_f40_what_cannot_be_known_is_asked_and_never_guessed(name: str, reason: str) -> None:
    for case in (Case.GENITIVE, Case.DATIVE, Case.ACCUSATIVE, Case.INSTRUMENTAL):
        found = NAMES.decline(name, case)
        assert found.asked and not found.confirmed
        assert reason in found.doubt
        assert found.text == found.nominative


@pytest.mark.parametrize(
    ("name", "sex", "form"),
    [
        ("Дзюба Женя", Sex.FEMALE, "Дзюбе Жене"),
        ("Ким Аминат", Sex.FEMALE, "Ким Аминат"),
        ("Ким Заур", Sex.MALE, "Киму Зауру"),
        ("Хан Рустам Ибрагим оглы", None, "Хану Рустаму Ибрагим оглы"),
        ("Хан Севда Ибрагим кызы", None, "Хан Севде Ибрагим кызы"),
        ("Хан Умар Бахтиёр угли", None, "Хану Умару Бахтиёр угли"),
        ("Хан Гульнора Бахтиёр қизи", None, "Хан Гульноре Бахтиёр қизи"),
    ],
)
def test_the_sex_comes_from_the_patronymic_or_from_what_is_known(
    name: str, sex: Sex | None, form: str
) -> None:
    assert NAMES.decline(name, Case.DATIVE, sex).text == form


def test_a_sex_that_contradicts_the_patronymic_is_asked_about() -> None:
    assert NAMES.decline("Ким Заур Русланович", Case.DATIVE, Sex.FEMALE).asked


def test_f40_signatures_and_running_text_name_people_shortly_with_spaces_that_do_not_break() -> None:
    assert NAMES.surname_initials("Лебедева Ольга Николаевна", Case.DATIVE).text == f"Лебедевой{NBSP}О.Н."
    assert NAMES.initials_surname("Лебедева Ольга Николаевна").text == f"О.Н.{NBSP}Лебедева"
    assert NAMES.initials_surname("Ольга Николаевна Лебедева").text == f"О.Н.{NBSP}Лебедева"
    assert (
        NAMES.surname_initials("Дудаев Магомед-Эмин Исаевич", Case.GENITIVE).text == f"Дудаева{NBSP}М.-Э.И."
    )
    assert NAMES.surname_initials("Мамедов Эльчин Рашид оглы", Case.GENITIVE).text == f"Мамедова{NBSP}Э.Р."


def test_a_short_form_needs_only_the_surname() -> None:
    assert NAMES.decline("Иванова Гузель Маратовна", Case.DATIVE).asked
    assert NAMES.surname_initials("Иванова Гузель Маратовна", Case.DATIVE).text == f"Ивановой{NBSP}Г.М."


def test_the_nominative_needs_nobody() -> None:
    assert NAMES.decline("Дзюба Женя", Case.NOMINATIVE).confirmed


def test_f40_every_form_that_nobody_confirmed_is_listed() -> None:
    forms = [
        NAMES.surname_initials("Лебедева Ольга Николаевна", Case.ACCUSATIVE),
        NAMES.surname_initials("Лебедева Ольга Николаевна", Case.ACCUSATIVE),
        NAMES.initials_surname("Соколова Елена Викторовна"),
        NAMES.decline("Ким Инна", Case.DATIVE, manual="Ким Инне"),
    ]
    assert unconfirmed(forms) == (f"Лебедеву{NBSP}О.Н. (вин.)",)
    finding = cases_finding("Д-001", "«Документы»", forms)
    assert finding is not None
    assert finding.severity is Severity.NOTE
    assert finding.text == f"Падежи не подтверждены: Лебедеву{NBSP}О.Н. (вин.)"
    asked = cases_finding("Д-001", "«Документы»", [NAMES.decline("Гребень Иван", Case.DATIVE)])
    assert asked is not None and asked.severity is Severity.QUESTION
    assert cases_finding("Д-001", "«Документы»", forms[2:]) is None


class Wrong:
    """A library that answers with the same wrong form, whatever it is asked."""

    def __init__(self, form: str) -> None:
        self.answer = form

    def form(self, part: NamePart, sex: Sex, case: Case, word: str) -> str:
        return self.answer if part is NamePart.SURNAME else PetrovichRules().form(part, sex, case, word)

    def sex(self, given: str) -> Sex | None:
        return None


@pytest.mark.parametrize("form", ["Лебедева", "Лебедевы", "Лебедeвой", "", "Лебедевой ", "Лебедевою"])
def test_f40_a_form_of_the_library_that_the_rules_do_not_bear_out_is_asked_about(form: str) -> None:
    found = Declension(Wrong(form)).decline("Лебедева Ольга Николаевна", Case.GENITIVE)
    assert found.asked
    assert found.text == "Лебедева Ольга Николаевна"
