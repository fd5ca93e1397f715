"""The words the rules of Russian speak in: cases, sexes, parts of a full name."""

from enum import StrEnum


class Case(StrEnum):
    """A grammatical case."""

    NOMINATIVE = "именительный"
    GENITIVE = "родительный"
    DATIVE = "дательный"
    ACCUSATIVE = "винительный"
    INSTRUMENTAL = "творительный"
    PREPOSITIONAL = "предложный"

    @property
    def short(self) -> str:
        """«род.», «дат.»: as the titles of columns and notes print it."""
        return _SHORT[self]


_SHORT = {
    Case.NOMINATIVE: "им.",
    Case.GENITIVE: "род.",
    Case.DATIVE: "дат.",
    Case.ACCUSATIVE: "вин.",
    Case.INSTRUMENTAL: "твор.",
    Case.PREPOSITIONAL: "предл.",
}

OBLIQUE = (Case.GENITIVE, Case.DATIVE, Case.ACCUSATIVE, Case.INSTRUMENTAL, Case.PREPOSITIONAL)
"""Every case but the nominative, in the order in which endings are listed."""


class Sex(StrEnum):
    """Grammatical sex of a name, as «Реестр» writes it."""

    MALE = "м"
    FEMALE = "ж"


class NamePart(StrEnum):
    """Part of a full name."""

    SURNAME = "фамилия"
    GIVEN = "имя"
    PATRONYMIC = "отчество"


def case_named(text: str) -> Case | None:
    """Read a case from «родительный», «род.», «род»; None for any other word."""
    word = text.strip().casefold().rstrip(".")
    return next((case for case in Case if word in {case.value, case.short.rstrip(".")}), None)
