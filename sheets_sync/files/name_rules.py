"""The library of Russian names behind the port of the rules: it proposes forms, the rules check them."""

from functools import cached_property

from pytrovich.detector import PetrovichGenderDetector
from pytrovich.enums import Case as TheirCase
from pytrovich.enums import Gender
from pytrovich.enums import NamePart as TheirPart
from pytrovich.maker import PetrovichDeclinationMaker

from sheets_sync.domain.russian import Case, NamePart, Sex

_CASES = {
    Case.NOMINATIVE: TheirCase.NOMINATIVE,
    Case.GENITIVE: TheirCase.GENITIVE,
    Case.DATIVE: TheirCase.DATIVE,
    Case.ACCUSATIVE: TheirCase.ACCUSATIVE,
    Case.INSTRUMENTAL: TheirCase.INSTRUMENTAL,
    Case.PREPOSITIONAL: TheirCase.PREPOSITIONAL,
}
_PARTS = {
    NamePart.SURNAME: TheirPart.LASTNAME,
    NamePart.GIVEN: TheirPart.FIRSTNAME,
    NamePart.PATRONYMIC: TheirPart.MIDDLENAME,
}
_SEXES = {Sex.MALE: Gender.MALE, Sex.FEMALE: Gender.FEMALE}


class PetrovichRules:
    """`NameRules` by pytrovich; its tables are read from its package when first needed."""

    @cached_property
    def _maker(self) -> PetrovichDeclinationMaker:
        return PetrovichDeclinationMaker()

    @cached_property
    def _detector(self) -> PetrovichGenderDetector:
        return PetrovichGenderDetector()

    def form(self, part: NamePart, sex: Sex, case: Case, word: str) -> str:
        """Return a word of a name in a case; the word itself where the library knows nothing."""
        return str(self._maker.make(_PARTS[part], _SEXES[sex], _CASES[case], word))

    def sex(self, given: str) -> Sex | None:
        """Return whose given name it is, None when the library does not know."""
        found = self._detector.detect(firstname=given)  # type: ignore[no-untyped-call]  # it is not annotated
        return next((sex for sex, theirs in _SEXES.items() if theirs is found), None)
