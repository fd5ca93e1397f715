"""Open answers that may be shown to the curator without their authors: nobody seems to be named in them.

Who writes about a mentor may name a child whose consent was never given. Such an answer is left out and only
counted; the curator reads it in the sheet of answers. Erring towards leaving out is meant. A nickname in
small letters looks like any other word, so what is shown is still for the curator's eyes alone: no report,
document or letter takes an open answer; words for others are written by the curator.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SENTENCE = re.compile(r"[.!?…:\n]+")
_CODE_OR_CONTACT = re.compile(r"[УП]-\d|@|\d{5,}|(?:\d[\s()-]*){7,}", re.IGNORECASE)
_STEM_ENDING, _SHORTEST_STEM = 2, 3
_TOO_SHORT = 2


@dataclass(frozen=True, slots=True)
class OpenAnswers:
    """Texts that may be shown, each once and in alphabetical order, and how many were left out."""

    shown: tuple[str, ...]
    left_out: int


class NameSpotter:
    """Knows the people of the school by the stems of their names: cases change only the endings."""

    def __init__(self, names: Iterable[str]) -> None:
        words = {word for name in names for word in _WORD.findall(_plain(name)) if len(word) > _TOO_SHORT}
        self._stems = tuple(
            sorted({stem for word in words for part in word.split("-") for stem in _stems(part)})
        )

    def names_somebody(self, text: str) -> bool:
        """Whether a text may name a person: a known name, a capital inside a sentence, a code, a contact."""
        if _CODE_OR_CONTACT.search(text):
            return True
        for sentence in _SENTENCE.split(text):
            for place, word in enumerate(_WORD.findall(sentence)):
                if place and word[0].isupper() and not word.isupper():
                    return True
                if word[0].isupper() and self._known(word):
                    return True
                if self._known_whole(word):
                    return True
        return False

    def names_known(self, text: str) -> bool:
        """Whether a text names somebody of the school; names that nobody here bears are let through."""
        return any(
            self._known_whole(word) or (word[0].isupper() and self._known(word))
            for word in _WORD.findall(text)
        )

    def _known(self, word: str) -> bool:
        return _plain(word).startswith(self._stems)

    def _known_whole(self, word: str) -> bool:
        """Whether a word in small letters is a name with at most a case ending, the stem being a long one."""
        plain = _plain(word)
        return any(len(stem) > _SHORTEST_STEM + 1 and plain.startswith(stem) for stem in self._stems)


def open_answers(texts: Iterable[str], spotter: NameSpotter) -> OpenAnswers:
    """Return the answers in which nobody is named; an empty one or a dash says nothing."""
    said = [" ".join(text.split()) for text in texts]
    meant = [text for text in said if _WORD.search(text)]
    shown = {text for text in meant if not spotter.names_somebody(text)}
    return OpenAnswers(tuple(sorted(shown, key=str.casefold)), sum(text not in shown for text in meant))


def _plain(text: str) -> str:
    return text.casefold().replace("ё", "е")


def _stems(word: str) -> set[str]:
    """Return what all cases of a name begin with; Лев, Льва: a vowel before the last letter may vanish."""
    found = {word[: max(_SHORTEST_STEM, len(word) - _STEM_ENDING)]}
    if len(word) == _SHORTEST_STEM and word[1] in "ео":
        found.add(f"{word[0]}ь{word[2]}")
    return found
