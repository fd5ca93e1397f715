"""Shows a number by a format pattern, or by the automatic format.

Source: guide "Date and number formats" (tokens ``0 # ? . , % E+ "text" \\c @ * _``, up to four sections).
Conditions and colours in square brackets choose a section; colours change nothing in the text.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

from .dateformat import is_date_pattern, show_date
from .locales import Locale

_BRACKET = re.compile(r"\[([^\]]*)\]")
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
    return _render(shown_value, section, locale)


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
        if match := _CONDITION.match(inside):
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
        if re.fullmatch(r"[hms]+", inside, re.IGNORECASE):
            return match[0]
        return inside[1:].split("-")[0] if inside.startswith("$") else ""

    return _BRACKET.sub(keep, part)


def _render(value: float, section: str, locale: Locale) -> str:
    tokens = _TOKENS.findall(section)
    digits = [token for token in tokens if token[0] in "0#?.,%"]
    spec = "".join(digits).replace("%", "")
    percents = "".join(digits).count("%")
    scientific = next((token for token in tokens if token[:1] in "eE" and len(token) > 2), None)
    number = Decimal(repr(float(value))) * 100**percents
    if not spec and not percents:
        return _literal(tokens, show_general(value, locale), locale)
    if scientific:
        return _literal(tokens, _scientific(number, spec, scientific), locale)
    body = _fixed(abs(number), spec, locale)
    negative = number < 0 and any(letter in "123456789" for letter in body)
    text = _literal(tokens, body, locale)
    return "-" + text if negative else text


def _literal(tokens: list[str], body: str, locale: Locale) -> str:
    out, placed = [], False
    for token in tokens:
        if token[0] in "0#?.,%":
            if not placed and token.strip("%"):
                out.append(body)
                placed = True
            out.append("%" * token.count("%"))
        elif token[0] in "eE" and len(token) > 2:
            continue
        elif token.startswith('"'):
            out.append(token[1:-1])
        elif token[0] in "\\":
            out.append(token[1:])
        elif token[0] == "_":
            out.append(" ")
        elif token[0] == "*":
            continue
        elif token == "@":
            out.append(body)
        else:
            out.append(token)
    return "".join(out)


def _scientific(number: Decimal, spec: str, mark: str) -> str:
    decimals = len(spec.partition(".")[2])
    mantissa, _, exponent = f"{number:.{decimals}E}".partition("E")
    sign = exponent[0] if exponent[0] == "-" or mark[1] == "+" else ""
    return f"{mantissa}{mark[0]}{sign}{exponent[1:].lstrip('0').zfill(len(mark) - 2)}"


def _fixed(number: Decimal, spec: str, locale: Locale) -> str:
    whole_spec, point, fraction_spec = spec.partition(".")
    while whole_spec.endswith(","):
        whole_spec, number = whole_spec[:-1], number / 1000
    grouped = "," in whole_spec
    whole_spec = whole_spec.replace(",", "")
    most = len(fraction_spec)
    least = len(fraction_spec.rstrip("#?"))
    try:
        shown = f"{number.quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP):f}"
    except InvalidOperation:
        shown = f"{number:f}"
    whole, _, fraction = shown.partition(".")
    while len(fraction) > least and fraction.endswith("0"):
        fraction = fraction[:-1]
    whole = whole.lstrip("0").rjust(whole_spec.count("0"), "0")
    if grouped and whole:
        head = len(whole) % 3
        parts = ([whole[:head]] if head else []) + [whole[i : i + 3] for i in range(head, len(whole), 3)]
        whole = locale.group.join(parts)
    return whole + (locale.decimal + fraction if fraction or (point and least) else "")
