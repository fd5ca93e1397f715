"""Names of people: what to show, what to compare, what looks wrong. The answer itself is never changed."""

import re
import unicodedata
from functools import lru_cache

from sheets_sync.domain.textforms import cleaned, cyrillic_look, to_cyrillic

_PARTICLES = frozenset({"оглы", "оглу", "кызы", "гызы", "кизи", "угли", "улы", "уулу"})
_MALE_ENDINGS = ("ич", "оглы", "оглу", "угли", "улы", "уулу")
_FEMALE_ENDINGS = ("на", "кызы", "гызы", "кизи")
_REMEMBERED = 65_536
_CYRILLIC = re.compile(r"[А-Яа-яЁё]")
_LATIN = re.compile(r"[A-Za-z]")
_WORD = re.compile(r"[^\W\d_]+(?:['’`-][^\W\d_]+)*")


@lru_cache(maxsize=_REMEMBERED)
def shown_name(text: str) -> str:
    """Return a name as it is printed: tidy spaces and hyphens, Cyrillic letters, capitals in place."""
    tidy = re.sub(r"\s*[-‐‑‒–—]\s*", "-", cyrillic_look(cleaned(text)))
    if _CYRILLIC.search(tidy):
        # Beside Russian words one that has only letters of both alphabets is Russian too: «OPEX Лев».
        tidy = " ".join(_russian(word) for word in tidy.split(" "))
    return " ".join(_capitals(word) for word in tidy.split(" "))


@lru_cache(maxsize=_REMEMBERED)
def name_words(text: str) -> tuple[str, ...]:
    """Return the words of a name folded for comparing: small letters, ё as е, one kind of hyphen."""
    folded = shown_name(text).casefold().replace("ё", "е")
    return tuple(re.sub(r"['’`]", "", word) for word in _WORD.findall(folded))


def name_key(text: str) -> str:
    """Return what two spellings of one full name share, whatever the order of its words; "" for no name."""
    return " ".join(sorted(name_words(text)))


def wrong_name(text: str) -> str:
    """Say in Russian why a text cannot be a full name, "" when it can."""
    tidy = shown_name(text)
    words = name_words(tidy)
    if not words:
        return "имя не указано"
    if any(letter.isdigit() for letter in tidy):
        return "в имени есть цифры"
    if len(words) < 2:
        return "нужны фамилия и имя полностью"
    if len(words) > 6:
        return "слишком много слов для имени"
    if any(len(word) == 1 for word in words[:2]):
        return "вместо имени инициалы"
    if not any("а" <= letter <= "я" for letter in "".join(words)):
        return "имя написано не по-русски"
    return ""


def odd_letters(text: str) -> bool:
    """Whether a name mixes alphabets or hides control characters, so that a person should look at it."""
    hidden = any(unicodedata.category(letter) == "Cf" for letter in text)
    return hidden or any(_mixed(word) for word in _WORD.findall(cleaned(text)))


def sex_by_name(text: str) -> str:
    """Return «м» or «ж» where the patronymic says so, "" otherwise: never a guess."""
    for word in name_words(text)[2:]:
        if word.endswith(_FEMALE_ENDINGS):
            return "ж"
        if word.endswith(_MALE_ENDINGS):
            return "м"
    return ""


def _russian(word: str) -> str:
    changed = to_cyrillic(word)
    return word if len(word) < 2 or _LATIN.search(changed) else changed


def _capitals(word: str) -> str:
    if word.casefold() in _PARTICLES:
        return word.casefold()
    if word.islower() or (word.isupper() and len(word) > 1 and "." not in word):
        return "-".join(part[:1].upper() + part[1:].lower() for part in word.split("-"))
    return word


def _mixed(word: str) -> bool:
    scripts = {unicodedata.name(letter, "").split(" ")[0] for letter in word if letter.isalpha()}
    return len(scripts & {"CYRILLIC", "LATIN", "GREEK"}) > 1
