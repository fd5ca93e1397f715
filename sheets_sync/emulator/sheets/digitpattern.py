"""Digits put into the placeholders of a number pattern.

Source: guide "Date and number formats": ``0`` shows a zero that does not matter, ``#`` nothing, ``?`` a
space; a comma between placeholders groups thousands, one behind them divides by a thousand; ``%`` multiplies
by a hundred; ``E+`` and ``E-`` show an exponent; a slash between placeholders shows a fraction. Literals
stay where they stand. That a point stays behind digits of which none is shown is assumed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction

from .locales import Locale

_TOKENS = re.compile(r'"[^"]*"|\\.|\*.|_.|[eE][+-]0+|.', re.DOTALL)
_PLACES = "0#?"


def show_digits(value: float, section: str, locale: Locale, general: str) -> str:
    """Shows a number by one section of a pattern; ``general`` is what ``@`` stands for."""
    tokens = [_read(token) for token in _TOKENS.findall(section)]
    if not any(token in _PLACES for kind, token in tokens if kind == "mark"):
        return "".join(general if one == ("mark", "@") else one[1] for one in tokens)
    slash = _slash(tokens)
    number = abs(Decimal(repr(float(value))))
    body = _fraction(number, tokens, slash) if slash else _decimal(number, tokens, locale)
    shown = value < 0 and any(letter in "123456789" for letter in "".join(body))
    return ("-" if shown else "") + "".join(body)


def _read(token: str) -> tuple[str, str]:
    """Tells whether a token is a mark of the pattern or a literal, and what the literal shows."""
    if token.startswith('"') and len(token) > 1:
        return "text", token[1:-1]
    if token[0] == "\\" and len(token) > 1:
        return "text", token[1:]
    if token[0] == "_" and len(token) > 1:
        return "text", " "
    if token[0] == "*" and len(token) > 1:
        return "text", ""
    if token[0] in "eE" and len(token) > 2:
        return "exponent", token
    return ("mark", token) if token in "0#?.,%@" else ("text", token)


def _places(tokens: Sequence[tuple[str, str]], start: int, end: int) -> list[int]:
    return [
        place for place in range(start, end) if tokens[place][0] == "mark" and tokens[place][1] in _PLACES
    ]


def _slash(tokens: Sequence[tuple[str, str]]) -> int:
    """Returns the place of a slash between two groups of placeholders, or 0."""
    for place, token in enumerate(tokens[1:-1], start=1):
        beside = tokens[place - 1], tokens[place + 1]
        if token == ("text", "/") and all(kind == "mark" and mark in _PLACES for kind, mark in beside):
            return place
    return 0


def _decimal(number: Decimal, tokens: list[tuple[str, str]], locale: Locale) -> list[str]:
    size = len(tokens)
    power = next((place for place, (kind, _) in enumerate(tokens) if kind == "exponent"), size)
    point = next((place for place in range(power) if tokens[place] == ("mark", ".")), power)
    whole, part = _places(tokens, 0, point), _places(tokens, point, power)
    last = max((*whole, *part))
    commas = [place for place in range(power) if tokens[place] == ("mark", ",")]
    grouped = any(whole and whole[0] < place < whole[-1] for place in commas)
    behind = [place for place in commas if place > (whole[-1] if whole else -1)]
    thousands = sum(1 for place in behind if place < point or place > last)
    number *= Decimal(100) ** sum(1 for token in tokens if token == ("mark", "%"))
    number /= Decimal(1000) ** thousands
    out = ["" if kind == "mark" and mark not in "%@" else mark for kind, mark in tokens]
    if power < size:
        number, out[power] = _exponent(number, len(whole), len(part), tokens[power][1])
    before, after = _rounded(number, len(part))
    _fill_whole(out, tokens, whole, before, locale.group if grouped else "")
    filled = _fill_part(out, tokens, part, after)
    if point < power and (filled or whole):
        out[point] = locale.decimal
    return out


def _rounded(number: Decimal, decimals: int) -> tuple[str, str]:
    try:
        shown = f"{number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):f}"
    except InvalidOperation:
        shown = f"{number:f}"
    before, _, after = shown.partition(".")
    return before.lstrip("0"), after


def _fill_whole(
    out: list[str], tokens: Sequence[tuple[str, str]], places: Sequence[int], digits: str, group: str
) -> None:
    """Fills places from the right; what is left over stands in the first one."""
    rest, count = digits, 0
    for place in reversed(places):
        shown = ""
        taken = rest if place == places[0] else rest[-1:]
        rest = rest[: len(rest) - len(taken)]
        if not taken:
            taken = {"0": "0", "?": " "}.get(tokens[place][1], "")
        for digit in reversed(taken):
            if group and count and not count % 3 and digit != " ":
                shown = group + shown
            shown = digit + shown
            count += 1
        out[place] = shown


def _fill_part(out: list[str], tokens: Sequence[tuple[str, str]], places: Sequence[int], digits: str) -> bool:
    """Fills places behind the point; zeros at the end are shown as the placeholders say."""
    needed = len(digits.rstrip("0"))
    for index, place in enumerate(places):
        bare = {"0": "0", "?": " "}.get(tokens[place][1], "")
        out[place] = digits[index] if index < needed else bare
    return any(out[place] for place in places)


def _exponent(number: Decimal, whole: int, part: int, mark: str) -> tuple[Decimal, str]:
    """Splits a number into mantissa and exponent; several places before the point step by as many digits."""
    step = max(whole, 1)
    power = number.adjusted() if number else 0
    power = power // step * step
    mantissa = number.scaleb(-power)
    if mantissa.quantize(Decimal(1).scaleb(-part), ROUND_HALF_UP) >= Decimal(10) ** step:
        power, mantissa = power + step, mantissa.scaleb(-step)
    sign = "-" if power < 0 else "+" if mark[1] == "+" else ""
    return mantissa, f"{mark[0]}{sign}{str(abs(power)).zfill(len(mark) - 2)}"


def _fraction(number: Decimal, tokens: list[tuple[str, str]], slash: int) -> list[str]:
    above, below = _group(tokens, slash, -1), _group(tokens, slash, 1)
    whole = _places(tokens, 0, above[0])
    most = 10 ** len(below) - 1
    count = int(number) if whole else 0
    found = Fraction(number - count).limit_denominator(most)
    if whole and found == 1:
        count, found = count + 1, Fraction(0)
    out = ["" if kind == "mark" and mark not in "%@" else mark for kind, mark in tokens]
    _fill_whole(out, tokens, whole, str(count) if count or not found else "", "")
    if whole and not found:
        for place in range(above[0], below[-1] + 1):
            out[place] = " "
        return out
    _fill_whole(out, tokens, above, str(found.numerator), "")
    shown = str(found.denominator)
    for index, place in enumerate(below):
        bare = {"0": "0", "?": " "}.get(tokens[place][1], "")
        last = index == len(below) - 1
        out[place] = (shown[index:] if last else shown[index]) if index < len(shown) else bare
    return out


def _group(tokens: Sequence[tuple[str, str]], slash: int, step: int) -> list[int]:
    """Returns the places next to a slash on one side, from left to right."""
    found, place = [], slash + step
    while 0 <= place < len(tokens) and tokens[place][0] == "mark" and tokens[place][1] in _PLACES:
        found.append(place)
        place += step
    return sorted(found)
