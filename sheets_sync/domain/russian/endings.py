"""What grammar says about a word of a name: its form, that it never changes, or that one must ask.

The classes follow the rules of Russian on how surnames and given names decline (D. Rosenthal's reference
book, sections on names; A. Zaliznyak's paradigms), told in our own words at each rule. A rule that depends on
what no spelling shows — the stress, a vowel that drops out, a family's habit — says nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sheets_sync.domain.russian import words
from sheets_sync.domain.russian.case import OBLIQUE, Case, NamePart, Sex

VOWELS = "аеёиоуыэюя"
_HUSHES = "жшчщ"


@dataclass(frozen=True, slots=True)
class Paradigm:
    """How a word changes: what is cut off its end and the endings of the five oblique cases.

    Shape: an ending of None is one that the spelling does not tell.
    """

    cut: int
    endings: tuple[str | None, ...]

    def form(self, word: str, case: Case) -> str | None:
        """Return the word in a case, None where the ending is not known."""
        if case is Case.NOMINATIVE:
            return word
        ending = self.endings[OBLIQUE.index(case)]
        return None if ending is None else word[: len(word) - self.cut] + ending

    @property
    def fixed(self) -> bool:
        """Whether nothing ever changes."""
        return self.cut == 0 and set(self.endings) == {""}


FIXED = Paradigm(0, ("",) * 5)


def paradigm(part: NamePart, sex: Sex, word: str) -> Paradigm | None:
    """Return how one word (no hyphens) of a name changes, None where grammar alone cannot tell."""
    return _RULES[part, sex](word.casefold())


def _hard(low: str, stressed: bool | None = False) -> Paradigm:
    # After ж, ш, ч, щ, ц the instrumental is -ом under stress and -ем without it.
    soft = low[-1] in _HUSHES or low[-1] == "ц"
    instrumental = {False: "ем", True: "ом", None: None}[stressed] if soft else "ом"
    return Paradigm(0, ("а", "у", "а", instrumental, "е"))


def _soft(low: str) -> Paradigm:
    return Paradigm(1, ("я", "ю", "я", "ем", "ии" if low.endswith("ий") else "е"))


def _in_a(low: str, stressed: bool | None = False) -> Paradigm:
    before = low[-2]
    genitive = "и" if before in "гкх" or before in _HUSHES else "ы"
    soft = before in _HUSHES or before == "ц"
    instrumental = {False: "ей", True: "ой", None: None}[stressed] if soft else "ой"
    return Paradigm(1, (genitive, "е", "у", instrumental, "е"))


def _in_ya(low: str, *, short: bool = True) -> Paradigm:
    dative = "и" if low.endswith("ия") and short else "е"
    return Paradigm(1, ("и", dative, "ю", "ей", dative))


_THIRD = Paradigm(1, ("и", "и", "ь", "ью", "и"))
_POSSESSIVE_M = Paradigm(0, ("а", "у", "а", "ым", "е"))
_POSSESSIVE_F = Paradigm(1, ("ой", "ой", "у", "ой", "ой"))
_ADJECTIVE_F = Paradigm(2, ("ой", "ой", "ую", "ой", "ой"))


def _adjective(low: str) -> Paradigm:
    instrumental = "им" if low[-3] in "гкх" + _HUSHES else "ым"
    return Paradigm(2, ("ого", "ому", "ого", instrumental, "ом"))


def _surname(low: str, sex: Sex) -> Paradigm | None:
    if low in words.FIXED_SURNAMES or _is_fixed_surname(low):
        return FIXED
    if low in words.UNSETTLED_SURNAMES:
        return None
    if low[-1] in "ая":
        return _surname_in_a(low, sex)
    return _male_surname(low) if sex is Sex.MALE else _female_consonant(low)


def _is_fixed_surname(low: str) -> bool:
    # Surnames in -о, -е, -и, -у, -ю, -ы, -э and old genitives in -ых, -их (Седых, Долгих) change in no case.
    if low[-1] in "оеёиуюыэ":
        return True
    adjective = low.endswith("ых") or (low.endswith("их") and low[-3] in "гкхн" + _HUSHES)
    return adjective and _syllables(low) > 1


def _surname_in_a(low: str, sex: Sex) -> Paradigm | None:
    before = low[-2]
    if low[-1] == "а" and before in VOWELS:
        return FIXED  # Галуа, Гарсиа: -а after a vowel
    if low.endswith(("ова", "ева", "ёва", "ина", "ына")) and low not in words.NOUNS_IN_OVA_INA:
        return _POSSESSIVE_F if sex is Sex.FEMALE else None
    if low in words.NOUNS_IN_OVA_INA:
        # A woman Калина may come of a Калин or of a Калина.
        return _in_a(low) if sex is Sex.MALE else None
    if low.endswith(("ая", "яя")):
        clear = low.endswith("ая") and low[-3] not in _HUSHES + "ц"
        return _ADJECTIVE_F if sex is Sex.FEMALE and clear else None
    if low.endswith("ия"):
        return _in_ya(low) if low in words.DECLINED_IN_IYA else None
    if low[-1] == "я":
        return _in_ya(low)
    return _in_a(low, False if low.endswith("ица") else None)


def _male_surname(low: str) -> Paradigm | None:
    if low.endswith(("ов", "ев", "ёв", "ин", "ын")):
        if _syllables(low) == 1 or low in words.FOREIGN_IN_OV_IN:
            # Foreign surnames that only look like Russian ones: Дарвин, Чаплин, Грин take -ом.
            return _hard(low) if low.endswith(("ин", "ын")) or low in words.FOREIGN_IN_OV_IN else None
        return _POSSESSIVE_M
    if low.endswith(("ый", "ий", "ой")):
        return _male_surname_in_yi(low)
    if low in words.DROPPING_SURNAMES or _may_drop_a_vowel(low):
        return None
    if low[-1] == "й":
        return _soft(low)
    if low[-1] == "ь":
        return _soft(low) if low[-2] not in _HUSHES else None
    if low.endswith("их"):
        return _hard(low) if low in words.GERMAN_IN_IKH else None
    if low.endswith("ич") and _syllables(low) > 1:
        return _hard(low)
    return _hard(low, words.STRESS_OF_SURNAMES.get(low))


def _may_drop_a_vowel(low: str) -> bool:
    # -ец, -ок, -ёк, -ек, -ень: some families say Кравца, some Кравеца.
    return low.endswith(("ец", "ок", "ёк", "ек", "ень")) and _syllables(low) > 1


def _male_surname_in_yi(low: str) -> Paradigm | None:
    if low in words.NOUNS_IN_YI or _syllables(low) == 1:
        return _soft(low)
    if low.endswith("ий") and low[-3] not in "гкх":
        return None  # Палий is a noun, Синий an adjective
    if low.endswith("ой") and low[-3] not in "квлнрст":
        return None  # Козодой is a noun, Седой an adjective
    if low.endswith("ый") and low[-3] in _HUSHES + "ц":
        return None
    return _adjective(low)


def _female_consonant(low: str) -> Paradigm | None:
    # With women surnames in a consonant, -й or -ь do not change; a man's suffix is a slip of the pen.
    if low.endswith(("ов", "ев", "ёв", "ын", "ин")) and _syllables(low) > 1:
        return FIXED if low in words.FOREIGN_IN_OV_IN else None
    if low.endswith(("ый", "ий", "ой")) and _syllables(low) > 1:
        return FIXED if low in words.NOUNS_IN_YI else None
    return FIXED


def _male_given(low: str) -> Paradigm | None:
    if low in words.DROPPING_MALE_NAMES or low[-1] in "оё":
        # Лев, Павел, Пётр lose a vowel; Данило is Данилы or Данила.
        return FIXED if low in words.FIXED_MALE_NAMES else None
    if low[-1] in VOWELS.replace("а", "").replace("я", ""):
        return FIXED  # Али, Гаджи
    if low[-1] == "а":
        return _in_a(low, False if low in words.SHORT_NAMES else None) if low[-2] not in VOWELS else None
    if low[-1] == "я":
        return _in_ya(low) if low[-2] not in "и" else None
    if low[-1] in "йь":
        return _soft(low)
    return _hard(low, words.STRESS_OF_SURNAMES.get(low))


def _female_given(low: str) -> Paradigm | None:
    if low[-1] == "ь":
        # Нинель, Юдифь change; Айгуль, Гузель are told both ways.
        return _THIRD if low in words.THIRD_DECLENSION_NAMES else None
    if low[-1] == "а":
        return _in_a(low, False if low in words.SHORT_NAMES else None) if low[-2] not in VOWELS else None
    if low[-1] == "я":
        if low.endswith("ия") and low not in words.NAMES_IN_IYA:
            return Paradigm(1, ("и", None, "ю", "ей", None))  # Марии, but Зульфие: the stress decides
        return _in_ya(low)
    return FIXED  # Аминат, Эсет, Мадлен; Софико, Бетти


def _male_patronymic(low: str) -> Paradigm | None:
    if low.endswith(("ович", "евич")):
        return _hard(low)
    if low.endswith(("ич", "ыч")):
        return _hard(low, words.STRESS_OF_PATRONYMICS.get(low))
    return None


def _female_patronymic(low: str) -> Paradigm | None:
    return _in_a(low) if low.endswith(("овна", "евна", "ична")) else None


def _syllables(low: str) -> int:
    return sum(letter in VOWELS for letter in low)


_RULES: dict[tuple[NamePart, Sex], Callable[[str], Paradigm | None]] = {
    (NamePart.SURNAME, Sex.MALE): lambda low: _surname(low, Sex.MALE),
    (NamePart.SURNAME, Sex.FEMALE): lambda low: _surname(low, Sex.FEMALE),
    (NamePart.GIVEN, Sex.MALE): _male_given,
    (NamePart.GIVEN, Sex.FEMALE): _female_given,
    (NamePart.PATRONYMIC, Sex.MALE): _male_patronymic,
    (NamePart.PATRONYMIC, Sex.FEMALE): _female_patronymic,
}
