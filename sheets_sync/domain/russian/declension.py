"""Names in cases: the library proposes, the rules check, people have the last word, and nobody guesses."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sheets_sync.domain.findings import Finding, Severity
from sheets_sync.domain.names import name_key
from sheets_sync.domain.russian import words
from sheets_sync.domain.russian.case import OBLIQUE, Case, NamePart, Sex
from sheets_sync.domain.russian.endings import VOWELS, paradigm
from sheets_sync.domain.russian.fullname import (
    FullName,
    NameRules,
    is_fixed_patronymic,
    read_name,
    sex_of,
)
from sheets_sync.domain.textforms import cleaned

NBSP = "\N{NO-BREAK SPACE}"
_SURNAME_ENDS = ("ов", "ев", "ёв", "ин", "ын", "ий", "ый", "ой", "ич", "ых", "их")
_SETTLED = {
    (NamePart.GIVEN, Sex.MALE): words.SETTLED,
    (NamePart.GIVEN, Sex.FEMALE): words.SETTLED,
    (NamePart.SURNAME, Sex.MALE): words.SETTLED_SURNAMES,
}

Forms = Mapping[tuple[str, Case], str]
"""Forms that people gave, by (`name_key` of the name or post, case)."""


@dataclass(frozen=True, slots=True)
class Declined:
    """A name or post in a case.

    Shape: `confirmed` when a person gave the form or none was needed; `doubt` says in Russian why no form is
    sure, and then `text` is the nominative; `nominative` is what was declined.
    """

    text: str
    confirmed: bool
    doubt: str = ""
    nominative: str = ""
    case: Case = Case.NOMINATIVE

    @property
    def asked(self) -> bool:
        """Whether a person must give the form."""
        return bool(self.doubt)


@dataclass(frozen=True, slots=True)
class Declension:
    """Declines full names; `hand` holds what people gave, which always goes first."""

    rules: NameRules
    hand: Forms = field(default_factory=dict)

    def decline(
        self, full_name: str, case: Case, sex: Sex | None = None, manual: str | None = None
    ) -> Declined:
        """Return a full name in a case, its words in their own order.

        Shape: `sex` is what «Реестр» knows; `manual` is the form given for this person, which wins over
        everything.
        """
        name = read_name(full_name)
        if given := self._by_hand(full_name, case, manual):
            return Declined(given, True, "", name.text, case)
        if case is Case.NOMINATIVE:
            return Declined(name.text, True, "", name.text, case)
        return self._of_parts(name, case, sex, tuple(NamePart))

    def surname_initials(
        self, full_name: str, case: Case = Case.NOMINATIVE, sex: Sex | None = None, manual: str | None = None
    ) -> Declined:
        """Return «Лебедеву О.Н.», as running text names a person."""
        return self._short(full_name, case, sex, manual, "{surname}{space}{initials}")

    def initials_surname(
        self, full_name: str, case: Case = Case.NOMINATIVE, sex: Sex | None = None, manual: str | None = None
    ) -> Declined:
        """Return «О.Н. Лебедева», as a signature names a person."""
        return self._short(full_name, case, sex, manual, "{initials}{space}{surname}")

    def _short(
        self, full_name: str, case: Case, sex: Sex | None, manual: str | None, pattern: str
    ) -> Declined:
        name = read_name(full_name)
        initials = _initials(name)
        if name.doubt or not initials:
            return Declined(name.text, case is Case.NOMINATIVE, name.doubt, name.text, case)
        given = self._by_hand(full_name, case, manual)
        if given:
            place = next(n for n, (part, _) in enumerate(name.words) if part is NamePart.SURNAME)
            surname = Declined(given.split(" ")[0 if place == 0 else -1], True)
        elif case is Case.NOMINATIVE:
            surname = Declined(name.part(NamePart.SURNAME), True)
        else:
            surname = self._of_parts(name, case, sex, (NamePart.SURNAME,))
        text = pattern.format(surname=surname.text, initials=initials, space=NBSP)
        return Declined(text, surname.confirmed, surname.doubt, name.text, case)

    def _by_hand(self, full_name: str, case: Case, manual: str | None) -> str:
        return cleaned(manual or "") or self.hand.get((name_key(full_name), case), "")

    def _of_parts(
        self, name: FullName, case: Case, said: Sex | None, parts: tuple[NamePart, ...]
    ) -> Declined:
        wanted = " ".join(word for part, word in name.words if part in parts)
        sex = None if name.doubt else sex_of(name, self.rules, said)
        if sex is None:
            doubt = name.doubt or "не ясно, мужское имя или женское"
            return Declined(wanted, False, doubt, name.text, case)
        formed = []
        for part, word in name.words:
            if part not in parts:
                continue
            form = _form(self.rules, part, sex, case, word)
            if form is None:
                return Declined(wanted, False, f"{part.value} «{word}»: форма не ясна", name.text, case)
            formed.append(form)
        return Declined(" ".join(formed), False, "", name.text, case)


def unconfirmed(forms: Iterable[Declined]) -> tuple[str, ...]:
    """List the forms that no person has confirmed, as a draft marks them: «Лебедеву О.Н. (вин.)»."""
    found = dict.fromkeys(
        f"{form.text} ({form.case.short}{'; ' + form.doubt if form.doubt else ''})"
        for form in forms
        if not form.confirmed
    )
    return tuple(found)


def cases_finding(key: str, place: str, forms: Iterable[Declined]) -> Finding | None:
    """Ask people to look at a document's unconfirmed forms, None when there are none."""
    forms = list(forms)
    listed = unconfirmed(forms)
    if not listed:
        return None
    asked = any(form.asked for form in forms)
    return Finding(
        f"падежи/{key}",
        place,
        f"Падежи не подтверждены: {', '.join(listed)}",
        Severity.QUESTION if asked else Severity.NOTE,
        subject=key,
    )


