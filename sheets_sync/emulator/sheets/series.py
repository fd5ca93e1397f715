"""Continues a series of values as dragging the fill handle does.

Source: discovery document, AutoFillRequest ("detects series"); which series are known here: numbers in equal
steps, text that ends in a number, anything else repeats (assumed).
"""

from __future__ import annotations

import re
from typing import Any

_NUMBERED = re.compile(r"^(.*?)(\d+)$", re.DOTALL)


def continued(values: list[Any], length: int, alternate: bool) -> list[Any]:
    """Returns the next ``|length|`` values after (or, with a negative length, before) the given ones.

    ``alternate`` asks for the other reading: a single number counts up instead of repeating, and the reverse.
    """
    count = abs(length)
    if not values:
        return [None] * count
    backwards = length < 0
    numbers = [v for v in values if isinstance(v, int | float) and not isinstance(v, bool)]
    if len(numbers) == len(values):
        return _numbers(numbers, count, backwards, alternate)
    texts = [_NUMBERED.match(v) if isinstance(v, str) else None for v in values]
    if all(texts) and not alternate and len({match[1] for match in texts if match}) == 1:
        first = texts[0]
        assert first is not None
        ends = [int(match[2]) for match in texts if match]
        following = _numbers(ends, count, backwards, len(ends) == 1)
        return [f"{first[1]}{int(number)}" for number in following]
    order = values[::-1] if backwards else values
    return [order[step % len(order)] for step in range(count)]


def _numbers(values: list[Any], count: int, backwards: bool, alternate: bool) -> list[Any]:
    if len(values) == 1:
        step: float = 1 if alternate else 0
    else:
        step = (values[-1] - values[0]) / (len(values) - 1)
        if step == int(step):
            step = int(step)
    start = values[0] if backwards else values[-1]
    return [start + step * (place + 1) * (-1 if backwards else 1) for place in range(count)]
