"""A full name taken apart: which word is the surname, the given name, the patronymic; whose name it is."""

from dataclasses import dataclass
from typing import Protocol

from sheets_sync.domain.names import odd_letters, shown_name, wrong_name
from sheets_sync.domain.russian import words
from sheets_sync.domain.russian.case import Case, NamePart, Sex

_MALE_PATRONYMIC = ("ович", "евич", "ич", "ыч")
_FEMALE_PATRONYMIC = ("овна", "евна", "ична", "инична")
_MALE_PARTICLES = frozenset({"оглы", "оглу", "угли", "улы", "уулу"})
_FEMALE_PARTICLES = frozenset({"кызы", "гызы", "кизи", "қизи"})
_PARTICLES = _MALE_PARTICLES | _FEMALE_PARTICLES
_MALE_SURNAME = ("ов", "ев", "ёв", "ин", "ын", "ский", "цкий", "ской", "цкой")
_FEMALE_SURNAME = ("ова", "ева", "ёва", "ина", "ына", "ская", "цкая", "ая")


class NameRules(Protocol):
    """What a library of Russian names knows; it may be wrong, and is checked."""

    def form(self, part: NamePart, sex: Sex, case: Case, word: str) -> str:
        """Return a word of a name in a case; the word itself where the library knows nothing."""
        ...

    def sex(self, given: str) -> Sex | None:
        """Return whose given name it is, None when the library does not know."""
        ...


@dataclass(frozen=True, slots=True)
class FullName:
    """A name in its own word order.

    Shape: `words` pairs every word or group («Рашид оглы») with its part; `doubt` says in Russian why it
    cannot be taken apart, "" when it can.
    """

    words: tuple[tuple[NamePart, str], ...]
    doubt: str = ""

    def part(self, part: NamePart) -> str:
        """Return the words of a part, "" without any."""
        return " ".join(word for kind, word in self.words if kind is part)

    @property
    def text(self) -> str:
        """The name as it is printed."""
        return " ".join(word for _, word in self.words)


def read_name(text: str) -> FullName:
    """Take a name apart, surname first or last; letters, hyphens and capitals are put right before."""
    shown = shown_name(text)
    pieces = shown.split(" ") if shown else []
    problem = wrong_name(text)
    if not problem and (odd_letters(shown) or not all(_cyrillic(piece) for piece in pieces)):
        problem = "в имени есть буквы другого алфавита"
    if problem:
        return FullName(((NamePart.SURNAME, shown),), problem)
    groups = _grouped(pieces)
    if len(groups) > 3:
        return FullName(((NamePart.SURNAME, shown),), "в имени больше трёх слов")
    order = [NamePart.SURNAME, NamePart.GIVEN, NamePart.PATRONYMIC][: len(groups)]
    if _by_patronymic(groups[1]):
        if len(groups) == 2:
            return FullName(((NamePart.SURNAME, shown),), "нет фамилии или имени")
        order = [NamePart.GIVEN, NamePart.PATRONYMIC, NamePart.SURNAME]
    elif len(groups) == 2 and _is_surname(groups[1]) and not _is_surname(groups[0]):
        return FullName(((NamePart.SURNAME, shown),), "не понятно, где фамилия, а где имя")
    return FullName(tuple(zip(order, groups, strict=True)))


def sex_of(name: FullName, rules: NameRules, said: Sex | None = None) -> Sex | None:
    """Return whose name it is: by the patronymic and what is known, else by surname and library; None to ask.

    Contradicting signs count as none.
    """
    signs = {_by_patronymic(name.part(NamePart.PATRONYMIC)), said} - {None}
    if not signs:
        given = name.part(NamePart.GIVEN).casefold()
        shaped, known = _by_surname(name.part(NamePart.SURNAME)), rules.sex(given)
        # By endings alone the library takes Аминат for a man and Абдулла for a woman: its word counts for the
        # names that everybody knows, and as a contradiction where the name ends like the other sex.
        if given not in words.CERTAIN_NAMES and not (shaped and given[-1:] in ("а", "я")):
            known = None
        signs = {shaped, known} - {None}
    return signs.pop() if len(signs) == 1 else None


def is_fixed_patronymic(text: str) -> bool:
    """Whether a patronymic is made with оглы, кызы and the like, which no case changes."""
    last = text.replace("-", " ").casefold().split(" ")[-1:]
    return bool(last) and last[0] in _PARTICLES


def _grouped(pieces: list[str]) -> list[str]:
    found: list[str] = []
    for word in pieces:
        if word.casefold() in _PARTICLES and len(found) > 2:
            found[-1] = f"{found[-1]} {word.casefold()}"
        else:
            found.append(word)
    return found


def _by_patronymic(word: str) -> Sex | None:
    low = word.casefold()
    last = low.replace("-", " ").split(" ")[-1] if low else ""
    if low.endswith(_FEMALE_PATRONYMIC) or last in _FEMALE_PARTICLES:
        return Sex.FEMALE
    if low.endswith(_MALE_PATRONYMIC) or last in _MALE_PARTICLES:
        return Sex.MALE
    return None


def _by_surname(word: str) -> Sex | None:
    low = word.casefold()
    if low in words.NOUNS_IN_OVA_INA or low in words.FOREIGN_IN_OV_IN or low in words.NOUNS_IN_YI:
        return None
    if low.endswith(_FEMALE_SURNAME):
        return Sex.FEMALE
    return Sex.MALE if low.endswith(_MALE_SURNAME) and _syllables(low) > 1 else None


def _is_surname(word: str) -> bool:
    return _by_surname(word) is not None


def _syllables(word: str) -> int:
    return sum(letter in "аеёиоуыэюя" for letter in word.casefold())


def _cyrillic(word: str) -> bool:
    low = word.casefold()
    return low in _PARTICLES or all("а" <= letter <= "я" or letter in "ё'’`-" for letter in low)