def _initials(name: FullName) -> str:
    given = [word for part, word in name.words if part is not NamePart.SURNAME]
    return "".join("-".join(f"{piece[0].upper()}." for piece in _pieces(word)) for word in given)


def _pieces(word: str) -> list[str]:
    # «Рашид оглы» is one initial, «Магомед-Эмин» two.
    return [piece for piece in word.split(" ")[0].split("-") if piece and not is_fixed_patronymic(piece)]


def _form(rules: NameRules, part: NamePart, sex: Sex, case: Case, word: str) -> str | None:
    """Return a word or hyphenated word in a case, None when nobody can be sure."""
    if is_fixed_patronymic(word):
        return word
    pieces = word.split("-")
    formed: list[str] = []
    for place, piece in enumerate(pieces):
        first = place < len(pieces) - 1
        form = _kept_first(part, sex, piece) if first else ""
        if form is None:
            return None
        form = form or _checked(rules, part, sex, case, piece)
        if form is None:
            return None
        formed.append(form)
    return "-".join(formed)


def _kept_first(part: NamePart, sex: Sex, piece: str) -> str | None:
    """Return the first half of a double name that no case changes, "" when it changes, None to ask.

    Both halves of a double surname change when the first is a surname of its own (Петрова-Водкина); of
    compound names and patronymics of men only the last half does (Магомед-Эмина, Хас-Магомедовича).
    """
    low = piece.casefold()
    if part is NamePart.PATRONYMIC:
        return piece
    if part is NamePart.GIVEN:
        if sex is Sex.FEMALE:
            return ""
        return piece if low[-1:] not in ("а", "я") else None
    if sex is Sex.FEMALE or low in words.FIXED_SURNAMES or low[-1:] in VOWELS or low.endswith(_SURNAME_ENDS):
        return ""
    return None


def _checked(rules: NameRules, part: NamePart, sex: Sex, case: Case, word: str) -> str | None:
    low = word.casefold()
    settled = _SETTLED.get((part, sex), {}).get(low)
    if settled:
        form = settled[OBLIQUE.index(case)]
        return form[:1].upper() + form[1:]
    rule = paradigm(part, sex, word)
    expected = rule.form(word, case) if rule else None
    if expected is None or (rule and rule.fixed) or low in words.TOLD:
        return expected
    return expected if _same(rules.form(part, sex, case, word), expected) else None


def _same(one: str, other: str) -> bool:
    return one.casefold().replace("ё", "е") == other.casefold().replace("ё", "е")
