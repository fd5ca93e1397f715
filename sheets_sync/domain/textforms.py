"""Forms of a text for showing and comparing: hidden characters out, look-alike letters into Cyrillic."""

import re
import unicodedata

_LATIN = "ABCEHKMOPTXYaceopxykmt"
_CYRILLIC = "АВСЕНКМОРТХУасеорхукмт"
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_SPACES = re.compile(r"\s+")


def cleaned(text: str) -> str:
    """Return a text composed (NFC), without hidden characters, with single plain spaces."""
    composed = unicodedata.normalize("NFC", text)
    if composed.isprintable():
        return _SPACES.sub(" ", composed).strip()
    seen = "".join(
        letter for letter in composed if unicodedata.category(letter) not in {"Cf", "Cs", "Cn", "Co"}
    )
    spaced = "".join(" " if unicodedata.category(letter) == "Cc" else letter for letter in seen)
    return _SPACES.sub(" ", spaced).strip()


def cyrillic_look(text: str) -> str:
    """Turn Latin look-alikes into Cyrillic in words that hold Cyrillic and nothing else but look-alikes."""
    return " ".join(_word(word) for word in text.split(" "))


def folded(text: str) -> str:
    """Return what two spellings of one text share: case, ё, quotes, dashes and spaces do not count."""
    plain = cyrillic_look(cleaned(text)).casefold().replace("ё", "е")
    return " ".join(re.findall(r"\w+", plain))


def to_cyrillic(text: str) -> str:
    """Turn every Latin letter that has a Cyrillic look-alike into it."""
    return text.translate(_TO_CYRILLIC)


def _word(word: str) -> str:
    changed = word.translate(_TO_CYRILLIC)
    if any("a" <= letter.casefold() <= "z" for letter in changed):
        return word
    return changed if any("CYRILLIC" in unicodedata.name(letter, "") for letter in word) else word
