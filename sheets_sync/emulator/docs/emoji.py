"""Whether a text is one emoji, for the icon of a tab.

Source: Unicode Technical Standard 51 (emoji_sequence: a character with presentation selector, skin tone or
tag sequence, a keycap, a flag, or several of them joined); characters are known by their general category,
so that a symbol of no emoji presentation passes too (assumed to do no harm).
"""

from __future__ import annotations

import re
from unicodedata import category

_PRESENTATION, _JOINER, _KEYCAP = "\ufe0f", "\u200d", "\u20e3"
_SHAPE = re.compile(rf"b{_PRESENTATION}?t?g*(?:{_JOINER}b{_PRESENTATION}?t?)*|ff|d{_PRESENTATION}?{_KEYCAP}")
_OTHER_BASES = frozenset("‼⁉↔▪▫▶◀◽◾♯⤴⤵〰〽㊗㊙")


def _kind(char: str) -> str:
    code = ord(char)
    if 0x1F1E6 <= code <= 0x1F1FF:
        return "f"
    if 0x1F3FB <= code <= 0x1F3FF:
        return "t"
    if 0xE0020 <= code <= 0xE007F:
        return "g"
    if char in (_PRESENTATION, _JOINER, _KEYCAP):
        return char
    if char in "0123456789#*":
        return "d"
    return "b" if category(char) == "So" or char in _OTHER_BASES else "x"


def is_emoji(text: str) -> bool:
    """Say whether a text is exactly one emoji."""
    return _SHAPE.fullmatch("".join(map(_kind, text))) is not None
