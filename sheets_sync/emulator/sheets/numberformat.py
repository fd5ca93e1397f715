"""Shows a number by a format pattern, or by the automatic format.

Source: guide "Date and number formats" (tokens ``0 # ? . , % E+ "text" \\c @ * _``, up to four sections).
Conditions and colours in square brackets choose a section; colours change nothing in the text.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from .dateformat import is_date_pattern, show_date
from .digitpattern import show_digits
from .locales import Locale

_BRACKET = re.compile(r'"[^"]*"|\\.|\[([^\]]*)\]')
_CONDITION = re.compile(r"^(<=|>=|<>|=|<|>)(-?[\d.]+)$")
_TOKENS = re.compile(r'"[^"]*"|\\.|\*.|_.|[eE][+-]0+|[0#?.,%]+|@|.', re.DOTALL)


def show_general(value: float, locale: Locale) -> str:
    """Shows a number as a cell without a format does.

    Source: recorded answer (1/1024 → 0.0009765625); ten significant decimals otherwise (assumed).
    """
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    size = abs(value)
    if size >= 1e15 or size < 1e-9:
        mantissa, _, exponent = f"{value:.5E}".partition("E")
        mantissa = mantissa.rstrip("0").rstrip(".")
        return f"{mantissa}E{exponent[0]}{exponent[1:].zfill(2)}".replace(".", locale.decimal)
    shown = f"{Decimal(repr(value)).quantize(Decimal(1).scaleb(-_decimals(size)), ROUND_HALF_UP):f}"
    if "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    return shown.replace(".", locale.decimal)


def _decimals(size: float) -> int:
    if size < 1:
        return 10
    return max(0, 10 - len(str(int(size))))


def show_number(value: float, pattern: str, locale: Locale) -> str:
    """Shows a number by a pattern; patterns with date letters show a date or a time."""
    section, shown_value = _choose(pattern, value)
    if section.strip().lower() == "general":
        return show_general(shown_value, locale)
    if is_date_pattern(section):
        return show_date(shown_value, section, locale)
    return show_digits(shown_value, section, locale, show_general(shown_value, locale))


def show_text(value: str, pattern: str) -> str:
    """Shows a text by the text section of a pattern (the part with ``@``)."""
    sections = _sections(pattern)
    section = sections[3] if len(sections) > 3 else (sections[0] if "@" in sections[0] else "@")
    return "".join(
        value if token == "@" else token[1:-1] if token.startswith('"') else token.removeprefix("\\")
        for token in _TOKENS.findall(section)
    )


@lru_cache(maxsize=512)
def _sections(pattern: str) -> tuple[str, ...]:
    parts, current, quoted = [], "", False
    for place, letter in enumerate(pattern):
        if letter == '"' and pattern[place - 1 : place] != "\\":
            quoted = not quoted
        if letter == ";" and not quoted:
            parts.append(current)
            current = ""
        else:
            current += letter
    return (*parts, current)


def _choose(pattern: str, value: float) -> tuple[str, float]:
    sections = _sections(pattern)
    conditional = [(part, _condition(part)) for part in sections]
    if any(condition for _, condition in conditional):
        for part, condition in conditional:
            if condition is None or _holds(value, condition):
                return _strip_brackets(part), value
        return "General", value
    if value < 0 and len(sections) > 1:
        return _strip_brackets(sections[1]), -value
    if value == 0 and len(sections) > 2:
        return _strip_brackets(sections[2]), value
    return _strip_brackets(sections[0]), value


def _condition(part: str) -> tuple[str, float] | None:
    for inside in _BRACKET.findall(part):
        if match := _CONDITION.match(inside or ""):
            return match[1], float(match[2])
    return None


def _holds(value: float, condition: tuple[str, float]) -> bool:
    sign, edge = condition
    return {
        "<": value < edge,
        ">": value > edge,
        "<=": value <= edge,
        ">=": value >= edge,
        "=": value == edge,
        "<>": value != edge,
    }[sign]


def _strip_brackets(part: str) -> str:
    def keep(match: re.Match[str]) -> str:
        inside = match[1]
        if inside is None or re.fullmatch(r"h+|m+|s+", inside, re.IGNORECASE):
            return match[0]
        return f'"{inside[1:].split("-")[0]}"' if inside.startswith("$") else ""

    return _BRACKET.sub(keep, part)
